package scoring

// ItemKind tells how an item gets its points.
type ItemKind string

// The kinds of item.
const (
	GroupItem     ItemKind = "group"      // the weighted sum of the items in it
	DeductionItem ItemKind = "deductions" // full marks, less what rules take off, down to 0 (扣完为止)
	ConstantItem  ItemKind = "constant"   // full marks for everybody (暂不纳入考核，暂计)
	ExternalItem  ItemKind = "external"   // what another body reports (待报 until then, which is not 0)
	IndicatorItem ItemKind = "indicator"  // by rank among the units that have a value
)

// Missing tells what an item counts for while its value is not known.
type Missing string

// The policies for what is missing.
const (
	Pending     Missing = "pending"     // still obtainable in full, nothing in hand
	CountFull   Missing = "full"        // full marks
	CountZero   Missing = "zero"        // nothing
	Renormalise Missing = "renormalise" // left out; the rest of its group is scaled up to the group's full marks (缺项折算)
)

// Item is a part of a score (考核项). Weight is the percentage with which it counts in its
// group or in the score, zero for all of it. By names the body that scores an external
// item. Note says why a constant is one.
type Item struct {
	ID, Title, Article, Quote string
	Kind                      ItemKind
	Full                      Points
	Weight                    Points
	Missing                   Missing
	By, Note                  string
	Items                     []Item     // of a group
	Bands                     []RankBand // of an indicator, or of a group for all of its indicators
	Rounds                    []Round    // of an indicator, or of a group; empty: any round, all equal
	LeastFirst                bool       // of an indicator: the least value ranks first
	Assumed                   string

	rule  *Rule
	place int
}

// RankBand gives Points to ranks From to To; To 0 means and all after it.
type RankBand struct {
	From, To int
	Points   Points
}

// Round is one round of measurement, with its weight in the mean.
type Round struct {
	ID     string
	Weight Points
}

// Rule is the item read as a rule, for the lines of an explanation.
func (i *Item) Rule() *Rule { return i.rule }

// weighted is an amount of the item's as it counts in its group.
func (i *Item) weighted(p Points) Points {
	if i.Weight.IsZero() {
		return p
	}
	return p.Mul(i.Weight).Shift(-2)
}

// banded is the points of a rank.
func (i *Item) banded(rank int) Points {
	for _, b := range i.Bands {
		if rank >= b.From && (rank <= b.To || b.To == 0) {
			return b.Points
		}
	}
	return Points{}
}

// HasRound reports whether the indicator takes a round: any, unless the scheme weighs them.
func (i *Item) HasRound(id string) bool {
	_, ok := i.roundWeight(id)
	return ok
}

// Item is the item with this id, at any depth.
func (s *Scheme) Item(id string) (*Item, bool) {
	i, ok := s.index.items[id]
	return i, ok
}

// EachItem calls f for every item, those of a group after the group.
func (s *Scheme) EachItem(f func(*Item)) { eachItem(s.Items, f) }

func eachItem(items []Item, f func(*Item)) {
	for i := range items {
		f(&items[i])
		eachItem(items[i].Items, f)
	}
}

// PlanTotal is what the plan of a unit must sum to: the points of the base rule.
func (s *Scheme) PlanTotal() Points {
	if rule := s.RuleOf(BaseRule); rule != nil {
		return rule.Points
	}
	return s.Total
}

// indexItems gives every item its place and its rule. What an item does not say itself,
// the group says: article, quote, bands and rounds.
func (s *Scheme) indexItems(x *index) {
	x.items = map[string]*Item{}
	var walk func(items []Item, parent *Item)
	walk = func(items []Item, parent *Item) {
		for n := range items {
			i := &items[n]
			i.inherit(parent)
			i.place = x.itemCount
			x.itemCount++
			i.rule = &Rule{
				ID: i.ID, Title: i.Title, Article: i.Article, Quote: i.Quote,
				Kind: ItemRule, Points: i.Full, Assumed: i.Assumed,
			}
			x.items[i.ID] = i
			x.measured = x.measured || i.Kind == IndicatorItem
			walk(i.Items, i)
		}
	}
	walk(s.Items, nil)
}

func (i *Item) inherit(parent *Item) {
	if i.Missing == "" {
		i.Missing = Pending
	}
	if parent == nil {
		return
	}
	if i.Article == "" {
		i.Article = parent.Article
	}
	if i.Quote == "" {
		i.Quote = parent.Quote
	}
	if len(i.Bands) == 0 {
		i.Bands = parent.Bands
	}
	if len(i.Rounds) == 0 {
		i.Rounds = parent.Rounds
	}
}
