package boltstore

import (
	"path/filepath"
	"testing"

	bolt "go.etcd.io/bbolt"

	"paogai/store"
	"paogai/store/storetest"
)

func mustOpen(tb testing.TB, path string) *Store {
	tb.Helper()
	s, err := Open(path, Options{})
	if err != nil {
		tb.Fatal(err)
	}
	tb.Cleanup(func() {
		if err := s.Close(); err != nil {
			tb.Error(err)
		}
	})
	return s
}

// raw changes the file behind the store's back.
func raw(tb testing.TB, s *Store, fn func(*bolt.Tx) error) {
	tb.Helper()
	if err := s.db.Update(fn); err != nil {
		tb.Fatal(err)
	}
}

func fixture(tb testing.TB) *storetest.Fixture {
	path := filepath.Join(tb.TempDir(), "data.db")
	s := mustOpen(tb, path)
	return &storetest.Fixture{
		Backend: s,
		Reopen: func(tb testing.TB) store.Backend {
			if err := s.Close(); err != nil {
				tb.Fatal(err)
			}
			return mustOpen(tb, path)
		},
		Tamper: func(tb testing.TB, seq uint64) {
			raw(tb, s, func(tx *bolt.Tx) error {
				b := tx.Bucket([]byte(bucketJournal))
				v := append([]byte(nil), b.Get(number(seq))...)
				v[len(v)-1] ^= 1
				return b.Put(number(seq), v)
			})
		},
		Cut: func(tb testing.TB, seq uint64) {
			raw(tb, s, func(tx *bolt.Tx) error {
				c := tx.Bucket([]byte(bucketJournal)).Cursor()
				for k, _ := c.Seek(number(seq + 1)); k != nil; k, _ = c.Next() {
					if err := c.Delete(); err != nil {
						return err
					}
				}
				return nil
			})
		},
		Fill: func(tb testing.TB, lines [][]byte) {
			raw(tb, s, func(tx *bolt.Tx) error {
				var at store.Position
				b := tx.Bucket([]byte(bucketJournal))
				b.FillPercent = 1
				for _, l := range lines {
					at = at.Next(l)
					if err := b.Put(number(at.Seq), append(at.Hash[:], l...)); err != nil {
						return err
					}
				}
				return nil
			})
		},
	}
}

func TestConformance(t *testing.T) { storetest.Run(t, fixture) }
