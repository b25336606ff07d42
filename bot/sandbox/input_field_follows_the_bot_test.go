package sandbox

import (
	"fmt"
	"testing"

	tg "github.com/go-telegram/bot"
	"github.com/go-telegram/bot/models"
)

func keyboardOf(key string, selective bool) models.ReplyKeyboardMarkup {
	return models.ReplyKeyboardMarkup{Keyboard: [][]models.KeyboardButton{{{Text: key}}}, Selective: selective}
}

// seen is what the page shows round a person's input field, in a word.
func (r *rig) seen(t *testing.T, chat, as int64) string {
	t.Helper()
	var v chatView
	r.page(t, fmt.Sprintf("/page/chat?id=%d&as=%d", chat, as), nil, &v)
	switch {
	case v.Force != nil:
		return "force " + v.Force.Placeholder
	case v.Keyboard != nil:
		return "keys " + v.Keyboard.Keyboard[0][0].Text
	}
	return "nothing"
}

// wrote has the bot send words with a markup.
func (r *rig) wrote(t *testing.T, chat int64, text string, markup models.ReplyMarkup) *models.Message {
	t.Helper()
	m, err := r.bot.SendMessage(r.ctx(), &tg.SendMessageParams{ChatID: chat, Text: text, ReplyMarkup: markup})
	must(t, err)
	return m
}

// The last markup for the input field is the one a person sees; words and
// inline buttons leave it alone, and an answer ends the wish for one.
func TestInputFieldFollowsTheBot(t *testing.T) {
	r := newRig(t)
	r.says(alice, "/start")
	force := models.ForceReply{ForceReply: true, InputFieldPlaceholder: "写几句"}
	for i, step := range []struct {
		act  func()
		want string
	}{
		{func() {}, "nothing"},
		{func() { r.wrote(t, alice, "a", keyboardOf("一", false)) }, "keys 一"},
		{func() { r.wrote(t, alice, "b", nil) }, "keys 一"},
		{func() { r.wrote(t, alice, "c", keys("x")) }, "keys 一"},
		{func() { r.says(alice, "一") }, "keys 一"},
		{func() { r.wrote(t, alice, "d", keyboardOf("二", false)) }, "keys 二"},
		{func() { r.wrote(t, alice, "e", force) }, "force 写几句"},
		{func() { r.wrote(t, alice, "f", nil) }, "force 写几句"},
		{func() { r.says(alice, "好") }, "nothing"},
		{func() { r.wrote(t, alice, "g", force) }, "force 写几句"},
		{func() { r.wrote(t, alice, "h", keyboardOf("三", false)) }, "keys 三"},
		{func() { r.wrote(t, alice, "i", models.ReplyKeyboardRemove{RemoveKeyboard: true}) }, "nothing"},
	} {
		step.act()
		if got := r.seen(t, alice, alice); got != step.want {
			t.Errorf("step %d: %s, want %s", i, got, step.want)
		}
	}
	if got := r.seen(t, bob, bob); got != "nothing" {
		t.Errorf("somebody else sees %s", got)
	}
}

// The page learns which message wants the answer.
func TestForcedAnswerNamesItsMessage(t *testing.T) {
	r := newRig(t)
	r.says(alice, "/start")
	asked := r.wrote(t, alice, "请写原因", models.ForceReply{ForceReply: true})
	var v chatView
	r.page(t, "/page/chat?id=1001", nil, &v)
	if v.Force == nil || v.Force.MessageID != asked.ID || v.Force.Placeholder != "" {
		t.Errorf("forced %+v, asked by %d", v.Force, asked.ID)
	}
}

// In a group a selective markup is for whom it answers or mentions, and one
// person's answer leaves the wish to the others.
func TestSelectiveMarkupIsForWhomItAddresses(t *testing.T) {
	r := newRig(t)
	said, err := r.Send(bob, group, Outgoing{Text: "/submit"})
	must(t, err)
	answer := func(text string, to int, markup models.ReplyMarkup) {
		p := &tg.SendMessageParams{ChatID: group, Text: text, ReplyMarkup: markup}
		if to != 0 {
			p.ReplyParameters = &models.ReplyParameters{MessageID: to}
		}
		_, err := r.bot.SendMessage(r.ctx(), p)
		must(t, err)
	}
	both := func(wantAlice, wantBob string) {
		t.Helper()
		if a, b := r.seen(t, group, alice), r.seen(t, group, bob); a != wantAlice || b != wantBob {
			t.Errorf("seen %q and %q, want %q and %q", a, b, wantAlice, wantBob)
		}
	}
	answer("选", said[0].MessageID, keyboardOf("回", true))
	both("nothing", "keys 回")
	answer("@edu_liaison 选", 0, keyboardOf("提", true))
	both("keys 提", "keys 回")
	answer("谁都不是", 0, keyboardOf("空", true))
	both("keys 提", "keys 回")
	answer("@nobody_here 选", 0, keyboardOf("空", true))
	both("keys 提", "keys 回")
	answer("走", said[0].MessageID, models.ReplyKeyboardRemove{RemoveKeyboard: true, Selective: true})
	both("keys 提", "nothing")
	answer("大家", 0, keyboardOf("众", false))
	both("keys 众", "keys 众")
	answer("都请回答", 0, models.ForceReply{ForceReply: true})
	both("force ", "force ")
	_, err = r.Send(bob, group, Outgoing{Text: "我答"})
	must(t, err)
	both("force ", "nothing")
}

