package bot

import (
	"context"
	"errors"
	"fmt"

	"github.com/go-telegram/bot/models"

	"paogai/store"
)

// system takes the updates by which Telegram tells of the chats themselves;
// handled is false for those that are for the routes.
func (b *Bot) system(ctx context.Context, a *arrival) (handled bool, err error) {
	switch {
	case a.fault != nil:
		b.log.Warn("an update that cannot be read is passed over", "update", a.ID, "error", a.fault)
		return true, nil //nolint:nilerr // it will never be readable
	case a.MyChatMember != nil:
		return b.membership(ctx, a.MyChatMember)
	case a.Message != nil && a.Message.MigrateToChatID != 0:
		return true, b.follow(ctx, a.Message.Chat.ID, a.Message.MigrateToChatID)
	}
	return false, nil
}

// membership notes that a person can be written to or not, and that a group
// let us in or out. Only being let into a group is for the routes as well.
func (b *Bot) membership(ctx context.Context, m *models.ChatMemberUpdated) (handled bool, err error) {
	was, is := present(m.OldChatMember), present(m.NewChatMember)
	switch {
	case m.Chat.Type == models.ChatTypePrivate:
		return true, b.setReachable(ctx, m.Chat.ID, is, "blocked")
	case !is:
		return true, b.leave(ctx, m.Chat.ID)
	}
	return was, nil
}

// present tells whether the member may read and write.
func present(m models.ChatMember) bool {
	switch m.Type {
	case models.ChatMemberTypeLeft, models.ChatMemberTypeBanned:
		return false
	case models.ChatMemberTypeRestricted:
		return m.Restricted == nil || m.Restricted.IsMember
	}
	return true
}

// setReachable records whether somebody who has joined can be written to, if
// that is news.
func (b *Bot) setReachable(ctx context.Context, person int64, reachable bool, reason string) error {
	var who store.Person
	var known bool
	b.desk.View(func(r *store.Record) { who, known = r.Person(person) })
	if !known || who.Reachable == reachable {
		return nil
	}
	if reachable {
		reason = ""
	}
	return b.bySystem(ctx, store.SetReachable{Person: person, Reachable: reachable, Reason: reason})
}

// leave unbinds a group that has put us out, if it was bound.
func (b *Bot) leave(ctx context.Context, chat int64) error {
	err := b.bySystem(ctx, store.UnbindChat{Chat: chat})
	if refusedFor(err, store.UnknownChat) {
		return nil
	}
	return err
}

// follow records that a bound group has a new id. Telegram tells it more than
// once: by an update, and to each call that still names the old id; whoever
// comes second finds it done. A new group that the office has bound already
// stays as it is, and the old one, which is no more, is let go.
func (b *Bot) follow(ctx context.Context, from, to int64) error {
	err := b.bySystem(ctx, store.MigrateChat{From: from, To: to})
	switch {
	case refusedFor(err, store.UnknownChat):
		return nil
	case refusedFor(err, store.AlreadyBound):
		return b.leave(ctx, from)
	}
	return err
}

// refusedFor tells whether the desk refused for that reason.
func refusedFor(err error, code string) bool {
	var no *store.Refusal
	return errors.As(err, &no) && no.Code == code
}

// bySystem lets the program itself act.
func (b *Bot) bySystem(ctx context.Context, act store.Act) error {
	if _, err := b.desk.Do(ctx, store.Stamp{By: store.System, At: b.now()}, act); err != nil {
		return fmt.Errorf("record what Telegram told: %w", err)
	}
	return nil
}
