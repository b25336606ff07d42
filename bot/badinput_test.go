package bot_test

import (
	"slices"
	"strings"
	"testing"

	"paogai/bot/sandbox"
	"paogai/store"
)

func TestThingsThatCannotBeUsedSayWhatToDo(t *testing.T) {
	s := open(t)
	p := s.joined(edu)[0]
	head := s.head()
	for _, step := range []struct{ before, again string }{
		{"", ""}, {"/submit", "申报完成情况"}, {"70", "任务 70"}, {"写好了", "请发佐证材料"},
	} {
		if step.before != "" {
			p.Says(step.before)
			p.ExpectMessage(step.again)
		}
		for _, c := range []struct {
			out  sandbox.Outgoing
			want string
		}{
			{sandbox.Outgoing{Sticker: true}, "表情贴纸用不上"},
			{sandbox.Outgoing{Voice: true}, "语音收不了。请写成文字，或把录音放到网盘后发链接"},
			{sandbox.Outgoing{Location: &sandbox.Location{}}, "位置信息用不上"},
			{sandbox.Outgoing{Poll: []string{"好不好", "好", "不好"}}, "投票用不上"},
			{sandbox.Outgoing{Contact: &sandbox.Contact{PhoneNumber: "1", FirstName: "甲"}}, "名片用不上"},
		} {
			p.Sends(c.out)
			p.ExpectMessage(c.want)
		}
	}
	p.SendsDocument("a.pdf", paper("a", 10))
	p.ExpectMessage("已收到 1 件")
	if s.head() != head {
		t.Error("the journal has grown")
	}
}

func TestAnEditedMessageIsNotReadAgain(t *testing.T) {
	s := open(t)
	p := s.joined(edu)[0]
	p.Says("/submit 70")
	p.ExpectMessage("任务 70")
	m := p.Says("第一稿")
	p.ExpectMessage("请发佐证材料")
	p.Edits(m, "第二稿")
	p.ExpectMessage("改过的消息不会重新读取", "重新发一条")
	p.SendsDocument("a.pdf", paper("a", 10))
	p.Click(p.ExpectMessage("已收到 1 件"), "完成")
	p.ExpectMessage("请核对", "第一稿")
}

func TestTextWhereAButtonIsExpectedAndTheReverse(t *testing.T) {
	s := open(t)
	people := s.joined(edu, clerkA)
	p, office := people[0], people[1]
	p.Says("/submit 70")
	p.ExpectMessage("任务 70")
	p.SendsDocument("先.pdf", paper("先", 10))
	p.ExpectMessage("材料先收下了（1 件）", "再用文字写明")
	p.Says("写好了")
	p.ExpectMessage("已收到 1 件", "先.pdf")
	p.Says("就这些")
	p.ExpectMessage("这里要的是材料")
	p.ClickLast("完成")
	p.ExpectMessage("请核对")
	p.Says("确认")
	p.ExpectMessage("这里请点按钮")
	p.SendsPhotos(picture(3))
	p.ExpectMessage("这个文件没有收下：要添加材料，请先点「改材料」")
	office.Says("/invite")
	office.ExpectMessage("请选择身份")
	office.Says("联络员")
	office.ExpectMessage("这一步请点按钮选择")
	office.SendsDocument("a.pdf", paper("a", 10))
	office.ExpectMessage("这一步请点按钮选择")
}

func TestNotesThatAreEmptyOrTooLong(t *testing.T) {
	s := open(t)
	p := s.joined(edu)[0]
	p.Says("/submit 70")
	p.ExpectMessage("任务 70")
	for _, empty := range []string{"\u200b", "\u2060\ufeff", "\u3164"} {
		p.Says(empty)
		p.ExpectMessage("说明是空的")
	}
	p.Says(strings.Repeat("长", 2001))
	p.ExpectMessage("说明太长，没有记下：这条有 2001 字，最多 2000 字")
	p.Says(strings.Repeat("长", 5000)) // which Telegram cuts in two
	p.ExpectMessage("这条有 4096 字")     // and the rest is no note of its own
	p.Says("/submit")
	p.ExpectMessage("任务 70", "1–2000 字")
	p.Says(strings.Repeat("好", 2000))
	p.ExpectMessage("请发佐证材料")
}

