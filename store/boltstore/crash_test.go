package boltstore

import (
	"context"
	"os"
	"path/filepath"
	"testing"

	"paogai/store"
	"paogai/store/storetest"
)

func TestMain(m *testing.M) {
	storetest.Child(func(_ context.Context, path string) (store.Backend, error) { return Open(path, Options{}) })
	os.Exit(m.Run())
}

func TestNothingAcknowledgedIsLostByKills(t *testing.T) {
	path := filepath.Join(t.TempDir(), "data.db")
	storetest.KillWriter(t, path, 20, func(tb testing.TB) store.Backend {
		s, err := Open(path, Options{})
		if err != nil {
			tb.Fatal(err)
		}
		return s
	})
}

func BenchmarkStore(b *testing.B) { storetest.Benchmark(b, fixture) }
