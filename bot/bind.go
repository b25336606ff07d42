package bot

import (
	"context"
	"errors"
	"strings"

	"paogai/bot/text"
	"paogai/store"
)

// purposes are the ways to say what a group is for.
func purposeOf(word string) (string, bool) {
	switch foldQuery(word) {
	case store.PurposeOffice, text.Plain("role.office"), text.Plain("bind.word.office"):
		return store.PurposeOffice, true
	case store.PurposeLeaders, text.Plain("role.leader"), text.Plain("bind.word.leaders"):
		return store.PurposeLeaders, true
	}
	return "", false
}

// bind binds the group that it is given in.
func (f *front) bind(ctx context.Context, t *Turn) error {
	purpose, ok := purposeOf(t.Args)
	var c Card
	switch {
	case t.Private:
		c.HTML = text.T("group-only", text.A{"command": t.Command})
	case t.Who.Role != store.Office:
		return f.refuseRole(ctx, t)
	case !ok:
		c.HTML = text.T("bind.which")
	default:
		return f.bindTo(ctx, t, purpose)
	}
	_, err := t.Say(ctx, c)
	return err
}

func (f *front) bindTo(ctx context.Context, t *Turn, purpose string) error {
	name := text.T("bind.purpose." + purpose)
	_, err := t.Do(ctx, store.BindChat{Chat: t.Chat, Purpose: purpose, Title: strings.TrimSpace(t.Title)})
	var no *store.Refusal
	if errors.As(err, &no) && no.Code == store.AlreadyBound && no.Args["purpose"] == purpose {
		_, err = t.Say(ctx, Card{HTML: text.T("bind.same", text.A{"purpose": name})})
		return err
	}
	if err != nil {
		return err
	}
	_, err = t.Say(ctx, Card{HTML: text.T("bind.done", text.A{
		"purpose": name, "next": text.T("bind.next." + purpose),
	})})
	return err
}

// unbind takes the binding back.
func (f *front) unbind(ctx context.Context, t *Turn) error {
	words := text.T("bind.undone")
	switch {
	case t.Private:
		words = text.T("group-only", text.A{"command": t.Command})
	case t.Who.Role != store.Office:
		return f.refuseRole(ctx, t)
	default:
		if _, err := t.Do(ctx, store.UnbindChat{Chat: t.Chat}); err != nil {
			return err
		}
	}
	_, err := t.Say(ctx, Card{HTML: words})
	return err
}

// added greets a group that the bot was put into.
func (f *front) added(ctx context.Context, t *Turn) error {
	_, err := t.Say(ctx, Card{HTML: text.T("group.hello")})
	return err
}

// private keeps a command to private chats: it is about the person alone.
func (f *front) private(h Handler) Handler {
	return func(ctx context.Context, t *Turn) error {
		if t.Private {
			return h(ctx, t)
		}
		if f.purpose(t) == "" {
			return f.unbound(ctx, t)
		}
		_, err := t.Say(ctx, Card{HTML: text.T("private-only", text.A{"command": t.Command})})
		return err
	}
}

// bound lets a command into groups that are bound to one of the purposes.
func (f *front) bound(h Handler, purposes ...string) Handler {
	return func(ctx context.Context, t *Turn) error {
		if t.Private {
			return h(ctx, t)
		}
		here := f.purpose(t)
		for _, p := range purposes {
			if p == here {
				return h(ctx, t)
			}
		}
		if here == "" {
			return f.unbound(ctx, t)
		}
		_, err := t.Say(ctx, Card{HTML: text.T("private-only", text.A{"command": t.Command})})
		return err
	}
}

func (f *front) unbound(ctx context.Context, t *Turn) error {
	_, err := t.Say(ctx, Card{HTML: text.T("group.unbound")})
	return err
}

// purpose is what the turn's group is bound as, "" if it is not.
func (f *front) purpose(t *Turn) (purpose string) {
	f.desk.View(func(r *store.Record) {
		if c, ok := r.Chat(t.Chat); ok {
			purpose = c.Purpose
		}
	})
	return purpose
}