func TestWhatPeopleWriteIsShownAsTheyWroteIt(t *testing.T) {
	s := open(t)
	people := s.joined(edu, clerkA)
	p, office := people[0], people[1]
	for _, note := range []string{
		`<b>粗</b> & "引" <script>alert(1)</script>`, "*星* _线_ `码` [链](http://x)", "👨‍👩‍👧 完成 🎉", "שלום עולם", "a</b></i>&lt;", "<",
	} {
		p.Says("/submit 70")
		p.ExpectMessage("任务 70")
		p.Says(note)
		p.ExpectMessage("请发佐证材料")
		p.SendsDocument(`<i>"&.pdf`, paper(note, 50))
		p.Click(p.ExpectMessage("已收到 1 件", `<i>"&.pdf`), "完成")
		p.Click(p.ExpectMessage("请核对", note), "确认提交")
		p.ExpectToast("已提交")
		receipt := p.ExpectMessage("申报回执", note)
		s.deliver()
		office.ExpectMessage(`<i>"&.pdf`)
		office.ExpectMessage("待审申报", note)
		s.office(store.ReturnSubmission{Submission: receiptID(t, receipt), Reason: note})
		s.deliver()
		p.ExpectMessage("已退回", note)
	}
	p.Says("/submit 70")
	p.ExpectMessage("任务 70")
	p.Says("正常\u202e文\u200b字")
	p.ExpectMessage("请发佐证材料")
	p.Says("https://example.org/a")
	p.Click(p.ExpectMessage("已收到 1 件"), "完成")
	p.ExpectMessage("请核对", "说明：正常文字")
}

func TestFilesThatAreNotTakenSayTheWayOut(t *testing.T) {
	s := open(t)
	p := s.joined(edu)[0]
	p.Says("/submit 70")
	p.ExpectMessage("任务 70")
	p.Says("写好了")
	p.ExpectMessage("请发佐证材料")
	p.SendsDocument("空.pdf", nil)
	p.ExpectMessage("「空.pdf」是空文件")
	p.SendsDocument("大.pdf", paper("大", 21<<20))
	p.ExpectMessage("「大.pdf」有 21.0 MB，超过 20 MB", "链接")
	p.SendsDocument("setup.exe", slices.Concat([]byte("MZ\x90\x00"), make([]byte, 200)))
	p.ExpectMessage("「setup.exe」", "不收", "链接")
	p.SendsDocument("图.jpg", []byte("\xff\xd8\xff\xe0 not a picture"))
	p.ExpectMessage("「图.jpg」不是能打开的图片")
	for _, link := range []string{"ftp:/http://", "http://", "https:///x"} {
		p.Says(link)
		p.ExpectMessage("这个链接不能用")
	}
	p.ClickLast("返回")
	p.ExpectMessage("任务 70")
}

func TestEvidenceIsNotTakenTwiceNorWithoutEnd(t *testing.T) {
	s := open(t)
	p := s.joined(edu)[0]
	p.Says("/submit 70")
	p.ExpectMessage("任务 70")
	p.Says("写好了")
	p.ExpectMessage("请发佐证材料")
	p.SendsDocument("a.pdf", paper("a", 10))
	p.ExpectMessage("已收到 1 件")
	p.SendsDocument("b.pdf", paper("a", 10))
	p.ExpectMessage("已经在里面了，没有重复添加：b.pdf")
	links := make([]string, 25)
	for i := range links {
		links[i] = "https://example.org/" + strings.Repeat("x", i+1)
	}
	p.Says(strings.Join(links, "\n"))
	p.ExpectMessage("一次申报最多 20 件")
	p.ExpectMessage("已收到 20 件")
}

func TestCommandsOfOtherRolesAreRefused(t *testing.T) {
	s := open(t)
	people := s.joined(edu, clerkA, leader)
	head := s.head()
	for i, commands := range [][]string{{"/queue", "/invite"}, {"/submit", "/submit 70"}, {"/submit", "/queue", "/invite"}} {
		for _, c := range commands {
			people[i].Says(c)
			people[i].ExpectMessage("您的身份是", "不能做这一步", "/help")
		}
	}
	for _, p := range people {
		p.Says("/bind office")
		p.ExpectMessage("要在群里发送")
		p.Says("/unbind")
		p.ExpectMessage("要在群里发送")
		p.Says("/rnak")
		p.ExpectMessage("没有 /rnak 这个命令", "/help")
		p.Says("随便说说")
		p.ExpectMessage("没看懂", "/help")
		p.SendsDocument("a.pdf", paper("a", 10))
		p.ExpectMessage("现在没有在收材料")
		p.Says("/help")
		p.ExpectMessage("能做什么")
	}
	if s.head() != head {
		t.Error("the journal has grown")
	}
}

func TestOldAndForgedButtonsAreHarmless(t *testing.T) {
	s := open(t)
	p := s.joined(edu)[0]
	p.Says("/submit")
	list := p.ExpectMessage("申报完成情况")
	p.Click(list, "70")
	p.ExpectMessage("任务 70")
	p.Click(list, "71")
	p.ExpectToast("按钮已经过时")
	p.Click(list, "下一页")
	p.ExpectToast("按钮已经过时")
	p.Says("/cancel")
	p.ExpectMessage("已取消")
	p.Click(list, "取消")
	p.ExpectToast("按钮已经过时")
}
