package bot

import (
	"context"
	"strconv"
	"unicode/utf8"

	"paogai/bot/text"
	"paogai/scoring"
	"paogai/store"
)

// The dialog in which a clerk writes why a submission is returned.
const (
	flowReturn = "return"
	stepReason = "reason"
)

// returning is what the dialog has gathered.
type returning struct {
	Submission string `json:"submission"`
	Card       int    `json:"card,omitempty"` // the card that it was begun from
	List       int    `json:"list,omitempty"` // the list of reasons
	// TooLong is the message of a reason that was refused for its length.
	TooLong int `json:"too_long,omitempty"`
}

// reasons are the common ones, that stand on buttons.
func reasons() []string {
	return []string{
		text.Plain("review.reason.incomplete"), text.Plain("review.reason.mismatch"),
		text.Plain("review.reason.unreadable"), text.Plain("review.reason.unsealed"),
		text.Plain("review.reason.undated"), text.Plain("review.reason.note"),
	}
}

// returnAsk offers the reasons to the clerk who pressed, in a message of its
// own: the card stays as it is for the others.
func (f *front) returnAsk(ctx context.Context, t *Turn) error {
	id, card := t.Tap.Action.Arg(0), strconv.Itoa(t.Message)
	var c Card
	answered := false
	f.look(t.Now, func(v view) {
		s, ok := v.r.Submission(id)
		if !ok || s.State != scoring.Waiting || !v.r.May(t.Stamp().By, store.KindReturn, s.Unit) {
			return
		}
		answered = true
		rows := make([][]Button, 0, len(reasons())+2)
		for i, reason := range reasons() {
			rows = append(rows, Row(Button{Label: reason, Data: Do("return.why", id, card, strconv.Itoa(i))}))
		}
		rows = append(rows,
			Row(Button{Label: text.Plain("review.reason.other"), Data: Do("return.write", id, card)}),
			Row(Button{Label: text.Plain("button.cancel"), Data: Do("return.no", id)}))
		c = Card{
			HTML:    text.T("review.reasons", text.A{"submission": id, "unit": s.Unit, "task": s.Node.Task}),
			Buttons: rows,
		}
	})
	if !answered {
		return f.cannotReturn(ctx, t, id)
	}
	_, err := t.Say(ctx, c)
	return err
}

// cannotReturn says why a clerk cannot return a submission: it is decided, or
// not theirs to decide.
func (f *front) cannotReturn(ctx context.Context, t *Turn, id string) error {
	state, ok := f.stateOf(t, id)
	switch {
	case !ok || state != scoring.Waiting:
		if err := f.toastDecided(ctx, t, id); err != nil {
			return err
		}
		return f.refreshTapped(ctx, t, id)
	case t.Who.Role != store.Office:
		return f.refuseRole(ctx, t)
	}
	return t.Toast(ctx, text.Plain("review.own"), true)
}

// returnNo closes the list of reasons.
func (f *front) returnNo(ctx context.Context, t *Turn) error {
	_, err := t.Edit(ctx, t.Message, Card{
		HTML: text.T("review.reasons.closed", text.A{"submission": t.Tap.Action.Arg(0)}),
	})
	return err
}

// returnWhy returns a submission for the reason that was tapped.
func (f *front) returnWhy(ctx context.Context, t *Turn) error {
	id := t.Tap.Action.Arg(0)
	i, ok := t.Tap.Action.Int(2)
	if !ok || i < 0 || i >= len(reasons()) {
		return f.stale(ctx, t)
	}
	card, _ := t.Tap.Action.Int(1)
	return f.returnFor(ctx, t, returning{Submission: id, Card: card, List: t.Message}, reasons()[i])
}

// returnFor returns a submission and brings its cards and the list of reasons
// up to date.
func (f *front) returnFor(ctx context.Context, t *Turn, data returning, reason string) error {
	id := data.Submission
	if _, err := t.Do(ctx, store.ReturnSubmission{Submission: id, Reason: reason}); err != nil {
		return f.decidedOr(ctx, t, id, err)
	}
	if err := t.Toast(ctx, text.Plain("review.toast.returned", text.A{"submission": id}), false); err != nil {
		return err
	}
	if err := f.refreshCards(ctx, t, id, data.Card); err != nil {
		return err
	}
	return f.closeReasons(ctx, t, id, data.List)
}

// closeReasons turns a list of reasons into what was decided.
func (f *front) closeReasons(ctx context.Context, t *Turn, id string, list int) error {
	var c Card
	f.look(t.Now, func(v view) {
		if s, ok := v.r.Submission(id); ok {
			c.HTML = text.T("review.reasons.done", text.A{"submission": id, "decision": v.decision(s)})
		}
	})
	if list == 0 || c.HTML == "" {
		return nil
	}
	return f.shown.turn(ctx, t, place{t.Chat, list}, c)
}

// returnWrite asks for a reason in the clerk's own words.
func (f *front) returnWrite(ctx context.Context, t *Turn) error {
	id := t.Tap.Action.Arg(0)
	if state, ok := f.stateOf(t, id); !ok || state != scoring.Waiting || t.Who.Role != store.Office {
		return f.cannotReturn(ctx, t, id)
	}
	card, _ := t.Tap.Action.Int(1)
	if err := t.Talk.Begin(flowReturn, stepReason, returning{Submission: id, Card: card, List: t.Message}); err != nil {
		return err
	}
	return f.askReason(ctx, t)
}

// askReason asks for the reason. In a group only an answer to the question
// reaches us, so there the input line opens as one.
func (f *front) askReason(ctx context.Context, t *Turn) error {
	var data returning
	if err := t.Talk.Load(&data); err != nil {
		return err
	}
	c := Card{HTML: text.T("review.reason.ask", text.A{"submission": data.Submission})}
	if t.Private {
		c.Buttons = [][]Button{Row(cancelButton(t))}
	} else {
		c.Ask = text.Plain("review.reason.hint")
	}
	_, err := t.Say(ctx, c)
	return err
}

// reasonWritten takes the reason.
func (f *front) reasonWritten(ctx context.Context, t *Turn) error {
	var data returning
	if err := t.Talk.Load(&data); err != nil {
		return err
	}
	reason := store.CleanText(t.Text)
	switch n := utf8.RuneCountInString(reason); {
	case n == 0:
		_, err := t.Say(ctx, Card{HTML: text.T("review.reason.empty")})
		return err
	case data.TooLong != 0 && t.Message == data.TooLong+1:
		data.TooLong = t.Message
		return t.Talk.Keep(data) // the rest of it, as of a long note
	case n > store.MaxReason:
		data.TooLong = t.Message
		if err := t.Talk.Keep(data); err != nil {
			return err
		}
		_, err := t.Say(ctx, Card{HTML: text.T("review.reason.long", text.A{"count": n})})
		return err
	}
	t.Talk.End()
	return f.returnFor(ctx, t, data, reason)
}
