package scoring

import (
	"slices"
	"time"
)

// Hindsight is the facts as of a moment, as they are known now: a copy in which what was
// recorded after the moment counts from it, as far as it speaks of that day or an earlier
// one. The original is not changed, and the copy is for questions about that one moment.
//
//   - A plan, the date of a milestone, a measurement and the points of another body speak of
//     the whole campaign. They count, and so does the scheme that was adopted last.
//   - A ruling speaks of the milestone's due day: "late" counts once that day is over, "not
//     late" always.
//   - An acceptance speaks of the day of completion: it counts once that day is over, or from
//     the filing if that was earlier. A return or a withdrawal speaks of the claim as it was
//     filed: the claim never counted.
//   - A revocation speaks of what it revokes, and fraud of the acceptances that it names:
//     neither ever counted.
//   - Points given or taken, a claim that still waits, and the close of the campaign speak of
//     no day but their own: made after the moment, they do not count.
//
// Marks keep the entries behind them, and [Explanation] tells when those were recorded.
func (f *Facts) Hindsight(at time.Time) *Facts {
	h := hindsight{at: at, entered: map[uint64]time.Time{}}
	c := *f
	c.entered = h.entered
	c.Dated = make(map[Node]Dating, len(f.Dated))
	for n, d := range f.Dated {
		h.known(&d.Mark)
		c.Dated[n] = d
	}
	c.Units = make([]*UnitFacts, len(f.Units))
	c.byName = make(map[string]*UnitFacts, len(f.Units))
	for i, u := range f.Units {
		c.Units[i] = u.fork()
		h.unit(&c, c.Units[i])
		c.byName[u.Name] = c.Units[i]
	}
	return &c
}

// hindsight is the moment that is asked about, and when what is known of it was recorded.
type hindsight struct {
	at      time.Time
	entered map[uint64]time.Time // by entry
}

// known lets a fact count at the moment, however late it was recorded.
func (h *hindsight) known(m *Mark) {
	if m.At.After(h.at) {
		h.entered[m.Seq] = m.At
		m.At = h.at
	}
}

// unit applies the rule to a copy of a unit.
func (h *hindsight) unit(f *Facts, u *UnitFacts) {
	if u.Plan != nil {
		h.known(&u.PlanMark)
	}
	for n, r := range u.Rulings {
		if !r.Late || f.overAt(n, h.at) {
			h.known(&r.Mark)
			u.Rulings[n] = r
		}
	}
	for i := range u.Measurements {
		h.known(&u.Measurements[i].Mark)
	}
	for i := range u.Externals {
		h.known(&u.Externals[i].Mark)
	}
	for i, s := range u.Submissions {
		u.Submissions[i] = h.submission(f, s)
	}
	for i, a := range u.Adjustments {
		u.Adjustments[i] = h.adjustment(a)
	}
}

// overAt reports whether the milestone has a due day that is over at a moment.
func (f *Facts) overAt(n Node, at time.Time) bool {
	due, _, ok := f.DueOf(n)
	return ok && !at.Before(due.End(f.Scheme.Zone))
}

// submission is the claim as it is known to have been.
func (h *hindsight) submission(f *Facts, s *Submission) *Submission {
	c := *s
	c.ReopenedBy = nil // what stands of it is in the state
	switch {
	case s.State == Waiting:
		return &c
	case s.State == Accepted || s.State == Reopened:
		c.State = Accepted
		if slices.ContainsFunc(s.ReopenedBy, func(a *Adjustment) bool { return a.Revoked == nil }) {
			c.State = Reopened
		}
		if done := s.CompletedOn.End(f.Scheme.Zone); done.After(h.at) && s.Filed.At.After(h.at) {
			return &c // done later: nothing of it counts yet
		}
	case s.Filed.At.After(h.at):
		return &c
	}
	h.known(&c.Filed)
	h.known(&c.Decided)
	return &c
}

// adjustment is one that was revoked since as if it had been before.
func (h *hindsight) adjustment(a *Adjustment) *Adjustment {
	if a.Revoked == nil || a.Made.At.After(h.at) {
		return a
	}
	c, mark := *a, *a.Revoked
	h.known(&mark)
	c.Revoked = &mark
	return &c
}

// recorded gives the marks of lines their own time again, where hindsight moved it.
func (f *Facts) recorded(lines []Line) {
	for i := range lines {
		if at, moved := f.entered[lines[i].Mark.Seq]; moved {
			lines[i].Mark.At = at
		}
	}
}
