package storetest

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"sync"
	"testing"

	"paogai/store"
)

func beginsEmpty(t *testing.T, f *Fixture) {
	wantHead(t, f, store.Position{})
	wantLines(t, f)
}

func numbersAndChains(t *testing.T, f *Fixture) {
	at := appendLines(t, f, 3)
	want := store.Position{}
	for n := 1; n <= 3; n++ {
		if want = want.Next(line(n)); at[n] != want {
			t.Fatalf("append %d gave %d %x, want %d %x", n, at[n].Seq, at[n].Hash[:4], want.Seq, want.Hash[:4])
		}
	}
	wantHead(t, f, at[3])
	wantLines(t, f, line(1), line(2), line(3))
}

func keepsBytes(t *testing.T, f *Fixture) {
	odd := [][]byte{[]byte("跑改办 \u202e\u200b😀"), {0, 255, 0, '\r', '\t'}, []byte(`"`), []byte("-"), {}}
	appendAll(t, f, odd...)
	wantLines(t, f, odd...)
}

func takesBigLines(t *testing.T, f *Fixture) {
	big := [][]byte{bytes.Repeat([]byte("长"), 1<<20/3), line(2)}
	for i := range 6 {
		big = append(big, bytes.Repeat([]byte{byte('a' + i)}, 1<<20))
	}
	appendAll(t, f, big...)
	wantLines(t, f, big...)
}

func comparesAndSets(t *testing.T, f *Fixture) {
	at := appendLines(t, f, 2)
	for _, stale := range at[:2] {
		_, err := f.Append(t.Context(), stale, line(9), store.Fence{})
		wantError(t, fmt.Sprintf("append after %d with head 2", stale.Seq), err, store.ErrConflict)
	}
	// The same line again is another append, not a repetition of the first.
	_, err := f.Append(t.Context(), at[1], line(2), store.Fence{})
	wantError(t, "the same line at the same place", err, store.ErrConflict)
	wantLines(t, f, line(1), line(2))
	if _, err := f.Append(t.Context(), at[2], line(2), store.Fence{}); err != nil {
		t.Fatalf("the same line at the head: %v", err)
	}
	wantLines(t, f, line(1), line(2), line(2))
}

func noticesFork(t *testing.T, f *Fixture) {
	at := appendLines(t, f, 2)
	other := store.Position{}.Next([]byte("another first entry"))
	for _, foreign := range []store.Position{
		other, other.Next(line(2)), at[2].Next(line(3)), {Seq: 0, Hash: other.Hash}, {Seq: 900, Hash: other.Hash},
	} {
		_, err := f.Append(t.Context(), foreign, line(3), store.Fence{})
		wantError(t, fmt.Sprintf("append after a foreign entry %d", foreign.Seq), err, store.ErrForked)
	}
	err := f.Read(t.Context(), 3, func(store.Position, []byte) error { return nil })
	wantError(t, "read after an entry that is not there", err, store.ErrForked)
	wantLines(t, f, line(1), line(2))
}

func cancelledAppend(t *testing.T, f *Fixture) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	_, err := f.Append(ctx, store.Position{}, line(1), store.Fence{})
	wantError(t, "append", err, context.Canceled)
	if errors.Is(err, store.ErrUnknown) {
		t.Error("nothing was sent, so the outcome is known")
	}
	wantHead(t, f, store.Position{})
}

// contend appends n lines of one writer's own, deciding again after conflicts.
func contend(ctx context.Context, j store.Journal, writer, n int) error {
	var at store.Position
	for i := 0; i < n; {
		next, err := j.Append(ctx, at, fmt.Appendf(nil, "%d/%d", writer, i), store.Fence{})
		switch {
		case err == nil:
			at = next
			i++
		case errors.Is(err, store.ErrConflict):
			if err := j.Read(ctx, at.Seq, func(p store.Position, _ []byte) error { at = p; return nil }); err != nil {
				return fmt.Errorf("read: %w", err)
			}
		default:
			return fmt.Errorf("append: %w", err)
		}
	}
	return nil
}

// Contest lets writers contend for the journals in turn and checks that every
// line is there once, each writer's in its order.
func Contest(t *testing.T, writers, each int, journals ...store.Journal) {
	t.Helper()
	var wg sync.WaitGroup
	for w := range writers {
		wg.Go(func() {
			if err := contend(t.Context(), journals[w%len(journals)], w, each); err != nil {
				t.Errorf("writer %d: %v", w, err)
			}
		})
	}
	wg.Wait()
	next := make([]int, writers)
	for _, l := range lines(t, journals[0], store.Position{}) {
		var w, i int
		if _, err := fmt.Sscanf(string(l), "%d/%d", &w, &i); err != nil || next[w] != i {
			t.Fatalf("%q follows %d entries of its writer (%v)", l, next[w], err)
		}
		next[w]++
	}
	for w, n := range next {
		if n != each {
			t.Errorf("writer %d has %d entries, want %d", w, n, each)
		}
	}
}

func manyWriters(t *testing.T, f *Fixture) { Contest(t, 8, 40, f) }

func twoProcesses(t *testing.T, f *Fixture) {
	if f.Another != nil {
		Contest(t, 4, 40, f, f.Another(t))
	}
}

func readsPart(t *testing.T, f *Fixture) {
	at := appendLines(t, f, 1200) // more than one batch of any store
	if got := lines(t, f, at[1199]); len(got) != 1 || !bytes.Equal(got[0], line(1200)) {
		t.Fatalf("read after 1199 gave %d lines", len(got))
	}
	if got := lines(t, f, at[1200]); len(got) != 0 {
		t.Fatalf("read after the head gave %d lines", len(got))
	}
	enough := errors.New("enough")
	seen := 0
	err := f.Read(t.Context(), 10, func(p store.Position, _ []byte) error {
		if seen++; p.Seq == 700 {
			return enough
		}
		return nil
	})
	if err != enough || seen != 690 { //nolint:errorlint // handed back as it is
		t.Fatalf("stopping at 700: %d lines, error %v", seen, err)
	}
}

func readsWhileWriting(t *testing.T, f *Fixture) {
	at := appendLines(t, f, 3)
	seen := 0
	err := f.Read(t.Context(), 0, func(store.Position, []byte) error {
		seen++
		next, err := f.Append(t.Context(), at[len(at)-1], bytes.Repeat([]byte("x"), 100_000), store.Fence{})
		at = append(at, next)
		return err
	})
	if err != nil || seen != 3 {
		t.Fatalf("read saw %d lines (%v), want the 3 that were there when it began", seen, err)
	}
	wantHead(t, f, at[6])
}

func noticesFlippedBit(t *testing.T, f *Fixture) {
	if f.Tamper == nil {
		return
	}
	appendLines(t, f, 5)
	f.Tamper(t, 3)
	seen := 0
	err := f.Read(t.Context(), 0, func(store.Position, []byte) error { seen++; return nil })
	wantError(t, "read", err, store.ErrDamaged)
	if seen != 2 {
		t.Errorf("read handed on %d entries before the damaged third", seen)
	}
}

func noticesCut(t *testing.T, f *Fixture) {
	if f.Cut == nil {
		return
	}
	at := appendLines(t, f, 5)
	f.Cut(t, 3)
	_, err := f.Append(t.Context(), at[5], line(6), store.Fence{})
	wantError(t, "append after an entry that is gone", err, store.ErrForked)
	err = f.Read(t.Context(), 5, func(store.Position, []byte) error { return nil })
	wantError(t, "read after an entry that is gone", err, store.ErrForked)
	wantError(t, "wait past an entry that is gone", f.Wait(t.Context(), 5), store.ErrForked)
}
