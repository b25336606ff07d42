package scoring

import "time"

// NextChange is the first moment after t at which the unit's standing can change by time
// alone: a due day of one of its tasks is over with nothing filed in time, or the campaign
// closes. ok is false if there is none. It takes the facts as they stand at t; whatever is
// recorded later asks again. Until then [Evaluator.Evaluate] gives the same.
func (f *Facts) NextChange(u *UnitFacts, t time.Time) (next time.Time, ok bool) {
	e := NewEvaluator(f)
	e.at, e.closed = t, f.ClosedAt(t)
	e.claims = f.claimsAt(u, t, nil)
	e.tasks(u, &Standing{})
	return e.next, !e.next.IsZero()
}
