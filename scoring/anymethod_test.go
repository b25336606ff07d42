package scoring_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"paogai/scoring"
)

// Properties that hold whatever the shape of a method: its own items, rules and limits are
// what the histories are drawn from.

var shapes = []string{"jilin-2018", "zhejiang-2017", "bonus-base", "gate-renormalise", "gate-renormalise, uneven"}

// drawn is a campaign of a method in which measurements, reports, adjustments and
// completions happen at random, in order of time, and a moment to look at it.
func drawn(t *rapid.T, id string) (*story, time.Time) {
	s := opened(t, id, "甲", "乙", "丙")
	for _, u := range s.Units {
		if u.Class = ""; len(s.Scheme.Classes) > 0 {
			u.Class = s.Scheme.Classes[0].ID
		}
	}
	at := s.Scheme.InForce.Start(shanghai())
	for range rapid.IntRange(0, 40).Draw(t, "length") {
		at = at.Add(time.Duration(rapid.IntRange(0, 5*24*3600).Draw(t, "pause")) * time.Second)
		unit := rapid.SampledFrom([]string{"甲", "乙", "丙"}).Draw(t, "unit")
		s.happen(t, unit, at.Format(time.DateTime))
	}
	span := int(s.Scheme.Closes.AddDays(20).Start(shanghai()).Sub(s.Scheme.InForce.Start(shanghai())) / time.Second)
	return s, s.Scheme.InForce.Start(shanghai()).Add(time.Duration(rapid.IntRange(0, span).Draw(t, "at")) * time.Second)
}

func (s *story) happen(t *rapid.T, unit, at string) {
	u := s.Unit(unit)
	amount := fmt.Sprintf("%d.%02d", rapid.IntRange(0, 29).Draw(t, "whole"), rapid.IntRange(0, 99).Draw(t, "part"))
	var items []*scoring.Item
	s.Scheme.EachItem(func(i *scoring.Item) { items = append(items, i) })
	if len(items) > 0 && rapid.Bool().Draw(t, "an item") {
		switch i := rapid.SampledFrom(items).Draw(t, "item"); i.Kind {
		case scoring.ExternalItem:
			if pts(amount).GreaterThan(i.Full) {
				amount = i.Full.String()
			}
			s.external(unit, i.ID, amount, at)
		case scoring.IndicatorItem:
			s.measure(unit, i.ID, rapid.SampledFrom([]string{"1", "2", "3"}).Draw(t, "round"), amount, at)
		}
		return
	}
	if len(s.Scheme.Tasks) > 0 && rapid.Bool().Draw(t, "a task") {
		s.done(unit, node(rapid.SampledFrom(someTasks).Draw(t, "task"), 1), at)
		return
	}
	if len(u.Adjustments) > 0 && rapid.IntRange(0, 3).Draw(t, "revoke") == 0 {
		revokeFirst(s, unit, at)
		return
	}
	var rules []*scoring.Rule
	for i := range s.Scheme.Rules {
		if s.Scheme.Rules[i].Kind == scoring.AdjustmentRule {
			rules = append(rules, &s.Scheme.Rules[i])
		}
	}
	rule := rapid.SampledFrom(rules).Draw(t, "rule")
	a := s.adjust(unit, rule.ID, rapid.SampledFrom([]string{"a", "b", "c", "d"}).Draw(t, "ref"), "", at)
	if a.Count = rapid.IntRange(1, 12).Draw(t, "count"); rule.Open {
		a.Points = pts(amount)
	}
	for _, sub := range u.Submissions {
		if rule.Reopens && sub.State == scoring.Accepted {
			a.Reopen(sub)
		}
	}
}

func TestWhySumsToTheScoreOfEveryShape(t *testing.T) {
	for _, id := range shapes {
		t.Run(id, func(t *testing.T) {
			rapid.Check(t, func(t *rapid.T) {
				s, at := drawn(t, id)
				for _, u := range s.Units {
					e, err := scoring.Why(s.Facts, u.Name, at)
					if err != nil {
						t.Fatal(err)
					}
					total := scoring.Points{}
					for _, l := range e.Lines {
						total = total.Add(l.Amount)
						if l.Rule == nil || l.Rule.Article == "" || l.Rule.Quote == "" || l.Text == "" {
							t.Fatalf("a line without rule or text: %+v", l)
						}
						if l.Uncounted != "" && !l.Amount.IsZero() {
							t.Fatalf("an uncounted line counts: %+v", l)
						}
					}
					if !total.Equal(e.Standing.Score) {
						t.Fatalf("%s: lines sum to %s, score %s", u.Name, total, e.Standing.Score)
					}
				}
			})
		})
	}
}

