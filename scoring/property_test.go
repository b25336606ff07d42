package scoring_test

import (
	"math/big"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"paogai/scoring"
)

// happening is one thing that happens to a campaign at a moment; it can be told again to
// another campaign.
type happening struct {
	at   time.Time
	unit int
	tell func(s *story, unit string)
}

func told(s *story, list []happening) *story {
	for _, h := range list {
		h.tell(s, s.Units[h.unit].Name)
	}
	return s
}

var players = []string{"市发改委", "市公安局", "市教育局", "市房产局", "吉林石化"}

// drawHistory draws what happens to the players, in order of time. Plans, rulings and
// datings happen at most once each, since the facts keep only the last.
func drawHistory(t *rapid.T) []happening {
	at := moment("2018-06-01 09:00:00")
	once := map[any]bool{}
	var list []happening
	for range rapid.IntRange(0, 60).Draw(t, "length") {
		at = at.Add(time.Duration(rapid.IntRange(0, 12*24*3600).Draw(t, "pause")) * time.Second / 2)
		unit := rapid.IntRange(0, len(players)-1).Draw(t, "unit")
		if tell := drawEvent(t, once, unit, at.Format(time.DateTime)); tell != nil {
			list = append(list, happening{at.Truncate(time.Second), unit, tell})
		}
	}
	return list
}

var someTasks = []string{"1", "15", "20", "23", "34", "48", "70", "71", "5"}

func drawEvent(t *rapid.T, once map[any]bool, unit int, at string) func(*story, string) {
	n := node(rapid.SampledFrom(someTasks).Draw(t, "task"), 1)
	if n.Task == "15" || n.Task == "34" {
		n.Milestone = rapid.IntRange(1, 2).Draw(t, "milestone")
	}
	type key struct {
		kind string
		unit int
		node scoring.Node
	}
	first := func(k key) bool {
		seen := once[k]
		once[k] = true
		return !seen
	}
	switch kind := rapid.SampledFrom([]string{"file", "file", "decide", "decide", "plan", "rule", "date", "adjust", "adjust", "revoke"}).Draw(t, "kind"); kind {
	case "file":
		return func(s *story, u string) { s.file(u, n, at) }
	case "decide":
		state := rapid.SampledFrom([]scoring.SubmissionState{scoring.Accepted, scoring.Returned, scoring.Withdrawn}).Draw(t, "state")
		early := rapid.IntRange(0, 9).Draw(t, "early")
		return func(s *story, u string) { decideFirst(s, u, state, early, at) }
	case "plan":
		if first(key{kind: kind, unit: unit}) {
			points := map[string]string{"1": "10", "15": "20.5", "20": "0.01", "34": "29.49", "70": "40"}
			return func(s *story, u string) { s.plan(u, points, at) }
		}
	case "rule":
		late := rapid.Bool().Draw(t, "late")
		if first(key{kind, unit, n}) {
			return func(s *story, u string) { s.rule(u, n, late, at) }
		}
	case "date":
		if n = node("20", 1); first(key{kind: kind, node: n}) {
			return func(s *story, _ string) { s.date(n, "2018-10-15", at) }
		}
	case "adjust":
		rule := rapid.SampledFrom([]string{"innovation", "innovation", "fraud", "complaint-verified", "group-lead-done"}).Draw(t, "rule")
		ref := rapid.SampledFrom([]string{"甲", "乙", "丙"}).Draw(t, "ref")
		points := rapid.SampledFrom([]string{"0.01", "2.5", "6", "9.99"}).Draw(t, "points")
		return func(s *story, u string) { s.adjust(u, rule, ref, points, at) }
	case "revoke":
		return func(s *story, u string) { revokeFirst(s, u, at) }
	}
	return nil
}

// decideFirst decides the unit's first submission that waits.
func decideFirst(s *story, unit string, state scoring.SubmissionState, early int, at string) {
	for _, sub := range s.Unit(unit).Submissions {
		if sub.State == scoring.Waiting {
			s.decide(sub, state, at, scoring.DateOf(sub.Filed.At, shanghai()).AddDays(-early).String())
			return
		}
	}
}

// revokeFirst revokes the unit's first adjustment that stands.
func revokeFirst(s *story, unit, at string) {
	for _, a := range s.Unit(unit).Adjustments {
		if a.Revoked == nil {
			s.revoke(a, at)
			return
		}
	}
}

