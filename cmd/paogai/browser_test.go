package main

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"paogai/scoring"
)

// The people and the group of the rehearsal that the tour plays.
const (
	educationDesk = int64(1001) // 市教育局
	yongjiDesk    = int64(1003) // 永吉县
	clerkJia      = int64(1011)
	clerkYi       = int64(1012)
	leaderDesk    = int64(1021)
	officeRoom    = int64(-5001)
)

// lapse is the first deadline of the rehearsal, the moment after it.
const lapse = "2018-09-01T00:00:00+08:00"

// tour is the way through the page that issue 2 describes, played in one
// window; before is where two units stood at its start.
type tour struct {
	*testing.T
	w      *window
	before map[string]row
}

// TestTheWholeWayByClicking goes from the reminder to the rank with nothing but
// a pointer and a keyboard.
func TestTheWholeWayByClicking(t *testing.T) {
	browser := chromium(t)
	if browser == "" {
		return
	}
	d := startDemo(t)
	tr := &tour{T: t, w: openWindow(t, browser, d.url, desktop()), before: map[string]row{}}
	tr.w.picture("01-start")
	for _, unit := range []string{"市教育局", "永吉县"} {
		tr.before[unit] = tr.w.standing(unit)
	}
	tr.w.steps("reminder", "2018-08-22T09:00:00+08:00")
	duty := tr.reminded(educationDesk, "市教育局")
	accepted := tr.filed("市教育局", "企业开办流程已压减到三个工作日，一窗办结。")
	tr.accepts(accepted)

	other := openWindow(t, browser, fmt.Sprintf("%s#%d/%d", d.url, officeRoom, clerkYi), desktop())
	owed := tr.reminded(yongjiDesk, "永吉县")
	tr.returns(tr.filed("永吉县", "已完成 & <b>办结</b>。"), other)

	tr.w.steps("deadline", lapse)
	tr.lapsed("市教育局", duty-1) // one was accepted
	tr.lapsed("永吉县", owed)
	shown := tr.agrees()
	tr.told()

	small := openWindow(t, browser, d.url, phone())
	walk(small)
	for _, w := range []*window{small, other, tr.w} {
		w.close()
	}
	d.stop()
	sameOnTheCommandLine(t, d.dir, shown)
}

// reminded opens a liaison's chat, reads the reminder and presses its button;
// it returns how many tasks are due.
func (tr *tour) reminded(who int64, unit string) int {
	w := tr.w
	w.opens(who)
	m := w.expects(unit, "临近时限", "2018年8月31日（周五）", "还有 7 个工作日", "任务 70")
	w.picture(fmt.Sprintf("02-reminder-%d", who))
	w.presses(m, "申报 70")
	return number(tr.T, `(\d+) 项任务临近时限`, m.Text)
}

// filed goes through the submission of task 70 to the receipt and returns its
// number.
func (tr *tour) filed(unit, note string) string {
	w := tr.w
	w.expects("任务 70", "请用文字写明")
	w.says(note)
	w.expects("请发佐证材料")
	w.sendsFile(paper(tr.T, "总结.pdf", unit))
	have := w.expects("已收到 1 件材料", "总结.pdf")
	w.presses(have, "完成")
	preview := w.expects("请核对", "还没有提交", "任务 70", note, "总结.pdf", "按时")
	w.picture("03-preview")
	w.presses(preview, "确认提交")
	w.toasted("申报已提交")
	receipt := w.expects("申报回执", "任务 70", "2018年8月22日（周三）09:00:00", "按时", "总结.pdf", "等审核期间不扣分", "现在得分 "+tr.before[unit].score()+" 分")
	found := regexp.MustCompile(`申报回执　(S\d+)`).FindStringSubmatch(receipt.Text)
	if found == nil || !regexp.MustCompile(`\b[0-9a-f]{12}\b`).MatchString(receipt.Text) {
		tr.Fatalf("no number or no short SHA-256 on the receipt:\n%s", receipt.Text)
	}
	w.quiet()
	w.picture("04-receipt")
	return found[1]
}

// accepts looks at the card in the office's room as the first clerk and presses
// 通过; the liaison is told at once.
func (tr *tour) accepts(id string) {
	w := tr.w
	unit := "市教育局"
	tr.inRoom()
	w.expects(id, "总结.pdf")
	card := w.expects("待审申报", id, unit, "任务 70", "按时", "材料（1 件）")
	w.picture("05-card")
	done := w.standing(unit).done()
	w.presses(card, "通过")
	w.toasted(id + " 已通过")
	w.becomes(card, "已通过", "跑改办 甲")
	w.quiet()
	if now := w.standing(unit).done(); now != done+1 {
		tr.Errorf("the board shows %d tasks done after %d and one acceptance", now, done)
	}
	w.picture("06-accepted-room")
	w.opens(educationDesk)
	w.expects("申报 "+id+" 已通过", "跑改办 甲", "认定完成日期：2018年8月22日（周三）（按时）")
	w.quiet()
	w.until("the notices are gone", `!document.querySelector("#toasts .toast")`)
	w.picture("page") // the README shows it: cmd/paogai/rehearsal/page.png
}

