package sandbox

import (
	"bytes"
	"fmt"
	"mime/multipart"
	"net/http"
	"slices"
	"strings"
	"testing"

	tg "github.com/go-telegram/bot"
)

// told is the events of an act, up to the one that Changed makes.
func (r *rig) told(t *testing.T, act func()) []string {
	t.Helper()
	events := make(chan Event, 100)
	defer r.Watch(func(e Event) { events <- e })()
	act()
	r.Changed()
	var list []string
	for {
		e := <-events
		if e.Type == "host" {
			return list
		}
		list = append(list, strings.TrimSpace(fmt.Sprintf("%s %d", e.Type, e.Chat)))
	}
}

// Each act is told to the page by the events that say what to draw anew.
func TestEveryActIsTold(t *testing.T) {
	r := newRig(t)
	r.says(alice, "/start")
	m := r.wrote(t, alice, "x", keys("a"))
	var tap string
	for _, c := range []struct {
		name string
		act  func() error
		want string
	}{
		{"a person writes", func() error { _, err := r.Send(alice, alice, Outgoing{Text: "x"}); return err }, "message 1001"},
		{"an album", func() error {
			_, err := r.Send(alice, alice, Outgoing{Files: []Upload{{Name: "a", Data: []byte("a")}, {Name: "b", Data: []byte("b")}}})
			return err
		}, "message 1001,message 1001"},
		{"the bot writes", func() error { r.wrote(t, alice, "y", nil); return nil }, "message 1001,unread 1001"},
		{"the bot edits", func() error {
			_, err := r.bot.EditMessageText(r.ctx(), &tg.EditMessageTextParams{ChatID: alice, MessageID: m.ID, Text: "z", ReplyMarkup: keys("a")})
			return err
		}, "edit 1001"},
		{"a person presses", func() (err error) { tap, err = r.Press(alice, alice, m.ID, "a"); return err }, ""},
		{"the bot answers the tap", func() error {
			_, err := r.bot.AnswerCallbackQuery(r.ctx(), &tg.AnswerCallbackQueryParams{CallbackQueryID: tap, Text: "好"})
			return err
		}, "toast 1001"},
		{"the bot types", func() error {
			_, err := r.bot.SendChatAction(r.ctx(), &tg.SendChatActionParams{ChatID: alice, Action: "typing"})
			return err
		}, "action 1001"},
		{"the bot pins", func() error {
			_, err := r.bot.PinChatMessage(r.ctx(), &tg.PinChatMessageParams{ChatID: alice, MessageID: m.ID})
			return err
		}, "pin 1001,message 1001"},
		{"pins again", func() error {
			_, err := r.bot.PinChatMessage(r.ctx(), &tg.PinChatMessageParams{ChatID: alice, MessageID: m.ID})
			return err
		}, ""},
		{"deletes what is pinned", func() error {
			_, err := r.bot.DeleteMessage(r.ctx(), &tg.DeleteMessageParams{ChatID: alice, MessageID: m.ID})
			return err
		}, "delete 1001"},
		{"a person stops the bot", func() error { return r.Block(alice) }, "people 0,member 1001"},
		{"stops it again", func() error { return r.Block(alice) }, ""},
		{"and starts it", func() error { return r.Unblock(alice) }, "people 0,member 1001"},
		{"the bot is removed", func() error { return r.RemoveBot(group, alice) }, "message -500,member -500"},
		{"and added", func() error { return r.AddBot(group, alice) }, "member -500,message -500"},
		{"a menu", func() error { a := r.call(t, "setMyCommands", "commands", "[]"); return orNil(a) }, "menu 0"},
		{"the page is read", func() error { r.page(t, "/page/seen", map[string]any{"chat": alice}, nil); return nil }, "unread 1001"},
		{"and read again", func() error { r.page(t, "/page/seen", map[string]any{"chat": alice}, nil); return nil }, ""},
		{"a known person", func() error { return r.AddPerson(Person{ID: bob, Name: "跑改办科员"}) }, ""},
		{"a new person", func() error { return r.AddPerson(Person{ID: 9, Name: "新"}) }, "people 0"},
	} {
		got := r.told(t, func() { must(t, c.act()) })
		if strings.Join(got, ",") != c.want {
			t.Errorf("%s: told %q, want %s", c.name, got, c.want)
		}
	}
}

