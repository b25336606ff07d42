package sandbox

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"testing"
	"time"

	tg "github.com/go-telegram/bot"
	"github.com/go-telegram/bot/models"
)

func limited(c *Config) { c.Limits = true }

// retry makes a call and returns retry_after, 0 when it passed or was refused
// for another reason.
func (r *rig) retry(t *testing.T, method string, args ...any) int {
	t.Helper()
	a := r.call(t, method, args...)
	if a.Code == 429 {
		if want := fmt.Sprintf("Too Many Requests: retry after %d", a.Parameters.RetryAfter); a.Description != want {
			t.Errorf("%q, want %q", a.Description, want)
		}
	}
	return a.Parameters.RetryAfter
}

// Edits, copies and files count as messages do; what writes nothing does not.
func TestWhatCountsAsAMessage(t *testing.T) {
	for method, counts := range map[string]bool{
		"sendMessage": true, "sendPhoto": true, "sendDocument": true, "sendMediaGroup": true, "copyMessage": true,
		"editMessageText": true, "editMessageCaption": true, "editMessageReplyMarkup": true, "editMessageMedia": true,
		"deleteMessage": false, "pinChatMessage": false, "sendChatAction": false, "answerCallbackQuery": false,
		"getChat": false, "getMe": false, "getFile": false, "setMyCommands": false,
	} {
		t.Run(method, func(t *testing.T) {
			r := newRig(t, limited)
			r.says(alice, "/start")
			for range int(chatBurst) {
				if n := r.send(alice); n != 0 {
					t.Fatalf("retry after %d", n)
				}
			}
			if n := r.retry(t, method, "chat_id", alice, "message_id", 1, "text", "x"); (n != 0) != counts {
				t.Errorf("retry after %d", n)
			}
		})
	}
}

// Each message of an album counts: the next call waits for all of it.
func TestAlbumsCountEachMessage(t *testing.T) {
	r := newRig(t, limited)
	r.says(alice, "/start")
	var album []models.InputMedia
	for i := range 10 {
		album = append(album, &models.InputMediaDocument{
			Media: fmt.Sprintf("attach://f%d", i), MediaAttachment: bytes.NewReader([]byte{byte(i)}),
		})
	}
	_, err := r.bot.SendMediaGroup(r.ctx(), &tg.SendMediaGroupParams{ChatID: alice, Media: album})
	must(t, err)
	if n := r.send(alice); n != 8 { // three were free, ten were used, one is asked for
		t.Errorf("retry after %d", n)
	}
	r.clock.add(8 * time.Second)
	if n := r.send(alice); n != 0 {
		t.Errorf("after the wait: retry after %d", n)
	}
}

// A refused call takes nothing: whoever asks a hundred times waits no longer.
func TestRefusedCallsCostNothing(t *testing.T) {
	r := newRig(t, limited)
	r.says(alice, "/start")
	for range 100 {
		r.send(alice)
	}
	r.clock.add(time.Second)
	if n := r.send(alice); n != 0 {
		t.Errorf("retry after %d", n)
	}
}

// One chat's flood does not stop another's message.
func TestChatsAreLimitedApart(t *testing.T) {
	r := newRig(t, limited)
	r.says(alice, "/start")
	r.says(bob, "/start")
	for r.send(alice) == 0 {
	}
	if n := r.send(bob); n != 0 {
		t.Errorf("the other chat: retry after %d", n)
	}
	if n := r.send(group); n != 0 {
		t.Errorf("the group: retry after %d", n)
	}
}

