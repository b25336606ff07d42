package scoring

import "time"

// Facts is what has happened in one campaign (考核周期), as far as scores rest on it. The
// record in package store owns and changes it; this package only reads it.
//
// Each fact carries the [Mark] of its entry, and a question about a moment leaves out
// what came later. Of plans, rulings and datings only the last is kept: a question about
// a moment before one of those is exact on facts folded until that moment. What was known
// only later of that moment counts in [Facts.Hindsight].
type Facts struct {
	Scheme *Scheme
	Opens  Date
	Closed time.Time    // when the campaign was closed by hand, zero if it was not
	Units  []*UnitFacts // in the scheme's order
	Dated  map[Node]Dating

	byName  map[string]*UnitFacts
	entered map[uint64]time.Time // in hindsight: when an entry was recorded that counts earlier
}

// UnitRef names a unit and the class that it is assessed in.
type UnitRef struct {
	Name  string `json:"name"`
	Class string `json:"class"`
}

// UnitFacts is what has happened to one unit. Plan is nil until one is approved;
// Submissions stand in the order of filing, Adjustments in the order of being made.
type UnitFacts struct {
	Name, Class string
	Plan        map[string]Points // by task; tasks left out do not apply
	PlanMark    Mark
	Submissions []*Submission
	Rulings     map[Node]Ruling
	Adjustments []*Adjustment

	Measurements []Measurement // in the order of being recorded, as Externals
	Externals    []External

	page []Submission // where the next ones are kept
}

// How many submissions of a unit are kept side by side: few for a unit that begins, so
// that many units need little, and at most so many.
const (
	firstPage = 4
	fullPage  = 32
)

// File puts a submission behind the unit's others and returns where it is kept. A unit's
// submissions lie side by side in memory, since a board reads all of them in a row: one
// of 20,000 takes half the time.
func (u *UnitFacts) File(s Submission) *Submission {
	if len(u.page) == cap(u.page) {
		u.page = make([]Submission, 0, min(max(firstPage, len(u.Submissions)), fullPage))
	}
	u.page = append(u.page, s)
	kept := &u.page[len(u.page)-1]
	u.Submissions = append(u.Submissions, kept)
	return kept
}

// TakeBack undoes the last File; what it returned must not be used any more.
func (u *UnitFacts) TakeBack() {
	last := len(u.Submissions) - 1
	if n := len(u.page); n > 0 && &u.page[n-1] == u.Submissions[last] {
		u.page[n-1] = Submission{}
		u.page = u.page[:n-1]
	}
	u.Submissions[last] = nil
	u.Submissions = u.Submissions[:last]
	if last == 0 {
		u.Submissions = nil
	}
}

// Mark says where in the journal a fact stands: its entry, when and by whom.
type Mark struct {
	Seq uint64
	At  time.Time
	By  string
}

// Node names one milestone of a task; Milestone counts from 1.
type Node struct {
	Task      string `json:"task"`
	Milestone int    `json:"milestone"`
}

// SubmissionState is where a submission stands.
type SubmissionState string

// The states of a submission.
const (
	Waiting   SubmissionState = "waiting"
	Withdrawn SubmissionState = "withdrawn"
	Returned  SubmissionState = "returned"
	Accepted  SubmissionState = "accepted"
	Reopened  SubmissionState = "reopened" // was accepted, and fraud was found in it
)

// Submission is a claim that a milestone is done (完成情况申报). Decided tells of its
// withdrawal, return or acceptance; CompletedOn is set by acceptance, Reason by return.
// ReopenedBy lists the adjustments that named it, revoked ones too: while one of them
// stands an acceptance does not count.
//
// What a board reads of thousands of them stands first and close together.
type Submission struct {
	State       SubmissionState
	Decided     Mark
	Node        Node
	CompletedOn Date
	ReopenedBy  []*Adjustment
	Filed       Mark
	ID, Unit    string
	Reason      string
}

// Ruling is the office's word on whether a milestone is late.
type Ruling struct {
	Late   bool
	Reason string
	Mark   Mark
}

// Dating is a due date that the office gave to a milestone.
type Dating struct {
	Due    Date
	Reason string
	Mark   Mark
}

// Adjustment is points given or taken by a rule (加减分). Ref names the matter (事项); the
// same matter counts once per unit and rule. Points is the amount per count where the
// rule leaves it open. Count below 1 means 1. Reopens names the acceptances that no longer
// count because of it.
type Adjustment struct {
	ID, Unit, Rule, Ref, Reason string
	Count                       int
	Points                      Points
	Made                        Mark
	Revoked                     *Mark
	RevokeReason                string
	Reopens                     []string
}

// Measurement is the value of an indicator in a round, as a survey or another body found
// it. A later one of the same round takes its place.
type Measurement struct {
	Item, Round string
	Value       Points
	Mark        Mark
}

// External is the points that another body gave a unit for an item. A later one takes the
// place of an earlier.
type External struct {
	Item   string
	Points Points
	Mark   Mark
}
