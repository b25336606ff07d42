package reminders

import (
	"iter"
	"slices"
	"time"

	"paogai/scoring"
	"paogai/store"
)

// StageOverdue is the stage of what has lapsed; the scheme names the others.
const StageOverdue = "overdue"

// Due is one node of one unit on one rung of the ladder (提醒阶梯): at the
// moment At the unit is to be reminded of it.
type Due struct {
	Unit  string
	Node  scoring.Node
	Due   scoring.Date
	Kind  string // store.NoticeDue or store.NoticeOverdue
	Stage string // the ladder's stage, or StageOverdue
	Tone  string
	At    time.Time

	urgency int // workdays left; what has lapsed comes below 0
}

// Plan is what each unit is to be reminded of after from and up to to, as far
// as the facts tell now: nodes that are open at the moment of the reminder.
// It is ordered by moment, then as the scheme orders units and nodes.
//
// A stage's day is the workday on which so many workdays are left; if the due
// date is a rest day, the last workday before takes its place. All that one
// unit is reminded of on a day is due at one moment, the earliest of its rungs.
func Plan(f *scoring.Facts, c *Calendar, from, to time.Time) []Due {
	l := newLadder(f, c)
	var plan []Due
	for d := range l.between(f.Units, from, to) {
		if _, held := l.judge(d, d.At); held == "" {
			plan = append(plan, d)
		}
	}
	slices.SortStableFunc(plan, func(a, b Due) int { return a.At.Compare(b.At) })
	return plan
}

// NextDeadline is the first moment after the given one at which the time for
// some node of the campaign is over: 00:00 of the day after its due date. It
// is false when no date is left.
func NextDeadline(f *scoring.Facts, after time.Time) (time.Time, bool) {
	var next time.Time
	for _, n := range newLadder(f, nil).nodes {
		end := n.due.End(f.Scheme.Zone)
		if end.After(after) && (next.IsZero() || end.Before(next)) {
			next = end
		}
	}
	return next, !next.IsZero()
}

// ladder knows the campaign's dated nodes and finds their rungs. It is made for
// one question and not shared.
type ladder struct {
	facts *scoring.Facts
	cal   *Calendar
	nodes []datedNode // as the scheme orders them; historical ones left out
	dues  []scoring.Date
	days  map[scoring.Date]map[scoring.Date]rung // rungs that were asked for
}

type datedNode struct {
	node scoring.Node
	due  scoring.Date
}

// rung is what a day asks for of the nodes due on one date.
type rung struct {
	kind, stage, tone string
	urgency           int
	at                time.Time
}

func newLadder(f *scoring.Facts, c *Calendar) *ladder {
	l := &ladder{facts: f, cal: c, days: map[scoring.Date]map[scoring.Date]rung{}}
	for i := range f.Scheme.Tasks {
		task := &f.Scheme.Tasks[i]
		for m := range task.Milestones {
			n := scoring.Node{Task: task.ID, Milestone: m + 1}
			due, _, dated := f.DueOf(n)
			if !dated || due.Before(f.Opens) {
				continue
			}
			l.nodes = append(l.nodes, datedNode{n, due})
			if !slices.Contains(l.dues, due) {
				l.dues = append(l.dues, due)
			}
		}
	}
	return l
}

// between yields every rung of the units with its moment after from and up to
// to, day by day, whether or not the node is open.
func (l *ladder) between(units []*scoring.UnitFacts, from, to time.Time) iter.Seq[Due] {
	zone := l.facts.Scheme.Zone
	return func(yield func(Due) bool) {
		last := scoring.DateOf(to, zone)
		for day := scoring.DateOf(from, zone); !day.After(last); day = day.AddDays(1) {
			rungs := l.rungs(day)
			if len(rungs) == 0 {
				continue
			}
			for _, u := range units {
				for _, d := range l.unitDay(u, rungs) {
					if d.At.After(from) && !d.At.After(to) && !yield(d) {
						return
					}
				}
			}
		}
	}
}

// unitDay is all that a day asks for of a unit, at the earliest of its hours.
// It looks at what applies and not at what is open, so that a node finished in
// the morning does not move what the unit is told to another hour.
func (l *ladder) unitDay(u *scoring.UnitFacts, rungs map[scoring.Date]rung) []Due {
	var day []Due
	var first time.Time
	for _, n := range l.nodes {
		r, ok := rungs[n.due]
		if !ok || !l.facts.Applies(u, n.node.Task) {
			continue
		}
		if first.IsZero() || r.at.Before(first) {
			first = r.at
		}
		day = append(day, Due{
			Unit: u.Name, Node: n.node, Due: n.due,
			Kind: r.kind, Stage: r.stage, Tone: r.tone, urgency: r.urgency,
		})
	}
	for i := range day {
		day[i].At = first
	}
	return day
}

// rungs are what a day asks for, by due date: nothing on a rest day. All units
// share them.
func (l *ladder) rungs(day scoring.Date) map[scoring.Date]rung {
	rungs, known := l.days[day]
	if known {
		return rungs
	}
	rungs = map[scoring.Date]rung{}
	l.days[day] = rungs
	if !l.cal.Workday(day) {
		return rungs
	}
	for _, due := range l.dues {
		if r, ok := l.rung(day, due); ok {
			rungs[due] = r
		}
	}
	return rungs
}

// rung is what a workday asks for of the nodes due on a date. Of stages on the
// same day the first in the ladder stands.
func (l *ladder) rung(day, due scoring.Date) (rung, bool) {
	s := l.facts.Scheme
	if day.After(due) {
		o := s.Ladder.Overdue
		at := clock(day, s.Zone, o.Hour, o.Minute)
		r := rung{store.NoticeOverdue, StageOverdue, o.Tone, -1, at}
		return r, l.repeats(day, due)
	}
	left := l.cal.Between(day, due)
	for _, stage := range s.Ladder.Stages {
		if stage.Workdays == left {
			at := clock(day, s.Zone, stage.Hour, stage.Minute)
			r := rung{store.NoticeDue, stage.ID, stage.Tone, left, at}
			return r, !l.facts.ClosedAt(at)
		}
	}
	return rung{}, false
}

// clock is an hour and minute of a day.
func clock(day scoring.Date, zone *time.Location, hour, minute int) time.Time {
	return time.Date(day.Year, day.Month, day.Day, hour, minute, 0, 0, zone)
}
