package bot

import (
	"context"
	"errors"
	"fmt"
	"testing"
	"testing/synctest"
	"time"

	tg "github.com/go-telegram/bot"
)

// line is a speaker's way to Telegram that answers as the test wants.
type line struct {
	s       *speaker
	answers []error
	calls   []string // "chat@seconds"
	began   time.Time
}

func newLine(patient bool, answers ...error) *line {
	return &line{
		s:       &speaker{holds: newHolds(), patient: patient, retry: firstRetry},
		answers: answers, began: time.Now(), // of the bubble's clock
	}
}

func (l *line) call(ctx context.Context, chat int64) error {
	return l.s.call(ctx, chat, func(_ context.Context, chat int64) error {
		l.calls = append(l.calls, fmt.Sprintf("%d@%g", chat, time.Since(l.began).Seconds()))
		if len(l.answers) == 0 {
			return nil
		}
		err := l.answers[0]
		l.answers = l.answers[1:]
		return err
	})
}

func busy(seconds int) error { return &tg.TooManyRequestsError{RetryAfter: seconds} }

func TestAnswersWaitAsLongAsTelegramAsks(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		l := newLine(true, busy(7), busy(3600), fmt.Errorf("wrapped: %w", busy(1)))
		ok(t, l.call(t.Context(), 1))
		if got := fmt.Sprint(l.calls); got != "[1@0 1@7 1@3607 1@3608]" {
			t.Error(got)
		}
	})
}

func TestOneChatInTroubleHoldsNoOtherButTwoHoldAll(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		l := newLine(true)
		l.s.holds.add(1, 10*time.Second)
		ok(t, l.call(t.Context(), 2))
		time.Sleep(2 * time.Second)
		l.s.holds.add(2, 4*time.Second)
		ok(t, l.call(t.Context(), 3))
		ok(t, l.call(t.Context(), 1))
		if got := fmt.Sprint(l.calls); got != "[2@0 3@6 1@10]" {
			t.Error(got)
		}
	})
}

func TestTheCourierIsToldInsteadOfWaiting(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		l := newLine(false, busy(7))
		for range 2 {
			var told *tg.TooManyRequestsError
			if err := l.call(t.Context(), 1); !errors.As(err, &told) || told.RetryAfter != 7 {
				t.Errorf("told %v", err)
			}
		}
		if got := fmt.Sprint(l.calls); got != "[1@0]" {
			t.Errorf("called at %s", got)
		}
	})
}

func TestPassingFaultsAreTriedAgainAndFinalOnesAreNot(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		l := newLine(true, errors.New("connection reset"), errors.New("502"), nil)
		ok(t, l.call(t.Context(), 1))
		if got := fmt.Sprint(l.calls); got != "[1@0 1@0.25 1@0.75]" {
			t.Error(got)
		}
		for _, final := range []error{tg.ErrorBadRequest, tg.ErrorForbidden, ErrAction, &EvidenceError{}, errors.New("x, 413 y")} {
			l = newLine(true, final)
			if err := l.call(t.Context(), 1); !errors.Is(err, final) || len(l.calls) != 1 {
				t.Errorf("%v: %v after %d calls", final, err, len(l.calls))
			}
		}
		var lasting []error
		for range 2 * tries {
			lasting = append(lasting, errors.New("down"))
		}
		l = newLine(true, lasting...)
		if err := l.call(t.Context(), 1); err == nil || len(l.calls) != tries {
			t.Errorf("%v after %d calls", err, len(l.calls))
		}
	})
}

func TestAGroupThatMovedIsFollowed(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		l := newLine(true, &tg.MigrateError{MigrateToChatID: -9})
		var from, to int64
		l.s.moved = func(_ context.Context, a, b int64) { from, to = a, b }
		ok(t, l.call(t.Context(), -5))
		if got := fmt.Sprint(l.calls, from, to); got != "[-5@0 -9@0] -5 -9" {
			t.Error(got)
		}
	})
}
