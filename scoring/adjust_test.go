package scoring_test

import "testing"

// planned is a campaign of one unit with a plan of one distant task.
func planned(t *testing.T) *story {
	s := campaign(t, "2018-08-15", school)
	s.plan(school, map[string]string{"5": "100"}, "2018-08-16 09:00:00")
	return s
}

func TestWhatEachRuleIsWorth(t *testing.T) {
	for rule, hold := range map[string]string{
		"group-lead-done": "103", "group-lead-failed": "97", "matter-lead-done": "102",
		"matter-lead-failed": "98", "complaint-verified": "90", "fraud": "85",
	} {
		s := planned(t)
		s.adjust(school, rule, "事项", "", "2018-09-01 10:00:00")
		s.wantScore(t, school, "2018-09-01 09:59:59", "100", "100", "0")
		if got := s.standing(t, school, "2018-09-01 10:00:00").Hold; !got.Equal(pts(hold)) {
			t.Errorf("%s: hold %s, want %s", rule, got, hold)
		}
	}
}

func TestInnovationIsCappedInSum(t *testing.T) {
	s := planned(t)
	for i, c := range []struct{ points, hold string }{
		{"4", "104"}, {"5.99", "109.99"}, {"0.02", "110"}, {"3", "110"},
	} {
		s.adjust(school, "innovation", string(rune('a'+i)), c.points, "2018-09-01 10:00:00")
		if got := s.standing(t, school, "2018-09-01 10:00:00").Hold; !got.Equal(pts(c.hold)) {
			t.Errorf("after %s: hold %s, want %s", c.points, got, c.hold)
		}
	}
	s.adjust(school, "group-lead-done", "第一组", "", "2018-09-01 10:00:00")
	s.adjust(school, "matter-lead-done", "事项", "", "2018-09-01 10:00:00")
	s.wantScore(t, school, "2018-09-01 10:00:00", "115", "115", "15") // both outside the cap
}

func TestRevokingUnderTheCapLetsTheNextCount(t *testing.T) {
	s := planned(t)
	first := s.adjust(school, "innovation", "甲", "8", "2018-09-01 10:00:00")
	s.adjust(school, "innovation", "乙", "6", "2018-09-02 10:00:00")
	s.revoke(first, "2018-09-03 10:00:00")
	s.wantScore(t, school, "2018-09-03 09:59:59", "110", "110", "10")
	s.wantScore(t, school, "2018-09-03 10:00:00", "106", "106", "6")
}

func TestOneMatterCountsOncePerRule(t *testing.T) {
	s := planned(t)
	first := s.adjust(school, "complaint-verified", "12345-1", "", "2018-09-01 10:00:00")
	s.adjust(school, "complaint-verified", "12345-1", "", "2018-09-02 10:00:00")
	s.wantScore(t, school, "2018-09-02 10:00:00", "90", "90", "-10")
	s.adjust(school, "complaint-verified", "12345-2", "", "2018-09-03 10:00:00")
	s.wantScore(t, school, "2018-09-03 10:00:00", "80", "80", "-20")
	s.adjust(school, "fraud", "12345-1", "", "2018-09-04 10:00:00") // the same matter, another rule
	s.wantScore(t, school, "2018-09-04 10:00:00", "65", "65", "-35")
	s.revoke(first, "2018-09-05 10:00:00") // the second of the matter counts in its place
	s.wantScore(t, school, "2018-09-05 10:00:00", "65", "65", "-35")
}

func TestARuleThatDoesNotExistCountsForNothing(t *testing.T) {
	s := planned(t)
	s.adjust(school, "bonus", "事项", "50", "2018-09-01 10:00:00")
	s.wantScore(t, school, "2018-09-01 10:00:00", "100", "100", "0")
}
