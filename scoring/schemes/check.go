package schemes

import (
	"paogai/scoring"
)

// check finds what contradicts itself in a scheme that was read.
func (r *reader) check() {
	r.checkFrame()
	r.checkClasses()
	r.checkUnits()
	r.checkTasks()
	r.checkItems()
	r.checkRules()
	r.checkSum()
	r.checkLimits()
	r.checkLadder()
	r.checkParameters()
}

func (r *reader) checkFrame() {
	s := &r.scheme
	if !s.Closes.IsZero() && s.Closes.Before(s.InForce) {
		r.fault(0, "the scheme closes on %s, before it comes into force on %s", s.Closes, s.InForce)
	}
	if r.lines.total > 0 && !s.Total.IsPositive() {
		r.fault(r.lines.total, "the total must be above 0, not %s", s.Total)
	}
	if !s.Total.Equal(s.Total.Truncate(2)) {
		r.fault(r.lines.total, "the total %s is finer than 0.01", s.Total)
	}
}

// unique reports an id that was seen before.
func (r *reader) unique(seen map[string]int, id, what string, line int) {
	if id == "" {
		return // reported as lacking
	}
	if first, twice := seen[id]; twice {
		r.fault(line, "%s %s stands twice: first on line %d", what, id, first)
		return
	}
	seen[id] = line
}

func (r *reader) checkClasses() {
	ids, used := map[string]int{}, map[string]bool{}
	for _, u := range r.scheme.Units {
		used[u.Class] = true
	}
	for i, c := range r.scheme.Classes {
		line := r.lines.classes[i]
		r.unique(ids, c.ID, "class", line)
		if len(r.scheme.Units) > 0 && !used[c.ID] {
			r.fault(line, "class %s has no units", c.ID)
		}
		if c.Factor != "" {
			if factor, err := scoring.ParsePoints(c.Factor); err != nil || factor.IsNegative() {
				r.fault(line, "the factor of class %s must be a decimal of at least 0, not %.40q", c.ID, c.Factor)
			}
		}
	}
}

func (r *reader) checkUnits() {
	classes := map[string]bool{}
	for _, c := range r.scheme.Classes {
		classes[c.ID] = true
	}
	names := map[string]int{}
	for i, u := range r.scheme.Units {
		line := r.lines.units[i]
		r.unique(names, u.Name, "unit", line)
		for _, alias := range u.Aliases {
			r.unique(names, alias, "the name", line)
		}
		switch {
		case u.Class == "" && len(classes) > 0:
			r.fault(line, "unit %s is in no class", u.Name)
		case u.Class != "" && !classes[u.Class]:
			r.fault(line, "unit %s is in class %s, which does not exist", u.Name, u.Class)
		}
	}
}

func (r *reader) checkTasks() {
	ids := map[string]int{}
	for i, t := range r.scheme.Tasks {
		line := r.lines.tasks[i]
		r.unique(ids, t.ID, "task", line)
		if len(t.Milestones) == 0 {
			r.fault(line, "task %s has no milestones", t.ID)
		}
		if t.Doubtful != "" {
			r.warn(line, "task %s is read with doubt: %s", t.ID, t.Doubtful)
		}
		for m := range t.Milestones {
			r.checkMilestone(&t, m, r.lines.milestones[i][m])
		}
	}
}

func (r *reader) checkMilestone(t *scoring.Task, m, line int) {
	stone := &t.Milestones[m]
	switch {
	case stone.Kind == scoring.Open && !stone.Due.IsZero():
		r.fault(line, "milestone %d of task %s is open, yet has the date %s", m+1, t.ID, stone.Due)
	case (stone.Kind == scoring.Fixed || stone.Kind == scoring.Soft) && stone.Due.IsZero():
		r.fault(line, "milestone %d of task %s is %s and needs a date", m+1, t.ID, stone.Kind)
	case stone.Due.After(r.scheme.Closes):
		r.warn(line, "milestone %d of task %s is due on %s, after the scheme closes", m+1, t.ID, stone.Due)
	}
}

func (r *reader) checkLadder() {
	ids := map[string]int{}
	stages := r.scheme.Ladder.Stages
	for i, s := range stages {
		r.unique(ids, s.ID, "stage", r.lines.stages[i])
		if i > 0 && s.Workdays >= stages[i-1].Workdays {
			r.fault(r.lines.stages[i], "stage %s must be nearer to the due date than the one before", s.ID)
		}
	}
}

func (r *reader) checkParameters() {
	ids := map[string]int{}
	for i, p := range r.scheme.Parameters {
		r.unique(ids, p.ID, "parameter", r.lines.params[i])
	}
	days := map[string]int{}
	for i, d := range r.scheme.Deadlines {
		r.unique(days, d.ID, "deadline", r.lines.deadlines[i])
	}
	if len(r.scheme.Tasks) > 0 && len(r.scheme.Ladder.Stages) == 0 {
		r.warn(0, "the scheme has no ladder: nobody is reminded before a milestone is due")
	}
}
