package boltstore

import (
	"fmt"
	"runtime/debug"

	"paogai/store"
)

// guard runs fn and turns what a damaged file does to bbolt — a panic on pages
// that make no sense, a fault on pages that are not there — into an error that
// names the file. Callbacks of our callers never run inside it.
func guard(path string, fn func() error) (err error) {
	defer debug.SetPanicOnFault(debug.SetPanicOnFault(true))
	defer func() {
		if p := recover(); p != nil {
			err = damaged(path, fmt.Sprint(p))
		}
	}()
	return fn()
}

// damaged is the error for a file whose content cannot be trusted.
func damaged(path, why string) error {
	return fmt.Errorf("%w: %s: %s; keep this file aside and put the newest backup in its place, "+
		"or import the newest journal export into a fresh file", store.ErrDamaged, path, why)
}

// damagedAt is damaged for one entry of the journal.
func (s *Store) damagedAt(seq uint64, why string) error {
	return damaged(s.path, fmt.Sprintf("entry %d %s", seq, why))
}