func drawMoment(t *rapid.T) time.Time {
	dates := []string{"2018-06-30", "2018-07-31", "2018-08-31", "2018-10-15", "2018-10-31", "2018-12-31"}
	if rapid.Bool().Draw(t, "near a boundary") {
		off := rapid.SampledFrom([]time.Duration{-time.Second, 0, time.Second}).Draw(t, "offset")
		return day(rapid.SampledFrom(dates).Draw(t, "date")).End(shanghai()).Add(off)
	}
	return moment("2018-06-01 00:00:00").Add(time.Duration(rapid.IntRange(0, 230*24*3600).Draw(t, "at")) * time.Second)
}

// exactly compares quotients by value.
var exactly = cmp.Comparer(func(a, b *big.Rat) bool { return a.Cmp(b) == 0 })

// equalBoards compares boards by what they say.
func equalBoards(t *rapid.T, what string, a, b *scoring.Board) {
	t.Helper()
	if diff := cmp.Diff(a.Standings, b.Standings, exactly); diff != "" || a.Closed != b.Closed {
		t.Fatalf("%s: %s", what, diff)
	}
}

func TestWhySumsToTheScore(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := told(campaign(t, "2018-06-15", players...), drawHistory(t))
		at := drawMoment(t)
		board := scoring.NewBoard(s.Facts, at)
		for _, unit := range players {
			e, err := scoring.Why(s.Facts, unit, at)
			if err != nil {
				t.Fatal(err)
			}
			total := scoring.Points{}
			for _, line := range e.Lines {
				total = total.Add(line.Amount)
				if line.Rule == nil || line.Rule.Article == "" || line.Rule.Quote == "" || line.Text == "" {
					t.Fatalf("a line without rule or text: %+v", line)
				}
				if line.Uncounted != "" && !line.Amount.IsZero() {
					t.Fatalf("an uncounted line counts: %+v", line)
				}
			}
			st, _ := board.Unit(unit)
			if !total.Equal(st.Score) || cmp.Diff(st, e.Standing) != "" {
				t.Fatalf("%s: lines sum to %s, score %s, standing %+v", unit, total, st.Score, e.Standing)
			}
		}
	})
}

func TestTheBoardIsWhatTheMethodSays(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := told(campaign(t, "2018-06-15", players...), drawHistory(t))
		at := drawMoment(t)
		board := scoring.NewBoard(s.Facts, at)
		for _, u := range s.Units {
			hold, earned, late, done := byTheLetter(s.Facts, u, at)
			st, _ := board.Unit(u.Name)
			if !st.Hold.Equal(hold) || !st.Earned.Equal(earned) || st.Late != late || st.Done != done {
				t.Fatalf("%s: %+v; by the letter hold %s, earned %s, late %d, done %d", u.Name, st, hold, earned, late, done)
			}
		}
	})
}

func TestHoldIsEarnedOnceAllIsDone(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := told(campaign(t, "2018-06-15", players...), drawHistory(t))
		for _, task := range s.Scheme.Tasks {
			for m := range task.Milestones {
				s.done(school, node(task.ID, m+1), "2018-12-31 23:00:00")
			}
		}
		for _, at := range []string{"2018-12-31 23:30:00", "2019-06-01 00:00:00"} {
			st := s.standing(t, school, at)
			if !st.Hold.Equal(st.Earned) || !st.Score.Equal(st.Hold) || st.Done != st.Tasks {
				t.Fatalf("%+v", st)
			}
		}
	})
}

func TestFactsAfterTheMomentDoNotCount(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		history := drawHistory(t)
		at := drawMoment(t)
		until := slices.IndexFunc(history, func(h happening) bool { return h.at.After(at) })
		if until < 0 {
			until = len(history)
		}
		equalBoards(t, "later facts changed the board",
			scoring.NewBoard(told(campaign(t, "2018-06-15", players...), history[:until]).Facts, at),
			scoring.NewBoard(told(campaign(t, "2018-06-15", players...), history).Facts, at))
	})
}

// What happens to different units at the same moment may be recorded in any order, and
// the units may be named in any order.
func TestOrderBetweenUnitsDoesNotMatter(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		history := drawHistory(t)
		at := drawMoment(t)
		order := rapid.Permutation(players).Draw(t, "order")
		byUnit := slices.Clone(history)
		slices.SortStableFunc(byUnit, func(a, b happening) int { return a.unit - b.unit })
		equalBoards(t, "the order changed the board",
			scoring.NewBoard(told(campaign(t, "2018-06-15", players...), history).Facts, at),
			scoring.NewBoard(told(campaign(t, "2018-06-15", order...), byUnit).Facts, at))
	})
}
