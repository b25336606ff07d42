package bot_test

import (
	"fmt"
	"strings"
	"testing"
	"unicode/utf8"

	"paogai/bot/sandbox"
	"paogai/store"
)

func TestACardSaysNothingTwice(t *testing.T) {
	s := open(t)
	office := s.joined(edu, clerkA)[1]
	s.file(edu, "市教育局", "70", 1, link("https://example.org/%E6%95%99%E8%82%B2?a=1&b=2"))
	s.deliver()
	card := office.ExpectMessage("待审申报", "，市教育局联络员\n", "任务 70：简化企业开办和注销程序指数\n",
		"1. 链接 https://example.org/教育?a=1&b=2")
	for _, twice := range []string{"市教育局 市教育局", "跑改办 跑改办", "时限：时限", "。\n"} {
		if strings.Contains(card.Text, twice) {
			t.Errorf("%q in\n%s", twice, card.Text)
		}
	}
	if to := linkIn(card); to != "https://example.org/%E6%95%99%E8%82%B2?a=1&b=2" {
		t.Errorf("the link leads to %s", to)
	}
	office.Click(card, "通过")
	office.ExpectToast("已通过")
	office.ExpectEdit(card, "已通过：跑改办甲，")
}

func TestALongCardIsFoldedWhenItIsDecided(t *testing.T) {
	s := open(t)
	people := s.joined(edu, clerkA, county)
	p, office := people[0], people[1]
	note := strings.Repeat("办", store.MaxNote)
	evidence := make([]store.Evidence, 20)
	for i := range evidence {
		evidence[i] = link("https://example.org/" + strings.Repeat(fmt.Sprint(i%10), 1900) + fmt.Sprint(i))
	}
	s.file(county, "永吉县", "70", 1, evidence...) // so that each piece is warned of
	s.deliver()
	office.ExpectMessage("永吉县")
	e, err := s.desk.Do(t.Context(), store.Stamp{By: store.ByPerson(edu), At: s.clock.Now()}, store.FileSubmission{
		Unit: "市教育局", Task: "49", Milestone: 1, Note: note, Evidence: evidence,
	})
	must(t, err)
	id := fmt.Sprintf("S%d", e.Seq)
	s.deliver()
	first := office.ExpectMessage("待审申报　" + id)
	second := office.ExpectMessage("第 20 件材料曾用于")
	if got := strings.Count(first.Text+second.Text, "办"); got < store.MaxNote {
		t.Errorf("the office reads %d characters of the note", got)
	}
	office.Click(second, "通过")
	office.ExpectToast(id + " 已通过")
	done := office.ExpectEdit(second, "申报　"+id, "已通过：跑改办甲", "…")
	if strings.Contains(done.Text, "待审") {
		t.Errorf("it still waits:\n%s", done.Text)
	}
	s.deliver()
	p.ExpectMessage("申报 " + id + " 已通过")
	s.quiet() // no part of the card came anew
}

func TestTheListOfReasonsIsClosedByADecision(t *testing.T) {
	s := open(t)
	people := s.joined(edu, clerkA, clerkB)
	p, first, second := people[0], people[1], people[2]
	id := s.file(edu, "市教育局", "70", 1)
	s.deliver()
	one, two := first.ExpectMessage("待审申报"), second.ExpectMessage("待审申报")
	second.Click(two, "退回")
	late := second.ExpectMessage("请选原因")
	first.Click(one, "退回")
	reasons := first.ExpectMessage("请选原因")
	first.Click(reasons, "其他原因")
	first.ExpectMessage("请写退回")
	first.Says("请盖章")
	first.ExpectMessage(id + " 已退回")
	first.ExpectEdit(one, "已退回：跑改办甲", "原因：请盖章")
	second.ExpectEdit(two, "已退回：跑改办甲")
	closed := first.ExpectEdit(reasons, "申报 "+id, "已退回：跑改办甲", "请盖章")
	if n := utf8.RuneCountInString(closed.Text); n > 80 {
		t.Errorf("%d characters instead of a line:\n%s", n, closed.Text)
	}
	second.Click(late, "材料不全")
	second.ExpectToast(id + " 已由跑改办甲")
	second.ExpectEdit(late, "申报 "+id, "已退回：跑改办甲")
	s.deliver()
	p.ExpectMessage("已退回", "请盖章")
	s.quiet()
}

func TestACardTellsThatAnAcceptanceNoLongerCounts(t *testing.T) {
	s := open(t)
	people := s.joined(edu, clerkA, clerkB)
	office, other := people[1], people[2]
	id := s.file(edu, "市教育局", "70", 1)
	s.deliver()
	held := other.ExpectMessage("待审申报")
	other.Click(held, "退回")
	reasons := other.ExpectMessage("请选原因")
	card := office.ExpectMessage("待审申报")
	office.Click(card, "通过")
	office.ExpectToast("已通过")
	office.ExpectEdit(card, "已通过")
	other.ExpectEdit(held, "已通过")
	s.office(store.MakeAdjustment{
		Unit: "市教育局", Rule: "fraud", Ref: "督查 1", Reason: "材料不实", Second: store.ByPerson(clerkB), Reopens: []string{id},
	})
	other.Click(reasons, "材料不全")
	other.ExpectToast(id+" 已由跑改办甲", "通过（后又重新打开）")
	office.ExpectEdit(card, "通过不再算数", "材料不实")
	other.ExpectEdit(held, "通过不再算数")
	other.ExpectEdit(reasons, "通过不再算数")
}

func link(url string) store.Evidence {
	return store.Evidence{
		SHA256: store.HashToken(url), Name: "链接", Size: int64(len(url)), MediaType: "text/uri-list", URL: url,
	}
}

// linkIn is where the first link of a message leads.
func linkIn(m sandbox.Message) string {
	for _, e := range m.Entities {
		if e.URL != "" {
			return e.URL
		}
	}
	return ""
}

func TestADecidedCardLeadsToWhatElseWaits(t *testing.T) {
	s := open(t)
	people := s.joined(edu, clerkA)
	p, office := people[0], people[1]
	first, second := s.file(edu, "市教育局", "70", 1), s.file(edu, "市教育局", "71", 1)
	s.deliver()
	card, other := office.ExpectMessage(first), office.ExpectMessage(second)
	office.Click(card, "通过")
	office.ExpectToast(first + " 已通过")
	office.Click(office.ExpectEdit(card, "已通过"), "待审")
	office.ExpectMessage("待审，共 1 份", second)
	office.Click(other, "退回")
	office.Click(office.ExpectMessage("请选原因"), "材料不全")
	office.ExpectToast(second + " 已退回")
	if done := office.ExpectEdit(other, "已退回"); done.ReplyMarkup != nil && len(done.ReplyMarkup.Rows) > 0 {
		t.Error("nothing waits any more, and the card leads there")
	}
	s.deliver()
	p.ExpectMessage(first)
	p.ExpectMessage(second)
	p.Says("/tasks")
	list := p.ExpectMessage("市教育局的任务")
	p.Click(list, "退回 1")
	p.ExpectEdit(list, "71　简化施工", "已退回，待补正，还有 9 个工作日")
}
