package bot

import (
	"context"
	"sync"
	"time"
)

// holds remembers which chats Telegram has asked us to leave alone for a
// while, so that no call to them is made sooner. Two chats within five
// seconds mean that the bot as a whole is over its limit: then all wait.
type holds struct {
	mu    sync.Mutex
	chats map[int64]*hold
	all   *hold
	hot   int64 // the chat that was held last, 0 when that is five seconds ago
}

// hold is one wait that Telegram asked for; over is closed at its end.
type hold struct {
	wait time.Duration
	over chan struct{}
}

const twoChats = 5 * time.Second

func newHolds() *holds { return &holds{chats: map[int64]*hold{}} }

// add begins a wait for a chat.
func (h *holds) add(chat int64, wait time.Duration) {
	h.mu.Lock()
	defer h.mu.Unlock()
	one := &hold{wait: wait, over: make(chan struct{})}
	h.chats[chat] = one
	global := h.hot != 0 && h.hot != chat
	if global {
		h.all = one
	}
	h.hot = chat
	time.AfterFunc(twoChats, func() {
		h.mu.Lock()
		defer h.mu.Unlock()
		if h.hot == chat {
			h.hot = 0
		}
	})
	time.AfterFunc(wait, func() {
		h.mu.Lock()
		defer h.mu.Unlock()
		if h.chats[chat] == one {
			delete(h.chats, chat)
		}
		if h.all == one {
			h.all = nil
		}
		close(one.over)
	})
}

// of returns the wait that a call to the chat has to keep to, nil if none.
func (h *holds) of(chat int64) *hold {
	h.mu.Lock()
	defer h.mu.Unlock()
	if one := h.chats[chat]; one != nil {
		return one
	}
	return h.all
}

// wait returns when a call to the chat may be made.
func (h *holds) wait(ctx context.Context, chat int64) error {
	for {
		one := h.of(chat)
		if one == nil {
			return nil
		}
		select {
		case <-one.over:
		case <-ctx.Done():
			return ctx.Err() //nolint:wrapcheck // the caller's own
		}
	}
}

// pause waits for a time, or less if the context ends.
func pause(ctx context.Context, d time.Duration) error {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
		return nil
	case <-ctx.Done():
		return ctx.Err() //nolint:wrapcheck // the caller's own
	}
}
