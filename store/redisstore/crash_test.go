package redisstore

import (
	"context"
	"fmt"
	"log/slog"
	"os"
	"testing"
	"time"

	"paogai/store"
	"paogai/store/storetest"
)

func TestMain(m *testing.M) {
	LogTo(slog.New(slog.DiscardHandler)) // servers are killed here: the driver has much to say
	storetest.Child(func(ctx context.Context, url string) (store.Backend, error) {
		return Open(ctx, url, "crash", Options{})
	})
	os.Exit(m.Run())
}

func TestNothingAcknowledgedIsLostByKillsOfTheWriter(t *testing.T) {
	if !storetest.HaveRedis(t) {
		return
	}
	server := storetest.StartRedis(t)
	storetest.KillWriter(t, server.URL, 20, func(tb testing.TB) store.Backend {
		s, err := Open(tb.Context(), server.URL, "crash", Options{})
		if err != nil {
			tb.Fatal(err)
		}
		return s
	})
}

// A writer goes on through kills of the server: its calls are made again until
// the server is back, and each takes effect once.
func TestNothingIsLostOrDoubledByKillsOfTheServer(t *testing.T) {
	if !storetest.HaveRedis(t) {
		return
	}
	server := storetest.StartRedis(t)
	s, err := Open(t.Context(), server.URL, "crash", Options{Patience: time.Minute})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.Close() })
	const kills, between = 8, 150
	acked := make(chan int)
	go func() {
		defer close(acked)
		var at store.Position
		for n := 1; n <= kills*between; n++ {
			if at, err = s.Append(t.Context(), at, fmt.Append(nil, n), store.Fence{}); err != nil {
				t.Errorf("append %d: %v", n, err)
				return
			}
			if got, err := s.Receive(t.Context(), []store.Update{{ID: int64(n)}}, nil); err != nil || len(got) != 1 {
				t.Errorf("receive %d: accepted %v (%v)", n, got, err)
				return
			}
			acked <- n
		}
	}()
	last := 0
	for n := range acked {
		if last = n; n%between == 0 && n < kills*between {
			server.Kill(t)
			server.Start(t)
		}
	}
	n := 0
	if err := s.Read(t.Context(), 0, func(_ store.Position, line []byte) error {
		if n++; string(line) != fmt.Sprint(n) {
			return fmt.Errorf("entry %d is %s", n, line)
		}
		return nil
	}); err != nil || n != last {
		t.Errorf("%d entries (%v), want %d", n, err, last)
	}
	if pending, err := s.Pending(t.Context()); err != nil || len(pending) != last {
		t.Errorf("%d updates pending (%v), want %d", len(pending), err, last)
	}
}
