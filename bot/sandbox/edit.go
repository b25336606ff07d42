package sandbox

import (
	"encoding/json"
	"reflect"
)

func editMessageText(s *Server, c *call) (any, *apiError) {
	f, err := messageText(c.params, "text", "entities")
	if err == nil {
		err = f.message(c.get("text"))
	}
	if err != nil {
		return nil, err
	}
	return s.edit(c.params, nil, func(m *Message) *apiError {
		if m.Text == "" {
			return badRequest("there is no text in the message to edit")
		}
		m.Text, m.Entities = f.text, f.entities
		return nil
	})
}

func editMessageCaption(s *Server, c *call) (any, *apiError) {
	f, err := captionText(c.params)
	if err != nil {
		return nil, err
	}
	return s.edit(c.params, nil, func(m *Message) *apiError {
		if m.Photo == nil && m.Document == nil {
			return badRequest("there is no caption in the message to edit")
		}
		m.Caption, m.CaptionEntities = f.text, f.entities
		return nil
	})
}

func editMessageReplyMarkup(s *Server, c *call) (any, *apiError) {
	return s.edit(c.params, nil, func(*Message) *apiError { return nil })
}

func editMessageMedia(s *Server, c *call) (any, *apiError) {
	var item inputMedia
	if err := json.Unmarshal([]byte(c.get("media")), &item); err != nil {
		return nil, badRequest("can't parse InputMedia: %v", err)
	}
	d, err := s.mediaDraft(c.params, item)
	if err != nil {
		return nil, err
	}
	return s.edit(c.params, d.media.ops, func(m *Message) *apiError {
		if m.Photo == nil && m.Document == nil {
			return badRequest("there is no media in the message to edit")
		}
		if m.MediaGroupID != "" && (m.Photo == nil) != (d.media.photo == nil) {
			return badRequest("message can't be edited")
		}
		d.fill(m)
		return nil
	})
}

// edit replaces one of the bot's messages by what change makes of it, with
// the keyboard of the call: none given, none left. First the ops before are
// applied.
func (s *Server) edit(p params, before []*op, change func(*Message) *apiError) (any, *apiError) {
	if p.get("inline_message_id") != "" {
		return nil, badRequest("MESSAGE_ID_INVALID") // the sandbox has no inline mode
	}
	mk, err := parseMarkup(p.get("reply_markup"))
	if err != nil {
		return nil, err
	}
	if mk.forInput() {
		return nil, badRequest("inline keyboard expected")
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	c, err := s.writable(p)
	if err != nil {
		return nil, err
	}
	old, err := existing(c, p, "edit")
	if err != nil {
		return nil, err
	}
	if old.From == nil || old.From.ID != s.bot.ID || old.service() || c.fixed(old.MessageID) {
		return nil, badRequest("message can't be edited")
	}
	m := *old
	if err := change(&m); err != nil {
		return nil, err
	}
	m.ReplyMarkup = mk.inlineOrNil()
	if reflect.DeepEqual(&m, old) {
		return nil, badRequest("message is not modified: specified new message content and reply markup " +
			"are exactly the same as a current content and reply markup of the message")
	}
	m.EditDate = max(s.now(), m.Date)
	if err := s.commit(append(before, &op{Kind: opEdit, Message: &m})...); err != nil {
		return nil, internal(err)
	}
	return &m, nil
}
