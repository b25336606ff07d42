package sandbox

import (
	"encoding/json"
	"time"
)

// deletable is how long Telegram lets a bot delete.
const deletable = 48 * time.Hour

func deleteMessage(s *Server, c *call) (any, *apiError) {
	s.mu.Lock()
	defer s.mu.Unlock()
	ch, err := s.writable(c.params)
	if err != nil {
		return nil, err
	}
	m, err := existing(ch, c.params, "delete")
	if err != nil {
		return nil, err
	}
	if err := s.mayDelete(ch, m); err != nil {
		return nil, err
	}
	return s.done(&op{Kind: opDelete, Chat: ch.id, IDs: []int{m.MessageID}})
}

func deleteMessages(s *Server, c *call) (any, *apiError) {
	var ids []int
	if err := json.Unmarshal([]byte(c.get("message_ids")), &ids); err != nil || len(ids) == 0 || len(ids) > 100 {
		return nil, badRequest("message identifiers are not specified")
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	ch, err := s.writable(c.params)
	if err != nil {
		return nil, err
	}
	var found []int // Telegram skips what is not there
	for _, id := range ids {
		if m := ch.message(id); m != nil {
			if err := s.mayDelete(ch, m); err != nil {
				return nil, err
			}
			found = append(found, id)
		}
	}
	return s.done(&op{Kind: opDelete, Chat: ch.id, IDs: found})
}

// mayDelete checks age and ownership.
func (s *Server) mayDelete(c *chat, m *Message) *apiError {
	own := m.From != nil && m.From.ID == s.bot.ID
	age := time.Duration(s.now()-m.Date) * time.Second
	if age > deletable || !own && c.kind != "private" && !c.group.BotAdmin {
		return badRequest("message can't be deleted for everyone")
	}
	return nil
}

// done commits ops and answers true.
func (s *Server) done(ops ...*op) (any, *apiError) {
	if err := s.commit(ops...); err != nil {
		return nil, internal(err)
	}
	return true, nil
}

func pinChatMessage(s *Server, c *call) (any, *apiError) {
	s.mu.Lock()
	defer s.mu.Unlock()
	ch, err := s.writable(c.params)
	if err != nil {
		return nil, err
	}
	m, err := existing(ch, c.params, "pin")
	if err != nil {
		return nil, err
	}
	if ch.shownPin() == m.MessageID {
		return true, nil
	}
	note := &Message{
		MessageID: s.state.nextID(ch), From: s.state.user(s.bot.ID), Chat: s.state.chatOf(ch),
		Date: s.now(), PinnedMessage: m.brief(),
	}
	return s.done(
		&op{Kind: opPin, Chat: ch.id, IDs: []int{m.MessageID}, On: true},
		&op{Kind: opMessage, Message: note},
	)
}

func unpinChatMessage(s *Server, c *call) (any, *apiError) {
	s.mu.Lock()
	defer s.mu.Unlock()
	ch, err := s.writable(c.params)
	if err != nil {
		return nil, err
	}
	id := ch.shownPin()
	if c.get("message_id") != "" {
		id = int(c.int("message_id"))
	}
	if !ch.isPinned(id) {
		return nil, badRequest("message to unpin not found")
	}
	return s.done(&op{Kind: opPin, Chat: ch.id, IDs: []int{id}})
}

func unpinAllChatMessages(s *Server, c *call) (any, *apiError) {
	s.mu.Lock()
	defer s.mu.Unlock()
	ch, err := s.writable(c.params)
	if err != nil {
		return nil, err
	}
	return s.done(&op{Kind: opPin, Chat: ch.id})
}

func sendChatAction(s *Server, c *call) (any, *apiError) {
	action := c.get("action")
	switch action {
	case "typing", "upload_photo", "record_video", "upload_video", "record_voice", "upload_voice",
		"upload_document", "choose_sticker", "find_location", "record_video_note", "upload_video_note":
	default:
		return nil, badRequest("wrong parameter action in request")
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	ch, err := s.writable(c.params)
	if err != nil {
		return nil, err
	}
	s.state.emit(Event{Type: "action", Chat: ch.id, Action: action})
	return true, nil
}

func answerCallbackQuery(s *Server, c *call) (any, *apiError) {
	text := c.get("text")
	if utf16Len(text) > 200 {
		return nil, badRequest("MESSAGE_TOO_LONG")
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	cb := s.state.callbacks[c.get("callback_query_id")]
	if cb == nil || cb.expired(s.wall()) {
		return nil, badRequest("query is too old and response timeout expired or query ID is invalid")
	}
	return s.done(&op{
		Kind: opAnswer, Chat: cb.chat, From: cb.from, Text: cb.id, Data: text, On: c.bool("show_alert"),
	})
}
