package scoring_test

import (
	"testing"

	"paogai/scoring"
)

const school = "市教育局"

// wantNode checks whether a milestone of the unit is late at a moment, and by which rule.
func (s *story) wantNode(t *testing.T, n scoring.Node, at string, late bool, by scoring.LateReason) {
	t.Helper()
	got := s.NodeAt(s.Unit(school), n, moment(at))
	if got.Late != late || got.By != by {
		t.Errorf("%v at %s: late %t by rule %d, want %t by %d", n, at, got.Late, got.By, late, by)
	}
	if got.Late == got.LateFrom.IsZero() {
		t.Errorf("%v at %s: late %t from %s", n, at, got.Late, got.LateFrom)
	}
}

func TestRule1TheOfficeRuled(t *testing.T) {
	s := campaign(t, "2018-08-15", school)
	s.rule(school, node("70", 1), false, "2018-09-03 10:00:00")
	s.wantNode(t, node("70", 1), "2018-09-03 09:59:59", true, scoring.ByClock)
	s.wantNode(t, node("70", 1), "2018-09-03 10:00:00", false, scoring.ByRuling)

	s.done(school, node("71", 1), "2018-08-20 10:00:00")
	s.rule(school, node("71", 1), true, "2018-08-21 10:00:00")
	s.wantNode(t, node("71", 1), "2018-08-20 12:00:00", false, scoring.ByResult)
	s.wantNode(t, node("71", 1), "2018-08-21 10:00:00", true, scoring.ByRuling)

	for _, n := range []scoring.Node{node("1", 1), node("20", 1), node("23", 1)} {
		s.rule(school, n, true, "2018-08-21 10:00:00")
		s.wantNode(t, n, "2018-08-21 10:00:00", true, scoring.ByRuling)
	}
}

func TestRule2OpenSoftAndHistorical(t *testing.T) {
	s := campaign(t, "2018-08-15", school)
	for _, n := range []scoring.Node{node("20", 1), node("23", 1), node("1", 1), node("3", 1), node("34", 1)} {
		s.wantNode(t, n, "2019-06-01 00:00:00", false, scoring.ByKind)
	}
	s.done(school, node("23", 1), "2019-01-05 10:00:00")
	s.wantNode(t, node("23", 1), "2019-06-01 00:00:00", false, scoring.ByKind)

	hist := s.NodeAt(s.Unit(school), node("3", 1), moment("2018-09-01 00:00:00"))
	if !hist.Historical || hist.Due != day("2018-07-31") || hist.Kind != scoring.Fixed {
		t.Errorf("a node due before the campaign opened: %+v", hist)
	}
}

func TestRule2OnTheDayOfOpeningIsNotHistorical(t *testing.T) {
	for opens, late := range map[string]bool{"2018-08-31": true, "2018-09-01": false} {
		s := campaign(t, opens, school)
		if got := s.NodeAt(s.Unit(school), node("70", 1), moment("2018-09-01 00:00:00")); got.Late != late {
			t.Errorf("opened on %s: late %t", opens, got.Late)
		}
	}
}

func TestRule2AnOpenNodeIsLateOnceDated(t *testing.T) {
	s := campaign(t, "2018-08-15", school)
	s.date(node("20", 1), "2018-10-15", "2018-09-10 10:00:00")
	s.wantNode(t, node("20", 1), "2018-09-10 09:59:59", false, scoring.ByKind)
	s.wantNode(t, node("20", 1), "2018-10-15 23:59:59", false, scoring.ByClock)
	s.wantNode(t, node("20", 1), "2018-10-16 00:00:00", true, scoring.ByClock)
	due, kind, ok := s.DueOf(node("20", 1))
	if due != day("2018-10-15") || kind != scoring.Open || !ok {
		t.Errorf("DueOf: %s %s %t", due, kind, ok)
	}
	if _, _, ok := campaign(t, "2018-08-15").DueOf(node("20", 1)); ok {
		t.Error("the open node has a date without being dated")
	}

	s.date(node("20", 1), "2018-08-01", "2018-11-01 10:00:00")
	s.wantNode(t, node("20", 1), "2018-11-02 00:00:00", false, scoring.ByKind)
}

