package reminders

import (
	"strings"
	"testing"
	"time"

	"paogai/scoring"
	"paogai/store"
)

const (
	eduA   = 101 // liaison of 市教育局
	eduB   = 102 // likewise
	county = 103 // liaison of 永吉县
	clerk  = 900
)

func TestOneMessageARecipientAStage(t *testing.T) {
	o := openOffice(t, jilin(t, nil))
	o.join(eduA, store.Liaison, education)
	o.join(eduB, store.Liaison, education)
	o.join(county, store.Liaison, "永吉县")
	o.join(clerk, store.Office, "")
	r := o.runner()
	o.step(r, "2018-08-29 18:00")
	s70 := o.file(eduA, education, "70")
	o.file(eduA, education, "71")
	o.step(r, "2018-08-30 12:00")
	o.do(store.ByPerson(clerk), store.ReturnSubmission{Submission: s70, Reason: "看不清"})
	o.step(r, "2018-09-11 00:00")
	const all, rest = "49 70 71 72 73 74 75 76", "49 70 72 73 74 75 76"
	want := strings.Join([]string{
		"08-22 09:00 103 due d7: " + all, "08-22 09:00 101 due d7: " + all, "08-22 09:00 102 due d7: " + all,
		"08-28 09:00 103 due d3: " + all, "08-28 09:00 101 due d3: " + all, "08-28 09:00 102 due d3: " + all,
		"08-30 09:00 103 due d1: " + all, "08-30 09:00 101 due d1: 49 72 73 74 75 76", "08-30 09:00 102 due d1: 49 72 73 74 75 76",
		"08-31 09:00 103 due d0: " + all, "08-31 09:00 101 due d0: " + rest, "08-31 09:00 102 due d0: " + rest,
		"09-03 09:00 103 overdue overdue: " + all, "09-03 09:00 101 overdue overdue: " + rest, "09-03 09:00 102 overdue overdue: " + rest,
		"09-04 09:00 103 overdue overdue: " + all, "09-04 09:00 101 overdue overdue: " + rest, "09-04 09:00 102 overdue overdue: " + rest,
		"09-05 09:00 103 overdue overdue: " + all, "09-05 09:00 101 overdue overdue: " + rest, "09-05 09:00 102 overdue overdue: " + rest,
		"09-06 09:00 103 overdue overdue: " + all, "09-06 09:00 101 overdue overdue: " + rest, "09-06 09:00 102 overdue overdue: " + rest,
		"09-07 09:00 103 overdue overdue: " + all, "09-07 09:00 101 overdue overdue: " + rest, "09-07 09:00 102 overdue overdue: " + rest,
		"09-10 09:00 103 overdue overdue: " + all, "09-10 09:00 101 overdue overdue: " + rest, "09-10 09:00 102 overdue overdue: " + rest,
	}, "\n")
	if got := lines(o.notices()); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
	for _, n := range o.notices() {
		if n.Tone == "" {
			t.Errorf("%s has no tone", line(n))
		}
	}
}

func TestSeveralStagesOfADayMergeUnderTheMostUrgent(t *testing.T) {
	o := openOffice(t, jilin(t, nil))
	o.join(eduA, store.Liaison, education)
	o.do("office:test", store.DateMilestone{Task: "20", Milestone: 1, Due: date(t, "2018-09-05"), Reason: "省里定了"})
	r := o.runner()
	o.step(r, "2018-08-31 12:00")
	got := lines(o.notices()[len(o.notices())-1:])
	// 20 is due on 09-05, three workdays after 08-31.
	if want := "08-31 09:00 101 due d0: 49 70 71 72 73 74 75 76 20"; got != want {
		t.Errorf("%s, want %s", got, want)
	}
	o.step(r, "2018-09-04 00:00")
	got = lines(o.notices()[len(o.notices())-1:])
	if want := "09-03 09:00 101 overdue overdue: 49 70 71 72 73 74 75 76"; got != want {
		t.Errorf("%s, want %s", got, want)
	}
	o.step(r, "2018-09-05 00:00")
	got = lines(o.notices()[len(o.notices())-1:])
	// On 09-04 one workday is left for 20; the others lapsed.
	if want := "09-04 09:00 101 overdue overdue: 49 70 71 72 73 74 75 76 20"; got != want {
		t.Errorf("%s, want %s", got, want)
	}
}

