package redisstore

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/redis/go-redis/v9"

	"paogai/store"
)

// How much one call reads: few entries at first, as they may be large, then as
// many as fit batchBytes.
const (
	firstBatch = 64
	batchMost  = 1000
	batchBytes = 4 << 20
)

// Head implements store.Journal.
func (s *Store) Head(ctx context.Context) (store.Position, error) {
	head, _, err := s.look(ctx, 0)
	return head, err
}

// look returns the head and the position of one entry (zero for 0). It gives
// store.ErrForked when that entry, or the furthest that this process has seen,
// is no longer there: the server went back to an earlier state.
func (s *Store) look(ctx context.Context, seq uint64) (head, at store.Position, err error) {
	known := s.furthest()
	var last, entry, mark *redis.XMessageSliceCmd
	err = s.read(ctx, func(ctx context.Context) error {
		_, err := s.db.Pipelined(ctx, func(p redis.Pipeliner) error {
			last = p.XRevRangeN(ctx, s.keys.journal, "+", "-", 1)
			entry = p.XRange(ctx, s.keys.journal, id(seq), id(seq))
			mark = p.XRange(ctx, s.keys.journal, id(known.Seq), id(known.Seq))
			return nil
		})
		return err //nolint:wrapcheck // classified by read
	})
	if err != nil {
		return head, at, err
	}
	if head, err = only(last.Val()); err != nil {
		return head, at, err
	}
	if at, err = only(entry.Val()); err != nil {
		return head, at, err
	}
	stays, err := only(mark.Val())
	switch {
	case err != nil:
		return head, at, err
	case stays != known:
		return head, at, fmt.Errorf("%w: entry %d is gone or another one", store.ErrForked, known.Seq)
	case at.Seq != seq:
		return head, at, fmt.Errorf("%w: entry %d is gone, the journal ends at %d", store.ErrForked, seq, head.Seq)
	}
	return head, at, nil
}

// only is the position in an answer of at most one entry; none is the zero position.
func only(found []redis.XMessage) (at store.Position, err error) {
	if len(found) > 0 {
		at, _, err = decode(found[0])
	}
	return at, err
}

// decode takes an entry of the stream apart.
func decode(m redis.XMessage) (at store.Position, line string, err error) {
	number, isEntry := strings.CutSuffix(m.ID, "-0")
	at.Seq, err = strconv.ParseUint(number, 10, 64)
	hash, hasHash := m.Values["h"].(string)
	line, hasLine := m.Values["l"].(string)
	if !isEntry || err != nil || !hasHash || !hasLine || len(hash) != len(at.Hash) {
		return at, "", fmt.Errorf("%w: the stream holds %s, which is no entry of a journal", store.ErrDamaged, m.ID)
	}
	copy(at.Hash[:], hash)
	return at, line, nil
}

// Read implements store.Journal. store.ErrForked: there is no entry after, or
// the server went back behind what this process has seen.
func (s *Store) Read(ctx context.Context, after uint64, fn func(store.Position, []byte) error) error {
	head, at, err := s.look(ctx, after)
	if err != nil {
		return err
	}
	size := int64(firstBatch)
	for at.Seq < head.Seq {
		var batch []redis.XMessage
		if err := s.read(ctx, func(ctx context.Context) (err error) {
			batch, err = s.db.XRangeN(ctx, s.keys.journal, id(at.Seq+1), id(head.Seq), size).Result()
			return err //nolint:wrapcheck // classified by read
		}); err != nil {
			return err
		}
		if len(batch) == 0 {
			return fmt.Errorf("%w: entry %d is missing", store.ErrDamaged, at.Seq+1)
		}
		var bytes int
		if at, bytes, err = walk(batch, at, fn); err != nil {
			return err
		}
		s.learn(at)
		size = min(batchMost, max(1, batchBytes*int64(len(batch))/int64(bytes+1)))
	}
	return nil
}

// walk verifies entries that follow at and hands them on.
func walk(batch []redis.XMessage, at store.Position, fn func(store.Position, []byte) error) (store.Position, int, error) {
	var bytes int
	for _, m := range batch {
		stored, text, err := decode(m)
		if err != nil {
			return at, bytes, err
		}
		if stored.Seq != at.Seq+1 {
			return at, bytes, fmt.Errorf("%w: entry %d is missing", store.ErrDamaged, at.Seq+1)
		}
		line := []byte(text)
		next := at.Next(line)
		if next != stored {
			return at, bytes, fmt.Errorf("%w: entry %d does not fit the hash chain", store.ErrDamaged, next.Seq)
		}
		if err := fn(next, line); err != nil {
			return at, bytes, err
		}
		at = next
		bytes += len(line)
	}
	return at, bytes, nil
}

// block is how long the server holds a follower's call. Cancelling a context
// does not interrupt it, so it must not be long; closing the store does.
const block = 5 * time.Second

// Wait implements store.Journal. store.ErrForked: see Read.
func (s *Store) Wait(ctx context.Context, after uint64) error {
	for {
		// After an error or an idle time the server may be another one, or
		// the same one with an old backup.
		head, _, err := s.look(ctx, after)
		switch {
		case errors.Is(err, ErrUnreachable) && ctx.Err() == nil:
			continue
		case err != nil:
			return err
		case head.Seq > after:
			return nil
		}
		moved := make(chan error, 1)
		go func() {
			moved <- s.follower.XRead(ctx, &redis.XReadArgs{
				Streams: []string{s.keys.journal, id(after)}, Count: 1, Block: block,
			}).Err()
		}()
		select {
		case err := <-moved:
			switch {
			case err == nil:
				return nil
			case errors.Is(err, redis.Nil): // nothing came
			case outcomeOf(err) == closed:
				return ErrClosed
			case outcomeOf(err) == refused:
				return fmt.Errorf("%w: %w", ErrRefused, err)
			}
		case <-ctx.Done():
			return wrap(ctx.Err())
		}
	}
}
