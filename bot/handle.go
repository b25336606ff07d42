package bot

import (
	"context"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"runtime/debug"
	"strings"

	tg "github.com/go-telegram/bot"

	"paogai/bot/text"
	"paogai/store"
)

// do handles a job, whatever happens in it. Only when the program is ending
// is a job left undone: it stays in the inbox.
func (b *Bot) do(ctx context.Context, j job) (done bool) {
	t, err := b.guarded(ctx, j)
	switch {
	case err == nil:
		return true
	case ctx.Err() != nil:
		return false
	}
	b.fail(ctx, t, err)
	return true
}

// guarded makes an error of a panic. The turn is there as far as it came.
func (b *Bot) guarded(ctx context.Context, j job) (t *Turn, err error) {
	t = &Turn{Update: j[0].ID}
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("panic: %v\n%s", p, debug.Stack())
		}
	}()
	handled, err := b.system(ctx, j[0])
	if handled || err != nil {
		return t, err
	}
	made, words, ok := turnOf(j)
	if !ok {
		return t, nil
	}
	t = made
	return t, b.turn(ctx, t, words, j[0].replay)
}

// turn answers one turn: the answers first, then what is kept of the
// conversation, so that a kill between the two repeats answers and loses none.
func (b *Bot) turn(ctx context.Context, t *Turn, words string, replay bool) error {
	t.bot, t.Now = b, b.now()
	key := talkKey(t.Chat, t.Person)
	var err error
	if t.Talk, err = loadTalk(ctx, b.drafts, key, t.Update); err != nil {
		return err
	}
	if replay && t.Update <= t.Talk.LastUpdate {
		return nil
	}
	b.desk.View(func(r *store.Record) { t.Who, t.Known = r.Person(t.Person) })
	if words != "" && !b.router.understand(t, words, b.username) {
		return nil
	}
	if t.Private && t.Known && !t.Who.Reachable {
		if err := b.setReachable(ctx, t.Person, true, ""); err != nil {
			return err
		}
	}
	if err := b.explained(ctx, t, b.router.route(ctx, t)); err != nil {
		return err
	}
	if err := t.settle(ctx); err != nil {
		return err
	}
	return saveTalk(ctx, b.drafts, key, t.Talk)
}

// explained shows the sentence of an error that is a decision.
func (b *Bot) explained(ctx context.Context, t *Turn, err error) error {
	if err == nil || b.router.Explain == nil {
		return err
	}
	c, ok := b.router.Explain(err)
	switch {
	case !ok:
		return err
	case t.Tap != nil && len(c.Buttons) == 0 && !t.answered:
		return t.Toast(ctx, text.Strip(string(c.HTML)), true)
	}
	_, err = t.Say(ctx, c)
	return err
}

// fail logs a fault under an id and apologises with it.
func (b *Bot) fail(ctx context.Context, t *Turn, err error) {
	if errors.Is(err, tg.ErrorForbidden) || badRequest(err, "chat not found") {
		b.log.Info("an answer could not be delivered", "update", t.Update, "chat", t.Chat, "error", b.masked(err))
		return
	}
	id := b.faultID()
	b.log.Error("a turn failed", "id", id, "update", t.Update, "kind", string(t.Kind), "chat", t.Chat,
		"error", b.masked(err))
	if t.bot == nil || b.router.Apology == nil {
		return
	}
	_, said := t.Say(ctx, b.router.Apology(id))
	if err := errors.Join(said, t.settle(ctx)); err != nil {
		b.log.Warn("no apology could be made", "id", id, "error", b.masked(err))
	}
}

// faultID is short enough to be read over the telephone.
func (b *Bot) faultID() string {
	var id [4]byte
	if _, err := io.ReadFull(b.rand, id[:]); err != nil {
		return "00000000"
	}
	return strings.ToUpper(hex.EncodeToString(id[:]))
}

// masked is the text of an error without the token.
func (b *Bot) masked(err error) string { return strings.ReplaceAll(err.Error(), b.api.Token(), "***") }
