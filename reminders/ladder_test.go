package reminders

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"paogai/scoring"
	"paogai/scoring/schemes"
	"paogai/store"
)

const education = "市教育局"

// jilin is the real method, with the ladder that the change makes of its own.
func jilin(t testing.TB, change func(*scoring.Ladder)) *scoring.Scheme {
	t.Helper()
	s, err := schemes.Load("jilin-2018")
	if err != nil {
		t.Fatal(err)
	}
	own := *s
	own.Ladder.Stages = slices.Clone(s.Ladder.Stages)
	if change != nil {
		change(&own.Ladder)
	}
	own.Index()
	return &own
}

// oneUnit is a campaign of one unit that nothing has happened in.
func oneUnit(t testing.TB, s *scoring.Scheme, opens string) *scoring.Facts {
	t.Helper()
	return scoring.NewFacts(s, date(t, opens), []scoring.UnitRef{{Name: education, Class: "1"}})
}

// moment reads "2018-08-31 09:00" in the zone of the method.
func moment(t testing.TB, s string) time.Time {
	t.Helper()
	at, err := time.ParseInLocation("2006-01-02 15:04", s, store.Zone())
	if err != nil {
		t.Fatal(err)
	}
	return at
}

// ladderOf lists on which days each due date is told, by stage.
func ladderOf(plan []Due) map[scoring.Date]map[string][]string {
	days := map[scoring.Date]map[string][]string{}
	for _, d := range plan {
		if days[d.Due] == nil {
			days[d.Due] = map[string][]string{}
		}
		day := d.At.In(store.Zone()).Format("01-02 15:04")
		if !slices.Contains(days[d.Due][d.Stage], day) {
			days[d.Due][d.Stage] = append(days[d.Due][d.Stage], day)
		}
	}
	return days
}

// Every date of the method, worked out by hand from the State Council's
// notices: 30, 15, 7, 3, 1 and 0 workdays left, then the first seven days on
// which a lapse is told (every workday for a week, then Mondays).
var jilinLadder = map[string]string{
	"2018-03-15": "01-29 02-23 03-06 03-12 03-14 03-15 | 03-16 03-19 03-20 03-21 03-22 03-26 04-02",
	"2018-03-31": "02-12 03-09 03-21 03-27 03-29 03-30 | 04-02 04-03 04-04 04-08 04-09 04-16 04-23", // a Saturday; Sunday 04-08 is worked
	"2018-04-30": "03-16 04-09 04-19 04-25 04-27 04-28 | 05-02 05-03 05-04 05-07 05-08 05-14 05-21", // off; Saturday 04-28 is worked
	"2018-05-20": "04-04 04-26 05-09 05-15 05-17 05-18 | 05-21 05-22 05-23 05-24 05-25 05-28 06-04", // a Sunday
	"2018-05-31": "04-18 05-10 05-22 05-28 05-30 05-31 | 06-01 06-04 06-05 06-06 06-07 06-11 06-19", // Monday 06-18 is off
	"2018-06-30": "05-17 06-07 06-20 06-26 06-28 06-29 | 07-02 07-03 07-04 07-05 07-06 07-09 07-16", // a Saturday
	"2018-07-31": "06-19 07-10 07-20 07-26 07-30 07-31 | 08-01 08-02 08-03 08-06 08-07 08-13 08-20",
	"2018-08-31": "07-20 08-10 08-22 08-28 08-30 08-31 | 09-03 09-04 09-05 09-06 09-07 09-10 09-17",
	"2018-10-31": "09-13 10-10 10-22 10-26 10-30 10-31 | 11-01 11-02 11-05 11-06 11-07 11-12 11-19",
	"2018-11-30": "10-19 11-09 11-21 11-27 11-29 11-30 | 12-03 12-04 12-05 12-06 12-07 12-10 12-17",
	"2018-12-31": "11-19 12-10 12-20 12-26 12-28 12-29 | 01-02", // off by the later notice; over after that
}