// A unit's score depends on nothing but its facts, the moment and the ranks; what is in
// hand is never more than what can still be obtained; and until the next change that time
// alone brings, it stays the same.
func TestAUnitsScoreIsPureAndHoldsUntilTheNextChange(t *testing.T) {
	for _, id := range shapes {
		t.Run(id, func(t *testing.T) {
			rapid.Check(t, func(t *rapid.T) {
				s, at := drawn(t, id)
				s = s.until(at)
				used := scoring.NewEvaluator(s.Facts)
				for _, u := range s.Units {
					ranks := s.RanksAt(at)
					used.Evaluate(s.Units[0], at.AddDate(0, 1, 0), ranks)
					first := used.Evaluate(u, at, ranks)
					same(t, first, scoring.NewEvaluator(s.Facts).Evaluate(u, at, ranks))
					if first.Earned.GreaterThan(first.Hold) {
						t.Fatalf("more in hand than obtainable: %+v", first)
					}
					next, ok := s.NextChange(u, at)
					if !ok {
						next = at.AddDate(5, 0, 0)
					} else if !next.After(at) {
						t.Fatalf("the next change after %s is at %s", at, next)
					}
					within := at.Add(time.Duration(rapid.Float64Range(0, 0.999).Draw(t, "within") * float64(next.Sub(at))))
					same(t, first, used.Evaluate(u, within, ranks))
					same(t, first, used.Evaluate(u, next.Add(-time.Nanosecond), ranks))
				}
			})
		})
	}
}

func same(t *rapid.T, a, b scoring.Standing) {
	t.Helper()
	exact := cmp.Comparer(func(a, b *scoring.Exact) bool {
		return (a == nil) == (b == nil) && (a == nil || a.Score.Cmp(b.Score) == 0 && a.Earned.Cmp(b.Earned) == 0)
	})
	if diff := cmp.Diff(a, b, exact); diff != "" {
		t.Fatalf("%s: %s", a.Unit, diff)
	}
}

// until drops what happened after a moment, as the facts folded until then would be.
func (s *story) until(at time.Time) *story {
	for _, u := range s.Units {
		u.Submissions = keep(u.Submissions, func(sub *scoring.Submission) bool { return !sub.Filed.At.After(at) })
		u.Adjustments = keep(u.Adjustments, func(a *scoring.Adjustment) bool { return !a.Made.At.After(at) })
		u.Externals = keep(u.Externals, func(x scoring.External) bool { return !x.Mark.At.After(at) })
		u.Measurements = keep(u.Measurements, func(m scoring.Measurement) bool { return !m.Mark.At.After(at) })
		for _, a := range u.Adjustments {
			if a.Revoked != nil && a.Revoked.At.After(at) {
				a.Revoked = nil
			}
		}
		for _, sub := range u.Submissions {
			sub.ReopenedBy = keep(sub.ReopenedBy, func(a *scoring.Adjustment) bool { return !a.Made.At.After(at) })
		}
	}
	return s
}

func keep[T any](list []T, ok func(T) bool) []T {
	var kept []T
	for _, x := range list {
		if ok(x) {
			kept = append(kept, x)
		}
	}
	return kept
}

func TestZhejiangStaysBetween40And107OnceAllIsKnown(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s, at := drawn(t, "zhejiang-2017")
		for _, u := range s.Units {
			for _, indicator := range []string{"realization", "satisfaction", "gov-index"} {
				s.measure(u.Name, indicator, "4", "50", "2018-01-02 00:00:00")
			}
			s.external(u.Name, "approval-reform", "0", "2018-01-02 00:00:00")
			s.external(u.Name, "data-sharing", "25", "2018-01-02 00:00:00")
		}
		for _, st := range scoring.NewBoard(s.Facts, at).Standings {
			if st.Pending != 0 || !st.Hold.Equal(st.Earned) || !st.Score.Equal(st.Hold) {
				t.Fatalf("all is known, yet %+v", st)
			}
			if st.Score.LessThan(pts("40")) || st.Score.GreaterThan(pts("107")) {
				t.Fatalf("%+v", st)
			}
		}
	})
}

// Whoever changes only one unit, without a measurement, moves no other unit's score.
func TestOneUnitsFactsDoNotMoveAnothersScore(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		id := rapid.SampledFrom(shapes).Draw(t, "shape")
		s, at := drawn(t, id)
		ranks := s.RanksAt(at)
		before := scoring.NewEvaluator(s.Facts).Evaluate(s.Unit("乙"), at, ranks)
		s.Unit("甲").Adjustments, s.Unit("甲").Externals = nil, nil
		same(t, before, scoring.NewEvaluator(s.Facts).Evaluate(s.Unit("乙"), at, s.RanksAt(at)))
	})
}

func TestEveryShapeReadsItsArticlesAndQuotes(t *testing.T) {
	for _, id := range shapes {
		s := method(t, id)
		for _, r := range s.Rules {
			if r.Article == "" || strings.TrimSpace(r.Quote) == "" {
				t.Errorf("%s: rule %s", id, r.ID)
			}
		}
		s.EachItem(func(i *scoring.Item) {
			if r := i.Rule(); r.Article == "" || r.Quote == "" || r.Kind != scoring.ItemRule {
				t.Errorf("%s: item %s", id, i.ID)
			}
		})
	}
}
