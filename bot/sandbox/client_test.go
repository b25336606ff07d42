package sandbox

import (
	"context"
	"strings"
	"testing"
	"time"

	tg "github.com/go-telegram/bot"
	"github.com/go-telegram/bot/models"
)

// The real client polls, answers, edits on a tap and answers the tap.
func TestRealClientConverses(t *testing.T) {
	r := newRig(t)
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	answered := make(chan struct{})
	handled := func(ctx context.Context, b *tg.Bot, u *models.Update) {
		switch {
		case u.CallbackQuery != nil:
			m := u.CallbackQuery.Message.Message
			_, err := b.EditMessageText(ctx, &tg.EditMessageTextParams{ChatID: m.Chat.ID, MessageID: m.ID, Text: "已确认"})
			if err == nil {
				_, err = b.AnswerCallbackQuery(ctx, &tg.AnswerCallbackQueryParams{CallbackQueryID: u.CallbackQuery.ID, Text: "好"})
			}
			if err != nil {
				t.Error(err)
			}
			close(answered)
		case u.Message != nil:
			_, err := b.SendMessage(ctx, &tg.SendMessageParams{
				ChatID: u.Message.Chat.ID, Text: "<b>收到</b> " + u.Message.Text, ParseMode: models.ParseModeHTML,
				ReplyMarkup: &models.InlineKeyboardMarkup{InlineKeyboard: [][]models.InlineKeyboardButton{{{Text: "确认", CallbackData: "yes"}}}},
			})
			if err != nil {
				t.Error(err)
			}
		}
	}
	events := make(chan Event, 100)
	defer r.Watch(func(e Event) { events <- e })()
	b := r.client(tg.WithDefaultHandler(handled), tg.WithNotAsyncHandlers())
	done := make(chan struct{})
	go func() { b.Start(ctx); close(done) }()

	r.says(alice, "你好")
	answer := next(t, events, "message", func(e Event) bool { return e.Message.From.IsBot })
	if answer.Message.Text != "收到 你好" || answer.Message.Entities[0].Type != "bold" {
		t.Errorf("answer %+v", answer.Message)
	}
	id, err := r.Press(alice, alice, answer.Message.MessageID, "yes")
	must(t, err)
	edit := next(t, events, "edit", nil)
	if edit.Message.Text != "已确认" || edit.Message.ReplyMarkup != nil {
		t.Errorf("edit %+v", edit.Message)
	}
	toast := next(t, events, "toast", nil)
	if toast.Callback != id || toast.Text != "好" || toast.Person != alice {
		t.Errorf("toast %+v", toast)
	}
	<-answered
	cancel()
	<-done
	for refused := range r.Refusals() {
		if !strings.HasPrefix(refused, "getUpdates") {
			t.Error(refused)
		}
	}
}

// next waits for an event.
func next(t *testing.T, events <-chan Event, kind string, ok func(Event) bool) Event {
	t.Helper()
	limit := time.NewTimer(10 * time.Second)
	defer limit.Stop()
	for {
		select {
		case e := <-events:
			if e.Type == kind && (ok == nil || ok(e)) {
				return e
			}
		case <-limit.C:
			t.Fatalf("no %s came", kind)
		}
	}
}