func TestRule3AcceptedByTheDayItWasCompleted(t *testing.T) {
	s := campaign(t, "2018-08-15", school)
	for task, c := range map[string]struct {
		filed, completed string
		late             bool
	}{
		"70": {"2018-08-31 23:59:59", "2018-08-31", false}, // accepted a week later
		"71": {"2018-09-01 00:00:00", "2018-09-01", true},
		"72": {"2018-09-05 10:00:00", "2018-08-31", false}, // the evidence shows an earlier day
		"73": {"2018-08-20 10:00:00", "2018-08-20", false},
	} {
		sub := s.file(school, node(task, 1), c.filed)
		s.decide(sub, scoring.Accepted, "2018-09-07 15:00:00", c.completed)
		s.wantNode(t, node(task, 1), "2018-09-07 15:00:00", c.late, scoring.ByResult)
		got := s.NodeAt(s.Unit(school), node(task, 1), moment("2018-09-07 15:00:00"))
		if !got.Done || got.Waiting || got.Submission != sub {
			t.Errorf("task %s is not done: %+v", task, got)
		}
	}
	s.wantNode(t, node("72", 1), "2018-09-07 14:59:59", true, scoring.ByClock)
}

func TestRule4SlowReviewCostsNothing(t *testing.T) {
	s := campaign(t, "2018-08-15", school)
	s.file(school, node("70", 1), "2018-08-31 23:59:59")
	s.file(school, node("71", 1), "2018-09-01 00:00:00")
	s.wantNode(t, node("70", 1), "2018-08-31 23:59:58", false, scoring.ByClock)
	s.wantNode(t, node("70", 1), "2018-12-01 00:00:00", false, scoring.ByWaiting)
	s.wantNode(t, node("71", 1), "2018-12-01 00:00:00", true, scoring.ByClock)
	if got := s.NodeAt(s.Unit(school), node("71", 1), moment("2018-12-01 00:00:00")); !got.Waiting || got.Done {
		t.Errorf("a late one that waits: %+v", got)
	}
}

func TestRule5ReturnedAfterTheDeadlineAndFiledAgain(t *testing.T) {
	s := campaign(t, "2018-08-15", school)
	n := node("70", 1)
	first := s.file(school, n, "2018-08-30 10:00:00")
	s.decide(first, scoring.Returned, "2018-09-03 10:00:00", "")
	again := s.file(school, n, "2018-09-04 10:00:00")
	s.decide(again, scoring.Accepted, "2018-09-06 10:00:00", "2018-09-04")
	s.wantNode(t, n, "2018-09-03 09:59:59", false, scoring.ByWaiting)
	s.wantNode(t, n, "2018-09-03 10:00:00", true, scoring.ByClock)
	s.wantNode(t, n, "2018-09-04 10:00:00", true, scoring.ByClock)
	s.wantNode(t, n, "2018-09-06 10:00:00", true, scoring.ByResult)

	other := node("71", 1)
	withdrawn := s.file(school, other, "2018-08-30 10:00:00")
	s.decide(withdrawn, scoring.Withdrawn, "2018-08-30 11:00:00", "")
	s.wantNode(t, other, "2018-09-01 00:00:00", true, scoring.ByClock)
	if got := s.NodeAt(s.Unit(school), other, moment("2018-09-01 00:00:00")); got.Submission != nil {
		t.Errorf("a withdrawn submission still counts: %+v", got.Submission)
	}
}

func TestUnknownNodesHaveNoState(t *testing.T) {
	s := campaign(t, "2018-08-15", school)
	for _, n := range []scoring.Node{node("77", 1), node("", 1), node("70", 0), node("70", 2), node("70", -1)} {
		if got := s.NodeAt(s.Unit(school), n, moment("2018-09-01 00:00:00")); got != (scoring.NodeState{}) {
			t.Errorf("%v: %+v", n, got)
		}
		s.file(school, n, "2018-08-20 10:00:00") // must not disturb what is known
	}
	if got := len(s.NodesAt(s.Unit(school), moment("2018-09-01 00:00:00"))); got != 78 {
		t.Errorf("%d nodes, want 78", got)
	}
}

func TestNodesAtAgreesWithNodeAt(t *testing.T) {
	s := campaign(t, "2018-08-15", school)
	s.plan(school, map[string]string{"15": "40", "34": "30", "70": "30"}, "2018-08-16 10:00:00")
	s.done(school, node("34", 2), "2018-09-10 10:00:00")
	s.file(school, node("70", 1), "2018-08-31 10:00:00")
	at := moment("2019-01-01 00:00:00")
	states := s.NodesAt(s.Unit(school), at)
	if len(states) != 5 {
		t.Fatalf("%d nodes, want 5", len(states))
	}
	for _, got := range states {
		if want := s.NodeAt(s.Unit(school), got.Node, at); got != want {
			t.Errorf("%v: %+v, alone %+v", got.Node, got, want)
		}
	}
}
