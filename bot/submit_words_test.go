package bot_test

import (
	"strings"
	"testing"
)

func TestAChangeOfNodeCanBeGivenUp(t *testing.T) {
	s := open(t)
	p := s.joined(edu)[0]
	p.Says("/submit 70")
	p.ExpectMessage("任务 70")
	p.Says("已办结")
	p.ExpectMessage("请发佐证材料")
	p.SendsDocument("a.pdf", paper("a", 10))
	p.Click(p.ExpectMessage("已收到 1 件"), "完成")
	p.Click(p.ExpectMessage("请核对"), "改节点")
	p.Click(p.ExpectMessage("申报完成情况"), "返回")
	p.Click(p.ExpectMessage("请核对", "任务 70", "已办结", "a.pdf"), "改节点")
	p.ExpectMessage("申报完成情况")
	p.Says("指数")
	p.Click(p.ExpectMessage("符合「指数」"), "返回")
	p.Click(p.ExpectMessage("请核对", "任务 70"), "确认提交")
	p.ExpectToast("已提交")
	p.Click(p.ExpectMessage("申报回执"), "申报下一项")
	p.ExpectMessage("申报完成情况", "待申报")
	s.quiet()
}

func TestACommandBesideTheListOfNodesComesBackToItBriefly(t *testing.T) {
	s := open(t)
	p := s.joined(edu)[0]
	p.Says("/submit")
	p.ExpectMessage("申报完成情况", "待申报共")
	p.Says("/rank")
	p.ExpectMessage("第三类排名")
	again := p.ExpectMessage("申报完成情况", "请接着选节点")
	if strings.Contains(again.Text, "时限") {
		t.Errorf("the whole list again:\n%s", again.Text)
	}
	p.Click(again, "70　简化企业开办")
	p.ExpectMessage("任务 70", "1–2000 字")
}

func TestTheRestOfAReasonThatIsTooLongIsNoReason(t *testing.T) {
	s := open(t)
	office := s.joined(edu, clerkA)[1]
	id := s.file(edu, "市教育局", "70", 1)
	s.deliver()
	office.Click(office.ExpectMessage("待审申报"), "退回")
	office.Click(office.ExpectMessage("请选原因"), "其他原因")
	office.ExpectMessage("请写退回 " + id)
	office.Says(strings.Repeat("因", 4300)) // which Telegram cuts in two
	office.ExpectMessage("原因有 4096 字，超过 500 字")
	office.Says("/queue")
	office.ExpectMessage("共 1 份", id)
	office.ExpectMessage("请写退回 " + id)
	s.quiet()
}

func TestWhatIsNotTakenIsCalledByItsKind(t *testing.T) {
	s := open(t)
	p := s.joined(edu)[0]
	p.Says("/submit 70")
	p.ExpectMessage("任务 70")
	p.Says("已办结")
	p.ExpectMessage("请发佐证材料")
	program := append([]byte("MZ"), make([]byte, 200)...)
	for _, c := range []struct {
		name string
		data []byte
		want string
	}{
		{"a.exe", program, "程序文件不收"},
		{"a", program, "程序文件不收"},
		{"说明.pdf", program, "内容和文件名不符的文件不收"},
		{"a.html", []byte("<html><body>x</body></html>"), "网页文件不收"},
		{"录音.mp3", append([]byte("ID3\x03\x00\x00\x00\x00\x00\x21"), make([]byte, 200)...), "录音文件不收"},
		{"a.bin", []byte{0, 1, 2, 3, 0xfe, 0xff}, "这类文件不收"},
	} {
		p.SendsDocument(c.name, c.data)
		m := p.ExpectMessage("「"+c.name+"」没有收下", c.want, "网盘")
		if strings.Contains(m.Text, "/") {
			t.Errorf("no words for people: %s", m.Text)
		}
	}
	p.SendsDocument("假.png", []byte("not a picture"))
	p.ExpectMessage("「假.png」不是能打开的图片", "重新拍照")
	s.quiet()
}
