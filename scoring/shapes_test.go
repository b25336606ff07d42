package scoring_test

import (
	"testing"

	"paogai/scoring"
)

// Two more real shapes, as data without Go code: schemes/testdata.

const (
	day1 = "2020-06-01 09:00:00"
	end1 = "2021-01-01 00:00:00"
)

// 80 to start from; 5 a matter as lead and 2.5 jointly, together at most 15; 0.3 a report,
// at most 6; never above 100.
func TestBonusesOnABaseUpToACeiling(t *testing.T) {
	s := opened(t, "bonus-base", "甲局", "乙局", "丙局")
	s.wantScore(t, "甲局", day1, "80", "80", "80")
	s.adjust("甲局", "commended", "一窗", "", "2019-05-01 09:00:00")
	s.adjust("甲局", "commended-jointly", "一网", "", "2019-05-01 09:00:00")
	s.wantScore(t, "甲局", day1, "87.5", "87.5", "87.5")
	s.adjust("甲局", "commended-jointly", "一窗", "", "2019-05-02 09:00:00") // counted as lead already
	s.wantScore(t, "甲局", day1, "87.5", "87.5", "87.5")
	s.adjust("甲局", "commended-jointly", "一次", "", "2019-05-02 09:00:00").Count = 4 // 10, of which 7.5 are left
	s.wantScore(t, "甲局", day1, "95", "95", "95")
	s.adjust("甲局", "reported", "人民日报", "", "2019-05-03 09:00:00").Count = 17 // 5.1
	s.wantScore(t, "甲局", day1, "100", "100", "100")
	s.wantWhy(t, "甲局", day1,
		"80.00 base 基础分",
		"5.00 commended 牵头经验获省级以上推广：理由",
		"2.50 commended-jointly 协同经验获省级以上推广：理由",
		"0.00 commended-jointly 协同经验获省级以上推广：理由 (同一事项已按本条计过)",
		"7.50 commended-jointly 协同经验获省级以上推广 × 4：理由",
		"0.00 commended-jointly 协同经验获省级以上推广 × 4：理由 (超出本条上限 15.00 分，2.50 分不计)",
		"5.10 reported 主流媒体报道 × 17：理由",
		"-0.10 best 封顶：最高 100.00 分",
	)
	s.adjust("乙局", "criticised", "督查通报", "7", "2019-06-01 09:00:00")
	s.adjust("乙局", "criticised", "审计通报", "4.5", "2019-06-01 09:00:00") // at most 10 in sum
	s.wantScore(t, "乙局", day1, "70", "70", "70")
	if st := s.standing(t, "甲局", day1); st.Grade != "合格" || st.Rank != 1 {
		t.Errorf("one of three is more than 30 percent: %+v", st)
	}
}

// window leaves out the item of a unit without a window; 28 + 30 + 30 of 90 are 97.77… of 100.
func window(t *testing.T, overtime int) *story {
	s := opened(t, "gate-renormalise", "甲局", "乙局", "丙局")
	for _, unit := range []string{"甲局", "乙局"} {
		s.external(unit, "firms", "100", day1)
		s.external(unit, "citizens", "100", day1)
		s.external(unit, "data", "30", day1)
	}
	if overtime > 0 {
		s.adjust("甲局", "overtime", "超时", "", day1).Count = overtime
	}
	return s
}

func TestMissingItemsAreRenormalised(t *testing.T) {
	s := window(t, 1)
	st := s.standing(t, "甲局", day1)
	if got := scoring.Show(st.Score); got != "97.78" || st.Score.String() != "97.777777777778" {
		t.Errorf("88 of 90 is %s, %s", got, st.Score)
	}
	if st.Exact == nil || st.Exact.Score.RatString() != "880/9" || st.Pending != 1 || st.Grade != "优秀" {
		t.Errorf("%+v", st)
	}
	if st := s.standing(t, "乙局", day1); !st.Score.Equal(pts("100")) || st.Exact != nil {
		t.Errorf("90 of 90 is %+v", st)
	}
	s.wantWhy(t, "甲局", day1,
		"30.00 approval 审批提速，满分起算",
		"-2.00 overtime 超时办件：理由",
		"15.00 firms 企业评价，市工商联计分（权重 50%）",
		"15.00 citizens 群众评价，市统计局计分（权重 50%）",
		"30.00 data 数据共享，市大数据局计分",
		"0.00 window 窗口服务 (缺项，不计入，其余按比例折算)",
		"9.78 missing 缺项折算：90.00 分中得 88.00 分，按 100.00 分折算为 97.78 分",
	)
	s.external("甲局", "window", "9", day1) // 97 of 100: nothing is missing any more
	s.wantScore(t, "甲局", day1, "97", "97", "97")
}

// Inside a group only what is there counts: 80 from the firms is 80 of 100, so 24 of 30.
// With nothing from either side the group is awaited.
func TestRenormalisingInsideAGroup(t *testing.T) {
	s := opened(t, "gate-renormalise", "甲局")
	s.external("甲局", "window", "10", day1)
	s.external("甲局", "data", "30", day1)
	s.wantScore(t, "甲局", day1, "100", "100", "70") // 30 + 30 awaited + 30 + 10
	s.external("甲局", "firms", "80", day1)
	s.wantScore(t, "甲局", day1, "94", "94", "94")
	s.wantWhy(t, "甲局", day1,
		"30.00 approval 审批提速，满分起算",
		"12.00 firms 企业评价，市工商联计分（权重 50%）",
		"0.00 citizens 群众评价（权重 50%） (缺项，不计入，其余按比例折算)",
		"12.00 missing 满意度评价，缺项折算：50.00 分中得 40.00 分，按 100.00 分折算为 80.00 分",
		"30.00 data 数据共享，市大数据局计分",
		"10.00 window 窗口服务，市政务中心计分",
	)
}