func TestEveryJilinDateOnTheCalendarOf2018(t *testing.T) {
	s := jilin(t, nil)
	f := oneUnit(t, s, "2018-01-01")
	got := ladderOf(Plan(f, embedded(t), moment(t, "2018-01-01 00:00"), moment(t, "2019-03-01 00:00")))
	for due, days := range got {
		want, ok := jilinLadder[due.String()]
		if !ok {
			t.Errorf("%s is a date of the method that the table lacks", due)
			continue
		}
		var before []string
		for _, stage := range []string{"d30", "d15", "d7", "d3", "d1", "d0"} {
			before = append(before, days[stage]...)
		}
		after := days[StageOverdue][:min(7, len(days[StageOverdue]))]
		row := strings.ReplaceAll(strings.Join(before, " ")+" | "+strings.Join(after, " "), " 09:00", "")
		if row != want {
			t.Errorf("%s:\n got %s\nwant %s", due, row, want)
		}
	}
	if len(got) != len(jilinLadder) {
		t.Errorf("%d dates, the table has %d", len(got), len(jilinLadder))
	}
}

func TestSeventySevenNodesAreOnTheLadder(t *testing.T) {
	f := oneUnit(t, jilin(t, nil), "2018-01-01")
	nodes := map[scoring.Node]int{}
	for _, d := range Plan(f, embedded(t), moment(t, "2018-01-01 00:00"), moment(t, "2019-03-01 00:00")) {
		if d.Kind == store.NoticeDue {
			nodes[d.Node]++
		}
	}
	for n, times := range nodes {
		if times != 6 {
			t.Errorf("task %s milestone %d is told of %d times, not on 6 stages", n.Task, n.Milestone, times)
		}
	}
	if len(nodes) != 77 {
		t.Errorf("%d dated nodes, want 77", len(nodes))
	}
}

func TestHistoricalNodesAndSoftDatesAreNotOverdue(t *testing.T) {
	f := oneUnit(t, jilin(t, nil), "2018-08-20")
	for _, d := range Plan(f, embedded(t), moment(t, "2018-08-20 00:00"), moment(t, "2019-03-01 00:00")) {
		if d.Due.Before(f.Opens) {
			t.Fatalf("%+v is told although it was due before the campaign", d)
		}
		if d.Kind == store.NoticeOverdue && d.Node.Task == "23" {
			t.Fatalf("%+v is told as overdue although it is only striven for", d)
		}
	}
}

// A lapse is told every workday for a week and then on Mondays only, so that
// nobody learns to ignore the bot. Monday 09-24 is off, so Tuesday takes its
// place; after 10-01 the next workday is Monday 10-08, told once.
func TestLapsesRepeatDailyForAWeekThenOnMondays(t *testing.T) {
	s := jilin(t, nil)
	plan := Plan(oneUnit(t, s, "2018-08-20"), embedded(t), moment(t, "2018-08-31 10:00"), moment(t, "2018-12-01 00:00"))
	got := ladderOf(plan)
	for due, want := range map[string]string{
		"2018-08-31": "09-03 09-04 09-05 09-06 09-07 09-10 09-17 09-25 10-08 10-15 10-22 10-29 11-05 11-12 11-19 11-26",
		"2018-10-31": "11-01 11-02 11-05 11-06 11-07 11-12 11-19 11-26",
	} {
		days := strings.ReplaceAll(strings.Join(got[date(t, due)][StageOverdue], " "), " 09:00", "")
		if days != want {
			t.Errorf("%s lapsed:\n got %s\nwant %s", due, days, want)
		}
	}
}

