// Package redisstore keeps campaigns on a Redis (or Valkey) server. Several
// processes may work on one campaign: appending is compare-and-set on the
// server, and each process follows what the others append.
//
// A call whose reply was lost is made again with the same nonce, so that it
// takes effect once. The server has to be durable (see Store.Durable); Open
// refuses one that is not.
package redisstore

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"
	"time"

	"github.com/redis/go-redis/v9"

	"paogai/store"
)

// Options are the settings of Open. The zero value is right for production.
type Options struct {
	// TrustDurability lets Open go on when the server does not say whether it
	// is durable, as where CONFIG is forbidden. A server that says that it is
	// not durable is refused all the same.
	TrustDurability bool
	// Patience is how long a call is tried again while the server cannot be
	// reached, unless its context ends sooner. Zero means 10 s.
	Patience time.Duration
	// KeepDone is how many handled updates are remembered, so that a repeated
	// one is recognised. Zero means 20,000.
	KeepDone int
}

func (o Options) withDefaults() Options {
	if o.Patience <= 0 {
		o.Patience = 10 * time.Second
	}
	if o.KeepDone <= 0 {
		o.KeepDone = 20_000
	}
	return o
}

var (
	// ErrClosed means that the store was used after Close.
	ErrClosed = errors.New("redisstore: the store is closed")
	// ErrUnreachable means that the server did not answer in time, and nothing was
	// changed.
	ErrUnreachable = errors.New("redisstore: the server cannot be reached")
	// ErrRefused means that the server answered with an error; nothing was changed.
	ErrRefused = errors.New("redisstore: the server refused")
)

// Store is one campaign on one server. It is safe for concurrent use.
type Store struct {
	opts     Options
	keys     keys
	db       redis.UniversalClient
	follower redis.UniversalClient // for calls that block
	scripts  scripts

	replicas    int           // that have to hold an entry before it is acknowledged
	replicaTime time.Duration // for which one attempt waits for them

	mu    sync.Mutex
	known store.Position // the furthest position this process has seen
}

// Open connects to the server of rawURL and opens a campaign there; a new one
// begins empty. Errors never show the URL, which is one of
//
//	redis://user:password@host:6379/0    one server (rediss:// with TLS)
//	unix:///run/redis.sock?db=0          one server, by its socket
//	redis://host:26379?master_name=NAME&username=U&password=P&addr=host2:26379
//	                                     Sentinel: the URL's own user is the
//	                                     sentinels', username= and password=
//	                                     are the data server's
//	redis://user:password@host:6379?cluster=true&addr=host2:6379
//	                                     Cluster
//
// Behind Sentinel and in a Cluster an entry is acknowledged once a replica has
// it too.
func Open(ctx context.Context, rawURL, campaign string, o Options) (*Store, error) {
	if !validCampaign(campaign) {
		return nil, fmt.Errorf("redisstore: %q cannot name a campaign: 1 to 64 letters, digits, '.', '-' or '_'", campaign)
	}
	t, err := parseURL(rawURL)
	if err != nil {
		return nil, err
	}
	s := &Store{
		opts:     o.withDefaults(),
		keys:     keysOf(campaign),
		db:       t.connect(),
		follower: t.connect(),
		scripts:  newScripts(),

		replicas:    t.replicas,
		replicaTime: 2 * time.Second,
	}
	if err := s.Durable(ctx); err != nil {
		if !errors.Is(err, ErrDurabilityUnknown) || !o.TrustDurability {
			return nil, errors.Join(err, s.Close())
		}
	}
	return s, nil
}

// Close lets go of the connections. Calls under way end with ErrClosed.
func (s *Store) Close() error {
	err := errors.Join(s.db.Close(), s.follower.Close())
	if err == nil || errors.Is(err, redis.ErrClosed) {
		return nil
	}
	return fmt.Errorf("redisstore: %w", err)
}

func validCampaign(name string) bool {
	const allowed = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.-_"
	return name != "" && len(name) <= 64 && strings.Trim(name, allowed) == ""
}

var _ store.Backend = (*Store)(nil)
