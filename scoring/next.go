package scoring

import "time"

// NextChange is the first moment after t at which the unit's standing can change by time
// alone: a due day of one of its tasks is over with nothing filed in time, or the campaign
// closes. ok is false if there is none. It takes the facts as they stand at t; whatever is
// recorded later asks again. Until then [Evaluator.Evaluate] gives the same.
func (f *Facts) NextChange(u *UnitFacts, t time.Time) (next time.Time, ok bool) {
	if !f.ClosedAt(t) {
		next, ok = f.Scheme.index.closes, true
	}
	claims := f.claimsAt(u, t, nil)
	plan := u.planAt(t)
	for i := range f.Scheme.Tasks {
		if _, applies := f.worth(plan, i); !applies {
			continue
		}
		for m := range f.Scheme.Tasks[i].Milestones {
			p := place{i, m}
			v := f.judge(u, p, claims[f.Scheme.flat(p)], t)
			if v.by != ByClock || v.late {
				continue
			}
			if !ok || v.from.Before(next) {
				next, ok = v.from, true
			}
		}
	}
	return next, ok
}
