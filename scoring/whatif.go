package scoring

import (
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/shopspring/decimal"
)

// Supposition is what might happen to a unit: the milestones of the tasks Done are all
// accepted, those of the tasks Late all ruled late. A claim that waits is accepted as
// completed on the day of its filing; the rest is filed and accepted on the day of When,
// so that what is overdue by then is done and stays late.
type Supposition struct {
	Unit       string
	Done, Late []string // tasks
	When       time.Time
}

// Outlook is what a supposition would make of a unit at a moment. Steps tell what was
// supposed, milestone by milestone. Above is the nearest unit of its class with a better
// rank, nil for the first. Failing is how far the unit would be from the failing grade (不达标),
// nil where the scheme has none.
type Outlook struct {
	At      time.Time `json:"at"`
	When    time.Time `json:"when"`
	Steps   []Step    `json:"steps"`
	Before  Standing  `json:"before"`
	After   Standing  `json:"after"`
	Above   *Above    `json:"above"`
	Failing *Failing  `json:"failing"`
}

// Above is the nearest unit with a better rank. Gap is how many points it is ahead.
type Above struct {
	Unit string `json:"unit"`
	Rank int    `json:"rank"`
	Gap  Points `json:"gap"`
}

// Failing is the distance to the failing grade. Where grades go by score it is Points above
// the line, below 0 for a unit under it, and 0 still passes; where they go by share it is
// Places, the ranks that the unit can lose and still pass, below 0 for one that fails.
type Failing struct {
	Grade  string  `json:"grade"`
	Points *Points `json:"points,omitempty"`
	Places *int    `json:"places,omitempty"`
}

// Step is one milestone of a supposition: ruled late, or completed on a day. Was says that
// it was accepted already, Waited that its claim was waiting.
type Step struct {
	Node      Node `json:"node"`
	Completed Date `json:"completed,omitzero"`
	Ruled     bool `json:"ruled,omitempty"`
	Was       bool `json:"was,omitempty"`
	Waited    bool `json:"waited,omitempty"`
	Late      bool `json:"late"`
}

// ErrNotSupposable says that a supposition names a task that the unit does not have.
var ErrNotSupposable = errors.New("does not apply to the unit")

// WhatIf is the outlook at a moment. The facts are not changed. The error joins one for
// each fault: [ErrNoUnit], or [ErrNotSupposable].
func WhatIf(f *Facts, s Supposition, at time.Time) (Outlook, error) {
	if f.Unit(s.Unit) == nil {
		return Outlook{}, fmt.Errorf("%q: %w", s.Unit, ErrNoUnit)
	}
	fork := f.Fork(s.Unit)
	w := supposing{facts: fork, unit: fork.Unit(s.Unit), at: s.When}
	var faults []error
	for _, task := range slices.Concat(s.Done, s.Late) {
		if !fork.Applies(w.unit, task) {
			faults = append(faults, fmt.Errorf("task %q %w %s", task, ErrNotSupposable, s.Unit))
		}
	}
	if len(faults) > 0 {
		return Outlook{}, errors.Join(faults...)
	}
	o := Outlook{At: at.In(f.Scheme.Zone), When: s.When.In(f.Scheme.Zone)}
	w.eachNode(s.Done, w.accept)
	w.eachNode(s.Late, w.rule)
	for i := range w.steps {
		w.steps[i].Late = fork.NodeAt(w.unit, w.steps[i].Node, at).Late
	}
	board := NewBoard(fork, at)
	o.Before, _ = NewBoard(f, at).Unit(s.Unit)
	o.After, _ = board.Unit(s.Unit)
	o.Above, o.Failing, o.Steps = board.above(&o.After), board.failing(&o.After), w.steps
	return o, nil
}

// supposing is a supposition on its way into a fork.
type supposing struct {
	facts *Facts
	unit  *UnitFacts
	at    time.Time
	steps []Step
}

func (w *supposing) eachNode(tasks []string, do func(Node)) {
	for _, id := range tasks {
		task, _ := w.facts.Scheme.Task(id)
		for m := range task.Milestones {
			do(Node{id, m + 1})
		}
	}
}

// accept has a milestone accepted, unless it is.
func (w *supposing) accept(n Node) {
	today := DateOf(w.at, w.facts.Scheme.Zone)
	state := w.facts.NodeAt(w.unit, n, w.at)
	step := Step{Node: n, Completed: today}
	switch s := state.Submission; {
	case state.Done:
		step.Was, step.Completed = true, s.CompletedOn
	case state.Waiting:
		step.Waited, step.Completed = true, DateOf(s.Filed.At, w.facts.Scheme.Zone)
		accepted := *s
		accepted.State, accepted.Decided, accepted.CompletedOn = Accepted, Mark{At: w.at}, step.Completed
		accepted.ReopenedBy = nil
		w.unit.Submissions[slices.Index(w.unit.Submissions, s)] = &accepted
	default:
		w.unit.File(Submission{
			State: Accepted, Decided: Mark{At: w.at}, Node: n, CompletedOn: today, Filed: Mark{At: w.at}, Unit: w.unit.Name,
		})
	}
	w.steps = append(w.steps, step)
}

// rule has a milestone ruled late.
func (w *supposing) rule(n Node) {
	w.unit.Rulings[n] = Ruling{Late: true, Mark: Mark{At: w.at}}
	w.steps = append(w.steps, Step{Node: n, Ruled: true})
}

// above is the nearest unit with a better rank in the standing's class.
func (b *Board) above(st *Standing) *Above {
	var next *Above
	for _, other := range b.Class(st.Class) {
		if other.Rank >= st.Rank {
			break
		}
		next = &Above{other.Unit, other.Rank, other.Score.Sub(st.Score)}
	}
	return next
}

// failing is how far a standing is from the failing grade.
func (b *Board) failing(st *Standing) *Failing {
	g := &b.Scheme.Grades
	i := slices.IndexFunc(g.Bands, func(band Band) bool { return band.Failing })
	if i < 1 {
		return nil
	}
	f := &Failing{Grade: g.Bands[i].Title}
	if g.By == ByScore {
		points := st.Score.Sub(g.Bands[i-1].Least)
		f.Points = &points
		return f
	}
	share := Points{}
	for _, band := range g.Bands[:i] {
		share = share.Add(band.Share)
	}
	last := times(share, len(b.Class(st.Class))).Shift(-2).Floor() // the last rank that passes
	places := int(last.Sub(decimal.NewFromInt(int64(st.Rank))).IntPart())
	f.Places = &places
	return f
}