// Whatever came before, a bot that waits as told is let through, and a bot
// that never waits gets no more than the limits.
func TestTheWaitSaidIsEnough(t *testing.T) {
	for seed := range uint64(40) {
		rng := rand.New(rand.NewPCG(seed, 3))
		clock := newTestClock()
		l := newLimiter(Config{Limits: true, LimitNow: clock.now})
		write := method{kind: writing}
		start, passed := clock.now(), map[int64]int{}
		for range 400 {
			chat := []int64{1, 2, 3, -4, -5}[rng.IntN(5)]
			p := params{values: map[string]string{"chat_id": fmt.Sprint(chat)}}
			refused := l.admit(write, p)
			if refused != nil && rng.IntN(3) == 0 {
				clock.add(time.Duration(refused.retryAfter) * time.Second)
				if again := l.admit(write, p); again != nil {
					t.Fatalf("seed %d: told %d, then %d more", seed, refused.retryAfter, again.retryAfter)
				}
				refused = nil
			}
			if refused == nil {
				passed[chat]++
			}
			clock.add(time.Duration(rng.IntN(400)) * time.Millisecond)
		}
		seconds := clock.now().Sub(start).Seconds()
		for chat, n := range passed {
			most := chatBurst + seconds*chatPerSecond
			if chat < 0 {
				most = min(most, groupPerMinute+seconds*groupPerMinute/60)
			}
			if float64(n) > most+1 {
				t.Errorf("seed %d: %d messages in chat %d in %.1f s", seed, n, chat, seconds)
			}
		}
	}
}

// The limits have a clock of their own, so that a rehearsal may stand still.
func TestLimitsHaveAClockOfTheirOwn(t *testing.T) {
	wall := newTestClock()
	r := newRig(t, limited, func(c *Config) { c.LimitNow = wall.now })
	r.says(alice, "/start")
	for range int(chatBurst) {
		r.send(alice)
	}
	r.clock.add(time.Hour)
	if n := r.send(alice); n != 1 {
		t.Errorf("the rehearsal's hour helped: retry after %d", n)
	}
	wall.add(time.Second)
	if n := r.send(alice); n != 0 {
		t.Errorf("retry after %d", n)
	}
}

// The same seed draws the same troubles, another seed others, and as many as
// were asked for.
func TestFaultsAreDrawnBySeed(t *testing.T) {
	draw := func(seed uint64) (s string) {
		d := newDice(Faults{Seed: seed, ServerError: 0.2, Drop: 0.1, LoseAnswer: 0.1, TooMany: 0.1})
		for range 200 {
			f := d.draw(method{})
			s += fmt.Sprint(f)
		}
		return s
	}
	first := draw(1)
	if again := draw(1); again != first {
		t.Error("one seed, two sequences")
	}
	if other := draw(2); other == first {
		t.Error("two seeds, one sequence")
	}
	d, errors := newDice(Faults{Seed: 5, ServerError: 0.25}), 0
	for range 10000 {
		if d.draw(method{}).serverError {
			errors++
		}
	}
	if errors < 2300 || errors > 2700 {
		t.Errorf("%d of 10000 at a quarter", errors)
	}
	if newDice(Faults{Seed: 9}) != nil {
		t.Error("no faults, and yet dice")
	}
}

// getUpdates is never put off, and its answer is never lost: repeats stand
// for that.
func TestPollsAreNotPutOff(t *testing.T) {
	d := newDice(Faults{Seed: 1, LoseAnswer: 1, TooMany: 1})
	if f := d.draw(method{kind: waiting}); f != (fault{}) {
		t.Errorf("drew %+v", f)
	}
}

// A message whose answer was lost was sent; the bot that tries again sends it
// twice, as with Telegram.
func TestLostAnswersLeaveTheMessage(t *testing.T) {
	r := newRig(t, func(c *Config) { c.Faults = Faults{Seed: 4, LoseAnswer: 0.5} })
	r.says(alice, "/start")
	failed := 0
	for range 40 {
		if _, err := r.bot.SendMessage(r.ctx(), &tg.SendMessageParams{ChatID: alice, Text: "x"}); err != nil {
			failed++
		}
	}
	if n := len(r.History(alice)); n != 41 || failed == 0 || failed == 40 {
		t.Errorf("%d messages, %d answers lost", n, failed)
	}
}
