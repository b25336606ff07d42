package bot

import (
	"context"
	"errors"
	"strings"
	"time"

	tg "github.com/go-telegram/bot"
)

// The bounds of trying again when Telegram cannot be reached or is out of
// order: ten tries in about two minutes.
const (
	firstRetry = 250 * time.Millisecond
	lastRetry  = 30 * time.Second
	tries      = 10
)

// call makes one call that concerns a chat. A patient speaker waits where
// Telegram asks for it and tries again where it fails for reasons of its own,
// which can repeat a message that had in fact arrived; an impatient one hands
// everything back at once. make gets the chat's id as it now is.
func (s *speaker) call(ctx context.Context, chat int64, make func(ctx context.Context, chat int64) error) error {
	wait := s.retry
	for try := 1; ; try++ {
		if err := s.ready(ctx, chat); err != nil {
			return err
		}
		err := make(ctx, chat)
		var busy *tg.TooManyRequestsError
		if errors.As(err, &busy) {
			s.holds.add(chat, time.Duration(max(1, busy.RetryAfter))*time.Second)
		}
		var moved *tg.MigrateError
		if errors.As(err, &moved) && s.moved != nil {
			s.moved(ctx, chat, int64(moved.MigrateToChatID))
		}
		if errors.Is(err, tg.ErrorForbidden) && s.refused != nil {
			s.refused(ctx, chat, err)
		}
		switch {
		case err == nil || !s.patient || ctx.Err() != nil:
			return err
		case busy != nil:
			try = 0
		case moved != nil && try == 1:
			chat = int64(moved.MigrateToChatID)
		case !passing(err) || try == tries:
			return err
		default:
			if err := pause(ctx, wait); err != nil {
				return err
			}
			wait = min(2*wait, lastRetry)
		}
	}
}

// ready returns when the chat may be called; an impatient speaker is told how
// long that takes.
func (s *speaker) ready(ctx context.Context, chat int64) error {
	if s.patient {
		return s.holds.wait(ctx, chat)
	}
	if one := s.holds.of(chat); one != nil {
		return &tg.TooManyRequestsError{Message: "held", RetryAfter: int(one.wait / time.Second)}
	}
	return nil
}

// passing tells the faults of the way and of Telegram's machines, which may
// be over in a moment, from what would be answered the same again.
func passing(err error) bool {
	for _, final := range []error{
		tg.ErrorForbidden, tg.ErrorBadRequest, tg.ErrorUnauthorized, tg.ErrorNotFound, tg.ErrorConflict,
		context.Canceled, ErrAction, errNoFile,
	} {
		if errors.Is(err, final) {
			return false
		}
	}
	var moved *tg.MigrateError
	var unwelcome *EvidenceError
	return !errors.As(err, &moved) && !errors.As(err, &unwelcome) && !strings.Contains(err.Error(), ", 413 ")
}

// badRequest tells whether Telegram refused a call with one of these words.
func badRequest(err error, words ...string) bool {
	if !errors.Is(err, tg.ErrorBadRequest) {
		return false
	}
	said := strings.ToLower(err.Error())
	for _, w := range words {
		if strings.Contains(said, strings.ToLower(w)) {
			return true
		}
	}
	return false
}

// nobody stands for the chat of calls that concern none.
const nobody = 0