// A keyboard goes with its group when that becomes a supergroup.
func TestKeyboardsSurviveMigration(t *testing.T) {
	r := newRig(t)
	r.wrote(t, group, "选", keyboardOf("一", false))
	to, err := r.Migrate(group)
	must(t, err)
	if got := r.seen(t, to, bob); got != "keys 一" {
		t.Errorf("seen %s", got)
	}
}

// Messages that came with a markup for the input field are never edited, as
// Telegram has it; others are, and a kill does not change which.
func TestMessagesWithKeyboardsAreNeverEdited(t *testing.T) {
	dir := t.TempDir()
	r := newRig(t, func(c *Config) { c.Dir = dir })
	r.says(alice, "/start")
	sent := map[string]int{
		"plain":  r.wrote(t, alice, "x", nil).ID,
		"inline": r.wrote(t, alice, "x", keys("a")).ID,
		"keys":   r.wrote(t, alice, "x", keyboardOf("一", false)).ID,
		"force":  r.wrote(t, alice, "x", models.ForceReply{ForceReply: true}).ID,
		"remove": r.wrote(t, alice, "x", models.ReplyKeyboardRemove{RemoveKeyboard: true}).ID,
	}
	check := func(r *rig, text string) {
		t.Helper()
		for name, id := range sent {
			_, err := r.bot.EditMessageText(r.ctx(), &tg.EditMessageTextParams{ChatID: alice, MessageID: id, Text: text})
			want := "Bad Request: message can't be edited"
			if name == "plain" || name == "inline" {
				want = ""
			}
			t.Run(name, func(t *testing.T) { wantError(t, err, want) })
		}
	}
	check(r, "y")
	must(t, r.Close())
	check(newRig(t, func(c *Config) { c.Dir = dir }), "z")
}

// What Telegram would not show as a markup is refused.
func TestMarkupRefusals(t *testing.T) {
	r := newRig(t)
	r.says(alice, "/start")
	for name, c := range map[string]struct{ markup, want string }{
		"no object":        {`[]`, "Bad Request: object expected as reply markup"},
		"null":             {`null`, "Bad Request: object expected as reply markup"},
		"nothing known":    {`{"x":1}`, "Bad Request: object expected as reply markup"},
		"no rows":          {`{"inline_keyboard":[]}`, ""},
		"an empty row":     {`{"inline_keyboard":[[]]}`, ""},
		"no text":          {`{"inline_keyboard":[[{"text":" ","callback_data":"x"}]]}`, "Bad Request: inline keyboard button text must be non-empty"},
		"two acts":         {`{"inline_keyboard":[[{"text":"x","callback_data":"x","url":"https://a.cn"}]]}`, "Bad Request: BUTTON_TYPE_INVALID"},
		"copies nothing":   {`{"inline_keyboard":[[{"text":"x","copy_text":{"text":""}}]]}`, "Bad Request: BUTTON_COPY_TEXT_INVALID"},
		"copies":           {`{"inline_keyboard":[[{"text":"x","copy_text":{"text":"编号"}}]]}`, ""},
		"tg link":          {`{"inline_keyboard":[[{"text":"x","url":"tg://user?id=1"}]]}`, ""},
		"script link":      {`{"inline_keyboard":[[{"text":"x","url":"javascript:alert(1)"}]]}`, "Bad Request: inline keyboard button URL 'javascript:alert(1)' is invalid: Wrong HTTP URL"},
		"switch inline":    {`{"inline_keyboard":[[{"text":"x","switch_inline_query":""}]]}`, ""},
		"nine in a row":    {`{"inline_keyboard":[[` + rowOf(9) + `]]}`, "Bad Request: REPLY_MARKUP_ROW_TOO_LONG"},
		"eight in a row":   {`{"inline_keyboard":[[` + rowOf(8) + `]]}`, ""},
		"a broken force":   {`{"force_reply":true,"selective":"x"}`, "Bad Request: can't parse force reply: json: cannot unmarshal string into Go struct field ForceReply.selective of type bool"},
		"a number as keys": {`{"keyboard":[[1]]}`, "Bad Request: can't parse keyboard button: key: json: cannot unmarshal number into Go value of type sandbox.plain"},
	} {
		t.Run(name, func(t *testing.T) {
			a := r.call(t, "sendMessage", "chat_id", alice, "text", "x", "reply_markup", c.markup)
			if a.Description != c.want {
				t.Errorf("%q, want %q", a.Description, c.want)
			}
		})
	}
}

func rowOf(n int) string {
	row := ""
	for i := range n {
		if i > 0 {
			row += ","
		}
		row += fmt.Sprintf(`{"text":"x","callback_data":"%d"}`, i)
	}
	return row
}
