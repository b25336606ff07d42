package scoring

// worth is what one item is worth to a unit, in the item's own points: still obtainable,
// and in hand. Absent: left out, to be renormalised by its group. Pending: no value yet.
type worth struct {
	hold, earned    exact
	absent, pending bool
	rank            Rank      // of an indicator
	given           *External // of an external item
	group           share
}

// share is what the items of a group come to: their weighted sums, and the full marks of
// those that are there and of all.
type share struct {
	hold, earned exact
	full, all    Points
}

// weigh values every item for the unit, from the adjustments at hand.
func (e *Evaluator) weigh(u *UnitFacts) {
	e.items = append(e.items[:0], make([]worth, e.facts.Scheme.index.itemCount)...)
	for i := range e.facts.Scheme.Items {
		e.weighItem(u, &e.facts.Scheme.Items[i])
	}
}

func (e *Evaluator) weighItem(u *UnitFacts, i *Item) worth {
	w := worth{pending: true}
	known := exact{}
	switch i.Kind {
	case ConstantItem:
		known.dec, w.pending = i.Full, false
	case DeductionItem:
		known.dec, w.pending = i.Full.Add(e.adj.taken[i.ID]), false
	case ExternalItem:
		if w.given = u.external(i.ID, e); w.given != nil {
			known.dec, w.pending = w.given.Points, false
		}
	case IndicatorItem:
		var ranked bool
		if w.rank, ranked = e.ranks.Of(i.ID, u.Name); ranked {
			known.dec, w.pending = i.banded(w.rank.Rank), false
		}
	case GroupItem:
		w = e.weighGroup(u, i)
	}
	switch {
	case w.pending:
		w.missing(i)
	case i.Kind != GroupItem:
		w.hold, w.earned = known, known
	}
	e.items[i.place] = w
	return w
}

// missing values an item whose value is not known, by its policy.
func (w *worth) missing(i *Item) {
	w.absent = i.Missing == Renormalise
	if i.Missing == Pending || i.Missing == CountFull {
		w.hold.dec = i.Full
	}
	if i.Missing == CountFull {
		w.earned.dec = i.Full
	}
}

// weighGroup values a group: the weighted sum of what is in it, scaled up to the group's
// full marks if something is left out. One of which everything is left out has no value.
func (e *Evaluator) weighGroup(u *UnitFacts, i *Item) worth {
	s := e.shareOf(i.Items, func(child *Item) worth { return e.weighItem(u, child) })
	if s.full.IsZero() {
		return worth{pending: true, group: s}
	}
	hold, earned := s.renormalised()
	return worth{hold: hold, earned: earned, group: s}
}

func (e *Evaluator) shareOf(items []Item, value func(*Item) worth) share {
	var s share
	for n := range items {
		i := &items[n]
		w := value(i)
		s.all = s.all.Add(i.weighted(i.Full))
		if w.absent {
			continue
		}
		s.full = s.full.Add(i.weighted(i.Full))
		s.hold = s.hold.plus(i.weightedExact(w.hold))
		s.earned = s.earned.plus(i.weightedExact(w.earned))
	}
	return s
}

func (s *share) renormalised() (hold, earned exact) {
	if s.full.Equal(s.all) || s.full.IsZero() {
		return s.hold, s.earned
	}
	return s.hold.scaled(s.all, s.full), s.earned.scaled(s.all, s.full)
}

// total is what all items come to; where all of them are left out, nothing is in hand and
// everything is still obtainable.
func (e *Evaluator) total() worth {
	s := e.shareOf(e.facts.Scheme.Items, func(i *Item) worth { return e.items[i.place] })
	hold, earned := s.renormalised()
	if s.full.IsZero() {
		hold.dec = s.all
	}
	return worth{hold: hold, earned: earned, group: s}
}

// pending counts the items without a value, but for groups.
func (e *Evaluator) pending() int {
	count := 0
	e.facts.Scheme.EachItem(func(i *Item) {
		if i.Kind != GroupItem && e.items[i.place].pending {
			count++
		}
	})
	return count
}

// weightedExact is weighted for an exact amount.
func (i *Item) weightedExact(a exact) exact {
	if i.Weight.IsZero() {
		return a
	}
	return a.times(i.Weight.Shift(-2))
}

// external is the last points given to the unit for an item, nil if none were.
func (u *UnitFacts) external(item string, e *Evaluator) *External {
	for n := len(u.Externals) - 1; n >= 0; n-- {
		if x := &u.Externals[n]; x.Item == item && !x.Mark.At.After(e.at) {
			return x
		}
	}
	return nil
}
