package sandbox

import (
	"encoding/json"
	"strings"
	"testing"

	tg "github.com/go-telegram/bot"
	"github.com/go-telegram/bot/models"
)

// A bot that left and a bot that was kicked are refused in other words.
func TestLeavingAndBeingKickedAreToldApart(t *testing.T) {
	for name, c := range map[string]struct {
		supergroup bool
		act        func(r *rig, group int64) error
		status     string
		want       string
	}{
		"kicked from a group": {false, func(r *rig, g int64) error { return r.RemoveBot(g, alice) }, "kicked", "Forbidden: bot was kicked from the group chat"},
		"kicked higher":       {true, func(r *rig, g int64) error { return r.RemoveBot(g, alice) }, "kicked", "Forbidden: bot was kicked from the supergroup chat"},
		"left a group":        {false, leave, "left", "Forbidden: bot is not a member of the group chat"},
		"left higher":         {true, leave, "left", "Forbidden: bot is not a member of the supergroup chat"},
	} {
		t.Run(name, func(t *testing.T) {
			r := newRig(t)
			chat := group
			if c.supergroup {
				var err error
				chat, err = r.Migrate(group)
				must(t, err)
			}
			must(t, c.act(r, chat))
			if u := r.lastUpdate(t).MyChatMember; u == nil || string(u.NewChatMember.Type) != c.status {
				t.Errorf("told %+v", u)
			}
			_, err := r.bot.SendMessage(r.ctx(), &tg.SendMessageParams{ChatID: chat, Text: "x"})
			wantError(t, err, c.want)
			m, err := r.bot.GetChatMember(r.ctx(), &tg.GetChatMemberParams{ChatID: chat, UserID: r.Server.bot.ID})
			must(t, err)
			if string(m.Type) != c.status {
				t.Errorf("is %s", m.Type)
			}
			list := r.History(chat)
			if last := list[len(list)-1]; last.LeftChatMember == nil || last.summary() != "离开了群" {
				t.Errorf("the chat shows %+v", last)
			}
			must(t, r.AddBot(chat, alice))
			_, err = r.bot.SendMessage(r.ctx(), &tg.SendMessageParams{ChatID: chat, Text: "回来了"})
			must(t, err)
		})
	}
}

func leave(r *rig, g int64) error {
	_, err := r.bot.LeaveChat(r.ctx(), &tg.LeaveChatParams{ChatID: g})
	return err
}

// Every method refuses a migrated group's old id with the new one.
func TestTheOldIdAlwaysNamesTheNew(t *testing.T) {
	r := newRig(t)
	m := r.wrote(t, group, "x", keys("a"))
	to, err := r.Migrate(group)
	must(t, err)
	for _, c := range []struct {
		method string
		args   []any
	}{
		{"sendMessage", []any{"text", "x"}},
		{"editMessageText", []any{"message_id", m.ID, "text", "y"}},
		{"editMessageReplyMarkup", []any{"message_id", m.ID}},
		{"deleteMessage", []any{"message_id", m.ID}},
		{"deleteMessages", []any{"message_ids", "[1]"}},
		{"pinChatMessage", []any{"message_id", m.ID}},
		{"unpinChatMessage", nil},
		{"unpinAllChatMessages", nil},
		{"sendChatAction", []any{"action", "typing"}},
		{"getChat", nil},
		{"getChatMember", []any{"user_id", alice}},
		{"getChatMemberCount", nil},
		{"leaveChat", nil},
		{"setMyCommands", []any{"commands", "[]", "scope", `{"type":"chat","chat_id":-500}`}},
	} {
		a := r.call(t, c.method, append([]any{"chat_id", group}, c.args...)...)
		if a.Description != "Bad Request: group chat was upgraded to a supergroup chat" || a.Parameters.MigrateTo != to {
			t.Errorf("%s: %+v", c.method, a)
		}
	}
	if again, err := r.Migrate(group); err != nil || again != to {
		t.Errorf("migrated again to %d, %v", again, err)
	}
	if _, err := r.Migrate(to); err == nil {
		t.Error("a supergroup migrated")
	}
	if _, err := r.Migrate(alice); err == nil {
		t.Error("a person migrated")
	}
	must(t, r.AddGroup(Group{ID: group, Title: "旧名", Members: []int64{alice}}))
	if list := r.pageGroups(t); len(list) != 1 || list[0].ID != to || list[0].Title != "跑改办群" {
		t.Errorf("the page lists %+v", list)
	}
}

func (r *rig) pageGroups(t *testing.T) []groupView {
	t.Helper()
	var v stateView
	r.page(t, "/page/state", nil, &v)
	return v.Groups
}

