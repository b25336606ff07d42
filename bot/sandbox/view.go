package sandbox

import "slices"

// view is m for the page: with Out, Pinned and the addresses of files.
func (s *Server) view(c *chat, m *Message) Message {
	v := *m
	v.Out = m.From != nil && m.From.ID != s.bot.ID
	v.Pinned = c != nil && c.isPinned(m.MessageID)
	if m.Document != nil {
		d := *m.Document
		d.URL = fileURL(d.FileID)
		v.Document = &d
	}
	if len(m.Photo) > 0 {
		v.Photo = slices.Clone(m.Photo)
		for i := range v.Photo {
			v.Photo[i].URL = fileURL(v.Photo[i].FileID)
		}
	}
	if m.ReplyTo != nil {
		r := s.view(nil, m.ReplyTo)
		v.ReplyTo = &r
	}
	if m.PinnedMessage != nil {
		r := s.view(nil, m.PinnedMessage)
		v.PinnedMessage = &r
	}
	return v
}

func fileURL(id string) string { return "/page/file/" + id }

// lastView is the newest message of a chat, for the list at the left.
type lastView struct {
	Text string `json:"text"`
	Date int64  `json:"date"`
}

func (c *chat) lastView() *lastView {
	m := c.last()
	if m == nil {
		return nil
	}
	return &lastView{Text: m.summary(), Date: m.Date}
}

// summary is a message in a line, in Chinese, as chat clients show it.
func (m *Message) summary() string {
	text := m.Body()
	if r := []rune(text); len(r) > 80 {
		text = string(r[:80])
	}
	label := ""
	switch {
	case m.Photo != nil:
		label = "[图片]"
	case m.Document != nil:
		label = "[文件] " + m.Document.FileName
	case m.Sticker != nil:
		label = "[贴纸]"
	case m.Voice != nil:
		label = "[语音]"
	case m.Location != nil:
		label = "[位置]"
	case m.Contact != nil:
		label = "[名片]"
	case m.Poll != nil:
		label = "[投票]"
	case m.service():
		label = m.serviceSummary()
	}
	if label != "" && text != "" {
		return label + " " + text
	}
	return label + text
}

func (m *Message) serviceSummary() string {
	switch {
	case m.NewChatMembers != nil:
		return "加入了群"
	case m.LeftChatMember != nil:
		return "离开了群"
	case m.PinnedMessage != nil:
		return "置顶了一条消息"
	default:
		return "群已升级"
	}
}
