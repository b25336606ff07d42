package scoring

import "github.com/shopspring/decimal"

func times(p Points, n int) Points {
	if n == 1 {
		return p
	}
	return p.Mul(decimal.NewFromInt(int64(n)))
}

// skip tells why an adjustment, or a part of it, counts for nothing.
type skip int

const (
	counted    skip = iota
	isRevoked       // it was revoked
	sameMatter      // the matter has counted already under the same rule
	overCap         // the rule's cap is reached
	usedUp          // nothing is left of the item that it is taken from
)

// ruled is an adjustment read by the method: what counts of it, and what does not. Of an
// item's deduction the amounts are the item's own, before its weight.
type ruled struct {
	*Adjustment
	rule   *Rule
	amount Points // what counts
	lost   Points // what does not
	skip   skip   // why
}

// adjusted is the adjustments of a unit, read by the method.
type adjusted struct {
	list  []ruled
	total Points            // of those that no item holds
	taken map[string]Points // by item, none above 0; nil for nothing
	seen  map[matter]bool
	given map[*Rule]Points // by the rule that has the cap
}

// matter is what counts only once: a rule, or the one that it is a share of, and a ref.
type matter struct{ rule, ref string }

// adjust reads the unit's adjustments made by the moment, in the order of being made: one
// per (rule, matter), none that is revoked, no more than a rule's cap and than an item
// holds. Those by a rule that the scheme does not have are left out; the record refuses
// them.
func (e *Evaluator) adjust(u *UnitFacts) {
	a := &e.adj
	a.list, a.total = a.list[:0], Points{}
	clear(a.taken)
	clear(a.seen)
	clear(a.given)
	for _, made := range u.Adjustments {
		rule, known := e.facts.Scheme.Rule(made.Rule)
		if !known || made.Made.At.After(e.at) {
			continue
		}
		root := e.facts.Scheme.Root(rule)
		r := ruled{Adjustment: made, rule: rule, lost: made.full(rule, root)}
		m := matter{root.ID, made.Ref}
		switch {
		case !made.standsAt(e.at):
			r.skip = isRevoked
		case a.seen[m]:
			r.skip = sameMatter
		default:
			a.seen[m] = true
			if root.Cap == nil {
				r.count(r.lost, counted)
			} else {
				r.count(root.within(a.given[root], r.lost), overCap)
				a.given[root] = a.given[root].Add(r.amount)
			}
			e.book(a, &r)
		}
		a.list = append(a.list, r)
	}
}

// count lets an amount count; why tells what the rest was lost to, if there is one.
func (r *ruled) count(amount Points, why skip) {
	full := r.lost.Add(r.amount)
	r.amount, r.lost = amount, full.Sub(amount)
	if !r.lost.IsZero() && r.skip == counted {
		r.skip = why
	}
}

// book adds what counts to the sum that it belongs to, as far as its item lasts.
func (e *Evaluator) book(a *adjusted, r *ruled) {
	item, inItem := e.facts.Scheme.index.items[r.rule.Item]
	if !inItem {
		a.total = a.total.Add(r.amount)
		return
	}
	left := item.Full.Add(a.taken[item.ID])
	r.count(decimal.Max(r.amount, left.Neg()), usedUp)
	a.taken[item.ID] = a.taken[item.ID].Add(r.amount)
}

// Root is the rule that this one is a share of, or the rule itself. The cap, the amount
// and the matters that have counted are the root's.
func (s *Scheme) Root(rule *Rule) *Rule {
	if rule.Of == "" {
		return rule
	}
	if of, ok := s.Rule(rule.Of); ok {
		return of
	}
	return rule
}

// full is what the adjustment amounts to before the cap.
func (a *Adjustment) full(rule, root *Rule) Points {
	each := root.Points
	if root.Open {
		each = a.Points
		if root.Takes {
			each = each.Neg()
		}
	}
	if rule != root {
		each = each.Mul(rule.Share)
	}
	return times(each, max(a.Count, 1))
}

// takes reports whether the rule takes points off.
func (r *Rule) takes() bool { return r.Takes || r.Points.IsNegative() }

// within is how much of an amount the rule's cap leaves after what was given.
func (r *Rule) within(given, amount Points) Points {
	switch {
	case r.Cap == nil:
		return amount
	case r.takes():
		return decimal.Max(amount, r.Cap.Neg().Sub(given))
	default:
		return decimal.Min(amount, r.Cap.Sub(given))
	}
}