// Whom the bot never met is no chat for it; whom it sees in a group it may
// not write to first; who wrote to it is reachable.
func TestTheBotReachesWhomItMet(t *testing.T) {
	r := newRig(t)
	must(t, r.AddPerson(Person{ID: 1003, Name: "陌生人"}))
	write := func(to int64) error {
		_, err := r.bot.SendMessage(r.ctx(), &tg.SendMessageParams{ChatID: to, Text: "x"})
		return err
	}
	wantError(t, write(1003), "Bad Request: chat not found")
	wantError(t, write(bob), "Forbidden: bot can't initiate conversation with a user")
	must(t, r.RemoveBot(group, alice))
	wantError(t, write(bob), "Bad Request: chat not found")
	must(t, r.AddBot(group, alice))
	must(t, r.AddGroup(Group{ID: group, Title: "跑改办群", Members: []int64{alice, bob, 1003}}))
	wantError(t, write(1003), "Forbidden: bot can't initiate conversation with a user")
	r.says(1003, "/start")
	wantError(t, write(1003), "")
	must(t, r.Block(1003))
	wantError(t, write(1003), "Forbidden: bot was blocked by the user")
	must(t, r.Unblock(1003))
	wantError(t, write(1003), "")
}

// Only an administrator deletes what others wrote in a group; a member sees
// what privacy mode lets through, whatever is sent.
func TestPrivacyModeHoldsForEveryKind(t *testing.T) {
	r := newRig(t)
	own := r.wrote(t, group, "问题", nil)
	file := []Upload{{Name: "a.pdf", Data: []byte("%PDF")}}
	for name, c := range map[string]struct {
		out    Outgoing
		heard  bool
		chatID int64
	}{
		"words":                 {Outgoing{Text: "闲聊"}, false, group},
		"a file":                {Outgoing{Files: file}, false, group},
		"a caption":             {Outgoing{Files: file, Caption: "见 @paogai_bot"}, false, group},
		"a command as caption":  {Outgoing{Files: file, Caption: "/submit@paogai_bot"}, true, group},
		"a file as answer":      {Outgoing{Files: file, ReplyTo: own.ID}, true, group},
		"a sticker":             {Outgoing{Sticker: true}, false, group},
		"a sticker as answer":   {Outgoing{Sticker: true, ReplyTo: own.ID}, true, group},
		"a command":             {Outgoing{Text: "/rank"}, true, group},
		"a command inside":      {Outgoing{Text: "发 /rank 看看"}, false, group},
		"another's command":     {Outgoing{Text: "/rank@other_bot"}, false, group},
		"in capitals":           {Outgoing{Text: "/rank@PAOGAI_BOT"}, true, group},
		"a place":               {Outgoing{Location: &Location{}}, false, group},
		"a private sticker":     {Outgoing{Sticker: true}, true, alice},
		"a private vote":        {Outgoing{Poll: []string{"问", "答"}}, true, alice},
		"a private card":        {Outgoing{Contact: &Contact{FirstName: "联络员甲"}}, true, alice},
		"a private voice":       {Outgoing{Voice: true}, true, alice},
		"a private place":       {Outgoing{Location: &Location{}}, true, alice},
		"private words, spaced": {Outgoing{Text: "  话  "}, true, alice},
	} {
		before := r.Pending()
		_, err := r.Send(alice, c.chatID, c.out)
		must(t, err)
		if heard := r.Pending() > before; heard != c.heard {
			t.Errorf("%s: heard %v", name, heard)
		}
	}
}

// An edit in a group is heard as its message would be.
func TestEditsKeepPrivacy(t *testing.T) {
	r := newRig(t)
	said, err := r.Send(alice, group, Outgoing{Text: "闲聊"})
	must(t, err)
	must(t, r.Edit(alice, group, said[0].MessageID, "还是闲聊"))
	if r.Pending() != 0 {
		t.Error("an edit of small talk was heard")
	}
	must(t, r.Edit(alice, group, said[0].MessageID, "/rank"))
	if u := r.lastUpdate(t); u.EditedMessage == nil || u.EditedMessage.Text != "/rank" {
		t.Errorf("heard %+v", u)
	}
}

