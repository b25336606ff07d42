package store

import (
	"slices"
	"strconv"

	"paogai/scoring"
)

// ChatBound is chat.bound: a group gets a purpose.
type ChatBound struct {
	Chat    int64  `json:"chat"`
	Purpose string `json:"purpose"`
	Title   string `json:"title"`
}

// Type is chat.bound.
func (ChatBound) Type() string { return "chat.bound" }

func (e ChatBound) apply(r *Record, m scoring.Mark) (func(), error) {
	id := strconv.FormatInt(e.Chat, 10)
	switch bound := r.chat(e.Chat); {
	case e.Chat == 0 || e.Purpose != PurposeOffice && e.Purpose != PurposeLeaders:
		return nil, refuse(BadChat, "chat", id, "purpose", short(e.Purpose))
	case bound != nil:
		return nil, refuse(AlreadyBound, "chat", id, "purpose", bound.Purpose)
	}
	if err := bounded(e.Title, MaxReason, ReasonLong); err != nil {
		return nil, err
	}
	r.chats = append(r.chats, &Chat{ID: e.Chat, Purpose: e.Purpose, Title: e.Title, Bound: m})
	return func() { r.chats = dropLast(r.chats) }, nil
}

// ChatUnbound is chat.unbound: the group's purpose ends.
type ChatUnbound struct {
	Chat int64 `json:"chat"`
}

// Type is chat.unbound.
func (ChatUnbound) Type() string { return "chat.unbound" }

func (e ChatUnbound) apply(r *Record, _ scoring.Mark) (func(), error) {
	c := r.chat(e.Chat)
	if c == nil {
		return nil, refuse(UnknownChat, "chat", strconv.FormatInt(e.Chat, 10))
	}
	before := r.chats
	r.chats = without(before, c)
	return func() { r.chats = before }, nil
}

// ChatMigrated is chat.migrated: a group goes on under a new id. Notices to it
// that are still queued follow.
type ChatMigrated struct {
	From int64 `json:"from"`
	To   int64 `json:"to"`
}

// Type is chat.migrated.
func (ChatMigrated) Type() string { return "chat.migrated" }

func (e ChatMigrated) apply(r *Record, _ scoring.Mark) (func(), error) {
	c := r.chat(e.From)
	switch {
	case c == nil:
		return nil, refuse(UnknownChat, "chat", strconv.FormatInt(e.From, 10))
	case e.To == 0:
		return nil, refuse(BadChat, "chat", "0", "purpose", c.Purpose)
	case r.chat(e.To) != nil:
		return nil, refuse(AlreadyBound, "chat", strconv.FormatInt(e.To, 10), "purpose", r.chat(e.To).Purpose)
	}
	c.ID = e.To
	var followed []*Notice
	for _, n := range r.outbox {
		if n.To == e.From {
			n.To = e.To
			followed = append(followed, n)
		}
	}
	return func() {
		c.ID = e.From
		for _, n := range followed {
			n.To = e.From
		}
	}, nil
}

// chat finds a bound chat, or nil.
func (r *Record) chat(id int64) *Chat {
	i := slices.IndexFunc(r.chats, func(c *Chat) bool { return c.ID == id })
	if i < 0 {
		return nil
	}
	return r.chats[i]
}

// without returns a copy of s that lacks x.
func without[T comparable](s []T, x T) []T {
	return slices.DeleteFunc(slices.Clone(s), func(y T) bool { return y == x })
}
