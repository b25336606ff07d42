package scoring

import "github.com/shopspring/decimal"

func times(p Points, n int) Points { return p.Mul(decimal.NewFromInt(int64(n))) }

// skip tells why an adjustment, or a part of it, counts for nothing.
type skip int

const (
	counted    skip = iota
	isRevoked       // it was revoked
	sameMatter      // the matter has counted already under the same rule
	overCap         // the rule's cap is reached
)

// ruled is an adjustment read by the method: what counts of it, and what does not.
type ruled struct {
	*Adjustment
	rule   *Rule
	amount Points // what counts
	lost   Points // what does not
	skip   skip   // why
}

// adjustments reads the unit's adjustments made by the moment, in the order of being
// made: one per (rule, matter), none that is revoked, and no more than a rule's cap. Those
// by a rule that the scheme does not have are left out; the record refuses them.
func (e *evaluator) adjustments(u *UnitFacts) []ruled {
	type matter struct{ rule, ref string }
	seen := map[matter]bool{}
	given := map[string]Points{}
	list := make([]ruled, 0, len(u.Adjustments))
	for _, a := range u.Adjustments {
		rule, known := e.facts.Scheme.Rule(a.Rule)
		if !known || a.Made.At.After(e.at) {
			continue
		}
		full := a.full(rule)
		r := ruled{Adjustment: a, rule: rule, lost: full}
		m := matter{a.Rule, a.Ref}
		switch {
		case a.Revoked != nil && !a.Revoked.At.After(e.at):
			r.skip = isRevoked
		case seen[m]:
			r.skip = sameMatter
		default:
			seen[m] = true
			r.amount = rule.within(given[a.Rule], full)
			r.lost = full.Sub(r.amount)
			if !r.lost.IsZero() {
				r.skip = overCap
			}
			given[a.Rule] = given[a.Rule].Add(r.amount)
		}
		list = append(list, r)
	}
	return list
}

// adjusted is the sum of what counts of the unit's adjustments.
func (e *evaluator) adjusted(u *UnitFacts) Points {
	var total Points
	if len(u.Adjustments) == 0 {
		return total
	}
	for _, r := range e.adjustments(u) {
		total = total.Add(r.amount)
	}
	return total
}

// full is what the adjustment amounts to before the cap.
func (a *Adjustment) full(rule *Rule) Points {
	each := rule.Points
	if rule.Open {
		each = a.Points
	}
	return times(each, max(a.Count, 1))
}

// within is how much of an amount the rule's cap leaves after what was given.
func (r *Rule) within(given, amount Points) Points {
	if r.Cap == nil {
		return amount
	}
	return decimal.Min(amount, r.Cap.Sub(given))
}
