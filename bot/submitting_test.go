package bot_test

import (
	"strings"
	"testing"

	"paogai/bot/sandbox"
	"paogai/scoring"
)

func TestAGuidedSubmissionFromTheListToTheReceipt(t *testing.T) {
	s := open(t)
	p := s.joined(edu)[0]
	p.Says("/submit")
	list := p.ExpectMessage("申报完成情况", "市教育局", "待申报共 9 项", "简化企业开办和注销程序指数", "还有 9 个工作日")
	p.Click(list, "70")
	p.ExpectMessage("任务 70", "开展营商环境评价", "时限 2018年8月31日（周五）", "1–2000 字")
	p.Says("已完成企业开办流程再造")
	p.ExpectMessage("请发佐证材料")
	p.SendsDocument("总结.pdf", paper("总结", 3000))
	have := p.ExpectMessage("已收到 1 件材料", "总结.pdf", "2.9 KB")
	p.Click(have, "完成")
	preview := p.ExpectMessage("请核对", "还没有提交", "市教育局", "任务 70", "已完成企业开办流程再造", "总结.pdf", "按时，还有 9 个工作日")
	s.set("2018-08-20 16:20:05")
	p.Click(preview, "确认提交")
	p.ExpectToast("申报已提交")
	receipt := p.ExpectMessage("申报回执", "市教育局", "任务 70", "2018年8月20日（周一）16:20:05", "按时", "提前 11 天",
		"总结.pdf", "等审核期间不扣分", "10.00 分", "现在得分 100.00 分")
	id := receiptID(t, receipt)
	sub := s.submission(id)
	if sub.State != scoring.Waiting || sub.Note != "已完成企业开办流程再造" || len(sub.Evidence) != 1 {
		t.Errorf("filed: %+v", sub)
	}
	if !strings.Contains(receipt.Text, sub.Evidence[0].SHA256[:12]) {
		t.Errorf("the receipt does not show the short SHA-256:\n%s", receipt.Text)
	}
}

// receiptID reads the number from a receipt.
func receiptID(t *testing.T, m sandbox.Message) string {
	t.Helper()
	_, rest, found := strings.Cut(m.Text, "申报回执　")
	id, _, _ := strings.Cut(rest, "\n")
	if !found || id == "" {
		t.Fatalf("no number on the receipt:\n%s", m.Text)
	}
	return id
}

func TestSixStepsFromTheReminderAreEnough(t *testing.T) {
	s := open(t)
	p := s.joined(edu)[0]
	s.to("2018-08-22 09:00:00")
	reminder := p.ExpectMessage("临近时限", "还有 7 个工作日")
	p.Click(reminder, "申报 70") // 1
	p.ExpectMessage("任务 70")   // the question
	p.Says("已完成")              // 2
	p.ExpectMessage("请发佐证材料")  // the question
	p.SendsPhotos(picture(1))  // 3
	have := p.ExpectMessage("已收到 1 件材料")
	p.Click(have, "完成") // 4
	preview := p.ExpectMessage("请核对")
	p.Click(preview, "确认提交") // 5
	p.ExpectToast("申报已提交")
	p.ExpectMessage("申报回执", "按时")
}

func TestTheNodeIsPickedByNumberWordsOrInitials(t *testing.T) {
	s := open(t)
	p := s.joined(edu)[0]
	for _, words := range []string{"70", "第70项", "７０", "简化企业开办", "企业开办 注销", "jhqykb", "kaiban", "企开注销"} {
		p.Says("/submit")
		p.ExpectMessage("申报完成情况")
		p.Says(words)
		p.ExpectMessage("任务 70", "简化企业开办和注销程序指数")
		p.Says("/cancel")
		p.ExpectMessage("已取消，这次申报没有提交")
	}
	p.Says("/submit 70")
	p.ExpectMessage("任务 70", "1–2000 字")
	p.Says("/cancel")
	p.ExpectMessage("已取消")
}

