package scoring_test

import (
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"paogai/scoring"
)

// explain is the lines of a unit's score, each in a line of text.
func explain(t *testing.T, s *story, at string) []string {
	t.Helper()
	e, err := scoring.Why(s.Facts, school, moment(at))
	if err != nil {
		t.Fatal(err)
	}
	var lines []string
	for _, l := range e.Lines {
		parts := []string{l.Amount.String(), l.Rule.Article, l.Text}
		if l.Uncounted != "" {
			parts = append(parts, "("+l.Uncounted+")")
		}
		lines = append(lines, strings.Join(parts, " "))
	}
	return lines
}

func TestWhyNamesEveryPlusAndMinus(t *testing.T) {
	s := campaign(t, "2018-06-01", school)
	s.plan(school, map[string]string{"15": "40", "70": "30", "71": "20", "72": "10"}, "2018-06-01 09:00:00")
	s.done(school, node("70", 1), "2018-08-20 10:00:00")
	s.done(school, node("71", 1), "2018-09-02 10:00:00")
	s.rule(school, node("72", 1), true, "2018-08-30 10:00:00")
	s.adjust(school, "innovation", "甲", "8", "2018-09-03 10:00:00")
	s.adjust(school, "innovation", "乙", "4.5", "2018-09-03 10:00:00")
	s.adjust(school, "innovation", "丙", "1", "2018-09-03 10:00:00")
	s.adjust(school, "complaint-verified", "信访 7", "", "2018-09-03 10:00:00").Count = 2
	s.adjust(school, "complaint-verified", "信访 7", "", "2018-09-03 10:00:00")
	s.revoke(s.adjust(school, "fraud", "材料", "", "2018-09-03 10:00:00"), "2018-09-04 10:00:00")

	want := []string{
		"100 第九条 任务分值合计，共 4 项，以满分起算",
		"-5 第十三条（一） 第 15 项任务“出台工作方案”逾期：时限 2018-06-30 已过，没有按时完成",
		"-5 第十三条（一） 第 71 项任务逾期：时限 2018-08-31，2018-09-02 完成",
		"-5 第十三条（一） 第 72 项任务，经认定逾期：认定",
		"8 第十一条 自主创新加分：理由",
		"2 第十一条 自主创新加分：理由",
		"0 第十一条 自主创新加分：理由 (超出本条上限 10.00 分，2.50 分不计)",
		"0 第十一条 自主创新加分：理由 (超出本条上限 10.00 分，1.00 分不计)",
		"-20 第十三条（二） 群众举报查实 × 2：理由",
		"0 第十三条（二） 群众举报查实：理由 (同一事项已按本条计过)",
		"0 第十三条（三） 弄虚作假：理由 (已撤销：核实有误)",
	}
	if diff := cmp.Diff(want, explain(t, s, "2018-09-05 00:00:00")); diff != "" {
		t.Error(diff)
	}

	want = append([]string{
		"0 第九条 第 15 项任务的分值 (未完成，40.00 分不计)",
		"30 第九条 第 70 项任务的分值",
		"20 第九条 第 71 项任务的分值",
		"0 第九条 第 72 项任务的分值 (未完成，10.00 分不计)",
		want[1],
		"0 第十三条（一） 第 15 项任务“年内全面铺开”逾期：时限 2018-12-31 已过，没有按时完成 (同一项任务只扣一次)",
	}, want[2:]...)
	if diff := cmp.Diff(want, explain(t, s, "2019-01-01 00:00:00")); diff != "" {
		t.Error(diff)
	}
}

func TestWhyPointsIntoTheJournal(t *testing.T) {
	s := campaign(t, "2018-08-15", school)
	e, err := scoring.Why(s.Facts, school, moment("2018-09-01 00:00:00"))
	if err != nil || len(e.Lines) != 9 {
		t.Fatalf("%d lines, %v", len(e.Lines), err)
	}
	if e.Lines[0].Mark != (scoring.Mark{}) || !strings.Contains(e.Lines[0].Text, "暂定") {
		t.Errorf("the provisional base: %+v", e.Lines[0])
	}
	late := e.Lines[1]
	if late.Mark.Seq != 0 || !late.Mark.At.Equal(moment("2018-09-01 00:00:00")) || late.Task != "49" || late.Milestone != 1 {
		t.Errorf("a date that passed: %+v", late)
	}
	s.plan(school, map[string]string{"70": "100"}, "2018-08-16 09:00:00")
	s.done(school, node("70", 1), "2018-09-01 10:00:00")
	a := s.adjust(school, "innovation", "甲", "3", "2018-09-02 10:00:00")
	if e, err = scoring.Why(s.Facts, school, moment("2018-09-03 00:00:00")); err != nil || len(e.Lines) != 3 {
		t.Fatalf("%d lines, %v", len(e.Lines), err)
	}
	if e.Lines[0].Mark.Seq != 1 || e.Lines[1].Mark.Seq != 3 || e.Lines[2].Mark != a.Made || e.Lines[2].Ref != "甲" {
		t.Errorf("marks: %+v", e.Lines)
	}
	if e, err = scoring.Why(s.Facts, school, moment("2019-01-01 00:00:00")); err != nil || e.Lines[0].Mark.Seq != 3 {
		t.Errorf("the points of a done task do not name its acceptance: %+v, %v", e.Lines[0], err)
	}
}

func TestWhyOfAnUnknownUnit(t *testing.T) {
	s := campaign(t, "2018-08-15", school)
	for _, unit := range []string{"市发改委", "教育局", ""} {
		if _, err := scoring.Why(s.Facts, unit, moment("2018-09-01 00:00:00")); !errors.Is(err, scoring.ErrNoUnit) {
			t.Errorf("%q: %v", unit, err)
		}
	}
}
