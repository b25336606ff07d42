package store

import (
	"maps"
	"slices"

	"paogai/scoring"
)

// PlanApproved is plan.approved: the points of each task that applies to the
// unit. A later plan takes the place of an earlier one.
type PlanApproved struct {
	Unit   string            `json:"unit"`
	Points map[string]Amount `json:"points"`
}

// Type is plan.approved.
func (PlanApproved) Type() string { return "plan.approved" }

func (e PlanApproved) apply(r *Record, m scoring.Mark) (func(), error) {
	if err := r.running(); err != nil {
		return nil, err
	}
	u, err := r.unit(e.Unit)
	if err != nil {
		return nil, err
	}
	plan, err := e.plan(r.facts.Scheme)
	if err != nil {
		return nil, err
	}
	before, mark := u.Plan, u.PlanMark
	u.Plan, u.PlanMark = plan, m
	return func() { u.Plan, u.PlanMark = before, mark }, nil
}

// plan checks the points against the scheme: known tasks, none below 0, in sum
// exactly the total. Tasks are taken in order, so that the first fault named
// is always the same one.
func (e PlanApproved) plan(scheme *scoring.Scheme) (map[string]scoring.Points, error) {
	if len(e.Points) == 0 {
		return nil, refuse(PlanEmpty, "unit", e.Unit)
	}
	plan := make(map[string]scoring.Points, len(e.Points))
	var sum scoring.Points
	for _, id := range slices.Sorted(maps.Keys(e.Points)) {
		p := e.Points[id].Points
		if _, known := scheme.Task(id); !known {
			return nil, refuse(UnknownTask, "task", short(id))
		}
		if p.IsNegative() {
			return nil, refuse(PlanPoints, "unit", e.Unit, "task", id, "points", p.String())
		}
		plan[id] = p
		sum = sum.Add(p)
	}
	if total := scheme.PlanTotal(); !sum.Equal(total) {
		return nil, refuse(PlanSum, "unit", e.Unit, "sum", scoring.Show(sum), "total", scoring.Show(total))
	}
	return plan, nil
}

// MilestoneDated is milestone.dated: the office gives a milestone a due date.
type MilestoneDated struct {
	Task      ID           `json:"task"`
	Milestone int          `json:"milestone"`
	Due       scoring.Date `json:"due"`
	Reason    string       `json:"reason"`
}

// Type is milestone.dated.
func (MilestoneDated) Type() string { return "milestone.dated" }

func (e MilestoneDated) apply(r *Record, m scoring.Mark) (func(), error) {
	if err := r.running(); err != nil {
		return nil, err
	}
	n, err := r.node(e.Task, e.Milestone)
	if err != nil {
		return nil, err
	}
	if e.Due.IsZero() {
		return nil, refuse(DateMissing, "field", "due")
	}
	if err := bounded(e.Reason, MaxReason, ReasonLong); err != nil {
		return nil, err
	}
	return put(&r.facts.Dated, n, scoring.Dating{Due: e.Due, Reason: e.Reason, Mark: m}), nil
}

// MilestoneRuled is milestone.ruled: the office's word on whether a unit's
// milestone is late. A later ruling takes the place of an earlier one.
type MilestoneRuled struct {
	Unit      string `json:"unit"`
	Task      ID     `json:"task"`
	Milestone int    `json:"milestone"`
	Late      bool   `json:"late"`
	Reason    string `json:"reason"`
}

// Type is milestone.ruled.
func (MilestoneRuled) Type() string { return "milestone.ruled" }

func (e MilestoneRuled) apply(r *Record, m scoring.Mark) (func(), error) {
	u, n, err := r.unitNode(e.Unit, e.Task, e.Milestone)
	if err != nil {
		return nil, err
	}
	if err := bounded(e.Reason, MaxReason, ReasonLong); err != nil {
		return nil, err
	}
	return put(&u.Rulings, n, scoring.Ruling{Late: e.Late, Reason: e.Reason, Mark: m}), nil
}

// put sets a key of a map that may still be nil, and returns the way back.
func put[K comparable, V any](in *map[K]V, key K, value V) (undo func()) {
	if *in == nil {
		*in = map[K]V{}
	}
	before, had := (*in)[key]
	(*in)[key] = value
	return func() {
		if (*in)[key] = before; !had {
			delete(*in, key)
		}
	}
}