func TestALadderMayTellLessOftenOnceOrNever(t *testing.T) {
	for every, want := range map[int]string{
		0: "09-03 09:00",
		2: "09-03 09:00 09-05 09:00 09-07 09:00 09-10 09:00", // 09-10 is past the week, and a Monday
		5: "09-03 09:00 09-10 09:00",
	} {
		s := jilin(t, func(l *scoring.Ladder) { l.Overdue.Every = every })
		plan := Plan(oneUnit(t, s, "2018-08-20"), embedded(t), moment(t, "2018-09-01 00:00"), moment(t, "2018-09-14 00:00"))
		if got := strings.Join(ladderOf(plan)[date(t, "2018-08-31")][StageOverdue], " "); got != want {
			t.Errorf("every %d: %s, want %s", every, got, want)
		}
	}
	s := jilin(t, func(l *scoring.Ladder) { l.Overdue = scoring.Overdue{} })
	plan := Plan(oneUnit(t, s, "2018-08-20"), embedded(t), moment(t, "2018-09-01 00:00"), moment(t, "2018-09-14 00:00"))
	if got := ladderOf(plan)[date(t, "2018-08-31")][StageOverdue]; got != nil {
		t.Errorf("a ladder without overdue notices tells on %v", got)
	}
}

func TestAUnitHearsOnceADayAtTheEarliestHour(t *testing.T) {
	s := jilin(t, func(l *scoring.Ladder) {
		for i := range l.Stages {
			if l.Stages[i].ID == "d0" {
				l.Stages[i].Hour, l.Stages[i].Minute = 16, 30
			}
		}
		// 10-31 is 21 workdays before 11-30.
		l.Stages = append(l.Stages, scoring.Stage{ID: "d22", Workdays: 22, Hour: 8})
	})
	f := oneUnit(t, s, "2018-08-20")
	c := embedded(t)
	got := ladderOf(Plan(f, c, moment(t, "2018-08-20 00:00"), moment(t, "2018-12-01 00:00")))
	if days := got[date(t, "2018-08-31")]["d0"]; !slices.Equal(days, []string{"08-31 16:30"}) {
		t.Errorf("alone on its day, d0 is told at %v", days)
	}
	if left := c.Between(date(t, "2018-10-31"), date(t, "2018-11-30")); left != 22 {
		t.Fatalf("%d workdays from 10-31 to 11-30", left)
	}
	if days := got[date(t, "2018-10-31")]["d0"]; !slices.Equal(days, []string{"10-31 08:00"}) {
		t.Errorf("beside a stage at 08:00, d0 is told at %v", days)
	}
	if spec := ladderSpec(s.Ladder); spec != "0 8 * * *; 0 9 * * *; 30 16 * * *" {
		t.Errorf("the job runs at %q", spec)
	}
}

func TestPlanLooksAtTheWindowOnly(t *testing.T) {
	f := oneUnit(t, jilin(t, nil), "2018-08-20")
	at := moment(t, "2018-08-31 09:00")
	c := embedded(t)
	tasks := func(from, to time.Time) (ids []string) {
		for _, d := range Plan(f, c, from, to) {
			ids = append(ids, d.Node.Task)
		}
		return ids
	}
	want := []string{"49", "70", "71", "72", "73", "74", "75", "76"}
	if diff := cmp.Diff(want, tasks(at.Add(-time.Second), at)); diff != "" {
		t.Error(diff)
	}
	if got := tasks(at, at.Add(time.Hour)); got != nil {
		t.Errorf("after the moment itself: %v", got)
	}
}

func TestNextDeadline(t *testing.T) {
	f := oneUnit(t, jilin(t, nil), "2018-08-20")
	for after, want := range map[string]string{
		"2018-08-20 08:00": "2018-09-01 00:00",
		"2018-08-31 23:59": "2018-09-01 00:00",
		"2018-09-01 00:00": "2018-11-01 00:00",
		"2018-12-31 23:59": "2019-01-01 00:00",
	} {
		got, ok := NextDeadline(f, moment(t, after))
		if !ok || !got.Equal(moment(t, want)) {
			t.Errorf("after %s: %s %v, want %s", after, got, ok, want)
		}
	}
	if got, ok := NextDeadline(f, moment(t, "2019-01-01 00:00")); ok {
		t.Errorf("after the last: %s", got)
	}
	f.Dated[scoring.Node{Task: "20", Milestone: 1}] = scoring.Dating{Due: date(t, "2018-09-20")}
	if got, _ := NextDeadline(f, moment(t, "2018-09-02 00:00")); !got.Equal(moment(t, "2018-09-21 00:00")) {
		t.Errorf("with task 20 dated 09-20: %s", got)
	}
}
