package scoring

import (
	"fmt"

	"github.com/shopspring/decimal"
)

// itemLines is one line for each item, with what was taken from it, and one for each group
// that was scaled up because something in it is left out.
func (e *Evaluator) itemLines() []Line {
	if len(e.facts.Scheme.Items) == 0 {
		return nil
	}
	whole := decimal.NewFromInt(1)
	lines := e.linesOf(e.facts.Scheme.Items, whole)
	if line, scaled := e.scaledLine(e.total(), whole); scaled {
		lines = append(lines, line)
	}
	return lines
}

// linesOf is the lines of a list of items, each amount counting by the factor that the
// groups around it leave.
func (e *Evaluator) linesOf(items []Item, factor Points) []Line {
	var lines []Line
	for n := range items {
		i := &items[n]
		w := &e.items[i.place]
		own := i.weighted(factor)
		if i.Kind != GroupItem || w.pending {
			lines = append(lines, e.itemLine(i, w, own))
			for _, line := range e.adjustmentLines(i.ID) {
				line.Amount = line.Amount.Mul(own)
				lines = append(lines, line)
			}
			continue
		}
		lines = append(lines, e.linesOf(i.Items, own)...)
		if line, scaled := e.scaledLine(*w, own); scaled {
			line.Text = i.Title + "，" + line.Text
			line.Item = i.ID
			lines = append(lines, line)
		}
	}
	return lines
}

// scaledLine is what scaling up a group added to it.
func (e *Evaluator) scaledLine(w worth, factor Points) (Line, bool) {
	before, after := w.group.hold, w.hold
	if e.closed {
		before, after = w.group.earned, w.earned
	}
	if w.group.full.Equal(w.group.all) {
		return Line{}, false
	}
	return Line{
		Amount: after.minus(before).times(factor).points(),
		Rule:   e.facts.Scheme.RuleOf(RenormaliseRule),
		Text: fmt.Sprintf("缺项折算：%s 分中得 %s 分，按 %s 分折算为 %s 分",
			Show(w.group.full), Show(before.points()), Show(w.group.all), Show(after.points())),
	}, true
}

// itemLine is what an item is worth before deductions.
func (e *Evaluator) itemLine(i *Item, w *worth, factor Points) Line {
	amount := w.hold
	if e.closed {
		amount = w.earned
	}
	line := Line{Rule: i.rule, Text: i.Title, Item: i.ID}
	switch {
	case w.pending:
		line.Uncounted = i.awaited(w, amount)
	case i.Kind == ConstantItem:
		line.Text += "，暂计：" + i.Note
	case i.Kind == DeductionItem:
		amount = exact{dec: i.Full}
		line.Text += "，满分起算"
	case i.Kind == ExternalItem:
		line.Text += "，" + i.By + "计分"
		line.Mark = w.given.Mark
	case i.Kind == IndicatorItem:
		line.Text += "，" + w.rank.words() + fmt.Sprintf("，%s 分", Show(i.banded(w.rank.Rank)))
		line.Mark = w.rank.Mark
	}
	if !i.Weight.IsZero() {
		line.Text += fmt.Sprintf("（权重 %s%%）", i.Weight)
	}
	line.Amount = amount.times(factor).points()
	if !line.Amount.IsZero() && w.pending {
		line.Text, line.Uncounted = line.Text+"，"+line.Uncounted, ""
	}
	return line
}

// awaited says what an item without a value counts for.
func (i *Item) awaited(w *worth, amount exact) string {
	who := "待报"
	if i.By != "" {
		who = "待" + i.By + "报分"
	}
	switch {
	case w.absent:
		return "缺项，不计入，其余按比例折算"
	case !amount.points().IsZero():
		return who + "，暂按满分计"
	default:
		return who + "，尚未取得"
	}
}

// words says a rank in a sentence; the mean is shown to four decimals and compared exactly.
func (r *Rank) words() string {
	mean := decimal.NewFromBigRat(r.Mean, pointsPlaces)
	return fmt.Sprintf("%d 次均值 %s，%d 个有数据的单位中列第 %d", r.Rounds, mean, r.Of, r.Rank)
}

// limitLines is what floors, ceilings and gates changed.
func (e *Evaluator) limitLines() []Line {
	value := e.hold
	if e.closed {
		value = e.earned
	}
	var lines []Line
	for _, m := range e.limited(value, e.closed).moved {
		lines = append(lines, Line{Amount: m.by.points(), Rule: m.rule, Text: m.rule.limitText()})
	}
	return lines
}

func (r *Rule) limitText() string {
	if r.Kind == FloorRule {
		return fmt.Sprintf("%s：最低 %s 分", r.Title, Show(r.Points))
	}
	if r.Kind == CeilingRule {
		return fmt.Sprintf("%s：最高 %s 分", r.Title, Show(r.Points))
	}
	text := r.Title
	if r.Gate.Most != nil {
		text += fmt.Sprintf("，得分不超过 %s 分", Show(*r.Gate.Most))
	}
	if r.Gate.Grade != "" {
		text += "，等次不高于" + r.Gate.Grade
	}
	return text
}
