package sandbox

import "strings"

// botSees is the privacy mode of groups: the bot gets commands that may be
// meant for it, answers to its messages and service messages; everything
// only as an administrator.
func (st *state) botSees(c *chat, m *Message) bool {
	if c.kind == "private" {
		return true
	}
	if !c.botMember {
		return false
	}
	if c.group.BotAdmin || m.service() {
		return true
	}
	if m.ReplyTo != nil && m.ReplyTo.From != nil && m.ReplyTo.From.ID == st.bot.ID {
		return true
	}
	return st.commanded(m)
}

// commanded tells whether a message is a command that no other bot is named
// by.
func (st *state) commanded(m *Message) bool {
	for _, list := range [][]Entity{m.Entities, m.CaptionEntities} {
		for _, e := range list {
			if e.Type != "bot_command" {
				continue
			}
			_, name, named := strings.Cut(cut16(m.Body(), e.Offset, e.Length), "@")
			if named && strings.EqualFold(name, st.bot.Username) || !named && e.Offset == 0 {
				return true
			}
		}
	}
	return false
}

// cut16 is the part of s that an entity covers.
func cut16(s string, offset, length int) string {
	n, start := 0, len(s)
	for i, r := range s {
		if n == offset {
			start = i
		}
		if n >= offset+length {
			return s[min(start, i):i]
		}
		n += units(r)
	}
	return s[start:]
}

func (st *state) block(c *chat, o *op) {
	was := c.blocked
	c.blocked = o.On
	if was != o.On && c.started {
		st.memberUpdate(c, o, privateStatus(was), privateStatus(o.On))
	}
	st.emit(Event{Type: "people"})
	st.emit(Event{Type: "member", Chat: c.id})
}

func privateStatus(blocked bool) string {
	if blocked {
		return "kicked"
	}
	return "member"
}

func (st *state) botMembership(c *chat, o *op) {
	was := c.botStatus()
	c.botMember, c.botGone = o.On, !o.On
	c.botLeft = !o.On && o.From == st.bot.ID
	c.group.BotMember = o.On
	if !o.On {
		c.group.BotAdmin = false
	}
	st.memberUpdate(c, o, was, c.botStatus())
	st.emit(Event{Type: "member", Chat: c.id})
}

// botStatus is the bot's standing in a group.
func (c *chat) botStatus() string {
	switch {
	case c.botMember && c.group.BotAdmin:
		return "administrator"
	case c.botMember:
		return "member"
	case c.botGone && !c.botLeft:
		return "kicked"
	default:
		return "left"
	}
}

func (st *state) memberUpdate(c *chat, o *op, was, is string) {
	from := st.user(o.From)
	if from == nil {
		from = &User{ID: o.From}
	}
	st.queue(o.Wall, c.id, update{MyChatMember: &memberUpdated{
		Chat: st.chatOf(c), From: *from, Date: o.ID,
		Old: member{Status: was, User: st.bot}, New: member{Status: is, User: st.bot},
	}})
}

// member is Telegram's ChatMember.
type member struct {
	Status string `json:"status"`
	User   User   `json:"user"`
}

// memberUpdated is Telegram's ChatMemberUpdated.
type memberUpdated struct {
	Chat Chat   `json:"chat"`
	From User   `json:"from"`
	Date int64  `json:"date"`
	Old  member `json:"old_chat_member"`
	New  member `json:"new_chat_member"`
}

// migrate makes c a supergroup under a new id; c stays as a signpost.
func (st *state) migrate(c *chat, to int64) {
	g := c.group
	g.ID = to
	st.chats[to] = &chat{
		id: to, kind: "supergroup", group: g, botMember: c.botMember,
		migratedFrom: c.id, inputs: c.inputs,
	}
	c.migratedTo = to
	st.groups = append(st.groups, to)
	st.emit(Event{Type: "people"})
}

func (st *state) press(c *chat, o *op) {
	st.calls++
	st.forget(o.Wall)
	cb := &callback{id: o.Text, from: o.From, chat: c.id, wall: o.Wall}
	st.callbacks[cb.id] = cb
	st.oldest = append(st.oldest, cb)
	m := c.message(o.IDs[0])
	if m != nil && o.ID-m.Date > int64(legible.Seconds()) {
		m = &Message{MessageID: m.MessageID, Chat: st.chatOf(c)} // an InaccessibleMessage: its date is 0
	}
	query := &callbackQuery{ID: o.Text, Message: m, ChatInstance: chatInstance(c.id), Data: o.Data}
	if u := st.user(o.From); u != nil {
		query.From = *u
	}
	st.queue(o.Wall, c.id, update{CallbackQuery: query})
	if o.On { // the fault of a tap that comes twice
		st.queue(o.Wall, c.id, update{CallbackQuery: query})
	}
}

// forget drops callbacks too old to be answered.
func (st *state) forget(wall int64) {
	n := 0
	for n < len(st.oldest) && st.oldest[n].expired(wall) {
		delete(st.callbacks, st.oldest[n].id)
		n++
	}
	st.oldest = st.oldest[n:]
}