func orNil(a answer) error {
	if a.OK {
		return nil
	}
	return fmt.Errorf("refused: %s", a.Description)
}

// What the page may not do is refused in a Chinese sentence, and nothing
// happens.
func TestThePageIsToldWhyNot(t *testing.T) {
	r := newRig(t)
	said := r.says(alice, "/start")
	theirs := r.wrote(t, alice, "x", nil)
	for name, c := range map[string]struct {
		path string
		body any
		want PersonError
	}{
		"empty words":      {"/page/send", m{"from": alice, "chat": alice, "text": " \n"}, ErrEmpty},
		"nobody":           {"/page/send", m{"from": 5, "chat": 5, "text": "x"}, ErrNoPerson},
		"another's chat":   {"/page/send", m{"from": alice, "chat": bob, "text": "x"}, ErrNoChat},
		"no such chat":     {"/page/send", m{"from": alice, "chat": -9, "text": "x"}, ErrNoChat},
		"an answer to air": {"/page/send", m{"from": alice, "chat": alice, "text": "x", "reply_to": 99}, ErrNoMessage},
		"a gone button":    {"/page/press", m{"from": alice, "chat": alice, "message_id": theirs.ID, "data": "a"}, ErrNoButton},
		"a gone message":   {"/page/press", m{"from": alice, "chat": alice, "message_id": 99, "data": "a"}, ErrNoMessage},
		"the bot's words":  {"/page/edit", m{"from": alice, "chat": alice, "message_id": theirs.ID, "text": "y"}, ErrNotYours},
		"no words":         {"/page/edit", m{"from": alice, "chat": alice, "message_id": said.MessageID, "text": ""}, ErrEmpty},
		"the same words":   {"/page/edit", m{"from": alice, "chat": alice, "message_id": said.MessageID, "text": "/start"}, ErrUnchanged},
		"too long":         {"/page/edit", m{"from": alice, "chat": alice, "message_id": said.MessageID, "text": strings.Repeat("长", 4097)}, ErrEmpty},
		"edit in the air":  {"/page/edit", m{"from": alice, "chat": alice, "message_id": 99, "text": "y"}, ErrNoMessage},
		"edit by nobody":   {"/page/edit", m{"from": 5, "chat": alice, "message_id": 1, "text": "y"}, ErrNoPerson},
		"a strange link":   {"/page/start", m{"person": alice, "payload": "a b"}, ErrBadPayload},
		"a long link":      {"/page/start", m{"person": alice, "payload": strings.Repeat("x", 65)}, ErrBadPayload},
		"start by nobody":  {"/page/start", m{"person": 5}, ErrNoPerson},
		"block a group":    {"/page/block", m{"person": group, "blocked": true}, ErrNoPerson},
		"see nothing":      {"/page/seen", m{"chat": 5}, ErrNoChat},
		"no object":        {"/page/send", []int{1}, errBadRequest},
		"no host":          {"/page/step", m{"action": "next"}, errNoHost},
		"sticker nowhere":  {"/page/sticker", m{"from": alice, "chat": 5}, ErrNoChat},
	} {
		before, pending := len(r.History(alice)), r.Pending()
		status, why := r.page(t, c.path, c.body, nil)
		if status != http.StatusBadRequest || why != string(c.want) {
			t.Errorf("%s: %d %q, want %q", name, status, why, c.want)
		}
		if len(r.History(alice)) != before || r.Pending() != pending {
			t.Errorf("%s: something happened", name)
		}
	}
	if status, _ := r.page(t, "/page/send", m{"text": strings.Repeat("x", maxJSON)}, nil); status != http.StatusRequestEntityTooLarge {
		t.Errorf("a body over the limit: %d", status)
	}
}

// The link of an invitation, opened on the page, says /start with its token.
func TestThePageOpensLinks(t *testing.T) {
	r := newRig(t)
	must(t, r.Block(alice))
	var sent sentView
	r.page(t, "/page/start", m{"person": alice, "payload": "Ab_-9"}, &sent)
	if len(sent.Messages) != 1 || sent.Messages[0].Text != "/start Ab_-9" {
		t.Errorf("sent %+v", sent)
	}
	var v stateView
	r.page(t, "/page/state", nil, &v)
	if p := v.People[0]; p.Blocked || !p.Started || p.Last.Text != "/start Ab_-9" {
		t.Errorf("person %+v", p)
	}
}

