package redisstore

import (
	"context"
	"fmt"
	"time"
)

// Acquire implements store.Leases. ttl runs on the server's clock, to the
// millisecond. Terms grow for ever, also across restarts of the server.
func (s *Store) Acquire(ctx context.Context, name, holder string, ttl time.Duration) (term uint64, held bool, err error) {
	if holder == "" || ttl < time.Millisecond {
		return 0, false, fmt.Errorf("redisstore: the lease %s needs a holder and at least 1 ms", name)
	}
	var answer []int64
	if err := s.write(ctx, func(ctx context.Context) (err error) {
		answer, err = s.scripts.acquire.Run(ctx, s.db, []string{s.keys.lease + name, s.keys.terms},
			holder, ttl.Milliseconds(), name).Int64Slice()
		return err //nolint:wrapcheck // classified by write
	}); err != nil {
		return 0, false, err
	}
	if len(answer) != 2 {
		return 0, false, fmt.Errorf("%w: the script answered %v", ErrRefused, answer)
	}
	return uint64(answer[1]), answer[0] == 1, nil
}

// Release implements store.Leases.
func (s *Store) Release(ctx context.Context, name, holder string) error {
	return s.write(ctx, func(ctx context.Context) error {
		return s.scripts.release.Run(ctx, s.db, []string{s.keys.lease + name}, holder).Err() //nolint:wrapcheck // classified by write
	})
}
