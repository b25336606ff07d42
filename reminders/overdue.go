package reminders

import (
	"time"

	"paogai/scoring"
	"paogai/store"
)

// overdueWeek is for how many days, from the first notice on, what has lapsed
// is repeated at the scheme's pace; after that it is told on Mondays only.
const overdueWeek = 7

// repeats tells whether a workday after the due date is one on which the unit
// hears that the node has lapsed: from the scheme's first such day on at its
// pace for a week (jilin-2018: every workday), then weekly on Monday, or on the
// next workday if that Monday is a rest day. Once the campaign is over only the
// first is left.
func (l *ladder) repeats(day, due scoring.Date) bool {
	o := l.facts.Scheme.Ladder.Overdue
	passed := l.cal.Between(due, day)
	switch {
	case o.After < 1 || passed < o.After:
		return false
	case passed == o.After:
		return true
	case o.Every < 1 || l.facts.ClosedAt(day.Start(l.facts.Scheme.Zone)):
		return false
	case day.Before(l.firstNotice(due).AddDays(overdueWeek)):
		return (passed-o.After)%o.Every == 0
	default:
		return day == l.cal.First(monday(day))
	}
}

// firstNotice is the workday on which a unit first hears of a lapsed node.
func (l *ladder) firstNotice(due scoring.Date) scoring.Date {
	day := due
	for range l.facts.Scheme.Ladder.Overdue.After {
		day = l.cal.First(day.AddDays(1))
	}
	return day
}

// ended is when the campaign is over. What is due on its last day lapses at
// that very moment, and is still told.
func (l *ladder) ended() time.Time {
	if f := l.facts; !f.Closed.IsZero() {
		return f.Closed
	}
	return l.facts.Scheme.Closes.End(l.facts.Scheme.Zone)
}

// monday is the last Monday up to a day.
func monday(day scoring.Date) scoring.Date {
	return day.AddDays(-(int(day.Weekday()) + 6) % 7)
}

// The reasons for which a node is not told of, in the order of asking.
const (
	heldDone    = "done"     // accepted
	heldWaiting = "waiting"  // filed, the office has it
	heldRuled   = "ruled"    // the office ruled that it is not late
	heldUndated = "undated"  // its date was taken away or lies before the opening
	heldPassed  = "passed"   // a date that is only striven for (力争) has passed
	heldClosed  = "finished" // the campaign was over before it was late
)

// judge looks at the node as it stands at a moment. The reason is empty if the
// unit is to be told; then the rung comes back as the moment makes it: what
// was planned as a reminder may have lapsed by now.
func (l *ladder) judge(d Due, at time.Time) (Due, string) {
	s := l.facts.NodeAt(l.facts.Unit(d.Unit), d.Node, at)
	switch {
	case s.Done:
		return d, heldDone
	case s.Waiting:
		return d, heldWaiting
	case s.By == scoring.ByRuling && !s.Late:
		return d, heldRuled
	case !s.HasDue || s.Historical:
		return d, heldUndated
	case s.Late && s.LateFrom.After(l.ended()):
		return d, heldClosed
	case s.Late:
		d.Kind, d.Stage, d.urgency = store.NoticeOverdue, StageOverdue, -1
		d.Tone = l.facts.Scheme.Ladder.Overdue.Tone
		return d, ""
	case scoring.DateOf(at, l.facts.Scheme.Zone).After(s.Due):
		return d, heldPassed
	case l.facts.ClosedAt(at):
		return d, heldClosed
	}
	return d, ""
}
