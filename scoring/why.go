package scoring

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"
)

// ErrNoUnit says that the campaign has no unit of that name.
var ErrNoUnit = errors.New("no such unit in this campaign")

// Explanation is why a unit's score is what it is at a moment. The amounts of its lines
// sum to Standing.Score, always.
type Explanation struct {
	Unit     string
	At       time.Time
	Standing Standing
	Lines    []Line
}

// Line is one ± of a score. Rule carries the article and the quote; Text says in Chinese
// what the line is. Mark is the entry behind it: zero where there is none, and for a date
// that passed only At is set, the moment of it. A line that counts for nothing has the
// amount 0 and says why in Uncounted. An amount that renormalising brought about is given to
// twelve decimals.
type Line struct {
	Amount    Points
	Rule      *Rule
	Text      string
	Task      string
	Milestone int
	Item      string // the item that the line is about
	Ref       string
	Mark      Mark
	Uncounted string
}

// Why explains the score of a unit at a moment: first what it starts from, then its late
// tasks, its items with what was taken from each, the adjustments in the order of being
// made, and last the limits. An unknown unit gives [ErrNoUnit].
func Why(f *Facts, unit string, at time.Time) (Explanation, error) {
	u := f.Unit(unit)
	if u == nil {
		return Explanation{}, fmt.Errorf("%q: %w", unit, ErrNoUnit)
	}
	standing, _ := NewBoard(f, at).Unit(unit)
	lines := NewEvaluator(f).Lines(u, at, f.RanksAt(at))
	return Explanation{Unit: unit, At: at.In(f.Scheme.Zone), Standing: standing, Lines: lines}, nil
}

// Lines is every ± of the unit's score at a moment, as [Why] has them. Their amounts sum to
// the Score that [Evaluator.Evaluate] gives.
func (e *Evaluator) Lines(u *UnitFacts, at time.Time, ranks *Ranks) []Line {
	st := e.Evaluate(u, at, ranks)
	base := e.startLines
	if e.closed {
		base = e.doneLines
	}
	lines := slices.Concat(base(u), e.lateLines(u), e.itemLines(), e.adjustmentLines(""), e.limitLines())
	settle(lines, st.Score)
	e.facts.recorded(lines)
	return lines
}

// settle gives what rounding quotients has lost or won, at the twelfth decimal, to the last
// line that is one.
func settle(lines []Line, score Points) {
	last, total := -1, Points{}
	for i := range lines {
		total = total.Add(lines[i].Amount)
		if lines[i].Amount.Exponent() == -quotientPlaces {
			last = i
		}
	}
	if last >= 0 {
		lines[last].Amount = lines[last].Amount.Add(score.Sub(total))
	}
}

// startLines is what a unit starts from while the campaign runs: all of its points.
func (e *Evaluator) startLines(u *UnitFacts) []Line {
	if len(e.facts.Scheme.Tasks) == 0 {
		return e.baseLines()
	}
	plan := u.planAt(e.at)
	var total sum
	tasks := 0
	for i := range e.facts.Scheme.Tasks {
		if points, applies := e.facts.worth(plan, i); applies {
			total.add(points)
			tasks++
		}
	}
	line := Line{Amount: total.points(), Rule: e.facts.Scheme.RuleOf(BaseRule)}
	line.Text = fmt.Sprintf("任务分值合计，共 %d 项，以满分起算", tasks)
	if plan == nil {
		line.Text += "（任务分解表尚未审核，分值暂定）"
	} else {
		line.Mark = u.PlanMark
	}
	return []Line{line}
}

// baseLines is what every unit starts from in a scheme without tasks, if it says so.
func (e *Evaluator) baseLines() []Line {
	rule := e.facts.Scheme.RuleOf(BaseRule)
	if rule == nil {
		return nil
	}
	return []Line{{Amount: rule.Points, Rule: rule, Text: rule.Title}}
}

// doneLines is what a unit has once the campaign is closed: the points of done tasks.
func (e *Evaluator) doneLines(u *UnitFacts) []Line {
	if len(e.facts.Scheme.Tasks) == 0 {
		return e.baseLines()
	}
	rule := e.facts.Scheme.RuleOf(BaseRule)
	plan := u.planAt(e.at)
	var lines []Line
	for i := range e.facts.Scheme.Tasks {
		points, applies := e.facts.worth(plan, i)
		if !applies {
			continue
		}
		id := e.facts.Scheme.Tasks[i].ID
		line := Line{Rule: rule, Task: id, Text: fmt.Sprintf("第 %s 项任务的分值", id)}
		if e.task(u, i).done {
			line.Amount, line.Mark = points, e.finished(i)
		} else {
			line.Uncounted = fmt.Sprintf("未完成，%s 分不计", Show(points))
		}
		lines = append(lines, line)
	}
	return lines
}

