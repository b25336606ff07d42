package scoring

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
)

// Under is the facts of the campaign under another scheme, or why they do not fit it: one
// sentence a fault. The original is not changed; what has happened is shared with it.
//
// Everything that facts rest on must be there in the new scheme: units, tasks, milestones,
// rules and items, of the same kind. If all units of the present scheme take part, all of the
// new one do, and a unit that the new one leaves out may go if nothing has happened to it;
// else the list that the campaign was opened with stands. A unit takes the new scheme's class
// unless it was given another when the campaign was opened.
func (f *Facts) Under(s *Scheme) (*Facts, []string) {
	c := *f
	fit := &fitting{from: f, to: s, seen: map[string]bool{}}
	c.Scheme, c.Units, c.byName = s, nil, map[string]*UnitFacts{}
	if f.Opens.After(s.Closes) {
		fit.fault("it closes on %s, before the campaign opened on %s", s.Closes, f.Opens)
	}
	for _, n := range sortedNodes(f.Dated) {
		fit.node(n, "a date that was given")
	}
	for _, u := range fit.units() {
		c.Units = append(c.Units, u)
		c.byName[u.Name] = u
	}
	if len(c.Units) == 0 {
		fit.fault("it leaves the campaign without units")
	}
	if len(fit.faults) > 0 {
		return nil, fit.faults
	}
	return &c, nil
}

// fitting collects what does not fit.
type fitting struct {
	from   *Facts
	to     *Scheme
	faults []string
	seen   map[string]bool
}

func (f *fitting) fault(format string, args ...any) {
	if text := fmt.Sprintf(format, args...); !f.seen[text] {
		f.seen[text] = true
		f.faults = append(f.faults, text)
	}
}

// units is who takes part under the new scheme, in its order.
func (f *fitting) units() []*UnitFacts {
	var units []*UnitFacts
	whole := f.whole()
	for _, u := range f.from.Units {
		f.unit(u)
		_, known := f.to.exactUnit(u.Name)
		if _, before := f.from.Scheme.exactUnit(u.Name); before && !known && len(f.to.Units) > 0 {
			if !u.untouched() {
				f.fault("it has no unit %s", u.Name)
			}
			continue
		}
		c := *u
		c.Class, c.page = f.class(u), nil // the page is the original's
		units = append(units, &c)
	}
	for i := range f.to.Units {
		if u := &f.to.Units[i]; whole && f.from.byName[u.Name] == nil {
			units = append(units, &UnitFacts{Name: u.Name, Class: u.Class, Rulings: map[Node]Ruling{}})
		}
	}
	slices.SortStableFunc(units, func(a, b *UnitFacts) int {
		return cmp.Compare(f.to.unitOrder(a.Name), f.to.unitOrder(b.Name))
	})
	return units
}

// whole reports whether all units that the present scheme names take part.
func (f *fitting) whole() bool {
	units := f.from.Scheme.Units
	return len(units) > 0 && !slices.ContainsFunc(units, func(u Unit) bool { return f.from.byName[u.Name] == nil })
}

// class is the class of a unit under the new scheme.
func (f *fitting) class(u *UnitFacts) string {
	class := u.Class
	was, before := f.from.Scheme.exactUnit(u.Name)
	if i, known := f.to.exactUnit(u.Name); known && before && f.from.Scheme.Units[was].Class == u.Class {
		class = f.to.Units[i].Class
	}
	if _, known := f.to.Class(class); !known && (class != "" || len(f.to.Classes) > 0) {
		f.fault("it has no class %q, which unit %s is in", class, u.Name)
	}
	return class
}

// untouched reports whether nothing that scores rest on has happened to the unit.
func (u *UnitFacts) untouched() bool {
	return u.Plan == nil && len(u.Submissions)+len(u.Rulings)+len(u.Adjustments)+len(u.Measurements)+len(u.Externals) == 0
}

