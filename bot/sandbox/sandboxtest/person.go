package sandboxtest

import (
	"slices"
	"strings"

	"paogai/bot/sandbox"
)

// Person is somebody in one chat: the private chat with the bot, or a group.
type Person struct {
	c        *Client
	id, chat int64
}

// Person returns a person of the server in their private chat.
func (c *Client) Person(id int64) *Person {
	return &Person{c: c, id: id, chat: id}
}

// In returns the same person in a group.
func (p *Person) In(group int64) *Person {
	return &Person{c: p.c, id: p.id, chat: group}
}

// ID is the person's Telegram id.
func (p *Person) ID() int64 { return p.id }

func (p *Person) send(out sandbox.Outgoing) []sandbox.Message {
	p.c.t.Helper()
	sent, err := p.c.server.Send(p.id, p.chat, out)
	if err != nil {
		p.c.t.Fatalf("%d could not send: %v", p.id, err)
	}
	return sent
}

// Says sends a text and returns its (first) message.
func (p *Person) Says(text string) sandbox.Message {
	p.c.t.Helper()
	return p.send(sandbox.Outgoing{Text: text})[0]
}

// Replies sends a text that answers a message.
func (p *Person) Replies(to sandbox.Message, text string) sandbox.Message {
	p.c.t.Helper()
	return p.send(sandbox.Outgoing{Text: text, ReplyTo: to.MessageID})[0]
}

// Sends sends anything.
func (p *Person) Sends(out sandbox.Outgoing) []sandbox.Message {
	p.c.t.Helper()
	return p.send(out)
}

// Starts opens the bot's link with a payload.
func (p *Person) Starts(payload string) {
	p.c.t.Helper()
	if _, err := p.c.server.Start(p.id, payload); err != nil {
		p.c.t.Fatalf("%d could not start the bot: %v", p.id, err)
	}
}

// Edits changes the text of a message that the person sent.
func (p *Person) Edits(m sandbox.Message, text string) {
	p.c.t.Helper()
	if err := p.c.server.Edit(p.id, p.chat, m.MessageID, text); err != nil {
		p.c.t.Fatalf("%d could not edit: %v", p.id, err)
	}
}

// SendsDocument sends a file.
func (p *Person) SendsDocument(name string, data []byte) sandbox.Message {
	p.c.t.Helper()
	return p.send(sandbox.Outgoing{Files: []sandbox.Upload{{Name: name, Data: data}}})[0]
}

// SendsPhotos sends pictures, an album when there are several.
func (p *Person) SendsPhotos(pictures ...[]byte) []sandbox.Message {
	p.c.t.Helper()
	var out sandbox.Outgoing
	for _, data := range pictures {
		out.Files = append(out.Files, sandbox.Upload{Name: "photo.jpg", Data: data, Photo: true})
	}
	return p.send(out)
}

// ExpectMessage waits for a message of the bot in the chat that nobody
// expected yet and that has all fragments, and returns it as it stands.
func (p *Person) ExpectMessage(fragments ...string) sandbox.Message {
	p.c.t.Helper()
	var found sandbox.Message
	if !p.c.wait(func() bool {
		chat := p.c.chats[p.chat]
		if chat == nil {
			return false
		}
		i := slices.IndexFunc(chat.messages, func(m sandbox.Message) bool { return contains(m.Body(), fragments) })
		if i < 0 {
			return false
		}
		found = chat.messages[i]
		chat.messages = slices.Delete(chat.messages, i, i+1)
		return true
	}) {
		p.fail("message", fragments)
	}
	return found
}

// ExpectEdit waits until the bot has made of message m one with all
// fragments, in the text or on a button, and returns it.
func (p *Person) ExpectEdit(m sandbox.Message, fragments ...string) sandbox.Message {
	p.c.t.Helper()
	var found sandbox.Message
	if !p.c.wait(func() bool {
		chat := p.c.chats[p.chat]
		if chat == nil {
			return false
		}
		i := slices.IndexFunc(chat.edits, func(e sandbox.Message) bool {
			text := e.Body() + "\n" + strings.Join(labels(e), "\n")
			return e.MessageID == m.MessageID && contains(text, fragments)
		})
		if i < 0 {
			return false
		}
		found = chat.edits[i]
		chat.edits = slices.Delete(chat.edits, i, i+1)
		return true
	}) {
		p.fail("edit", fragments)
	}
	return found
}

// ExpectToast waits for the answer to a button that the person pressed.
func (p *Person) ExpectToast(fragments ...string) string {
	p.c.t.Helper()
	var found string
	if !p.c.wait(func() bool {
		list := p.c.toasts[p.id]
		i := slices.IndexFunc(list, func(e sandbox.Event) bool { return contains(e.Text, fragments) })
		if i < 0 {
			return false
		}
		found = list[i].Text
		p.c.toasts[p.id] = slices.Delete(list, i, i+1)
		return true
	}) {
		p.fail("toast", fragments)
	}
	return found
}

// Click presses the button of m whose label has the fragment, as m stands in
// the chat now, and returns the id of the callback.
func (p *Person) Click(m sandbox.Message, label string) string {
	p.c.t.Helper()
	for _, now := range p.History() {
		if now.MessageID == m.MessageID {
			return p.press(now, label)
		}
	}
	p.c.t.Fatalf("message %d is gone\n%s", m.MessageID, p.c.Transcript(p.chat))
	return ""
}

// ClickLast presses a button of the last message that has any.
func (p *Person) ClickLast(label string) string {
	p.c.t.Helper()
	for _, m := range slices.Backward(p.History()) {
		if len(labels(m)) > 0 {
			return p.press(m, label)
		}
	}
	p.c.t.Fatalf("no message has buttons\n%s", p.c.Transcript(p.chat))
	return ""
}

func (p *Person) press(m sandbox.Message, label string) string {
	p.c.t.Helper()
	if m.ReplyMarkup != nil {
		for _, b := range slices.Concat(m.ReplyMarkup.Rows...) {
			if b.CallbackData == "" || !strings.Contains(b.Text, label) {
				continue
			}
			id, err := p.c.server.Press(p.id, p.chat, m.MessageID, b.CallbackData)
			if err != nil {
				p.c.t.Fatalf("%d could not press %q: %v", p.id, b.Text, err)
			}
			return id
		}
	}
	p.c.t.Fatalf("no button %q on message %d\n%s", label, m.MessageID, p.c.Transcript(p.chat))
	return ""
}

// PressData presses a button by its data, as a stale screen would.
func (p *Person) PressData(m sandbox.Message, data string) error {
	_, err := p.c.server.Press(p.id, p.chat, m.MessageID, data)
	return err
}

// History is the chat's messages as they stand.
func (p *Person) History() []sandbox.Message { return p.c.server.History(p.chat) }

// NoMore is Client.NoMore.
func (p *Person) NoMore() {
	p.c.t.Helper()
	p.c.NoMore()
}

func (p *Person) fail(what string, fragments []string) {
	p.c.t.Helper()
	p.c.t.Fatalf("no %s with %q for %d in chat %d\n%s", what, fragments, p.id, p.chat, p.c.Transcript(p.chat))
}
