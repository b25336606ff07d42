package bot

import (
	"context"
	"errors"
	"strings"

	"paogai/bot/text"
	"paogai/store"
)

// start answers /start: with a token it lets a person in, without one it tells
// members what to do next and strangers where invitations come from.
func (f *front) start(ctx context.Context, t *Turn) error {
	switch {
	case !t.Private && t.Args != "":
		_, err := t.Say(ctx, Card{HTML: text.T("join.in-private")})
		return err
	case !t.Private:
		return f.bound(f.help, store.PurposeOffice, store.PurposeLeaders)(ctx, t)
	case t.Known && t.Args == "":
		_, err := t.Say(ctx, Card{
			HTML:    text.T("join.again", text.A{"role": roleName(t.Who.Role, t.Who.Unit)}),
			Buttons: f.nextButtons(t.Who),
		})
		return err
	case t.Args == "":
		return f.stranger(ctx, t)
	}
	return f.join(ctx, t)
}

// stranger answers whatever someone does who has not joined.
func (f *front) stranger(ctx context.Context, t *Turn) error {
	switch {
	case t.Kind == KindTap:
		return t.Toast(ctx, text.Plain("join.stranger.toast"), true)
	case !t.Private:
		_, err := t.Say(ctx, Card{HTML: text.T("group.stranger")})
		return err
	}
	_, err := t.Say(ctx, Card{HTML: text.T("join.stranger")})
	return err
}

// join tries a token.
func (f *front) join(ctx context.Context, t *Turn) error {
	tried, err := f.loadAttempts(ctx, t)
	if err != nil {
		return err
	}
	if tried.paused(t) {
		return f.sayPaused(ctx, t, tried)
	}
	_, err = t.Do(ctx, store.Join{
		Hash: store.HashToken(strings.TrimSpace(t.Args)), Person: t.Person, Name: personName(t),
	})
	var no *store.Refusal
	if errors.As(err, &no) && wrongToken(no.Code) {
		return f.wrongToken(ctx, t, tried, no)
	}
	if err != nil {
		return err
	}
	if err := f.forgetAttempts(ctx, t, tried); err != nil {
		return err
	}
	return f.welcome(ctx, t)
}

// wrongToken says what is wrong with a token, and begins the pause when it was
// one too many.
func (f *front) wrongToken(ctx context.Context, t *Turn, tried attempts, no *store.Refusal) error {
	tried, err := f.countWrong(ctx, t, tried)
	if err != nil {
		return err
	}
	if !tried.Until.IsZero() {
		return f.sayPaused(ctx, t, tried)
	}
	words := text.T("join.wrong", text.A{"left": wrongTokens - tried.Wrong})
	if no.Code != store.UnknownInvitation && no.Code != store.BadHash {
		words = f.refusalText(no)
	}
	_, err = t.Say(ctx, Card{HTML: words})
	return err
}

func (f *front) sayPaused(ctx context.Context, t *Turn, tried attempts) error {
	_, err := t.Say(ctx, Card{HTML: text.T("join.paused", text.A{
		"count": wrongTokens, "until": tried.Until.In(t.Now.Location()),
	})})
	return err
}

// welcome greets a person who has just joined.
func (f *front) welcome(ctx context.Context, t *Turn) error {
	var c Card
	f.look(t.Now, func(v view) {
		who, _ := v.r.Person(t.Person)
		campaign := ""
		if v.facts != nil {
			campaign = v.facts.Scheme.Title
		}
		c = Card{
			HTML: text.T("join.welcome", text.A{
				"name": who.Name, "campaign": campaign, "role": roleName(who.Role, who.Unit),
				"next": text.T("join.next." + string(who.Role)),
			}),
			Buttons: f.nextButtons(who),
		}
	})
	if _, err := t.Say(ctx, c); err != nil {
		return err
	}
	return t.Menu(ctx)
}

// nextButtons are what a person of a role will want to do first.
func (f *front) nextButtons(who store.Person) [][]Button {
	if who.Role == store.Liaison {
		return [][]Button{
			Row(Button{Label: text.Plain("button.tasks"), Data: Do("tasks")},
				Button{Label: text.Plain("button.submit-any"), Data: Do("submit")}),
			Row(Button{Label: text.Plain("button.score"), Data: Do("score")},
				Button{Label: text.Plain("button.rank"), Data: Do("rank")}),
		}
	}
	rank := Button{Label: text.Plain("button.rank"), Data: Do("rank")}
	if who.Role == store.Office {
		return [][]Button{Row(Button{Label: text.Plain("button.queue"), Data: Do("queue")}, rank)}
	}
	return [][]Button{Row(rank)}
}

// personName is how the record will call a person who joins.
func personName(t *Turn) string {
	for _, name := range []string{t.Name, t.Username} {
		if name := strings.Join(strings.Fields(store.CleanText(name)), " "); name != "" {
			return text.Cut(name, store.MaxName)
		}
	}
	return text.Plain("person.unknown", text.A{"id": t.Person})
}
