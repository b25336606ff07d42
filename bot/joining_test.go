package bot_test

import (
	"testing"

	"paogai/store"
)

func TestBeforeJoiningNobodyLearnsAnything(t *testing.T) {
	s := open(t)
	p := s.Person(nobody)
	p.Starts("")
	p.ExpectMessage("只对受邀的工作人员开放", "邀请链接")
	for _, words := range []string{"/help", "/rank", "/rank 3", "/score 教育局", "/submit", "/tasks", "/queue", "/invite", "/me", "/bind office", "排名", "你好", "/nonsense"} {
		p.Says(words)
		m := p.ExpectMessage("只对受邀的工作人员开放")
		if m.ReplyMarkup != nil {
			t.Errorf("%s: a stranger gets buttons", words)
		}
	}
	p.SendsDocument("a.pdf", paper("a", 100))
	p.ExpectMessage("只对受邀的工作人员开放")
}

func TestALiaisonJoinsByTheirLink(t *testing.T) {
	s := open(t)
	token := s.invite(store.Liaison, "市教育局")
	p := s.Person(edu)
	p.Starts(token)
	p.ExpectMessage("您好，市教育局联络员", "身份：联络员（市教育局）", "/tasks", "/submit")
	p.Says("/me")
	p.ExpectMessage("市教育局联络员", "联络员（市教育局）", "2018年8月20日（周一）10:00:00", "1001")
	p.Starts(token)
	p.ExpectMessage("您已经加入了", "联络员（市教育局）")
	p.Starts("")
	p.ExpectMessage("您已经加入了", "/help")
}

func TestEveryRoleIsToldWhatToDoNext(t *testing.T) {
	s := open(t)
	for _, c := range []struct {
		person int64
		role   store.Role
		next   string
	}{
		{leader, store.Leader, "/rank"},
		{nobody, store.Scorer, "/rank"},
		{another, store.Auditor, "/score"},
		{clerkA, store.Office, "/queue"},
	} {
		p := s.Person(c.person)
		p.Starts(s.invite(c.role, ""))
		p.ExpectMessage("您好", c.next)
	}
}

func TestTheOfficeHearsWhoJoined(t *testing.T) {
	s := open(t)
	office := s.joined(clerkA)[0]
	p := s.Person(edu)
	p.Starts(s.invite(store.Liaison, "市教育局"))
	p.ExpectMessage("您好")
	s.deliver()
	office.ExpectMessage("市教育局联络员已加入", "联络员（市教育局）")
}

func TestAnInvitationThatDoesNotWorkSaysWhy(t *testing.T) {
	s := open(t)
	p, id := s.Person(nobody), ""
	expired, used, revoked := s.invite(store.Leader, ""), s.invite(store.Leader, ""), s.invite(store.Leader, "")
	s.desk.View(func(r *store.Record) {
		for _, i := range r.Invitations() {
			if i.Hash == store.HashToken(revoked) {
				id = i.ID
			}
		}
	})
	s.office(store.RevokeInvitation{Invitation: id})
	other := s.Person(another)
	other.Starts(used)
	other.ExpectMessage("您好")
	p.Starts("no-such-token")
	p.ExpectMessage("邀请链接不对", "还可以再试 4 次")
	p.Starts(used)
	p.ExpectMessage("已于 2018年8月20日（周一）10:00:00 用过", "跑改办")
	p.Starts(revoked)
	p.ExpectMessage("撤销", "跑改办")
	s.to("2018-08-28 10:00:00")
	p.Starts(expired)
	p.ExpectMessage("已于 2018年8月27日（周一）10:00:00 过期", "跑改办")
}

func TestFiveWrongTokensAreAPause(t *testing.T) {
	s := open(t)
	p := s.Person(nobody)
	good := s.invite(store.Leader, "")
	for left := 4; left >= 1; left-- {
		p.Says("/start wrong")
		p.ExpectMessage("邀请链接不对", "还可以再试")
	}
	p.Says("/start wrong")
	p.ExpectMessage("暂停 15 分钟", "2018年8月20日（周一）10:15:00")
	p.Starts(good)
	p.ExpectMessage("暂停 15 分钟")
	s.set("2018-08-20 10:14:59")
	p.Starts(good)
	p.ExpectMessage("暂停 15 分钟")
	other := s.Person(another)
	other.Says("/start wrong")
	other.ExpectMessage("还可以再试 4 次")
	s.set("2018-08-20 10:15:00")
	p.Starts(good)
	p.ExpectMessage("您好，来访者", "领导")
}
