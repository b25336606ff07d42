package bot_test

import (
	"testing"

	"paogai/bot/sandbox"
	"paogai/bot/sandbox/sandboxtest"
	"paogai/scoring"
	"paogai/store"
)

// files for task 70 in chat with these files and returns the number.
func filesInChat(t *testing.T, p *sandboxtest.Person, task string, send func()) string {
	t.Helper()
	p.Says("/submit " + task)
	p.ExpectMessage("任务 " + task)
	p.Says("已完成")
	p.ExpectMessage("请发佐证材料")
	send()
	p.Click(p.ExpectMessage("已收到"), "完成")
	p.Click(p.ExpectMessage("请核对"), "确认提交")
	p.ExpectToast("已提交")
	return receiptID(t, p.ExpectMessage("申报回执"))
}

func TestTheOfficeGetsACardWithTheEvidence(t *testing.T) {
	s := open(t)
	people := s.joined(edu, clerkA)
	p, office := people[0], people[1]
	id := filesInChat(t, p, "70", func() {
		p.SendsDocument("总结.pdf", paper("总结", 3000))
		p.ExpectMessage("已收到 1 件")
		p.SendsPhotos(picture(1), picture(2))
	})
	s.deliver()
	office.ExpectMessage(id, "总结.pdf")
	first, second := office.ExpectMessage(id, "照片"), office.ExpectMessage(id, "照片")
	if first.MediaGroupID == "" || first.MediaGroupID != second.MediaGroupID {
		t.Error("the photos are no album")
	}
	card := office.ExpectMessage("待审申报　"+id, "市教育局", "任务 70：简化企业开办", "市教育局联络员",
		"2018年8月20日（周一）10:00:00", "2018年8月31日（周五），按时，提前 11 天", "已完成", "材料（3 件）", "总结.pdf（2.9 KB")
	office.Click(card, "看材料")
	office.ExpectMessage("总结.pdf")
	office.ExpectMessage("照片")
	office.ExpectMessage("照片")
	office.ExpectMessage(id + " 的材料，共 3 件")
}

func TestAcceptingTellsTheLiaisonAtOnce(t *testing.T) {
	s := open(t)
	people := s.joined(edu, clerkA)
	p, office := people[0], people[1]
	id := s.file(edu, "市教育局", "70", 1)
	s.deliver()
	card := office.ExpectMessage("待审申报", id)
	s.set("2018-08-21 09:30:00")
	office.Click(card, "通过")
	office.ExpectToast(id + " 已通过")
	done := office.ExpectEdit(card, "已通过：跑改办甲，2018年8月21日（周二）09:30:00")
	if done.ReplyMarkup != nil && len(done.ReplyMarkup.Rows) > 0 {
		t.Error("a decided card still has buttons")
	}
	s.deliver()
	p.ExpectMessage("申报 "+id+" 已通过", "跑改办甲", "认定完成日期：2018年8月20日（周一）（按时）", "计入已得 10.00 分", "其中已得 10.00 分")
	if sub := s.submission(id); sub.State != scoring.Accepted {
		t.Errorf("it is %s", sub.State)
	}
}

func TestReturningWithACommonReason(t *testing.T) {
	s := open(t)
	people := s.joined(edu, clerkA)
	p, office := people[0], people[1]
	id := s.file(edu, "市教育局", "70", 1)
	s.deliver()
	card := office.ExpectMessage("待审申报", id)
	office.Click(card, "退回")
	reasons := office.ExpectMessage("退回 "+id, "请选原因")
	office.Click(reasons, "取消")
	office.ExpectEdit(reasons, "没有退回")
	office.Click(card, "退回")
	reasons = office.ExpectMessage("请选原因")
	office.Click(reasons, "签字或盖章")
	office.ExpectToast(id + " 已退回")
	office.ExpectEdit(card, "已退回：跑改办甲", "材料缺少签字或盖章")
	office.ExpectEdit(reasons, "已退回：跑改办甲")
	s.deliver()
	back := p.ExpectMessage("申报 "+id+" 已退回", "材料缺少签字或盖章", "还有 9 个工作日", "补正")
	p.Click(back, "补正")
	p.ExpectMessage("任务 70", "上次的申报 "+id+" 被退回：材料缺少签字或盖章")
}

func TestReturningInOnesOwnWords(t *testing.T) {
	s := open(t)
	people := s.joined(edu, clerkA)
	p, office := people[0], people[1]
	id := s.file(edu, "市教育局", "70", 1)
	s.deliver()
	card := office.ExpectMessage("待审申报", id)
	office.Click(card, "退回")
	office.Click(office.ExpectMessage("请选原因"), "其他原因")
	office.ExpectMessage("请写退回 " + id + " 的原因")
	office.SendsDocument("a.pdf", paper("a", 10))
	office.ExpectMessage("这里要的是文字")
	office.Says("\u200b \u3000")
	office.ExpectMessage("原因是空的")
	office.Says("/queue")
	office.ExpectMessage("共 1 份")
	office.ExpectMessage("请写退回 " + id + " 的原因")
	office.Says("请附 <会议纪要> & 照片")
	office.ExpectMessage(id + " 已退回")
	office.ExpectEdit(card, "请附 <会议纪要> & 照片")
	s.deliver()
	p.ExpectMessage("已退回", "请附 <会议纪要> & 照片")
}

