package storetest

import (
	"testing"
	"time"

	"paogai/store"
)

// The suite's leases: one that no test outlives, and one to let expire.
const (
	long  = time.Hour
	short = 60 * time.Millisecond
)

func acquire(t *testing.T, l store.Leases, holder string, ttl time.Duration) (term uint64, held bool) {
	t.Helper()
	term, held, err := l.Acquire(t.Context(), "sender", holder, ttl)
	if err != nil {
		t.Fatalf("acquire for %s: %v", holder, err)
	}
	return term, held
}

// mustAcquire fails unless holder gets the lease, and returns its term.
func mustAcquire(t *testing.T, l store.Leases, holder string, ttl time.Duration) uint64 {
	t.Helper()
	term, held := acquire(t, l, holder, ttl)
	if !held || term == 0 {
		t.Fatalf("acquire for %s: term %d, held %v", holder, term, held)
	}
	return term
}

func release(t *testing.T, l store.Leases, holder string) {
	t.Helper()
	if err := l.Release(t.Context(), "sender", holder); err != nil {
		t.Fatalf("release by %s: %v", holder, err)
	}
}

func leaseRenews(t *testing.T, f *Fixture) {
	first := mustAcquire(t, f, "a", long)
	for range 3 {
		if again := mustAcquire(t, f, "a", long); again != first {
			t.Fatalf("renewed under term %d, had %d", again, first)
		}
	}
	if term, held, err := f.Acquire(t.Context(), "another lease", "b", long); err != nil || !held || term == 0 {
		t.Fatalf("another lease: %d, %v, %v", term, held, err)
	}
}

func leasePasses(t *testing.T, f *Fixture) {
	first := mustAcquire(t, f, "a", long)
	if f.Expire != nil {
		if _, held := acquire(t, f, "b", long); held {
			t.Fatal("b has the lease while a holds it")
		}
		release(t, f, "b") // not b's to release
		if _, held := acquire(t, f, "b", long); held {
			t.Fatal("b released what a holds")
		}
	}
	release(t, f, "a")
	second := mustAcquire(t, f, "b", long)
	release(t, f, "b")
	third := mustAcquire(t, f, "a", long)
	if first >= second || second >= third {
		t.Errorf("terms %d, %d, %d do not grow", first, second, third)
	}
}

func leaseExpires(t *testing.T, f *Fixture) {
	if f.Expire == nil {
		return
	}
	first := mustAcquire(t, f, "a", short)
	f.Expire(t, short)
	second := mustAcquire(t, f, "b", long)
	if second <= first {
		t.Errorf("the lease expired and passed on under term %d after %d", second, first)
	}
	if _, held := acquire(t, f, "a", long); held {
		t.Error("a still has the lease")
	}
	release(t, f, "a")
	if _, held := acquire(t, f, "a", long); held {
		t.Error("a released what b holds")
	}
}

func fenceHolds(t *testing.T, f *Fixture) {
	_, err := f.Append(t.Context(), store.Position{}, line(1), store.Fence{Lease: "sender", Term: 1})
	wantError(t, "append under a lease never given", err, store.ErrFenced)
	early := store.Fence{Lease: "sender", Term: mustAcquire(t, f, "a", long)}
	at, err := f.Append(t.Context(), store.Position{}, line(1), early)
	if err != nil {
		t.Fatalf("append by the holder: %v", err)
	}
	release(t, f, "a")
	late := store.Fence{Lease: "sender", Term: mustAcquire(t, f, "b", long)}
	for _, stale := range []store.Fence{early, {Lease: "sender", Term: late.Term + 1}, {Lease: "nobody's", Term: late.Term}} {
		_, err = f.Append(t.Context(), at, line(2), stale)
		wantError(t, "append under a stale term", err, store.ErrFenced)
	}
	wantHead(t, f, at)
	if _, err := f.Append(t.Context(), at, line(2), late); err != nil {
		t.Fatalf("append by the later holder: %v", err)
	}
	wantLines(t, f, line(1), line(2))
}

func reopens(t *testing.T, f *Fixture) {
	if f.Reopen == nil {
		return
	}
	at := appendLines(t, f, 3)
	save(t, f, "k", []byte("step 4"))
	receive(t, f, ids{5, 6, 7}, nil, ids{5, 6, 7})
	receive(t, f, nil, ids{6}, nil)
	term := mustAcquire(t, f, "a", long)
	release(t, f, "a")

	again := f.Reopen(t)
	wantHead(t, again, at[3])
	wantLines(t, again, line(1), line(2), line(3))
	wantDraft(t, again, "k", []byte("step 4"))
	wantPending(t, again, 5, 7)
	receive(t, again, ids{5, 6, 7, 8}, nil, ids{8})
	if next := mustAcquire(t, again, "b", long); next <= term {
		t.Errorf("the term after opening again is %d, was %d", next, term)
	}
	if _, err := again.Append(t.Context(), at[3], line(4), store.Fence{}); err != nil {
		t.Errorf("append after opening again: %v", err)
	}
}
