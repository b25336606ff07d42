package sandbox

import (
	"context"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	tg "github.com/go-telegram/bot"
)

const (
	testToken = "700001:demo-token"
	alice     = int64(1001)
	bob       = int64(1002)
	group     = int64(-500)
)

// testClock is a clock that moves when told to.
type testClock struct {
	mu sync.Mutex
	t  time.Time
}

func newTestClock() *testClock {
	return &testClock{t: time.Date(2018, 8, 20, 9, 0, 0, 0, time.UTC)}
}

func (c *testClock) now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.t
}

func (c *testClock) add(d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.t = c.t.Add(d)
}

// rig is a server over HTTP with two people, a group and the real client.
type rig struct {
	*Server
	t     *testing.T
	clock *testClock
	http  *httptest.Server
	bot   *tg.Bot
}

func newRig(t *testing.T, change ...func(*Config)) *rig {
	t.Helper()
	clock := newTestClock()
	cfg := Config{
		Token: testToken, BotName: "跑改办", BotUsername: "paogai_bot", Title: "演练",
		Now: clock.now, WebhookRetry: time.Millisecond,
	}
	for _, c := range change {
		c(&cfg)
	}
	s, err := New(cfg)
	if err != nil {
		t.Fatal(err)
	}
	h := httptest.NewServer(s.Handler())
	t.Cleanup(h.Close)
	t.Cleanup(func() { _ = s.Close() }) // some tests close it themselves
	r := &rig{Server: s, t: t, clock: clock, http: h}
	must(t, s.AddPerson(Person{ID: alice, Name: "教育局联络员", Username: "edu_liaison", Unit: "市教育局"}))
	must(t, s.AddPerson(Person{ID: bob, Name: "跑改办科员"}))
	must(t, s.AddGroup(Group{ID: group, Title: "跑改办群", Members: []int64{alice, bob}, BotMember: true}))
	r.bot = r.client()
	return r
}

// client is a bot that does not poll.
func (r *rig) client(options ...tg.Option) *tg.Bot {
	r.t.Helper()
	b, err := tg.New(testToken, append([]tg.Option{tg.WithServerURL(r.http.URL), tg.WithSkipGetMe()}, options...)...)
	if err != nil {
		r.t.Fatal(err)
	}
	return b
}

// says sends a person's text to the bot.
func (r *rig) says(person int64, text string) Message {
	r.t.Helper()
	sent, err := r.Send(person, person, Outgoing{Text: text})
	must(r.t, err)
	return sent[0]
}

// ctx is a context for one call.
func (r *rig) ctx() context.Context {
	ctx, cancel := context.WithTimeout(context.Background(), 30*time.Second)
	r.t.Cleanup(cancel)
	return ctx
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// wantError checks that err tells want.
func wantError(t *testing.T, err error, want string) {
	t.Helper()
	switch {
	case want == "" && err != nil:
		t.Errorf("refused: %v", err)
	case want != "" && err == nil:
		t.Errorf("not refused; want %q", want)
	case want != "" && !strings.HasSuffix(err.Error(), want):
		t.Errorf("refused with %q; want …%q", err, want)
	}
}
