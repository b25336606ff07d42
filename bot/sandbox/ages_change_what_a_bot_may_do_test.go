package sandbox

import (
	"context"
	"encoding/json"
	"testing"
	"time"

	tg "github.com/go-telegram/bot"
	"github.com/go-telegram/bot/models"
)

// A callback may be answered for a quarter of a minute and no longer.
func TestCallbacksAgeInFifteenSeconds(t *testing.T) {
	for age, want := range map[time.Duration]string{
		0:                                "",
		callbackLife:                     "",
		callbackLife + time.Millisecond:  "Bad Request: query is too old and response timeout expired or query ID is invalid",
		callbackLife + 24*time.Hour*3650: "Bad Request: query is too old and response timeout expired or query ID is invalid",
	} {
		t.Run(age.String(), func(t *testing.T) {
			r := newRig(t)
			r.says(alice, "/start")
			m := r.wrote(t, alice, "x", keys("a"))
			id, err := r.Press(alice, alice, m.ID, "a")
			must(t, err)
			r.clock.add(age)
			_, err = r.bot.AnswerCallbackQuery(r.ctx(), &tg.AnswerCallbackQueryParams{CallbackQueryID: id})
			wantError(t, err, want)
		})
	}
}

// The clock of limits ages callbacks, so that a rehearsal that leaps a month
// ahead does not.
func TestCallbacksAgeByTheLimitClock(t *testing.T) {
	wall := newTestClock()
	r := newRig(t, func(c *Config) { c.LimitNow = wall.now })
	r.says(alice, "/start")
	m := r.wrote(t, alice, "x", keys("a"))
	id, err := r.Press(alice, alice, m.ID, "a")
	must(t, err)
	r.clock.add(30 * 24 * time.Hour)
	_, err = r.bot.AnswerCallbackQuery(r.ctx(), &tg.AnswerCallbackQueryParams{CallbackQueryID: id})
	must(t, err)
}

// A button of a message older than two days still works, but tells the place
// of its message only; the message can be edited all the same.
func TestOldMessagesComeWithoutTheirContent(t *testing.T) {
	for age, inaccessible := range map[time.Duration]bool{
		0: false, legible: false, legible + time.Second: true, 300 * 24 * time.Hour: true,
	} {
		t.Run(age.String(), func(t *testing.T) {
			r := newRig(t)
			r.says(alice, "/start")
			m := r.wrote(t, alice, "x", keys("a"))
			r.clock.add(age)
			_, err := r.Press(alice, alice, m.ID, "a")
			must(t, err)
			q := r.lastUpdate(t).CallbackQuery
			at := q.Message.InaccessibleMessage
			if (at != nil) != inaccessible || (q.Message.Message != nil) == inaccessible {
				t.Fatalf("callback %+v", q.Message)
			}
			if inaccessible && (at.Chat.ID != alice || at.MessageID != m.ID || at.Date != 0) {
				t.Errorf("place %+v", at)
			}
			_, err = r.bot.EditMessageText(r.ctx(), &tg.EditMessageTextParams{ChatID: alice, MessageID: m.ID, Text: "好"})
			must(t, err)
		})
	}
}

// lastUpdate is the newest update as the real client reads it.
func (r *rig) lastUpdate(t *testing.T) *models.Update {
	t.Helper()
	a := r.call(t, "getUpdates", "offset", -1)
	var list []models.Update
	must(t, json.Unmarshal(a.Result, &list))
	if len(list) != 1 {
		t.Fatalf("%d updates", len(list))
	}
	return &list[0]
}

// Deletion ends at 48 hours, for the bot's own messages too; edits never end.
func TestDeletionEndsAtTwoDaysAndEditsNever(t *testing.T) {
	for age, want := range map[time.Duration]string{
		time.Hour:                  "",
		48 * time.Hour:             "",
		48*time.Hour + time.Second: "Bad Request: message can't be deleted for everyone",
	} {
		r := newRig(t)
		r.says(alice, "/start")
		m := r.wrote(t, alice, "x", nil)
		r.clock.add(age)
		_, err := r.bot.EditMessageText(r.ctx(), &tg.EditMessageTextParams{ChatID: alice, MessageID: m.ID, Text: "y"})
		must(t, err)
		_, err = r.bot.DeleteMessage(r.ctx(), &tg.DeleteMessageParams{ChatID: alice, MessageID: m.ID})
		wantError(t, err, want)
		a := r.call(t, "deleteMessages", "chat_id", alice, "message_ids", "[1]")
		if a.Description != want {
			t.Errorf("after %v: deleteMessages: %q", age, a.Description)
		}
	}
}

// An update waits a day for the bot; the bot that comes later misses it.
func TestUpdatesWaitADay(t *testing.T) {
	for age, left := range map[time.Duration]int{
		23 * time.Hour: 2, 24 * time.Hour: 2, 24*time.Hour + time.Second: 1,
	} {
		r := newRig(t)
		r.says(alice, "early")
		r.clock.add(age)
		r.says(alice, "late")
		if n := len(r.updates(t, 0)); n != left {
			t.Errorf("after %v: %d updates", age, n)
		}
	}
}

// An edit's date is the moment of the edit, and never before the message's.
func TestEditsAreDated(t *testing.T) {
	r := newRig(t)
	r.says(alice, "/start")
	m := r.wrote(t, alice, "x", nil)
	r.clock.add(time.Minute)
	edited, err := r.bot.EditMessageText(r.ctx(), &tg.EditMessageTextParams{ChatID: alice, MessageID: m.ID, Text: "y"})
	must(t, err)
	if edited.Date != m.Date || edited.EditDate != m.Date+60 {
		t.Errorf("dated %d, edited %d", edited.Date, edited.EditDate)
	}
	r.clock.add(-time.Hour) // a host that goes back
	edited, err = r.bot.EditMessageText(r.ctx(), &tg.EditMessageTextParams{ChatID: alice, MessageID: m.ID, Text: "z"})
	must(t, err)
	if edited.EditDate != m.Date {
		t.Errorf("edited %d before it was sent at %d", edited.EditDate, m.Date)
	}
}

// A poll that waits ends with nothing when the client gives up, and the
// updates are there for the next.
func TestAbandonedPollsLoseNothing(t *testing.T) {
	r := newRig(t)
	ctx, cancel := context.WithCancel(context.Background())
	gone := make(chan struct{})
	go func() {
		defer close(gone)
		if _, err := r.tryCall(ctx, "getUpdates", "timeout", 50); err == nil {
			t.Error("an abandoned poll was answered")
		}
	}()
	r.untilPolling(nil)
	cancel()
	<-gone
	r.says(alice, "hi")
	if n := len(r.updates(t, 0)); n != 1 {
		t.Errorf("%d updates", n)
	}
}
