package scoring

import "time"

// evaluator scores units at one moment. What it keeps is only room to work in: the score
// of a unit is a pure function of the unit's facts and the moment.
type evaluator struct {
	facts  *Facts
	at     time.Time
	closed bool
	claims []claim
}

func newEvaluator(f *Facts, at time.Time) *evaluator {
	return &evaluator{facts: f, at: at, closed: f.ClosedAt(at)}
}

// standing is the unit's standing, but for what depends on others: rank and grade.
func (e *evaluator) standing(u *UnitFacts) Standing {
	st := Standing{Unit: u.Name, Class: u.Class}
	plan := u.planAt(e.at)
	st.Provisional = plan == nil
	e.claims = e.facts.claimsAt(u, e.at, e.claims)

	var hold, earned sum
	for i := range e.facts.Scheme.Tasks {
		points, applies := e.facts.worth(plan, i)
		if !applies {
			continue
		}
		t := e.task(u, i)
		st.Tasks++
		st.Waiting += t.waiting
		hold.add(points)
		if t.done {
			st.Done++
			earned.add(points)
		}
		if t.late > 0 {
			st.Late++
		}
	}
	for _, p := range []Points{e.penalty(st.Late), e.adjusted(u)} {
		hold.add(p)
		earned.add(p)
	}
	st.Hold, st.Earned = hold.points(), earned.points()
	st.Score = st.Hold
	if e.closed {
		st.Score = st.Earned
	}
	return st
}

// worth is what the i-th task is worth under a plan (nil: an equal share).
func (f *Facts) worth(plan map[string]Points, i int) (p Points, applies bool) {
	if plan == nil {
		return f.Scheme.index.split[i], true
	}
	p, applies = plan[f.Scheme.Tasks[i].ID]
	return p, applies
}

// taskTally is how a unit's task stands: done when all milestones are.
type taskTally struct {
	done          bool
	late, waiting int // milestones
}

// task tallies the milestones of the i-th task, from the claims at hand.
func (e *evaluator) task(u *UnitFacts, i int) taskTally {
	milestones := e.facts.Scheme.Tasks[i].Milestones
	t := taskTally{done: len(milestones) > 0}
	for m := range milestones {
		p := place{i, m}
		c := e.claims[e.facts.Scheme.flat(p)]
		if c.accepted == nil {
			t.done = false
			if c.waiting != nil {
				t.waiting++
			}
		}
		if e.facts.judge(u, p, c, e.at).late {
			t.late++
		}
	}
	return t
}

// penalty is what late tasks cost: once per task, without a floor.
func (e *evaluator) penalty(late int) Points {
	rule := e.facts.Scheme.RuleOf(LateRule)
	if rule == nil {
		return Points{}
	}
	return times(rule.Points, late)
}
