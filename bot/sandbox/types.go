package sandbox

// User is a person or the bot, in Telegram's shape.
type User struct {
	ID           int64  `json:"id"`
	IsBot        bool   `json:"is_bot"`
	FirstName    string `json:"first_name"`
	Username     string `json:"username,omitempty"`
	LanguageCode string `json:"language_code,omitempty"`
}

// Chat is a conversation; Type is private, group or supergroup.
type Chat struct {
	ID        int64  `json:"id"`
	Type      string `json:"type"`
	Title     string `json:"title,omitempty"`
	Username  string `json:"username,omitempty"`
	FirstName string `json:"first_name,omitempty"`
}

// Entity marks a stretch of text; offset and length are UTF-16 code units.
type Entity struct {
	Type          string `json:"type"`
	Offset        int    `json:"offset"`
	Length        int    `json:"length"`
	URL           string `json:"url,omitempty"`
	Language      string `json:"language,omitempty"`
	CustomEmojiID string `json:"custom_emoji_id,omitempty"`
	User          *User  `json:"user,omitempty"`
}

// PhotoSize is one rendering of a photo; a message lists them smallest first.
type PhotoSize struct {
	FileID       string `json:"file_id"`
	FileUniqueID string `json:"file_unique_id"`
	Width        int    `json:"width"`
	Height       int    `json:"height"`
	FileSize     int64  `json:"file_size,omitempty"`
	URL          string `json:"url,omitempty"` // on the page only
}

// Document is a file sent as it is.
type Document struct {
	FileID       string `json:"file_id"`
	FileUniqueID string `json:"file_unique_id"`
	FileName     string `json:"file_name,omitempty"`
	MimeType     string `json:"mime_type,omitempty"`
	FileSize     int64  `json:"file_size"`
	URL          string `json:"url,omitempty"` // on the page only
}

// Sticker is a picture from a set. Like voices, locations, contacts and polls
// it is something people send that most bots have no use for.
type Sticker struct {
	FileID       string `json:"file_id"`
	FileUniqueID string `json:"file_unique_id"`
	Type         string `json:"type"`
	Width        int    `json:"width"`
	Height       int    `json:"height"`
	IsAnimated   bool   `json:"is_animated"`
	IsVideo      bool   `json:"is_video"`
	Emoji        string `json:"emoji,omitempty"`
}

// Voice is a spoken message; Duration is in seconds.
type Voice struct {
	FileID       string `json:"file_id"`
	FileUniqueID string `json:"file_unique_id"`
	Duration     int    `json:"duration"`
	MimeType     string `json:"mime_type,omitempty"`
	FileSize     int64  `json:"file_size,omitempty"`
}

// Location is a point in degrees.
type Location struct {
	Latitude  float64 `json:"latitude"`
	Longitude float64 `json:"longitude"`
}

// Contact is somebody's card.
type Contact struct {
	PhoneNumber string `json:"phone_number"`
	FirstName   string `json:"first_name"`
	UserID      int64  `json:"user_id,omitempty"`
}

// PollOption is an answer of a poll.
type PollOption struct {
	Text       string `json:"text"`
	VoterCount int    `json:"voter_count"`
}

// Poll is a question with answers to choose from.
type Poll struct {
	ID                    string       `json:"id"`
	Question              string       `json:"question"`
	Options               []PollOption `json:"options"`
	TotalVoterCount       int          `json:"total_voter_count"`
	IsClosed              bool         `json:"is_closed"`
	IsAnonymous           bool         `json:"is_anonymous"`
	Type                  string       `json:"type"`
	AllowsMultipleAnswers bool         `json:"allows_multiple_answers"`
}

// Message is a message in Telegram's shape. Out and Pinned, and the URL of
// files, are filled for the page and for History only; a bot never sees them.
// A stored message is never changed: an edit replaces it.
type Message struct {
	MessageID           int             `json:"message_id"`
	From                *User           `json:"from,omitempty"`
	Chat                Chat            `json:"chat"`
	Date                int64           `json:"date"`
	EditDate            int64           `json:"edit_date,omitempty"`
	ReplyTo             *Message        `json:"reply_to_message,omitempty"`
	MediaGroupID        string          `json:"media_group_id,omitempty"`
	HasProtectedContent bool            `json:"has_protected_content,omitempty"`
	Text                string          `json:"text,omitempty"`
	Entities            []Entity        `json:"entities,omitempty"`
	Photo               []PhotoSize     `json:"photo,omitempty"`
	Document            *Document       `json:"document,omitempty"`
	Sticker             *Sticker        `json:"sticker,omitempty"`
	Voice               *Voice          `json:"voice,omitempty"`
	Location            *Location       `json:"location,omitempty"`
	Contact             *Contact        `json:"contact,omitempty"`
	Poll                *Poll           `json:"poll,omitempty"`
	Caption             string          `json:"caption,omitempty"`
	CaptionEntities     []Entity        `json:"caption_entities,omitempty"`
	NewChatMembers      []User          `json:"new_chat_members,omitempty"`
	LeftChatMember      *User           `json:"left_chat_member,omitempty"`
	MigrateToChatID     int64           `json:"migrate_to_chat_id,omitempty"`
	MigrateFromChatID   int64           `json:"migrate_from_chat_id,omitempty"`
	PinnedMessage       *Message        `json:"pinned_message,omitempty"`
	ReplyMarkup         *InlineKeyboard `json:"reply_markup,omitempty"`
	Out                 bool            `json:"out,omitempty"`
	Pinned              bool            `json:"pinned,omitempty"`
}

// Body returns the words of a message, whichever place they stand in.
func (m Message) Body() string {
	if m.Text != "" {
		return m.Text
	}
	return m.Caption
}

// service tells whether m reports an act of the chat rather than words.
func (m *Message) service() bool {
	return m.NewChatMembers != nil || m.LeftChatMember != nil || m.PinnedMessage != nil ||
		m.MigrateToChatID != 0 || m.MigrateFromChatID != 0
}

// brief is m as it stands inside another message: without what it answers.
func (m *Message) brief() *Message {
	c := *m
	c.ReplyTo, c.PinnedMessage = nil, nil
	return &c
}