func TestSeveralNodesThatFitAreOffered(t *testing.T) {
	s := open(t)
	p := s.joined(edu)[0]
	p.Says("/submit")
	p.ExpectMessage("申报完成情况")
	p.Says("指数")
	found := p.ExpectMessage("符合「指数」的有 3 项", "70", "71", "72")
	p.Says("34")
	two := p.ExpectMessage("符合「34」的有 2 项", "2018年6月30日（周六）", "2018年12月31日（周一）")
	p.Click(two, "12月31日")
	p.ExpectMessage("任务 34", "最优服务")
	p.Click(found, "70")
	p.ExpectToast("按钮已经过时")
	p.Says("/cancel")
	p.ExpectMessage("已取消")
}

func TestWhatFitsNoNodeSaysWhatToDo(t *testing.T) {
	s := open(t)
	p := s.joined(edu)[0]
	p.Says("/submit")
	p.ExpectMessage("申报完成情况")
	p.Says("73")
	p.ExpectMessage("本单位没有第 73 项任务", "/tasks")
	p.Says("月球基地")
	p.ExpectMessage("没有找到「月球基地」", "拼音首字母")
	p.SendsDocument("a.pdf", paper("a", 100))
	p.ExpectMessage("请先选要申报的节点")
}

func TestEveryPartCanBeChangedFromThePreview(t *testing.T) {
	s := open(t)
	p := s.joined(edu)[0]
	p.Says("/submit 70")
	p.ExpectMessage("任务 70")
	p.Says("第一稿")
	p.ExpectMessage("请发佐证材料")
	p.SendsDocument("旧.pdf", paper("旧", 100))
	p.Click(p.ExpectMessage("已收到 1 件"), "完成")
	p.Click(p.ExpectMessage("请核对"), "改说明")
	p.ExpectMessage("任务 70", "原来写的：第一稿")
	p.Says("第二稿")
	p.Click(p.ExpectMessage("请核对", "第二稿", "旧.pdf"), "改节点")
	p.ExpectMessage("申报完成情况")
	p.Says("71")
	p.Click(p.ExpectMessage("请核对", "任务 71", "第二稿"), "改材料")
	p.ExpectMessage("已收到 1 件", "旧.pdf")
	p.Says("材料见 https://example.org/报告?id=1 ，请查收")
	have := p.ExpectMessage("已收到 2 件", "https://example.org/报告?id=1")
	p.Click(have, "删除第 1 件")
	p.ExpectToast("已删除第 1 件")
	have = p.ExpectEdit(have, "已收到 1 件", "example.org")
	p.Click(have, "完成")
	p.Click(p.ExpectMessage("请核对", "任务 71", "第二稿", "example.org"), "确认提交")
	p.ExpectToast("已提交")
	sub := s.submission(receiptID(t, p.ExpectMessage("申报回执", "任务 71")))
	if sub.Node.Task != "71" || sub.Note != "第二稿" || len(sub.Evidence) != 1 || sub.Evidence[0].URL == "" {
		t.Errorf("filed: %+v", sub)
	}
}

func TestBackGoesOneStepBack(t *testing.T) {
	s := open(t)
	p := s.joined(edu)[0]
	p.Says("/submit 70")
	p.ExpectMessage("任务 70")
	p.Says("写好了")
	p.Click(p.ExpectMessage("请发佐证材料"), "返回")
	p.Click(p.ExpectMessage("任务 70", "原来写的：写好了"), "返回")
	last := p.ExpectMessage("申报完成情况")
	p.Click(last, "取消")
	p.ExpectEdit(last, "已取消，这次申报没有提交")
}

