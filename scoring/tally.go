package scoring

import (
	"math/big"
	"time"
)

// Evaluator scores the units of a campaign, one at a time. What it keeps is only room to
// work in: the score of a unit is a pure function of the unit's facts, the moment and, where
// a scheme has indicators, the ranks. It must not be used by two at once.
type Evaluator struct {
	facts  *Facts
	at     time.Time
	closed bool
	ranks  *Ranks
	claims []claim
	adj    adjusted
	items  []worth // by place

	hold, earned exact     // before floors, ceilings and gates
	next         time.Time // what NextChange says of the unit; zero for never
}

// NewEvaluator is an evaluator of the campaign's units.
func NewEvaluator(f *Facts) *Evaluator {
	return &Evaluator{facts: f, adj: adjusted{
		taken: map[string]Points{}, seen: map[matter]bool{}, given: map[*Rule]Points{},
	}}
}

// Exact is a score that no finite decimal can write: the quotient that renormalising
// leaves. Scores are compared in this form.
type Exact struct{ Score, Earned *big.Rat }

// Evaluate is the unit's standing at a moment, but for what depends on the others: its
// rank, and its grade with the consequence. Ranks are those of [Facts.RanksAt], nil where
// the scheme has no indicators. For how long it holds, see [Facts.NextChange].
func (e *Evaluator) Evaluate(u *UnitFacts, at time.Time, ranks *Ranks) Standing {
	e.read(u, at, ranks)
	st := Standing{Unit: u.Name, Class: u.Class}
	hold, earned := e.tasks(u, &st)
	e.hold, e.earned = exact{dec: hold}, exact{dec: earned}
	if len(e.facts.Scheme.Items) > 0 {
		of := e.total()
		e.hold, e.earned = e.hold.plus(of.hold), e.earned.plus(of.earned)
		st.Pending = e.pending()
	}
	h, w := e.limited(e.hold, false).value, e.limited(e.earned, true).value
	score := h
	if e.closed {
		score = w
	}
	st.Hold, st.Earned, st.Score = h.points(), w.points(), score.points()
	st.Gated = e.gatedGrade()
	if score.frac != nil || w.frac != nil {
		st.Exact = &Exact{score.rat(), w.rat()}
	}
	return st
}

// read takes in what the unit's score rests on.
func (e *Evaluator) read(u *UnitFacts, at time.Time, ranks *Ranks) {
	e.at, e.ranks, e.closed = at, ranks, e.facts.ClosedAt(at)
	e.claims = e.facts.claimsAt(u, at, e.claims)
	e.adjust(u)
	e.weigh(u)
}

// tasks is what the unit holds and has earned by its plan, or by a base without tasks,
// with late tasks and the adjustments that no item holds.
func (e *Evaluator) tasks(u *UnitFacts, st *Standing) (Points, Points) {
	s := e.facts.Scheme
	plan := u.planAt(e.at)
	st.Provisional = plan == nil && len(s.Tasks) > 0
	e.next = time.Time{}
	if !e.closed {
		e.next = s.index.closes
	}
	var hold, earned sum
	for i := range s.Tasks {
		points, applies := e.facts.worth(plan, i)
		if !applies {
			continue
		}
		t := e.task(u, i)
		st.Tasks++
		st.Waiting += t.waiting
		if plan != nil {
			hold.add(points)
		}
		if t.done {
			st.Done++
			earned.add(points)
		}
		if t.late > 0 {
			st.Late++
		}
	}
	if st.Provisional {
		hold.add(s.PlanTotal()) // which the equal shares sum to
	}
	if base := s.RuleOf(BaseRule); base != nil && len(s.Tasks) == 0 {
		hold.add(base.Points)
		earned.add(base.Points)
	}
	for _, p := range []Points{e.penalty(st.Late), e.adj.total} {
		hold.add(p)
		earned.add(p)
	}
	return hold.points(), earned.points()
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
func (e *Evaluator) task(u *UnitFacts, i int) taskTally {
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
		switch v := e.facts.judge(u, p, c, e.at); {
		case v.late:
			t.late++
		case v.by == ByClock && (e.next.IsZero() || v.from.Before(e.next)):
			e.next = v.from
		}
	}
	return t
}

// penalty is what late tasks cost: once per task, without a floor.
func (e *Evaluator) penalty(late int) Points {
	rule := e.facts.Scheme.RuleOf(LateRule)
	if rule == nil || late == 0 {
		return Points{}
	}
	return times(rule.Points, late)
}
