package storetest

import (
	"context"
	"sync"
	"testing"

	"paogai/store"
)

func waitSees(t *testing.T, f *Fixture) {
	other := store.Journal(f)
	if f.Another != nil {
		other = f.Another(t)
	}
	at := appendLines(t, f, 1)
	if err := f.Wait(t.Context(), 0); err != nil {
		t.Fatalf("wait past 0 with head 1: %v", err)
	}
	var wg sync.WaitGroup
	for range 3 {
		wg.Go(func() { follow(t, f, 20) })
		wg.Go(func() { follow(t, other, 20) })
	}
	for n := 2; n <= 20; n++ {
		next, err := other.Append(t.Context(), at[len(at)-1], line(n), store.Fence{})
		if err != nil {
			t.Fatalf("append %d: %v", n, err)
		}
		at = append(at, next)
	}
	wg.Wait()
}

// follow waits and reads until entry last.
func follow(t *testing.T, j store.Journal, last uint64) {
	var at store.Position
	for at.Seq < last {
		if err := j.Wait(t.Context(), at.Seq); err != nil {
			t.Errorf("wait past %d: %v", at.Seq, err)
			return
		}
		err := j.Read(t.Context(), at.Seq, func(p store.Position, _ []byte) error { at = p; return nil })
		if err != nil {
			t.Errorf("read after %d: %v", at.Seq, err)
			return
		}
	}
}

func waitEnds(t *testing.T, f *Fixture) {
	appendLines(t, f, 1)
	ctx, cancel := context.WithCancel(t.Context())
	ended := make(chan error, 4)
	for range cap(ended) {
		go func() { ended <- f.Wait(ctx, 1) }()
	}
	cancel()
	for range cap(ended) {
		wantError(t, "wait", <-ended, context.Canceled)
	}
}

func closingEndsWait(t *testing.T, f *Fixture) {
	ended := make(chan error, 1)
	go func() { ended <- f.Wait(context.WithoutCancel(t.Context()), 0) }()
	if err := f.Close(); err != nil {
		t.Fatalf("close: %v", err)
	}
	if err := <-ended; err == nil {
		t.Error("wait ended without an error though nothing was appended")
	}
	if err := f.Close(); err != nil {
		t.Errorf("closing again: %v", err)
	}
	if _, err := f.Append(t.Context(), store.Position{}, line(1), store.Fence{}); err == nil {
		t.Error("append after close succeeded")
	}
	if _, err := f.Head(t.Context()); err == nil {
		t.Error("head after close succeeded")
	}
}
