package redisstore

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"

	"github.com/redis/go-redis/v9"
)

var (
	// ErrNotDurable means that the server may lose what it has acknowledged.
	ErrNotDurable = errors.New("the Redis server is not durable: a power cut would lose what people were told is recorded")
	// ErrDurabilityUnknown means that the server does not say whether it is durable.
	ErrDurabilityUnknown = errors.New("the Redis server does not say whether it is durable: " +
		"allow this user CONFIG GET, or set that the server is trusted")
)

// required are the lines of redis.conf under which nothing acknowledged is
// lost in a power cut.
func required() [][2]string {
	return [][2]string{
		{"appendonly", "yes"},
		{"appendfsync", "always"},
		{"no-appendfsync-on-rewrite", "no"},
		{"maxmemory-policy", "noeviction"},
	}
}

// Durable checks that the server keeps what it acknowledges; Open has done so
// once, but settings can change while a server runs. ErrNotDurable names the
// lines of redis.conf to change. ErrDurabilityUnknown: CONFIG GET is forbidden.
func (s *Store) Durable(ctx context.Context) error {
	cluster, ok := s.db.(*redis.ClusterClient)
	if !ok {
		return s.durableNode(ctx, s.db)
	}
	var all sync.Mutex
	var faults error
	if err := s.read(ctx, func(ctx context.Context) error {
		faults = nil
		return cluster.ForEachMaster(ctx, func(ctx context.Context, node *redis.Client) error { //nolint:wrapcheck // classified by read
			err := s.durableNode(ctx, node)
			all.Lock()
			defer all.Unlock()
			faults = errors.Join(faults, err)
			return nil
		})
	}); err != nil {
		return err
	}
	return faults
}

// durableNode checks one server.
func (s *Store) durableNode(ctx context.Context, node redis.Cmdable) error {
	var change []string
	unknown := false
	for _, line := range required() {
		var found map[string]string
		err := s.read(ctx, func(ctx context.Context) (err error) {
			found, err = node.ConfigGet(ctx, line[0]).Result()
			return err //nolint:wrapcheck // classified by read
		})
		value, known := found[line[0]]
		switch {
		case errors.Is(err, ErrRefused) && !isAuth(err):
			unknown = true
		case err != nil:
			return err
		case !known:
			unknown = true
		case value != line[1]:
			change = append(change, fmt.Sprintf("%s %s (now %s)", line[0], line[1], value))
		}
	}
	switch {
	case len(change) > 0:
		return fmt.Errorf("%w; change in redis.conf and restart it: %s", ErrNotDurable, strings.Join(change, "; "))
	case unknown:
		return s.durableByInfo(ctx, node)
	}
	return nil
}

// durableByInfo finds at least a server that says in INFO that its append-only
// file is off.
func (s *Store) durableByInfo(ctx context.Context, node redis.Cmdable) error {
	var info string
	err := s.read(ctx, func(ctx context.Context) (err error) {
		info, err = node.Info(ctx, "persistence").Result()
		return err //nolint:wrapcheck // classified by read
	})
	switch {
	case errors.Is(err, ErrRefused):
		return ErrDurabilityUnknown
	case err != nil:
		return err
	case strings.Contains(info, "aof_enabled:0"):
		return fmt.Errorf("%w; change in redis.conf and restart it: appendonly yes (now no)", ErrNotDurable)
	}
	return ErrDurabilityUnknown
}

// isAuth tells a wrong or missing password from a forbidden command.
func isAuth(err error) bool {
	text := err.Error()
	return strings.Contains(text, "WRONGPASS") || strings.Contains(text, "NOAUTH") || strings.Contains(text, "invalid password")
}
