package scoring_test

import (
	"testing"
	"time"

	"paogai/scoring"
)

// The eleven dates of the method, and how many tasks of a unit that does nothing are late
// once each is over, if the campaign opened before all of them. Worked by hand from the
// document: tasks 15 and 34 have a second node on the last date, 23 is soft, 20 is open.
var elevenDates = []struct {
	due  string
	late int
}{
	{"2018-03-15", 1},
	{"2018-03-31", 3},
	{"2018-04-30", 5},
	{"2018-05-20", 6},
	{"2018-05-31", 8},
	{"2018-06-30", 22},
	{"2018-07-31", 36},
	{"2018-08-31", 44},
	{"2018-10-31", 58},
	{"2018-11-30", 67},
	{"2018-12-31", 74},
}

func TestEveryDateBindsFromTheMidnightAfterIt(t *testing.T) {
	s := campaign(t, "2018-01-01", school)
	before := 0
	for _, d := range elevenDates {
		midnight := day(d.due).End(shanghai())
		for at, want := range map[time.Time]int{
			midnight.Add(-time.Second):     before,
			midnight.Add(-time.Nanosecond): before,
			midnight:                       d.late,
			midnight.UTC():                 d.late,
			midnight.Add(time.Second):      d.late,
		} {
			st, _ := scoring.NewBoard(s.Facts, at).Unit(school)
			if st.Late != want {
				t.Errorf("%s: %d late, want %d", at, st.Late, want)
			}
			if hold := pts("100").Sub(pts("5").Mul(decimalOf(want))); !st.Hold.Equal(hold) {
				t.Errorf("%s: hold %s, want %s", at, st.Hold, hold)
			}
		}
		before = d.late
	}
}

// Whoever files everything due on a date in its last second is never late; a second later
// is too late for each.
func TestFilingInTheLastSecondOfEveryDate(t *testing.T) {
	for _, d := range elevenDates {
		for _, c := range []struct {
			after time.Duration
			late  bool
		}{{-time.Second, false}, {0, true}} {
			s := campaign(t, "2018-01-01", school)
			filed := day(d.due).End(shanghai()).Add(c.after)
			checked := 0
			for _, task := range s.Scheme.Tasks {
				for m, stone := range task.Milestones {
					if stone.Due != day(d.due) || stone.Kind != scoring.Fixed {
						continue
					}
					n := node(task.ID, m+1)
					sub := s.file(school, n, filed.Format(time.DateTime))
					week := filed.AddDate(0, 0, 7)
					waiting := s.NodeAt(s.Unit(school), n, week.Add(-time.Second))
					s.decide(sub, scoring.Accepted, week.Format(time.DateTime), filed.Format(time.DateOnly))
					accepted := s.NodeAt(s.Unit(school), n, week)
					if waiting.Late != c.late || accepted.Late != c.late {
						t.Errorf("%v filed at %s: late %t, accepted a week later %t", n, filed, waiting.Late, accepted.Late)
					}
					checked++
				}
			}
			if checked == 0 {
				t.Errorf("nothing is due on %s", d.due)
			}
		}
	}
}

func TestClosingTurnsHoldIntoEarned(t *testing.T) {
	s := campaign(t, "2018-12-01", school)
	s.plan(school, map[string]string{"12": "60", "20": "40"}, "2018-12-01 10:00:00")
	s.done(school, node("12", 1), "2018-12-10 10:00:00")
	s.wantScore(t, school, "2018-12-31 23:59:59", "100", "100", "60")
	s.wantScore(t, school, "2019-01-01 00:00:00", "60", "100", "60")

	s.Closed = moment("2018-12-20 12:00:00")
	s.wantScore(t, school, "2018-12-20 11:59:59", "100", "100", "60")
	s.wantScore(t, school, "2018-12-20 12:00:00", "60", "100", "60")
	if b := scoring.NewBoard(s.Facts, moment("2018-12-20 12:00:00")); !b.Closed {
		t.Error("the board does not say that the campaign is closed")
	}
}
