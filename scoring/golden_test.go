package scoring_test

import (
	"testing"

	"paogai/scoring"
)

// The numbers below were worked by hand from the document.

func TestProvisionalSplit(t *testing.T) {
	s := campaign(t, "2018-08-15", school)
	total := scoring.Points{}
	for i, task := range s.Scheme.Tasks {
		p, provisional := s.PointsOf(s.Unit(school), task.ID)
		want := "1.32"
		if i >= 44 {
			want = "1.31"
		}
		if !p.Equal(pts(want)) || !provisional || !s.Applies(s.Unit(school), task.ID) {
			t.Errorf("task %s: %s, provisional %t", task.ID, p, provisional)
		}
		total = total.Add(p)
	}
	if !total.Equal(pts("100")) {
		t.Errorf("the split sums to %s", total)
	}
	if st := s.standing(t, school, "2018-08-20 09:00:00"); !st.Provisional || st.Tasks != 76 {
		t.Errorf("standing %+v", st)
	}
}

// A unit without a plan that never does anything: 8 tasks are due on 08-31, 14 on 10-31,
// 9 on 11-30, and 9 that count on 12-31 (23 is soft). There is no floor.
func TestIdleUnit(t *testing.T) {
	s := campaign(t, "2018-08-20", school)
	s.wantScore(t, school, "2018-08-31 23:59:59", "100", "100", "0")
	s.wantScore(t, school, "2018-09-01 00:00:00", "60", "60", "-40")
	s.wantScore(t, school, "2018-11-01 00:00:00", "-10", "-10", "-110")
	s.wantScore(t, school, "2018-12-01 00:00:00", "-55", "-55", "-155")
	s.wantScore(t, school, "2019-01-01 00:00:00", "-200", "-100", "-200")
}

// 100 in three tasks. 70 done in time (+40.5), 71 late by a day (−5), 72 never.
// 10 of innovation out of 6 + 5.5, +3 for the group, −10 × 2 for complaints.
func TestOneUnitsYear(t *testing.T) {
	s := campaign(t, "2018-08-15", school)
	s.plan(school, map[string]string{"70": "40.5", "71": "30.25", "72": "29.25"}, "2018-08-16 09:00:00")
	s.wantScore(t, school, "2018-08-20 00:00:00", "100", "100", "0")
	s.done(school, node("70", 1), "2018-08-31 23:59:59")
	s.done(school, node("71", 1), "2018-09-01 00:00:00")
	s.wantScore(t, school, "2018-09-01 00:00:00", "90", "90", "60.75")
	s.adjust(school, "innovation", "一窗通办", "6", "2018-10-01 09:00:00")
	s.adjust(school, "innovation", "刷脸办事", "5.5", "2018-10-02 09:00:00")
	s.adjust(school, "group-lead-done", "第三推进组", "", "2018-10-03 09:00:00")
	s.wantScore(t, school, "2018-10-03 09:00:00", "103", "103", "73.75")
	s.adjust(school, "complaint-verified", "12345-0077", "", "2018-10-04 09:00:00").Count = 2
	s.wantScore(t, school, "2018-10-04 09:00:00", "83", "83", "53.75")
	s.wantScore(t, school, "2019-01-01 00:00:00", "53.75", "83", "53.75")
	st := s.standing(t, school, "2019-01-01 00:00:00")
	if st.Late != 2 || st.Done != 2 || st.Tasks != 3 || st.Grade != "不达标" || st.Provisional {
		t.Errorf("standing %+v", st)
	}
}

// A task with two nodes: one late, both late, each time 5 points, once.
func TestTwoNodesOneTask(t *testing.T) {
	s := campaign(t, "2018-06-01", school)
	s.plan(school, map[string]string{"15": "50", "34": "50"}, "2018-06-01 09:00:00")
	s.done(school, node("34", 1), "2018-06-30 10:00:00")
	s.wantScore(t, school, "2018-07-01 00:00:00", "95", "95", "-5")
	s.done(school, node("34", 2), "2018-12-31 23:00:00")
	s.wantScore(t, school, "2018-12-31 23:30:00", "95", "95", "45")
	s.wantScore(t, school, "2019-01-01 00:00:00", "45", "95", "45")
	if st := s.standing(t, school, "2019-01-01 00:00:00"); st.Late != 1 || st.Done != 1 {
		t.Errorf("late %d, done %d", st.Late, st.Done)
	}
}

func TestTasksThatDoNotApplyCostNothing(t *testing.T) {
	s := campaign(t, "2018-08-15", school)
	s.plan(school, map[string]string{"5": "100"}, "2018-08-16 09:00:00")
	s.rule(school, node("70", 1), true, "2018-09-02 10:00:00")
	s.done(school, node("71", 1), "2018-09-02 10:00:00")
	s.wantScore(t, school, "2018-09-03 00:00:00", "100", "100", "0")
	if s.Applies(s.Unit(school), "70") || s.Applies(s.Unit(school), "77") || !s.Applies(s.Unit(school), "5") {
		t.Error("the plan does not tell which tasks apply")
	}
}

func TestWaitingIsNeitherDoneNorLate(t *testing.T) {
	s := campaign(t, "2018-08-15", school)
	s.plan(school, map[string]string{"70": "100"}, "2018-08-16 09:00:00")
	s.file(school, node("70", 1), "2018-08-31 23:59:59")
	s.wantScore(t, school, "2018-12-31 23:59:59", "100", "100", "0")
	s.wantScore(t, school, "2019-01-01 00:00:00", "0", "100", "0")
	if st := s.standing(t, school, "2018-12-31 23:59:59"); st.Waiting != 1 || st.Late != 0 || st.Done != 0 {
		t.Errorf("standing %+v", st)
	}
}
