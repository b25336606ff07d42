package scoring

// ItemView is an item in a [View]: its points, and what is in it.
type ItemView struct {
	ID      string     `json:"id"`
	Kind    ItemKind   `json:"kind"`
	Title   string     `json:"title"`
	Article string     `json:"article"`
	Quote   string     `json:"quote"`
	Full    Points     `json:"full"`
	Weight  *Points    `json:"weight,omitempty"` // percent
	Missing Missing    `json:"missing,omitempty"`
	By      string     `json:"by,omitempty"`
	Note    string     `json:"note,omitempty"`
	Order   string     `json:"order,omitempty"`
	Assumed string     `json:"assumed,omitempty"`
	Bands   []RankView `json:"bands,omitempty"`
	Rounds  []Weighted `json:"rounds,omitempty"`
	Items   []ItemView `json:"items,omitempty"`
}

// RankView is a rank band in a [View]; To is left out where it has no end.
type RankView struct {
	From   int    `json:"from"`
	To     int    `json:"to,omitempty"`
	Points Points `json:"points"`
}

// Weighted is a round with its weight in a [View].
type Weighted struct {
	ID     string `json:"id"`
	Weight Points `json:"weight"`
}

// GateView is a gate in a [View].
type GateView struct {
	Rule  string  `json:"rule,omitempty"`
	Item  string  `json:"item,omitempty"`
	Below *Points `json:"below,omitempty"`
	Most  *Points `json:"most,omitempty"`
	Grade string  `json:"grade,omitempty"`
}

// DeadlineView is a deadline in a [View].
type DeadlineView struct {
	ID      string `json:"id"`
	Title   string `json:"title"`
	Who     string `json:"who"`
	Due     Date   `json:"due"`
	Article string `json:"article"`
	Quote   string `json:"quote"`
}

func (i *Item) view() ItemView {
	v := ItemView{
		ID: i.ID, Kind: i.Kind, Title: i.Title, Article: i.Article, Quote: i.Quote, Full: i.Full,
		Weight: given(i.Weight), By: i.By, Note: i.Note, Assumed: i.Assumed,
		Bands:  viewEach(i.Bands, func(b *RankBand) RankView { return RankView(*b) }),
		Rounds: viewEach(i.Rounds, func(r *Round) Weighted { return Weighted(*r) }),
		Items:  viewEach(i.Items, (*Item).view),
	}
	if i.Kind == ExternalItem || i.Kind == IndicatorItem {
		v.Missing = i.Missing
	}
	if i.LeastFirst {
		v.Order = "least-first"
	}
	return v
}

// given is points that may be left out: nil for zero.
func given(p Points) *Points {
	if p.IsZero() {
		return nil
	}
	return &p
}
