package sandbox

import (
	"slices"
	"sort"
)

// chat is a conversation and all its messages, in order of message_id.
type chat struct {
	id           int64
	kind         string
	group        Group // of a group
	started      bool  // private: the person has written to the bot
	blocked      bool  // private: the person stopped the bot
	botMember    bool
	botKicked    bool
	migratedTo   int64
	migratedFrom int64
	messages     []slot
	lastID       int
	pinned       []int                    // the last is shown
	unread       int                      // messages not seen on the page
	keyboards    map[int64]*ReplyKeyboard // by person; 0: all
}

// slot holds a message; nil once it was deleted.
type slot struct {
	id int
	m  *Message
}

// place is the index of a message_id, -1 if it never was.
func (c *chat) place(id int) int {
	i := sort.Search(len(c.messages), func(i int) bool { return c.messages[i].id >= id })
	if i == len(c.messages) || c.messages[i].id != id {
		return -1
	}
	return i
}

// message returns the message, nil if there is none (any more).
func (c *chat) message(id int) *Message {
	if i := c.place(id); i >= 0 {
		return c.messages[i].m
	}
	return nil
}

// last returns the newest message still there.
func (c *chat) last() *Message {
	for i := len(c.messages) - 1; i >= 0; i-- {
		if m := c.messages[i].m; m != nil {
			return m
		}
	}
	return nil
}

// has tells whether a person is in the chat.
func (c *chat) has(person int64) bool {
	if c.kind == "private" {
		return c.id == person
	}
	return slices.Contains(c.group.Members, person)
}

// keyboardFor returns the reply keyboard that a person sees.
func (c *chat) keyboardFor(person int64) *ReplyKeyboard {
	if k, ok := c.keyboards[person]; ok {
		return k
	}
	return c.keyboards[0]
}

func (c *chat) isPinned(id int) bool { return slices.Contains(c.pinned, id) }

func (st *state) addMessage(c *chat, o *op) {
	m := o.Message
	c.messages = append(c.messages, slot{m.MessageID, m})
	c.lastID = m.MessageID
	if c.kind != "supergroup" {
		st.shared = m.MessageID
	}
	if m.MediaGroupID != "" {
		st.albums = max(st.albums, albumNumber(m.MediaGroupID))
	}
	if o.Keyboard != nil || o.On {
		c.setKeyboard(o)
	}
	fromBot := m.From != nil && m.From.ID == st.bot.ID
	if !fromBot {
		if c.kind == "private" {
			c.started = true
		}
		if st.botSees(c, m) {
			st.queue(o.Wall, c.id, update{Message: m})
		}
	} else if m.PinnedMessage != nil {
		st.queue(o.Wall, c.id, update{Message: m})
	}
	st.emit(Event{Type: "message", Chat: c.id, Message: m})
	if fromBot && m.PinnedMessage == nil {
		c.unread++
		st.emit(Event{Type: "unread", Chat: c.id, Unread: c.unread})
	}
}

// setKeyboard shows or removes the reply keyboard of one person or of all.
func (c *chat) setKeyboard(o *op) {
	if c.keyboards == nil {
		c.keyboards = map[int64]*ReplyKeyboard{}
	}
	if o.From == 0 {
		clear(c.keyboards)
	}
	c.keyboards[o.From] = o.Keyboard
}

func (st *state) replaceMessage(c *chat, o *op) {
	i := c.place(o.Message.MessageID)
	if i < 0 {
		return
	}
	c.messages[i].m = o.Message
	if o.On && st.botSees(c, o.Message) {
		st.queue(o.Wall, c.id, update{EditedMessage: o.Message})
	}
	st.emit(Event{Type: "edit", Chat: c.id, Message: o.Message})
}

func (c *chat) remove(ids []int) {
	for _, id := range ids {
		if i := c.place(id); i >= 0 {
			c.messages[i].m = nil
		}
		c.pinned = slices.DeleteFunc(c.pinned, func(p int) bool { return p == id })
	}
}

func (c *chat) pin(o *op) {
	if len(o.IDs) == 0 {
		c.pinned = nil
		return
	}
	c.pinned = slices.DeleteFunc(c.pinned, func(p int) bool { return p == o.IDs[0] })
	if o.On {
		c.pinned = append(c.pinned, o.IDs[0])
	}
}

// shownPin is the message pinned on top, 0 if none.
func (c *chat) shownPin() int {
	if n := len(c.pinned); n > 0 {
		return c.pinned[n-1]
	}
	return 0
}
