package schemes

import (
	"paogai/scoring"
)

// eachItem visits every item with its lines.
func (r *reader) eachItem(f func(*scoring.Item, itemLines)) {
	n := 0
	r.scheme.EachItem(func(i *scoring.Item) {
		f(i, r.lines.items[n])
		n++
	})
}

func (r *reader) item(id string) *scoring.Item {
	var found *scoring.Item
	r.scheme.EachItem(func(i *scoring.Item) {
		if i.ID == id && found == nil {
			found = i
		}
	})
	return found
}

func (r *reader) checkItems() {
	ids := map[string]int{}
	parents := map[*scoring.Item]*scoring.Item{}
	r.eachItem(func(i *scoring.Item, at itemLines) {
		for n := range i.Items {
			parents[&i.Items[n]] = i
		}
		r.unique(ids, i.ID, "item", at.line)
		r.checkItem(i, at)
		r.checkKind(i, at.line)
		r.checkGiven(i, parents, at.line)
	})
}

// checkItem wants an item's numbers to be possible.
func (r *reader) checkItem(i *scoring.Item, at itemLines) {
	if !i.Full.IsPositive() {
		r.fault(at.line, "item %s needs full marks above 0, not %s", i.ID, i.Full)
	}
	if i.Weight.IsNegative() || i.Weight.GreaterThan(hundred()) {
		r.fault(at.line, "the weight of item %s is %s percent; it must be above 0 and up to 100", i.ID, i.Weight)
	}
	if i.Kind == scoring.GroupItem && len(i.Items) > 0 {
		if sum := weightedSum(i.Items); !sum.Equal(i.Full) {
			r.fault(at.line, "the items of %s sum to %s, not to the stated %s", i.ID, sum, i.Full)
		}
	}
	seen := map[string]bool{}
	for _, round := range i.Rounds {
		if seen[round.ID] || !round.Weight.IsPositive() {
			r.fault(at.line, "round %s of item %s stands twice or has no weight above 0", round.ID, i.ID)
		}
		seen[round.ID] = true
	}
	r.checkRankBands(i, at)
}

// weightedSum is what items come to at full marks.
func weightedSum(items []scoring.Item) scoring.Points {
	var sum scoring.Points
	for i := range items {
		full := items[i].Full
		if w := items[i].Weight; !w.IsZero() {
			full = full.Mul(w).Shift(-2)
		}
		sum = sum.Add(full)
	}
	return sum
}

// checkKind wants an item to have what its kind needs and nothing else.
func (r *reader) checkKind(i *scoring.Item, line int) {
	group, indicator := i.Kind == scoring.GroupItem, i.Kind == scoring.IndicatorItem
	external := i.Kind == scoring.ExternalItem
	for _, c := range []struct {
		key             string
		has, can, needs bool
	}{
		{"items", len(i.Items) > 0, group, group},
		{"bands", len(i.Bands) > 0, group || indicator, false},
		{"rounds", len(i.Rounds) > 0, group || indicator, false},
		{"order", i.LeastFirst, indicator, false},
		{"by", i.By != "", external || indicator, external},
		{"note", i.Note != "", true, i.Kind == scoring.ConstantItem},
		{"missing", i.Missing != "", group || external || indicator, false},
	} {
		if c.has && !c.can {
			r.fault(line, "item %s is of kind %s and cannot have %q", i.ID, i.Kind, c.key)
		}
		if c.needs && !c.has {
			r.fault(line, "item %s is of kind %s and needs %q", i.ID, i.Kind, c.key)
		}
	}
	if i.Kind != scoring.DeductionItem {
		return
	}
	for _, rule := range r.scheme.Rules {
		if rule.Item == i.ID {
			return
		}
	}
	r.warn(line, "no rule takes anything off item %s", i.ID)
}

// checkGiven wants what an item may leave to its group to be said by one of them.
func (r *reader) checkGiven(i *scoring.Item, parents map[*scoring.Item]*scoring.Item, line int) {
	article, quote, bands := false, false, false
	for at := i; at != nil; at = parents[at] {
		article = article || at.Article != ""
		quote = quote || at.Quote != ""
		bands = bands || len(at.Bands) > 0
	}
	if !article {
		r.fault(line, "item %s lacks the key %q, and so do the groups around it", i.ID, "article")
	}
	if !quote {
		r.fault(line, "item %s lacks the key %q, and so do the groups around it", i.ID, "quote")
	}
	if i.Kind == scoring.IndicatorItem && !bands {
		r.fault(line, "indicator %s lacks the key %q, and so do the groups around it", i.ID, "bands")
	}
}