// finished is the last acceptance that the i-th task needed.
func (e *Evaluator) finished(i int) Mark {
	var last Mark
	for m := range e.facts.Scheme.Tasks[i].Milestones {
		c := e.claims[e.facts.Scheme.flat(place{i, m})]
		if c.accepted != nil && c.accepted.Decided.Seq >= last.Seq {
			last = c.accepted.Decided
		}
	}
	return last
}

// lateLines is one line for each late milestone; the first of a task takes the points.
func (e *Evaluator) lateLines(u *UnitFacts) []Line {
	plan := u.planAt(e.at)
	var lines []Line
	for i := range e.facts.Scheme.Tasks {
		if _, applies := e.facts.worth(plan, i); !applies {
			continue
		}
		first := true
		for m := range e.facts.Scheme.Tasks[i].Milestones {
			line, late := e.lateLine(u, place{i, m})
			if !late {
				continue
			}
			if first {
				line.Amount = e.penalty(1)
			} else {
				line.Uncounted = "同一项任务只扣一次"
			}
			first = false
			lines = append(lines, line)
		}
	}
	return lines
}

func (e *Evaluator) lateLine(u *UnitFacts, p place) (Line, bool) {
	c := e.claims[e.facts.Scheme.flat(p)]
	v := e.facts.judge(u, p, c, e.at)
	if !v.late {
		return Line{}, false
	}
	t := &e.facts.Scheme.Tasks[p.task]
	text := fmt.Sprintf("第 %s 项任务", t.ID)
	if len(t.Milestones) > 1 {
		text += "“" + t.Milestones[p.milestone].Label + "”"
	}
	due, _ := e.facts.due(p, e.at)
	n := e.facts.Scheme.node(p)
	switch v.by {
	case ByRuling:
		text += "，经认定逾期：" + u.Rulings[n].Reason
	case ByResult:
		text += fmt.Sprintf("逾期：时限 %s，%s 完成", due, c.accepted.CompletedOn)
	default:
		text += fmt.Sprintf("逾期：时限 %s 已过，没有按时完成", due)
	}
	rule := e.facts.Scheme.RuleOf(LateRule)
	return Line{Rule: rule, Text: text, Task: n.Task, Milestone: n.Milestone, Mark: e.facts.markOf(v, u, p, c)}, true
}

// adjustmentLines is one line for each adjustment that is taken from an item ("": from
// none), and one more for what a cap cut off.
func (e *Evaluator) adjustmentLines(item string) []Line {
	var lines []Line
	for i := range e.adj.list {
		r := &e.adj.list[i]
		if _, inItem := e.facts.Scheme.Item(r.rule.Item); inItem && r.rule.Item != item || !inItem && item != "" {
			continue
		}
		line := Line{Amount: r.amount, Rule: r.rule, Text: r.text(), Ref: r.Ref, Mark: r.Made}
		if r.skip == counted || !r.amount.IsZero() {
			lines = append(lines, line)
		}
		if r.skip != counted {
			line.Amount, line.Uncounted = Points{}, r.uncounted(e.facts.Scheme)
			lines = append(lines, line)
		}
	}
	return lines
}

func (r *ruled) text() string {
	text := r.rule.Title
	if r.Count > 1 {
		text += fmt.Sprintf(" × %d", r.Count)
	}
	if r.Reason != "" {
		text += "：" + r.Reason
	}
	if len(r.Reopens) > 0 && r.skip != isRevoked {
		text += "，作废已通过的申报 " + strings.Join(r.Reopens, "、")
	}
	return text
}

// uncounted says why the adjustment, or the part of it that was lost, does not count.
func (r *ruled) uncounted(s *Scheme) string {
	switch r.skip {
	case isRevoked:
		return "已撤销：" + r.RevokeReason
	case sameMatter:
		return "同一事项已按本条计过"
	case usedUp:
		return fmt.Sprintf("本项已扣完，%s 分不计", Show(r.lost.Abs()))
	default:
		return fmt.Sprintf("超出本条上限 %s 分，%s 分不计", Show(*s.Root(r.rule).Cap), Show(r.lost.Abs()))
	}
}
