package boltstore

import (
	"bytes"
	"context"
	"encoding/binary"

	bolt "go.etcd.io/bbolt"

	"paogai/store"
)

// Receive implements store.Inbox. The fresh updates are kept before the done
// ones are marked, so an id may be in both. Handled ids are remembered, the
// newest Options.KeepDone of them.
func (s *Store) Receive(ctx context.Context, fresh []store.Update, done []int64) (accepted []int64, err error) {
	if err := ctx.Err(); err != nil {
		return nil, wrap(err)
	}
	if len(fresh)+len(done) == 0 {
		return nil, nil
	}
	err = s.update(func(tx *bolt.Tx) error {
		in := inboxTx{tx.Bucket([]byte(bucketPending)), tx.Bucket([]byte(bucketSeen)), tx.Bucket([]byte(bucketDone))}
		var err error
		if accepted, err = in.keep(fresh); err != nil {
			return err
		}
		handled, err := in.finish(done, s.opts.KeepDone)
		if err == nil && handled+len(accepted) == 0 {
			return errUnchanged
		}
		return err
	})
	if err != nil {
		return nil, err
	}
	return accepted, nil
}

// inboxTx is the inbox inside one transaction.
type inboxTx struct{ pending, seen, done *bolt.Bucket }

// keep stores the updates not seen before and returns their ids.
func (in inboxTx) keep(fresh []store.Update) (accepted []int64, err error) {
	for _, u := range fresh {
		id := number(uint64(u.ID))
		if in.seen.Get(id) != nil {
			continue
		}
		order, err := in.pending.NextSequence() // from 1
		if err != nil {
			return nil, wrap(err)
		}
		if err := in.pending.Put(number(order), append(bytes.Clone(id), u.Body...)); err != nil {
			return nil, wrap(err)
		}
		if err := in.seen.Put(id, number(order)); err != nil {
			return nil, wrap(err)
		}
		accepted = append(accepted, u.ID)
	}
	return accepted, nil
}

// finish marks updates handled, whether or not they were ever kept, and
// forgets the oldest handled ones beyond the given number.
func (in inboxTx) finish(done []int64, remember int) (handled int, err error) {
	for _, u := range done {
		id := number(uint64(u))
		order := in.seen.Get(id)
		if order != nil && binary.BigEndian.Uint64(order) == 0 {
			continue
		}
		if order != nil {
			if err := in.pending.Delete(order); err != nil {
				return handled, wrap(err)
			}
		}
		if err := in.seen.Put(id, number(0)); err != nil {
			return handled, wrap(err)
		}
		last, err := in.done.NextSequence()
		if err != nil {
			return handled, wrap(err)
		}
		if err := in.done.Put(number(last), id); err != nil {
			return handled, wrap(err)
		}
		handled++
	}
	return handled, in.forget(remember)
}

// forget drops the oldest handled ids. Their numbers have no gaps, so the
// first and the last one tell how many there are.
func (in inboxTx) forget(remember int) error {
	for {
		first, id := in.done.Cursor().First()
		if first == nil || in.done.Sequence()-binary.BigEndian.Uint64(first) < uint64(remember) {
			return nil
		}
		if err := in.seen.Delete(id); err != nil {
			return wrap(err)
		}
		if err := in.done.Delete(first); err != nil {
			return wrap(err)
		}
	}
}

// Pending implements store.Inbox.
func (s *Store) Pending(ctx context.Context) (updates []store.Update, err error) {
	if err := ctx.Err(); err != nil {
		return nil, wrap(err)
	}
	err = s.view(func(tx *bolt.Tx) error {
		return wrap(tx.Bucket([]byte(bucketPending)).ForEach(func(_, v []byte) error {
			if len(v) < 8 {
				return damaged(s.path, "the inbox holds an update of a wrong shape")
			}
			updates = append(updates, store.Update{
				ID:   int64(binary.BigEndian.Uint64(v)),
				Body: bytes.Clone(v[8:]),
			})
			return nil
		}))
	})
	return updates, err
}
