package schemes

import (
	"cmp"

	"github.com/shopspring/decimal"

	"paogai/scoring"
)

func hundred() scoring.Points { return decimal.NewFromInt(100) }

// checkRankBands wants a table of ranks to give every rank its points once, best first.
func (r *reader) checkRankBands(i *scoring.Item, at itemLines) {
	last := len(i.Bands) - 1
	for n, b := range i.Bands {
		line, next := at.bands[n], 1
		if n > 0 {
			next = i.Bands[n-1].To + 1
		}
		switch {
		case b.To != 0 && b.To < b.From:
			r.fault(line, "the band from rank %d to %d is empty", b.From, b.To)
		case n < last && b.To == 0:
			r.fault(line, "only the last band may be without %q", "to")
		case b.From > next:
			r.fault(line, "ranks %d to %d get no points: a hole between bands", next, b.From-1)
		case b.From < next:
			r.fault(line, "ranks %d to %d are in two bands", b.From, next-1)
		}
		switch {
		case n == last && b.To != 0:
			r.fault(line, "ranks after %d get no points: leave out %q in the last band", b.To, "to")
		case n > 0 && b.Points.GreaterThan(i.Bands[n-1].Points):
			r.fault(line, "ranks from %d get %s, more than better ranks", b.From, b.Points)
		case b.Points.IsNegative():
			r.fault(line, "ranks from %d get less than 0", b.From)
		}
	}
	r.checkTop(i, at)
	r.checkStep(i, at)
}

// checkTop wants the best rank to get full marks: of the item, or of a group's indicators.
func (r *reader) checkTop(i *scoring.Item, at itemLines) {
	if len(i.Bands) == 0 {
		return
	}
	takers := []scoring.Item{*i}
	if i.Kind == scoring.GroupItem {
		takers = i.Items
	}
	for _, t := range takers {
		if t.Kind != scoring.IndicatorItem || len(t.Bands) > 0 && t.ID != i.ID {
			continue
		}
		if top := i.Bands[0].Points; !top.Equal(t.Full) {
			r.fault(at.bands[0], "the best ranks get %s, but %s has %s", top, t.ID, t.Full)
		}
	}
}

// checkStep looks for the step by which a table goes down, and for bands that do not keep
// to it. A table of which less than two thirds of the bands share a step has none.
func (r *reader) checkStep(i *scoring.Item, at itemLines) {
	if len(i.Bands) < 4 {
		return
	}
	count := map[string]int{}
	var step scoring.Points
	for n := 1; n < len(i.Bands); n++ {
		d := i.Bands[n-1].Points.Sub(i.Bands[n].Points)
		count[d.String()]++
		if cmp.Compare(count[d.String()], count[step.String()]) > 0 {
			step = d
		}
	}
	if 3*count[step.String()] < 2*(len(i.Bands)-1) {
		return
	}
	for n := 1; n < len(i.Bands); n++ {
		if want := i.Bands[n-1].Points.Sub(step); !want.Equal(i.Bands[n].Points) {
			r.warn(at.bands[n], "ranks from %d get %s, but the table's own step of %s would give %s",
				i.Bands[n].From, i.Bands[n].Points, step, want)
		}
	}
}
