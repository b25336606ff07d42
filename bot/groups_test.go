package bot_test

import (
	"testing"

	"paogai/bot/sandbox"
	"paogai/store"
)

func TestAnUnboundGroupLearnsNothing(t *testing.T) {
	s := open(t)
	people := s.joined(edu, clerkA)
	for _, c := range []string{"/rank", "/queue", "/help", "/tasks", "/score 教育局", "/me"} {
		people[1].In(group).Says(c)
		people[1].In(group).ExpectMessage("我还没有绑定到本群", "/bind office")
	}
	s.Person(nobody).In(group).Says("/rank")
	s.Person(nobody).In(group).ExpectMessage("还不是考核系统的成员")
	people[0].In(group).Says("大家好")
	people[0].In(group).Says("/start")
	people[0].In(group).ExpectMessage("我还没有绑定到本群")
}

func TestAClerkBindsTheGroups(t *testing.T) {
	s := open(t)
	people := s.joined(edu, clerkA, leader)
	liaison, clerk, boss := people[0].In(group), people[1].In(group), people[2].In(lounge)
	liaison.Says("/bind office")
	liaison.ExpectMessage("您的身份是联络员，不能做这一步")
	clerk.Says("/bind")
	clerk.ExpectMessage("请写明用途：/bind office")
	clerk.Says("/bind office")
	clerk.ExpectMessage("本群已绑定为跑改办工作群")
	clerk.Says("/bind 跑改办")
	clerk.ExpectMessage("本群已经是跑改办工作群")
	clerk.Says("/bind leaders")
	clerk.ExpectMessage("本群已绑定为跑改办工作群。要改用途，先发送 /unbind")
	clerk.Says("/queue")
	clerk.ExpectMessage("现在没有待审的申报")
	clerk.Says("/help")
	clerk.ExpectMessage("本群（跑改办工作群）能做什么", "/queue")
	people[1].In(lounge).Says("/bind 领导")
	people[1].In(lounge).ExpectMessage("本群已绑定为领导群")
	boss.Says("/rank 3")
	boss.ExpectMessage("第三类排名", "共 19 个单位")
	boss.Says("/queue")
	boss.ExpectMessage("请到和我的私聊里发送 /queue")
	clerk.Says("/unbind")
	clerk.ExpectMessage("本群已解除绑定")
	clerk.Says("/unbind")
	clerk.ExpectMessage("本群没有绑定")
}

func TestTheBotGreetsAGroupThatItIsPutInto(t *testing.T) {
	s := open(t)
	clerk := s.joined(clerkA)[0]
	must(t, s.server.AddGroup(sandbox.Group{ID: -503, Title: "新群", Members: []int64{clerkA}}))
	must(t, s.server.AddBot(-503, clerkA))
	clerk.In(-503).ExpectMessage("大家好", "/bind office")
}

func TestAGroupThatMovedStaysBound(t *testing.T) {
	s := open(t)
	people := s.joined(clerkA, edu)
	people[0].In(group).Says("/bind office")
	people[0].In(group).ExpectMessage("本群已绑定")
	moved, err := s.server.Migrate(group)
	must(t, err)
	s.until(func(r *store.Record) bool {
		_, bound := r.Chat(moved)
		return bound
	})
	id := s.file(edu, "市教育局", "70", 1)
	s.deliver()
	card := people[0].In(moved).ExpectMessage("待审申报", id)
	people[0].In(moved).Click(card, "通过")
	people[0].ExpectToast(id + " 已通过")
	people[0].In(moved).ExpectEdit(card, "已通过")
	s.deliver()
	people[1].ExpectMessage("已通过")
	s.desk.View(func(r *store.Record) {
		if c, ok := r.ChatFor(store.PurposeOffice); !ok || c.ID != moved {
			t.Errorf("the office's group is %d, not %d", c.ID, moved)
		}
	})
}
