package redisstore

import (
	"context"
	"fmt"
	"strconv"

	"github.com/redis/go-redis/v9"

	"paogai/store"
)

// Receive implements store.Inbox. The fresh updates are kept before the done
// ones are marked, so an id may be in both. Handled ids are remembered, the
// newest Options.KeepDone of them.
func (s *Store) Receive(ctx context.Context, fresh []store.Update, done []int64) (accepted []int64, err error) {
	if len(fresh)+len(done) == 0 {
		return nil, wrap(ctx.Err())
	}
	args := []any{newNonce(), s.opts.KeepDone, len(fresh)}
	for _, u := range fresh {
		args = append(args, u.ID, u.Body)
	}
	for _, u := range done {
		args = append(args, u)
	}
	var kept []string
	if err := s.write(ctx, func(ctx context.Context) (err error) {
		kept, err = s.scripts.receive.Run(ctx, s.db, s.keys.inbox(), args...).StringSlice()
		return err //nolint:wrapcheck // classified by write
	}); err != nil {
		return nil, err
	}
	for _, k := range kept {
		update, err := strconv.ParseInt(k, 10, 64)
		if err != nil {
			return nil, fmt.Errorf("redisstore: update id %q: %w", k, err)
		}
		accepted = append(accepted, update)
	}
	return accepted, nil
}

// Pending implements store.Inbox.
func (s *Store) Pending(ctx context.Context) (updates []store.Update, err error) {
	var order *redis.StringSliceCmd
	var bodies *redis.MapStringStringCmd
	if err := s.read(ctx, func(ctx context.Context) error {
		_, err := s.db.TxPipelined(ctx, func(p redis.Pipeliner) error {
			order = p.ZRange(ctx, s.keys.pending, 0, -1)
			bodies = p.HGetAll(ctx, s.keys.bodies)
			return nil
		})
		return err //nolint:wrapcheck // classified by read
	}); err != nil {
		return nil, err
	}
	for _, k := range order.Val() {
		update, err := strconv.ParseInt(k, 10, 64)
		if err != nil {
			return nil, fmt.Errorf("redisstore: update id %q: %w", k, err)
		}
		updates = append(updates, store.Update{ID: update, Body: []byte(bodies.Val()[k])})
	}
	return updates, nil
}