func TestACommandInTheMiddleComesBackToTheStep(t *testing.T) {
	s := open(t)
	p := s.joined(edu)[0]
	p.Says("/submit 70")
	p.ExpectMessage("任务 70", "1–2000 字")
	p.Says("/score")
	p.ExpectMessage("得分 100.00 分")
	p.ExpectMessage("任务 70", "1–2000 字")
	p.Says("/nonsense")
	p.ExpectMessage("没有 /nonsense 这个命令")
	p.ExpectMessage("任务 70", "1–2000 字")
	p.Says("写好了")
	p.ExpectMessage("请发佐证材料")
	p.Says("/rank")
	p.ExpectMessage("排名")
	p.ExpectMessage("请发佐证材料")
	p.SendsDocument("a.pdf", paper("a", 100))
	p.Click(p.ExpectMessage("已收到 1 件"), "完成")
	p.ExpectMessage("请核对")
	p.Says("/submit")
	p.ExpectMessage("请核对")
	p.Says("/tasks")
	p.ExpectMessage("市教育局的任务")
	p.Click(p.ExpectMessage("请核对"), "确认提交")
	p.ExpectToast("已提交")
	p.ExpectMessage("申报回执")
}

func TestACommandWordInTheMiddleIsText(t *testing.T) {
	s := open(t)
	p := s.joined(edu)[0]
	p.Says("/submit 70")
	p.ExpectMessage("任务 70")
	p.Says("排名")
	p.ExpectMessage("请发佐证材料")
	p.Says("取消")
	p.ExpectMessage("已取消")
}

func TestCancelAtEveryStepChangesNothing(t *testing.T) {
	s := open(t)
	p := s.joined(edu)[0]
	head := s.head()
	steps := []func(){
		func() { p.Says("/submit"); p.ExpectMessage("申报完成情况") },
		func() { p.Says("70"); p.ExpectMessage("任务 70") },
		func() { p.Says("写好了"); p.ExpectMessage("请发佐证材料") },
		func() { p.SendsDocument("a.pdf", paper("a", 100)); p.ExpectMessage("已收到 1 件") },
		func() { p.ClickLast("完成"); p.ExpectMessage("请核对") },
	}
	for n := range steps {
		for _, step := range steps[:n+1] {
			step()
		}
		p.Says("/cancel")
		p.ExpectMessage("已取消", "什么都没有改变")
		p.Says("/cancel")
		p.ExpectMessage("现在没有正在填写的内容")
	}
	if s.head() != head {
		t.Errorf("the journal has grown from %d to %d", head, s.head())
	}
}

func TestDoubleTapsFileOnce(t *testing.T) {
	s := open(t)
	p := s.joined(edu)[0]
	p.Says("/submit 70")
	p.ExpectMessage("任务 70")
	p.Says("写好了")
	p.ExpectMessage("请发佐证材料")
	p.SendsDocument("a.pdf", paper("a", 100))
	p.Click(p.ExpectMessage("已收到 1 件"), "完成")
	preview := p.ExpectMessage("请核对")
	p.Click(preview, "确认提交")
	p.Click(preview, "确认提交")
	p.Click(preview, "改说明")
	p.ExpectToast("已提交")
	p.ExpectToast("过时")
	p.ExpectToast("过时")
	p.ExpectMessage("申报回执")
	s.idle()
	queue := 0
	s.desk.View(func(r *storeRecord) { queue = len(r.Queue()) })
	if queue != 1 {
		t.Errorf("%d submissions wait", queue)
	}
}

func TestANodeThatIsDoneOrWaitsSaysSo(t *testing.T) {
	s := open(t)
	p := s.joined(edu)[0]
	id := s.file(edu, "市教育局", "70", 1)
	done := s.file(edu, "市教育局", "71", 1)
	s.office(accept(done))
	p.Says("/submit")
	p.ExpectMessage("待申报共 7 项")
	p.Says("70")
	p.ExpectMessage("任务 70", "已有申报 "+id+" 在等审核", "先撤回")
	p.Says("71")
	p.ExpectMessage("任务 71", "已经完成：申报 "+done, "不用再报")
	p.Says("/cancel")
	p.ExpectMessage("已取消")
	s.deliver()
	p.ExpectMessage("已通过")
}