// unit checks what has happened to a unit.
func (f *fitting) unit(u *UnitFacts) {
	f.plan(u)
	for _, n := range sortedNodes(u.Rulings) {
		f.node(n, "a ruling on "+u.Name)
	}
	for _, s := range u.Submissions {
		f.node(s.Node, "submission "+s.ID)
	}
	for _, a := range u.Adjustments {
		f.rule(a)
	}
	for _, m := range u.Measurements {
		if i, ok := f.to.Item(m.Item); !ok || i.Kind != IndicatorItem {
			f.fault("it has no indicator %s, which was measured", m.Item)
		} else if !i.HasRound(m.Round) {
			f.fault("its indicator %s has no round %s, which was measured", m.Item, m.Round)
		}
	}
	for _, x := range u.Externals {
		if i, ok := f.to.Item(x.Item); !ok || i.Kind != ExternalItem {
			f.fault("it has no external item %s, which was scored", x.Item)
		} else if x.Points.GreaterThan(i.Full) {
			f.fault("its item %s has %s points; %s was given %s", x.Item, i.Full, u.Name, x.Points)
		}
	}
}

func (f *fitting) plan(u *UnitFacts) {
	if u.Plan == nil {
		return
	}
	var total sum
	for _, task := range slices.Sorted(maps.Keys(u.Plan)) {
		if _, ok := f.to.Task(task); !ok {
			f.fault("it has no task %s, which is in the plan of %s", task, u.Name)
		}
		total.add(u.Plan[task])
	}
	if sum := total.points(); !sum.Equal(f.to.PlanTotal()) {
		f.fault("its plans sum to %s; that of %s sums to %s", f.to.PlanTotal(), u.Name, sum)
	}
}

func (f *fitting) node(n Node, what string) {
	if _, ok := f.to.Task(n.Task); !ok {
		f.fault("it has no task %s, which %s is about", n.Task, what)
	} else if _, _, ok := f.to.Milestone(n); !ok {
		f.fault("its task %s has no milestone %d, which %s is about", n.Task, n.Milestone, what)
	}
}

func (f *fitting) rule(a *Adjustment) {
	rule, ok := f.to.Rule(a.Rule)
	switch {
	case !ok || rule.Kind != AdjustmentRule:
		f.fault("it has no rule %s for adjustments, which %s rests on", a.Rule, a.ID)
	case rule.Open != a.Points.IsPositive():
		f.fault("its rule %s must leave the amount open as it did: %s rests on that", a.Rule, a.ID)
	case len(a.Reopens) > 0 && !rule.Reopens:
		f.fault("its rule %s does not reopen what was accepted; %s did", a.Rule, a.ID)
	}
}

func sortedNodes[V any](m map[Node]V) []Node {
	return slices.SortedFunc(maps.Keys(m), func(a, b Node) int {
		return cmp.Or(cmp.Compare(a.Task, b.Task), cmp.Compare(a.Milestone, b.Milestone))
	})
}

// Move is a unit whose score, rank or grade differs between two boards. Before is nil for a
// unit that joins, After for one that leaves.
type Move struct {
	Unit   string    `json:"unit"`
	Class  string    `json:"class"`
	Before *Standing `json:"before"`
	After  *Standing `json:"after"`
}

// Moves lists who stands elsewhere on another board, in the order of that board, then those
// who left.
func (b *Board) Moves(to *Board) []Move {
	var moves []Move
	for i := range to.Standings {
		after := &to.Standings[i]
		move := Move{Unit: after.Unit, Class: after.Class, After: after}
		if was, ok := b.Unit(after.Unit); ok {
			move.Before = &was
			if was.Class == after.Class && was.CompareScore(after) == 0 && was.Rank == after.Rank && was.Grade == after.Grade {
				continue
			}
		}
		moves = append(moves, move)
	}
	for i := range b.Standings {
		was := &b.Standings[i]
		if _, stays := to.units[was.Unit]; !stays {
			moves = append(moves, Move{Unit: was.Unit, Class: was.Class, Before: was})
		}
	}
	return moves
}
