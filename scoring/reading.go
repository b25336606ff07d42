package scoring

import (
	"cmp"
	"slices"
	"strings"
	"time"
)

// NewFacts is the start of a campaign: nothing has happened. Without units it takes all
// of the scheme's; those given may be a subset, or not in the scheme. They stand in the
// scheme's order, then in the order given. A unit without class gets the scheme's.
func NewFacts(s *Scheme, opens Date, units []UnitRef) *Facts {
	f := &Facts{Scheme: s, Opens: opens, Dated: map[Node]Dating{}, byName: map[string]*UnitFacts{}}
	if len(units) == 0 {
		for _, u := range s.Units {
			units = append(units, UnitRef{u.Name, u.Class})
		}
	}
	for _, ref := range units {
		u := &UnitFacts{Name: ref.Name, Class: ref.Class, Rulings: map[Node]Ruling{}}
		if known, ok := s.exactUnit(ref.Name); ok && u.Class == "" {
			u.Class = s.Units[known].Class
		}
		f.Units = append(f.Units, u)
		f.byName[u.Name] = u
	}
	slices.SortStableFunc(f.Units, func(a, b *UnitFacts) int {
		return cmp.Compare(s.unitOrder(a.Name), s.unitOrder(b.Name))
	})
	return f
}

// exactUnit is where the unit of exactly this name stands.
func (s *Scheme) exactUnit(name string) (int, bool) {
	i, ok := s.index.units[name]
	return i, ok && s.Units[i].Name == name
}

// unitOrder is where a unit stands in the scheme; units of none stand behind.
func (s *Scheme) unitOrder(name string) int {
	if i, ok := s.exactUnit(name); ok {
		return i
	}
	return len(s.Units)
}

// Unit is what has happened to the unit of exactly this name, nil if the campaign has no
// such unit. [Scheme.Unit] resolves aliases and short forms.
func (f *Facts) Unit(name string) *UnitFacts { return f.byName[name] }

// Find is the unit that people mean by a name: the unit's own, one that the scheme knows
// ([Scheme.Unit]), or a short form of one that was named when the campaign opened. A short
// form that fits two units fits none.
func (f *Facts) Find(name string) (*UnitFacts, bool) {
	name = strings.TrimSpace(name)
	if u := f.byName[name]; u != nil {
		return u, true
	}
	if known, ok := f.Scheme.Unit(name); ok {
		u := f.byName[known.Name]
		return u, u != nil
	}
	var found *UnitFacts
	for _, u := range f.Units {
		if !slices.Contains(shortForms(u.Name, f.Scheme.Place), name) {
			continue
		}
		if found != nil {
			return nil, false
		}
		found = u
	}
	return found, found != nil
}

// Applies reports whether the task applies to the unit: all do until a plan is approved.
func (f *Facts) Applies(u *UnitFacts, task string) bool {
	_, known := f.Scheme.index.tasks[task]
	if u.Plan == nil || !known {
		return known
	}
	_, planned := u.Plan[task]
	return planned
}

// PointsOf is what the task is worth to the unit, zero where it does not apply. Until a
// plan is approved it is an equal share of the total, to 0.01 with the remainder given to
// the first tasks, and provisional.
func (f *Facts) PointsOf(u *UnitFacts, task string) (p Points, provisional bool) {
	if u.Plan != nil {
		return u.Plan[task], false
	}
	i, known := f.Scheme.index.tasks[task]
	if !known {
		return Points{}, true
	}
	return f.Scheme.index.split[i], true
}

// DueOf is when a milestone is due and of what kind it is, after what the office dated.
// The last result is false if there is no due date or no such milestone.
func (f *Facts) DueOf(n Node) (Date, MilestoneKind, bool) {
	_, m, ok := f.Scheme.Milestone(n)
	if !ok {
		return Date{}, "", false
	}
	due := m.Due
	if d, dated := f.Dated[n]; dated {
		due = d.Due
	}
	return due, m.Kind, !due.IsZero()
}

// ClosedAt reports whether the campaign is over: from the day after the scheme's closing
// day, or since the office closed it.
func (f *Facts) ClosedAt(at time.Time) bool {
	byHand := !f.Closed.IsZero() && !f.Closed.After(at)
	return byHand || !at.Before(f.Scheme.index.closes)
}

// planAt is the unit's plan as of a moment, nil if none was approved by then.
func (u *UnitFacts) planAt(at time.Time) map[string]Points {
	if u.PlanMark.At.After(at) {
		return nil
	}
	return u.Plan
}

// stateAt is where the submission stood at a moment, "" if it was not filed by then.
func (s *Submission) stateAt(at time.Time) SubmissionState {
	switch {
	case s.State == Waiting || s.Decided.At.After(at):
		if s.Filed.At.After(at) {
			return ""
		}
		return Waiting
	case s.State == Returned || s.State == Withdrawn || len(s.ReopenedBy) == 0:
		return s.State
	}
	for _, a := range s.ReopenedBy {
		if a.standsAt(at) {
			return Reopened
		}
	}
	return Accepted
}

// standsAt reports whether the adjustment was made by the moment and not revoked.
func (a *Adjustment) standsAt(at time.Time) bool {
	return !a.Made.At.After(at) && (a.Revoked == nil || a.Revoked.At.After(at))
}

// Reopen has an adjustment reopen the submissions given, and says so in their state: for
// the record, which names them by their ids in a.Reopens.
func (a *Adjustment) Reopen(submissions ...*Submission) {
	for _, s := range submissions {
		s.ReopenedBy = append(s.ReopenedBy, a)
		s.State = Reopened
	}
}
