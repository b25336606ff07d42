// Package boltstore is the embedded store: one bbolt file holds the journal,
// the drafts, the inbox and the lease terms of one campaign. Every change is
// synced to disk before it is acknowledged.
//
// One process at a time can open the file. That lock is also what the leases
// rest on: see Store.Acquire.
package boltstore

import (
	"errors"
	"fmt"
	"os"
	"sync"
	"syscall"
	"time"

	bolt "go.etcd.io/bbolt"
	bolterrors "go.etcd.io/bbolt/errors"

	"paogai/store"
)

// The buckets of the file. Numbers in keys and values are 8 bytes, big-endian.
const (
	bucketMeta    = "meta"    // "format" → "1"
	bucketJournal = "journal" // seq → hash (32 bytes) ‖ line
	bucketDrafts  = "drafts"  // key → data
	bucketPending = "pending" // order of arrival → update id ‖ body
	bucketSeen    = "seen"    // update id → order of arrival, 0 once handled
	bucketDone    = "done"    // order of handling → update id
	bucketTerms   = "terms"   // lease name → newest term
)

const (
	formatKey   = "format"
	formatValue = "1"
)

var (
	// ErrLocked means that another process has the file open.
	ErrLocked = errors.New("another paogai is running on this data; stop it first, or choose another --data")
	// ErrClosed means that the store was used after Close.
	ErrClosed = errors.New("boltstore: the store is closed")
)

// Options are the settings of Open. The zero value is right for production.
type Options struct {
	// LockTimeout is how long Open waits for another process to let go of the
	// file. Zero means 2 s.
	LockTimeout time.Duration
	// KeepDone is how many handled updates are remembered, so that a repeated
	// one is recognised. Zero means 20,000.
	KeepDone int

	openFile func(string, int, os.FileMode) (*os.File, error) // tests break it
}

func (o Options) withDefaults() Options {
	if o.LockTimeout <= 0 {
		o.LockTimeout = 2 * time.Second
	}
	if o.KeepDone <= 0 {
		o.KeepDone = 20_000
	}
	return o
}

// Store is one open file. It is safe for concurrent use.
type Store struct {
	path string
	opts Options
	db   *bolt.DB

	mu      sync.Mutex
	failure error // the first fault of the disk: no write may follow it
	closed  bool
	changed chan struct{} // closed and replaced at every append, and at Close

	leases  sync.Mutex
	holders map[string]string // lease name → holder in this process
}

// Close lets go of the file. Waiting calls return ErrClosed. The lock of a file
// that turned out to be damaged goes with the process.
func (s *Store) Close() error {
	s.mu.Lock()
	if s.closed {
		s.mu.Unlock()
		return nil
	}
	s.closed = true
	close(s.changed)
	damaged := errors.Is(s.failure, store.ErrDamaged)
	s.mu.Unlock()
	if damaged {
		return nil // bbolt panicked half-way and may hold its own locks for ever
	}
	return wrap(s.db.Close())
}

// usable is the error that forbids going on: closed, or failed before.
func (s *Store) usable() error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.closed {
		return ErrClosed
	}
	return s.failure
}

// view runs fn in a reading transaction.
func (s *Store) view(fn func(*bolt.Tx) error) error {
	if err := s.usable(); err != nil {
		return err
	}
	err := guard(s.path, func() error { return s.db.View(fn) })
	return s.settle(err)
}

// errUnchanged ends a writing transaction that has nothing to write.
var errUnchanged = errors.New("boltstore: nothing to write")

// update runs fn in a writing transaction and syncs it to disk. An fn that
// returns errUnchanged succeeds without a write.
func (s *Store) update(fn func(*bolt.Tx) error) error {
	if err := s.usable(); err != nil {
		return err
	}
	decided := false
	err := guard(s.path, func() error {
		return s.db.Update(func(tx *bolt.Tx) error {
			err := fn(tx)
			decided = err == nil
			return err
		})
	})
	switch {
	case err == nil || errors.Is(err, errUnchanged):
		return nil
	case decided && !errors.Is(err, store.ErrDamaged):
		err = s.commitFailed(err)
	}
	return s.settle(err)
}

// commitFailed tells a full disk, where nothing was written and which can go
// on once there is room, from any other fault of writing or syncing: after one
// the kernel may have dropped the data while memory still shows it, so the
// only safe way on is to open the file again.
func (s *Store) commitFailed(err error) error {
	if errors.Is(err, syscall.ENOSPC) {
		return fmt.Errorf("boltstore: %s: the disk is full, nothing was written: %w", s.path, err)
	}
	return fmt.Errorf("%w: %s: writing failed (%w); start paogai again", store.ErrUnknown, s.path, err)
}

// settle remembers the faults after which nothing may be written, and gives
// bbolt's own errors our words.
func (s *Store) settle(err error) error {
	if errors.Is(err, bolterrors.ErrDatabaseNotOpen) {
		return ErrClosed
	}
	if errors.Is(err, store.ErrDamaged) || errors.Is(err, store.ErrUnknown) {
		s.mu.Lock()
		if s.failure == nil {
			s.failure = err
		}
		s.mu.Unlock()
	}
	return err
}

func wrap(err error) error {
	if err == nil {
		return nil
	}
	return fmt.Errorf("boltstore: %w", err)
}

var _ store.Backend = (*Store)(nil)
