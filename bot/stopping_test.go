package bot

import (
	"context"
	"runtime"
	"testing"
)

// gated answers liaison1 only once the gate is open, and everybody else at once.
func gated(entered chan<- struct{}, gate <-chan struct{}) func(*Bot) Routes {
	return func(*Bot) Routes {
		return Routes{Fallback: func(ctx context.Context, t *Turn) error {
			if t.Person == liaison1 {
				entered <- struct{}{}
				<-gate
			}
			return echo(ctx, t)
		}}
	}
}

func TestASlowChatHoldsUpNoOther(t *testing.T) {
	entered, gate := make(chan struct{}, 1), make(chan struct{})
	p := lay(t, gated(entered, gate))
	a, b := p.client.Person(liaison1), p.client.Person(clerk1)
	a.Says("慢")
	<-entered
	b.Says("快")
	b.ExpectMessage("快")
	close(gate)
	a.ExpectMessage("慢")
	p.idle()
	p.client.NoMore()
}

func TestAStoppedBotEndsItsTurnAndLeavesTheOthersForTheNext(t *testing.T) {
	entered, gate := make(chan struct{}, 3), make(chan struct{})
	p := lay(t, gated(entered, gate))
	a := p.client.Person(liaison1)
	for _, words := range []string{"一", "二", "三"} {
		a.Says(words)
	}
	<-entered
	for p.server.Pending() > 0 { // until all three are safe in the inbox
		runtime.Gosched()
	}
	stopped := make(chan struct{})
	go func() { p.stop(); close(stopped) }()
	for !closed(p.bot.in.lanes) {
		runtime.Gosched()
	}
	gate <- struct{}{}
	<-stopped
	a.ExpectMessage("一")
	p.client.NoMore()
	pending, err := p.store.Pending(t.Context())
	ok(t, err)
	if len(pending) != 2 {
		t.Fatalf("%d updates wait for the next start, want 2", len(pending))
	}
	close(gate)
	p.bot, err = open(t.Context(), Options{
		Token: plumbToken, BaseURL: p.http.URL, Desk: p.desk, Drafts: p.store, Inbox: p.store, Now: noon,
	}, gated(entered, gate))
	ok(t, err)
	p.run()
	a.ExpectMessage("二")
	a.ExpectMessage("三")
	p.idle()
	p.client.NoMore()
}

// closed tells whether no further job begins.
func closed(l *lanes) bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.closed
}
