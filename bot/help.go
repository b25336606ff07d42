package bot

import (
	"context"

	"paogai/bot/text"
	"paogai/store"
)

// help is short and for the role at hand, or for the purpose of the group.
func (f *front) help(ctx context.Context, t *Turn) error {
	return f.answer(func(v view, t *Turn) Card {
		if t.Private {
			return Card{HTML: text.T("help." + string(t.Who.Role))}
		}
		chat, _ := v.r.Chat(t.Chat)
		return Card{HTML: text.T("help.group", text.A{
			"purpose":  text.T("bind.purpose." + chat.Purpose),
			"commands": text.T("help.group." + chat.Purpose),
		})}
	})(ctx, t)
}

// me shows who the person is to the bot and what it keeps of them.
func (f *front) me(ctx context.Context, t *Turn) error {
	return f.answer(func(v view, t *Turn) Card {
		return Card{HTML: text.T("me", text.A{
			"name": t.Who.Name, "role": roleName(t.Who.Role, t.Who.Unit),
			"at": v.local(t.Who.Joined.At), "person": t.Person,
		})}
	})(ctx, t)
}

// cancel leaves the dialog that is going on. From a button it closes the card
// as well.
func (f *front) cancel(ctx context.Context, t *Turn) error {
	words := text.T("cancel.nothing")
	if flow := t.Talk.Flow; flow != "" {
		words = text.T("cancel." + flow)
	}
	t.Talk.End()
	if t.Kind == KindTap {
		_, err := t.Edit(ctx, t.Message, Card{HTML: words})
		return err
	}
	_, err := t.Say(ctx, Card{HTML: words})
	return err
}

// menu is the list of commands that a person sees under the menu key.
func menu(who store.Person) []MenuItem {
	switch who.Role {
	case store.Liaison:
		return []MenuItem{
			{"tasks", text.Plain("menu.tasks")},
			{"submit", text.Plain("menu.submit")},
			{"score", text.Plain("menu.score")},
			{"rank", text.Plain("menu.rank")},
			{"me", text.Plain("menu.me")},
			{"help", text.Plain("menu.help")},
			{"cancel", text.Plain("menu.cancel")},
		}
	case store.Office:
		return []MenuItem{
			{"queue", text.Plain("menu.queue")},
			{"rank", text.Plain("menu.rank")},
			{"score", text.Plain("menu.score")},
			{"invite", text.Plain("menu.invite")},
			{"me", text.Plain("menu.me")},
			{"help", text.Plain("menu.help")},
			{"cancel", text.Plain("menu.cancel")},
		}
	case store.Leader, store.Scorer, store.Auditor:
		return []MenuItem{
			{"rank", text.Plain("menu.rank")},
			{"score", text.Plain("menu.score")},
			{"me", text.Plain("menu.me")},
			{"help", text.Plain("menu.help")},
		}
	}
	return []MenuItem{{"start", text.Plain("menu.start")}}
}
