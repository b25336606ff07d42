package scoring

import (
	"math/big"
	"slices"
	"time"

	"github.com/shopspring/decimal"
)

// Ranks is how the units of each class rank by each indicator at a moment, among those
// that have a value. It is all that one unit's score takes from the others, and nothing
// but a measurement changes it.
type Ranks struct{ of map[indicated]Rank }

type indicated struct{ item, unit string }

// Rank is a unit's place by one indicator: ties share one, and Of units have a value.
// Mean is the exact mean of the rounds recorded, Rounds their number, Mark the last of
// its measurements.
type Rank struct {
	Rank, Of int
	Mean     *big.Rat
	Rounds   int
	Mark     Mark
}

// RanksAt ranks the units by every indicator of the scheme; nil if it has none.
func (f *Facts) RanksAt(at time.Time) *Ranks {
	if !f.Scheme.index.measured {
		return nil
	}
	r := &Ranks{map[indicated]Rank{}}
	f.Scheme.EachItem(func(i *Item) {
		if i.Kind == IndicatorItem {
			f.rankBy(i, at, r)
		}
	})
	return r
}

// Of is the unit's rank by an indicator, if it has a value.
func (r *Ranks) Of(item, unit string) (Rank, bool) {
	if r == nil {
		return Rank{}, false
	}
	rank, ok := r.of[indicated{item, unit}]
	return rank, ok
}

// rankBy ranks the units of each class by one indicator.
func (f *Facts) rankBy(i *Item, at time.Time, into *Ranks) {
	type entry struct {
		unit string
		Rank
	}
	classes := map[string][]entry{}
	for _, u := range f.Units {
		if mean, ok := i.mean(u, at); ok {
			classes[u.Class] = append(classes[u.Class], entry{u.Name, mean})
		}
	}
	for _, list := range classes {
		slices.SortStableFunc(list, func(a, b entry) int {
			if i.LeastFirst {
				return a.Mean.Cmp(b.Mean)
			}
			return b.Mean.Cmp(a.Mean)
		})
		for n := range list {
			list[n].Rank.Rank, list[n].Of = n+1, len(list)
			if n > 0 && list[n].Mean.Cmp(list[n-1].Mean) == 0 {
				list[n].Rank.Rank = list[n-1].Rank.Rank
			}
			into.of[indicated{i.ID, list[n].unit}] = list[n].Rank
		}
	}
}

// mean is the weighted mean of the rounds recorded by the moment, exactly. Rounds count
// equally unless the scheme weighs them; then others do not count.
func (i *Item) mean(u *UnitFacts, at time.Time) (Rank, bool) {
	var total, weights Points
	var r Rank
	for n := range u.Measurements {
		m := &u.Measurements[n]
		weight, ok := i.roundWeight(m.Round)
		if m.Item != i.ID || !ok || m.Mark.At.After(at) || overtaken(u.Measurements[n+1:], m, at) {
			continue
		}
		total = total.Add(m.Value.Mul(weight))
		weights = weights.Add(weight)
		r.Mark = m.Mark
		r.Rounds++
	}
	if r.Rounds == 0 {
		return r, false
	}
	r.Mean = new(big.Rat).Quo(total.Rat(), weights.Rat())
	return r, true
}

func (i *Item) roundWeight(round string) (weight Points, ok bool) {
	if len(i.Rounds) == 0 {
		return decimal.NewFromInt(1), true
	}
	for _, r := range i.Rounds {
		if r.ID == round {
			return r.Weight, true
		}
	}
	return Points{}, false
}

// overtaken reports whether a later measurement of the same round stands in its place.
func overtaken(later []Measurement, m *Measurement, at time.Time) bool {
	return slices.ContainsFunc(later, func(l Measurement) bool {
		return l.Item == m.Item && l.Round == m.Round && !l.Mark.At.After(at)
	})
}
