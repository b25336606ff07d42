package sandbox

import "fmt"

// op is one change of the state. It holds what came out, not what was asked,
// so that applying a log again gives the same state. Wall is the limit clock
// in Unix milliseconds: ages of updates and callbacks are measured by it.
type op struct {
	Kind     opKind         `json:"op"`
	Wall     int64          `json:"wall,omitempty"`
	Chat     int64          `json:"chat,omitempty"`
	From     int64          `json:"from,omitempty"`
	To       int64          `json:"to,omitempty"`
	ID       int64          `json:"id,omitempty"`
	IDs      []int          `json:"ids,omitempty"`
	On       bool           `json:"on,omitempty"`
	Data     string         `json:"data,omitempty"`
	Text     string         `json:"text,omitempty"`
	Names    []string       `json:"names,omitempty"`
	Person   *Person        `json:"person,omitempty"`
	Group    *Group         `json:"group,omitempty"`
	Message  *Message       `json:"message,omitempty"`
	Keyboard *ReplyKeyboard `json:"keyboard,omitempty"`
	Force    *ForceReply    `json:"force,omitempty"`
	File     *file          `json:"file,omitempty"`
	Webhook  *webhook       `json:"webhook,omitempty"`
	Commands *commandSet    `json:"commands,omitempty"`
}

// opKind names an op in the log.
type opKind string

const (
	opPerson   opKind = "person"   // Person added or changed
	opGroup    opKind = "group"    // Group added or changed
	opMessage  opKind = "message"  // Message sent; Keyboard, Force or On (neither) for the input field of From (0: all)
	opEdit     opKind = "edit"     // Message replaced; On: a person did it
	opDelete   opKind = "delete"   // IDs of Chat gone
	opPin      opKind = "pin"      // IDs[0] of Chat pinned if On, else unpinned; no IDs: all
	opFile     opKind = "file"     // File known
	opBlock    opKind = "block"    // From stopped the bot if On, else restarted it; ID is the date
	opMember   opKind = "member"   // the bot was added to Chat by From if On, else removed; ID is the date
	opMigrate  opKind = "migrate"  // Chat became the supergroup To
	opPress    opKind = "press"    // From pressed Data at IDs[0] of Chat at the date ID; Text is the callback's id
	opAnswer   opKind = "answer"   // From's callback Text in Chat answered with Data, as an alert if On
	opConfirm  opKind = "confirm"  // updates below ID are settled
	opSettle   opKind = "settle"   // update ID was delivered to the webhook
	opAllowed  opKind = "allowed"  // Names of the updates wanted; none: the default
	opWebhook  opKind = "webhook"  // Webhook set; nil: removed
	opCommands opKind = "commands" // Commands set; an empty list removes
	opSeen     opKind = "seen"     // Chat was read on the page
)

// apply is the only function that changes the state.
func (st *state) apply(o *op) error {
	switch o.Kind {
	case opPerson:
		st.addPerson(*o.Person)
	case opGroup:
		st.addGroup(*o.Group)
	case opFile:
		st.files[o.File.ID] = o.File
		st.paths[o.File.Path] = o.File
		st.lastFile = max(st.lastFile, o.File.N)
	case opConfirm:
		st.updates.confirm(o.ID)
		st.idle()
	case opSettle:
		st.updates.settle(o.ID)
		st.idle()
	case opAllowed:
		st.allow(o.Names)
	case opWebhook:
		st.setWebhook(o.Webhook)
	case opCommands:
		st.setCommands(o.Commands)
		st.emit(Event{Type: "menu"})
	case opAnswer:
		delete(st.callbacks, o.Text)
		st.emit(Event{Type: "toast", Person: o.From, Chat: o.Chat, Text: o.Data, Alert: o.On, Callback: o.Text})
	default:
		return st.applyInChat(o)
	}
	return nil
}

// applyInChat applies the ops that concern one chat.
func (st *state) applyInChat(o *op) error {
	if o.Message != nil {
		o.Chat = o.Message.Chat.ID
	}
	c := st.chats[o.Chat]
	if c == nil {
		return fmt.Errorf("op %q: no chat %d", o.Kind, o.Chat)
	}
	switch o.Kind {
	case opMessage:
		st.addMessage(c, o)
	case opEdit:
		st.replaceMessage(c, o)
	case opDelete:
		c.remove(o.IDs)
		for _, id := range o.IDs {
			st.emit(Event{Type: "delete", Chat: c.id, MessageID: id})
		}
	case opPin:
		c.pin(o)
		st.emit(Event{Type: "pin", Chat: c.id, MessageID: c.shownPin()})
	case opBlock:
		st.block(c, o)
	case opMember:
		st.botMembership(c, o)
	case opMigrate:
		st.migrate(c, o.To)
	case opPress:
		st.press(c, o)
	case opSeen:
		c.unread = 0
		st.emit(Event{Type: "unread", Chat: c.id})
	default:
		return fmt.Errorf("unknown op %q", o.Kind)
	}
	return nil
}
