package sandbox

import (
	"context"
	"net/http"
	"net/http/httptest"
	"testing"
	"time"

	tg "github.com/go-telegram/bot"
	"github.com/go-telegram/bot/models"
)

// BenchmarkEcho is a bot that says everything again: the bar that a bot with
// real work is measured against, without a log and with one.
func BenchmarkEcho(b *testing.B) {
	b.Run("memory", func(b *testing.B) { echo(b, "") })
	b.Run("dir", func(b *testing.B) { echo(b, b.TempDir()) })
}

func echo(b *testing.B, dir string) {
	s, err := New(Config{Token: testToken, BotUsername: "echo_bot", Now: time.Now, Dir: dir})
	if err != nil {
		b.Fatal(err)
	}
	h := httptest.NewServer(s.Handler())
	defer h.Close()
	defer func() { _ = s.Close() }() // in memory: cannot fail
	const people = 64
	for i := range int64(people) {
		if err := s.AddPerson(Person{ID: i + 1, Name: "x"}); err != nil {
			b.Fatal(err)
		}
	}
	echoed := make(chan struct{}, b.N)
	client := &http.Client{Transport: &http.Transport{MaxIdleConnsPerHost: 64, MaxConnsPerHost: 64}}
	bot, err := tg.New(testToken, tg.WithServerURL(h.URL), tg.WithSkipGetMe(), tg.WithHTTPClient(30*time.Second, client),
		tg.WithWorkers(32), tg.WithNotAsyncHandlers(),
		tg.WithDefaultHandler(func(ctx context.Context, bot *tg.Bot, u *models.Update) {
			if _, err := bot.SendMessage(ctx, &tg.SendMessageParams{ChatID: u.Message.Chat.ID, Text: u.Message.Text}); err != nil {
				b.Error(err)
			}
			echoed <- struct{}{}
		}))
	if err != nil {
		b.Fatal(err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	done := make(chan struct{})
	go func() { bot.Start(ctx); close(done) }()
	b.ResetTimer()
	for i := range b.N {
		id := int64(i%people) + 1
		if _, err := s.Send(id, id, Outgoing{Text: "hello"}); err != nil {
			b.Fatal(err)
		}
	}
	for range b.N {
		<-echoed
	}
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "updates/s")
	b.StopTimer()
	cancel()
	<-done
}