// Uploads without files, without a sender or out of form are refused.
func TestOddUploadsAreRefused(t *testing.T) {
	r := newRig(t)
	for name, c := range map[string]struct {
		fields map[string]string
		files  int
		want   string
	}{
		"no files":   {map[string]string{"from": "1001", "chat": "1001"}, 0, string(ErrEmpty)},
		"no sender":  {map[string]string{"chat": "1001"}, 1, string(errBadRequest)},
		"no chat":    {map[string]string{"from": "1001"}, 1, string(errBadRequest)},
		"too many":   {map[string]string{"from": "1001", "chat": "1001"}, 11, string(ErrManyFiles)},
		"long words": {map[string]string{"from": "1001", "chat": "1001", "caption": strings.Repeat("长", 1025)}, 1, string(ErrLongWords)},
		"a stranger": {map[string]string{"from": "1001", "chat": "1002"}, 1, string(ErrNoChat)},
	} {
		var body bytes.Buffer
		form := multipart.NewWriter(&body)
		for k, v := range c.fields {
			must(t, form.WriteField(k, v))
		}
		for i := range c.files {
			w, err := form.CreateFormFile("files", fmt.Sprintf("%d.txt", i))
			must(t, err)
			_, err = w.Write([]byte("x"))
			must(t, err)
		}
		must(t, form.Close())
		req, err := http.NewRequestWithContext(t.Context(), http.MethodPost, r.http.URL+"/page/upload", &body)
		must(t, err)
		req.Header.Set("Content-Type", form.FormDataContentType())
		if status, why := r.answered(t, req, nil); status != 400 || why != c.want {
			t.Errorf("%s: %d %q", name, status, why)
		}
	}
	if len(r.History(alice)) != 0 {
		t.Error("something was sent")
	}
}

// The list at the left shows each kind of message in a line.
func TestEveryKindHasALine(t *testing.T) {
	for want, m := range map[string]Message{
		"话":             {Text: "话"},
		"[图片] 说明":       {Photo: []PhotoSize{{}}, Caption: "说明"},
		"[文件] 通知.pdf":   {Document: &Document{FileName: "通知.pdf"}},
		"[文件] a.txt 说明": {Document: &Document{FileName: "a.txt"}, Caption: "说明"},
		"[贴纸]":          {Sticker: &Sticker{}},
		"[语音]":          {Voice: &Voice{}},
		"[位置]":          {Location: &Location{}},
		"[名片]":          {Contact: &Contact{}},
		"[投票]":          {Poll: &Poll{}},
		"加入了群":          {NewChatMembers: []User{{}}},
		"离开了群":          {LeftChatMember: &User{}},
		"置顶了一条消息":       {PinnedMessage: &Message{}},
		"群已升级":          {MigrateToChatID: -1},
	} {
		if got := m.summary(); got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
	if long := (&Message{Text: strings.Repeat("长", 200)}).summary(); len([]rune(long)) != 80 {
		t.Errorf("a long text gives %d", len([]rune(long)))
	}
}

// The page reads a long chat window by window, from the end to the start,
// each message once.
func TestLongChatsAreReadInWindows(t *testing.T) {
	r := newRig(t)
	for i := range 45 {
		r.says(alice, fmt.Sprint(i))
	}
	_, err := r.bot.DeleteMessage(r.ctx(), &tg.DeleteMessageParams{ChatID: alice, MessageID: 20})
	must(t, err)
	var texts []string
	before := 0
	for {
		var v chatView
		r.page(t, fmt.Sprintf("/page/chat?id=%d&limit=10&before=%d", alice, before), nil, &v)
		var window []string
		for _, m := range v.Messages {
			window = append(window, m.Text)
		}
		texts = slices.Concat(window, texts)
		if !v.More {
			break
		}
		before = v.Messages[0].MessageID
	}
	if len(texts) != 44 || texts[0] != "0" || texts[43] != "44" || slices.Contains(texts, "19") {
		t.Errorf("read %q", texts)
	}
}
