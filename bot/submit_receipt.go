package bot

import (
	"context"

	"paogai/bot/text"
	"paogai/scoring"
	"paogai/store"
)

// receipt is what the unit gets in hand: number, time to the second, what was
// sent, in time or late, and what it means for the score.
func (v view) receipt(id string) Card {
	s, ok := v.r.Submission(id)
	u := v.unitOf(s)
	if !ok || u == nil {
		return Card{HTML: text.T("refusal.unknown-submission", text.A{"submission": id})}
	}
	node := v.facts.NodeAt(u, s.Node, v.now)
	return Card{
		HTML: text.T("submit.receipt", text.A{
			"submission": s.ID, "unit": s.Unit, "task": s.Node.Task, "title": title(node.Task),
			"label": nodeLabel(node), "at": v.local(s.Filed.At), "timing": v.filedTiming(s.Submission, node),
			"note": s.Note, "count": len(s.Evidence), "lines": evidenceLines(s.Evidence),
			"effect": v.effect(u, node),
		}),
		Buttons: [][]Button{Row(withdrawButton(s.ID), Button{Label: text.Plain("button.submit-next"), Data: Do("submit")})},
	}
}

// unitOf is the unit of a submission, nil if there is none.
func (v view) unitOf(s *store.Submission) *scoring.UnitFacts {
	if s == nil {
		return nil
	}
	return v.unit(s.Unit)
}

// filedTiming says whether a submission was filed in time.
func (v view) filedTiming(s *scoring.Submission, node scoring.NodeState) text.HTML {
	filed := scoring.DateOf(s.Filed.At, v.now.Location())
	switch days := daysBetween(filed, node.Due); {
	case !binds(node):
		return text.Join("，", dueDay(node), text.T("submit.free"))
	case days < 0:
		return text.T("submit.receipt.late", text.A{"due": dueDay(node), "days": -days})
	case days == 0:
		return text.T("submit.receipt.today", text.A{"due": dueDay(node)})
	default:
		return text.T("submit.receipt.in", text.A{"due": dueDay(node), "days": days})
	}
}

// effect says what a submission that waits means for the score.
func (v view) effect(u *scoring.UnitFacts, node scoring.NodeState) text.HTML {
	first := text.T("submit.effect.wait")
	if !binds(node) {
		first = ""
	}
	if node.Late {
		first = v.lateEffect()
	}
	return text.Join("\n", first, v.taskEffect(u, node), v.scoreNow(u.Name))
}

// lateEffect says what being late costs, with the article.
func (v view) lateEffect() text.HTML {
	rule := v.facts.Scheme.RuleOf(scoring.LateRule)
	if rule == nil {
		return ""
	}
	return text.T("submit.effect.late", text.A{
		"amount": text.Signed(rule.Points), "article": rule.Article, "quote": rule.Quote,
	})
}

// taskEffect says what the task is worth once it is done.
func (v view) taskEffect(u *scoring.UnitFacts, node scoring.NodeState) text.HTML {
	points, provisional := v.facts.PointsOf(u, node.Node.Task)
	switch nodes := len(node.Task.Milestones); {
	case nodes > 1:
		return text.T("submit.effect.partial", text.A{"points": points, "nodes": nodes})
	case provisional:
		return text.T("submit.effect.provisional", text.A{"points": points})
	}
	return text.T("submit.effect.points", text.A{"points": points})
}

func (v view) scoreNow(unit string) text.HTML {
	standing := v.standing(unit)
	return text.T("submit.effect.score", text.A{"score": standing.Score, "earned": standing.Earned})
}

// withdraw asks before a submission is taken back.
func (f *front) withdraw(ctx context.Context, t *Turn) error {
	id := t.Tap.Action.Arg(0)
	if state, ok := f.stateOf(t, id); ok && state != scoring.Waiting {
		return f.toastDecided(ctx, t, id)
	}
	_, err := t.Say(ctx, Card{
		HTML: text.T("submit.withdraw.ask", text.A{"submission": id}),
		Buttons: [][]Button{Row(
			Button{Label: text.Plain("submit.withdraw.yes", text.A{"submission": id}), Data: Do("withdraw.yes", id)},
			Button{Label: text.Plain("button.keep"), Data: Do("withdraw.no", id)},
		)},
	})
	return err
}

// withdrawNo leaves things as they are.
func (f *front) withdrawNo(ctx context.Context, t *Turn) error {
	_, err := t.Edit(ctx, t.Message, Card{
		HTML: text.T("submit.withdraw.kept", text.A{"submission": t.Tap.Action.Arg(0)}),
	})
	return err
}

// withdrawYes takes the submission back.
func (f *front) withdrawYes(ctx context.Context, t *Turn) error {
	id := t.Tap.Action.Arg(0)
	if _, err := t.Do(ctx, store.WithdrawSubmission{Submission: id}); err != nil {
		return f.decidedOr(ctx, t, id, err)
	}
	var c Card
	f.look(t.Now, func(v view) {
		s, _ := v.r.Submission(id)
		node := v.facts.NodeAt(v.unitOf(s), s.Node, v.now)
		c = Card{
			HTML: text.T("submit.withdrawn", text.A{
				"submission": id, "at": v.local(s.Decided.At), "timing": v.nodeStatus(v.unitOf(s), node),
			}),
			Buttons: [][]Button{Row(submitButton(node))},
		}
	})
	if err := f.refreshCards(ctx, t, id); err != nil {
		return err
	}
	_, err := t.Edit(ctx, t.Message, c)
	return err
}
