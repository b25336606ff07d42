package bot

import (
	"cmp"
	"context"
	"slices"
	"strconv"
	"strings"

	"paogai/bot/text"
	"paogai/scoring"
)

// nodesAtOnce is how many nodes stand on one page.
const nodesAtOnce = 8

// fileable are the nodes that a unit can still file for, in the order in which
// they want doing: what is due next first, then what is late, then what binds
// nobody.
func (v view) fileable(u *scoring.UnitFacts) []scoring.NodeState {
	nodes := slices.DeleteFunc(v.facts.NodesAt(u, v.now), func(s scoring.NodeState) bool {
		return s.Done || s.Waiting
	})
	sortByNeed(nodes)
	return nodes
}

// sortByNeed puts what is due next first, then what is late, then what makes
// nobody late; by date within each.
func sortByNeed(nodes []scoring.NodeState) {
	class := func(s scoring.NodeState) int {
		switch {
		case s.Late:
			return 1
		case binds(s):
			return 0
		case s.Historical:
			return 3
		}
		return 2
	}
	slices.SortStableFunc(nodes, func(a, b scoring.NodeState) int {
		return cmp.Or(cmp.Compare(class(a), class(b)), a.Due.Compare(b.Due))
	})
}

// askNode shows the nodes to pick from.
func (f *front) askNode(ctx context.Context, t *Turn) error {
	c, end := Card{}, false
	f.look(t.Now, func(v view) { c, end = v.nodeList(t, 1) })
	if end {
		t.Talk.End()
	}
	_, err := t.Say(ctx, c)
	return err
}

// askNodeAgain comes back to the list after something else was answered: its
// buttons, without the lines that stand a little above.
func (f *front) askNodeAgain(ctx context.Context, t *Turn) error {
	c, end := Card{}, false
	f.look(t.Now, func(v view) {
		if c, end = v.nodeList(t, 1); !end {
			c.HTML = text.T("submit.pick.again", text.A{"unit": t.Who.Unit})
		}
	})
	if end {
		t.Talk.End()
	}
	_, err := t.Say(ctx, c)
	return err
}

// pickPage turns the list over.
func (f *front) pickPage(ctx context.Context, t *Turn) error {
	at, _ := t.Tap.Action.Int(0)
	var c Card
	f.look(t.Now, func(v view) { c, _ = v.nodeList(t, at) })
	_, err := t.Edit(ctx, t.Message, c)
	return err
}

// nodeList is a page of what can be filed for; end tells that there is nothing.
func (v view) nodeList(t *Turn, at int) (c Card, end bool) {
	u := v.unit(t.Who.Unit)
	switch {
	case u == nil:
		return Card{HTML: text.T("campaign.none")}, true
	case v.facts.ClosedAt(v.now):
		return Card{HTML: text.T("campaign.closed")}, true
	}
	nodes := v.fileable(u)
	if len(nodes) == 0 {
		return Card{HTML: text.T("submit.pick.all-done")}, true
	}
	p := pageOf(at, len(nodes), nodesAtOnce)
	rows := append(nodeButtons(t, nodes[p.first:p.end]),
		p.buttons(func(at string) Action { return t.Action("s.page", at) })...)
	return Card{
		HTML: text.T("submit.pick", text.A{
			"unit": u.Name, "count": len(nodes), "lines": v.nodeLines(u, nodes[p.first:p.end]),
		}),
		Buttons: append(rows, pickControls(t)),
	}, false
}

// pickControls lead out of the list of nodes: back to the preview if it was
// come from there, and out of the whole.
func pickControls(t *Turn) []Button {
	if data, err := loadSubmitting(t); err == nil && data.Change {
		return Row(backButton(t, "s.back"), cancelButton(t))
	}
	return Row(cancelButton(t))
}

// nodeLines are the lines of a list of nodes.
func (v view) nodeLines(u *scoring.UnitFacts, nodes []scoring.NodeState) text.HTML {
	lines := make([]string, len(nodes))
	for i, s := range nodes {
		lines[i] = string(text.T("node.line", text.A{
			"task": s.Node.Task, "title": title(s.Task), "due": nodeName(s), "state": v.nodeStatus(u, s),
		}))
	}
	return text.HTML(strings.Join(lines, "\n"))
}

