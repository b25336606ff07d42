package redisstore

import (
	"context"
	"errors"
	"testing"
	"time"

	"paogai/store"
	"paogai/store/storetest"
)

func TestEntryIsAcknowledgedOnceAReplicaHasIt(t *testing.T) {
	if !storetest.HaveRedis(t) {
		return
	}
	port := storetest.FreePort(t)
	main := storetest.StartRedis(t, "--port", port, "--repl-diskless-sync-delay", "0")
	replica := storetest.StartRedis(t, "--replicaof", "127.0.0.1", port)
	s := mustOpen(t, main.URL, "c")
	s.replicas = 1
	copied := mustOpen(t, replica.URL, "c")

	var at store.Position
	for _, line := range []string{"1", "2", "3"} {
		var err error
		if at, err = s.Append(t.Context(), at, []byte(line), store.Fence{}); err != nil {
			t.Fatal(err)
		}
		if head, err := copied.Head(t.Context()); err != nil || head != at {
			t.Fatalf("the replica is at %d (%v), %d was acknowledged", head.Seq, err, at.Seq)
		}
	}
	// Without a replica the call is made again, with the same nonce, until one
	// is back; then the entry is there once.
	replica.Kill(t)
	s.replicaTime = 10 * time.Millisecond
	ended := make(chan error, 1)
	go func() {
		_, err := s.Append(t.Context(), at, []byte("4"), store.Fence{})
		ended <- err
	}()
	watching := mustOpen(t, main.URL, "c")
	if err := watching.Wait(t.Context(), at.Seq); err != nil {
		t.Fatal(err)
	}
	replica.Start(t)
	if err := <-ended; err != nil {
		t.Errorf("append with the replica away for a while: %v", err)
	}
	if n, err := s.db.Get(t.Context(), s.keys.touch).Int(); err != nil || n == 0 {
		t.Errorf("no repetition happened (%v)", err)
	}
	at = at.Next([]byte("4"))
	if head, err := copied.Head(t.Context()); err != nil || head != at {
		t.Errorf("the replica is at %d (%v), want %d", head.Seq, err, at.Seq)
	}

	replica.Kill(t)
	ctx, cancel := context.WithTimeout(t.Context(), 100*time.Millisecond)
	defer cancel()
	if _, err := s.Append(ctx, at, []byte("5"), store.Fence{}); !errors.Is(err, store.ErrUnknown) {
		t.Errorf("append without a replica: %v", err)
	}
}
