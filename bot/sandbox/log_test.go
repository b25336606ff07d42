package sandbox

import (
	"errors"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	tg "github.com/go-telegram/bot"
	"github.com/go-telegram/bot/models"
)

// live makes one of everything that the log keeps.
func live(t *testing.T, r *rig) {
	t.Helper()
	r.says(alice, "/start")
	m, err := r.bot.SendMessage(r.ctx(), &tg.SendMessageParams{ChatID: alice, Text: "<b>x</b>", ParseMode: models.ParseModeHTML, ReplyMarkup: keys("a")})
	must(t, err)
	_, err = r.bot.EditMessageText(r.ctx(), &tg.EditMessageTextParams{ChatID: alice, MessageID: m.ID, Text: "y", ReplyMarkup: keys("b")})
	must(t, err)
	_, err = r.Press(alice, alice, m.ID, "b")
	must(t, err)
	_, err = r.bot.PinChatMessage(r.ctx(), &tg.PinChatMessageParams{ChatID: alice, MessageID: m.ID})
	must(t, err)
	_, err = r.bot.SendMessage(r.ctx(), &tg.SendMessageParams{ChatID: alice, Text: "k", ReplyMarkup: models.ReplyKeyboardMarkup{Keyboard: [][]models.KeyboardButton{{{Text: "一"}}}}})
	must(t, err)
	_, err = r.Send(alice, alice, Outgoing{Files: []Upload{{Data: picture(400, 400), Photo: true}, {Data: picture(9, 9), Photo: true}}})
	must(t, err)
	must(t, r.Edit(alice, alice, 1, "改了"))
	_, err = r.bot.SetMyCommands(r.ctx(), &tg.SetMyCommandsParams{Commands: []models.BotCommand{{Command: "a", Description: "b"}}})
	must(t, err)
	must(t, r.Block(bob))
	must(t, r.RemoveBot(group, alice))
	must(t, r.AddBot(group, alice))
	_, err = r.Migrate(group)
	must(t, err)
	list := r.updates(t, 0)
	r.updates(t, list[1].ID)
}

// snapshot is the state without what is not kept.
func snapshot(s *Server) state {
	s.mu.Lock()
	defer s.mu.Unlock()
	st := *s.state
	st.publish, st.arrived = nil, nil
	return st
}

// A server killed and started again is as it was, update for update.
func TestReplay(t *testing.T) {
	dir := t.TempDir()
	keep := func(c *Config) { c.Dir = dir }
	r := newRig(t, keep)
	live(t, r)
	before := snapshot(r.Server)
	dir = copied(t, dir) // while r runs: as after kill -9
	again := newRig(t, keep)
	after := snapshot(again.Server)
	if !reflect.DeepEqual(before, after) {
		t.Errorf("state differs after the replay:\n%+v\n%+v", before, after)
	}
	photo := again.History(alice)
	size := photo[len(photo)-1].Photo[0]
	again.fetch(t, again.http.URL+size.URL, 200)
	if m := again.says(alice, "more"); m.MessageID <= photo[len(photo)-1].MessageID {
		t.Errorf("message_id %d again", m.MessageID)
	}
}

// copied is a folder as it stands now.
func copied(t *testing.T, dir string) string {
	t.Helper()
	to := t.TempDir()
	must(t, os.CopyFS(to, os.DirFS(dir)))
	return to
}

// A folder belongs to one server; a second is refused and damages nothing.
func TestOneServerPerFolder(t *testing.T) {
	dir := t.TempDir()
	keep := func(c *Config) { c.Dir = dir }
	r := newRig(t, keep)
	r.says(alice, "一")
	_, err := New(Config{Token: testToken, BotUsername: "b", Now: r.clock.now, Dir: dir})
	if !errors.Is(err, ErrInUse) || !strings.Contains(err.Error(), dir) {
		t.Fatalf("a second server: %v", err)
	}
	r.says(alice, "二")
	must(t, r.Close())
	if list := newRig(t, keep).History(alice); len(list) != 2 {
		t.Errorf("left %+v", list)
	}
}

// A last line that a kill cut off is dropped; damage before it is an error.
func TestTornLog(t *testing.T) {
	dir := t.TempDir()
	keep := func(c *Config) { c.Dir = dir }
	r := newRig(t, keep)
	r.says(alice, "whole")
	r.says(alice, "torn")
	must(t, r.Close())
	path := filepath.Join(dir, logName)
	data, err := os.ReadFile(path)
	must(t, err)
	must(t, os.WriteFile(path, data[:len(data)-9], 0o600))
	again := newRig(t, keep)
	if list := again.History(alice); len(list) != 1 || list[0].Text != "whole" {
		t.Errorf("left %+v", list)
	}
	again.says(alice, "next")
	must(t, again.Close())
	third := newRig(t, keep)
	if list := third.History(alice); len(list) != 2 || list[1].Text != "next" {
		t.Errorf("after the repair %+v", list)
	}
	must(t, third.Close())
	must(t, os.WriteFile(path, append([]byte("{broken\n"), data...), 0o600))
	_, err = New(Config{Token: testToken, BotUsername: "b", Now: r.clock.now, Dir: dir})
	if err == nil || !strings.Contains(err.Error(), "line 1") {
		t.Errorf("a damaged log gives %v", err)
	}
}

// What is required is asked for.
func TestConfig(t *testing.T) {
	now := newTestClock().now
	for name, cfg := range map[string]Config{
		"no token":  {BotUsername: "b", Now: now},
		"no number": {Token: "x:y", BotUsername: "b", Now: now},
		"no secret": {Token: "7:", BotUsername: "b", Now: now},
		"no name":   {Token: testToken, Now: now},
		"no clock":  {Token: testToken, BotUsername: "b"},
	} {
		if _, err := New(cfg); err == nil {
			t.Errorf("%s: taken", name)
		}
	}
	r := newRig(t)
	for _, p := range []Person{{Name: "x"}, {ID: 5}, {ID: 700001, Name: "x"}} {
		if r.AddPerson(p) == nil {
			t.Errorf("%+v taken", p)
		}
	}
	for _, g := range []Group{{ID: 5, Title: "x"}, {ID: -5}, {ID: -5, Title: "x", Members: []int64{9}}} {
		if r.AddGroup(g) == nil {
			t.Errorf("%+v taken", g)
		}
	}
}
