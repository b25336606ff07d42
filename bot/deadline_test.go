package bot_test

import (
	"strings"
	"testing"

	"paogai/scoring"
	"paogai/store"
)

func TestEachLiaisonGetsOneMessageOnTheDaysOfTheLadder(t *testing.T) {
	s := open(t)
	people := s.joined(edu, county)
	p, other := people[0], people[1]
	for _, rung := range []struct{ day, left string }{
		{"2018-08-22 09:00:00", "还有 7 个工作日"},
		{"2018-08-28 09:00:00", "还有 3 个工作日"},
		{"2018-08-30 09:00:00", "还有 1 个工作日"},
		{"2018-08-31 09:00:00", "今天到期"},
	} {
		s.to(rung.day)
		m := p.ExpectMessage("市教育局：4 项任务临近时限", "2018年8月31日（周五）", rung.left, "任务 49", "任务 70", "任务 71", "任务 72")
		if strings.Count(m.Text, "任务 70") != 1 {
			t.Errorf("a task stands twice:\n%s", m.Text)
		}
		other.ExpectMessage("永吉县：2 项任务临近时限", rung.left, "任务 70", "任务 71")
		s.quiet()
	}
}

func TestWhatIsFiledIsNotRemindedOf(t *testing.T) {
	s := open(t)
	p := s.joined(county)[0]
	s.file(county, "永吉县", "70", 1)
	s.to("2018-08-22 09:00:00")
	m := p.ExpectMessage("永吉县：1 项任务临近时限", "任务 71")
	if strings.Contains(m.Text, "任务 70") {
		t.Errorf("a task that waits is reminded of:\n%s", m.Text)
	}
	s.file(county, "永吉县", "71", 1)
	s.to("2018-09-03 09:00:00")
}

func TestAtMidnightEveryMissedTaskCostsFive(t *testing.T) {
	s := open(t)
	p := s.joined(edu)[0]
	s.file(edu, "市教育局", "70", 1)
	s.clock.set(at("2018-08-31 23:59:59"))
	p.Says("/score")
	p.ExpectMessage("得分 100.00 分")
	s.set("2018-09-01 00:00:00")
	p.Says("/score")
	m := p.ExpectMessage("市教育局　得分 85.00 分", "截至 2018年9月1日（周六）00:00:00", "第三类 第 1 名",
		"任务 49", "任务 71", "任务 72", "−5.00 分", "第十三条（一）：「没有按照时间节点完成任务的，每个项目在考核得分中扣5分。」",
		"2018年9月1日（周六）00:00:00 起", "合计 4 项，= 85.00 分")
	if strings.Contains(m.Text, "任务 70") {
		t.Errorf("a task filed in time costs:\n%s", m.Text)
	}
}

func TestTheUnitIsToldWhatLapsedWithTheArticleAndWhatItCanDo(t *testing.T) {
	s := open(t)
	p := s.joined(county)[0]
	for _, day := range []string{"2018-08-22", "2018-08-28", "2018-08-30", "2018-08-31"} {
		s.to(day + " 09:00:00")
		p.ExpectMessage("临近时限")
	}
	s.to("2018-09-03 09:00:00")
	told := p.ExpectMessage("永吉县：2 项任务已逾期", "任务 70", "任务 71", "−5.00 分", "第十三条（一）",
		"没有按照时间节点完成任务的，每个项目在考核得分中扣5分", "现在得分 90.00 分", "仍请完成并申报", "不因补报取消", "由跑改办认定")
	p.Click(told, "申报 70")
	p.ExpectMessage("任务 70", "逾期 3 天")
	p.Says("补报")
	p.ExpectMessage("请发佐证材料")
	p.Says("https://example.org/x")
	p.Click(p.ExpectMessage("已收到 1 件"), "完成")
	p.Click(p.ExpectMessage("请核对", "已逾期 3 天"), "确认提交")
	p.ExpectToast("已提交")
	receipt := p.ExpectMessage("申报回执", "逾期 3 天", "−5.00 分", "第十三条（一）", "现在得分 90.00 分")
	s.office(store.AcceptSubmission{Submission: receiptID(t, receipt)})
	s.deliver()
	p.ExpectMessage("已通过", "逾期", "−5.00 分", "第十三条（一）", "其中已得 40.00 分")
	p.Says("/score")
	p.ExpectMessage("得分 90.00 分", "2018年9月3日（周一）完成")
}

