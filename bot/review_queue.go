package bot

import (
	"context"
	"strings"

	"paogai/bot/text"
	"paogai/store"
)

// queueAtOnce is how many submissions stand on one page of the queue.
const queueAtOnce = 8

// queue shows what waits for review.
func (f *front) queue(ctx context.Context, t *Turn) error {
	if t.Who.Role != store.Office {
		return f.refuseRole(ctx, t)
	}
	if t.Kind == KindTap && len(t.Tap.Action.Args) > 0 {
		return f.inPlace(queueCard)(ctx, t)
	}
	return f.answer(queueCard)(ctx, t)
}

// queueCard is a page of the queue.
func queueCard(v view, t *Turn) Card {
	if v.facts == nil {
		return Card{HTML: text.T("campaign.none")}
	}
	all := v.r.Queue()
	if len(all) == 0 {
		return Card{HTML: text.T("queue.empty")}
	}
	at := 1
	if t.Tap != nil {
		at, _ = t.Tap.Action.Int(0)
	}
	p := pageOf(at, len(all), queueAtOnce)
	var lines []string
	var open []Button
	for _, s := range all[p.first:p.end] {
		lines = append(lines, string(v.queueLine(t, s)))
		open = append(open, Button{
			Label: text.Plain("button.open", text.A{"submission": s.ID}), Data: Do("open", s.ID),
		})
	}
	return Card{
		HTML: text.T("queue.title", text.A{
			"count": len(all), "lines": text.HTML(strings.Join(lines, "\n")),
		}),
		Buttons: append(buttonRows(2, open), p.buttons(func(at string) Action { return Do("queue", at) })...),
	}
}

func (v view) queueLine(t *Turn, s *store.Submission) text.HTML {
	node := v.facts.NodeAt(v.unitOf(s), s.Node, v.now)
	own := text.HTML("")
	if s.Unit == t.Who.Unit {
		own = text.T("queue.own")
	}
	return text.T("queue.line", text.A{
		"submission": s.ID, "unit": s.Unit, "task": s.Node.Task, "title": title(node.Task),
		"due": nodeName(node), "at": v.local(s.Filed.At), "own": own,
	})
}

// open shows one submission of the queue, with its files.
func (f *front) open(ctx context.Context, t *Turn) error {
	if t.Who.Role != store.Office {
		return f.refuseRole(ctx, t)
	}
	id := t.Tap.Action.Arg(0)
	c, ok := Card{}, false
	f.look(t.Now, func(v view) {
		if c, ok = v.reviewCard(id); ok {
			s, _ := v.r.Submission(id)
			c.Documents = media(s)
		}
	})
	if !ok {
		return t.Toast(ctx, text.Plain("queue.none", text.A{"submission": id}), true)
	}
	_, err := t.Say(ctx, c)
	return err
}
