package bot

import (
	"context"
	"strings"

	"paogai/bot/text"
	"paogai/scoring"
	"paogai/store"
)

// score lists every ± of a unit with article, quote, event and person: a
// liaison's own unit, any unit for those who see them all.
func (f *front) score(ctx context.Context, t *Turn) error {
	return f.answer(func(v view, t *Turn) Card {
		if v.facts == nil {
			return Card{HTML: text.T("campaign.none")}
		}
		unit, c := v.unitAsked(t)
		if unit == "" {
			return c
		}
		return v.scoreCard(unit)
	})(ctx, t)
}

// scoreTapped shows the unit of a button.
func (f *front) scoreTapped(ctx context.Context, t *Turn) error {
	if len(t.Tap.Action.Args) == 0 {
		return f.score(ctx, t)
	}
	if t.Who.Role == store.Liaison {
		return f.refuseRole(ctx, t)
	}
	return f.answer(func(v view, t *Turn) Card {
		unit, ok := v.unitAt(t.Tap.Action, 0)
		if !ok {
			return Card{HTML: text.T("score.whose")}
		}
		return v.scoreCard(unit)
	})(ctx, t)
}

// unitAsked is the unit that /score is about; "" with a card if that has to be
// asked, or if it is none of theirs.
func (v view) unitAsked(t *Turn) (string, Card) {
	query := strings.TrimSpace(t.Args)
	if t.Who.Role == store.Liaison {
		found := findUnits(v.facts, query)
		if query == "" || len(found) == 1 && found[0] == t.Who.Unit {
			return t.Who.Unit, Card{}
		}
		return "", Card{HTML: text.T("score.not-yours", text.A{"unit": t.Who.Unit})}
	}
	if query == "" {
		return "", Card{HTML: text.T("score.whose")}
	}
	found := findUnits(v.facts, query)
	shown := text.Cut(query, titleLength)
	switch {
	case len(found) == 1:
		return found[0], Card{}
	case len(found) == 0 || len(found) > unitsAtOnce:
		return "", Card{HTML: text.T("score.no-unit", text.A{"query": shown})}
	}
	return "", Card{
		HTML:    text.T("score.which", text.A{"query": shown, "count": len(found)}),
		Buttons: v.unitButtons(found, func(i string) Action { return Do("score", i) }),
	}
}

// scoreCard is why a unit's score is what it is.
func (v view) scoreCard(unit string) Card {
	why, err := scoring.Why(v.facts, unit, v.now)
	if err != nil {
		return Card{HTML: text.T("score.no-unit", text.A{"query": unit})}
	}
	return Card{HTML: text.Join("\n\n", v.scoreHead(why), v.scoreLines(why), text.T("score.sum", text.A{
		"count": len(why.Lines), "score": why.Standing.Score,
	}))}
}

func (v view) scoreHead(why scoring.Explanation) text.HTML {
	st := why.Standing
	head := text.T("score.title", text.A{
		"unit": why.Unit, "score": st.Score, "at": v.now,
		"class": className(v.facts.Scheme, st.Class), "rank": st.Rank, "grade": st.Grade,
	})
	basis := text.T("score.hold", text.A{"earned": st.Earned, "done": st.Done, "tasks": st.Tasks})
	if v.facts.ClosedAt(v.now) {
		basis = text.T("score.closed")
	}
	if st.Provisional {
		basis = text.Join("\n", basis, text.T("score.provisional"))
	}
	return text.Join("\n", head, basis)
}

// scoreLines lists the lines under the rule that each rests on, so that the
// article and its words stand once.
func (v view) scoreLines(why scoring.Explanation) text.HTML {
	var parts []text.HTML
	var rule *scoring.Rule
	var group []string
	flush := func() {
		if rule != nil {
			parts = append(parts, text.Join("\n", text.T("score.rule", text.A{
				"title": rule.Title, "article": rule.Article, "quote": rule.Quote,
			}), text.HTML(strings.Join(group, "\n"))))
		}
		group = nil
	}
	for _, line := range why.Lines {
		if line.Rule != rule {
			flush()
			rule = line.Rule
		}
		group = append(group, string(v.scoreLine(why.Unit, line)))
	}
	flush()
	return text.Join("\n\n", parts...)
}

func (v view) scoreLine(unit string, line scoring.Line) text.HTML {
	words := text.T("score.line", text.A{"what": v.scoreEvent(unit, line), "amount": text.Signed(line.Amount)})
	if line.Uncounted != "" {
		words += text.T("score.uncounted", text.A{"why": line.Uncounted})
	}
	switch m := line.Mark; {
	case m.By != "":
		words = text.Join("\n", words, text.T("score.by", text.A{
			"at": v.local(m.At), "by": v.who(m.By), "entry": m.Seq,
		}))
	case !m.At.IsZero():
		words = text.Join("\n", words, text.T("score.passed", text.A{"at": v.local(m.At)}))
	}
	return words
}

// scoreEvent says what a line is about: the task and how it became late, or the
// matter of an adjustment.
func (v view) scoreEvent(unit string, line scoring.Line) text.HTML {
	switch {
	case line.Ref != "":
		return text.T("score.matter", text.A{"what": strings.TrimPrefix(line.Text, line.Rule.Title+"："), "ref": line.Ref})
	case line.Rule == nil || line.Rule.Kind != scoring.LateRule:
		return text.Escape(line.Text)
	}
	u := v.unit(unit)
	node := v.facts.NodeAt(u, scoring.Node{Task: line.Task, Milestone: line.Milestone}, v.now)
	how := text.T("score.late.open")
	switch {
	case node.By == scoring.ByRuling:
		how = text.T("score.late.ruled", text.A{"reason": u.Rulings[node.Node].Reason})
	case node.Done:
		how = text.T("score.late.done", text.A{"completed": node.Submission.CompletedOn})
	case node.Waiting:
		how = text.T("score.late.waiting", text.A{"at": v.local(node.Submission.Filed.At)})
	}
	return text.T("score.late", text.A{
		"task": line.Task, "title": title(node.Task), "node": nodeName(node), "how": how,
	})
}
