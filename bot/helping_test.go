package bot_test

import "testing"

func TestHelpIsForTheRoleAtHand(t *testing.T) {
	s := open(t)
	people := s.joined(edu, clerkA, leader)
	for i, want := range []string{"/submit 申报完成情况", "/invite 邀请成员", "/rank 3 看第三类"} {
		people[i].Says("/help")
		people[i].ExpectMessage("能做什么", want, "/me 我的身份")
		people[i].Says("帮助")
		people[i].ExpectMessage("能做什么", want)
	}
}

func TestChineseWordsDoWhatCommandsDo(t *testing.T) {
	s := open(t)
	p := s.joined(edu)[0]
	for _, c := range []struct{ words, want string }{
		{"我的任务", "市教育局的任务"},
		{"得分", "市教育局　得分"},
		{"排名", "第三类排名"},
		{"我是谁", "联络员（市教育局）"},
		{"取消", "现在没有正在填写的内容"},
		{"申报", "申报完成情况"},
		{"算了", "已取消"},
	} {
		p.Says(c.words)
		p.ExpectMessage(c.want)
	}
}

func TestButtonsOfTheGreetingLeadOn(t *testing.T) {
	s := open(t)
	p := s.joined(edu)[0]
	p.Starts("")
	m := p.ExpectMessage("您已经加入了")
	for _, c := range []struct{ label, want string }{
		{"我的任务", "市教育局的任务"}, {"得分明细", "市教育局　得分"}, {"排名", "第三类排名"}, {"我要申报", "申报完成情况"},
	} {
		p.Click(m, c.label)
		p.ExpectMessage(c.want)
	}
}
