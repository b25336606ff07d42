package redisstore

import (
	"strings"
	"testing"

	"paogai/store"
	"paogai/store/storetest"
)

// addUser makes the user of the ACL on a server and returns a URL for it.
func addUser(tb testing.TB, server *storetest.RedisServer) string {
	tb.Helper()
	admin := mustOpen(tb, server.URL, "admin")
	line := strings.Replace(strings.TrimPrefix(ACL, "user "), "PASSWORD", "s3cret", 1)
	args := []any{"ACL", "SETUSER"}
	for rest := line; rest != ""; {
		word, after, _ := strings.Cut(rest, " ")
		if strings.HasPrefix(rest, "(") { // a selector is one argument
			word, after, _ = strings.Cut(rest, ")")
			word, after = word+")", strings.TrimPrefix(after, " ")
		}
		args, rest = append(args, word), after
	}
	if err := admin.db.Do(tb.Context(), args...).Err(); err != nil {
		tb.Fatal(err)
	}
	return "unix://paogai:s3cret@" + server.Socket
}

// onServerWithACL is a fixture whose store may do only what the ACL allows.
func onServerWithACL(tb testing.TB, server *storetest.RedisServer) func(testing.TB) *storetest.Fixture {
	url := addUser(tb, server)
	return func(tb testing.TB) *storetest.Fixture { return fixtureOn(tb, url, server.URL) }
}

func TestACLKeepsTheJournalAppendOnly(t *testing.T) {
	if !storetest.HaveRedis(t) {
		return
	}
	server := storetest.StartRedis(t)
	s := mustOpen(t, addUser(t, server), "c")
	if err := s.Durable(t.Context()); err != nil {
		t.Errorf("durability cannot be checked under the ACL: %v", err)
	}
	at, err := s.Append(t.Context(), store.Position{}, []byte("kept"), store.Fence{})
	if err != nil {
		t.Fatal(err)
	}
	for _, command := range []string{
		"XDEL {c}:journal 1-0", "XTRIM {c}:journal MAXLEN 0", "DEL {c}:journal", "UNLINK {c}:journal",
		"SET {c}:journal x", "RENAME {c}:journal {c}:drafts", "XSETID {c}:journal 0-0", "EXPIRE {c}:journal 1",
		"RESTORE {c}:journal 0 x REPLACE", "COPY {c}:drafts {c}:journal REPLACE", "DEL {c}:terms", "HSET {c}:terms a 9",
		"FLUSHALL", "FLUSHDB", "CONFIG SET appendonly no", "SHUTDOWN NOSAVE", "KEYS *", "ACL LIST",
		"EVAL return\\ redis.call('DEL',KEYS[1]) 1 {c}:journal", "GET other", "SET other x",
	} {
		var args []any
		for _, word := range strings.Split(strings.ReplaceAll(command, `\ `, "\x00"), " ") {
			args = append(args, strings.ReplaceAll(word, "\x00", " "))
		}
		if err := s.db.Do(t.Context(), args...).Err(); err == nil || !forbids(err) {
			t.Errorf("%s: %v, want it forbidden", command, err)
		}
	}
	if head, err := s.Head(t.Context()); err != nil || head != at {
		t.Errorf("head %d (%v)", head.Seq, err)
	}
}

// forbids knows Redis's two ways of saying no to a command and to a script's.
func forbids(err error) bool {
	return strings.Contains(err.Error(), "NOPERM") || strings.Contains(err.Error(), "can't access at least one of the keys")
}
