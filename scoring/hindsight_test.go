package scoring_test

import (
	"testing"

	"paogai/scoring"
)

// twoTasks is a school with 40 points in task 70 and 60 in task 71, both due on 2018-08-31.
func twoTasks(t *testing.T) *story {
	t.Helper()
	s := campaign(t, "2018-08-15", school)
	s.plan(school, map[string]string{"70": "40", "71": "60"}, "2018-08-16 09:00:00")
	return s
}

// TestWhatIsKnownNowOfThen asks about a moment when something was recorded later that
// speaks of it, or does not: as it was known then, and as it is known now.
func TestWhatIsKnownNowOfThen(t *testing.T) {
	s70, s71 := node("70", 1), node("71", 1)
	for _, c := range []struct {
		name      string
		happens   func(*story)
		at        string
		then, now string // hold/earned
	}{
		{"nothing later", func(s *story) { s.done(school, s70, "2018-08-20 10:00:00") }, "2018-08-21 00:00:00", "100/40", "100/40"},
		{"accepted later, filed before", func(s *story) {
			s.decide(s.file(school, s70, "2018-08-31 16:00:00"), scoring.Accepted, "2018-09-07 10:00:00", "2018-08-31")
		}, "2018-08-31 20:00:00", "100/0", "100/40"},
		{"filed and accepted later, completed before", func(s *story) {
			s.decide(s.file(school, s70, "2018-09-05 16:00:00"), scoring.Accepted, "2018-09-07 10:00:00", "2018-08-30")
		}, "2018-09-02 00:00:00", "90/-10", "95/35"},
		{"the same, in the day of completion", func(s *story) {
			s.decide(s.file(school, s70, "2018-09-05 16:00:00"), scoring.Accepted, "2018-09-07 10:00:00", "2018-08-30")
		}, "2018-08-30 23:59:59", "100/0", "100/0"},
		{"the same, when that day is over", func(s *story) {
			s.decide(s.file(school, s70, "2018-09-05 16:00:00"), scoring.Accepted, "2018-09-07 10:00:00", "2018-08-30")
		}, "2018-08-31 00:00:00", "100/0", "100/40"},
		{"completed on the day of filing, before it", func(s *story) {
			s.done(school, s70, "2018-08-20 10:00:00")
		}, "2018-08-20 09:59:59", "100/0", "100/0"},
		{"returned after the due day, filed before", func(s *story) {
			s.decide(s.file(school, s70, "2018-08-31 16:00:00"), scoring.Returned, "2018-09-07 10:00:00", "")
		}, "2018-09-02 00:00:00", "95/-5", "90/-10"},
		{"withdrawn after the due day", func(s *story) {
			s.decide(s.file(school, s70, "2018-08-31 16:00:00"), scoring.Withdrawn, "2018-09-07 10:00:00", "")
		}, "2018-09-02 00:00:00", "95/-5", "90/-10"},
		{"returned, filed again and completed late", func(s *story) {
			s.decide(s.file(school, s70, "2018-08-31 16:00:00"), scoring.Returned, "2018-09-07 10:00:00", "")
			s.decide(s.file(school, s70, "2018-09-10 16:00:00"), scoring.Accepted, "2018-09-11 10:00:00", "2018-09-10")
		}, "2018-09-02 00:00:00", "95/-5", "90/-10"},
		{"filed later and waiting", func(s *story) { s.file(school, s70, "2018-09-05 16:00:00") }, "2018-09-02 00:00:00", "90/-10", "90/-10"},
		{"filed before and waiting", func(s *story) { s.file(school, s70, "2018-08-31 23:59:59") }, "2018-09-02 00:00:00", "95/-5", "95/-5"},
		{"ruled not late", func(s *story) { s.rule(school, s70, false, "2018-09-20 10:00:00") }, "2018-09-01 00:00:00", "90/-10", "95/-5"},
		{"ruled late, before the day is over", func(s *story) { s.rule(school, s70, true, "2018-09-20 10:00:00") }, "2018-08-31 23:59:59", "100/0", "100/0"},
		{"ruled late, though filed in time", func(s *story) {
			s.done(school, s70, "2018-08-20 10:00:00")
			s.rule(school, s70, true, "2018-09-20 10:00:00")
		}, "2018-09-01 00:00:00", "95/35", "90/30"},
		{"dated earlier since", func(s *story) { s.date(s70, "2018-08-24", "2018-08-28 10:00:00") }, "2018-08-25 00:00:00", "100/0", "95/-5"},
		{"dated later since", func(s *story) { s.date(s70, "2018-10-31", "2018-09-20 10:00:00") }, "2018-09-01 00:00:00", "90/-10", "95/-5"},
		{"revoked since", func(s *story) {
			s.revoke(s.adjust(school, "matter-lead-failed", "事", "", "2018-08-20 10:00:00"), "2018-09-20 10:00:00")
		}, "2018-08-21 00:00:00", "98/-2", "100/0"},
		{"revoked and made since", func(s *story) {
			s.revoke(s.adjust(school, "matter-lead-failed", "事", "", "2018-08-22 10:00:00"), "2018-09-20 10:00:00")
		}, "2018-08-21 00:00:00", "100/0", "100/0"},
		{"adjusted since", func(s *story) { s.adjust(school, "matter-lead-failed", "事", "", "2018-09-20 10:00:00") }, "2018-08-21 00:00:00", "100/0", "100/0"},
		{"fraud found since in what was accepted", func(s *story) {
			s.done(school, s70, "2018-08-20 10:00:00")
			s.adjust(school, "fraud", "材料", "", "2018-09-20 10:00:00").Reopen(s.Unit(school).Submissions[0])
		}, "2018-09-01 00:00:00", "95/35", "90/-10"},
		{"fraud found since, and revoked", func(s *story) {
			s.done(school, s70, "2018-08-20 10:00:00")
			fraud := s.adjust(school, "fraud", "材料", "", "2018-09-20 10:00:00")
			fraud.Reopen(s.Unit(school).Submissions[0])
			s.revoke(fraud, "2018-09-25 10:00:00")
		}, "2018-09-01 00:00:00", "95/35", "95/35"},
		{"planned since", func(s *story) {
			s.done(school, s71, "2018-08-20 10:00:00")
			s.plan(school, map[string]string{"70": "10", "71": "90"}, "2018-09-20 10:00:00")
		}, "2018-08-21 00:00:00", "100/1.31", "100/90"}, // of two plans the last is kept, so then none stood
		{"closed since", func(s *story) { s.Closed = moment("2018-08-22 00:00:00") }, "2018-08-21 00:00:00", "100/0", "100/0"},
	} {
		s := twoTasks(t)
		c.happens(s)
		before := s.standing(t, school, c.at)
		later := scoring.NewBoard(s.Hindsight(moment(c.at)), moment(c.at))
		now, _ := later.Unit(school)
		if got := before.Hold.String() + "/" + before.Earned.String(); got != c.then {
			t.Errorf("%s: known then %s, want %s", c.name, got, c.then)
		}
		if got := now.Hold.String() + "/" + now.Earned.String(); got != c.now {
			t.Errorf("%s: known now %s, want %s", c.name, got, c.now)
		}
		if again := s.standing(t, school, c.at); again.Hold.String() != before.Hold.String() || again.Earned.String() != before.Earned.String() {
			t.Errorf("%s: looking back changed the facts", c.name)
		}
	}
}

