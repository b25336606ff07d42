package schemes_test

import (
	"os"
	"strings"
	"testing"
	"time"

	"github.com/shopspring/decimal"

	"paogai/scoring"
	"paogai/scoring/schemes"
)

// example is the scheme that the page for clerks shows.
func example(t *testing.T) []byte {
	t.Helper()
	page, err := os.ReadFile("README.md")
	if err != nil {
		t.Fatal(err)
	}
	_, rest, ok := strings.Cut(string(page), "```yaml\n")
	text, _, closed := strings.Cut(rest, "```")
	if !ok || !closed {
		t.Fatal("the page shows no scheme")
	}
	return []byte(text)
}

// The page tells what the example comes to, step by step.
func TestTheExampleOfThePageComesToWhatThePageSays(t *testing.T) {
	if found := schemes.Check(example(t)); len(found) > 0 {
		t.Fatal(found)
	}
	s, err := schemes.Parse(example(t), "README.md")
	if err != nil {
		t.Fatal(err)
	}
	f := scoring.NewFacts(s, s.InForce, nil)
	u := f.Unit("东乡")
	u.Plan = map[string]scoring.Points{"1": decimal.NewFromInt(35), "2": decimal.NewFromInt(25)}
	day := func(m time.Month, d int) time.Time { return time.Date(2021, m, d, 10, 0, 0, 0, s.Zone) }
	want := func(at time.Time, hold, earned string) {
		t.Helper()
		st, _ := scoring.NewBoard(f, at).Unit("东乡")
		if scoring.Show(st.Hold) != hold || scoring.Show(st.Earned) != earned {
			t.Errorf("%s: %s and %s, the page says %s and %s", at, st.Hold, st.Earned, hold, earned)
		}
	}
	want(day(6, 1), "100.00", "20.00")
	u.File(scoring.Submission{
		Node: scoring.Node{Task: "1", Milestone: 1}, State: scoring.Accepted, CompletedOn: scoring.Date{Year: 2021, Month: 6, Day: 20},
		Filed: scoring.Mark{At: day(6, 20)}, Decided: scoring.Mark{At: day(6, 22)},
	})
	want(day(10, 31), "100.00", "55.00")
	want(day(11, 1), "98.00", "53.00")
	adjust := func(rule, ref string, count int) {
		u.Adjustments = append(u.Adjustments, &scoring.Adjustment{Rule: rule, Ref: ref, Count: count, Made: scoring.Mark{At: day(11, 1)}})
	}
	adjust("absent", "暗访", 2)
	want(day(11, 1), "95.00", "50.00")
	adjust("practice", "甲", 3)
	want(day(11, 1), "100.00", "55.00")
	u.Externals = []scoring.External{{Item: "satisfied", Points: decimal.RequireFromString("18.5"), Mark: scoring.Mark{At: day(11, 1)}}}
	want(day(11, 1), "98.50", "73.50")
	if st, _ := scoring.NewBoard(f, day(12, 31).AddDate(0, 0, 1)).Unit("东乡"); scoring.Show(st.Score) != "73.50" || st.Grade != "合格" {
		t.Errorf("after the close: %+v", st)
	}
}
