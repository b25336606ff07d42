package bot

import "paogai/bot/text"

// Card is one thing to show in a chat. Its text may be of any length: what is
// over Telegram's limits goes into further messages, cut between items, with
// the buttons under the last.
type Card struct {
	// HTML is the text, in Telegram's HTML: made by package text only.
	HTML text.HTML
	// Buttons stand under the text, row by row.
	Buttons [][]Button
	// Photo is shown above the text, which becomes its caption if it is short
	// enough and follows as a message of its own otherwise.
	Photo *Media
	// Documents are sent before the text: one file alone, more as albums of ten.
	Documents []Media
	// Keyboard replaces the keys under the input line (reply keyboard), row by
	// row. Only without Buttons.
	Keyboard [][]string
	// Ask opens the input line as an answer to this message, with these words
	// in it while it is empty: in a group that is how the answer reaches us.
	// Only without Buttons and Keyboard.
	Ask string
	// Quiet sends without a sound.
	Quiet bool
}

// Button is a key under a message: it opens URL if there is one, and else
// comes back to us as a tap with Data.
type Button struct {
	Label string
	Data  Action
	URL   string
}

// Media is a file to show: known to Telegram by FileID, to the archive by
// SHA256, or given as Bytes. If several are set, the first that works in that
// order is used.
type Media struct {
	FileID string
	SHA256 string
	Bytes  []byte
	// Name is the file's name, as the reader will see it.
	Name string
	// Picture shows a file of the archive or of Bytes as a picture, and tells
	// of which kind FileID is: Telegram does not mix the two.
	Picture bool
	// Caption is plain text under the file, at most 200 characters of it.
	Caption string
}

// Row is a row of buttons.
func Row(b ...Button) []Button { return b }
