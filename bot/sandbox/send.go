package sandbox

import (
	"encoding/json"
	"slices"
	"strings"
)

// draft is a message on its way to a chat.
type draft struct {
	formatted
	caption bool // the text is a caption
	media   media
	markup  markup
	album   string
}

// messageText reads the text of a call.
func messageText(p params, text, entities string) (formatted, *apiError) {
	f, err := rawText{text: p.get(text), mode: p.get("parse_mode"), entities: p.get(entities)}.format()
	if err != nil {
		return f, err
	}
	return f, nil
}

// captionText reads the caption of a call.
func captionText(p params) (formatted, *apiError) {
	f, err := messageText(p, "caption", "caption_entities")
	if err == nil && utf16Len(f.text) > maxCaption {
		err = badRequest("message caption is too long")
	}
	return f, err
}

func sendMessage(s *Server, c *call) (any, *apiError) {
	f, err := messageText(c.params, "text", "entities")
	if err == nil {
		err = f.message(c.get("text"))
	}
	if err != nil {
		return nil, err
	}
	return s.sendOne(c.params, draft{formatted: f})
}

func sendPhoto(s *Server, c *call) (any, *apiError) {
	return s.sendMedia(c, "photo")
}

func sendDocument(s *Server, c *call) (any, *apiError) {
	return s.sendMedia(c, "document")
}

func (s *Server) sendMedia(c *call, kind string) (any, *apiError) {
	f, err := captionText(c.params)
	if err != nil {
		return nil, err
	}
	m, err := s.media(c.params, kind, c.get(kind), kind)
	if err != nil {
		return nil, err
	}
	return s.sendOne(c.params, draft{formatted: f, caption: true, media: m})
}

// sendOne sends one message as a call says.
func (s *Server) sendOne(p params, d draft) (*Message, *apiError) {
	var err *apiError
	if d.markup, err = parseMarkup(p.get("reply_markup")); err != nil {
		return nil, err
	}
	sent, err := s.send(p, []draft{d})
	if err != nil {
		return nil, err
	}
	return sent[0], nil
}

// send sends drafts to the chat of a call, all or none.
func (s *Server) send(p params, drafts []draft) ([]*Message, *apiError) {
	s.mu.Lock()
	defer s.mu.Unlock()
	c, err := s.writable(p)
	if err != nil {
		return nil, err
	}
	reply, err := replyTarget(c, p)
	if err != nil {
		return nil, err
	}
	var ops []*op
	var sent []*Message
	id, bot := s.state.nextID(c), s.state.user(s.bot.ID)
	for i, d := range drafts {
		m := &Message{
			MessageID: id + i, From: bot, Chat: s.state.chatOf(c), Date: s.now(), ReplyTo: reply,
			MediaGroupID: d.album, HasProtectedContent: p.bool("protect_content"),
		}
		d.fill(m)
		ops = append(append(ops, d.media.ops...), s.state.sendOp(c, &drafts[i], m))
		sent = append(sent, m)
	}
	if err := s.commit(ops...); err != nil {
		return nil, internal(err)
	}
	return sent, nil
}

// fill writes the content of d into a message.
func (d *draft) fill(m *Message) {
	if d.caption {
		m.Caption, m.CaptionEntities = d.text, d.entities
	} else {
		m.Text, m.Entities = d.text, d.entities
	}
	m.Photo, m.Document = d.media.photo, d.media.document
	m.ReplyMarkup = d.markup.inlineOrNil()
}

// inlineOrNil is the keyboard under the message, nil for one without keys.
func (m markup) inlineOrNil() *InlineKeyboard {
	if m.inline == nil || len(m.inline.Rows) == 0 {
		return nil
	}
	return m.inline
}

func (st *state) sendOp(c *chat, d *draft, m *Message) *op {
	o := &op{Kind: opMessage, Message: m, Keyboard: d.markup.keyboard, Force: d.markup.force, On: d.markup.remove}
	if d.markup.some && c.kind != "private" {
		o.From = st.addressed(c, m)
	}
	return o
}

// addressed is whom a selective markup in a group is for: who is answered,
// or else the first member who is mentioned, or nobody.
func (st *state) addressed(c *chat, m *Message) int64 {
	if m.ReplyTo != nil && m.ReplyTo.From != nil {
		return m.ReplyTo.From.ID
	}
	for _, e := range slices.Concat(m.Entities, m.CaptionEntities) {
		name, ok := strings.CutPrefix(cut16(m.Body(), e.Offset, e.Length), "@")
		if e.Type != "mention" || !ok {
			continue
		}
		for _, id := range c.group.Members {
			if p := st.people[id]; p != nil && strings.EqualFold(p.Username, name) {
				return id
			}
		}
	}
	return st.bot.ID // who has no input field
}

// replyTarget finds the message that a call answers.
func replyTarget(c *chat, p params) (*Message, *apiError) {
	id, lenient := int(p.int("reply_to_message_id")), p.bool("allow_sending_without_reply")
	if raw := p.get("reply_parameters"); raw != "" {
		var to struct {
			MessageID int  `json:"message_id"`
			Lenient   bool `json:"allow_sending_without_reply"`
		}
		if err := json.Unmarshal([]byte(raw), &to); err != nil {
			return nil, badRequest("can't parse reply parameters JSON object")
		}
		id, lenient = to.MessageID, to.Lenient
	}
	if id == 0 {
		return nil, nil
	}
	if m := c.message(id); m != nil {
		return m.brief(), nil
	}
	if lenient {
		return nil, nil
	}
	return nil, badRequest("message to be replied not found")
}

func copyMessage(s *Server, c *call) (any, *apiError) {
	d, err := s.copyDraft(c.params)
	if err != nil {
		return nil, err
	}
	m, err := s.sendOne(c.params, d)
	if err != nil {
		return nil, err
	}
	return struct {
		ID int `json:"message_id"`
	}{m.MessageID}, nil
}

// copyDraft takes over the content of the message that a call names.
func (s *Server) copyDraft(p params) (draft, *apiError) {
	caption, err := captionText(p)
	if err != nil {
		return draft{}, err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	from, err := s.target(p, "from_chat_id")
	if err != nil {
		return draft{}, err
	}
	m, err := existing(from, p, "copy")
	if err != nil {
		return draft{}, err
	}
	if m.service() || m.HasProtectedContent {
		return draft{}, badRequest("the message can't be copied")
	}
	if m.Text == "" && m.Photo == nil && m.Document == nil {
		return draft{}, badRequest("the sandbox copies texts, photos and documents only")
	}
	d := draft{
		formatted: formatted{text: m.Text, entities: m.Entities},
		media:     media{photo: m.Photo, document: m.Document},
		caption:   m.Text == "",
	}
	if d.caption {
		d.formatted = formatted{text: m.Caption, entities: m.CaptionEntities}
		if _, given := p.values["caption"]; given {
			d.formatted = caption
		}
	}
	return d, nil
}
