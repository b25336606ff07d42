package bot

import (
	"context"
	"strconv"
	"time"

	"paogai/store"
)

// Kind is what an update is to us.
type Kind string

// The kinds of turns.
const (
	KindCommand Kind = "command" // Command and Args
	KindText    Kind = "text"    // Text
	KindFiles   Kind = "files"   // Files, Text being the caption
	KindTap     Kind = "tap"     // Tap
	KindEdited  Kind = "edited"  // Text: a message that was changed afterwards
	KindOther   Kind = "other"   // What: sticker, voice, location, …
	KindAdded   Kind = "added"   // the bot was put into the group
)

// Turn is one update that a person caused, and everything that a handler needs
// to answer it. It belongs to one goroutine and ends with the handler.
type Turn struct {
	// Now is frozen for the turn, in the zone that Options.Now gives.
	Now time.Time
	// Update is Telegram's number of the update, the last one of an album.
	Update int64
	// Cause keys the act in the journal: the same tap on the same card, or the
	// same message, comes to the same cause however often it is delivered.
	Cause string

	Person   int64
	Name     string // as Telegram shows it
	Username string // without @, may be empty
	Chat     int64
	Title    string // of a group
	Private  bool

	Kind    Kind
	Command string // the first name of the route, whatever was typed
	Args    string // what follows the command, trimmed
	Text    string // what was written, also beside files
	What    string // the sort of a KindOther
	Files   []Incoming
	Tap     *Tap
	// Message is the message it came with (the first of an album), or the one
	// whose button was tapped.
	Message int
	// ReplyTo is the message that this one answers, 0 if none.
	ReplyTo int

	// Who is the person in the record; Known is false before joining.
	Who   store.Person
	Known bool
	// Talk is the person's conversation in this chat.
	Talk *Conversation

	bot      *Bot
	answered bool
}

// Tap is a button that was pressed.
type Tap struct {
	ID     string // the callback query
	Data   string
	Action Action
	// Old tells that the message is too old for Telegram to show us.
	Old bool
}

// Incoming is a file that somebody sent.
type Incoming struct {
	FileID    string
	Name      string // "" if Telegram gives none (photos)
	MediaType string // as the sender's device claims
	Size      int64  // bytes, 0 if unknown
	What      string // photo, document, video, audio, animation
}

// Handler answers a turn. An error that Routes.Explain knows becomes its
// sentence; any other is logged and apologised for.
type Handler func(ctx context.Context, t *Turn) error

// Action makes a button of the present step: it is old once the conversation
// has moved on.
func (t *Turn) Action(verb string, args ...string) Action {
	return Action{Verb: verb, Args: args, Revision: t.Talk.Revision}
}

// Stamp is who acts, when and why, for the desk.
func (t *Turn) Stamp() store.Stamp {
	return store.Stamp{By: "tg:" + strconv.FormatInt(t.Person, 10), At: t.Now, Cause: t.Cause}
}

// Do lets the person act. A repeated turn gets the entry of the first time;
// for a second act in one turn use the desk with a Cause of its own.
func (t *Turn) Do(ctx context.Context, act store.Act) (store.Entry, error) {
	return t.bot.desk.Do(ctx, t.Stamp(), act) //nolint:wrapcheck // the refusal is the message
}

// Say shows a card in the turn's chat and returns the message that carries its
// text and buttons.
func (t *Turn) Say(ctx context.Context, c Card) (int, error) {
	return t.SayIn(ctx, t.Chat, c)
}

// SayIn shows a card in another chat.
func (t *Turn) SayIn(ctx context.Context, chat int64, c Card) (int, error) {
	ids, err := t.bot.out.show(ctx, chat, c)
	if err != nil {
		return 0, err
	}
	return ids[len(ids)-1], nil
}

// Edit turns a message of ours in the turn's chat into the card. A message
// that is gone is replaced by a new one. It returns the message that now
// carries the card.
func (t *Turn) Edit(ctx context.Context, message int, c Card) (int, error) {
	return t.EditIn(ctx, t.Chat, message, c)
}

// EditIn edits a message in another chat.
func (t *Turn) EditIn(ctx context.Context, chat int64, message int, c Card) (int, error) {
	return t.bot.out.edit(ctx, chat, message, c)
}

// Pin keeps a message of the turn's chat at its top, without a sound.
func (t *Turn) Pin(ctx context.Context, message int) error {
	return t.bot.out.pin(ctx, t.Chat, message)
}

// Toast answers a tap with a short text that fades, or with a box to be
// closed if alert is set. Only the first toast of a turn can be shown so: any
// other, and one of over 200 characters, becomes a message; without a tap too.
func (t *Turn) Toast(ctx context.Context, words string, alert bool) error {
	const longest = 200
	if t.Tap == nil || t.answered || len([]rune(words)) > longest {
		_, err := t.Say(ctx, Card{HTML: escape(words)})
		return err
	}
	t.answered = true
	return t.bot.out.answer(ctx, t.Tap.ID, words, alert)
}

// settle answers a tap that no handler answered, so that its button stops
// turning.
func (t *Turn) settle(ctx context.Context) error {
	if t.Tap == nil || t.answered {
		return nil
	}
	t.answered = true
	return t.bot.out.answer(ctx, t.Tap.ID, "", false)
}

// Fetch brings a file that somebody sent into the archive. Its errors are
// *EvidenceError (a refusal with a code), or faults.
func (t *Turn) Fetch(ctx context.Context, in Incoming) (store.Evidence, error) {
	return t.bot.fetch(ctx, in)
}

// Menu shows the person's commands under the chat's menu key: to be called
// when the role has changed.
func (t *Turn) Menu(ctx context.Context) error { return t.bot.menuFor(ctx, t.Person) }

// Desk is the desk of the campaign: handlers look at the record by its View.
func (t *Turn) Desk() *store.Desk { return t.bot.desk }