func TestARulingIsExplained(t *testing.T) {
	s := open(t)
	p := s.joined(edu)[0]
	s.office(store.RuleMilestone{Unit: "市教育局", Task: "6", Milestone: 1, Late: true, Reason: "查无实据 <附件>"})
	points, err := scoring.ParsePoints("4")
	must(t, err)
	s.office(store.MakeAdjustment{Unit: "市教育局", Rule: "innovation", Ref: "一窗通办", Reason: "全省推广", Points: &points})
	s.office(store.MakeAdjustment{Unit: "市教育局", Rule: "complaint-verified", Ref: "举报 12 号", Reason: "属实", Second: "office:second"})
	p.Says("/why")
	p.ExpectMessage("得分 89.00 分", "跑改办认定逾期：查无实据 <附件>", "· 全省推广（事项：一窗通办）　+4.00 分", "第十一条", "举报 12 号", "−10.00 分",
		"第十三条（二）", "跑改办 root（记录", "= 89.00 分")
}

func TestScoresAreForThoseWhoMaySeeThem(t *testing.T) {
	s := open(t)
	people := s.joined(edu, leader, clerkA)
	p, boss, office := people[0], people[1], people[2]
	p.Says("/score 永吉县")
	p.ExpectMessage("联络员只能查看本单位（市教育局）")
	p.Says("/score 教育局")
	p.ExpectMessage("市教育局　得分")
	boss.Says("/score")
	boss.ExpectMessage("请写明单位")
	for _, name := range []string{"市教育局", "教育局", "sjyj", "jyj", "jiaoyuju"} {
		boss.Says("/score " + name)
		boss.ExpectMessage("市教育局　得分 100.00 分")
	}
	boss.Says("/score 政网办")
	boss.ExpectMessage("市政务公开办", "得分")
	boss.Says("/score 月球办")
	boss.ExpectMessage("没有找到单位「月球办」")
	office.Says("/score 移动")
	office.ExpectMessage("中国移动吉林市分公司")
	office.Says("/score 热力")
	which := office.ExpectMessage("符合「热力」的单位有 2 个")
	office.Click(which, "热力集团")
	office.ExpectMessage("热力集团　得分")
	boss.Says("/tasks")
	boss.ExpectMessage("您的身份是领导，名下没有任务")
}

func TestRanksOfOneClassAndOfAll(t *testing.T) {
	s := open(t)
	people := s.joined(edu, leader)
	p, boss := people[0], people[1]
	s.to("2018-08-22 08:00:00")
	s.clock.set(at("2018-09-01 00:00:00"))
	p.Says("/rank")
	p.ExpectMessage("第三类排名", "共 19 个单位", "1. 市教育局　80.00 分（逾期 4 项）　← 本单位", "2. 市工信局　60.00 分", "第 1 名，80.00 分，良好")
	p.Says("/rank 1")
	p.ExpectMessage("联络员只看本单位所在的第三类")
	boss.Says("/rank")
	all := boss.ExpectMessage("各类排名", "共 95 个单位", "第一类", "12 个单位并列第 1 名，60.00 分", "1. 永吉县　90.00 分")
	boss.Click(all, "第二类")
	boss.ExpectMessage("第二类排名", "共 11 个单位", "1. 永吉县　90.00 分", "2. 舒兰市　60.00 分")
	for _, asked := range []string{"/rank 3", "排名 第三类", "/rank ３"} {
		boss.Says(asked)
		boss.ExpectMessage("第三类排名", "共 19 个单位", "1. 市教育局　80.00 分")
	}
	boss.Says("/rank 9")
	boss.ExpectMessage("没有「9」这一类", "1 2 3 4 5")
}

func TestTasksAreCountedByState(t *testing.T) {
	s := open(t)
	p := s.joined(edu)[0]
	s.file(edu, "市教育局", "70", 1)
	done := s.file(edu, "市教育局", "71", 1)
	s.office(store.AcceptSubmission{Submission: done})
	back := s.file(edu, "市教育局", "72", 1)
	s.office(store.ReturnSubmission{Submission: back, Reason: "材料不全"})
	s.deliver()
	p.ExpectMessage("已通过")
	p.ExpectMessage("已退回")
	s.set("2018-09-01 08:00:00")
	p.Says("我的任务")
	m := p.ExpectMessage("市教育局的任务", "共 8 项、9 个节点", "待办　5 个", "还有 39 个工作日")
	for _, c := range []struct{ label, want string }{
		{"退回 1", "已退回，待补正，逾期 1 天"}, {"待审 1", "待审"}, {"已完成 1", "已完成"}, {"逾期 1", "逾期 1 天"},
	} {
		p.Click(m, c.label)
		p.ExpectEdit(m, "· "+c.label+" ·", c.want)
	}
	p.Click(m, "· 逾期 1 ·") // which is open already
	p.Click(m, "申报 49")
	p.ExpectMessage("任务 49", "一件事")
}
