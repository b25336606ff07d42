package scoring

import (
	"maps"
	"slices"
)

// Fork is a copy of the facts in which one unit, and what is dated, can be changed without
// the original knowing. Everything else is shared and for reading. The submissions of the
// unit are shared too: whoever changes one puts a copy in its place.
func (f *Facts) Fork(unit string) *Facts {
	fork := *f
	fork.Units, fork.byName, fork.Dated = slices.Clone(f.Units), maps.Clone(f.byName), maps.Clone(f.Dated)
	if i := slices.Index(f.Units, f.byName[unit]); i >= 0 {
		fork.Units[i] = f.Units[i].fork()
		fork.byName[unit] = fork.Units[i]
	}
	return &fork
}

// fork is a copy of the unit's own lists.
func (u *UnitFacts) fork() *UnitFacts {
	c := *u
	c.page = nil // the original's
	c.Submissions, c.Adjustments = slices.Clone(u.Submissions), slices.Clone(u.Adjustments)
	c.Measurements, c.Externals = slices.Clone(u.Measurements), slices.Clone(u.Externals)
	c.Plan, c.Rulings = maps.Clone(u.Plan), maps.Clone(u.Rulings)
	if c.Rulings == nil {
		c.Rulings = map[Node]Ruling{}
	}
	return &c
}
