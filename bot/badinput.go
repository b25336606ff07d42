package bot

import (
	"context"

	"paogai/bot/text"
	"paogai/store"
)

// step makes the handler of a step of a dialog: words go to one handler, files
// to another. Where a step takes no files, or no words, the sentence says what
// it wants instead. Whatever is neither is turned down, and the step waits on.
type step struct {
	words, files     Handler
	noWords, noFiles text.HTML
}

func (f *front) step(s step) Handler {
	return func(ctx context.Context, t *Turn) error {
		h, sentence := s.words, s.noWords
		switch t.Kind {
		case KindFiles:
			h, sentence = s.files, s.noFiles
		case KindOther:
			h, sentence = nil, otherText(t.What)
		}
		if h != nil {
			return h(ctx, t)
		}
		_, err := t.Say(ctx, Card{HTML: sentence})
		return err
	}
}

// otherText says what to do instead of sending a sticker, a voice and the like.
func otherText(what string) text.HTML {
	if text.Has("bad." + what) {
		return text.T("bad." + what)
	}
	return text.T("bad.other")
}

// fallback answers what no dialog waits for.
func (f *front) fallback(ctx context.Context, t *Turn) error {
	var words text.HTML
	switch t.Kind {
	case KindFiles:
		words = text.T("bad.file")
	case KindOther:
		words = otherText(t.What)
	default:
		words = text.T("unknown.text." + string(t.Who.Role))
	}
	_, err := t.Say(ctx, Card{HTML: words})
	return err
}

// edited says that a message is read once.
func (f *front) edited(ctx context.Context, t *Turn) error {
	_, err := t.Say(ctx, Card{HTML: text.T("bad.edited")})
	return err
}

// unknown answers a command that there is none of.
func (f *front) unknown(ctx context.Context, t *Turn) error {
	_, err := t.Say(ctx, Card{HTML: text.T("unknown.command", text.A{"command": text.Cut(t.Command, titleLength)})})
	return err
}

// stale answers a button whose step is over.
func (f *front) stale(ctx context.Context, t *Turn) error {
	return t.Toast(ctx, text.Plain("tap.old"), false)
}

// noop answers a button that only shows something.
func (f *front) noop(context.Context, *Turn) error { return nil }

// refuseRole tells somebody that their role may not do what they asked for.
func (f *front) refuseRole(ctx context.Context, t *Turn) error {
	words := notAllowed(t.Who.Role)
	if t.Kind == KindTap {
		return t.Toast(ctx, text.Strip(string(words)), true)
	}
	_, err := t.Say(ctx, Card{HTML: words})
	return err
}

// notAllowed says that a role may not do something. What the office may not
// do is what only units can.
func notAllowed(role store.Role) text.HTML {
	if role == store.Office {
		return text.T("liaison-only")
	}
	return text.T("refusal.not-allowed", text.A{"role": text.T("role." + string(role))})
}

// evidenceText says why a file was not taken and what to send instead.
func evidenceText(bad *EvidenceError) text.HTML {
	return text.T("file."+bad.Code, text.A{
		"name": bad.Name, "size": text.Size(bad.Size), "kind": text.T("file.kind." + kindOf(bad.MediaType, bad.Name)),
	})
}
