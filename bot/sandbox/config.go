package sandbox

import (
	"context"
	"errors"
	"strconv"
	"strings"
	"time"
)

// Config says what server to make. Token, BotUsername and Now are required.
type Config struct {
	Token       string // "<bot id>:<secret>"
	BotName     string // shown on the page
	BotUsername string // without @
	Title       string // of the page

	Now      func() time.Time // stamps messages
	LimitNow func() time.Time // measures limits and ages of updates and callbacks; nil: Now

	Dir string // log and files are kept here; "": in memory only

	Limits bool // answer 429 as Telegram would
	Faults Faults
	Host   Host // may be nil

	// OnRefusal, if set, is told of every refused call. It runs on the
	// request's goroutine and must not call the server.
	OnRefusal func(method, description string)

	// WebhookRetry is the first pause after a failed delivery; it doubles up
	// to a minute. 0 is one second.
	WebhookRetry time.Duration
}

// Faults are the troubles of a network, as probabilities from 0 to 1 for one
// call. The same seed gives the same sequence of draws.
type Faults struct {
	Seed        uint64
	ServerError float64 // 502 before any work
	Drop        float64 // the connection closed before any work
	LoseAnswer  float64 // the work done, the connection closed without an answer
	TooMany     float64 // 429 before any work, retry_after 1
	Repeat      float64 // getUpdates forgets the confirmation and repeats updates
	DoubleTap   float64 // a tap comes twice, the second under a new update_id
}

// Host is the program round the chat: what the page shows beside it.
type Host interface {
	Clock() ClockView
	// Step does an action; arg is YYYY-MM-DD for an action of kind date. An
	// error's text is shown to the person.
	Step(ctx context.Context, action, arg string) error
	Panel(ctx context.Context, tab string) (Panel, error)
}

// ClockView is the clock at the top of the page.
type ClockView struct {
	Now     time.Time `json:"now"`
	Note    string    `json:"note"`
	Busy    bool      `json:"busy"`
	Actions []Action  `json:"actions"`
}

// Action is a button beside the clock; Kind is button or date.
type Action struct {
	ID    string `json:"id"`
	Label string `json:"label"`
	Kind  string `json:"kind"`
}

// Panel is the table at the right of the page.
type Panel struct {
	Title   string   `json:"title"`
	Note    string   `json:"note"`
	Tabs    []Tab    `json:"tabs"`
	Active  string   `json:"active"`
	Columns []Column `json:"columns"`
	Rows    []Row    `json:"rows"`
}

// Tab is one of the tables to choose from.
type Tab struct {
	ID    string `json:"id"`
	Label string `json:"label"`
}

// Column heads a column; Align is left, right or center.
type Column struct {
	Label string `json:"label"`
	Align string `json:"align"`
}

// Row is one line; Key stays the same when the row moves. Tone is empty, good,
// warn or bad.
type Row struct {
	Key   string   `json:"key"`
	Cells []string `json:"cells"`
	Tone  string   `json:"tone"`
}

// check fills the defaults of c and returns the bot's user.
func (c *Config) check() (User, error) {
	id, secret, ok := strings.Cut(c.Token, ":")
	n, err := strconv.ParseInt(id, 10, 64)
	if !ok || err != nil || n <= 0 || secret == "" {
		return User{}, errors.New("sandbox: the token must be <bot id>:<secret>")
	}
	if c.BotUsername == "" || c.Now == nil {
		return User{}, errors.New("sandbox: BotUsername and Now are required")
	}
	if c.LimitNow == nil {
		c.LimitNow = c.Now
	}
	if c.WebhookRetry == 0 {
		c.WebhookRetry = time.Second
	}
	if c.BotName == "" {
		c.BotName = c.BotUsername
	}
	return User{ID: n, IsBot: true, FirstName: c.BotName, Username: c.BotUsername}, nil
}
