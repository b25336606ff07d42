package main

import (
	"bytes"
	"context"
	"crypto/rand"
	"net/http/httptest"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"paogai/bot/sandbox"
	"paogai/bot/sandbox/sandboxtest"
	"paogai/store/storetest"
)

const testToken = "700001:test-token"

// serving runs the service against a local chat server until the test ends,
// and returns what was written to its log.
func serving(t *testing.T, s *session, args ...string) (*sandbox.Server, *syncBuffer) {
	t.Helper()
	chat, err := sandbox.New(sandbox.Config{
		Token: testToken, BotUsername: "paogai_bot", Now: func() time.Time { return s.now }, LimitNow: time.Now,
	})
	if err != nil {
		t.Fatal(err)
	}
	web := httptest.NewServer(chat.Handler())
	ctx, stop := context.WithCancel(t.Context())
	log := &syncBuffer{}
	ended := make(chan int)
	go func() {
		ended <- run(ctx, append([]string{"serve", "--base-url", web.URL}, args...), world{
			out: log, err: log, now: func() time.Time { return s.now }, rand: rand.Reader,
			env: func(k string) string { return map[string]string{"PAOGAI_TOKEN": testToken}[k] },
		})
	}()
	t.Cleanup(func() {
		stop()
		if code := <-ended; code != exitOK {
			t.Errorf("serve ended with %d:\n%s", code, log)
		}
		web.Close()
		if err := chat.Close(); err != nil {
			t.Error(err)
		}
		if strings.Contains(log.String(), testToken) {
			t.Errorf("the log holds the token:\n%s", log)
		}
	})
	return chat, log
}

// syncBuffer may be written and read at once.
type syncBuffer struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (b *syncBuffer) Write(p []byte) (int, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.b.Write(p)
}

func (b *syncBuffer) String() string {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.b.String()
}

func TestServeLetsAnInvitedLiaisonIn(t *testing.T) {
	stores := map[string]func(t *testing.T) []string{
		"embedded": func(t *testing.T) []string { return []string{"--data", t.TempDir()} },
	}
	if storetest.HaveRedis(t) {
		stores["redis"] = func(t *testing.T) []string {
			return []string{"--data", t.TempDir(), "--store", storetest.StartRedis(t).URL}
		}
	}
	for name, store := range stores {
		t.Run(name, func(t *testing.T) {
			s := newSession(t)
			where := store(t)
			s.ok(append([]string{"open", "--scheme", "jilin-2018", "--opens", "2018-08-20"}, where...)...)
			link := strings.Fields(s.ok(append([]string{"invite", "--role", "liaison", "--unit", "教育局", "--bot", "paogai_bot"}, where...)...))[0]
			_, token, _ := strings.Cut(link, "?start=")
			chat, _ := serving(t, s, where...)
			if err := chat.AddPerson(sandbox.Person{ID: 7, Name: "联络员"}); err != nil {
				t.Fatal(err)
			}
			liaison := sandboxtest.Open(t, chat).Person(7)
			liaison.Starts("")
			liaison.ExpectMessage("邀请")
			liaison.Starts(token)
			liaison.ExpectMessage("市教育局")
		})
	}
}

func TestServeRefusesARedisThatCouldLoseWhatWasAcknowledged(t *testing.T) {
	if !storetest.HaveRedis(t) {
		return
	}
	server := storetest.StartRedis(t, "--appendfsync", "everysec")
	s := newSession(t)
	s.env["PAOGAI_TOKEN"] = testToken
	code, _, errors := s.run("serve", "--store", server.URL, "--data", t.TempDir())
	if code != exitInput || !strings.Contains(errors, "appendfsync always") {
		t.Errorf("exit %d: %s", code, errors)
	}
}

func TestServeRefusesWhatItCannotUse(t *testing.T) {
	s := newSession(t)
	dir := opened(s)
	s.env["PAOGAI_TOKEN"] = testToken
	for name, args := range map[string][]string{
		"no campaign":    {"--data", filepath.Join(t.TempDir(), "none")},
		"PAOGAI_WEBHOOK": {"--data", dir, "--webhook-url", "https://example.org/hook"},
		"the proxy":      {"--data", dir, "--proxy", "nonsense"},
		"redis":          {"--store", "redis://127.0.0.1:1", "--data", dir},
	} {
		code, _, errors := s.run(append([]string{"serve"}, args...)...)
		if code == exitOK || !strings.Contains(errors, name) {
			t.Errorf("serve %v: exit %d: %s", args, code, errors)
		}
	}
}

func TestASchemeIsAdoptedOnRedisWhileTheServiceRuns(t *testing.T) {
	if !storetest.HaveRedis(t) {
		return
	}
	s := newSession(t)
	s.now = time.Date(2018, 10, 1, 1, 0, 0, 0, time.UTC) // 甲局 is late in both tasks: 90
	where := []string{"--data", t.TempDir(), "--store", storetest.StartRedis(t).URL}
	s.ok(append([]string{"open", "--scheme", file(t, "county.yaml", countyYAML), "--opens", "2018-08-20", "--one-person"}, where...)...)
	link := strings.Fields(s.ok(append([]string{"invite", "--role", "liaison", "--unit", "甲局", "--bot", "paogai_bot"}, where...)...))[0]
	_, token, _ := strings.Cut(link, "?start=")
	chat, _ := serving(t, s, where...)
	if err := chat.AddPerson(sandbox.Person{ID: 7, Name: "联络员"}); err != nil {
		t.Fatal(err)
	}
	liaison := sandboxtest.Open(t, chat).Person(7)
	liaison.Starts(token)
	liaison.ExpectMessage("甲局")
	s.ok(append([]string{"scheme", "adopt", file(t, "next.yaml", revisedYAML()), "--apply", "--reason", "县里改了"}, where...)...)
	liaison.ExpectMessage("考核办法已变更", "甲局：得分 90.00 → 96.00，名次 1 → 1，等次 不合格 → 合格")
}