func TestASubmissionIsWithdrawnBeforeReview(t *testing.T) {
	s := open(t)
	people := s.joined(edu, clerkA)
	p, office := people[0], people[1]
	p.Says("/submit 70")
	p.ExpectMessage("任务 70")
	p.Says("写好了")
	p.ExpectMessage("请发佐证材料")
	p.Says("https://example.org/a")
	p.Click(p.ExpectMessage("已收到 1 件"), "完成")
	p.Click(p.ExpectMessage("请核对"), "确认提交")
	p.ExpectToast("已提交")
	receipt := p.ExpectMessage("申报回执")
	id := receiptID(t, receipt)
	s.deliver()
	card := office.ExpectMessage("待审申报", id)
	p.Click(receipt, "撤回申报")
	ask := p.ExpectMessage("要撤回申报 " + id)
	p.Click(ask, "不用，保留")
	p.ExpectEdit(ask, "没有撤回")
	p.Click(receipt, "撤回申报")
	ask = p.ExpectMessage("要撤回申报 " + id)
	p.Click(ask, "是，撤回")
	p.ExpectEdit(ask, "已于", "撤回", "还有 9 个工作日")
	office.ExpectEdit(card, "已由单位撤回")
	s.deliver()
	office.ExpectMessage(id, "已由单位撤回")
	p.Click(receipt, "撤回申报")
	p.ExpectToast("已由市教育局联络员", "撤回")
	p.Says("/submit 70")
	p.ExpectMessage("任务 70", "1–2000 字")
}

func TestAnotherNodeDoesNotThrowAwayWhatWasBegun(t *testing.T) {
	s := open(t)
	p := s.joined(edu)[0]
	s.to("2018-08-22 09:00:00")
	reminder := p.ExpectMessage("临近时限")
	p.Click(reminder, "申报 70")
	p.ExpectMessage("任务 70")
	p.Says("写了很多")
	p.ExpectMessage("请发佐证材料")
	p.Click(reminder, "申报 71")
	p.ExpectToast("任务 70 的申报还没填完", "/cancel")
	p.ExpectMessage("请发佐证材料")
	p.Click(reminder, "申报 70")
	p.ExpectMessage("请发佐证材料")
}

func TestAFileWithWordsBesideItIsNoteAndEvidence(t *testing.T) {
	s := open(t)
	p := s.joined(edu)[0]
	p.Says("/submit 70")
	p.ExpectMessage("任务 70")
	p.Sends(sandbox.Outgoing{Caption: "流程已公布", Files: []sandbox.Upload{{Name: "公告.pdf", Data: paper("公告", 99)}}})
	p.Click(p.ExpectMessage("已收到 1 件", "公告.pdf"), "完成")
	p.ExpectMessage("请核对", "说明：流程已公布", "公告.pdf")
}

func TestEveryKindOfTimeLimitIsSaidBeforeSending(t *testing.T) {
	s := open(t)
	s.someone(another, "市工信局")
	p := s.Person(another)
	for task, c := range map[string]struct{ before, after string }{
		"6":  {"历史节点，不按逾期扣分", "2018年6月30日（周六），不计逾期"},
		"20": {"还没有定日期，不按逾期扣分", "未定日期，不计逾期"},
		"23": {"力争时限，不按逾期扣分", "力争 2018年12月31日（周一），不计逾期"},
	} {
		p.Says("/submit " + task)
		p.ExpectMessage("任务 " + task)
		p.Says("完成了")
		p.ExpectMessage("请发佐证材料")
		p.Says("https://example.org/" + task)
		p.Click(p.ExpectMessage("已收到 1 件"), "完成")
		p.Click(p.ExpectMessage("请核对", c.before), "确认提交")
		p.ExpectToast("已提交")
		p.ExpectMessage("申报回执", c.after, "暂按平均分")
	}
}
