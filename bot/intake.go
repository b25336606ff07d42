package bot

import (
	"context"
	"encoding/json"
	"fmt"
	"log/slog"
	"slices"
	"sync"
	"time"

	"github.com/go-telegram/bot/models"

	"paogai/store"
)

// arrival is an update as it came.
type arrival struct {
	models.Update
	raw json.RawMessage
	// replay marks one that was in the inbox at start: it may have been
	// handled in part, or wholly, before the program ended.
	replay bool
	// fault is why it could not be read; nil if it could.
	fault error
}

// UnmarshalJSON keeps the bytes and reads what can be read, so that one
// update of a kind that nobody foresaw does not hold up the others.
func (a *arrival) UnmarshalJSON(data []byte) error {
	a.raw = slices.Clone(data)
	if a.fault = json.Unmarshal(data, &a.Update); a.fault == nil {
		return nil
	}
	var id struct {
		ID int64 `json:"update_id"`
	}
	if err := json.Unmarshal(data, &id); err != nil {
		return fmt.Errorf("an update without an id: %w", err)
	}
	a.Update = models.Update{ID: id.ID}
	return nil
}

// chat is the chat whose order the update belongs to.
func (a *arrival) chat() int64 {
	switch {
	case a.Message != nil:
		return a.Message.Chat.ID
	case a.EditedMessage != nil:
		return a.EditedMessage.Chat.ID
	case a.MyChatMember != nil:
		return a.MyChatMember.Chat.ID
	case a.CallbackQuery != nil:
		chat, _, _ := tapped(a.CallbackQuery)
		if chat.ID == 0 {
			return a.CallbackQuery.From.ID
		}
		return chat.ID
	}
	return 0
}

// album is the album that the update is a part of, "" for none.
func (a *arrival) album() string {
	if a.Message == nil {
		return ""
	}
	return a.Message.MediaGroupID
}

// intake is where updates enter: nothing is confirmed to Telegram before it
// is safe in the inbox, and nothing handled stays there for long.
type intake struct {
	inbox store.Inbox
	lanes *lanes
	log   *slog.Logger

	entry sync.Mutex // one batch at a time, so that lanes see the inbox's order

	mu   sync.Mutex
	done []int64
	soon *time.Timer // flushes done, unless a batch takes it along before; nil while nothing waits
}

// flushSoon is how long a handled update may stand as unhandled: time for
// others to share its write.
const flushSoon = 25 * time.Millisecond

// receive makes a batch safe and queues what is new in it.
func (in *intake) receive(ctx context.Context, batch []arrival) error {
	in.entry.Lock()
	defer in.entry.Unlock()
	fresh := make([]store.Update, len(batch))
	for i := range batch {
		a := &batch[i]
		fresh[i] = store.Update{ID: a.ID, Body: a.raw}
	}
	done := in.takeDone()
	accepted, err := in.inbox.Receive(context.WithoutCancel(ctx), fresh, done)
	if err != nil {
		in.putBack(done)
		return fmt.Errorf("keep %d updates: %w", len(fresh), err)
	}
	for n := range batch {
		a := &batch[n]
		if i := slices.Index(accepted, a.ID); i >= 0 {
			accepted[i] = 0 // the same id twice in a batch counts once
			in.lanes.push(a)
		}
	}
	return nil
}

// replay queues what was received before the program started and is not
// known to be handled.
func (in *intake) replay(ctx context.Context) (int, error) {
	in.entry.Lock()
	defer in.entry.Unlock()
	pending, err := in.inbox.Pending(ctx)
	if err != nil {
		return 0, fmt.Errorf("read the inbox: %w", err)
	}
	for _, u := range pending {
		a := &arrival{}
		if err := json.Unmarshal(u.Body, a); err != nil {
			a.fault = err
		}
		a.ID, a.replay = u.ID, true
		in.lanes.push(a)
	}
	return len(pending), nil
}

// finished notes updates as handled; they leave the inbox with the next batch
// or shortly.
func (in *intake) finished(ids []int64) {
	if len(ids) == 0 {
		return
	}
	in.mu.Lock()
	defer in.mu.Unlock()
	in.done = append(in.done, ids...)
	if in.soon != nil {
		return
	}
	in.soon = time.AfterFunc(flushSoon, func() {
		if err := in.flush(context.Background()); err != nil {
			in.log.Warn("handled updates stay in the inbox for now", "error", err)
		}
	})
}

// flush takes the handled updates out of the inbox.
func (in *intake) flush(ctx context.Context) error {
	done := in.takeDone()
	if len(done) == 0 {
		return nil
	}
	if _, err := in.inbox.Receive(ctx, nil, done); err != nil {
		in.putBack(done)
		return fmt.Errorf("clear %d updates: %w", len(done), err)
	}
	return nil
}

func (in *intake) takeDone() []int64 {
	in.mu.Lock()
	defer in.mu.Unlock()
	if in.soon != nil {
		in.soon.Stop()
	}
	done := in.done
	in.done, in.soon = nil, nil
	return done
}

// putBack keeps ids that could not be cleared for the next write.
func (in *intake) putBack(done []int64) {
	in.mu.Lock()
	defer in.mu.Unlock()
	in.done = append(done, in.done...)
}
