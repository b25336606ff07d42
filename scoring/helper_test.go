package scoring_test

import (
	"fmt"
	"sync"
	"testing"
	"time"

	"github.com/shopspring/decimal"

	"paogai/scoring"
	"paogai/scoring/schemes"
)

// tb is what the helpers need of a test, a benchmark or a rapid check.
type tb interface {
	Helper()
	Fatalf(format string, args ...any)
}

// loaded reads the built-in scheme once; whoever changes it must load their own.
var loaded = sync.OnceValues(func() (*scoring.Scheme, error) { return schemes.Load("jilin-2018") })

func jilin(t tb) *scoring.Scheme {
	t.Helper()
	s, err := loaded()
	if err != nil {
		t.Fatalf("load: %v", err)
	}
	return s
}

// day and moment read dates and moments in Shanghai, or die.
func day(s string) scoring.Date {
	d, err := scoring.ParseDate(s)
	if err != nil {
		panic(err)
	}
	return d
}

func moment(s string) time.Time {
	t, err := time.ParseInLocation(time.DateTime, s, shanghai())
	if err != nil {
		panic(err)
	}
	return t
}

func shanghai() *time.Location { return time.FixedZone("CST", 8*60*60) }

func pts(s string) scoring.Points { return decimal.RequireFromString(s) }

func node(task string, milestone int) scoring.Node {
	return scoring.Node{Task: task, Milestone: milestone}
}

// story is a campaign in which things happen, one after another.
type story struct {
	*scoring.Facts
	seq uint64
}

// campaign opens the Jilin method on a day for the units named, all of them if none is.
func campaign(t tb, opens string, units ...string) *story {
	t.Helper()
	refs := make([]scoring.UnitRef, len(units))
	for i, name := range units {
		refs[i].Name = name
	}
	return &story{Facts: scoring.NewFacts(jilin(t), day(opens), refs)}
}

func (s *story) mark(at time.Time) scoring.Mark {
	s.seq++
	return scoring.Mark{Seq: s.seq, At: at, By: "tg:1001"}
}

// file has the unit claim a milestone.
func (s *story) file(unit string, n scoring.Node, at string) *scoring.Submission {
	m := s.mark(moment(at))
	return s.Unit(unit).File(scoring.Submission{
		ID: fmt.Sprintf("S%d", m.Seq), Unit: unit, Node: n, Filed: m, State: scoring.Waiting,
	})
}

// decide ends the wait of a submission; completed is empty unless it is accepted.
func (s *story) decide(sub *scoring.Submission, state scoring.SubmissionState, at, completed string) {
	sub.State, sub.Decided = state, s.mark(moment(at))
	if completed != "" {
		sub.CompletedOn = day(completed)
	}
}

// done files and accepts a milestone in one go, completed on the day of filing.
func (s *story) done(unit string, n scoring.Node, at string) {
	s.decide(s.file(unit, n, at), scoring.Accepted, at, at[:len(time.DateOnly)])
}

func (s *story) rule(unit string, n scoring.Node, late bool, at string) {
	s.Unit(unit).Rulings[n] = scoring.Ruling{Late: late, Reason: "认定", Mark: s.mark(moment(at))}
}

func (s *story) date(n scoring.Node, due, at string) {
	s.Dated[n] = scoring.Dating{Due: day(due), Reason: "省里明确", Mark: s.mark(moment(at))}
}

func (s *story) plan(unit string, points map[string]string, at string) {
	u := s.Unit(unit)
	u.Plan, u.PlanMark = map[string]scoring.Points{}, s.mark(moment(at))
	for task, p := range points {
		u.Plan[task] = pts(p)
	}
}

// adjust makes an adjustment; points is empty where the rule fixes them.
func (s *story) adjust(unit, rule, ref, points, at string) *scoring.Adjustment {
	m := s.mark(moment(at))
	a := &scoring.Adjustment{ID: fmt.Sprintf("A%d", m.Seq), Unit: unit, Rule: rule, Ref: ref, Reason: "理由", Made: m}
	if points != "" {
		a.Points = pts(points)
	}
	u := s.Unit(unit)
	u.Adjustments = append(u.Adjustments, a)
	return a
}

func (s *story) revoke(a *scoring.Adjustment, at string) {
	m := s.mark(moment(at))
	a.Revoked, a.RevokeReason = &m, "核实有误"
}

// standing is where the unit stands at a moment.
func (s *story) standing(t tb, unit, at string) scoring.Standing {
	t.Helper()
	st, ok := scoring.NewBoard(s.Facts, moment(at)).Unit(unit)
	if !ok {
		t.Fatalf("%s is not on the board", unit)
	}
	return st
}

// wantScore checks score, hold and earned of a unit at a moment.
func (s *story) wantScore(t *testing.T, unit, at, score, hold, earned string) {
	t.Helper()
	st := s.standing(t, unit, at)
	if !st.Score.Equal(pts(score)) || !st.Hold.Equal(pts(hold)) || !st.Earned.Equal(pts(earned)) {
		t.Errorf("%s at %s: score %s, hold %s, earned %s; want %s, %s, %s",
			unit, at, st.Score, st.Hold, st.Earned, score, hold, earned)
	}
}

func decimalOf(n int) scoring.Points { return decimal.NewFromInt(int64(n)) }
