package sandbox

import (
	"errors"
	"strings"
	"testing"

	tg "github.com/go-telegram/bot"
	"github.com/go-telegram/bot/models"
)

// A person who stops the bot is out of its reach, and the bot is told.
func TestBlocking(t *testing.T) {
	r := newRig(t)
	r.says(alice, "hi")
	must(t, r.Block(alice))
	must(t, r.Block(alice))
	_, err := r.bot.SendMessage(r.ctx(), &tg.SendMessageParams{ChatID: alice, Text: "x"})
	wantError(t, err, "Forbidden: bot was blocked by the user")
	if !errors.Is(err, tg.ErrorForbidden) {
		t.Error("the client does not take it for forbidden")
	}
	_, err = r.Send(alice, alice, Outgoing{Text: "x"})
	wantError(t, err, string(ErrBlocked))
	if _, err := r.Start(alice, "token-1"); err != nil {
		t.Fatal(err)
	}
	list := r.updates(t, 0)
	if len(list) != 4 || list[1].MyChatMember.New.Status != "kicked" || list[2].MyChatMember.New.Status != "member" || list[3].Message.Text != "/start token-1" {
		t.Errorf("updates %+v", list)
	}
	_, err = r.Start(alice, "not a token")
	wantError(t, err, string(ErrBadPayload))
}

// In a group the bot gets what Telegram's privacy mode lets through.
func TestPrivacyMode(t *testing.T) {
	r := newRig(t)
	own, err := r.bot.SendMessage(r.ctx(), &tg.SendMessageParams{ChatID: group, Text: "大家好"})
	must(t, err)
	say := func(text string, replyTo int) {
		_, err := r.Send(alice, group, Outgoing{Text: text, ReplyTo: replyTo})
		must(t, err)
	}
	say("闲聊", 0)
	say("问 @paogai_bot", 0)
	say("/rank@other_bot", 0)
	say("/rank", 0)
	say("/rank@paogai_bot", 0)
	say("请看 /rank@paogai_bot", 0)
	say("回复机器人", own.ID)
	var got []string
	for _, u := range r.updates(t, 0) {
		got = append(got, u.Message.Text)
	}
	if want := "/rank,/rank@paogai_bot,请看 /rank@paogai_bot,回复机器人"; strings.Join(got, ",") != want {
		t.Errorf("heard %q", got)
	}
	must(t, r.AddGroup(Group{ID: -502, Title: "管理群", Members: []int64{alice}, BotMember: true, BotAdmin: true}))
	_, err = r.Send(alice, -502, Outgoing{Text: "管理员听得见"})
	must(t, err)
	if list := r.updates(t, -1); list[0].Message == nil || list[0].Message.Text != "管理员听得见" {
		t.Errorf("heard %+v", list)
	}
	_, err = r.Send(bob, -502, Outgoing{Text: "x"})
	wantError(t, err, string(ErrNotMember))
}

// Adding and removing the bot is told; outside it may not write.
func TestBotMembership(t *testing.T) {
	r := newRig(t)
	must(t, r.RemoveBot(group, alice))
	_, err := r.bot.SendMessage(r.ctx(), &tg.SendMessageParams{ChatID: group, Text: "x"})
	wantError(t, err, "Forbidden: bot was kicked from the group chat")
	must(t, r.AddBot(group, bob))
	_, err = r.bot.SendMessage(r.ctx(), &tg.SendMessageParams{ChatID: group, Text: "x"})
	must(t, err)
	var kinds []string
	for _, u := range r.updates(t, 0) {
		kinds = append(kinds, u.kind())
	}
	if want := "message,my_chat_member,my_chat_member,message"; strings.Join(kinds, ",") != want {
		t.Errorf("updates %q", kinds)
	}
	m, err := r.bot.GetChatMember(r.ctx(), &tg.GetChatMemberParams{ChatID: group, UserID: bob})
	must(t, err)
	if m.Type != models.ChatMemberTypeMember {
		t.Errorf("member %+v", m)
	}
	_, err = r.bot.GetChatMember(r.ctx(), &tg.GetChatMemberParams{ChatID: group, UserID: 5})
	wantError(t, err, "Bad Request: user not found")
}

// After the upgrade the old id answers with the new one, which works.
func TestMigration(t *testing.T) {
	r := newRig(t)
	to, err := r.Migrate(group)
	must(t, err)
	_, err = r.bot.SendMessage(r.ctx(), &tg.SendMessageParams{ChatID: group, Text: "x"})
	var moved *tg.MigrateError
	if !errors.As(err, &moved) || int64(moved.MigrateToChatID) != to {
		t.Fatalf("refused with %v", err)
	}
	if !strings.HasSuffix(moved.Message, "group chat was upgraded to a supergroup chat") {
		t.Errorf("words %q", moved.Message)
	}
	m, err := r.bot.SendMessage(r.ctx(), &tg.SendMessageParams{ChatID: to, Text: "x"})
	must(t, err)
	if m.ID != 2 || m.Chat.Type != "supergroup" {
		t.Errorf("sent %+v", m)
	}
	list := r.updates(t, 0)
	if len(list) != 2 || list[0].Message.MigrateToChatID != to || list[1].Message.MigrateFromChatID != group {
		t.Errorf("updates %+v", list)
	}
	_, err = r.Send(alice, group, Outgoing{Text: "x"})
	wantError(t, err, string(ErrMigrated))
	chat, err := r.bot.GetChat(r.ctx(), &tg.GetChatParams{ChatID: to})
	must(t, err)
	if chat.Title != "跑改办群" {
		t.Errorf("chat %+v", chat)
	}
}
