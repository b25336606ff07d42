package main

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"paogai/bot/sandbox"
)

// The people of the scripted week.
const (
	education = int64(1001) // 市教育局
	planning  = int64(1002) // 市发改委
	yongji    = int64(1003) // 永吉县
	petro     = int64(1004) // 吉林石化
	clerkA    = int64(1011)
	clerkB    = int64(1012)
	office    = int64(-5001)
)

// action is one thing that a person does in the scripted week, done for sure
// when it returns, however often the program was killed meanwhile.
type action struct {
	name string
	do   func(p *program)
}

// week is the scripted week: reminders, submissions begun, finished, returned
// and accepted, a night that makes units late, and one that files late.
func week() []action {
	var all []action
	add := func(name string, do func(*program)) { all = append(all, action{name, do}) }
	day := func(d string) { add("to "+d, func(p *program) { p.stepTo(d) }) }
	submit := func(who int64, task, note string) {
		add("begins "+task, func(p *program) { p.press(who, who, "临近时限", "申报 "+task, "请用文字写明") })
		all = append(all, finish(who, note)...)
	}
	day("2018-08-22")
	submit(education, "70", "已压减企业开办环节 & <b>三个</b>工作日办结。")
	add("accepts", func(p *program) { p.press(clerkA, office, "市教育局", "通过", "已通过") })
	day("2018-08-28")
	submit(yongji, "70", "已印发工作方案。")
	add("returns", func(p *program) { p.press(clerkB, office, "永吉县", "退回", "请选原因") })
	add("says why", func(p *program) { p.press(clerkB, office, "请选原因", "签字或盖章", "已退回") })
	add("begins half", func(p *program) { p.press(petro, petro, "临近时限", "申报 70", "请用文字写明") })
	day("2018-08-30")
	add("begins again", func(p *program) { p.press(yongji, yongji, "退回", "补正", "请用文字写明") })
	all = append(all, finish(yongji, "已补充盖章件。")...)
	add("accepts again", func(p *program) { p.press(clerkA, office, "已补充盖章件", "通过", "已通过") })
	day("2018-08-31")
	all = append(all, finish(petro, "半途放下，今天写完。")...)
	day("2018-09-01")
	day("2018-09-03")
	add("begins late", func(p *program) { p.press(planning, planning, "逾期", "申报 70", "请用文字写明") })
	all = append(all, finish(planning, "逾期补报。")...)
	add("accepts late", func(p *program) { p.press(clerkA, office, "逾期补报", "通过", "已通过") })
	day("2018-09-04")
	return all
}

// finish goes from the note to the receipt.
func finish(who int64, note string) []action {
	return []action{
		{"writes", func(p *program) { p.say(who, who, note, "请发佐证材料") }},
		{"sends", func(p *program) { p.send(who, fmt.Sprintf("%d-%d.txt", who, len(note)), "已收到 1 件材料") }},
		{"looks", func(p *program) { p.press(who, who, "已收到 1 件材料", "完成", "请核对") }},
		{"confirms", func(p *program) { p.press(who, who, "请核对", "确认提交", "回执") }},
	}
}

// stepTo moves the clock to nine in the morning of a day.
func (p *program) stepTo(day string) {
	p.t.Helper()
	target, err := time.Parse(time.RFC3339, day+"T09:00:00+08:00")
	if err != nil {
		p.t.Fatal(err)
	}
	p.until("step to "+day, func() (bool, error) {
		var clock sandbox.ClockView
		if err := p.get("/page/clock", &clock); err != nil {
			return false, err
		}
		if !clock.Now.Before(target) {
			return !clock.Busy, nil
		}
		return false, p.post("/page/step", map[string]any{"action": "date", "arg": day}, nil)
	})
}

// say writes a text once and waits for the answer.
func (p *program) say(who, chat int64, text, answer string) {
	p.t.Helper()
	p.once(chat, "say "+text, answer,
		func(m sandbox.Message) bool { return m.Out && m.Text == text },
		func() error {
			return p.post("/page/send", map[string]any{"from": who, "chat": chat, "text": text}, nil)
		})
}

// send uploads a file once and waits for the answer.
func (p *program) send(who int64, name, answer string) {
	p.t.Helper()
	p.once(who, "send "+name, answer,
		func(m sandbox.Message) bool { return m.Out && m.Document != nil && m.Document.FileName == name },
		func() error { return p.upload(who, name, []byte("佐证："+name)) })
}

// once does what leaves a message of ours, if it is not there, and waits until
// the bot answered after it.
func (p *program) once(chat int64, what, answer string, ours func(sandbox.Message) bool, do func() error) {
	p.t.Helper()
	p.until(what, func() (bool, error) {
		messages, err := p.chat(chat, 60)
		if err != nil {
			return false, err
		}
		at := slices.IndexFunc(messages, ours)
		if at < 0 {
			return false, do()
		}
		return hasBot(messages[at:], answer), nil
	})
	p.quiet()
}

// press taps the button of the last message with the words, again if nothing
// came of it, until the bot's answer stands in the chat: a new message, or the
// card itself changed.
func (p *program) press(who, chat int64, words, label, answer string) {
	p.t.Helper()
	tapped := time.Time{}
	p.until("press "+label, func() (bool, error) {
		messages, err := p.chat(chat, 60)
		if err != nil {
			return false, err
		}
		at, data := cardButton(messages, words, label)
		if at < 0 && tapped.IsZero() {
			return false, nil // the card has yet to come
		}
		if hasBot(messages[at+1:], answer) { // after the card, or anywhere once it has changed

			return true, nil
		}
		if at < 0 || time.Since(tapped) < time.Second {
			return false, nil
		}
		tapped = time.Now()
		return false, p.post("/page/press", map[string]any{"from": who, "chat": chat, "message_id": messages[at].MessageID, "data": data}, nil)
	})
	p.quiet()
}

// cardButton finds the last message with the words that has the button.
func cardButton(messages []sandbox.Message, words, label string) (at int, data string) {
	for i, m := range slices.Backward(messages) {
		if m.Out || m.ReplyMarkup == nil || !strings.Contains(m.Body(), words) {
			continue
		}
		for _, b := range slices.Concat(m.ReplyMarkup.Rows...) {
			if strings.Contains(b.Text, label) {
				return i, b.CallbackData
			}
		}
	}
	return -1, ""
}

func hasBot(messages []sandbox.Message, words string) bool {
	return slices.ContainsFunc(messages, func(m sandbox.Message) bool {
		return !m.Out && strings.Contains(m.Body(), words)
	})
}