// Joining and leaving is for members; the page's list follows.
func TestOnlyMembersChangeAGroup(t *testing.T) {
	r := newRig(t)
	must(t, r.AddPerson(Person{ID: 1003, Name: "路人"}))
	for name, c := range map[string]struct {
		err  error
		want PersonError
	}{
		"a stranger adds":   {r.AddBot(group, 1003), ErrNotMember},
		"a stranger kicks":  {r.RemoveBot(group, 1003), ErrNotMember},
		"nobody kicks":      {r.RemoveBot(group, 9), ErrNoPerson},
		"from a private":    {r.RemoveBot(alice, alice), ErrNoGroup},
		"from nowhere":      {r.RemoveBot(-9, alice), ErrNoChat},
		"who is in already": {r.AddBot(group, alice), ""},
	} {
		switch {
		case c.want == "" && c.err != nil, c.want != "" && !errorIs(c.err, c.want):
			t.Errorf("%s: %v", name, c.err)
		}
	}
	if list := r.pageGroups(t); !list[0].BotMember {
		t.Error("the bot is out")
	}
	must(t, r.RemoveBot(group, bob))
	must(t, r.AddGroup(Group{ID: group, Title: "新名", Members: []int64{alice, bob}, BotMember: true}))
	if list := r.pageGroups(t); list[0].BotMember || list[0].Title != "新名" {
		t.Errorf("after the change %+v", list[0])
	}
}

func errorIs(err error, want PersonError) bool { return err != nil && err.Error() == string(want) }

// The menu is the narrowest scope that has commands, Chinese before none.
func TestTheNarrowestMenuIsShown(t *testing.T) {
	r := newRig(t)
	r.says(alice, "/start")
	steps := []struct{ scope, language string }{
		{`{"type":"default"}`, ""},
		{`{"type":"default"}`, "zh"},
		{`{"type":"all_group_chats"}`, ""},
		{`{"type":"all_private_chats"}`, "zh"},
		{`{"type":"chat","chat_id":-500}`, ""},
		{`{"type":"chat","chat_id":1001}`, ""},
		{`{"type":"chat_member","chat_id":-500,"user_id":1001}`, ""},
		{`{"type":"default"}`, "en"},
	}
	wanted := []string{"c0 c0 c0", "c1 c1 c1", "c1 c2 c2", "c3 c2 c2", "c3 c4 c4", "c5 c4 c4", "c5 c6 c4", "c5 c6 c4"}
	for i, s := range steps {
		commands, err := json.Marshal([]BotCommand{{"c" + string(rune('0'+i)), "说明"}})
		must(t, err)
		a := r.call(t, "setMyCommands", "commands", string(commands), "scope", s.scope, "language_code", s.language)
		if !a.OK {
			t.Fatal(a.Description)
		}
		got := strings.Join([]string{r.menuOf(t, "1001"), r.menuOf(t, "-500&as=1001"), r.menuOf(t, "-500&as=1002")}, " ")
		if got != wanted[i] {
			t.Errorf("step %d: menus %s, want %s", i, got, wanted[i])
		}
	}
	if a := r.call(t, "setMyCommands", "commands", "[]", "scope", `{"type":"chat_member","chat_id":1001,"user_id":1001}`); a.OK {
		t.Error("a member's menu in a private chat was taken")
	}
}

func (r *rig) menuOf(t *testing.T, query string) string {
	t.Helper()
	var v chatView
	r.page(t, "/page/chat?id="+query, nil, &v)
	if len(v.Menu) == 0 {
		return ""
	}
	return v.Menu[0].Command
}

// The real client reads what a group tells of itself.
func TestGroupsAreReadByTheRealClient(t *testing.T) {
	r := newRig(t)
	must(t, r.AddGroup(Group{ID: -7, Title: "管理群", Members: []int64{alice}, BotMember: true, BotAdmin: true}))
	chat, err := r.bot.GetChat(r.ctx(), &tg.GetChatParams{ChatID: -7})
	must(t, err)
	if chat.Type != models.ChatTypeGroup || chat.Title != "管理群" {
		t.Errorf("chat %+v", chat)
	}
	n, err := r.bot.GetChatMemberCount(r.ctx(), &tg.GetChatMemberCountParams{ChatID: -7})
	must(t, err)
	if n != 2 {
		t.Errorf("%d members", n)
	}
	m, err := r.bot.GetChatMember(r.ctx(), &tg.GetChatMemberParams{ChatID: -7, UserID: r.Server.bot.ID})
	must(t, err)
	if m.Type != models.ChatMemberTypeAdministrator {
		t.Errorf("the bot is %s", m.Type)
	}
	said, err := r.Send(alice, -7, Outgoing{Text: "删我"})
	must(t, err)
	_, err = r.bot.DeleteMessage(r.ctx(), &tg.DeleteMessageParams{ChatID: -7, MessageID: said[0].MessageID})
	must(t, err)
}
