package bot_test

import (
	"strings"
	"testing"

	"paogai/bot/sandbox"
	"paogai/store"
)

// tokenIn reads the token from the link in a message.
func tokenIn(t *testing.T, m sandbox.Message) string {
	t.Helper()
	_, rest, ok := strings.Cut(m.Text, "https://t.me/paogai_bot?start=")
	token, _, _ := strings.Cut(rest, "\n")
	if !ok || token == "" || len(token) > 64 {
		t.Fatalf("no link in:\n%s", m.Text)
	}
	return token
}

func TestTheOfficeInvitesInChat(t *testing.T) {
	s := open(t)
	office := s.joined(clerkA)[0]
	for _, way := range []func(sandbox.Message){
		func(sandbox.Message) { office.Says("sjyj") },
		func(sandbox.Message) { office.Says("教育局") },
		func(m sandbox.Message) {
			office.Click(m, "第三类")
			office.Click(office.ExpectEdit(m, "第三类，共 19 个单位"), "返回")
			office.Click(office.ExpectEdit(m, "请写单位名称"), "第三类")
			office.Click(office.ExpectEdit(m, "第三类，共 19 个单位"), "市教育局")
		},
		func(sandbox.Message) {
			office.Says("公司")
			office.Click(office.ExpectMessage("符合「公司」的单位有"), "供电公司")
		},
	} {
		office.Says("/invite")
		office.Click(office.ExpectMessage("邀请新成员", "7 天内有效"), "联络员")
		way(office.ExpectMessage("身份：联络员", "请写单位名称"))
		m := office.ExpectMessage("邀请已生成", "身份：联络员（", "有效期至：2018年8月27日（周一）10:00:00", "只能用一次")
		tokenIn(t, m)
	}
	office.Says("/invite")
	office.Click(office.ExpectMessage("邀请新成员"), "联络员")
	office.ExpectMessage("请写单位名称")
	office.Says("月球")
	office.ExpectMessage("没有找到「月球」")
	office.SendsDocument("a.pdf", paper("a", 10))
	office.ExpectMessage("这里要的是单位名称")
	office.Says("市教育局")
	token := tokenIn(t, office.ExpectMessage("邀请已生成", "市教育局"))
	p := s.Person(edu)
	p.Starts(token)
	p.ExpectMessage("您好，市教育局联络员", "联络员（市教育局）")
}

func TestInvitingPeopleWithoutAUnit(t *testing.T) {
	s := open(t)
	office := s.joined(clerkA)[0]
	office.Says("邀请")
	office.Click(office.ExpectMessage("邀请新成员"), "领导")
	office.ExpectMessage("邀请已生成", "身份：领导\n")
	office.Says("/invite")
	office.Click(office.ExpectMessage("邀请新成员"), "跑改办")
	office.Click(office.ExpectMessage("身份：跑改办"), "不属于考核对象")
	office.ExpectMessage("邀请已生成", "身份：跑改办\n")
}

func TestOpenInvitationsAreListedAndTakenBack(t *testing.T) {
	s := open(t)
	office := s.joined(clerkA)[0]
	first := s.invite(store.Liaison, "市教育局")
	s.invite(store.Leader, "")
	office.Says("/invite")
	m := office.ExpectMessage("邀请新成员")
	office.Click(m, "未使用的邀请（2）")
	list := office.ExpectEdit(m, "未使用的邀请，共 2 个", "联络员（市教育局）", "有效至 2018年8月27日（周一）10:00:00")
	office.Click(list, "撤销")
	office.ExpectToast("已撤销邀请 I")
	office.Click(office.ExpectEdit(m, "未使用的邀请，共 1 个"), "撤销")
	office.ExpectToast("已撤销邀请 I")
	office.ExpectEdit(m, "现在没有未使用的邀请")
	p := s.Person(nobody)
	p.Starts(first)
	p.ExpectMessage("撤销", "跑改办")
}

func TestInvitingGoesBackAndOn(t *testing.T) {
	s := open(t)
	office := s.joined(clerkA)[0]
	office.Says("/invite")
	office.ExpectMessage("请选择身份")
	office.Says("/queue")
	office.ExpectMessage("没有待审的申报")
	office.Click(office.ExpectMessage("请选择身份"), "联络员")
	office.ExpectMessage("请写单位名称")
	office.Says("/rank")
	office.ExpectMessage("各类排名")
	office.Click(office.ExpectMessage("请写单位名称"), "返回")
	office.ExpectMessage("请选择身份")
	office.Says("/invite")
	m := office.ExpectMessage("请选择身份")
	office.Click(m, "取消")
	office.ExpectEdit(m, "已取消，没有生成邀请")
}

func TestInvitationsAreNotMadeInGroups(t *testing.T) {
	s := open(t)
	office := s.joined(clerkA)[0]
	office.In(group).Says("/invite@paogai_bot")
	office.In(group).ExpectMessage("我还没有绑定到本群")
	s.office(store.BindChat{Chat: group, Purpose: store.PurposeOffice, Title: "群"})
	office.In(group).Says("/invite@paogai_bot")
	office.In(group).ExpectMessage("请到和我的私聊里发送 /invite")
}
