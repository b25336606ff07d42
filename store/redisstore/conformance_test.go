package redisstore

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/alicebob/miniredis/v2"
	"github.com/redis/go-redis/v9"

	"paogai/store"
	"paogai/store/storetest"
)

func mustOpen(tb testing.TB, url, campaign string) *Store {
	tb.Helper()
	// miniredis does not know CONFIG; a real server is checked all the same.
	s, err := Open(tb.Context(), url, campaign, Options{TrustDurability: true})
	if err != nil {
		tb.Fatal(err)
	}
	s.replicas = 0 // replicas_test.go is about them
	tb.Cleanup(func() {
		if err := s.Close(); err != nil {
			tb.Error(err)
		}
	})
	return s
}

// campaignOf makes a campaign's name of a test's.
func campaignOf(tb testing.TB) string {
	name := strings.NewReplacer("/", "-", " ", "-").Replace(tb.Name())
	return name[max(0, len(name)-64):]
}

// rewrite replaces the journal behind the store's back by what change makes of
// its entries.
func rewrite(tb testing.TB, s *Store, change func([]redis.XMessage) []redis.XMessage) {
	tb.Helper()
	ctx := tb.Context()
	all, err := s.db.XRange(ctx, s.keys.journal, "-", "+").Result()
	if err != nil {
		tb.Fatal(err)
	}
	_, err = s.db.TxPipelined(ctx, func(p redis.Pipeliner) error {
		p.Del(ctx, s.keys.journal)
		for _, m := range change(all) {
			p.XAdd(ctx, &redis.XAddArgs{
				Stream: s.keys.journal, ID: m.ID,
				Values: []any{"n", m.Values["n"], "h", m.Values["h"], "l", m.Values["l"]},
			})
		}
		return nil
	})
	if err != nil {
		tb.Fatal(err)
	}
}

// fixtureOn reaches the store by url, and what lies behind it by direct.
func fixtureOn(tb testing.TB, url, direct string) *storetest.Fixture {
	campaign := campaignOf(tb)
	s := mustOpen(tb, url, campaign)
	behind := mustOpen(tb, direct, campaign)
	return &storetest.Fixture{
		Backend: s,
		Another: func(tb testing.TB) store.Backend { return mustOpen(tb, url, campaign) },
		Tamper: func(tb testing.TB, seq uint64) {
			rewrite(tb, behind, func(all []redis.XMessage) []redis.XMessage {
				line := []byte(all[seq-1].Values["l"].(string))
				line[0] ^= 1
				all[seq-1].Values["l"] = string(line)
				return all
			})
		},
		Cut: func(tb testing.TB, seq uint64) {
			rewrite(tb, behind, func(all []redis.XMessage) []redis.XMessage { return all[:seq] })
		},
		Fill:   func(tb testing.TB, lines [][]byte) { fill(tb, behind, lines) },
		Expire: func(tb testing.TB, ttl time.Duration) { expire(tb, behind, ttl) },
		Reopen: func(tb testing.TB) store.Backend {
			if err := s.Close(); err != nil {
				tb.Fatal(err)
			}
			return mustOpen(tb, url, campaign)
		},
	}
}

// expire lets the suite's lease run out. The server does the waiting: it holds
// each call for as long as the lease has left.
func expire(tb testing.TB, s *Store, ttl time.Duration) {
	tb.Helper()
	for left := ttl; left > 0; left = s.db.PTTL(tb.Context(), s.keys.lease+"sender").Val() {
		err := s.follower.XRead(tb.Context(), &redis.XReadArgs{
			Streams: []string{s.keys.lease + "nothing", "0"}, Block: left,
		}).Err()
		if !errors.Is(err, redis.Nil) {
			tb.Fatal(err)
		}
	}
}

func fill(tb testing.TB, s *Store, lines [][]byte) {
	tb.Helper()
	ctx := tb.Context()
	var at store.Position
	for len(lines) > 0 {
		n := min(1000, len(lines))
		if _, err := s.db.Pipelined(ctx, func(p redis.Pipeliner) error {
			for _, l := range lines[:n] {
				at = at.Next(l)
				p.XAdd(ctx, &redis.XAddArgs{
					Stream: s.keys.journal, ID: id(at.Seq),
					Values: []any{"n", fmt.Sprintf("%026d", at.Seq), "h", string(at.Hash[:]), "l", l},
				})
			}
			return nil
		}); err != nil {
			tb.Fatal(err)
		}
		lines = lines[n:]
	}
}

// onServer is a fixture on a server that is killed before reopening.
func onServer(server *storetest.RedisServer) func(testing.TB) *storetest.Fixture {
	return func(tb testing.TB) *storetest.Fixture {
		f := fixtureOn(tb, server.URL, server.URL)
		reopen := f.Reopen
		f.Reopen = func(tb testing.TB) store.Backend {
			server.Kill(tb)
			server.Start(tb)
			return reopen(tb)
		}
		return f
	}
}

// onLossyNetwork is a fixture on a server of whose replies a share gets lost.
func onLossyNetwork(tb testing.TB, server *storetest.RedisServer) func(testing.TB) *storetest.Fixture {
	proxy := storetest.StartProxy(tb, server.Socket, 0.05)
	return func(tb testing.TB) *storetest.Fixture { return fixtureOn(tb, "redis://"+proxy.Addr, server.URL) }
}

// onCluster is a fixture on a cluster of one node.
func onCluster(tb testing.TB) func(testing.TB) *storetest.Fixture {
	port := storetest.FreePort(tb)
	storetest.StartRedis(tb, "--port", port, "--cluster-enabled", "yes")
	node := redis.NewClient(&redis.Options{Addr: "127.0.0.1:" + port})
	tb.Cleanup(func() { _ = node.Close() })
	if err := node.ClusterAddSlotsRange(tb.Context(), 0, 16383).Err(); err != nil {
		tb.Fatal(err)
	}
	url := "redis://127.0.0.1:" + port + "?cluster=true"
	return func(tb testing.TB) *storetest.Fixture { return fixtureOn(tb, url, url) }
}

func onMiniredis(tb testing.TB) *storetest.Fixture {
	server := miniredis.NewMiniRedis()
	if err := server.Start(); err != nil {
		tb.Fatal(err)
	}
	tb.Cleanup(server.Close)
	url := "redis://" + server.Addr()
	f := fixtureOn(tb, url, url)
	f.Expire = func(_ testing.TB, ttl time.Duration) { server.FastForward(ttl) }
	return f
}

// engine is one kind of server that the suite runs on.
type engine struct {
	name string
	open func(testing.TB) *storetest.Fixture
}

func engines(tb testing.TB) []engine {
	all := []engine{{"miniredis", onMiniredis}}
	if storetest.HaveRedis(tb) {
		all = append(all,
			engine{"redis-server", onServer(storetest.StartRedis(tb))},
			engine{"redis-server losing replies", onLossyNetwork(tb, storetest.StartRedis(tb))},
			engine{"redis cluster", onCluster(tb)},
			engine{"redis-server with our ACL", onServerWithACL(tb, storetest.StartRedis(tb))})
	}
	return all
}

func TestConformance(t *testing.T) {
	for _, e := range engines(t) {
		t.Run(e.name, func(t *testing.T) { storetest.Run(t, e.open) })
	}
}

func BenchmarkStore(b *testing.B) {
	for _, e := range engines(b) {
		if e.name != "redis-server" {
			continue // the others are for correctness
		}
		b.Run(e.name, func(b *testing.B) { storetest.Benchmark(b, e.open) })
	}
}
