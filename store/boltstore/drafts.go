package boltstore

import (
	"bytes"
	"context"
	"errors"

	bolt "go.etcd.io/bbolt"
)

var errNoKey = errors.New("boltstore: a draft needs a key")

// LoadDraft implements store.Drafts.
func (s *Store) LoadDraft(ctx context.Context, key string) (data []byte, err error) {
	if err := ctx.Err(); err != nil {
		return nil, wrap(err)
	}
	err = s.view(func(tx *bolt.Tx) error {
		data = bytes.Clone(tx.Bucket([]byte(bucketDrafts)).Get([]byte(key)))
		return nil
	})
	return data, err
}

// SaveDraft implements store.Drafts.
func (s *Store) SaveDraft(ctx context.Context, key string, data []byte) error {
	if err := ctx.Err(); err != nil {
		return wrap(err)
	}
	if key == "" {
		return errNoKey
	}
	return s.update(func(tx *bolt.Tx) error {
		b := tx.Bucket([]byte(bucketDrafts))
		if old := b.Get([]byte(key)); old != nil && bytes.Equal(old, data) {
			return errUnchanged
		}
		return wrap(b.Put([]byte(key), data))
	})
}

// DeleteDraft implements store.Drafts.
func (s *Store) DeleteDraft(ctx context.Context, key string) error {
	if err := ctx.Err(); err != nil {
		return wrap(err)
	}
	return s.update(func(tx *bolt.Tx) error {
		b := tx.Bucket([]byte(bucketDrafts))
		if b.Get([]byte(key)) == nil {
			return errUnchanged
		}
		return wrap(b.Delete([]byte(key)))
	})
}

// Drafts implements store.Drafts. fn sees the drafts of one moment and may
// change them.
func (s *Store) Drafts(ctx context.Context, fn func(key string, data []byte) error) error {
	type draft struct {
		key  string
		data []byte
	}
	var all []draft
	err := s.view(func(tx *bolt.Tx) error {
		return wrap(tx.Bucket([]byte(bucketDrafts)).ForEach(func(k, v []byte) error {
			all = append(all, draft{string(k), bytes.Clone(v)})
			return nil
		}))
	})
	if err != nil {
		return err
	}
	for _, d := range all {
		if err := ctx.Err(); err != nil {
			return wrap(err)
		}
		if err := fn(d.key, d.data); err != nil {
			return err
		}
	}
	return nil
}