func TestOfTwoClerksOneDecidesAndTheOtherIsToldWho(t *testing.T) {
	s := open(t)
	people := s.joined(edu, clerkA, clerkB)
	p, first, second := people[0], people[1], people[2]
	id := s.file(edu, "市教育局", "70", 1)
	s.deliver()
	one, two := first.ExpectMessage("待审申报"), second.ExpectMessage("待审申报")
	second.Says("/queue")
	second.Click(second.ExpectMessage("共 1 份"), "打开")
	late := second.ExpectMessage("待审申报")
	first.Click(one, "通过")
	first.ExpectToast("已通过")
	first.ExpectEdit(one, "已通过：跑改办甲")
	second.ExpectEdit(two, "已通过：跑改办甲")
	second.Click(late, "退回")
	second.ExpectToast(id, "已由跑改办甲", "通过", "2018年8月20日（周一）10:00:00")
	second.ExpectEdit(late, "已通过：跑改办甲")
	s.deliver()
	p.ExpectMessage("已通过")
}

func TestBothPressAtTheSameMoment(t *testing.T) {
	s := open(t)
	people := s.joined(clerkA, clerkB, edu)
	id := s.file(edu, "市教育局", "70", 1)
	s.deliver()
	one, two := people[0].ExpectMessage("待审申报"), people[1].ExpectMessage("待审申报")
	people[0].Click(one, "通过")
	people[1].Click(two, "通过")
	people[0].ExpectEdit(one, "已通过")
	by := s.submission(id).Decided.By
	winner, loser, name := people[0], people[1], "跑改办甲"
	if by == store.ByPerson(clerkB) {
		winner, loser, name = people[1], people[0], "跑改办乙"
	}
	winner.ExpectToast(id + " 已通过")
	loser.ExpectToast("已由" + name)
	s.deliver()
	people[2].ExpectMessage("已通过", name)
}

func TestNobodyReviewsTheirOwnUnit(t *testing.T) {
	s := open(t)
	people := s.joined(edu, clerkEdu, clerkA)
	own, other := people[1], people[2]
	id := s.file(edu, "市教育局", "70", 1)
	s.deliver()
	other.ExpectMessage("待审申报")
	own.Says("/queue")
	queue := own.ExpectMessage("待审", id, "本单位，须他人审核")
	own.Click(queue, "打开 "+id)
	card := own.ExpectMessage("待审申报", id)
	own.Click(card, "通过")
	own.ExpectToast("您本单位的申报")
	own.Click(card, "退回")
	own.ExpectToast("您本单位的申报")
	if sub := s.submission(id); sub.State != scoring.Waiting {
		t.Errorf("it is %s", sub.State)
	}
}

func TestTheOfficeGroupGetsTheCards(t *testing.T) {
	s := open(t)
	people := s.joined(clerkA, edu, clerkEdu, clerkB)
	s.office(store.BindChat{Chat: group, Purpose: store.PurposeOffice, Title: "跑改办工作群"})
	id := s.file(edu, "市教育局", "70", 1)
	s.deliver()
	card := people[0].In(group).ExpectMessage("待审申报", id)
	people[1].In(group).Click(card, "通过")
	people[1].ExpectToast("您的身份是联络员，不能做这一步")
	s.Person(nobody).In(group).Click(card, "通过")
	s.Person(nobody).ExpectToast("邀请链接")
	people[2].In(group).Click(card, "通过")
	people[2].ExpectToast("您本单位的申报")
	people[0].In(group).Click(card, "退回")
	reasons := people[0].In(group).ExpectMessage("请选原因")
	people[0].In(group).Click(reasons, "其他原因")
	ask := people[0].In(group).ExpectMessage("请写退回 " + id)
	people[0].In(group).Replies(ask, "材料请盖章")
	people[0].In(group).ExpectMessage(id + " 已退回")
	people[0].In(group).ExpectEdit(card, "已退回：跑改办甲", "材料请盖章")
	s.deliver()
	people[1].ExpectMessage("已退回", "材料请盖章")
}

func TestTheSameFileUsedBeforeIsATwin(t *testing.T) {
	s := open(t)
	people := s.joined(edu, county, clerkA)
	data := paper("同一份", 500)
	first := filesInChat(t, people[1], "70", func() { people[1].SendsDocument("报告.pdf", data) })
	second := filesInChat(t, people[0], "71", func() { people[0].SendsDocument("改名.pdf", data) })
	s.deliver()
	people[2].ExpectMessage(first, "报告.pdf")
	people[2].ExpectMessage("待审申报　" + first)
	people[2].ExpectMessage(second, "改名.pdf")
	people[2].ExpectMessage("待审申报　"+second, "⚠️ 第 1 件材料曾用于申报 "+first, "永吉县，任务 70")
}

func TestTheQueueIsCountedAndNearestDueFirst(t *testing.T) {
	s := open(t)
	people := s.joined(clerkA, edu, county)
	office := people[0]
	office.Says("/queue")
	office.ExpectMessage("现在没有待审的申报")
	late := s.file(edu, "市教育局", "27", 1)
	near := s.file(county, "永吉县", "70", 1)
	s.deliver()
	office.ExpectMessage(late)
	office.ExpectMessage(near)
	office.Says("待审")
	list := office.ExpectMessage("共 2 份", near, late)
	if i, j := index(list, near), index(list, late); i > j {
		t.Errorf("%s (31 August) stands behind %s (31 October):\n%s", near, late, list.Text)
	}
	office.Click(list, "打开 "+near)
	office.ExpectMessage("待审申报　"+near, "永吉县")
	people[1].Says("/queue")
	people[1].ExpectMessage("您的身份是联络员，不能做这一步")
}

// index is where words stand in a message.
func index(m sandbox.Message, words string) int {
	for i := range m.Text {
		if len(m.Text)-i >= len(words) && m.Text[i:i+len(words)] == words {
			return i
		}
	}
	return -1
}
