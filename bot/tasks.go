package bot

import (
	"context"
	"slices"

	"paogai/bot/text"
	"paogai/scoring"
	"paogai/store"
)

// taskGroup is one of the lists that a unit's nodes fall into. A node stands in
// exactly one of them.
type taskGroup string

// The groups, as /tasks shows them.
const (
	groupTodo     taskGroup = "todo"
	groupLate     taskGroup = "late"
	groupReturned taskGroup = "returned"
	groupWaiting  taskGroup = "waiting"
	groupDone     taskGroup = "done"
)

func taskGroups() []taskGroup {
	return []taskGroup{groupTodo, groupLate, groupReturned, groupWaiting, groupDone}
}

// groupOf is the group of a node: a return wants doing before anything else.
func groupOf(u *scoring.UnitFacts, s scoring.NodeState) taskGroup {
	switch {
	case s.Done:
		return groupDone
	case s.Waiting:
		return groupWaiting
	case returned(u, s.Node):
		return groupReturned
	case s.Late:
		return groupLate
	}
	return groupTodo
}

// tasks shows a unit's nodes by group, with a tap to file.
func (f *front) tasks(ctx context.Context, t *Turn) error {
	if t.Who.Role != store.Liaison {
		words := text.T("tasks.not-liaison", text.A{"role": text.T("role." + string(t.Who.Role))})
		_, err := t.Say(ctx, Card{HTML: words})
		return err
	}
	if t.Kind == KindTap && len(t.Tap.Action.Args) > 0 {
		return f.inPlace(tasksCard)(ctx, t)
	}
	return f.answer(tasksCard)(ctx, t)
}

func tasksCard(v view, t *Turn) Card {
	u := v.unit(t.Who.Unit)
	if u == nil {
		return Card{HTML: text.T("campaign.none")}
	}
	nodes := v.facts.NodesAt(u, v.now)
	sortByNeed(nodes)
	byGroup := map[taskGroup][]scoring.NodeState{}
	tasks := map[string]bool{}
	for _, s := range nodes {
		g := groupOf(u, s)
		byGroup[g] = append(byGroup[g], s)
		tasks[s.Node.Task] = true
	}
	group, at := firstGroup(byGroup), 1
	if t.Tap != nil && slices.Contains(taskGroups(), taskGroup(t.Tap.Action.Arg(0))) {
		group = taskGroup(t.Tap.Action.Arg(0))
		at, _ = t.Tap.Action.Int(1)
	}
	shown := byGroup[group]
	p := pageOf(at, len(shown), nodesAtOnce)
	words := text.T("tasks.title", text.A{
		"unit": u.Name, "tasks": len(tasks), "count": len(nodes), "at": v.now,
		"list": v.groupList(u, group, shown, p),
	})
	rows := [][]Button{}
	if group != groupDone && group != groupWaiting {
		rows = buttonRows(4, submitButtons(shown[p.first:p.end]))
	}
	rows = append(rows, p.buttons(func(at string) Action { return Do("tasks", string(group), at) })...)
	return Card{HTML: words, Buttons: append(rows, groupButtons(byGroup, group)...)}
}

// firstGroup is what is to do, or else the first group that has something.
func firstGroup(byGroup map[taskGroup][]scoring.NodeState) taskGroup {
	for _, g := range taskGroups() {
		if len(byGroup[g]) > 0 {
			return g
		}
	}
	return groupTodo
}

func (v view) groupList(u *scoring.UnitFacts, group taskGroup, nodes []scoring.NodeState, p page) text.HTML {
	name := text.T("tasks.group." + string(group))
	if len(nodes) == 0 {
		return text.T("tasks.list.none", text.A{"group": name})
	}
	return text.T("tasks.list", text.A{
		"group": name, "count": len(nodes), "lines": v.nodeLines(u, nodes[p.first:p.end]),
	})
}

// submitButtons begin to file for a node, named by its task.
func submitButtons(nodes []scoring.NodeState) []Button {
	buttons := make([]Button, len(nodes))
	for i, s := range nodes {
		buttons[i] = submitButton(s)
	}
	return buttons
}

func groupButtons(byGroup map[taskGroup][]scoring.NodeState, chosen taskGroup) [][]Button {
	buttons := make([]Button, 0, len(taskGroups()))
	for _, g := range taskGroups() {
		args := text.A{"group": text.Plain("tasks.group." + string(g)), "count": len(byGroup[g])}
		b := Button{Label: text.Plain("tasks.button", args), Data: Do("tasks", string(g), "1")}
		if g == chosen {
			b = Button{Label: text.Plain("tasks.button.chosen", args), Data: Do("noop")}
		}
		buttons = append(buttons, b)
	}
	return buttonRows(3, buttons)
}
