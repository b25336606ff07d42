package scoring

import "time"

// LateReason tells which of the method's five rules on lateness decided.
type LateReason int

// The five rules, in their order. The first that applies decides.
const (
	ByRuling  LateReason = iota + 1 // the office ruled on it
	ByKind                          // open without a date, soft, or due before the campaign opened
	ByResult                        // an accepted submission: completed after the due date or not
	ByWaiting                       // a submission filed in time waits for review
	ByClock                         // nothing in time: late once the due day is over
)

// NodeState is one milestone of one unit at a moment. Label is the milestone's, Due the
// date that holds (HasDue false: none). Waiting: a submission waits for review and none
// is accepted. LateFrom is when a late one became late. Submission is the accepted one,
// else the one that waits, else nil.
type NodeState struct {
	Node       Node
	Task       *Task
	Milestone  *Milestone
	Due        Date
	HasDue     bool
	Kind       MilestoneKind
	Label      string
	Historical bool
	Done       bool
	Waiting    bool
	Late       bool
	LateFrom   time.Time
	By         LateReason
	Submission *Submission
}

// NodeAt is the state of one milestone of the unit at a moment, whether or not its task
// applies. A milestone that the scheme does not have gives the zero state.
func (f *Facts) NodeAt(u *UnitFacts, n Node, at time.Time) NodeState {
	task, known := f.Scheme.index.tasks[n.Task]
	if _, _, ok := f.Scheme.Milestone(n); !ok || !known {
		return NodeState{}
	}
	var c claim
	for _, s := range u.Submissions {
		if state := s.stateAt(at); s.Node == n && state.counts() {
			c.take(s, state)
		}
	}
	return f.stateOf(u, place{task, n.Milestone - 1}, c, at)
}

// NodesAt is the state of every milestone of every task that applies to the unit, in the
// scheme's order.
func (f *Facts) NodesAt(u *UnitFacts, at time.Time) []NodeState {
	claims := f.claimsAt(u, at, nil)
	plan := u.planAt(at)
	states := make([]NodeState, 0, len(claims))
	for i := range f.Scheme.Tasks {
		t := &f.Scheme.Tasks[i]
		if _, planned := plan[t.ID]; plan != nil && !planned {
			continue
		}
		for m := range t.Milestones {
			p := place{i, m}
			states = append(states, f.stateOf(u, p, claims[f.Scheme.flat(p)], at))
		}
	}
	return states
}

// place is where a milestone stands in the scheme, both counted from 0.
type place struct{ task, milestone int }

// flat is where a milestone stands in the list of all milestones.
func (s *Scheme) flat(p place) int { return s.index.offsets[p.task] + p.milestone }

// node is the public name of a place.
func (s *Scheme) node(p place) Node { return Node{s.Tasks[p.task].ID, p.milestone + 1} }

// claim is what a unit has filed for one milestone, as of a moment.
type claim struct {
	accepted *Submission // the one completed first, should there be several
	waiting  *Submission // the one filed first
}

// take adds a submission that is accepted or waits.
func (c *claim) take(s *Submission, state SubmissionState) {
	switch {
	case state == Accepted:
		if c.accepted == nil || s.CompletedOn.Before(c.accepted.CompletedOn) {
			c.accepted = s
		}
	case c.waiting == nil || s.Filed.At.Before(c.waiting.Filed.At):
		c.waiting = s
	}
}

// counts reports whether a submission in this state claims anything.
func (s SubmissionState) counts() bool { return s == Accepted || s == Waiting }

// claimsAt is what the unit has filed for every milestone of the scheme. It reuses buf.
func (f *Facts) claimsAt(u *UnitFacts, at time.Time, buf []claim) []claim {
	x := &f.Scheme.index
	if cap(buf) < x.nodes {
		buf = make([]claim, x.nodes)
	}
	buf = buf[:x.nodes]
	clear(buf)
	for _, s := range u.Submissions {
		state := s.stateAt(at)
		if !state.counts() {
			continue
		}
		task, known := x.task(s.Node.Task)
		m := s.Node.Milestone
		if known && m >= 1 && m <= len(f.Scheme.Tasks[task].Milestones) {
			buf[x.offsets[task]+m-1].take(s, state)
		}
	}
	return buf
}

// due is when a milestone is due as of a moment: the date, and when that day is over.
func (f *Facts) due(p place, at time.Time) (Date, time.Time) {
	if len(f.Dated) > 0 {
		if d, ok := f.Dated[f.Scheme.node(p)]; ok && !d.Mark.At.After(at) {
			return d.Due, d.Due.End(f.Scheme.Zone)
		}
	}
	return f.Scheme.Tasks[p.task].Milestones[p.milestone].Due, f.Scheme.index.ends[f.Scheme.flat(p)]
}

// verdict is what the five rules say of one milestone; from is set if it is late.
type verdict struct {
	late bool
	from time.Time
	by   LateReason
}

// markOf is the mark of the fact that decided; for the clock, only its moment.
func (f *Facts) markOf(v verdict, u *UnitFacts, p place, c claim) Mark {
	switch v.by {
	case ByRuling:
		return u.Rulings[f.Scheme.node(p)].Mark
	case ByResult:
		return c.accepted.Decided
	case ByWaiting:
		return c.waiting.Filed
	default:
		return Mark{At: v.from}
	}
}

// judge applies the five rules on lateness, in order.
func (f *Facts) judge(u *UnitFacts, p place, c claim, at time.Time) verdict {
	if len(u.Rulings) > 0 {
		if r, ok := u.Rulings[f.Scheme.node(p)]; ok && !r.Mark.At.After(at) {
			return verdict{r.Late, r.Mark.At, ByRuling}
		}
	}
	due, over := f.due(p, at)
	kind := f.Scheme.Tasks[p.task].Milestones[p.milestone].Kind
	switch {
	case kind == Soft || due.IsZero() || due.Before(f.Opens):
		return verdict{by: ByKind}
	case c.accepted != nil:
		return verdict{c.accepted.CompletedOn.After(due), over, ByResult}
	case c.waiting != nil && c.waiting.Filed.At.Before(over):
		return verdict{by: ByWaiting}
	default:
		return verdict{!at.Before(over), over, ByClock}
	}
}

// stateOf puts together what is known of one milestone.
func (f *Facts) stateOf(u *UnitFacts, p place, c claim, at time.Time) NodeState {
	t := &f.Scheme.Tasks[p.task]
	m := &t.Milestones[p.milestone]
	v := f.judge(u, p, c, at)
	due, _ := f.due(p, at)
	state := NodeState{
		Node: f.Scheme.node(p), Task: t, Milestone: m,
		Due: due, HasDue: !due.IsZero(), Kind: m.Kind, Label: m.Label,
		Historical: !due.IsZero() && due.Before(f.Opens),
		Done:       c.accepted != nil,
		Waiting:    c.accepted == nil && c.waiting != nil,
		Late:       v.late, By: v.by, Submission: c.accepted,
	}
	if state.Submission == nil {
		state.Submission = c.waiting
	}
	if v.late {
		state.LateFrom = v.from
	}
	return state
}