// nodeButtons let one of the nodes be picked.
func nodeButtons(t *Turn, nodes []scoring.NodeState) [][]Button {
	rows := make([][]Button, len(nodes))
	for i, s := range nodes {
		rows[i] = Row(Button{
			Label: text.Plain("submit.button", text.A{
				"task": s.Node.Task, "title": cutTitle(s.Task, labelLength), "due": text.ShortDate(s.Due),
			}),
			Data: t.Action("s.node", s.Node.Task, strconv.Itoa(s.Node.Milestone)),
		})
	}
	return rows
}

// pickTapped takes the node whose button was pressed.
func (f *front) pickTapped(ctx context.Context, t *Turn) error {
	milestone, _ := t.Tap.Action.Int(1)
	return f.pick(ctx, t, scoring.Node{Task: t.Tap.Action.Arg(0), Milestone: milestone})
}

// pickWritten looks for the node that was written.
func (f *front) pickWritten(ctx context.Context, t *Turn) error {
	var found []scoring.NodeState
	var c Card
	f.look(t.Now, func(v view) {
		u := v.unit(t.Who.Unit)
		if u == nil {
			c = Card{HTML: text.T("campaign.none")}
			return
		}
		if found = v.search(u, t.Text); len(found) != 1 {
			c = v.foundList(t, u, found)
		}
	})
	if len(found) == 1 {
		return f.pick(ctx, t, found[0].Node)
	}
	_, err := t.Say(ctx, c)
	return err
}

// search finds nodes of the unit; those that can still be filed for win over
// those that cannot.
func (v view) search(u *scoring.UnitFacts, query string) []scoring.NodeState {
	nodes := v.facts.NodesAt(u, v.now)
	sortByNeed(nodes)
	found := findNodes(nodes, query)
	open := slices.DeleteFunc(slices.Clone(found), func(s scoring.NodeState) bool { return s.Done || s.Waiting })
	if len(open) > 0 {
		return open
	}
	return found
}

// foundList shows what fits a query, or that nothing does.
func (v view) foundList(t *Turn, u *scoring.UnitFacts, found []scoring.NodeState) Card {
	query := text.Cut(t.Text, titleLength)
	if len(found) == 0 {
		if task, _, ok := taskNumber(foldQuery(t.Text)); ok {
			return Card{HTML: text.T("submit.pick.number", text.A{"task": task})}
		}
		return Card{HTML: text.T("submit.pick.none", text.A{"query": query})}
	}
	shown := found[:min(len(found), nodesAtOnce)]
	return Card{
		HTML: text.T("submit.pick.found", text.A{
			"query": query, "count": len(found), "shown": len(shown), "lines": v.nodeLines(u, shown),
		}),
		Buttons: append(nodeButtons(t, shown), pickControls(t)),
	}
}

// pick takes a node if it can be filed for, and goes on.
func (f *front) pick(ctx context.Context, t *Turn, node scoring.Node) error {
	c, no := Card{}, false
	f.look(t.Now, func(v view) { c, no = v.cannotFile(t.Who.Unit, node) })
	if no {
		_, err := t.Say(ctx, c)
		return err
	}
	data, err := loadSubmitting(t)
	if err != nil {
		return err
	}
	data.Node = node
	return f.moveSubmit(ctx, t, stepNote, data)
}

// cannotFile says why a unit cannot file for a node; no is false if it can.
func (v view) cannotFile(unit string, node scoring.Node) (c Card, no bool) {
	u := v.unit(unit)
	if u == nil {
		return Card{HTML: text.T("campaign.none")}, true
	}
	task, _, known := v.facts.Scheme.Milestone(node)
	switch {
	case v.facts.ClosedAt(v.now):
		return Card{HTML: text.T("campaign.closed")}, true
	case !known || !v.facts.Applies(u, node.Task):
		return Card{HTML: text.T("submit.node.not-applied", text.A{"task": node.Task})}, true
	}
	s := v.facts.NodeAt(u, node, v.now)
	switch {
	case s.Done:
		return Card{HTML: text.T("submit.node.done", text.A{
			"task": node.Task, "title": title(task), "submission": s.Submission.ID,
			"at": v.local(s.Submission.Decided.At),
		})}, true
	case s.Waiting:
		return Card{
			HTML: text.T("submit.node.waiting", text.A{
				"task": node.Task, "title": title(task), "submission": s.Submission.ID,
				"at": v.local(s.Submission.Filed.At),
			}),
			Buttons: [][]Button{Row(withdrawButton(s.Submission.ID))},
		}, true
	}
	return Card{}, false
}

func withdrawButton(submission string) Button {
	return Button{Label: text.Plain("submit.withdraw"), Data: Do("withdraw", submission)}
}
