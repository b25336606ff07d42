package sandbox

import (
	"errors"
	"fmt"
	"testing"
	"time"

	tg "github.com/go-telegram/bot"
)

// send writes to a chat and returns retry_after, 0 when it passed.
func (r *rig) send(chat int64) int {
	_, err := r.bot.SendMessage(r.ctx(), &tg.SendMessageParams{ChatID: chat, Text: "x"})
	var later *tg.TooManyRequestsError
	if errors.As(err, &later) {
		return later.RetryAfter
	}
	must(r.t, err)
	return 0
}

// One a second in a chat after a burst of three; the wait said is enough.
func TestChatLimit(t *testing.T) {
	r := newRig(t, func(c *Config) { c.Limits = true })
	r.says(alice, "hi")
	for i := range 3 {
		if n := r.send(alice); n != 0 {
			t.Fatalf("message %d: retry after %d", i, n)
		}
	}
	if n := r.send(alice); n != 1 {
		t.Errorf("retry after %d", n)
	}
	r.clock.add(time.Second)
	if n := r.send(alice); n != 0 {
		t.Errorf("after a second: retry after %d", n)
	}
	if got := r.Refusals()["sendMessage: Too Many Requests: retry after 1"]; got != 1 {
		t.Errorf("refusals %v", r.Refusals())
	}
}

// Twenty a minute in a group, even at one a second.
func TestGroupLimit(t *testing.T) {
	r := newRig(t, func(c *Config) { c.Limits = true })
	passed := 0
	for range 60 {
		if r.send(group) == 0 {
			passed++
		}
		r.clock.add(time.Second)
	}
	if passed < 38 || passed > 40 { // a full bucket and a minute's filling
		t.Errorf("%d passed in a minute", passed)
	}
}

// Thirty a second over all chats.
func TestGlobalLimit(t *testing.T) {
	r := newRig(t, func(c *Config) { c.Limits = true })
	for i := range int64(40) {
		must(t, r.AddPerson(Person{ID: 2000 + i, Name: fmt.Sprint(i)}))
		r.says(2000+i, "hi")
	}
	refused := 0
	for i := range int64(40) {
		if r.send(2000+i) > 0 {
			refused++
		}
	}
	if refused != 10 {
		t.Errorf("%d refused", refused)
	}
}

// Each fault does what it says.
func TestFaults(t *testing.T) {
	for name, c := range map[string]struct {
		faults Faults
		error  bool
		sent   int
	}{
		"none":   {Faults{Seed: 1}, false, 1},
		"5xx":    {Faults{ServerError: 1}, true, 0},
		"drop":   {Faults{Drop: 1}, true, 0},
		"lose":   {Faults{LoseAnswer: 1}, true, 1},
		"429":    {Faults{TooMany: 1}, true, 0},
		"repeat": {Faults{Repeat: 1}, false, 1},
	} {
		t.Run(name, func(t *testing.T) {
			r := newRig(t, func(cfg *Config) { cfg.Faults = c.faults })
			r.says(alice, "hi")
			_, err := r.bot.SendMessage(r.ctx(), &tg.SendMessageParams{ChatID: alice, Text: "x"})
			if (err != nil) != c.error || len(r.History(alice))-1 != c.sent {
				t.Errorf("error %v, %d sent", err, len(r.History(alice))-1)
			}
		})
	}
}

// A forgotten confirmation brings updates again; a double tap comes under a
// new update_id with the same callback.
func TestRepeats(t *testing.T) {
	r := newRig(t, func(c *Config) { c.Faults = Faults{Repeat: 1, DoubleTap: 1} })
	r.says(alice, "hi")
	first := r.updates(t, 0)[0].ID
	if list := r.updates(t, first+1); len(list) != 1 || list[0].ID != first {
		t.Errorf("not repeated: %+v", list)
	}
	m, err := r.bot.SendMessage(r.ctx(), &tg.SendMessageParams{ChatID: alice, Text: "x", ReplyMarkup: keys("a")})
	must(t, err)
	_, err = r.Press(alice, alice, m.ID, "a")
	must(t, err)
	list := r.updates(t, 0)
	if len(list) != 3 || list[1].CallbackQuery.ID != list[2].CallbackQuery.ID || list[1].ID == list[2].ID {
		t.Errorf("taps %+v", list)
	}
}
