package bot

import (
	"context"
	"strconv"
	"testing"

	"paogai/bot/sandbox"
	"paogai/bot/text"
)

func echo(ctx context.Context, t *Turn) error {
	_, err := t.Say(ctx, Card{HTML: text.Escape(t.Text)})
	return err
}

// BenchmarkEcho measures a bot that answers every message with its text: what
// the plumbing costs, the durable inbox included.
func BenchmarkEcho(b *testing.B) {
	const chats = 50
	said := newAnswers()
	p := lay(b, func(*Bot) Routes { return Routes{Stranger: echo} }, func(s *setting) { s.options.Log = nil })
	b.Cleanup(p.server.Watch(said.event))
	for c := range int64(chats) {
		ok(b, p.server.AddPerson(sandbox.Person{ID: floodFirst + c, Name: "来访者"}))
	}
	b.ResetTimer()
	for i := range b.N {
		who := floodFirst + int64(i%chats)
		_, err := p.server.Send(who, who, sandbox.Outgoing{Text: strconv.Itoa(i)})
		ok(b, err)
	}
	said.wait(b, b.N)
	b.StopTimer()
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "updates/s")
}
