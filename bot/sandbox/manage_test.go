package sandbox

import (
	"strings"
	"testing"
	"time"

	tg "github.com/go-telegram/bot"
	"github.com/go-telegram/bot/models"
)

// A tap is answered once, in time, with at most 200 characters.
func TestCallbacks(t *testing.T) {
	r := newRig(t)
	r.says(alice, "hi")
	m, err := r.bot.SendMessage(r.ctx(), &tg.SendMessageParams{ChatID: alice, Text: "x", ReplyMarkup: keys("yes")})
	must(t, err)
	const old = "Bad Request: query is too old and response timeout expired or query ID is invalid"
	answer := func(id, text string) error {
		_, err := r.bot.AnswerCallbackQuery(r.ctx(), &tg.AnswerCallbackQueryParams{CallbackQueryID: id, Text: text})
		return err
	}
	press := func() string {
		id, err := r.Press(alice, alice, m.ID, "yes")
		must(t, err)
		return id
	}
	first, second := press(), press()
	wantError(t, answer(first, strings.Repeat("跑", 201)), "Bad Request: MESSAGE_TOO_LONG")
	wantError(t, answer(first, strings.Repeat("跑", 200)), "")
	wantError(t, answer(first, ""), old)
	wantError(t, answer("12345", ""), old)
	r.clock.add(callbackLife + time.Second)
	wantError(t, answer(second, ""), old)

	_, err = r.Press(alice, alice, m.ID, "no")
	wantError(t, err, string(ErrNoButton))
	_, err = r.Press(bob, alice, m.ID, "yes")
	wantError(t, err, string(ErrNoChat))
	_, err = r.Press(alice, alice, 999, "yes")
	wantError(t, err, string(ErrNoMessage))
	u := r.updates(t, -1)[0].CallbackQuery
	if u.Data != "yes" || u.From.ID != alice || u.Message.MessageID != m.ID || u.Message.ReplyMarkup == nil {
		t.Errorf("update %+v", u)
	}
}

// The bot deletes its own messages and those of private chats, under 48 hours.
func TestDelete(t *testing.T) {
	r := newRig(t)
	del := func(chat int64, id int) error {
		_, err := r.bot.DeleteMessage(r.ctx(), &tg.DeleteMessageParams{ChatID: chat, MessageID: id})
		return err
	}
	private := r.says(alice, "hi")
	inGroup, err := r.Send(alice, group, Outgoing{Text: "hi"})
	must(t, err)
	own, err := r.bot.SendMessage(r.ctx(), &tg.SendMessageParams{ChatID: group, Text: "x"})
	must(t, err)
	aged := r.says(alice, "old")
	const no = "Bad Request: message can't be deleted for everyone"
	wantError(t, del(alice, private.MessageID), "")
	wantError(t, del(alice, private.MessageID), "Bad Request: message to delete not found")
	wantError(t, del(group, inGroup[0].MessageID), no)
	r.clock.add(48 * time.Hour)
	wantError(t, del(group, own.ID), "")
	r.clock.add(time.Second)
	wantError(t, del(alice, aged.MessageID), no)
	if list := r.History(alice); len(list) != 1 || list[0].Text != "old" {
		t.Errorf("left %+v", list)
	}
}

// Pins are shown, listed by getChat and told by a service message.
func TestPins(t *testing.T) {
	r := newRig(t)
	r.says(alice, "hi")
	m, err := r.bot.SendMessage(r.ctx(), &tg.SendMessageParams{ChatID: alice, Text: "置顶我"})
	must(t, err)
	_, err = r.bot.PinChatMessage(r.ctx(), &tg.PinChatMessageParams{ChatID: alice, MessageID: m.ID})
	must(t, err)
	if !last(r, alice, m.ID).Pinned {
		t.Error("not pinned")
	}
	if u := r.updates(t, -1)[0]; u.Message == nil || u.Message.PinnedMessage.MessageID != m.ID {
		t.Errorf("update %+v", u)
	}
	chat, err := r.bot.GetChat(r.ctx(), &tg.GetChatParams{ChatID: alice})
	must(t, err)
	if chat.PinnedMessage == nil || chat.PinnedMessage.ID != m.ID {
		t.Errorf("getChat %+v", chat.PinnedMessage)
	}
	_, err = r.bot.PinChatMessage(r.ctx(), &tg.PinChatMessageParams{ChatID: alice, MessageID: 999})
	wantError(t, err, "Bad Request: message to pin not found")
	_, err = r.bot.UnpinChatMessage(r.ctx(), &tg.UnpinChatMessageParams{ChatID: alice})
	must(t, err)
	_, err = r.bot.UnpinChatMessage(r.ctx(), &tg.UnpinChatMessageParams{ChatID: alice})
	wantError(t, err, "Bad Request: message to unpin not found")
}

