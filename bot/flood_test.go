package bot

import (
	"context"
	"fmt"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"paogai/bot/sandbox"
	"paogai/bot/text"
	"paogai/scoring/schemes"
	"paogai/store"
	"paogai/store/boltstore"
)

// The flood: this many people send this many messages each.
const (
	floodChats = 20
	floodEach  = 100
	floodFirst = int64(5001)
)

// Where the child process finds the server and the data.
const (
	floodURL  = "PAOGAI_TEST_FLOOD_URL"
	floodData = "PAOGAI_TEST_FLOOD_DATA"
)

// counting writes every message down twice: in the conversation and, as an
// invitation, in the journal. Then it answers.
func counting(*Bot) Routes {
	return Routes{Fallback: func(ctx context.Context, t *Turn) error {
		var seen []string
		if t.Talk.Active() {
			if err := t.Talk.Load(&seen); err != nil {
				return err
			}
		}
		if err := t.Talk.Begin("flood", "any", append(seen, t.Text)); err != nil {
			return err
		}
		_, err := t.Do(ctx, store.IssueInvitation{
			Hash: store.HashToken(itoa(t.Person) + "/" + t.Text), Role: store.Leader, Expires: t.Now.Add(time.Hour),
		})
		if err != nil {
			return err
		}
		_, err = t.Say(ctx, Card{HTML: text.Escape(t.Text)})
		return err
	}}
}

// TestFloodChild is the program that TestFlood kills; by itself it does
// nothing.
func TestFloodChild(t *testing.T) {
	url, data := os.Getenv(floodURL), os.Getenv(floodData)
	if url == "" {
		return
	}
	s, err := boltstore.Open(data, boltstore.Options{LockTimeout: 10 * time.Second})
	ok(t, err)
	desk, err := store.NewDesk(t.Context(), store.DeskOptions{Journal: s, Schemes: schemes.Load})
	ok(t, err)
	b, err := open(t.Context(), Options{
		Token: plumbToken, BaseURL: url, Desk: desk, Drafts: s, Inbox: s, Now: noon,
	}, counting)
	ok(t, err)
	ok(t, b.Run(t.Context())) // until it is killed
}

// TestFlood: 2,000 updates of 20 chats; the bot is killed twice in the middle
// and at the end; none is lost, applied twice or out of order in its chat.
func TestFlood(t *testing.T) {
	f := newFlood(t)
	const all = floodChats * floodEach
	for _, enough := range []int{all / 5, all / 2, all} {
		child := f.start()
		f.answered.wait(t, enough)
		ok(t, child.Process.Kill()) // SIGKILL: nothing is closed, nothing flushed
		if err := child.Wait(); err == nil || !strings.Contains(err.Error(), "killed") {
			t.Fatalf("the bot ended by itself: %v\n%s", err, child.Stderr)
		}
	}
	f.check()
	t.Logf("%d messages, %d answers repeated", all, f.answered.repeats())
}

type flood struct {
	t        *testing.T
	server   *sandbox.Server
	url      string
	data     string
	answered *answers
}

func newFlood(t *testing.T) *flood {
	t.Helper()
	f := &flood{t: t, data: filepath.Join(t.TempDir(), "data"), answered: newAnswers()}
	var err error
	f.server, err = sandbox.New(sandbox.Config{Token: plumbToken, BotUsername: "paogai_bot", Now: noon})
	ok(t, err)
	t.Cleanup(func() { ok(t, f.server.Close()) })
	web := httptest.NewServer(f.server.Handler())
	t.Cleanup(web.Close)
	t.Cleanup(web.CloseClientConnections)
	f.url = web.URL
	f.enlist()
	t.Cleanup(f.server.Watch(f.answered.event))
	for i := range floodEach {
		for c := range int64(floodChats) {
			_, err := f.server.Send(floodFirst+c, floodFirst+c, sandbox.Outgoing{Text: strconv.Itoa(i)})
			ok(t, err)
		}
	}
	return f
}

