package redisstore

import (
	"context"
	"errors"
	"maps"
	"slices"

	"github.com/redis/go-redis/v9"
)

var errNoKey = errors.New("redisstore: a draft needs a key")

// LoadDraft implements store.Drafts.
func (s *Store) LoadDraft(ctx context.Context, key string) (data []byte, err error) {
	err = s.read(ctx, func(ctx context.Context) (err error) {
		data, err = s.db.HGet(ctx, s.keys.drafts, key).Bytes()
		if errors.Is(err, redis.Nil) {
			data, err = nil, nil
		}
		return err //nolint:wrapcheck // classified by read
	})
	return data, err
}

// SaveDraft implements store.Drafts.
func (s *Store) SaveDraft(ctx context.Context, key string, data []byte) error {
	if key == "" {
		return errNoKey
	}
	return s.write(ctx, func(ctx context.Context) error {
		return s.db.HSet(ctx, s.keys.drafts, key, data).Err() //nolint:wrapcheck // classified by write
	})
}

// DeleteDraft implements store.Drafts.
func (s *Store) DeleteDraft(ctx context.Context, key string) error {
	return s.write(ctx, func(ctx context.Context) error {
		return s.db.HDel(ctx, s.keys.drafts, key).Err() //nolint:wrapcheck // classified by write
	})
}

// Drafts implements store.Drafts. fn sees the drafts of one moment and may
// change them.
func (s *Store) Drafts(ctx context.Context, fn func(key string, data []byte) error) error {
	var all map[string]string
	if err := s.read(ctx, func(ctx context.Context) (err error) {
		all, err = s.db.HGetAll(ctx, s.keys.drafts).Result()
		return err //nolint:wrapcheck // classified by read
	}); err != nil {
		return err
	}
	for _, key := range slices.Sorted(maps.Keys(all)) {
		if err := fn(key, []byte(all[key])); err != nil {
			return err
		}
	}
	return nil
}
