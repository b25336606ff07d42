package bot

import (
	"errors"
	"time"

	"paogai/bot/text"
	"paogai/scoring"
	"paogai/store"
)

// explain makes the sentence for an error that is a decision: of the desk, of
// the evidence, or that nobody knows how an act ended.
func (f *front) explain(err error) (Card, bool) {
	var no *store.Refusal
	var bad *EvidenceError
	switch {
	case errors.As(err, &no):
		return Card{HTML: f.refusalText(no)}, true
	case errors.As(err, &bad):
		return Card{HTML: evidenceText(bad)}, true
	case errors.Is(err, store.ErrUnknown):
		return Card{HTML: text.T("refusal.unsure")}, true
	}
	return Card{}, false
}

// apology is for faults.
func (f *front) apology(id string) Card { return Card{HTML: text.T("fault", text.A{"id": id})} }

// refusalText is the sentence of a refusal. Its arguments come as the desk
// writes them, for machines: times, dates, roles and people are put into words.
func (f *front) refusalText(no *store.Refusal) text.HTML {
	args := text.A{}
	f.look(time.Time{}, func(v view) {
		for name, value := range no.Args {
			args[name] = v.argument(name, value)
		}
	})
	if role := store.Role(no.Args["role"]); no.Code == store.NotAllowed && role.Valid() {
		return notAllowed(role)
	}
	if no.Code == store.AlreadyJoined {
		args["role"] = roleName(store.Role(no.Args["role"]), no.Args["unit"])
	}
	return text.T("refusal."+no.Code, args)
}

func (v view) argument(name, value string) any {
	switch name {
	case "by":
		return v.who(value)
	case "role":
		if store.Role(value).Valid() {
			return text.T("role." + value)
		}
	case "state":
		if text.Has("state." + value) {
			return text.T("state." + value)
		}
	case "purpose":
		if text.Has("bind.purpose." + value) {
			return text.T("bind.purpose." + value)
		}
	}
	if at, err := time.Parse(time.RFC3339Nano, value); err == nil {
		if v.facts != nil {
			at = at.In(v.facts.Scheme.Zone)
		}
		return at
	}
	if day, err := scoring.ParseDate(value); err == nil {
		return day
	}
	return value
}
