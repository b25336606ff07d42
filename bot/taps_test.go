package bot

import (
	"context"
	"sync/atomic"
	"testing"

	"paogai/bot/sandbox"
	"paogai/bot/text"
)

// quiz is a dialog of two questions by buttons, then one by words.
func quiz(done *atomic.Int64) func(*Bot) Routes {
	ask := func(ctx context.Context, t *Turn, words, verb string) Card {
		return Card{HTML: text.Escape(words), Buttons: [][]Button{
			{{Label: "对", Data: t.Action(verb, "yes")}, {Label: "错", Data: t.Action(verb, "no")}},
			{{Label: "榜", Data: Do("board")}, {Label: "网", URL: "https://example.org/"}},
		}}
	}
	begin := func(ctx context.Context, t *Turn) error {
		if err := t.Talk.Begin("quiz", "one", nil); err != nil {
			return err
		}
		_, err := t.Say(ctx, ask(ctx, t, "第一问", "one"))
		return err
	}
	one := func(ctx context.Context, t *Turn) error {
		if err := t.Talk.Move("two", t.Tap.Action.Arg(0)); err != nil {
			return err
		}
		done.Add(1)
		_, err := t.Edit(ctx, t.Message, ask(ctx, t, "第二问", "two"))
		return err
	}
	two := func(ctx context.Context, t *Turn) error {
		var first string
		if err := t.Talk.Load(&first); err != nil {
			return err
		}
		t.Talk.End()
		done.Add(1)
		if err := t.Toast(ctx, "谢谢", false); err != nil {
			return err
		}
		_, err := t.Say(ctx, Card{HTML: text.Escape("答案 " + first + t.Tap.Action.Arg(0))})
		return err
	}
	return func(*Bot) Routes {
		return Routes{
			Commands: []Command{{Names: []string{"quiz"}, Handle: begin}, {Names: []string{"rank"}, Handle: say("排名榜")}},
			Taps: []TapRoute{
				{"one", one},
				{"two", two},
				{"board", func(ctx context.Context, t *Turn) error { return t.Toast(ctx, "榜在此", true) }},
			},
			Steps:    []StepRoute{{"quiz", "one", say("请按按钮")}},
			Resume:   map[string]Handler{"quiz": say("回到问题")},
			Stale:    func(ctx context.Context, t *Turn) error { return t.Toast(ctx, "按钮已过期", false) },
			Stranger: say("请先加入"),
			Unknown:  say("没有这个命令"),
			Fallback: say("听不懂"),
		}
	}
}

func TestADialogByButtons(t *testing.T) {
	var done atomic.Int64
	p := lay(t, quiz(&done))
	a := p.client.Person(liaison1)
	a.Says("/quiz")
	first := a.ExpectMessage("第一问")
	a.Says("对")
	a.ExpectMessage("请按按钮")
	a.Says("/rank")
	a.ExpectMessage("排名榜")
	a.ExpectMessage("回到问题")
	a.Click(first, "对")
	second := a.ExpectEdit(first, "第二问")
	a.ExpectToast("")
	a.Click(second, "错")
	a.ExpectToast("谢谢")
	a.ExpectMessage("答案 yesno")
	a.Says("完了吗")
	a.ExpectMessage("听不懂")
	p.idle()
	p.client.NoMore()
	p.quiet()
}

func TestOldButtonsAreRecognised(t *testing.T) {
	var done atomic.Int64
	p := lay(t, quiz(&done))
	a := p.client.Person(liaison1)
	a.Says("/quiz")
	old := a.ExpectMessage("第一问")
	a.Says("/quiz")
	fresh := a.ExpectMessage("第一问")
	a.Click(old, "对")
	a.ExpectToast("按钮已过期")
	a.Click(old, "榜") // belongs to no step: still good
	a.ExpectToast("榜在此")
	a.Click(fresh, "对")
	a.ExpectEdit(fresh, "第二问")
	a.ExpectToast("")
	a.Click(old, "错")
	a.ExpectToast("按钮已过期")
	p.idle()
	p.client.NoMore()
	p.quiet()
	if done.Load() != 1 {
		t.Errorf("%d answers were taken", done.Load())
	}
}

func TestTwoTapsAreOne(t *testing.T) {
	var done atomic.Int64
	p := lay(t, quiz(&done), func(s *setting) { s.sandbox.Faults = sandbox.Faults{Seed: 1, DoubleTap: 1} })
	a := p.client.Person(liaison1)
	a.Says("/quiz")
	card := a.ExpectMessage("第一问")
	data := card.ReplyMarkup.Rows[0][0].CallbackData
	for range 5 {
		ok(t, a.PressData(card, data))
	}
	a.ExpectEdit(card, "第二问")
	p.idle()
	a.Says("然后")
	a.ExpectMessage("听不懂")
	p.idle()
	p.quiet()
	if done.Load() != 1 {
		t.Errorf("%d answers were taken", done.Load())
	}
}

func TestStrangersLearnNothing(t *testing.T) {
	var done atomic.Int64
	p := lay(t, quiz(&done))
	a, s := p.client.Person(liaison1), p.client.Person(stranger)
	for _, words := range []string{"/quiz", "/rank", "/nonsense", "排名"} {
		s.Says(words)
		s.ExpectMessage("请先加入")
	}
	a.Says("/nonsense")
	a.ExpectMessage("没有这个命令")
	a.Says("/rank@other_bot")
	p.idle()
	p.client.NoMore()
	p.quiet()
}
