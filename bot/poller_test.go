package bot

import (
	"context"
	"errors"
	"strings"
	"testing"

	tg "github.com/go-telegram/bot"

	"paogai/store"
)

func TestASecondProcessIsNamedInTheLog(t *testing.T) {
	p := lay(t, func(*Bot) Routes { return Routes{Fallback: say("好")} })
	a := p.client.Person(liaison1)
	a.Says("一")
	a.ExpectMessage("好")
	p.idle()
	other, err := open(t.Context(), Options{
		Token: plumbToken, BaseURL: p.http.URL, Desk: p.desk, Drafts: p.store, Inbox: p.store, Archive: p.bot.archive,
		Now: noon, Log: p.bot.log,
	}, func(*Bot) Routes { return Routes{Fallback: say("好")} })
	ok(t, err)
	ctx, stop := context.WithCancel(t.Context())
	ended := make(chan error)
	go func() { ended <- other.Run(ctx) }()
	for !strings.Contains(p.logged.text(), "another process takes this bot's updates") {
		a.Says("二")
		a.ExpectMessage("好") // answered once, whoever got it
	}
	stop()
	ok(t, <-ended)
	a.Says("三")
	a.ExpectMessage("好")
	p.idle()
	p.client.NoMore()
}

func TestAWrongTokenIsFoundAtOnce(t *testing.T) {
	p := lay(t, speakerTable)
	_, err := New(t.Context(), Options{
		Token: "700001:wrong", BaseURL: p.http.URL, Desk: p.desk, Drafts: p.store, Inbox: p.store, Now: noon,
	})
	if !errors.Is(err, tg.ErrorUnauthorized) || strings.Contains(err.Error(), "wrong") {
		t.Errorf("%v", err)
	}
	_, err = New(t.Context(), Options{Token: plumbToken, Proxy: "user:secret@nowhere"})
	if err == nil || strings.Contains(err.Error(), "secret") {
		t.Errorf("a bad proxy: %v", err)
	}
}

func TestASickInboxConfirmsNothing(t *testing.T) {
	in := &sick{}
	p := lay(t, func(*Bot) Routes { return Routes{Fallback: say("好")} }, func(s *setting) {
		s.wrap = func(i store.Inbox) store.Inbox { in.Inbox = i; return in }
	})
	a := p.client.Person(liaison1)
	in.set(errors.New("the disk is full"))
	a.Says("一")
	a.Says("二")
	for !strings.Contains(p.logged.text(), "disk is full") {
		if p.server.Pending() != 2 {
			t.Fatal("an update was confirmed that is not safe")
		}
	}
	in.set(nil)
	a.ExpectMessage("好")
	a.ExpectMessage("好")
	p.idle()
	p.client.NoMore()
}