// With weights of 30 and 70 a group of which only the firms' 80.01 are known is 24.003 of
// 30: 30 + 24.003 + 30 of 90 are 93.336666… . In the lines the quotients sum to it.
func TestQuotientsInsideQuotients(t *testing.T) {
	s := opened(t, "gate-renormalise, uneven", "甲局")
	s.external("甲局", "firms", "80.01", day1)
	s.external("甲局", "data", "30", day1)
	st := s.standing(t, "甲局", day1)
	if st.Exact == nil || st.Exact.Score.RatString() != "28001/300" || st.Score.String() != "93.336666666667" {
		t.Errorf("%+v", st)
	}
	s.wantWhy(t, "甲局", day1,
		"30.00 approval 审批提速，满分起算",
		"7.2009 firms 企业评价，市工商联计分（权重 30%）",
		"0.00 citizens 群众评价（权重 70%） (缺项，不计入，其余按比例折算)",
		"16.8021 missing 满意度评价，缺项折算：30.00 分中得 24.003 分，按 100.00 分折算为 80.01 分",
		"30.00 data 数据共享，市大数据局计分",
		"0.00 window 窗口服务 (缺项，不计入，其余按比例折算)",
		"9.33 missing 缺项折算：90.00 分中得 84.003 分，按 100.00 分折算为 93.34 分",
	)
}

// 97.77… and 97.78 are shown alike and do not share a rank; 89.9999 of 100 is no 优秀.
func TestRoundingDecidesNothing(t *testing.T) {
	s := window(t, 1)
	s.external("乙局", "window", "7.78", day1) // 97.78 of 100
	s.external("丙局", "firms", "100", day1)
	s.external("丙局", "data", "28", day1) // 88 of 90 in another way
	for unit, rank := range map[string]int{"乙局": 1, "甲局": 2, "丙局": 2} {
		if st := s.standing(t, unit, day1); st.Rank != rank || scoring.Show(st.Score) != "97.78" {
			t.Errorf("%s: rank %d with %s, want %d", unit, st.Rank, st.Score, rank)
		}
	}
	s.external("甲局", "data", "22.9999", day1) // 80.9999 of 90
	if st := s.standing(t, "甲局", day1); st.Grade != "合格" || scoring.Show(st.Score) != "90.00" {
		t.Errorf("%+v", st)
	}
	s.external("甲局", "data", "23", day1) // 81 of 90 is 90 exactly
	if st := s.standing(t, "甲局", day1); st.Grade != "优秀" || !st.Score.Equal(pts("90")) || st.Exact != nil {
		t.Errorf("%+v", st)
	}
}

func TestGatesHoldScoresAndGradesDown(t *testing.T) {
	s := window(t, 0)
	a := s.adjust("甲局", "veto", "重大事件", "", "2020-07-01 09:00:00")
	st := s.standing(t, "甲局", "2020-07-01 09:00:00")
	if !st.Score.Equal(pts("59.99")) || st.Grade != "不合格" || st.Consequence != "约谈主要负责人" {
		t.Errorf("a veto: %+v", st)
	}
	s.wantWhy(t, "甲局", "2020-07-02 09:00:00",
		"30.00 approval 审批提速，满分起算",
		"15.00 firms 企业评价，市工商联计分（权重 50%）",
		"15.00 citizens 群众评价，市统计局计分（权重 50%）",
		"30.00 data 数据共享，市大数据局计分",
		"0.00 window 窗口服务 (缺项，不计入，其余按比例折算)",
		"10.00 missing 缺项折算：90.00 分中得 90.00 分，按 100.00 分折算为 100.00 分",
		"-5.00 veto 重大负面事件：理由",
		"-35.01 vetoed 一票否决，得分不超过 59.99 分，等次不高于不合格",
	)
	s.revoke(a, "2020-07-10 09:00:00")
	if st := s.standing(t, "甲局", "2020-07-10 09:00:00"); !st.Score.Equal(pts("100")) || st.Grade != "优秀" || st.Consequence != "" {
		t.Errorf("a veto revoked: %+v", st)
	}
	s.external("甲局", "window", "10", day1)
	s.external("甲局", "data", "17.99", day1) // below 18: 87.99, and at best 合格 anyway
	s.external("乙局", "window", "10", day1)
	s.external("乙局", "data", "18", day1)
	if st := s.standing(t, "甲局", day1); st.Gated != "合格" || st.Grade != "合格" {
		t.Errorf("below the gate: %+v", st)
	}
	if st := s.standing(t, "乙局", day1); st.Gated != "" {
		t.Errorf("at the gate: %+v", st)
	}
}

func TestAFloorUnderTheScore(t *testing.T) {
	s := window(t, 0)
	for i := range 30 {
		s.adjust("甲局", "veto", string(rune('a'+i)), "", day1)
	}
	s.wantScore(t, "甲局", end1, "0", "0", "0")
}
