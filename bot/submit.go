package bot

import (
	"context"

	"paogai/bot/text"
	"paogai/scoring"
	"paogai/store"
)

// The guided submission: pick the node, write what was done, send evidence,
// look at the whole, confirm. Each step can be gone back to, and from the look
// at the whole each can be changed alone.
const (
	flowSubmit   = "submit"
	stepPick     = "pick"
	stepNote     = "note"
	stepEvidence = "evidence"
	stepPreview  = "preview"
)

// submitting is what the dialog has gathered.
type submitting struct {
	Node     scoring.Node     `json:"node"`
	Note     string           `json:"note,omitempty"`
	Evidence []store.Evidence `json:"evidence,omitempty"`
	// Change is set while one step is gone back to from the preview, which
	// then comes next.
	Change bool `json:"change,omitempty"`
	// TooLong is the message of a note that was refused for its length.
	TooLong int `json:"too_long,omitempty"`
}

func (s submitting) picked() bool { return s.Node.Task != "" }

func loadSubmitting(t *Turn) (submitting, error) {
	var s submitting
	err := t.Talk.Load(&s)
	return s, err
}

// submit begins at the list of nodes, or goes on with what was begun.
func (f *front) submit(ctx context.Context, t *Turn) error {
	if t.Who.Role != store.Liaison {
		return f.refuseRole(ctx, t)
	}
	switch goesOn := t.Talk.Flow == flowSubmit; {
	case goesOn && t.Kind == KindTap:
		return f.resumeSubmit(ctx, t)
	case goesOn && (t.Args == "" || t.Talk.Step != stepPick):
		return nil // the router shows the step again
	case !goesOn:
		if err := t.Talk.Begin(flowSubmit, stepPick, submitting{}); err != nil {
			return err
		}
	}
	if t.Args != "" {
		t.Text = t.Args
		return f.pickWritten(ctx, t)
	}
	return f.askNode(ctx, t)
}

// submitNode begins at a node that was tapped, in a reminder or a list. What
// was begun for another node and holds something is not thrown away.
func (f *front) submitNode(ctx context.Context, t *Turn) error {
	if t.Who.Role != store.Liaison {
		return f.refuseRole(ctx, t)
	}
	milestone, _ := t.Tap.Action.Int(1)
	node := scoring.Node{Task: t.Tap.Action.Arg(0), Milestone: milestone}
	data := submitting{}
	if t.Talk.Flow == flowSubmit {
		var err error
		if data, err = loadSubmitting(t); err != nil {
			return err
		}
		if data.picked() && (data.Node == node || data.Note != "" || len(data.Evidence) > 0) {
			if data.Node != node {
				words := text.Plain("submit.unfinished", text.A{"task": data.Node.Task})
				if err := t.Toast(ctx, words, true); err != nil {
					return err
				}
			}
			return f.resumeSubmit(ctx, t)
		}
	}
	closed, no := Card{}, false
	f.look(t.Now, func(v view) { closed, no = v.cannotFile(t.Who.Unit, node) })
	if no {
		_, err := t.Say(ctx, closed)
		return err
	}
	if err := t.Talk.Begin(flowSubmit, stepNote, submitting{Node: node}); err != nil {
		return err
	}
	return f.askNote(ctx, t)
}

// resumeSubmit shows the present step again.
func (f *front) resumeSubmit(ctx context.Context, t *Turn) error {
	switch t.Talk.Step {
	case stepNote:
		return f.askNote(ctx, t)
	case stepEvidence:
		return f.askEvidence(ctx, t)
	case stepPreview:
		return f.askPreview(ctx, t)
	}
	if t.Kind == KindCommand && t.Command != "submit" {
		return f.askNodeAgain(ctx, t)
	}
	return f.askNode(ctx, t)
}

// moveSubmit goes to a step and shows it; from a change it goes to the preview.
func (f *front) moveSubmit(ctx context.Context, t *Turn, step string, data submitting) error {
	if data.Change && data.Note != "" && len(data.Evidence) > 0 {
		step = stepPreview
	}
	if step == stepPreview {
		data.Change = false
	}
	if err := t.Talk.Move(step, data); err != nil {
		return err
	}
	return f.resumeSubmit(ctx, t)
}

// submitBack goes one step back, or from a change to the preview.
func (f *front) submitBack(ctx context.Context, t *Turn) error {
	data, err := loadSubmitting(t)
	if err != nil {
		return err
	}
	step := stepPick
	switch t.Talk.Step {
	case stepEvidence:
		step = stepNote
	case stepPreview:
		step = stepEvidence
	}
	return f.moveSubmit(ctx, t, step, data)
}

// submitChange goes from the preview to the step that is to be changed.
func (f *front) submitChange(ctx context.Context, t *Turn) error {
	data, err := loadSubmitting(t)
	if err != nil {
		return err
	}
	step := t.Tap.Action.Arg(0)
	if step != stepPick && step != stepNote && step != stepEvidence {
		return f.stale(ctx, t)
	}
	data.Change = true
	if err := t.Talk.Move(step, data); err != nil {
		return err
	}
	return f.resumeSubmit(ctx, t)
}

func backButton(t *Turn, verb string) Button {
	return Button{Label: text.Plain("button.back"), Data: t.Action(verb)}
}

func cancelButton(t *Turn) Button {
	return Button{Label: text.Plain("button.cancel"), Data: t.Action("cancel")}
}
