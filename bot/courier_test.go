package bot

import (
	"errors"
	"testing"
	"time"

	"paogai/bot/text"
	"paogai/reminders"
	"paogai/store"
)

// telling renders notices: one kind means nothing any more.
func telling(*Bot) Routes {
	return Routes{Notice: func(_ *store.Record, n store.Notice, now time.Time) (Card, bool) {
		return Card{HTML: text.Escape("提醒 " + n.Notice), Documents: []Media{{Bytes: []byte("纪要"), Name: "纪要.txt"}}}, n.Kind != "stale"
	}}
}

func notice(to int64, kind string) store.Notice {
	return store.Notice{NoticeQueued: store.NoticeQueued{Notice: "n7-1", To: to, Kind: kind}}
}

func TestNoticesAreDelivered(t *testing.T) {
	p := lay(t, telling)
	d, err := p.bot.Deliver(t.Context(), notice(liaison1, store.NoticeDue), noon())
	ok(t, err)
	if len(d.Messages) != 2 || d.Stale {
		t.Errorf("delivered as %+v", d)
	}
	p.client.Person(liaison1).ExpectMessage("提醒 n7-1")
	d, err = p.bot.Deliver(t.Context(), notice(liaison1, "stale"), noon())
	ok(t, err)
	if len(d.Messages) != 0 || !d.Stale {
		t.Errorf("a stale notice became %+v", d)
	}
	p.quiet()
}

func TestWhyANoticeWasNotDelivered(t *testing.T) {
	p := lay(t, telling)
	ok(t, p.server.Block(liaison1))
	p.idle()
	var refused *reminders.Refused
	_, err := p.bot.Deliver(t.Context(), notice(liaison1, store.NoticeDue), noon())
	if !errors.As(err, &refused) || refused.Reason != RefusedBlocked || p.person(liaison1).Reachable {
		t.Errorf("to one who blocked us: %v", err)
	}
	_, err = p.bot.Deliver(t.Context(), notice(424242, store.NoticeDue), noon())
	if !errors.As(err, &refused) || refused.Reason != RefusedNoChat {
		t.Errorf("to nobody: %v", err)
	}
	moved, err := p.server.Migrate(office)
	ok(t, err)
	var to *reminders.Moved
	if _, err = p.bot.Deliver(t.Context(), notice(office, store.NoticeReview), noon()); !errors.As(err, &to) || to.To != moved {
		t.Errorf("to a group that moved to %d: %v", moved, err)
	}
}

func TestTheCourierComesBackWhenTelegramSays(t *testing.T) {
	p := lay(t, telling)
	p.bot.post.holds.add(liaison1, 7*time.Second)
	var wait *reminders.RetryAfter
	_, err := p.bot.Deliver(t.Context(), notice(liaison1, store.NoticeDue), noon())
	if !errors.As(err, &wait) || wait.Wait != 7*time.Second {
		t.Errorf("%v", err)
	}
}
