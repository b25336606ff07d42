package bot_test

import (
	"context"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"testing"
	"time"

	tg "github.com/go-telegram/bot"
	"github.com/go-telegram/bot/models"

	"paogai/bot"
	"paogai/bot/sandbox"
	"paogai/reminders"
	"paogai/scoring"
	"paogai/scoring/schemes"
	"paogai/store"
	"paogai/store/archive"
	"paogai/store/boltstore"
)

// How much one round of the comparison says.
const (
	rankChats = 50
	rankRound = 1000
)

// BenchmarkRankBesideEcho has 50 liaisons ask a whole bot for /rank, and the
// same people say the same to a bot of the same library that only echoes, in
// turn, each on a sandbox of its own. A round is 1,000 updates to each.
func BenchmarkRankBesideEcho(b *testing.B) {
	ranks := layRank(b)
	echoes := layEcho(b)
	ranks.round(b)
	echoes.round(b)
	b.ResetTimer()
	var rank, echo time.Duration
	for range b.N {
		rank += ranks.round(b)
		echo += echoes.round(b)
	}
	updates := float64(b.N * rankRound)
	b.ReportMetric(updates/rank.Seconds(), "rank/s")
	b.ReportMetric(updates/echo.Seconds(), "echo/s")
	b.ReportMetric(echo.Seconds()/rank.Seconds(), "ratio")
}

// crowd is people at a chat server whose bot answers each message by one.
type crowd struct {
	server   *sandbox.Server
	url      string
	answered chan struct{}
}

func gather(b *testing.B) *crowd {
	b.Helper()
	server, err := sandbox.New(sandbox.Config{Token: stageToken, BotUsername: "paogai_bot", Now: time.Now})
	if err != nil {
		b.Fatal(err)
	}
	c := &crowd{server: server, answered: make(chan struct{}, 2*rankRound)}
	for i := range int64(rankChats) {
		if err := server.AddPerson(sandbox.Person{ID: i + 1, Name: "联络员"}); err != nil {
			b.Fatal(err)
		}
	}
	web := httptest.NewServer(server.Handler())
	c.url = web.URL
	b.Cleanup(server.Watch(func(e sandbox.Event) {
		if e.Type == "message" && e.Message != nil && e.Message.From != nil && e.Message.From.IsBot {
			c.answered <- struct{}{}
		}
	}))
	b.Cleanup(func() {
		if err := server.Close(); err != nil {
			b.Error(err)
		}
		web.Close()
	})
	return c
}

// serve runs a bot until the benchmark ends.
func serve(b *testing.B, run func(context.Context) error) {
	b.Helper()
	ctx, cancel := context.WithCancel(context.Background())
	ended := make(chan error, 1)
	go func() { ended <- run(ctx) }()
	b.Cleanup(func() {
		cancel()
		if err := <-ended; err != nil {
			b.Error(err)
		}
	})
}

// round lets everybody ask in turn and waits for as many answers.
func (c *crowd) round(b *testing.B) time.Duration {
	b.Helper()
	begun := time.Now()
	for i := range int64(rankRound) {
		who := i%rankChats + 1
		if _, err := c.server.Send(who, who, sandbox.Outgoing{Text: "/rank"}); err != nil {
			b.Fatal(err)
		}
	}
	for range rankRound {
		<-c.answered
	}
	return time.Since(begun)
}

// layEcho is the library alone, with connections as many as ours.
func layEcho(b *testing.B) *crowd {
	b.Helper()
	c := gather(b)
	client := &http.Client{Transport: &http.Transport{MaxIdleConnsPerHost: 64, MaxConnsPerHost: 64}}
	echo, err := tg.New(stageToken, tg.WithServerURL(c.url), tg.WithSkipGetMe(), tg.WithHTTPClient(30*time.Second, client),
		tg.WithDefaultHandler(func(ctx context.Context, api *tg.Bot, u *models.Update) {
			_, err := api.SendMessage(ctx, &tg.SendMessageParams{ChatID: u.Message.Chat.ID, Text: u.Message.Text})
			if err != nil && ctx.Err() == nil { // its answer is out before the client hears so
				b.Error(err)
			}
		}))
	if err != nil {
		b.Fatal(err)
	}
	serve(b, func(ctx context.Context) error {
		echo.Start(ctx)
		return nil
	})
	return c
}

// layRank is the whole bot on a campaign of 95 units, with a liaison for each
// of the first fifty.
func layRank(b *testing.B) *crowd {
	b.Helper()
	c := gather(b)
	now := at("2018-09-03 09:00:00")
	db, err := boltstore.Open(filepath.Join(b.TempDir(), "data"), boltstore.Options{})
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { _ = db.Close() })
	desk, err := store.NewDesk(b.Context(), store.DeskOptions{Journal: db, Schemes: schemes.Load})
	if err != nil {
		b.Fatal(err)
	}
	do := func(by string, act store.Act) {
		if _, err := desk.Do(b.Context(), store.Stamp{By: by, At: now}, act); err != nil {
			b.Fatal(err)
		}
	}
	do("office:root", store.OpenCampaign{Scheme: "jilin-2018", Opens: scoring.Date{Year: 2018, Month: 8, Day: 20}})
	scheme, err := schemes.Load("jilin-2018")
	if err != nil {
		b.Fatal(err)
	}
	for i, u := range scheme.Units[:rankChats] {
		id := int64(i + 1)
		do("office:root", store.IssueInvitation{Hash: store.HashToken(u.Name), Role: store.Liaison, Unit: u.Name, Expires: now.AddDate(0, 0, 7)})
		do(store.ByPerson(id), store.Join{Hash: store.HashToken(u.Name), Person: id, Name: "联络员"})
	}
	files, err := archive.Open(b.TempDir())
	if err != nil {
		b.Fatal(err)
	}
	calendar, err := reminders.Embedded()
	if err != nil {
		b.Fatal(err)
	}
	whole, err := bot.New(b.Context(), bot.Options{
		Token: stageToken, BaseURL: c.url, Desk: desk, Drafts: db, Inbox: db, Archive: files, Calendar: calendar,
		Now: func() time.Time { return now },
	})
	if err != nil {
		b.Fatal(err)
	}
	serve(b, whole.Run)
	return c
}
