package bot

import (
	"strings"
	"time"

	"paogai/bot/text"
	"paogai/reminders"
	"paogai/scoring"
	"paogai/store"
)

// How many characters of a task's text stand for it.
const (
	titleLength = 30 // in lists and cards
	labelLength = 18 // on buttons
)

// title is what a task is called in a list: the beginning of its text.
func title(t *scoring.Task) string { return cutTitle(t, titleLength) }

func cutTitle(t *scoring.Task, n int) string {
	return text.Cut(strings.TrimRight(t.Text, "。；;. "), n)
}

// nodeName is a node's due date, with its label where the task has several.
func nodeName(s scoring.NodeState) text.HTML {
	if len(s.Task.Milestones) == 1 {
		return nodeDue(s)
	}
	return text.Join("，", text.Escape(s.Label), nodeDue(s))
}

// nodeLabel tells the nodes of a task apart, behind its title.
func nodeLabel(s scoring.NodeState) text.HTML {
	if len(s.Task.Milestones) == 1 || s.Label == "" {
		return ""
	}
	return text.T("node.label", text.A{"label": s.Label})
}

func nodeDue(s scoring.NodeState) text.HTML {
	switch {
	case !s.HasDue:
		return text.T("node.due.open")
	case s.Kind == scoring.Soft:
		return text.T("node.due.soft", text.A{"due": s.Due})
	}
	return text.T("node.due.fixed", text.A{"due": s.Due})
}

// dueDay is nodeDue beside a word that says already what it is.
func dueDay(s scoring.NodeState) text.HTML {
	if s.HasDue && s.Kind != scoring.Soft {
		return text.HTML(text.Date(s.Due))
	}
	return nodeDue(s)
}

// binds tells whether a node can make its unit late.
func binds(s scoring.NodeState) bool {
	return s.HasDue && s.Kind != scoring.Soft && !s.Historical
}

// nodeStatus says how a node stands: time left, late, waiting, done.
func (v view) nodeStatus(u *scoring.UnitFacts, s scoring.NodeState) text.HTML {
	switch {
	case s.Done:
		return text.T("node.state.done")
	case s.Waiting:
		return text.T("node.state.waiting")
	case returned(u, s.Node) && s.Late:
		return text.Join("，", text.T("node.state.returned"), v.lateBy(s.Due))
	case returned(u, s.Node) && binds(s) && !s.Due.Before(v.today()):
		return text.Join("，", text.T("node.state.returned"), text.HTML(v.left(s.Due)))
	case returned(u, s.Node):
		return text.T("node.state.returned")
	case s.Late:
		return v.lateBy(s.Due)
	case s.Historical:
		return text.T("node.state.historical")
	case !binds(s) || s.Due.Before(v.today()):
		return text.T("node.state.free")
	}
	return text.HTML(v.left(s.Due))
}

func (v view) lateBy(due scoring.Date) text.HTML {
	return text.T("node.state.late", text.A{"days": daysBetween(due, v.today())})
}

// left is how much time there is until the end of a day that is not over.
func (v view) left(due scoring.Date) string {
	l := reminders.DaysLeft(v.cal, v.today(), due)
	return text.Left(l.Workdays, l.Days)
}

// returned tells whether the last claim on a node was sent back.
func returned(u *scoring.UnitFacts, n scoring.Node) bool {
	s := lastOf(u, n)
	return s != nil && s.State == scoring.Returned
}

// lastOf is the last submission for a node, nil if there is none.
func lastOf(u *scoring.UnitFacts, n scoring.Node) *scoring.Submission {
	for i := len(u.Submissions) - 1; i >= 0; i-- {
		if u.Submissions[i].Node == n {
			return u.Submissions[i]
		}
	}
	return nil
}

// daysBetween counts the days of the calendar from one day to another.
func daysBetween(from, to scoring.Date) int {
	return int(to.Start(time.UTC).Sub(from.Start(time.UTC)) / (24 * time.Hour))
}

// who names the one behind a By.
func (v view) who(by string) string {
	if by == store.System {
		return text.Plain("person.system")
	}
	id, ok := store.PersonOf(by)
	if !ok {
		_, name, _ := strings.Cut(by, ":")
		return of(text.Plain("role.office"), name)
	}
	p, known := v.r.Person(id)
	switch {
	case !known:
		return text.Plain("person.unknown", text.A{"id": id})
	case p.Role == store.Office:
		return of(text.Plain("role.office"), p.Name)
	}
	return of(p.Unit, p.Name)
}

// of puts the body that somebody belongs to before the name, unless the name
// says it already.
func of(body, name string) string {
	if strings.Contains(name, body) {
		return name
	}
	return text.Plain("person.of", text.A{"body": body, "name": name})
}

// roleName is a role with the unit that it is held for.
func roleName(role store.Role, unit string) text.HTML {
	name := text.T("role." + string(role))
	if unit == "" {
		return name
	}
	return name + text.T("role.unit", text.A{"unit": unit})
}

// className is a class as people call it.
func className(s *scoring.Scheme, id string) string {
	if c, ok := s.Class(id); ok {
		return c.Title
	}
	return text.Plain("class.none")
}

// buttonRows puts buttons into rows of n.
func buttonRows(n int, buttons []Button) [][]Button {
	var rows [][]Button
	for len(buttons) > n {
		rows, buttons = append(rows, buttons[:n]), buttons[n:]
	}
	if len(buttons) > 0 {
		rows = append(rows, buttons)
	}
	return rows
}
