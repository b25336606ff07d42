package reminders

import (
	"sync"
	"time"
)

// Pauses of sending.
const (
	retryFirst   = time.Second     // after a first failed attempt at a notice
	retryLongest = 5 * time.Minute // pauses double up to this
	together     = 5 * time.Second // two chats limited within this: the limit is for all
)

// holds knows what may not be sent yet. It keeps no times: a hold is lifted by
// its own timer, so it lasts as long as was asked however the clock on the
// wall is moved.
type holds struct {
	wake func() // called when a hold is lifted

	mu       sync.Mutex
	all      int                // holds on everything
	chats    map[int64]int      // holds on a chat
	limited  map[int64]int      // chats limited a moment ago
	notices  map[string]bool    // failed notices that pause
	failures map[string]failure // of notices that are not settled
}

// failure is what is known of the attempts at a notice.
type failure struct {
	attempts int
	err      error // of the last
}

func newHolds(wake func()) *holds {
	return &holds{
		wake: wake, chats: map[int64]int{}, limited: map[int64]int{},
		notices: map[string]bool{}, failures: map[string]failure{},
	}
}

// held tells whether a notice for a chat has to wait.
func (h *holds) held(notice string, chat int64) bool {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.all > 0 || h.chats[chat] > 0 || h.notices[notice]
}

// limit holds a chat back, or everything if another chat was limited within
// the last seconds: then it is the bot that sends too fast.
func (h *holds) limit(chat int64, wait time.Duration) (global bool) {
	h.mu.Lock()
	defer h.mu.Unlock()
	for other := range h.limited {
		global = global || other != chat
	}
	h.limited[chat]++
	h.after(together, func() { drop(h.limited, chat) })
	h.chats[chat]++
	if global {
		h.all++
	}
	h.after(wait, func() {
		drop(h.chats, chat)
		if global {
			h.all--
		}
	})
	return global
}

// drop lowers a chat's count.
func drop(counts map[int64]int, chat int64) {
	if counts[chat]--; counts[chat] == 0 {
		delete(counts, chat)
	}
}

// failed holds one notice back, longer after each attempt. It returns the pause.
func (h *holds) failed(notice string, err error) time.Duration {
	h.mu.Lock()
	defer h.mu.Unlock()
	attempts := h.failures[notice].attempts
	h.failures[notice] = failure{attempts + 1, err}
	pause := min(retryFirst<<min(attempts, 16), retryLongest)
	h.notices[notice] = true
	h.after(pause, func() { delete(h.notices, notice) })
	return pause
}

// failure tells how often a notice failed.
func (h *holds) failure(notice string) failure {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.failures[notice]
}

// settled forgets a notice.
func (h *holds) settled(notice string) {
	h.mu.Lock()
	defer h.mu.Unlock()
	delete(h.failures, notice)
}

// after lifts something once a while is over.
func (h *holds) after(wait time.Duration, lift func()) {
	time.AfterFunc(wait, func() {
		h.mu.Lock()
		lift()
		h.mu.Unlock()
		h.wake()
	})
}
