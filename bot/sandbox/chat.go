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
	botGone      bool // it was in the group and is not any more
	botLeft      bool // by its own wish
	migratedTo   int64
	migratedFrom int64
	messages     []slot
	lastID       int
	pinned       []int            // the last is shown
	unread       int              // messages not seen on the page
	inputs       map[int64]*input // by person; 0: all others
}

// slot holds a message; nil once it was deleted. A fixed one came with a
// markup for the input field: Telegram lets nobody edit it.
type slot struct {
	id    int
	m     *Message
	fixed bool
}

// input is what the bot put in place of a person's input: a keyboard, or the
// wish to be answered.
type input struct {
	keyboard *ReplyKeyboard
	force    *forced
}

// forced asks for an answer to a message, until the person writes.
type forced struct {
	MessageID   int    `json:"message_id"`
	Placeholder string `json:"input_field_placeholder"`
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

// inputFor returns what a person sees round the input field.
func (c *chat) inputFor(person int64) input {
	for _, id := range []int64{person, 0} {
		if in := c.inputs[id]; in != nil {
			return *in
		}
	}
	return input{}
}

func (c *chat) isPinned(id int) bool { return slices.Contains(c.pinned, id) }

func (st *state) addMessage(c *chat, o *op) {
	m := o.Message
	fixed := o.Keyboard != nil || o.Force != nil || o.On
	c.messages = append(c.messages, slot{m.MessageID, m, fixed})
	c.lastID = m.MessageID
	if c.kind != "supergroup" {
		st.shared = m.MessageID
	}
	if m.MediaGroupID != "" {
		st.albums = max(st.albums, albumNumber(m.MediaGroupID))
	}
	if fixed {
		c.setInput(o)
	}
	fromBot := m.From != nil && m.From.ID == st.bot.ID
	if !fromBot {
		c.answered(m)
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
	if fromBot && !m.service() {
		c.unread++
		st.emit(Event{Type: "unread", Chat: c.id, Unread: c.unread})
	}
}

// setInput changes the input field of one person or of all.
func (c *chat) setInput(o *op) {
	if c.inputs == nil {
		c.inputs = map[int64]*input{}
	}
	if o.From == 0 {
		clear(c.inputs)
	}
	in := &input{keyboard: o.Keyboard}
	if o.Force != nil {
		in.force = &forced{o.Message.MessageID, o.Force.Placeholder}
	}
	c.inputs[o.From] = in
}

// answered ends the wish for an answer for a person who has written.
func (c *chat) answered(m *Message) {
	if m.From == nil || m.service() || c.inputFor(m.From.ID).force == nil {
		return
	}
	c.inputs[m.From.ID] = &input{}
}

// fixed tells whether a message may never be edited.
func (c *chat) fixed(id int) bool {
	i := c.place(id)
	return i >= 0 && c.messages[i].fixed
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
