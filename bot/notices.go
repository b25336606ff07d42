package bot

import (
	"strconv"
	"strings"
	"time"

	"paogai/bot/text"
	"paogai/scoring"
	"paogai/store"
)

// notice puts a notice into words as things stand now; ok is false if it has
// nothing to say any more: what it told of was done meanwhile.
func (f *front) notice(r *store.Record, n store.Notice, now time.Time) (Card, bool) {
	v := f.view(r, now)
	if v.facts == nil {
		return Card{}, false
	}
	switch n.Kind {
	case store.NoticeDue, store.NoticeOverdue:
		return v.digest(n)
	case store.NoticeReview:
		return v.reviewNotice(n)
	case store.NoticeAccepted:
		return v.acceptedNotice(n)
	case store.NoticeReturned:
		return v.returnedNotice(n)
	case store.NoticeWithdrawn:
		return v.withdrawnNotice(n)
	case store.NoticeJoined:
		return v.joinedNotice(n)
	case store.NoticeRescored:
		return v.rescoredNotice(n)
	}
	return Card{}, false
}

// ref is the short mark by which a notice that came twice is recognised.
func ref(n store.Notice) text.HTML { return text.T("notice.ref", text.A{"ref": n.Notice}) }

// digest tells a unit what is due and what has lapsed. Nodes that were filed
// for since it was queued are left out.
func (v view) digest(n store.Notice) (Card, bool) {
	u := v.unit(n.Unit)
	if u == nil {
		return Card{}, false
	}
	var due, late []scoring.NodeState
	for _, item := range n.Items {
		switch s := v.facts.NodeAt(u, item, v.now); {
		case s.Task == nil || s.Done || s.Waiting || !v.facts.Applies(u, item.Task):
		case s.Late:
			late = append(late, s)
		case s.HasDue && !s.Due.Before(v.today()):
			due = append(due, s)
		}
	}
	if len(due)+len(late) == 0 {
		return Card{}, false
	}
	c := Card{HTML: text.Join("\n\n", v.lapsed(u, late), v.upcoming(u, due), ref(n))}
	nodes := append(late, due...)
	c.Buttons = buttonRows(4, submitButtons(nodes[:min(len(nodes), noticeButtons)]))
	c.Buttons = append(c.Buttons, Row(
		Button{Label: text.Plain("button.submit-any"), Data: Do("submit")},
		Button{Label: text.Plain("button.tasks"), Data: Do("tasks")},
	))
	return c, true
}

// noticeButtons is for how many nodes a digest has a button each.
const noticeButtons = 24

// upcoming lists what is due, by date with the time left.
func (v view) upcoming(u *scoring.UnitFacts, nodes []scoring.NodeState) text.HTML {
	if len(nodes) == 0 {
		return ""
	}
	var groups []text.HTML
	for _, g := range byDate(nodes) {
		lines := make([]string, len(g))
		for i, s := range g {
			lines[i] = string(text.T("notice.due.line", text.A{
				"task": s.Node.Task, "title": title(s.Task), "label": noticeLabel(u, s),
			}))
		}
		groups = append(groups, text.T("notice.due.group", text.A{
			"due": g[0].Due, "left": v.left(g[0].Due), "count": countTasks(g),
			"lines": text.HTML(strings.Join(lines, "\n")),
		}))
	}
	return text.T("notice.due", text.A{
		"unit": u.Name, "count": countTasks(nodes), "groups": text.Join("\n\n", groups...),
	})
}

// countTasks counts tasks, some of which may have several nodes in the list.
func countTasks(nodes []scoring.NodeState) int {
	tasks := map[string]bool{}
	for _, s := range nodes {
		tasks[s.Node.Task] = true
	}
	return len(tasks)
}

// lapsed lists what is late, with what it costs and what can be done.
func (v view) lapsed(u *scoring.UnitFacts, nodes []scoring.NodeState) text.HTML {
	rule := v.facts.Scheme.RuleOf(scoring.LateRule)
	if len(nodes) == 0 || rule == nil {
		return ""
	}
	var groups []text.HTML
	charged := map[string]bool{}
	for _, g := range byDate(nodes) {
		lines := make([]string, len(g))
		for i, s := range g {
			amount := text.HTML(text.Signed(rule.Points))
			if charged[s.Node.Task] || v.chargedBefore(u, s) {
				amount = text.T("notice.overdue.again")
			}
			charged[s.Node.Task] = true
			lines[i] = string(text.T("notice.overdue.line", text.A{
				"task": s.Node.Task, "title": title(s.Task), "label": noticeLabel(u, s), "amount": amount,
			}))
		}
		groups = append(groups, text.T("notice.overdue.group", text.A{
			"due": g[0].Due, "count": countTasks(g), "lines": text.HTML(strings.Join(lines, "\n")),
		}))
	}
	standing := v.standing(u.Name)
	return text.T("notice.overdue", text.A{
		"unit": u.Name, "count": countTasks(nodes), "groups": text.Join("\n\n", groups...),
		"article": rule.Article, "quote": rule.Quote, "score": standing.Score,
	})
}

// chargedBefore tells whether another node of the task, earlier in the scheme,
// is late as well: a task costs once.
func (v view) chargedBefore(u *scoring.UnitFacts, s scoring.NodeState) bool {
	for m := 1; m < s.Node.Milestone; m++ {
		if v.facts.NodeAt(u, scoring.Node{Task: s.Node.Task, Milestone: m}, v.now).Late {
			return true
		}
	}
	return false
}

func noticeLabel(u *scoring.UnitFacts, s scoring.NodeState) text.HTML {
	label := nodeLabel(s)
	if s.Kind == scoring.Soft {
		label += text.T("notice.soft")
	}
	if returned(u, s.Node) {
		label += text.T("notice.returned-before")
	}
	return label
}

// byDate puts neighbours of one due date together.
func byDate(nodes []scoring.NodeState) [][]scoring.NodeState {
	var groups [][]scoring.NodeState
	for i, s := range nodes {
		if i == 0 || s.Due != nodes[i-1].Due {
			groups = append(groups, nil)
		}
		last := len(groups) - 1
		groups[last] = append(groups[last], s)
	}
	return groups
}

// submitButton begins to file for one node.
func submitButton(s scoring.NodeState) Button {
	name := s.Node.Task
	if len(s.Task.Milestones) > 1 {
		name += "-" + strconv.Itoa(s.Node.Milestone)
	}
	return Button{
		Label: text.Plain("button.submit-node", text.A{"task": name}),
		Data:  Do("file", s.Node.Task, strconv.Itoa(s.Node.Milestone)),
	}
}
