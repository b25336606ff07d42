package scoring

import (
	"cmp"
	"slices"
	"time"
)

// Board is who stands where at a moment (排名榜).
type Board struct {
	Scheme    *Scheme
	At        time.Time
	Closed    bool
	Standings []Standing // by class, then rank; inside a tie by earned, then the scheme's order

	units   map[string]int
	classes map[string][]Standing
}

// Standing is where one unit stands (名次). Hold is what it can still obtain, Earned what
// it has in hand; Score is Hold until the campaign closes and Earned after. Rank counts
// inside the class from 1, ties sharing it. Late, Done and Tasks count tasks that apply,
// Waiting the milestones with a submission that waits for review. Provisional: no plan
// is approved yet. Pending counts items without a value (待报). Gated is the best grade that
// a gate leaves, Consequence what follows from the grade if it is the failing one. Exact is
// the score where it is no finite decimal, else nil; Score, Hold and Earned are then given
// to twelve decimals. Its JSON form is that of the command board.
type Standing struct {
	Unit        string `json:"unit"`
	Class       string `json:"class"`
	Rank        int    `json:"rank"`
	Score       Points `json:"score"`
	Hold        Points `json:"hold"`
	Earned      Points `json:"earned"`
	Late        int    `json:"late"`
	Done        int    `json:"done"`
	Grade       string `json:"grade"`
	Tasks       int    `json:"-"`
	Waiting     int    `json:"-"`
	Provisional bool   `json:"-"`
	Pending     int    `json:"-"`
	Gated       string `json:"-"`
	Consequence string `json:"-"`
	Exact       *Exact `json:"-"`
}

// Class is the standings of one class, by rank. The slice belongs to the board.
func (b *Board) Class(id string) []Standing { return b.classes[id] }

// Unit is the standing of the unit of exactly this name.
func (b *Board) Unit(name string) (Standing, bool) {
	i, ok := b.units[name]
	if !ok {
		return Standing{}, false
	}
	return b.Standings[i], true
}

// NewBoard is the board of all units at a moment.
func NewBoard(f *Facts, at time.Time) *Board {
	e := NewEvaluator(f)
	ranks := f.RanksAt(at)
	b := &Board{Scheme: f.Scheme, At: at, Closed: f.ClosedAt(at), Standings: make([]Standing, len(f.Units))}
	for i, u := range f.Units {
		b.Standings[i] = e.Evaluate(u, at, ranks)
	}
	b.order()
	return b
}

// order sorts the standings, numbers the ranks and gives the grades.
func (b *Board) order() {
	slices.SortStableFunc(b.Standings, func(x, y Standing) int {
		return cmp.Or(b.Scheme.compareClasses(x.Class, y.Class), x.Compare(&y))
	})
	b.eachClass(func(list []Standing) {
		number(list)
		for i := range list {
			b.Scheme.Grade(&list[i], len(list))
		}
	})
	b.index()
}

// eachClass calls f with the standings of each class.
func (b *Board) eachClass(f func(list []Standing)) {
	for start := 0; start < len(b.Standings); {
		end := start
		for end < len(b.Standings) && b.Standings[end].Class == b.Standings[start].Class {
			end++
		}
		f(b.Standings[start:end:end])
		start = end
	}
}

// index makes the board's lookups work.
func (b *Board) index() {
	b.units = make(map[string]int, len(b.Standings))
	b.classes = map[string][]Standing{}
	for i := range b.Standings {
		b.units[b.Standings[i].Unit] = i
	}
	b.eachClass(func(list []Standing) { b.classes[list[0].Class] = list })
}

// number gives the ranks of one class in order: ties share one, and the next goes on by
// its place (1, 2, 2, 4).
func number(list []Standing) {
	for i := range list {
		list[i].Rank = i + 1
		if i > 0 && list[i].CompareScore(&list[i-1]) == 0 {
			list[i].Rank = list[i-1].Rank
		}
	}
}

// classOrder is where a class stands in the scheme; one of none stands behind.
func (s *Scheme) classOrder(id string) int {
	if i, ok := s.index.classes[id]; ok {
		return i
	}
	return len(s.Classes)
}
