package sandbox

import (
	"crypto/rand"
	"encoding/hex"
	"strconv"
	"strings"
	"sync"
)

// Event is something that happened, for the page and for tests. Type says
// which fields are set:
//
//	message, edit   Chat, Message
//	delete, pin     Chat, MessageID (pin: 0 when nothing is pinned any more)
//	unread          Chat, Unread
//	toast           Person, Chat, Text (may be empty), Alert, Callback
//	action          Chat, Action
//	menu            the bot changed its commands
//	member          Chat: somebody joined, left, stopped the bot
//	host, people    re-read the clock and panel, the people and groups
//	idle            the bot has confirmed every update (not sent to the page)
type Event struct {
	Seq       int64    `json:"-"` // counts from 1
	Type      string   `json:"type"`
	Chat      int64    `json:"chat,omitempty"`
	Person    int64    `json:"person,omitempty"`
	MessageID int      `json:"message_id"`
	Message   *Message `json:"message,omitempty"`
	Unread    int      `json:"unread"`
	Text      string   `json:"text"`
	Alert     bool     `json:"alert"`
	Callback  string   `json:"callback,omitempty"`
	Action    string   `json:"action,omitempty"`
}

const eventIdle = "idle"

// kept is how many events a page that lost its connection can catch up with.
const kept = 2048

// hub hands events to watchers, in order and without loss.
type hub struct {
	epoch string // of this run; event ids of another run mean nothing

	mu       sync.Mutex
	seq      int64
	ring     [kept]Event
	watchers map[*watcher]bool
	closed   bool
}

// watcher has a queue of its own, so that a slow one holds up nobody.
type watcher struct {
	mu    sync.Mutex
	queue []Event
	wake  chan struct{} // holds one token when queue is not empty
	done  chan struct{}
	once  sync.Once
}

func newHub() *hub {
	var b [6]byte
	_, _ = rand.Read(b[:]) // never fails, says crypto/rand
	return &hub{epoch: hex.EncodeToString(b[:]), watchers: map[*watcher]bool{}}
}

func (h *hub) publish(e Event) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.seq++
	e.Seq = h.seq
	h.ring[h.seq%kept] = e
	for w := range h.watchers {
		w.push(e)
	}
}

func (w *watcher) push(e Event) {
	w.mu.Lock()
	w.queue = append(w.queue, e)
	w.mu.Unlock()
	select {
	case w.wake <- struct{}{}:
	default:
	}
}

// take empties the queue.
func (w *watcher) take() []Event {
	w.mu.Lock()
	defer w.mu.Unlock()
	list := w.queue
	w.queue = nil
	return list
}

func (w *watcher) stop() { w.once.Do(func() { close(w.done) }) }

// watch subscribes. With an id of this run it first hands over what came
// since; ok is false when that is no longer known.
func (h *hub) watch(since string) (w *watcher, ok bool) {
	h.mu.Lock()
	defer h.mu.Unlock()
	w = &watcher{wake: make(chan struct{}, 1), done: make(chan struct{})}
	ok = true
	if since != "" {
		seq, valid := h.parse(since)
		ok = valid && seq <= h.seq && h.seq-seq < kept
		for i := seq + 1; ok && i <= h.seq; i++ {
			w.push(h.ring[i%kept])
		}
	}
	if h.closed {
		w.stop()
	}
	h.watchers[w] = true
	return w, ok
}

func (h *hub) unwatch(w *watcher) {
	h.mu.Lock()
	delete(h.watchers, w)
	h.mu.Unlock()
	w.stop()
}

// id names an event for Last-Event-ID.
func (h *hub) id(e Event) string { return h.epoch + "-" + strconv.FormatInt(e.Seq, 10) }

func (h *hub) parse(id string) (int64, bool) {
	epoch, seq, _ := strings.Cut(id, "-")
	n, err := strconv.ParseInt(seq, 10, 64)
	return n, err == nil && n >= 0 && epoch == h.epoch
}

func (h *hub) close() {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.closed = true
	for w := range h.watchers {
		w.stop()
	}
}

// Watch calls fn with every event from now on, in order, from one goroutine
// of its own. stop ends it and does not wait for a running fn. Messages in
// events are shared: do not change them.
func (s *Server) Watch(fn func(Event)) (stop func()) {
	w, _ := s.hub.watch("")
	go func() {
		for {
			select {
			case <-w.done:
				return
			case <-w.wake:
				for _, e := range w.take() {
					fn(e)
				}
			}
		}
	}()
	return func() { s.hub.unwatch(w) }
}
