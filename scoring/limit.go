package scoring

// limit is one rule that moved a score, and by how much.
type limit struct {
	rule *Rule
	by   exact
}

// limits is a score within the scheme's floors, ceilings and gates.
type limits struct {
	value exact
	moved []limit
}

// limited applies the floors and ceilings, then the gates: in hand (earned) or to what is
// still obtainable.
func (e *Evaluator) limited(value exact, earned bool) limits {
	s := e.facts.Scheme
	l := limits{value: value}
	for _, kind := range []RuleKind{FloorRule, CeilingRule, GateRule} {
		for _, id := range s.index.kinds[kind] {
			rule, _ := s.Rule(id)
			switch most := (exact{dec: rule.Points}); {
			case kind == FloorRule && l.value.cmp(most) < 0:
				l.move(rule, most)
			case kind == CeilingRule && l.value.cmp(most) > 0:
				l.move(rule, most)
			case kind == GateRule:
				e.gate(rule, earned, &l)
			}
		}
	}
	return l
}

func (l *limits) move(rule *Rule, to exact) {
	l.moved = append(l.moved, limit{rule, to.minus(l.value)})
	l.value = to
}

// gate holds a value down, or notes that only the grade is held down.
func (e *Evaluator) gate(rule *Rule, earned bool, l *limits) {
	if !e.applies(rule.Gate, earned) {
		return
	}
	if most := rule.Gate.Most; most != nil && l.value.cmp(exact{dec: *most}) > 0 {
		l.move(rule, exact{dec: *most})
		return
	}
	l.moved = append(l.moved, limit{rule: rule})
}

// applies reports whether a gate's condition holds.
func (e *Evaluator) applies(g *Gate, earned bool) bool {
	if g.Rule != "" {
		for i := range e.adj.list {
			if r := &e.adj.list[i]; r.rule.ID == g.Rule && r.skip != isRevoked {
				return true
			}
		}
		return false
	}
	i, ok := e.facts.Scheme.Item(g.Item)
	if !ok || e.items[i.place].absent {
		return false
	}
	value := e.items[i.place].hold
	if earned {
		value = e.items[i.place].earned
	}
	return value.cmp(exact{dec: g.Below}) < 0
}

// gatedGrade is the worst grade that a gate leaves at best, "" if none holds it down.
func (e *Evaluator) gatedGrade() string {
	s := e.facts.Scheme
	worst := -1
	for _, id := range s.index.kinds[GateRule] {
		rule, _ := s.Rule(id)
		if rule.Gate.Grade != "" && e.applies(rule.Gate, e.closed) {
			worst = max(worst, s.Grades.place(rule.Gate.Grade))
		}
	}
	if worst < 0 {
		return ""
	}
	return s.Grades.Bands[worst].Title
}

// place is where a grade stands among the grades, -1 if it does not.
func (g *Grading) place(title string) int {
	for i := range g.Bands {
		if g.Bands[i].Title == title {
			return i
		}
	}
	return -1
}
