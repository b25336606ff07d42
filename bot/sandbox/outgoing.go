package sandbox

import "path/filepath"

// Outgoing is what a person sends: words, or files with a caption, or one of
// the other kinds.
type Outgoing struct {
	Text     string
	ReplyTo  int // message_id; 0: none
	Files    []Upload
	Caption  string // of the first file
	Sticker  bool
	Voice    bool
	Location *Location
	Contact  *Contact
	Poll     []string // question and answers
}

// Upload is a file that a person sends; Photo asks for a picture, and what is
// none is sent as a document.
type Upload struct {
	Name  string
	Mime  string // guessed if empty
	Data  []byte
	Photo bool
}

// spoken is a person's text with what Telegram finds in it.
func spoken(text string) formatted {
	f, err := rawText{text: text}.format()
	if err != nil {
		return formatted{}
	}
	return f
}

// Send sends what a person says in a chat and returns the messages that it
// became: long text is cut, as clients do, and files of one kind are an album.
func (s *Server) Send(from, chatID int64, out Outgoing) ([]Message, error) {
	drafts, err := s.compose(out)
	if err != nil {
		return nil, err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	c, err := s.speaker(from, chatID)
	if err != nil {
		return nil, err
	}
	var reply *Message
	if out.ReplyTo != 0 {
		if reply = c.message(out.ReplyTo); reply == nil {
			return nil, ErrNoMessage
		}
		reply = reply.brief()
	}
	var ops []*op
	var sent []Message
	id, user := s.state.nextID(c), s.state.user(from)
	grouping(drafts, s.state.albums)
	for i, d := range drafts {
		m := d.Message
		m.MessageID, m.From, m.Chat, m.Date, m.ReplyTo = id+i, user, s.state.chatOf(c), s.now(), reply
		ops = append(append(ops, d.ops...), &op{Kind: opMessage, Message: &m})
		sent = append(sent, s.view(c, &m))
	}
	if err := s.commit(ops...); err != nil {
		return nil, err
	}
	return sent, nil
}

// said is a message without its place, and the files it brings.
type said struct {
	Message
	ops []*op
}

func (s *Server) compose(out Outgoing) ([]said, error) {
	switch {
	case len(out.Files) > 10:
		return nil, ErrManyFiles
	case len(out.Files) > 0:
		return s.composeFiles(out)
	case out.Sticker, out.Voice:
		return s.composeNoise(out)
	case out.Location != nil:
		return []said{{Message: Message{Location: out.Location}}}, nil
	case out.Contact != nil:
		return []said{{Message: Message{Contact: out.Contact}}}, nil
	case len(out.Poll) > 0:
		return []said{{Message: Message{Poll: newPoll(out.Poll)}}}, nil
	}
	f := spoken(out.Text)
	if f.text == "" {
		return nil, ErrEmpty
	}
	var list []said
	for _, part := range split(f.text) {
		part := spoken(part)
		if part.text != "" {
			list = append(list, said{Message: Message{Text: part.text, Entities: part.entities}})
		}
	}
	return list, nil
}

func (s *Server) composeFiles(out Outgoing) ([]said, error) {
	caption := spoken(out.Caption)
	if utf16Len(caption.text) > maxCaption {
		return nil, ErrLongWords
	}
	list := make([]said, 0, len(out.Files))
	for _, f := range out.Files {
		up := upload{name: filepath.Base(f.Name), mime: f.Mime, data: f.Data}
		if f.Name == "" {
			up.name = ""
		}
		var m media
		if f.Photo {
			m, _ = s.newPhoto(up) // what is refused as a photo goes as a document
		}
		if m.photo == nil {
			var err error
			if m, err = s.newDocument(up); err != nil {
				return nil, err
			}
		}
		list = append(list, said{Message: Message{Photo: m.photo, Document: m.document}, ops: m.ops})
	}
	list[0].Caption, list[0].CaptionEntities = caption.text, caption.entities
	return list, nil
}

// grouping makes albums of neighbours of one kind.
func grouping(list []said, albums int64) {
	for i := 0; i < len(list); {
		end := i + 1
		for end < len(list) && (list[end].Photo == nil) == (list[i].Photo == nil) {
			end++
		}
		media := list[i].Photo != nil || list[i].Document != nil
		if media && end-i > 1 {
			albums++
			for j := i; j < end; j++ {
				list[j].MediaGroupID = albumID(albums)
			}
		}
		i = end
	}
}

// composeNoise makes a sticker or a voice message; their bytes say nothing.
func (s *Server) composeNoise(out Outgoing) ([]said, error) {
	kind, mime := "sticker", "image/webp"
	if out.Voice {
		kind, mime = "voice", "audio/ogg"
	}
	f, err := s.newFile(kind, upload{name: kind, mime: mime, data: []byte("sandbox " + kind)})
	if err != nil {
		return nil, err
	}
	m := Message{Sticker: &Sticker{FileID: f.ID, FileUniqueID: f.Unique, Type: "regular", Width: 512, Height: 512, Emoji: "👍"}}
	if out.Voice {
		m = Message{Voice: &Voice{FileID: f.ID, FileUniqueID: f.Unique, Duration: 3, MimeType: mime, FileSize: f.Size}}
	}
	return []said{{Message: m, ops: []*op{{Kind: opFile, File: f}}}}, nil
}

func newPoll(words []string) *Poll {
	p := &Poll{ID: "5400000000000000000", Question: words[0], IsAnonymous: true, Type: "regular"}
	for _, w := range words[1:] {
		p.Options = append(p.Options, PollOption{Text: w})
	}
	return p
}
