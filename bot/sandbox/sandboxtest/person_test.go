package sandboxtest_test

import (
	"context"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	tg "github.com/go-telegram/bot"
	"github.com/go-telegram/bot/models"

	"paogai/bot/sandbox"
	"paogai/bot/sandbox/sandboxtest"
)

// serve runs a small bot on a sandbox with two people and a group.
func serve(t *testing.T) *sandbox.Server {
	t.Helper()
	now := time.Date(2018, 8, 20, 9, 0, 0, 0, time.UTC)
	s, err := sandbox.New(sandbox.Config{
		Token: "700001:x", BotUsername: "paogai_bot", Now: func() time.Time { return now },
		OnRefusal: func(method, why string) { t.Errorf("%s refused: %s", method, why) },
	})
	if err != nil {
		t.Fatal(err)
	}
	for id, name := range map[int64]string{1001: "联络员甲", 1002: "联络员乙"} {
		if err := s.AddPerson(sandbox.Person{ID: id, Name: name}); err != nil {
			t.Fatal(err)
		}
	}
	if err := s.AddGroup(sandbox.Group{ID: -5, Title: "群", Members: []int64{1001}, BotMember: true}); err != nil {
		t.Fatal(err)
	}
	h := httptest.NewServer(s.Handler())
	b, err := tg.New("700001:x", tg.WithServerURL(h.URL), tg.WithDefaultHandler(answer(t)), tg.WithNotAsyncHandlers(), tg.WithUpdatesChannelCap(0))
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	done := make(chan struct{})
	go func() { b.Start(ctx); close(done) }()
	t.Cleanup(func() {
		cancel()
		<-done
		_ = s.Close() // in memory: cannot fail
		h.Close()
	})
	return s
}

// answer is the bot: it offers a button, and edits and toasts when pressed.
func answer(t *testing.T) tg.HandlerFunc {
	return func(ctx context.Context, b *tg.Bot, u *models.Update) {
		var err error
		switch ctx := context.WithoutCancel(ctx); {
		case u.CallbackQuery != nil:
			m := u.CallbackQuery.Message.Message
			if _, err = b.EditMessageText(ctx, &tg.EditMessageTextParams{ChatID: m.Chat.ID, MessageID: m.ID, Text: "已确认"}); err == nil {
				_, err = b.AnswerCallbackQuery(ctx, &tg.AnswerCallbackQueryParams{CallbackQueryID: u.CallbackQuery.ID, Text: "收到"})
			}
		case u.Message == nil: // an edit or a membership: nothing to say
		case u.Message.Document != nil:
			_, err = b.SendMessage(ctx, &tg.SendMessageParams{ChatID: u.Message.Chat.ID, Text: "文件 " + u.Message.Document.FileName})
		case strings.HasPrefix(u.Message.Text, "/"):
			_, err = b.SendMessage(ctx, &tg.SendMessageParams{
				ChatID: u.Message.Chat.ID, Text: "要确认 " + u.Message.Text + " 吗？",
				ReplyMarkup: models.InlineKeyboardMarkup{InlineKeyboard: [][]models.InlineKeyboardButton{{{Text: "✅ 确认", CallbackData: "y"}}}},
			})
		}
		if err != nil {
			t.Error(err)
		}
	}
}

func TestConversation(t *testing.T) {
	c := sandboxtest.Open(t, serve(t))
	liaison := c.Person(1001)
	liaison.Says("/submit")
	m := liaison.ExpectMessage("确认", "/submit")
	liaison.Click(m, "确认")
	if m = liaison.ExpectEdit(m, "已确认"); m.ReplyMarkup != nil {
		t.Error("the button stayed")
	}
	liaison.ExpectToast("收到")
	liaison.SendsDocument("通知.pdf", []byte("%PDF"))
	liaison.ExpectMessage("通知.pdf")

	inGroup := liaison.In(-5)
	inGroup.Says("/rank")
	inGroup.ExpectMessage("/rank")
	inGroup.ClickLast("确认")
	inGroup.ExpectToast("收到")

	other := c.Person(1002)
	other.Starts("token")
	other.ExpectMessage("/start token")
	c.NoMore()
	if script := c.Transcript(1001); !strings.Contains(script, "联络员甲: /submit") || !strings.Contains(script, "已确认") {
		t.Errorf("transcript\n%s", script)
	}
}

// failing notes what a helper would fail with.
type failing struct {
	testing.TB
	errors []string
}

func (f *failing) Helper()                   {}
func (f *failing) Errorf(s string, _ ...any) { f.errors = append(f.errors, s) }

// A message that nobody expected fails the test.
func TestNoMore(t *testing.T) {
	watched := &failing{TB: t}
	c := sandboxtest.Open(watched, serve(t))
	p := c.Person(1001)
	p.Says("/unexpected")
	p.Says("/expected")
	p.ExpectMessage("/expected")
	c.NoMore()
	if len(watched.errors) != 1 || !strings.HasPrefix(watched.errors[0], "unexpected message") {
		t.Errorf("failed with %q", watched.errors)
	}
}
