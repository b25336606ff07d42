package bot

import (
	"bytes"
	"context"
	"errors"
	"strings"
	"testing"

	"paogai/bot/sandbox"
	"paogai/bot/text"
	"paogai/store"
)

// faulty fails in every way a handler can.
func faulty(*Bot) Routes {
	changed := func(err error) Handler {
		return func(_ context.Context, t *Turn) error {
			return errors.Join(t.Talk.Begin("f", "s", 1), err)
		}
	}
	return Routes{
		Commands: []Command{
			{Names: []string{"panic"}, Handle: func(context.Context, *Turn) error { panic("没想到 " + plumbToken) }},
			{Names: []string{"fault"}, Handle: changed(errors.New("a fault"))},
			{Names: []string{"no"}, Handle: func(context.Context, *Turn) error { return &store.Refusal{Code: "no"} }},
			{Names: []string{"rank"}, Handle: say("排名榜")},
			{Names: []string{"card"}, Handle: func(ctx context.Context, t *Turn) error {
				_, err := t.Say(ctx, Card{HTML: "卡", Buttons: [][]Button{{{Label: "拒", Data: Do("no")}, {Label: "崩", Data: Do("panic")}}}})
				return err
			}},
		},
		Taps: []TapRoute{
			{"no", func(context.Context, *Turn) error { return &store.Refusal{Code: "no"} }},
			{"panic", func(context.Context, *Turn) error { panic("again") }},
		},
		Steps:    []StepRoute{{"f", "s", say("不该到这里")}},
		Fallback: say("听不懂"),
		Explain: func(err error) (Card, bool) {
			var no *store.Refusal
			return Card{HTML: "不可以"}, errors.As(err, &no)
		},
		Apology: func(id string) Card { return Card{HTML: text.HTML("系统内部错误（编号 " + id + "）")} },
	}
}

func TestFaultsBecomeAnApologyWithAnId(t *testing.T) {
	p := lay(t, faulty, func(s *setting) { s.options.Rand = bytes.NewReader(bytes.Repeat([]byte{0x7F, 0x3A}, 100)) })
	a := p.client.Person(liaison1)
	a.Says("/panic")
	a.ExpectMessage("系统内部错误（编号 7F3A7F3A）")
	a.Says("/fault")
	a.ExpectMessage("系统内部错误")
	a.Says("现在呢") // the dialog that the fault began was not kept
	a.ExpectMessage("听不懂")
	p.idle()
	p.client.NoMore()
	if s := p.logged.text(); !strings.Contains(s, "id=7F3A7F3A") || strings.Contains(s, plumbToken) {
		t.Errorf("the log has no id, or it has the token:\n%s", s)
	}
}

func TestDecisionsBecomeTheirSentence(t *testing.T) {
	p := lay(t, faulty)
	a := p.client.Person(liaison1)
	a.Says("/no")
	a.ExpectMessage("不可以")
	a.Says("/card")
	card := a.ExpectMessage("卡")
	a.Click(card, "拒")
	a.ExpectToast("不可以")
	p.quiet()
	a.Click(card, "崩")
	a.ExpectMessage("系统内部错误")
	a.ExpectToast("")
	p.idle()
	p.client.NoMore()
}

func TestATroubledNetworkLosesNoAnswer(t *testing.T) {
	p := lay(t, faulty, func(s *setting) {
		s.sandbox.Faults = sandbox.Faults{Seed: 7, ServerError: 0.15, Drop: 0.15, LoseAnswer: 0.1, Repeat: 0.2}
	})
	a := p.client.Person(liaison1)
	for range 25 {
		a.Says("/rank")
	}
	for range 25 {
		a.ExpectMessage("排名榜")
	}
	p.idle()
	if strings.Contains(p.logged.text(), "level=ERROR") {
		t.Error(p.logged.text())
	}
}
