package sandbox

import (
	"reflect"
	"slices"
	"strconv"
	"strings"
)

// callbackBase makes callback ids as long as Telegram's.
const callbackBase = 4300000000000000000

// AddPerson makes a person known, or changes what is known of one. Adding the
// same again does nothing.
func (s *Server) AddPerson(p Person) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if p.ID <= 0 || p.ID == s.bot.ID || p.Name == "" {
		return PersonError("人员需要正整数编号和姓名，且不能与机器人同号。")
	}
	if old := s.state.people[p.ID]; old != nil && *old == p {
		return nil
	}
	return s.commit(&op{Kind: opPerson, Person: &p})
}

// AddGroup makes a group known, or changes its title and members. Whether the
// bot is in it is taken from g only when the group is new: later AddBot and
// RemoveBot say so.
func (s *Server) AddGroup(g Group) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if g.ID >= 0 || g.Title == "" {
		return PersonError("群需要负整数编号和名称。")
	}
	for _, id := range g.Members {
		if s.state.people[id] == nil {
			return ErrNoPerson
		}
	}
	g.Members = slices.Clone(g.Members)
	if c := s.state.chats[g.ID]; c != nil {
		if c.migratedTo != 0 {
			return nil
		}
		g.BotMember, g.BotAdmin = c.botMember, c.group.BotAdmin
		if reflect.DeepEqual(c.group, g) {
			return nil
		}
	}
	return s.commit(&op{Kind: opGroup, Group: &g})
}

// speaker checks that a person may write in a chat. The bot's id and 0 stand
// for the private chat. The caller holds s.mu.
func (s *Server) speaker(from, chatID int64) (*chat, error) {
	if s.state.people[from] == nil {
		return nil, ErrNoPerson
	}
	if chatID == 0 || chatID == s.bot.ID {
		chatID = from
	}
	c := s.state.chats[chatID]
	switch {
	case c == nil || c.kind == "private" && c.id != from:
		return nil, ErrNoChat
	case c.migratedTo != 0:
		return nil, ErrMigrated
	case !c.has(from):
		return nil, ErrNotMember
	case c.blocked:
		return nil, ErrBlocked
	}
	return c, nil
}

// Edit changes the text, or the caption, of a message that the person sent.
func (s *Server) Edit(from, chatID int64, messageID int, text string) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	c, err := s.speaker(from, chatID)
	if err != nil {
		return err
	}
	old := c.message(messageID)
	switch {
	case old == nil:
		return ErrNoMessage
	case old.From == nil || old.From.ID != from || old.service():
		return ErrNotYours
	}
	m := *old
	f := spoken(text)
	switch {
	case m.Text == "" && m.Photo == nil && m.Document == nil:
		return ErrNotYours
	case m.Text == "" && utf16Len(f.text) > maxCaption:
		return ErrLongWords
	case m.Text == "":
		m.Caption, m.CaptionEntities = f.text, f.entities
	case f.text == "" || utf16Len(f.text) > maxText:
		return ErrEmpty
	default:
		m.Text, m.Entities = f.text, f.entities
	}
	if m.Text == old.Text && m.Caption == old.Caption {
		return ErrUnchanged
	}
	m.EditDate = max(s.now(), m.Date)
	return s.commit(&op{Kind: opEdit, Message: &m, On: true})
}

// Press presses an inline button with callback data and returns the id of the
// callback; a toast event with it tells of the bot's answer.
func (s *Server) Press(from, chatID int64, messageID int, data string) (callbackID string, err error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	c, err := s.speaker(from, chatID)
	if err != nil {
		return "", err
	}
	m := c.message(messageID)
	switch {
	case m == nil:
		return "", ErrNoMessage
	case !m.ReplyMarkup.has(data):
		return "", ErrNoButton
	}
	id := strconv.FormatInt(callbackBase+s.state.calls+1, 10)
	o := &op{Kind: opPress, Chat: c.id, From: from, IDs: []int{messageID}, Data: data, Text: id, ID: s.now(), On: s.faults.doubleTap()}
	return id, s.commit(o)
}

// Start opens the bot by its link: it restarts a stopped bot and sends /start
// with the payload, if any.
func (s *Server) Start(person int64, payload string) ([]Message, error) {
	if len(payload) > 64 || strings.ContainsFunc(payload, func(r rune) bool {
		return r > 127 || !isAlnum(byte(r)) && r != '_' && r != '-'
	}) {
		return nil, ErrBadPayload
	}
	if err := s.Unblock(person); err != nil {
		return nil, err
	}
	return s.Send(person, person, Outgoing{Text: strings.TrimSpace("/start " + payload)})
}

// Block stops the bot for a person: it may not write to them any more.
func (s *Server) Block(person int64) error { return s.setBlocked(person, true) }

// Unblock lets the bot write again.
func (s *Server) Unblock(person int64) error { return s.setBlocked(person, false) }

func (s *Server) setBlocked(person int64, blocked bool) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	c := s.state.chats[person]
	switch {
	case c == nil || c.kind != "private":
		return ErrNoPerson
	case c.blocked == blocked:
		return nil
	}
	return s.commit(&op{Kind: opBlock, Chat: person, From: person, On: blocked, ID: s.now()})
}

// History returns a chat's messages, oldest first, without the deleted, with
// files' addresses on the page, Out and Pinned.
func (s *Server) History(chatID int64) []Message {
	s.mu.Lock()
	defer s.mu.Unlock()
	c := s.state.chats[chatID]
	if c == nil {
		return nil
	}
	var list []Message
	for _, slot := range c.messages {
		if slot.m != nil {
			list = append(list, s.view(c, slot.m))
		}
	}
	return list
}
