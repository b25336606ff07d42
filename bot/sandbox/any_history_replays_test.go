package sandbox

import (
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
	"time"
)

// chaos does random acts of people and of the bot; refusals are part of it.
type chaos struct {
	*rig
	rng *rand.Rand
}

func (c *chaos) person() int64 { return []int64{alice, bob, 1003}[c.rng.IntN(3)] }

func (c *chaos) chat(person int64) int64 {
	groups := []int64{person, person, group, -600}
	if to := c.state.chats[group].migratedTo; to != 0 {
		groups = append(groups, to)
	}
	return groups[c.rng.IntN(len(groups))]
}

// message is the id of some message, there or not.
func (c *chaos) message() int { return 1 + c.rng.IntN(60) }

func (c *chaos) act(t *testing.T) {
	p := c.person()
	chat := c.chat(p)
	text := fmt.Sprintf("第 %d 句 /rank", c.rng.IntN(1000))
	file := Upload{Name: "a.png", Data: picture(1+c.rng.IntN(400), 9), Photo: c.rng.IntN(2) == 0}
	markups := []string{
		"", `{"inline_keyboard":[[{"text":"x","callback_data":"a"}]]}`, `{"keyboard":[["一"]],"selective":true}`,
		`{"force_reply":true,"input_field_placeholder":"写"}`, `{"remove_keyboard":true}`,
	}
	acts := []func(){
		func() { _, _ = c.Send(p, chat, Outgoing{Text: text, ReplyTo: c.rng.IntN(2) * c.message()}) },
		func() { _, _ = c.Send(p, chat, Outgoing{Files: []Upload{file, file}[c.rng.IntN(2):], Caption: text}) },
		func() { _, _ = c.Send(p, chat, Outgoing{Sticker: true}) },
		func() { _ = c.Edit(p, chat, c.message(), text) },
		func() { _, _ = c.Press(p, chat, c.message(), "a") },
		func() { _, _ = c.Start(p, "token") },
		func() { _ = c.Block(p) },
		func() { _ = c.AddBot(chat, p) },
		func() { _ = c.RemoveBot(chat, p) },
		func() { _ = c.AddPerson(Person{ID: p, Name: text}) },
		func() {
			c.call(t, "sendMessage", "chat_id", chat, "text", text, "reply_markup", markups[c.rng.IntN(len(markups))])
		},
		func() {
			c.call(t, "editMessageText", "chat_id", chat, "message_id", c.message(), "text", text, "reply_markup", markups[c.rng.IntN(2)])
		},
		func() { c.call(t, "deleteMessage", "chat_id", chat, "message_id", c.message()) },
		func() { c.call(t, "pinChatMessage", "chat_id", chat, "message_id", c.message()) },
		func() { c.call(t, "unpinChatMessage", "chat_id", chat) },
		func() { c.call(t, "copyMessage", "chat_id", chat, "from_chat_id", p, "message_id", c.message()) },
		func() { c.call(t, "setMyCommands", "commands", `[{"command":"rank","description":"榜"}]`) },
		func() { c.call(t, "getUpdates", "offset", firstUpdate+1+c.rng.IntN(60)) },
		func() { c.call(t, "answerCallbackQuery", "callback_query_id", callbackBase+1, "text", "好") },
		func() { c.page(t, "/page/seen", m{"chat": chat}, nil) },
		func() { c.clock.add(time.Duration(c.rng.IntN(7200)) * time.Second) },
	}
	acts[c.rng.IntN(len(acts))]()
}

