package redisstore

import (
	"errors"
	"strings"
	"testing"

	"paogai/store/storetest"
)

func TestDurableNamesTheLineToChange(t *testing.T) {
	if !storetest.HaveRedis(t) {
		return
	}
	server := storetest.StartRedis(t)
	s := mustOpen(t, server.URL, "c")
	if err := s.Durable(t.Context()); err != nil {
		t.Fatalf("a durable server: %v", err)
	}
	for _, wrong := range [][3]string{
		{"appendonly", "no", "appendonly yes (now no)"},
		{"appendfsync", "everysec", "appendfsync always (now everysec)"},
		{"no-appendfsync-on-rewrite", "yes", "no-appendfsync-on-rewrite no (now yes)"},
		{"maxmemory-policy", "allkeys-lru", "maxmemory-policy noeviction (now allkeys-lru)"},
	} {
		before := s.db.ConfigGet(t.Context(), wrong[0]).Val()[wrong[0]]
		if err := s.db.ConfigSet(t.Context(), wrong[0], wrong[1]).Err(); err != nil {
			t.Fatal(err)
		}
		if err := s.Durable(t.Context()); !errors.Is(err, ErrNotDurable) || !strings.HasSuffix(err.Error(), ": "+wrong[2]) {
			t.Errorf("%s %s: %v", wrong[0], wrong[1], err)
		}
		_, err := Open(t.Context(), server.URL, "c", Options{TrustDurability: true})
		if !errors.Is(err, ErrNotDurable) {
			t.Errorf("opening a server with %s %s, trusted: %v", wrong[0], wrong[1], err)
		}
		if err := s.db.ConfigSet(t.Context(), wrong[0], before).Err(); err != nil {
			t.Fatal(err)
		}
	}
}

func TestServerThatDoesNotSayIsTrustedOnlyWhenTold(t *testing.T) {
	if !storetest.HaveRedis(t) {
		return
	}
	silent := storetest.StartRedis(t, "--rename-command", "CONFIG", "")
	if _, err := Open(t.Context(), silent.URL, "c", Options{}); !errors.Is(err, ErrDurabilityUnknown) {
		t.Errorf("not told: %v", err)
	}
	s, err := Open(t.Context(), silent.URL, "c", Options{TrustDurability: true})
	if err != nil {
		t.Fatalf("told: %v", err)
	}
	if err := s.Close(); err != nil {
		t.Error(err)
	}
	off := storetest.StartRedis(t, "--rename-command", "CONFIG", "", "--appendonly", "no")
	if _, err := Open(t.Context(), off.URL, "c", Options{TrustDurability: true}); !errors.Is(err, ErrNotDurable) {
		t.Errorf("told, but INFO shows that the append-only file is off: %v", err)
	}
}
