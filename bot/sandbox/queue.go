package sandbox

import (
	"encoding/json"
	"strconv"
	"time"
)

// updateLife is how long Telegram keeps an update that nobody confirms.
const updateLife = 24 * time.Hour

// update is one update as the bot gets it; exactly one part is set.
type update struct {
	ID            int64          `json:"update_id"`
	Message       *Message       `json:"message,omitempty"`
	EditedMessage *Message       `json:"edited_message,omitempty"`
	CallbackQuery *callbackQuery `json:"callback_query,omitempty"`
	MyChatMember  *memberUpdated `json:"my_chat_member,omitempty"`
}

func (u *update) kind() string {
	switch {
	case u.Message != nil:
		return "message"
	case u.EditedMessage != nil:
		return "edited_message"
	case u.CallbackQuery != nil:
		return "callback_query"
	default:
		return "my_chat_member"
	}
}

// callbackQuery is Telegram's CallbackQuery.
type callbackQuery struct {
	ID           string   `json:"id"`
	From         User     `json:"from"`
	Message      *Message `json:"message,omitempty"`
	ChatInstance string   `json:"chat_instance"`
	Data         string   `json:"data,omitempty"`
}

func chatInstance(chat int64) string { return strconv.FormatInt(chat*7919+13, 10) }

// pending is an update that the bot has not confirmed.
type pending struct {
	id, wall int64
	chat     int64
	body     []byte // JSON
	settled  bool   // delivered by webhook; goes when it comes first
}

// queue is the updates not yet confirmed, in order of id.
type queue struct {
	list []*pending
	last int64
}

// queue makes an update of u if the bot wants its kind.
func (st *state) queue(wall, chat int64, u update) {
	if st.allowed != nil && !st.allowed[u.kind()] {
		return
	}
	st.updates.expire(wall)
	st.updates.last++
	u.ID = st.updates.last
	body, err := json.Marshal(&u)
	if err != nil {
		return // Message has no value that JSON cannot write
	}
	p := &pending{id: u.ID, wall: wall, chat: chat, body: body}
	st.updates.list = append(st.updates.list, p)
	if st.arrived != nil {
		st.arrived(p)
	}
}

// expire drops what is too old.
func (q *queue) expire(wall int64) {
	n := 0
	for n < len(q.list) && wall-q.list[n].wall > updateLife.Milliseconds() {
		n++
	}
	q.list = q.list[n:]
}

// confirm drops the updates below id.
func (q *queue) confirm(id int64) {
	n := 0
	for n < len(q.list) && q.list[n].id < id {
		n++
	}
	q.list = q.list[n:]
}

// settle notes a delivery and drops what is delivered from the front.
func (q *queue) settle(id int64) {
	for _, p := range q.list {
		if p.id == id {
			p.settled = true
			break
		}
	}
	for len(q.list) > 0 && q.list[0].settled {
		q.list = q.list[1:]
	}
}

// allow keeps the kinds of update that the bot wants; none: the default.
func (st *state) allow(kinds []string) {
	st.allowed = nil
	for _, k := range kinds {
		if st.allowed == nil {
			st.allowed = map[string]bool{}
		}
		st.allowed[k] = true
	}
}

// idle tells the watchers when the bot has confirmed everything.
func (st *state) idle() {
	if len(st.updates.list) == 0 {
		st.emit(Event{Type: eventIdle})
	}
}
