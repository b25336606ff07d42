package bot

import (
	"context"
	"errors"
	"slices"

	"paogai/bot/text"
	"paogai/scoring"
	"paogai/store"
)

// accept accepts the submission of a card.
func (f *front) accept(ctx context.Context, t *Turn) error {
	id := t.Tap.Action.Arg(0)
	if _, err := t.Do(ctx, store.AcceptSubmission{Submission: id}); err != nil {
		return f.decidedOr(ctx, t, id, err)
	}
	if err := t.Toast(ctx, text.Plain("review.toast.accepted", text.A{"submission": id}), false); err != nil {
		return err
	}
	return f.refreshCards(ctx, t, id, t.Message)
}

// decidedOr answers an act on a submission that failed. If somebody else was
// faster, the clerk is told who and when, and the card in hand is brought up
// to date; on the own unit a box says so; anything else is the router's.
func (f *front) decidedOr(ctx context.Context, t *Turn, id string, err error) error {
	var no *store.Refusal
	if !errors.As(err, &no) {
		return err
	}
	switch no.Code {
	case store.AlreadyDecided:
		if err := f.toastDecided(ctx, t, id); err != nil {
			return err
		}
		return f.refreshTapped(ctx, t, id)
	case store.OwnUnit:
		return t.Toast(ctx, text.Plain("review.own"), true)
	case store.NotAllowed:
		return t.Toast(ctx, text.Strip(string(f.refusalText(no))), true)
	}
	return err
}

// cardTapped is the message that shows the card of the submission which a tap
// is about.
func (f *front) cardTapped(t *Turn) []int {
	if t.Tap == nil {
		return nil
	}
	switch t.Tap.Action.Verb {
	case "accept", "return":
		return []int{t.Message}
	case "return.why", "return.write":
		origin, _ := t.Tap.Action.Int(1)
		return []int{origin}
	}
	return nil
}

// toastDecided says who decided on a submission and when.
func (f *front) toastDecided(ctx context.Context, t *Turn, id string) error {
	words := ""
	f.look(t.Now, func(v view) {
		s, ok := v.r.Submission(id)
		if !ok {
			words = text.Plain("queue.none", text.A{"submission": id})
			return
		}
		words = text.Plain("review.decided", text.A{
			"submission": id, "by": v.who(s.Decided.By), "at": v.local(s.Decided.At),
			"what": text.Plain("state." + string(s.State)),
		})
	})
	return t.Toast(ctx, words, true)
}

func (f *front) stateOf(t *Turn, id string) (state scoring.SubmissionState, ok bool) {
	f.look(t.Now, func(v view) {
		var s *store.Submission
		if s, ok = v.r.Submission(id); ok {
			state = s.State
		}
	})
	return state, ok
}

// refreshCards turns every card of a submission that the office holds into what
// is so now: those that the courier brought, and those named in the turn's chat.
func (f *front) refreshCards(ctx context.Context, t *Turn, id string, here ...int) error {
	var places []place
	var c Card
	ok, more := false, false
	f.look(t.Now, func(v view) {
		c, ok = v.reviewCard(id)
		more = len(v.r.Queue()) > 0
		for _, n := range v.r.NoticesOf(id) {
			if n.Kind == store.NoticeReview && len(n.Messages) > 0 {
				places = append(places, place{n.To, n.Messages[len(n.Messages)-1]})
			}
		}
	})
	if !ok {
		return nil
	}
	for _, message := range here {
		if p := (place{t.Chat, message}); message != 0 && !slices.Contains(places, p) {
			places = append(places, p)
		}
	}
	for _, p := range places {
		if err := f.shown.turn(ctx, t, p, leadOn(c, p, more)); err != nil {
			return err
		}
	}
	return nil
}

// leadOn gives a decided card in a private chat the way to what else waits; in
// a group it would stand under every card.
func leadOn(c Card, p place, more bool) Card {
	if more && p.chat > 0 && len(c.Buttons) == 0 {
		c.Buttons = [][]Button{Row(Button{Label: text.Plain("button.queue"), Data: Do("queue")})}
	}
	return c
}

// refreshTapped brings up to date what a tap was made on: the card, or the
// list of reasons and its card.
func (f *front) refreshTapped(ctx context.Context, t *Turn, id string) error {
	if err := f.refreshCards(ctx, t, id, f.cardTapped(t)...); err != nil {
		return err
	}
	if t.Tap != nil && (t.Tap.Action.Verb == "return.why" || t.Tap.Action.Verb == "return.write") {
		return f.closeReasons(ctx, t, id, t.Message)
	}
	return nil
}

// evidence sends the files of a submission.
func (f *front) evidence(ctx context.Context, t *Turn) error {
	id := t.Tap.Action.Arg(0)
	var list []Media
	allowed := false
	f.look(t.Now, func(v view) {
		s, ok := v.r.Submission(id)
		if !ok {
			return
		}
		allowed = t.Who.Role == store.Office || s.Unit == t.Who.Unit
		list = media(s)
	})
	switch {
	case !allowed:
		return f.refuseRole(ctx, t)
	case len(list) == 0:
		return t.Toast(ctx, text.Plain("review.no-evidence"), true)
	}
	_, err := t.Say(ctx, Card{
		HTML:      text.T("review.evidence.sent", text.A{"submission": id, "count": len(list)}),
		Documents: list,
	})
	return err
}
