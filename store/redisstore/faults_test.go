package redisstore

import (
	"context"
	"errors"
	"path/filepath"
	"testing"
	"time"

	"github.com/alicebob/miniredis/v2"

	"paogai/store"
	"paogai/store/storetest"
)

func TestLostRepliesDoubleNothing(t *testing.T) {
	if !storetest.HaveRedis(t) {
		return
	}
	server := storetest.StartRedis(t)
	proxy := storetest.StartProxy(t, server.Socket, 0.05)
	s := mustOpen(t, "redis://"+proxy.Addr, "c")
	storetest.Contest(t, 8, 150, s)
	var accepted int
	for id := int64(1); id <= 300; id++ {
		got, err := s.Receive(t.Context(), []store.Update{{ID: id}}, []int64{id - 1})
		if err != nil {
			t.Fatal(err)
		}
		accepted += len(got)
	}
	if accepted != 300 {
		t.Errorf("%d of 300 updates were accepted", accepted)
	}
	if proxy.Lost() < 20 {
		t.Errorf("only %d replies were lost: this tested little", proxy.Lost())
	}
	t.Logf("%d replies were lost, nothing else", proxy.Lost())
}

func TestOutOfTimeIsAnUnknownOutcome(t *testing.T) {
	if !storetest.HaveRedis(t) {
		return
	}
	server := storetest.StartRedis(t)
	proxy := storetest.StartProxy(t, server.Socket, 0)
	s := mustOpen(t, "redis://"+proxy.Addr, "c")
	first, err := s.Append(t.Context(), store.Position{}, []byte("first"), store.Fence{})
	if err != nil {
		t.Fatal(err)
	}
	proxy.Mute(true)
	ctx, cancel := context.WithTimeout(t.Context(), 150*time.Millisecond)
	defer cancel()
	if _, err := s.Append(ctx, first, []byte("second"), store.Fence{}); !errors.Is(err, store.ErrUnknown) {
		t.Errorf("append without an answer: %v", err)
	}
	if head, err := mustOpen(t, server.URL, "c").Head(t.Context()); err != nil || head != first.Next([]byte("second")) {
		t.Errorf("the server has %d (%v): the outcome was not unknown at all", head.Seq, err)
	}
	short, cancel := context.WithTimeout(t.Context(), 50*time.Millisecond)
	defer cancel()
	if _, err := s.Head(short); !errors.Is(err, ErrUnreachable) || errors.Is(err, store.ErrUnknown) {
		t.Errorf("a read without an answer: %v", err)
	}
}

func TestServerThatIsNotThereIsUnreachable(t *testing.T) {
	url := "unix://" + filepath.Join(t.TempDir(), "none")
	_, err := Open(t.Context(), url, "c", Options{Patience: 20 * time.Millisecond})
	if !errors.Is(err, ErrUnreachable) || errors.Is(err, store.ErrUnknown) {
		t.Errorf("open: %v", err)
	}
}

func TestRefusalsChangeNothingAndSayWhy(t *testing.T) {
	server := miniredis.RunT(t)
	s := mustOpen(t, "redis://"+server.Addr(), "c")
	if err := server.Set(s.keys.journal, "not a stream"); err != nil {
		t.Fatal(err)
	}
	_, err := s.Append(t.Context(), store.Position{}, []byte("x"), store.Fence{})
	if !errors.Is(err, ErrRefused) || errors.Is(err, store.ErrUnknown) {
		t.Errorf("append to a key of another kind: %v", err)
	}
	if err := s.Wait(t.Context(), 0); !errors.Is(err, ErrRefused) {
		t.Errorf("wait on a key of another kind: %v", err)
	}
}

func TestFollowerNoticesAServerThatWentBack(t *testing.T) {
	server := miniredis.RunT(t)
	s := mustOpen(t, "redis://"+server.Addr(), "c")
	at := store.Position{}
	for _, line := range []string{"1", "2"} {
		var err error
		if at, err = s.Append(t.Context(), at, []byte(line), store.Fence{}); err != nil {
			t.Fatal(err)
		}
	}
	// The journal of a restored backup, with another second entry.
	server.FlushAll()
	fill(t, s, [][]byte{[]byte("1"), []byte("another 2"), []byte("3")})
	nothing := func(store.Position, []byte) error { return nil }
	for what, err := range map[string]error{
		"wait":           s.Wait(t.Context(), 2),
		"read on":        s.Read(t.Context(), 2, nothing),
		"read all again": s.Read(t.Context(), 0, nothing),
	} {
		if !errors.Is(err, store.ErrForked) {
			t.Errorf("%s: %v", what, err)
		}
	}
}

func TestOldHandledUpdatesAreForgotten(t *testing.T) {
	server := miniredis.RunT(t)
	s, err := Open(t.Context(), "redis://"+server.Addr(), "c", Options{KeepDone: 10, TrustDurability: true})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.Close() })
	for id := int64(1); id <= 30; id++ {
		if _, err := s.Receive(t.Context(), []store.Update{{ID: id}}, []int64{id}); err != nil {
			t.Fatal(err)
		}
	}
	for id, want := range map[int64]bool{20: true, 21: false, 30: false} {
		got, err := s.Receive(t.Context(), []store.Update{{ID: id}}, nil)
		if err != nil || (len(got) == 1) != want {
			t.Errorf("update %d of 30 with 10 remembered: accepted %v (%v), want %v", id, got, err, want)
		}
	}
	if n := s.db.HLen(t.Context(), s.keys.seen).Val(); n != 11 {
		t.Errorf("%d ids are kept, want 10 handled and 1 pending", n)
	}
}
