package schemes

import (
	"github.com/shopspring/decimal"

	"paogai/scoring"
)

// checkSum wants what a unit starts from to be the stated total.
func (r *reader) checkSum() {
	s := &r.scheme
	if r.lines.total == 0 || len(s.Tasks) == 0 && len(s.Items) == 0 {
		return
	}
	base, line := &scoring.Rule{}, r.lines.total
	for i := range s.Rules {
		if s.Rules[i].Kind == scoring.BaseRule {
			base, line = &s.Rules[i], r.lines.rules[i]
		}
	}
	items := weightedSum(s.Items)
	switch sum := base.Points.Add(items); {
	case sum.Equal(s.Total):
	case len(s.Items) == 0:
		r.fault(line, "rule %s gives %s points, but the total of the scheme is %s", base.ID, base.Points, s.Total)
	default:
		r.fault(line, "the base of %s and the items of %s sum to %s, but the total of the scheme is %s", base.Points, items, sum, s.Total)
	}
}

// reach is how far a score can go without floors, ceilings and gates; nil for no end.
func (r *reader) reach() (least, most *scoring.Points) {
	s := &r.scheme
	down, up := scoring.Points{}, weightedSum(s.Items)
	bottomless, endless := false, false
	for _, rule := range s.Rules {
		switch {
		case rule.Kind == scoring.BaseRule:
			up = up.Add(rule.Points)
			if len(s.Tasks) == 0 {
				down = down.Add(rule.Points)
			}
		case rule.Kind == scoring.LateRule:
			down = down.Add(rule.Points.Mul(decimal.NewFromInt(int64(len(s.Tasks)))))
		case rule.Kind != scoring.AdjustmentRule || rule.Item != "" || rule.Of != "":
		case rule.Takes || rule.Points.IsNegative():
			if bottomless = bottomless || rule.Cap == nil; rule.Cap != nil {
				down = down.Sub(*rule.Cap)
			}
		default:
			if endless = endless || rule.Cap == nil; rule.Cap != nil {
				up = up.Add(*rule.Cap)
			}
		}
	}
	if !bottomless {
		least = &down
	}
	if !endless {
		most = &up
	}
	return least, most
}

// checkLimits looks for limits that cannot bind and for a total out of reach.
func (r *reader) checkLimits() {
	least, most := r.reach()
	var floor, ceiling *scoring.Points
	for i := range r.scheme.Rules {
		rule, line := &r.scheme.Rules[i], r.lines.rules[i]
		switch {
		case rule.Kind == scoring.FloorRule:
			floor = &rule.Points
			if least != nil && least.GreaterThanOrEqual(rule.Points) {
				r.warn(line, "the floor %s cannot bind: no score is below %s", rule.Points, least)
			}
		case rule.Kind == scoring.CeilingRule:
			ceiling = &rule.Points
			if most != nil && most.LessThanOrEqual(rule.Points) {
				r.warn(line, "the ceiling %s cannot bind: no score is above %s", rule.Points, most)
			}
		case rule.Kind == scoring.GateRule && rule.Gate != nil && rule.Gate.Most != nil:
			if limit := rule.Gate.Most; most != nil && most.LessThanOrEqual(*limit) {
				r.warn(line, "gate %s cannot hold a score down to %s: none is above %s", rule.ID, limit, most)
			}
		}
	}
	if floor != nil && ceiling != nil && floor.GreaterThan(*ceiling) {
		r.fault(0, "the floor %s is above the ceiling %s", floor, ceiling)
	}
	if most != nil && r.lines.total > 0 && most.LessThan(r.scheme.Total) && r.scheme.Total.IsPositive() {
		r.warn(r.lines.total, "the total of %s cannot be reached: no score is above %s", r.scheme.Total, most)
	}
}
