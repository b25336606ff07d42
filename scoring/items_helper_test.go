package scoring_test

import (
	"fmt"
	"os"
	"strings"
	"sync"
	"testing"

	"paogai/scoring"
	"paogai/scoring/schemes"
)

// methods keeps what method has read; whoever changes a scheme must copy it.
var methods sync.Map

// method reads a built-in scheme, or one of the test schemes in schemes/testdata.
func method(t tb, id string) *scoring.Scheme {
	t.Helper()
	if s, ok := methods.Load(id); ok {
		return s.(*scoring.Scheme)
	}
	s := readMethod(t, id)
	methods.Store(id, s)
	return s
}

func readMethod(t tb, id string) *scoring.Scheme {
	t.Helper()
	s, err := schemes.Load(id)
	if err == nil {
		return s
	}
	file, uneven := strings.CutSuffix(id, ", uneven")
	data, err := os.ReadFile("schemes/testdata/" + file + ".yaml")
	if err != nil {
		t.Fatalf("%s: %v", id, err)
	}
	if uneven { // what is left of the group is 30 or 70 of 100: quotients inside quotients
		data = []byte(strings.NewReplacer(`weight: "50", by: 市工商联`, `weight: "30", by: 市工商联`,
			`weight: "50", by: 市统计局`, `weight: "70", by: 市统计局`).Replace(string(data)))
	}
	if s, err = schemes.Parse(data, id); err != nil {
		t.Fatalf("%s: %v", id, err)
	}
	return s
}

// opened is a campaign of a method for the units named.
func opened(t tb, id string, units ...string) *story {
	t.Helper()
	s := method(t, id)
	refs := make([]scoring.UnitRef, len(units))
	for i, name := range units {
		refs[i].Name = name
	}
	return &story{Facts: scoring.NewFacts(s, s.InForce, refs)}
}

// counties is the names of 89 counties, which the Zhejiang document does not give.
func counties() []string {
	names := make([]string, 89)
	for i := range names {
		names[i] = fmt.Sprintf("县%02d", i+1)
	}
	return names
}

func (s *story) measure(unit, indicator, round, value, at string) {
	u := s.Unit(unit)
	u.Measurements = append(u.Measurements, scoring.Measurement{
		Item: indicator, Round: round, Value: pts(value), Mark: s.mark(moment(at)),
	})
}

func (s *story) external(unit, item, points, at string) {
	u := s.Unit(unit)
	u.Externals = append(u.Externals, scoring.External{Item: item, Points: pts(points), Mark: s.mark(moment(at))})
}

// wantWhy checks the lines of a unit's score, and that they sum to it.
func (s *story) wantWhy(t *testing.T, unit, at string, want ...string) {
	t.Helper()
	e, err := scoring.Why(s.Facts, unit, moment(at))
	if err != nil {
		t.Fatal(err)
	}
	total := scoring.Points{}
	var got []string
	for _, l := range e.Lines {
		total = total.Add(l.Amount)
		text := scoring.Show(l.Amount) + " " + l.Rule.ID + " " + l.Text
		if l.Uncounted != "" {
			text += " (" + l.Uncounted + ")"
		}
		got = append(got, text)
	}
	if !total.Equal(e.Standing.Score) {
		t.Errorf("the lines sum to %s, the score is %s", total, e.Standing.Score)
	}
	for i := range max(len(got), len(want)) {
		if i >= len(got) || i >= len(want) || got[i] != want[i] {
			t.Errorf("line %d of\n%q\nwant\n%q", i+1, got, want)
			return
		}
	}
}
