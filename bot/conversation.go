package bot

import (
	"context"
	"encoding/json"
	"fmt"
	"strconv"

	"paogai/store"
)

// Conversation is where one person's dialog in one chat stands. It is saved
// after a turn that changed it, once the turn's answers are out, so that a
// kill at any moment leaves either the step before (and the update is handled
// again) or the step after.
//
// The router hands it to handlers as Turn.Talk; they change it by Begin, Move,
// Keep and End and by nothing else.
type Conversation struct {
	// Flow is the dialog, "" if there is none; Step is the question that waits
	// for an answer.
	Flow string `json:"flow,omitempty"`
	Step string `json:"step,omitempty"`
	// Data is what the dialog has gathered: the flow's own JSON.
	Data json.RawMessage `json:"data,omitempty"`
	// LastUpdate is the update that changed it last. One that comes again
	// after a restart and is not past it has been applied.
	LastUpdate int64 `json:"last_update"`
	// Revision tells the buttons of this step from those of earlier ones: it
	// is the update that began the step, and so it is the same if that update
	// has to be handled again.
	Revision int64 `json:"revision,omitempty"`

	update  int64
	changed bool
}

// Active tells whether a dialog is going on.
func (c *Conversation) Active() bool { return c.Flow != "" }

// Begin starts a dialog, leaving the one that was going on.
func (c *Conversation) Begin(flow, step string, data any) error {
	c.Flow = flow
	return c.Move(step, data)
}

// Move goes to a step, also to the same one again: buttons of earlier cards
// become old.
func (c *Conversation) Move(step string, data any) error {
	c.Step, c.Revision = step, c.update
	return c.Keep(data)
}

// Keep replaces the data within the step: buttons that are out stay good.
func (c *Conversation) Keep(data any) error {
	raw, err := json.Marshal(data)
	if err != nil {
		return fmt.Errorf("keep step %s of %s: %w", c.Step, c.Flow, err)
	}
	c.Data, c.changed = raw, true
	return nil
}

// End leaves the dialog.
func (c *Conversation) End() {
	if !c.Active() {
		return
	}
	c.Flow, c.Step, c.Data, c.Revision, c.changed = "", "", nil, c.update, true
}

// Load reads the data into the flow's own type.
func (c *Conversation) Load(into any) error {
	if err := json.Unmarshal(c.Data, into); err != nil {
		return fmt.Errorf("load step %s of %s: %w", c.Step, c.Flow, err)
	}
	return nil
}

// talkKey names a conversation among the drafts.
func talkKey(chat, person int64) string {
	return "talk:" + strconv.FormatInt(chat, 10) + ":" + strconv.FormatInt(person, 10)
}

// loadTalk reads a conversation for a turn on the given update. One that
// cannot be read is given up: a person can begin again, a dialog that fails
// at every word cannot be left.
func loadTalk(ctx context.Context, drafts store.Drafts, key string, update int64) (*Conversation, error) {
	c := &Conversation{}
	data, err := drafts.LoadDraft(ctx, key)
	if err != nil {
		return nil, fmt.Errorf("load conversation %s: %w", key, err)
	}
	if data != nil {
		if json.Unmarshal(data, c) != nil {
			c = &Conversation{}
		}
	}
	c.update = update
	return c, nil
}

// saveTalk writes the conversation if the turn changed it. One that ended is
// kept as well: its LastUpdate guards the update that ended it.
func saveTalk(ctx context.Context, drafts store.Drafts, key string, c *Conversation) error {
	if !c.changed {
		return nil
	}
	c.LastUpdate = c.update
	data, err := json.Marshal(c)
	if err != nil {
		return fmt.Errorf("save conversation %s: %w", key, err)
	}
	if err := drafts.SaveDraft(ctx, key, data); err != nil {
		return fmt.Errorf("save conversation %s: %w", key, err)
	}
	c.changed = false
	return nil
}
