package bot

import (
	"paogai/bot/text"
	"paogai/scoring"
	"paogai/store"
)

// reviewNotice is the card of a submission with its files. One that was decided
// meanwhile is not sent any more.
func (v view) reviewNotice(n store.Notice) (Card, bool) {
	s, ok := v.r.Submission(n.Submission)
	if !ok || s.State != scoring.Waiting {
		return Card{}, false
	}
	c, ok := v.reviewCard(n.Submission)
	c.Documents = media(s)
	return c, ok
}

// acceptedNotice tells a unit that a submission was accepted and what came of it.
func (v view) acceptedNotice(n store.Notice) (Card, bool) {
	s, ok := v.r.Submission(n.Submission)
	u := v.unitOf(s)
	if !ok || u == nil || s.State != scoring.Accepted {
		return Card{}, false
	}
	node := v.facts.NodeAt(u, s.Node, v.now)
	return Card{HTML: text.T("notice.accepted", text.A{
		"submission": s.ID, "task": s.Node.Task, "title": title(node.Task), "by": v.who(s.Decided.By),
		"at": v.local(s.Decided.At), "completed": s.CompletedOn, "timing": v.resultTiming(node),
		"effect": text.Join("\n", v.doneEffect(u, node), v.scoreNow(u.Name)), "ref": ref(n),
	})}, true
}

// resultTiming says whether an accepted node counts as late.
func (v view) resultTiming(node scoring.NodeState) text.HTML {
	rule := v.facts.Scheme.RuleOf(scoring.LateRule)
	switch {
	case node.Late && rule != nil:
		return text.T("notice.accepted.late", text.A{
			"amount": text.Signed(rule.Points), "article": rule.Article, "quote": rule.Quote,
		})
	case binds(node):
		return text.T("notice.accepted.in")
	}
	return ""
}

// doneEffect says what an accepted node made of its task.
func (v view) doneEffect(u *scoring.UnitFacts, node scoring.NodeState) text.HTML {
	left := 0
	for m := range node.Task.Milestones {
		if !v.facts.NodeAt(u, scoring.Node{Task: node.Node.Task, Milestone: m + 1}, v.now).Done {
			left++
		}
	}
	if left > 0 {
		return text.T("notice.accepted.partial", text.A{"nodes": len(node.Task.Milestones), "left": left})
	}
	points, _ := v.facts.PointsOf(u, node.Node.Task)
	return text.T("notice.accepted.done", text.A{"points": points})
}

// returnedNotice tells a unit what is missing, with a button to make it good.
// It is told as well if a new claim was filed since: the return stands.
func (v view) returnedNotice(n store.Notice) (Card, bool) {
	s, ok := v.r.Submission(n.Submission)
	u := v.unitOf(s)
	if !ok || u == nil || s.State != scoring.Returned {
		return Card{}, false
	}
	node := v.facts.NodeAt(u, s.Node, v.now)
	timing := text.T("notice.returned.free")
	switch {
	case node.Late:
		timing = text.T("notice.returned.late", text.A{"due": node.Due, "effect": v.lateEffect()})
	case binds(node) && !node.Due.Before(v.today()):
		timing = text.T("notice.returned.in", text.A{"due": node.Due, "left": v.left(node.Due)})
	}
	supplement := submitButton(node)
	supplement.Label = text.Plain("button.supplement")
	return Card{
		HTML: text.T("notice.returned", text.A{
			"submission": s.ID, "task": s.Node.Task, "title": title(node.Task), "by": v.who(s.Decided.By),
			"at": v.local(s.Decided.At), "reason": s.Reason, "timing": timing, "ref": ref(n),
		}),
		Buttons: [][]Button{Row(supplement)},
	}, true
}

// withdrawnNotice tells the office that a submission is gone. Whose card was
// turned over already hears it all the same: the card may be far up.
func (v view) withdrawnNotice(n store.Notice) (Card, bool) {
	s, ok := v.r.Submission(n.Submission)
	if !ok {
		return Card{}, false
	}
	return Card{HTML: text.T("notice.withdrawn", text.A{
		"submission": s.ID, "unit": s.Unit, "task": s.Node.Task, "ref": ref(n),
	}), Quiet: true}, true
}

// joinedNotice tells the office who came in.
func (v view) joinedNotice(n store.Notice) (Card, bool) {
	p, ok := v.r.Person(n.Person)
	if !ok {
		return Card{}, false
	}
	return Card{HTML: text.T("notice.joined", text.A{
		"name": p.Name, "role": roleName(p.Role, p.Unit), "at": v.local(p.Joined.At), "ref": ref(n),
	}), Quiet: true}, true
}
