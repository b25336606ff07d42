package sandbox

import (
	"context"
	"encoding/json"
	"fmt"
	"sync"
	"testing"

	tg "github.com/go-telegram/bot"
)

// polled asks for updates from an offset, waiting for them.
func (r *rig) polled(ctx context.Context, offset int64) ([]update, error) {
	a, err := r.tryCall(ctx, "getUpdates", "offset", offset, "timeout", 50)
	if err != nil {
		return nil, err
	}
	var list []update
	return list, json.Unmarshal(a.Result, &list)
}

// Many people write at once while the bot polls and answers: every word comes
// once, in its chat's order, and no message_id is given twice.
func TestNobodyIsLostInACrowd(t *testing.T) {
	const people, words = 12, 25
	r := newRig(t)
	for i := range int64(people) {
		must(t, r.AddPerson(Person{ID: 3000 + i, Name: fmt.Sprint(i)}))
	}
	var all sync.WaitGroup
	for i := range int64(people) {
		all.Add(1)
		go func() {
			defer all.Done()
			for n := range words {
				if _, err := r.Send(3000+i, 3000+i, Outgoing{Text: fmt.Sprint(n)}); err != nil {
					t.Error(err)
				}
			}
		}()
	}
	next, heard, offset := map[int64]int{}, 0, int64(0)
	for heard < people*words {
		list, err := r.polled(t.Context(), offset)
		must(t, err)
		for _, u := range list {
			from := u.Message.From.ID
			if want := fmt.Sprint(next[from]); u.Message.Text != want {
				t.Fatalf("%d said %s, want %s", from, u.Message.Text, want)
			}
			next[from]++
			heard++
			offset = u.ID + 1
			all.Add(1)
			go func() {
				defer all.Done()
				if _, err := r.bot.SendMessage(r.ctx(), &tg.SendMessageParams{ChatID: from, Text: u.Message.Text}); err != nil {
					t.Error(err)
				}
			}()
		}
	}
	all.Wait()
	ids := map[int]bool{}
	for i := range int64(people) {
		list := r.History(3000 + i)
		if len(list) != 2*words {
			t.Errorf("%d messages in chat %d", len(list), 3000+i)
		}
		for _, m := range list {
			if ids[m.MessageID] {
				t.Errorf("message_id %d twice", m.MessageID)
			}
			ids[m.MessageID] = true
		}
	}
}

// Of two who press one button at once each has a callback of their own, and
// each is answered once however many try.
func TestEachTapIsAnsweredOnce(t *testing.T) {
	r := newRig(t)
	m := r.wrote(t, group, "通过？", keys("yes"))
	var taps []string
	for _, p := range []int64{alice, bob, alice} {
		id, err := r.Press(p, group, m.ID, "yes")
		must(t, err)
		taps = append(taps, id)
	}
	var all sync.WaitGroup
	answered := make(chan string, 30)
	for _, id := range taps {
		for range 10 {
			all.Add(1)
			go func() {
				defer all.Done()
				if _, err := r.bot.AnswerCallbackQuery(r.ctx(), &tg.AnswerCallbackQueryParams{CallbackQueryID: id}); err == nil {
					answered <- id
				}
			}()
		}
	}
	all.Wait()
	close(answered)
	times := map[string]int{}
	for id := range answered {
		times[id]++
	}
	for _, id := range taps {
		if times[id] != 1 {
			t.Errorf("tap %s was answered %d times", id, times[id])
		}
	}
}

// A watcher sees every event in order, however slow it is; one that stopped
// sees none.
func TestSlowWatchersMissNothing(t *testing.T) {
	r := newRig(t)
	gate, seen := make(chan struct{}), make(chan Event, 1000)
	stop := r.Watch(func(e Event) {
		<-gate
		seen <- e
	})
	stopped := r.Watch(func(e Event) { t.Errorf("a stopped watcher saw %s", e.Type) })
	stopped()
	for i := range 100 {
		r.says(alice, fmt.Sprint(i))
	}
	close(gate)
	for i := range 100 {
		e := next(t, seen, "message", nil)
		if e.Message.Text != fmt.Sprint(i) {
			t.Fatalf("saw %s, want %d", e.Message.Text, i)
		}
	}
	stop()
}

// Closing ends who waits: polls are answered, watchers end, and again is well.
func TestClosingEndsWhoWaits(t *testing.T) {
	r := newRig(t)
	done := make(chan error, 1)
	go func() {
		_, err := r.polled(context.Background(), 0)
		done <- err
	}()
	r.untilPolling(nil)
	in := r.stream(t, "")
	in.Scan()
	must(t, r.Close())
	must(t, <-done)
	for in.Scan() {
		if text := in.Text(); text != "" {
			t.Errorf("after the end: %s", text)
		}
	}
	must(t, in.Err())
	must(t, r.Close())
}
