package schemes

import (
	"github.com/shopspring/decimal"

	"paogai/scoring"
)

func (r *reader) checkRules() {
	ids := map[string]int{}
	count := map[scoring.RuleKind]int{}
	r.eachItem(func(i *scoring.Item, at itemLines) { ids[i.ID] = at.line })
	for i := range r.scheme.Rules {
		rule, line := &r.scheme.Rules[i], r.lines.rules[i]
		r.unique(ids, rule.ID, "rule", line)
		count[rule.Kind]++
		r.checkFit(rule, line)
		limit := rule.Kind == scoring.FloorRule || rule.Kind == scoring.CeilingRule
		switch {
		case rule.Kind == scoring.AdjustmentRule:
			r.checkAdjustment(rule, line)
		case rule.Kind == scoring.GateRule:
			r.checkGate(rule, line)
		case rule.Kind == scoring.LateRule && !rule.Points.IsNegative():
			r.fault(line, "rule %s must take points off, not %s", rule.ID, rule.Points)
		case (rule.Kind == scoring.BaseRule || limit) && (!r.lines.pointed[i] || rule.Points.IsNegative()):
			r.fault(line, "rule %s needs points of at least 0", rule.ID)
		}
	}
	r.checkCounts(count)
}

// checkCounts wants as many rules of a kind as a scheme can use.
func (r *reader) checkCounts(count map[scoring.RuleKind]int) {
	tasks, items := len(r.scheme.Tasks) > 0, len(r.scheme.Items) > 0
	for _, c := range []struct {
		kind        scoring.RuleKind
		least, most bool
	}{
		{scoring.BaseRule, tasks || !items, true},
		{scoring.LateRule, tasks, tasks},
		{scoring.RenormaliseRule, r.renormalises(), r.renormalises()},
	} {
		switch n := count[c.kind]; {
		case c.least && n != 1:
			r.fault(0, "the scheme needs exactly one rule of kind %s and has %d", c.kind, n)
		case n > 1:
			r.fault(0, "the scheme may have one rule of kind %s and has %d", c.kind, n)
		case n == 1 && !c.most:
			r.warn(0, "the rule of kind %s never applies: the scheme has nothing that it is for", c.kind)
		}
	}
}

func (r *reader) renormalises() bool {
	found := false
	r.scheme.EachItem(func(i *scoring.Item) { found = found || i.Missing == scoring.Renormalise })
	return found
}

// checkFit wants a rule to have only what its kind can use.
func (r *reader) checkFit(rule *scoring.Rule, line int) {
	if (rule.Kind == scoring.GateRule) != (rule.Gate != nil) {
		r.fault(line, "rule %s: exactly rules of kind gate have a gate", rule.ID)
	}
	if rule.Kind == scoring.AdjustmentRule {
		return
	}
	for _, c := range []struct {
		key string
		has bool
	}{
		{"open", rule.Open},
		{"takes", rule.Takes},
		{"cap", rule.Cap != nil},
		{"item", rule.Item != ""},
		{"of", rule.Of != ""},
		{"share", !rule.Share.IsZero()},
		{"reopens", rule.Reopens},
	} {
		if c.has {
			r.fault(line, "rule %s is of kind %s and cannot have %q", rule.ID, rule.Kind, c.key)
		}
	}
}

func (r *reader) checkAdjustment(rule *scoring.Rule, line int) {
	switch {
	case rule.Of != "" || !rule.Share.IsZero():
		r.checkShared(rule, line)
		return
	case rule.Open != rule.Points.IsZero():
		r.fault(line, "rule %s must either fix its points or leave them open", rule.ID)
	case rule.Takes && !rule.Open:
		r.fault(line, "rule %s fixes its points: write them below 0 instead of %q", rule.ID, "takes")
	}
	if rule.Cap != nil && !rule.Cap.IsPositive() {
		r.fault(line, "the cap of rule %s must be above 0", rule.ID)
	} else if rule.Cap != nil && rule.Points.Abs().GreaterThan(*rule.Cap) {
		r.warn(line, "one count of rule %s is %s, more than its cap %s ever lets count", rule.ID, rule.Points, rule.Cap)
	}
	if rule.Reopens && len(r.scheme.Tasks) == 0 {
		r.warn(line, "rule %s reopens acceptances, but the scheme has no tasks", rule.ID)
	}
	if rule.Item != "" {
		r.checkTaken(rule, line)
	}
}

