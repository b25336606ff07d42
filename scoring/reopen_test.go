package scoring_test

import "testing"

// 40 in task 70, done in time, and 60 in task 71, done in time. Fraud in the first: −15,
// and it is not done any more, so late from the day that it was due. Revoked: as before.
func TestFraudReopensTheCompletionsItNames(t *testing.T) {
	s := campaign(t, "2018-08-15", school)
	s.plan(school, map[string]string{"70": "40", "71": "60"}, "2018-08-16 09:00:00")
	s.done(school, node("70", 1), "2018-08-20 10:00:00")
	s.done(school, node("71", 1), "2018-08-20 11:00:00")
	s.wantScore(t, school, "2018-09-05 00:00:00", "100", "100", "100")

	fraud := s.adjust(school, "fraud", "材料", "", "2018-08-25 10:00:00")
	fraud.Reopen(s.Unit(school).Submissions[0])
	s.wantScore(t, school, "2018-08-25 09:59:59", "100", "100", "100")
	s.wantScore(t, school, "2018-08-25 10:00:00", "85", "85", "45") // not late before its day
	s.wantScore(t, school, "2018-09-01 00:00:00", "80", "80", "40")
	got := s.NodeAt(s.Unit(school), node("70", 1), moment("2018-09-01 00:00:00"))
	if got.Done || !got.Late || got.Submission != nil {
		t.Errorf("a reopened milestone: %+v", got)
	}

	fraud.Reopens = []string{"S2"}
	s.wantWhy(t, school, "2018-09-01 00:00:00",
		"100.00 plan 任务分值合计，共 2 项，以满分起算",
		"-5.00 late 第 70 项任务逾期：时限 2018-08-31 已过，没有按时完成",
		"-15.00 fraud 弄虚作假：理由，作废已通过的申报 S2",
	)

	again := s.file(school, node("70", 1), "2018-09-10 10:00:00")
	s.decide(again, "accepted", "2018-09-12 10:00:00", "2018-09-10")
	s.wantScore(t, school, "2018-09-12 10:00:00", "80", "80", "80") // done, and late

	s.revoke(fraud, "2018-09-20 10:00:00")
	s.wantScore(t, school, "2018-09-20 09:59:59", "80", "80", "80")
	s.wantScore(t, school, "2018-09-20 10:00:00", "100", "100", "100")
	s.wantScore(t, school, "2018-08-26 00:00:00", "85", "85", "45") // as it was known then
}
