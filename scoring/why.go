package scoring

import (
	"errors"
	"fmt"
	"slices"
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
// amount 0 and says why in Uncounted.
type Line struct {
	Amount    Points
	Rule      *Rule
	Text      string
	Task      string
	Milestone int
	Ref       string
	Mark      Mark
	Uncounted string
}

// Why explains the score of a unit at a moment. An unknown unit gives [ErrNoUnit].
func Why(f *Facts, unit string, at time.Time) (Explanation, error) {
	u := f.Unit(unit)
	if u == nil {
		return Explanation{}, fmt.Errorf("%q: %w", unit, ErrNoUnit)
	}
	standing, _ := NewBoard(f, at).Unit(unit)
	e := newEvaluator(f, at)
	e.claims = f.claimsAt(u, at, nil)
	lines := slices.Concat(e.baseLines(u), e.lateLines(u), e.adjustmentLines(u))
	return Explanation{Unit: unit, At: at, Standing: standing, Lines: lines}, nil
}

// baseLines is what the unit starts from: all its points in one line while the campaign
// runs, and task by task once only done tasks count.
func (e *evaluator) baseLines(u *UnitFacts) []Line {
	return nil
}

func (e *evaluator) lateLines(u *UnitFacts) []Line { return nil }

func (e *evaluator) adjustmentLines(u *UnitFacts) []Line { return nil }