// enlist makes clerks of everybody, before any bot runs.
func (f *flood) enlist() {
	s, err := boltstore.Open(f.data, boltstore.Options{})
	ok(f.t, err)
	desk, err := store.NewDesk(f.t.Context(), store.DeskOptions{Journal: s, Schemes: schemes.Load})
	ok(f.t, err)
	_, err = desk.Do(f.t.Context(), store.Stamp{By: "office:root", At: noon()}, store.OpenCampaign{Scheme: "jilin-2018"})
	ok(f.t, err)
	for c := range int64(floodChats) {
		id := floodFirst + c
		ok(f.t, f.server.AddPerson(sandbox.Person{ID: id, Name: "科员" + itoa(c)}))
		hash := store.HashToken(itoa(id))
		_, err := desk.Do(f.t.Context(), store.Stamp{By: "office:root", At: noon()},
			store.IssueInvitation{Hash: hash, Role: store.Office, Expires: noon().Add(time.Hour)})
		ok(f.t, err)
		_, err = desk.Do(f.t.Context(), store.Stamp{By: "tg:" + itoa(id), At: noon()}, store.Join{Hash: hash, Person: id, Name: "科员"})
		ok(f.t, err)
	}
	ok(f.t, s.Close())
}

func (f *flood) start() *exec.Cmd {
	f.t.Helper()
	child := exec.CommandContext(f.t.Context(), os.Args[0], "-test.run=^TestFloodChild$", "-test.timeout=2m")
	child.Env = append(os.Environ(), floodURL+"="+f.url, floodData+"="+f.data)
	child.Stderr = &logs{}
	ok(f.t, child.Start())
	return child
}

// check looks at what three dead programs have left behind.
func (f *flood) check() {
	s, err := boltstore.Open(f.data, boltstore.Options{})
	ok(f.t, err)
	defer func() { ok(f.t, s.Close()) }()
	var want []string
	for i := range floodEach {
		want = append(want, strconv.Itoa(i))
	}
	issued := map[string][]string{}
	desk, err := store.NewDesk(f.t.Context(), store.DeskOptions{Journal: s, Schemes: schemes.Load})
	ok(f.t, err)
	desk.View(func(r *store.Record) {
		for _, i := range r.Invitations()[floodChats:] {
			issued[i.Issued.By] = append(issued[i.Issued.By], i.Hash)
		}
	})
	for c := range int64(floodChats) {
		id := floodFirst + c
		talk, err := loadTalk(f.t.Context(), s, talkKey(id, id), 0)
		ok(f.t, err)
		var got []string
		ok(f.t, talk.Load(&got))
		// The last answer can be out a moment before its step is kept.
		if last := want[:floodEach-1]; !slices.Equal(got, want) && !slices.Equal(got, last) {
			f.t.Errorf("the conversation of %d holds %v", id, got)
		}
		var hashes []string
		for _, w := range want {
			hashes = append(hashes, store.HashToken(itoa(id)+"/"+w))
		}
		if !slices.Equal(issued["tg:"+itoa(id)], hashes) {
			f.t.Errorf("the journal of %d holds %d acts, or not in order", id, len(issued["tg:"+itoa(id)]))
		}
		if first := f.answered.first(id); !slices.Equal(first, want) {
			f.t.Errorf("%d was answered %v", id, first)
		}
	}
}

// answers are what the bot said, by chat.
type answers struct {
	mu      sync.Mutex
	said    map[int64][]string
	seen    map[string]bool
	changed chan struct{}
}

func newAnswers() *answers {
	return &answers{said: map[int64][]string{}, seen: map[string]bool{}, changed: make(chan struct{}, 1)}
}

func (a *answers) event(e sandbox.Event) {
	if e.Type != "message" || e.Message == nil || e.Message.From == nil || !e.Message.From.IsBot {
		return
	}
	a.mu.Lock()
	a.said[e.Chat] = append(a.said[e.Chat], e.Message.Text)
	a.seen[fmt.Sprint(e.Chat, e.Message.Text)] = true
	a.mu.Unlock()
	select {
	case a.changed <- struct{}{}:
	default:
	}
}

// wait returns when that many different messages are answered.
func (a *answers) wait(t testing.TB, n int) {
	t.Helper()
	limit := time.NewTimer(time.Minute)
	defer limit.Stop()
	for {
		a.mu.Lock()
		have := len(a.seen)
		a.mu.Unlock()
		if have >= n {
			return
		}
		select {
		case <-a.changed:
		case <-limit.C:
			t.Fatalf("%d of %d messages are answered", have, n)
		}
	}
}

// first is what was said in a chat, repeats left out.
func (a *answers) first(chat int64) []string {
	a.mu.Lock()
	defer a.mu.Unlock()
	var list []string
	for _, words := range a.said[chat] {
		if !slices.Contains(list, words) {
			list = append(list, words)
		}
	}
	return list
}

func (a *answers) repeats() int {
	a.mu.Lock()
	defer a.mu.Unlock()
	n := -len(a.seen)
	for _, list := range a.said {
		n += len(list)
	}
	return n
}
