package bot_test

import (
	"strings"
	"testing"

	"paogai/store"
)

// someone joins for a unit that has no approved plan: all 76 tasks apply.
func (s *stage) someone(id int64, unit string) {
	s.t.Helper()
	p := s.Person(id)
	p.Starts(s.invite(store.Liaison, unit))
	p.ExpectMessage("您好")
}

func TestLongListsAreTurnedOverInPlace(t *testing.T) {
	s := open(t)
	s.someone(another, "市工信局")
	p := s.Person(another)
	p.Says("/submit")
	m := p.ExpectMessage("待申报共 78 项")
	p.Click(m, "下一页")
	p.ExpectEdit(m, "待申报共 78 项", "2/10")
	p.Click(m, "2/10") // which only shows something
	p.Click(m, "下一页")
	p.ExpectEdit(m, "3/10")
	p.Click(m, "上一页")
	p.ExpectEdit(m, "2/10")
	p.Says("/tasks")
	list := p.ExpectMessage("市工信局的任务", "共 76 项、78 个节点", "待办　78 个")
	p.Click(list, "下一页")
	p.ExpectEdit(list, "2/10")
	p.ExpectMessage("申报完成情况") // the step goes on
}

func TestADigestOfEverythingFitsIntoMessages(t *testing.T) {
	s := open(t)
	s.someone(another, "市工信局")
	p := s.Person(another)
	s.set("2018-12-31 08:00:00")
	s.to("2018-12-31 09:00:00")
	p.ExpectMessage("市工信局：31 项任务已逾期", "时限 2018年10月31日（周三），14 项", "市工信局：10 项任务临近时限", "今天到期，10 项", "（力争）")
}

func TestTheLongestSubmissionFits(t *testing.T) {
	s := open(t)
	people := s.joined(edu, clerkA)
	p, office := people[0], people[1]
	p.Says("/submit 34-2")
	p.ExpectMessage("任务 34")
	p.Says(strings.Repeat("<&>", 666))
	p.ExpectMessage("请发佐证材料")
	links := make([]string, 20)
	for i := range links {
		links[i] = "https://example.org/" + strings.Repeat("x", 150+i)
	}
	p.Says(strings.Join(links, "\n"))
	p.Click(p.ExpectMessage("已收到 20 件"), "完成")
	p.Click(p.ExpectMessage("请核对", "1. 链接 https://example.org/xx", "确认后送跑改办审核"), "确认提交")
	p.ExpectToast("已提交")
	p.ExpectMessage("申报回执", "对得分的影响")
	s.deliver()
	office.ExpectMessage("待审申报")
	office.Click(office.ExpectMessage("20. 链接"), "通过")
	office.ExpectToast("已通过")
}