// Copies carry the content and not the keyboard; actions must be known.
func TestCopyAndAction(t *testing.T) {
	r := newRig(t)
	r.says(alice, "hi")
	r.says(bob, "hi")
	sent, err := r.Send(alice, alice, Outgoing{Files: []Upload{{Name: "a.pdf", Data: []byte("a")}}, Caption: "原"})
	must(t, err)
	copied, err := r.bot.CopyMessage(r.ctx(), &tg.CopyMessageParams{ChatID: bob, FromChatID: alice, MessageID: sent[0].MessageID})
	must(t, err)
	if m := last(r, bob, copied.ID); m.Document == nil || m.Caption != "原" || m.Out {
		t.Errorf("copy %+v", m)
	}
	_, err = r.bot.CopyMessage(r.ctx(), &tg.CopyMessageParams{ChatID: bob, FromChatID: alice, MessageID: 999})
	wantError(t, err, "Bad Request: message to copy not found")
	_, err = r.bot.SendChatAction(r.ctx(), &tg.SendChatActionParams{ChatID: alice, Action: models.ChatActionTyping})
	must(t, err)
	_, err = r.bot.SendChatAction(r.ctx(), &tg.SendChatActionParams{ChatID: alice, Action: "flying"})
	wantError(t, err, "Bad Request: wrong parameter action in request")
}

// Commands are checked, and the narrowest scope is the menu.
func TestCommands(t *testing.T) {
	r := newRig(t)
	r.says(alice, "hi")
	set := func(scope models.BotCommandScope, list ...models.BotCommand) error {
		_, err := r.bot.SetMyCommands(r.ctx(), &tg.SetMyCommandsParams{Commands: list, Scope: scope})
		return err
	}
	cmd := func(name, words string) models.BotCommand {
		return models.BotCommand{Command: name, Description: words}
	}
	wantError(t, set(nil, cmd("rank", "看排名")), "")
	wantError(t, set(nil, cmd("Rank", "x")), "Bad Request: BOT_COMMAND_INVALID")
	wantError(t, set(nil, cmd("排名", "x")), "Bad Request: BOT_COMMAND_INVALID")
	wantError(t, set(nil, cmd(strings.Repeat("x", 33), "x")), "Bad Request: command length must not exceed 32")
	wantError(t, set(nil, cmd("", "x")), "Bad Request: command must be non-empty")
	wantError(t, set(nil, cmd("rank", "")), "Bad Request: command description must be non-empty")
	wantError(t, set(nil, cmd("rank", strings.Repeat("x", 257))), "Bad Request: command description length must not exceed 256")
	wantError(t, set(nil, make([]models.BotCommand, 101)...), "Bad Request: BOT_COMMANDS_TOO_MUCH")
	wantError(t, set(&models.BotCommandScopeChat{ChatID: 77}, cmd("rank", "x")), "Bad Request: chat not found")
	wantError(t, set(&models.BotCommandScopeChat{ChatID: alice}, cmd("submit", "申报")), "")
	wantError(t, set(&models.BotCommandScopeAllGroupChats{}, cmd("board", "榜")), "")
	menu := func(chat, as int64) string {
		r.mu.Lock()
		defer r.mu.Unlock()
		return r.state.menu(r.state.chats[chat], as)[0].Command
	}
	if got := menu(alice, alice) + menu(bob, bob) + menu(group, bob); got != "submitrankboard" {
		t.Errorf("menus %s", got)
	}
	list, err := r.bot.GetMyCommands(r.ctx(), &tg.GetMyCommandsParams{})
	must(t, err)
	if len(list) != 1 || list[0].Command != "rank" {
		t.Errorf("commands %+v", list)
	}
	_, err = r.bot.DeleteMyCommands(r.ctx(), &tg.DeleteMyCommandsParams{Scope: &models.BotCommandScopeChat{ChatID: alice}})
	must(t, err)
	if got := menu(alice, alice); got != "rank" {
		t.Errorf("menu after the deletion %s", got)
	}
}
