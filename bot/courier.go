package bot

import (
	"context"
	"errors"
	"fmt"
	"time"

	tg "github.com/go-telegram/bot"

	"paogai/reminders"
	"paogai/store"
)

// The reasons of reminders.Refused, as the journal keeps them.
const (
	RefusedBlocked = "blocked" // the person blocked the bot, or the group put it out
	RefusedNoChat  = "no-chat" // Telegram knows no such chat, or the bot may not begin it
)

// The pace of broadcast: below Telegram's 30 messages a second, so that
// answers to people find room.
const (
	broadcastRate  = 20 // messages a second
	broadcastBurst = 20
)

// Deliver words a notice as things stand now and sends it: reminders.Courier.
func (b *Bot) Deliver(ctx context.Context, n store.Notice, now time.Time) (reminders.Delivery, error) {
	var c Card
	var live bool
	b.desk.View(func(r *store.Record) { c, live = b.router.Notice(r, n, now) })
	if !live {
		return reminders.Delivery{Stale: true}, nil
	}
	if err := b.pace.Wait(ctx); err != nil {
		return reminders.Delivery{}, fmt.Errorf("wait for the pace: %w", err)
	}
	ids, err := b.post.show(ctx, n.To, c)
	if err != nil {
		return reminders.Delivery{}, fmt.Errorf("notice %s: %w", n.Notice, outcome(err))
	}
	return reminders.Delivery{Messages: ids}, nil
}

// outcome puts an error of sending into the reminders' words.
func outcome(err error) error {
	var busy *tg.TooManyRequestsError
	var moved *tg.MigrateError
	switch {
	case errors.As(err, &busy):
		return &reminders.RetryAfter{Wait: time.Duration(max(1, busy.RetryAfter)) * time.Second}
	case errors.As(err, &moved):
		return &reminders.Moved{To: int64(moved.MigrateToChatID)}
	case errors.Is(err, tg.ErrorForbidden):
		return &reminders.Refused{Reason: RefusedBlocked}
	case badRequest(err, "chat not found", "PEER_ID_INVALID", "user not found"):
		return &reminders.Refused{Reason: RefusedNoChat}
	}
	return err
}
