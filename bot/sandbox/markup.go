package sandbox

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strings"
	"unicode/utf8"
)

// InlineKeyboard is the buttons under a message.
type InlineKeyboard struct {
	Rows [][]InlineButton `json:"inline_keyboard"`
}

// InlineButton is a button under a message; exactly one of its acts is set.
type InlineButton struct {
	Text              string          `json:"text"`
	CallbackData      string          `json:"callback_data,omitempty"`
	URL               string          `json:"url,omitempty"`
	CopyText          *CopyText       `json:"copy_text,omitempty"`
	Style             string          `json:"style,omitempty"`
	WebApp            json.RawMessage `json:"web_app,omitempty"`
	LoginURL          json.RawMessage `json:"login_url,omitempty"`
	SwitchInline      *string         `json:"switch_inline_query,omitempty"`
	SwitchInlineHere  *string         `json:"switch_inline_query_current_chat,omitempty"`
	SwitchInlineThere json.RawMessage `json:"switch_inline_query_chosen_chat,omitempty"`
}

// CopyText is what a button copies to the clipboard.
type CopyText struct {
	Text string `json:"text"`
}

// ReplyKeyboard is the keys in place of the person's keyboard.
type ReplyKeyboard struct {
	Keyboard    [][]KeyButton `json:"keyboard"`
	Persistent  bool          `json:"is_persistent,omitempty"`
	Resize      bool          `json:"resize_keyboard,omitempty"`
	OneTime     bool          `json:"one_time_keyboard,omitempty"`
	Placeholder string        `json:"input_field_placeholder,omitempty"`
	Selective   bool          `json:"selective,omitempty"`
}

// KeyButton is a key that sends its text.
type KeyButton struct {
	Text            string `json:"text"`
	RequestContact  bool   `json:"request_contact,omitempty"`
	RequestLocation bool   `json:"request_location,omitempty"`
}

// UnmarshalJSON takes a bare string for a key, as Telegram does.
func (b *KeyButton) UnmarshalJSON(data []byte) error {
	type plain KeyButton
	var into any = (*plain)(b)
	if bytes.HasPrefix(data, []byte{'"'}) {
		into = &b.Text
	}
	if err := json.Unmarshal(data, into); err != nil {
		return fmt.Errorf("key: %w", err)
	}
	return nil
}

// ForceReply opens an answer to the bot's message in the person's client.
type ForceReply struct {
	Placeholder string `json:"input_field_placeholder,omitempty"`
	Selective   bool   `json:"selective,omitempty"`
}

// markup is the reply_markup of a call; at most one of its parts is set.
type markup struct {
	inline   *InlineKeyboard
	keyboard *ReplyKeyboard
	force    *ForceReply
	remove   bool // the reply keyboard goes
	some     bool // only those whom the message addresses see it
}

func parseMarkup(raw string) (markup, *apiError) {
	if raw == "" {
		return markup{}, nil
	}
	var keys map[string]json.RawMessage
	if err := json.Unmarshal([]byte(raw), &keys); err != nil || keys == nil {
		return markup{}, badRequest("object expected as reply markup")
	}
	var m markup
	switch {
	case keys["inline_keyboard"] != nil:
		m.inline = &InlineKeyboard{}
		if err := json.Unmarshal([]byte(raw), m.inline); err != nil {
			return m, badRequest("can't parse inline keyboard button: %v", err)
		}
		return m, m.inline.check()
	case keys["keyboard"] != nil:
		m.keyboard = &ReplyKeyboard{}
		if err := json.Unmarshal([]byte(raw), m.keyboard); err != nil {
			return m, badRequest("can't parse keyboard button: %v", err)
		}
		m.some = m.keyboard.Selective
		return m, m.keyboard.check()
	case keys["remove_keyboard"] != nil:
		m.remove, m.some = true, string(keys["selective"]) == "true"
	case keys["force_reply"] != nil:
		m.force = &ForceReply{}
		if err := json.Unmarshal([]byte(raw), m.force); err != nil {
			return m, badRequest("can't parse force reply: %v", err)
		}
		m.some = m.force.Selective
	default:
		return m, badRequest("object expected as reply markup")
	}
	return m, nil
}

// forInput tells whether m is for the person's input field. A message that
// came with such a markup is never edited.
func (m markup) forInput() bool { return m.keyboard != nil || m.force != nil || m.remove }

func (k *InlineKeyboard) check() *apiError {
	n := 0
	for _, row := range k.Rows {
		for i := range row {
			if err := row[i].check(); err != nil {
				return err
			}
		}
		n += len(row)
		if len(row) > 8 {
			return badRequest("REPLY_MARKUP_ROW_TOO_LONG")
		}
	}
	if n > 100 {
		return badRequest("reply markup is too long")
	}
	if n == 0 {
		k.Rows = nil
	}
	return nil
}

func (b *InlineButton) check() *apiError {
	if strings.TrimSpace(b.Text) == "" || !utf8.ValidString(b.Text) {
		return badRequest("inline keyboard button text must be non-empty")
	}
	switch acts := b.acts(); {
	case acts == 0:
		return badRequest("can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard")
	case len(b.CallbackData) > 64:
		return badRequest("BUTTON_DATA_INVALID")
	case b.URL != "" && !validLink(b.URL):
		return badRequest("inline keyboard button URL '%s' is invalid: Wrong HTTP URL", b.URL)
	case b.CopyText != nil && (b.CopyText.Text == "" || utf16Len(b.CopyText.Text) > 256):
		return badRequest("BUTTON_COPY_TEXT_INVALID")
	case acts > 1:
		return badRequest("BUTTON_TYPE_INVALID")
	}
	return nil
}

// acts counts what the button would do when pressed.
func (b *InlineButton) acts() int {
	n := 0
	for _, set := range []bool{
		b.CallbackData != "", b.URL != "", b.CopyText != nil, b.WebApp != nil, b.LoginURL != nil,
		b.SwitchInline != nil, b.SwitchInlineHere != nil, b.SwitchInlineThere != nil,
	} {
		if set {
			n++
		}
	}
	return n
}

func (k *ReplyKeyboard) check() *apiError {
	for _, row := range k.Keyboard {
		for _, b := range row {
			if strings.TrimSpace(b.Text) == "" {
				return badRequest("keyboard button text must be non-empty")
			}
		}
	}
	return nil
}

// has tells whether a button of k carries data.
func (k *InlineKeyboard) has(data string) bool {
	if k == nil {
		return false
	}
	for _, row := range k.Rows {
		for _, b := range row {
			if b.CallbackData != "" && b.CallbackData == data {
				return true
			}
		}
	}
	return false
}
