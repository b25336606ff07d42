package bot

import (
	"bytes"
	"context"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"testing"
	"time"

	"paogai/bot/sandbox"
	"paogai/bot/sandbox/sandboxtest"
	"paogai/bot/text"
	"paogai/scoring/schemes"
	"paogai/store"
	"paogai/store/archive"
	"paogai/store/boltstore"
)

const (
	plumbToken = "700001:demo-token"
	liaison1   = int64(1001) // liaison of 市教育局
	clerk1     = int64(1002) // clerk
	stranger   = int64(1003)
	office     = int64(-500)
)

// plumb is a bot with a table of routes of the test's own, on a store of its
// own and a sandbox.
type plumb struct {
	t      testing.TB
	server *sandbox.Server
	http   *httptest.Server
	store  *boltstore.Store
	desk   *store.Desk
	bot    *Bot
	logged *logs
	client *sandboxtest.Client
	stop   func()
}

// setting changes what a test runs with.
type setting struct {
	sandbox sandbox.Config
	options Options
	wrap    func(store.Inbox) store.Inbox // may be nil
}

func lay(t testing.TB, table func(b *Bot) Routes, change ...func(*setting)) *plumb {
	t.Helper()
	p := &plumb{t: t, logged: &logs{}}
	s := setting{sandbox: sandbox.Config{
		Token: plumbToken, BotName: "跑改办", BotUsername: "paogai_bot", Now: noon, WebhookRetry: time.Millisecond,
	}}
	s.options = Options{Token: plumbToken, Now: noon, Log: slog.New(slog.NewTextHandler(p.logged, nil)), AlbumWait: 50 * time.Millisecond}
	for _, c := range change {
		c(&s)
	}
	var err error
	p.server, err = sandbox.New(s.sandbox)
	ok(t, err)
	t.Cleanup(func() { ok(t, p.server.Close()) })
	p.people()
	p.http = httptest.NewServer(p.server.Handler())
	t.Cleanup(p.http.Close)
	p.forget()
	p.store, err = boltstore.Open(filepath.Join(t.TempDir(), "data"), boltstore.Options{})
	ok(t, err)
	t.Cleanup(func() { ok(t, p.store.Close()) })
	p.desk, err = store.NewDesk(t.Context(), store.DeskOptions{Journal: p.store, Schemes: schemes.Load})
	ok(t, err)
	enlist(t, p.desk)
	p.client = sandboxtest.Open(t, p.server)
	s.options.BaseURL, s.options.Desk, s.options.Drafts, s.options.Inbox = p.http.URL, p.desk, p.store, p.store
	if s.wrap != nil {
		s.options.Inbox = s.wrap(p.store)
	}
	s.options.Archive, err = archive.Open(t.TempDir())
	ok(t, err)
	p.bot, err = open(t.Context(), s.options, table)
	ok(t, err)
	p.bot.out.retry = time.Millisecond
	p.run()
	return p
}

func (p *plumb) people() {
	for _, who := range []sandbox.Person{{ID: liaison1, Name: "市教育局联络员"}, {ID: clerk1, Name: "跑改办甲"}, {ID: stranger, Name: "来访者"}} {
		ok(p.t, p.server.AddPerson(who))
		_, err := p.server.Start(who.ID, "")
		ok(p.t, err)
	}
	ok(p.t, p.server.AddGroup(sandbox.Group{ID: office, Title: "跑改办群", Members: []int64{liaison1, clerk1}, BotMember: true}))
}

// forget drops the updates of the people's first /start, whatever troubles
// the test's network has.
func (p *plumb) forget() {
	p.t.Helper()
	for p.server.Pending() > 0 {
		resp, err := http.Get(p.http.URL + "/bot" + plumbToken + "/getUpdates?offset=1000000000000")
		if err == nil {
			ok(p.t, resp.Body.Close())
		}
	}
}

// run starts the bot; it is stopped with the test, or by stop.
func (p *plumb) run() {
	ctx, cancel := context.WithCancel(p.t.Context())
	ended := make(chan error, 1)
	go func() { ended <- p.bot.Run(ctx) }()
	p.stop = sync.OnceFunc(func() {
		cancel()
		if err := <-ended; err != nil {
			p.t.Error(err)
		}
	})
	p.t.Cleanup(p.stop)
}

// idle waits until the bot has handled all that was said.
func (p *plumb) idle() {
	p.t.Helper()
	for p.server.Pending() > 0 {
		runtime.Gosched()
	}
	ok(p.t, p.bot.Idle(p.t.Context()))
}

// quiet fails the test if something went wrong in the log.
func (p *plumb) quiet() {
	p.t.Helper()
	if s := p.logged.text(); strings.Contains(s, "level=ERROR") || strings.Contains(s, "level=WARN") {
		p.t.Errorf("the log has:\n%s", s)
	}
}

// enlist lets liaison1 and clerk1 join.
func enlist(t testing.TB, desk *store.Desk) {
	t.Helper()
	act := func(by string, a store.Act) {
		t.Helper()
		_, err := desk.Do(t.Context(), store.Stamp{By: by, At: noon()}, a)
		ok(t, err)
	}
	act("office:root", store.OpenCampaign{Scheme: "jilin-2018"})
	for _, who := range []store.Person{
		{ID: liaison1, Name: "市教育局联络员", Role: store.Liaison, Unit: "市教育局"}, {ID: clerk1, Name: "跑改办甲", Role: store.Office},
	} {
		hash := store.HashToken(who.Name)
		act("office:root", store.IssueInvitation{Hash: hash, Role: who.Role, Unit: who.Unit, Expires: noon().AddDate(0, 0, 7)})
		_, err := desk.Do(t.Context(), store.Stamp{By: "tg:" + itoa(who.ID), At: noon()}, store.Join{Hash: hash, Person: who.ID, Name: who.Name})
		ok(t, err)
	}
}

func noon() time.Time { return time.Date(2018, 8, 20, 12, 0, 0, 0, time.UTC) }

// say is a handler that answers with words.
func say(words string) Handler {
	return func(ctx context.Context, t *Turn) error {
		_, err := t.Say(ctx, Card{HTML: text.Escape(words)})
		return err
	}
}

// logs keeps what is logged.
type logs struct {
	mu  sync.Mutex
	buf bytes.Buffer
}

func (l *logs) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.buf.Write(p)
}

func (l *logs) text() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.buf.String()
}

func ok(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}