// Whatever happened, a server that replays the log is the server that wrote
// it: every message, keyboard, callback, pin and pending update.
func TestAnyHistoryReplays(t *testing.T) {
	for seed := range uint64(8) {
		dir := t.TempDir()
		r := newRig(t, func(c *Config) { c.Dir, c.Faults = dir, Faults{Seed: seed, DoubleTap: 0.2} })
		must(t, r.AddPerson(Person{ID: 1003, Name: "联络员丙"}))
		must(t, r.AddGroup(Group{ID: -600, Title: "小群", Members: []int64{alice, 1003}}))
		c := &chaos{r, rand.New(rand.NewPCG(seed, 11))}
		for i := range 200 {
			c.act(t)
			if i == 150 && seed%2 == 0 {
				_, err := r.Migrate(group)
				must(t, err)
			}
		}
		kept := copied(t, dir)
		again, err := New(Config{Token: testToken, BotName: "跑改办", BotUsername: "paogai_bot", Now: r.clock.now, Dir: kept})
		must(t, err)
		before, after := snapshot(r.Server), snapshot(again)
		if !reflect.DeepEqual(before, after) {
			t.Errorf("seed %d: the replay differs\n%+v\n%+v", seed, before, after)
		}
		must(t, again.Close())
	}
}

// A log cut off at any byte of its end opens, with all whole lines and
// nothing else.
func TestALogCutAnywhereOpens(t *testing.T) {
	dir := t.TempDir()
	r := newRig(t, func(c *Config) { c.Dir = dir })
	r.says(alice, "一")
	r.says(alice, "二")
	must(t, r.Close())
	data, err := os.ReadFile(filepath.Join(dir, logName))
	must(t, err)
	last := strings.LastIndexByte(strings.TrimSuffix(string(data), "\n"), '\n') + 1
	for cut := last; cut < len(data); cut += 7 {
		dir := t.TempDir()
		must(t, os.WriteFile(filepath.Join(dir, logName), data[:cut], 0o600))
		s, err := New(Config{Token: testToken, BotUsername: "b", Now: r.clock.now, Dir: dir})
		must(t, err)
		if n := len(s.History(alice)); n != 1 {
			t.Errorf("cut at %d: %d messages", cut, n)
		}
		must(t, s.Close())
	}
}

// A damaged line in the middle is an error that names the line, and the file
// stays as it was.
func TestADamagedLogIsLeftAlone(t *testing.T) {
	dir := t.TempDir()
	r := newRig(t, func(c *Config) { c.Dir = dir })
	r.says(alice, "一")
	must(t, r.Close())
	path := filepath.Join(dir, logName)
	good, err := os.ReadFile(path)
	must(t, err)
	for name, damage := range map[string]string{
		"no JSON":      "{broken\n",
		"unknown op":   `{"op":"fly","chat":1001}` + "\n",
		"unknown chat": `{"op":"seen","chat":77}` + "\n",
	} {
		bad := append([]byte{}, good...)
		bad = append(bad, damage...)
		must(t, os.WriteFile(path, bad, 0o600))
		_, err := New(Config{Token: testToken, BotUsername: "b", Now: r.clock.now, Dir: dir})
		want := fmt.Sprintf("line %d", strings.Count(string(good), "\n")+1)
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v, want %s", name, err, want)
		}
		if now, err := os.ReadFile(path); err != nil || string(now) != string(bad) {
			t.Errorf("%s: the file was changed (%v)", name, err)
		}
	}
}

// A log that cannot be written refuses the act and shows nothing of it.
func TestWhatCannotBeKeptDoesNotHappen(t *testing.T) {
	r := newRig(t, func(c *Config) { c.Dir = t.TempDir() })
	r.says(alice, "/start")
	must(t, r.log.file.Close())
	if _, err := r.Send(alice, alice, Outgoing{Text: "x"}); err == nil {
		t.Error("a person's words were taken")
	}
	if a := r.call(t, "sendMessage", "chat_id", alice, "text", "x"); a.Code != 500 {
		t.Errorf("the bot's words: %+v", a)
	}
	if err := r.Block(alice); err == nil {
		t.Error("blocked")
	}
	if n := len(r.History(alice)); n != 1 || r.Pending() != 1 {
		t.Errorf("%d messages, %d updates", n, r.Pending())
	}
}