func TestNothingOpenNothingSaid(t *testing.T) {
	o := openOffice(t, jilin(t, nil))
	o.join(eduA, store.Liaison, education)
	o.do("office:test", store.ApprovePlan{Unit: education, Points: map[string]scoring.Points{
		"70": must(t, "60"), "76": must(t, "40"),
	}})
	o.file(eduA, education, "70")
	o.do("office:test", store.RuleMilestone{Unit: education, Task: "76", Milestone: 1, Late: false, Reason: "省里推迟"})
	r := o.runner()
	o.step(r, "2018-12-31 00:00")
	if got := lines(o.notices()); got != "" {
		t.Errorf("told of what is filed or ruled on:\n%s", got)
	}
}

func TestWhoBlockedTheBotIsLeftOut(t *testing.T) {
	o := openOffice(t, jilin(t, nil))
	o.join(eduA, store.Liaison, education)
	o.join(eduB, store.Liaison, education)
	o.do(store.System, store.SetReachable{Person: eduA, Reason: "blocked"})
	o.step(o.runner(), "2018-08-22 12:00")
	if got, want := lines(o.notices()), "08-22 09:00 102 due d7: 49 70 71 72 73 74 75 76"; got != want {
		t.Errorf("%s, want %s", got, want)
	}
}

// What was missed is told once, as it stands when it is told.
func TestMissedTicksAreOneMessageWithTheNewestState(t *testing.T) {
	for _, x := range []struct{ at, want string }{
		{"2018-08-30 11:00", "08-30 11:00 101 due d1: 49 71 72 73 74 75 76"},
		{"2018-08-31 08:59", ""}, // the tick of 09:00 will tell
		{"2018-08-31 21:30", "08-31 21:30 101 due d0: 49 71 72 73 74 75 76"}, // due this very day
		{"2018-08-30 21:30", ""}, // not at night
		{"2018-09-01 10:00", ""}, // a Saturday
		{"2018-09-03 10:00", "09-03 10:00 101 overdue overdue: 49 71 72 73 74 75 76"}, // lapsed meanwhile
		{"2018-09-06 10:00", "09-06 10:00 101 overdue overdue: 49 71 72 73 74 75 76"}, // once, not for each day
	} {
		o := openOffice(t, jilin(t, nil))
		o.join(eduA, store.Liaison, education)
		o.at("2018-08-22 10:00").file(eduA, education, "70")
		o.at(x.at)
		r := o.runner()
		jobs, err := r.jobs()
		if err != nil {
			t.Fatal(err)
		}
		r.fire(t.Context(), jobs[0])
		if got := lines(o.notices()); got != x.want {
			t.Errorf("started at %s: %q, want %q", x.at, got, x.want)
		}
	}
}

func TestPeopleAreWrittenToInWorkingHours(t *testing.T) {
	l := newLadder(oneUnit(t, jilin(t, nil), "2018-08-20"), embedded(t))
	for at, want := range map[string][2]bool{ // without and with something due that day
		"2018-08-31 08:59": {false, false},
		"2018-08-31 09:00": {true, true},
		"2018-08-31 20:00": {true, true},
		"2018-08-31 20:01": {false, true},
		"2018-09-01 10:00": {false, true},
		"2018-12-29 09:00": {true, true},
		"2018-12-31 09:00": {false, true},
	} {
		for i, urgent := range []bool{false, true} {
			if got := l.mayTell(moment(t, at), urgent); got != want[i] {
				t.Errorf("%s, urgent %v: %v", at, urgent, got)
			}
		}
	}
	empty := newLadder(oneUnit(t, jilin(t, func(l *scoring.Ladder) { *l = scoring.Ladder{} }), "2018-08-20"), embedded(t))
	if empty.mayTell(moment(t, "2018-08-31 10:00"), true) || len(hoursOf(empty.facts.Scheme.Ladder)) != 0 {
		t.Error("an empty ladder tells something")
	}
}

func must(t testing.TB, s string) scoring.Points {
	t.Helper()
	p, err := scoring.ParsePoints(s)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// A campaign closed early ends the reminders; what had lapsed is told once.
func TestAClosedCampaignRemindsNobody(t *testing.T) {
	o := openOffice(t, jilin(t, nil))
	o.join(eduA, store.Liaison, education)
	r := o.runner()
	o.step(r, "2018-09-01 10:00")
	before := len(o.notices())
	o.do("office:test", store.CloseCampaign{Second: "office:other"})
	o.step(r, "2019-02-01 00:00")
	want := "09-03 09:00 101 overdue overdue: 49 70 71 72 73 74 75 76"
	if got := lines(o.notices()[before:]); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
	if at, ok := r.NextReminder(o.now.Add(-100 * 24 * time.Hour)); ok {
		t.Errorf("there is a next reminder: %s", at)
	}
}