// What was measured late is the value of its round: 19.07 as of before, too.
func TestAMeasurementSpeaksOfItsRound(t *testing.T) {
	s := opened(t, "zhejiang-2017", "甲县", "乙县")
	s.measure("甲县", "realization", "1", "90", "2018-01-20 10:00:00")
	s.measure("乙县", "realization", "1", "80", "2018-01-20 10:00:00")
	s.external("甲县", "data-sharing", "20", "2018-01-20 10:00:00")
	at := moment("2018-01-10 00:00:00")
	then, _ := scoring.NewBoard(s.Facts, at).Unit("甲县")
	now, _ := scoring.NewBoard(s.Hindsight(at), at).Unit("甲县")
	if then.Pending-now.Pending != 2 {
		t.Errorf("pending %d then, %d now", then.Pending, now.Pending)
	}
	if want := then.Hold.Sub(pts("5")); !now.Hold.Equal(want) {
		t.Errorf("hold %s now, want %s", now.Hold, want)
	}
}

func TestHindsightTellsWhenThingsWereRecorded(t *testing.T) {
	s := twoTasks(t)
	s.rule(school, node("70", 1), true, "2018-09-20 10:00:00")
	at := moment("2018-09-01 00:00:00")
	why, err := scoring.Why(s.Hindsight(at), school, at)
	if err != nil {
		t.Fatal(err)
	}
	for _, line := range why.Lines {
		if line.Task == "70" && !line.Mark.At.Equal(moment("2018-09-20 10:00:00")) {
			t.Errorf("the ruling is told as of %s", line.Mark.At)
		}
	}
}