// checkTaken wants a deduction to fit the item that it is taken from.
func (r *reader) checkTaken(rule *scoring.Rule, line int) {
	item := r.item(rule.Item)
	switch {
	case item == nil:
		r.fault(line, "rule %s takes from item %s, which does not exist", rule.ID, rule.Item)
		return
	case item.Kind != scoring.DeductionItem:
		r.fault(line, "rule %s takes from item %s, which is of kind %s, not %s", rule.ID, item.ID, item.Kind, scoring.DeductionItem)
		return
	case !rule.Points.IsNegative() && !rule.Takes:
		r.fault(line, "rule %s is on item %s and must take points off", rule.ID, item.ID)
	case rule.Points.Abs().GreaterThan(item.Full):
		r.fault(line, "rule %s takes %s off item %s, which has only %s", rule.ID, rule.Points.Abs(), item.ID, item.Full)
	}
	if rule.Cap != nil && rule.Cap.GreaterThan(item.Full) {
		r.warn(line, "the cap %s of rule %s cannot bind: item %s has only %s", rule.Cap, rule.ID, item.ID, item.Full)
	}
}

// checkShared wants a rule that is a share of another to say nothing but that.
func (r *reader) checkShared(rule *scoring.Rule, line int) {
	one := decimal.NewFromInt(1)
	if !rule.Share.IsPositive() || rule.Share.GreaterThan(one) {
		r.fault(line, "rule %s needs a share above 0 and up to 1, as 0.5", rule.ID)
	}
	if rule.Open || rule.Takes || !rule.Points.IsZero() || rule.Cap != nil || rule.Item != "" {
		r.fault(line, "rule %s is a share of %s and takes points, cap and item from there", rule.ID, rule.Of)
	}
	of := r.ruleOf(rule.Of)
	switch {
	case of == nil:
		r.fault(line, "rule %s is a share of rule %s, which does not exist", rule.ID, rule.Of)
	case of.Kind != scoring.AdjustmentRule || of.Of != "" || of.Item != "":
		r.fault(line, "rule %s cannot be a share of %s: that must be an adjustment to the score, and no share itself", rule.ID, of.ID)
	}
}

// checkGate wants a gate to have one condition and an effect.
func (r *reader) checkGate(rule *scoring.Rule, line int) {
	g := rule.Gate
	if g == nil {
		return // reported
	}
	if (g.Rule == "") == (g.Item == "") || (g.Item == "") != g.Below.IsZero() {
		r.fault(line, "gate %s needs either a rule, or an item and what it is below", rule.ID)
	}
	if g.Most == nil && g.Grade == "" {
		r.fault(line, "gate %s holds nothing down: it needs %q or %q", rule.ID, "most", "grade")
	}
	if of := r.ruleOf(g.Rule); g.Rule != "" && (of == nil || of.Kind != scoring.AdjustmentRule) {
		r.fault(line, "gate %s rests on rule %s, which is no adjustment", rule.ID, g.Rule)
	}
	if g.Item != "" {
		switch item := r.item(g.Item); {
		case item == nil:
			r.fault(line, "gate %s rests on item %s, which does not exist", rule.ID, g.Item)
		case g.Below.GreaterThan(item.Full):
			r.warn(line, "gate %s always holds: item %s has only %s, which is below %s", rule.ID, item.ID, item.Full, g.Below)
		}
	}
	known := false
	for _, b := range r.scheme.Grades.Bands {
		known = known || b.Title == g.Grade
	}
	if g.Grade != "" && !known {
		r.fault(line, "gate %s names the grade %s, which does not exist", rule.ID, g.Grade)
	}
}

func (r *reader) ruleOf(id string) *scoring.Rule {
	for i := range r.scheme.Rules {
		if r.scheme.Rules[i].ID == id {
			return &r.scheme.Rules[i]
		}
	}
	return nil
}
