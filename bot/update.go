package bot

import (
	"cmp"
	"fmt"
	"strings"

	"github.com/go-telegram/bot/models"
)

// turnOf makes a turn of a job; ok is false for what is nobody's doing or no
// business of ours. What was written is understood later, when it is known who
// writes and which dialog is going on.
func turnOf(j job) (t *Turn, words string, ok bool) {
	last := j[0]
	for _, a := range j {
		if a.ID > last.ID {
			last = a
		}
	}
	t = &Turn{Update: last.ID}
	switch first := j[0]; {
	case first.CallbackQuery != nil:
		return t, "", t.fromTap(first.CallbackQuery)
	case first.EditedMessage != nil:
		m := first.EditedMessage
		t.Kind, t.Text = KindEdited, cmp.Or(m.Text, m.Caption)
		t.Cause = fmt.Sprintf("edit:%d:%d:%d", m.Chat.ID, m.ID, m.EditDate)
		return t, "", t.fromMessage(m)
	case first.MyChatMember != nil:
		m := first.MyChatMember
		t.Kind = KindAdded
		t.Cause = fmt.Sprintf("member:%d:%d", m.Chat.ID, t.Update)
		return t, "", t.from(&m.From, m.Chat)
	case first.Message != nil:
		t.Cause = fmt.Sprintf("msg:%d:%d", first.Message.Chat.ID, first.Message.ID)
		words, ok = t.fromMessages(j)
		return t, words, ok && t.fromMessage(first.Message)
	}
	return t, "", false
}

func (t *Turn) from(u *models.User, chat models.Chat) bool {
	if u == nil || u.IsBot || u.ID == 0 {
		return false
	}
	t.Person, t.Username = u.ID, u.Username
	t.Name = strings.TrimSpace(u.FirstName + " " + u.LastName)
	if strings.IndexFunc(u.LastName, func(r rune) bool { return r > 0x2E80 }) >= 0 {
		t.Name = strings.TrimSpace(u.LastName + u.FirstName) // 姓在前
	}
	t.Chat, t.Title = chat.ID, chat.Title
	t.Private = chat.Type == models.ChatTypePrivate
	return true
}

func (t *Turn) fromMessage(m *models.Message) bool {
	t.Message = m.ID
	if m.ReplyToMessage != nil {
		t.ReplyTo = m.ReplyToMessage.ID
	}
	return t.from(m.From, m.Chat)
}

func (t *Turn) fromTap(q *models.CallbackQuery) bool {
	chat, message, old := tapped(q)
	if chat.ID == 0 { // of an inline message, which we never send
		chat = models.Chat{ID: q.From.ID, Type: models.ChatTypePrivate}
	}
	t.Kind, t.Message = KindTap, message
	t.Tap = &Tap{ID: q.ID, Data: q.Data, Old: old}
	if a, err := DecodeAction(q.Data); err == nil {
		t.Tap.Action = a
	}
	t.Cause = fmt.Sprintf("tap:%d:%d:%d:%s", chat.ID, message, q.From.ID, q.Data)
	return t.from(&q.From, chat)
}

// tapped is where a button was; of an old message Telegram tells the place
// only.
func tapped(q *models.CallbackQuery) (chat models.Chat, message int, old bool) {
	switch {
	case q.Message.Message != nil:
		return q.Message.Message.Chat, q.Message.Message.ID, false
	case q.Message.InaccessibleMessage != nil:
		chat := q.Message.InaccessibleMessage.Chat
		return chat, q.Message.InaccessibleMessage.MessageID, true
	}
	return models.Chat{}, 0, true
}

// fromMessages takes in what was written and sent; ok is false for messages
// by which Telegram only tells of something (joined, pinned, renamed).
func (t *Turn) fromMessages(j job) (words string, ok bool) {
	var captions []string
	for _, a := range j {
		if f, ok := incoming(a.Message); ok {
			t.Files = append(t.Files, f)
			if a.Message.Caption != "" {
				captions = append(captions, a.Message.Caption)
			}
		}
	}
	m := j[0].Message
	switch {
	case len(t.Files) > 0:
		t.Kind, t.Text = KindFiles, strings.Join(captions, "\n")
		return "", true
	case m.Text != "":
		return m.Text, true
	}
	t.Kind, t.What = KindOther, otherThing(m)
	return "", t.What != ""
}

// incoming is the file in a message.
func incoming(m *models.Message) (Incoming, bool) {
	switch {
	case m.Animation != nil: // Telegram gives it as a document too
		a := m.Animation
		return Incoming{FileID: a.FileID, Name: a.FileName, MediaType: a.MimeType, Size: a.FileSize, What: "animation"}, true
	case m.Document != nil:
		d := m.Document
		return Incoming{FileID: d.FileID, Name: d.FileName, MediaType: d.MimeType, Size: d.FileSize, What: "document"}, true
	case m.Video != nil:
		v := m.Video
		return Incoming{FileID: v.FileID, Name: v.FileName, MediaType: v.MimeType, Size: v.FileSize, What: "video"}, true
	case m.Audio != nil:
		a := m.Audio
		return Incoming{FileID: a.FileID, Name: a.FileName, MediaType: a.MimeType, Size: a.FileSize, What: "audio"}, true
	case len(m.Photo) > 0:
		p := m.Photo[0]
		for _, q := range m.Photo {
			if q.Width*q.Height > p.Width*p.Height {
				p = q
			}
		}
		return Incoming{FileID: p.FileID, MediaType: "image/jpeg", Size: int64(p.FileSize), What: "photo"}, true
	}
	return Incoming{}, false
}

// otherThing names what a message holds that is neither text nor a file.
func otherThing(m *models.Message) string {
	for _, thing := range []struct {
		name  string
		there bool
	}{
		{"sticker", m.Sticker != nil},
		{"voice", m.Voice != nil},
		{"video-note", m.VideoNote != nil},
		{"location", m.Location != nil || m.Venue != nil},
		{"poll", m.Poll != nil},
		{"contact", m.Contact != nil},
		{"dice", m.Dice != nil},
		{"game", m.Game != nil},
		{"story", m.Story != nil},
		{"checklist", m.Checklist != nil},
	} {
		if thing.there {
			return thing.name
		}
	}
	return ""
}
