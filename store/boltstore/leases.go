package boltstore

import (
	"context"
	"encoding/binary"
	"fmt"
	"time"

	bolt "go.etcd.io/bbolt"

	"paogai/store"
)

// Acquire implements store.Leases. The file's lock keeps other processes out,
// so the lease is granted at once, whatever its ttl, and under a new term to
// whoever asks; an earlier holder in this process is fenced off by that. Terms
// grow across restarts.
func (s *Store) Acquire(ctx context.Context, name, holder string, _ time.Duration) (term uint64, held bool, err error) {
	if err := ctx.Err(); err != nil {
		return 0, false, wrap(err)
	}
	s.leases.Lock()
	defer s.leases.Unlock()
	current, taken := s.holders[name]
	err = s.update(func(tx *bolt.Tx) error {
		b := tx.Bucket([]byte(bucketTerms))
		term = newestTerm(b, name)
		if taken && current == holder {
			return errUnchanged
		}
		term++
		return wrap(b.Put([]byte(name), number(term)))
	})
	if err != nil {
		return 0, false, err
	}
	s.holders[name] = holder
	return term, true, nil
}

// Release implements store.Leases.
func (s *Store) Release(ctx context.Context, name, holder string) error {
	if err := ctx.Err(); err != nil {
		return wrap(err)
	}
	s.leases.Lock()
	defer s.leases.Unlock()
	if s.holders[name] == holder {
		delete(s.holders, name)
	}
	return s.usable()
}

func newestTerm(b *bolt.Bucket, name string) uint64 {
	v := b.Get([]byte(name))
	if len(v) != 8 {
		return 0
	}
	return binary.BigEndian.Uint64(v)
}

// checkFence refuses an append whose term is not the newest given out.
func checkFence(tx *bolt.Tx, f store.Fence) error {
	if f.IsZero() {
		return nil
	}
	if newest := newestTerm(tx.Bucket([]byte(bucketTerms)), f.Lease); newest != f.Term {
		return fmt.Errorf("%w: %s is at term %d, not %d", store.ErrFenced, f.Lease, newest, f.Term)
	}
	return nil
}
