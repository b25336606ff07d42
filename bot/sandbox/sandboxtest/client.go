// Package sandboxtest talks to a bot as people do, in tests: say something,
// expect an answer, click its button. Waits end with the event waited for; a
// wait of ten seconds of real time fails the test and shows the chat.
package sandboxtest

import (
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"paogai/bot/sandbox"
)

// patience is how long an answer may take.
const patience = 10 * time.Second

// Client watches all chats of a server for one test.
type Client struct {
	t      testing.TB
	server *sandbox.Server

	mu      sync.Mutex
	changed chan struct{} // closed and made anew with every event
	chats   map[int64]*unseen
	toasts  map[int64][]sandbox.Event
}

// unseen is what the bot did in a chat and nobody expected yet.
type unseen struct {
	messages []sandbox.Message
	edits    []sandbox.Message
}

// Open watches a server until the test ends.
func Open(t testing.TB, server *sandbox.Server) *Client {
	t.Helper()
	c := &Client{
		t: t, server: server, changed: make(chan struct{}),
		chats: map[int64]*unseen{}, toasts: map[int64][]sandbox.Event{},
	}
	t.Cleanup(server.Watch(c.event))
	return c
}

func (c *Client) event(e sandbox.Event) {
	c.mu.Lock()
	defer c.mu.Unlock()
	chat := c.chats[e.Chat]
	if chat == nil {
		chat = &unseen{}
		c.chats[e.Chat] = chat
	}
	switch {
	case e.Type == "toast":
		c.toasts[e.Person] = append(c.toasts[e.Person], e)
	case e.Message == nil || e.Message.From == nil || !e.Message.From.IsBot || e.Message.PinnedMessage != nil:
	case e.Type == "message":
		chat.messages = append(chat.messages, *e.Message)
	case e.Type == "edit":
		chat.edits = append(chat.edits, *e.Message)
		for i := range chat.messages { // what was not looked at yet is seen as it is now
			if chat.messages[i].MessageID == e.Message.MessageID {
				chat.messages[i] = *e.Message
			}
		}
	}
	close(c.changed)
	c.changed = make(chan struct{})
}

// wait tries until it succeeds or patience is over.
func (c *Client) wait(try func() bool) bool {
	limit := time.NewTimer(patience)
	defer limit.Stop()
	for {
		c.mu.Lock()
		done, changed := try(), c.changed
		c.mu.Unlock()
		if done {
			return true
		}
		select {
		case <-changed:
		case <-limit.C:
			return false
		}
	}
}

// NoMore waits until the bot has confirmed every update and fails for every
// message of the bot that nobody expected, in any chat.
func (c *Client) NoMore() {
	c.t.Helper()
	if !c.wait(func() bool { return c.server.Pending() == 0 }) {
		c.t.Errorf("the bot has not confirmed %d updates", c.server.Pending())
	}
	c.sync()
	c.mu.Lock()
	defer c.mu.Unlock()
	for id, chat := range c.chats {
		for _, m := range chat.messages {
			c.t.Errorf("unexpected message in chat %d: %s", id, m.Body())
		}
		chat.messages = nil
	}
}

// sync waits until the watcher has seen all that happened so far.
func (c *Client) sync() {
	seen := make(chan struct{})
	var once sync.Once
	stop := c.server.Watch(func(sandbox.Event) { once.Do(func() { close(seen) }) })
	defer stop()
	c.server.Changed()
	<-seen
}

// Transcript is a chat as text, for a failing test.
func (c *Client) Transcript(chat int64) string {
	var b strings.Builder
	for _, m := range c.server.History(chat) {
		who := "bot"
		if m.Out && m.From != nil {
			who = m.From.FirstName
		}
		fmt.Fprintf(&b, "%4d %s: %s", m.MessageID, who, strings.ReplaceAll(m.Body(), "\n", "\n       "))
		switch {
		case m.Document != nil:
			fmt.Fprintf(&b, " [%s]", m.Document.FileName)
		case m.Photo != nil:
			b.WriteString(" [photo]")
		}
		for _, label := range labels(m) {
			fmt.Fprintf(&b, " (%s)", label)
		}
		b.WriteByte('\n')
	}
	return b.String()
}

func labels(m sandbox.Message) []string {
	var list []string
	if m.ReplyMarkup != nil {
		for _, b := range slices.Concat(m.ReplyMarkup.Rows...) {
			list = append(list, b.Text)
		}
	}
	return list
}

// contains tells whether text has every fragment.
func contains(text string, fragments []string) bool {
	for _, f := range fragments {
		if !strings.Contains(text, f) {
			return false
		}
	}
	return true
}