// inRoom opens the office's group as the first clerk.
func (tr *tour) inRoom() {
	tr.w.opens(officeRoom)
	tr.w.until("跑改办甲 speaks", fmt.Sprintf(`document.querySelector("#speaker").value === "%d"`, clerkJia))
}

// returns lets both clerks press 退回 on one card: the first to give a reason
// decides, the other is told who did, and the unit what to do.
func (tr *tour) returns(id string, other *window) {
	w := tr.w
	tr.inRoom()
	card := w.expects("待审申报", id, "永吉县")
	w.presses(card, "退回")
	mine := w.expects("退回 "+id, "请选原因")
	other.chat = strconv.FormatInt(officeRoom, 10)
	other.presses(card, "退回")
	theirs := other.sees(fmt.Sprintf("id > %d", mine.ID), "退回 "+id, "请选原因")
	w.presses(mine, "签字或盖章")
	w.toasted(id + " 已退回")
	w.becomes(card, "已退回", "跑改办 甲", "材料缺少签字或盖章")
	other.becomes(card, "已退回", "跑改办 甲")
	other.presses(theirs, "材料看不清")
	other.toasted(id, "跑改办 甲", "退回")
	other.picture("07-second-clerk")
	w.opens(yongjiDesk)
	w.expects("申报 "+id+" 已退回", "材料缺少签字或盖章", "还有 7 个工作日")
	w.quiet()
	w.picture("08-returned")
}

// lapsed checks on the board that each unfinished task has cost five points.
func (tr *tour) lapsed(unit string, tasks int) {
	before, now := tr.before[unit], tr.w.standing(unit)
	lost := scoring.Points.Sub(points(tr.T, before.score()), points(tr.T, now.score()))
	want := points(tr.T, "5").Mul(points(tr.T, strconv.Itoa(tasks)))
	if tasks < 1 || !lost.Equal(want) || now.late() != before.late()+tasks {
		tr.Errorf("%s had %d tasks to finish; before %v, after %v", unit, tasks, before.Cells, now.Cells)
	}
	tr.w.picture("09-lapsed-class-" + now.Class)
}

// agrees compares what the chat says of scores and ranks with the board beside
// it, and returns the board of all classes.
func (tr *tour) agrees() map[string]row {
	w := tr.w
	own := w.standing("市教育局")
	w.opens(educationDesk)
	w.says("/score")
	w.expects("市教育局　得分 "+own.score()+" 分", "第三类 第 "+own.Cells[0]+" 名", "第十三条（一）",
		"没有按照时间节点完成任务的，每个项目在考核得分中扣5分", "= "+own.score()+" 分")
	w.quiet()
	w.picture("10-score")
	w.says("/rank")
	w.expects("第三类排名", "本单位：市教育局，第 "+own.Cells[0]+" 名，"+own.score()+" 分")
	w.opens(leaderDesk)
	all := map[string]row{}
	for _, class := range []string{"1", "2", "3", "4", "5"} {
		rows := w.class(class)
		w.says("/rank " + class)
		m := w.expects("类排名", fmt.Sprintf("共 %d 个单位", len(rows)), "2018年9月1日（周六）00:00:00")
		for unit, r := range rows {
			all[unit] = r
			if line := r.Cells[0] + ". " + unit + "　" + r.score() + " 分"; !strings.Contains(m.Text, line) {
				tr.Errorf("/rank %s has no %q:\n%s", class, line, m.Text)
			}
		}
	}
	w.class("3")
	w.quiet()
	w.picture("11-ranks")
	return all
}

// told goes to the next reminder: the unit is told what lapsed, by which
// article, and what it can do.
func (tr *tour) told() {
	w := tr.w
	w.steps("reminder", "2018-09-03T09:00:00+08:00")
	w.opens(yongjiDesk)
	m := w.expects("永吉县", "已逾期", "第十三条（一）", "−5.00 分", "仍请完成并申报")
	w.until("there is a button to submit", fmt.Sprintf(`!!document.querySelector(%s)`, quoted(underMessage(m, "申报 70"))))
	w.picture("12-told")
}
