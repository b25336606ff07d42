package reminders

import (
	"context"
	"errors"
	"fmt"
	"runtime/debug"
	"time"

	"paogai/store"
)

// How long what is on its way may take once the process is to stop, and how
// settling is tried again.
const (
	grace       = 10 * time.Second
	settleFirst = 100 * time.Millisecond
)

// send delivers one notice and settles it, or holds it back. The error says
// that this process may not go on sending.
func (s *Sender) send(ctx context.Context, n store.Notice, fence store.Fence) error {
	ctx, cancel := lingering(ctx)
	defer cancel()
	d, err := s.deliver(ctx, n)
	var moved *Moved
	if errors.As(err, &moved) {
		n.To = moved.To
		if err = s.follow(ctx, n.Notice, moved.To, fence); err == nil {
			d, err = s.deliver(ctx, n)
		}
	}
	var refused *Refused
	var limit *RetryAfter
	switch {
	case err == nil && d.Stale:
		return s.settle(ctx, store.SettleNotice{Notice: n.Notice, Refused: RefusedStale}, fence)
	case err == nil:
		return s.settle(ctx, store.SettleNotice{Notice: n.Notice, Messages: d.Messages}, fence)
	case errors.As(err, &refused):
		return s.refuse(ctx, n, refused.Reason, fence)
	case errors.As(err, &limit):
		global := s.holds.limit(n.To, limit.Wait)
		s.o.Log.Warn("the platform asks to wait", "chat", n.To, "wait", limit.Wait, "all", global)
	case ctx.Err() != nil:
		return fmt.Errorf("reminders: stopped while sending: %w", ctx.Err())
	case lostFor(err):
		return err
	default:
		pause := s.holds.failed(n.Notice, err)
		s.o.Log.Error("a notice was not sent", "notice", n.Notice, "pause", pause, "err", err)
	}
	return nil
}

// deliver has the courier bring a notice. A panic over one notice is an error
// of that notice.
func (s *Sender) deliver(ctx context.Context, n store.Notice) (d Delivery, err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("panic: %v\n%s", p, debug.Stack())
		}
	}()
	return s.o.Courier.Deliver(ctx, n, s.o.Now())
}

// follow records that the chat of a notice has a new id.
func (s *Sender) follow(ctx context.Context, notice string, to int64, fence store.Fence) error {
	n, queued := s.current(notice)
	if !queued || n.To == to {
		return nil
	}
	err := s.do(ctx, store.MigrateChat{From: n.To, To: to}, fence)
	if err == nil {
		s.o.Log.Info("a chat moved", "from", n.To, "to", to)
	}
	return err
}

// refuse marks a person as not to be reached and settles the notice. In this
// order: after a crash between the two the refusal is met and recorded again.
func (s *Sender) refuse(ctx context.Context, n store.Notice, reason string, fence store.Fence) error {
	s.o.Log.Warn("a chat refused a notice", "notice", n.Notice, "chat", n.To, "reason", reason)
	if n.To > 0 {
		if err := s.do(ctx, store.SetReachable{Person: n.To, Reason: reason}, fence); err != nil {
			return err
		}
	}
	return s.settle(ctx, store.SettleNotice{Notice: n.Notice, Refused: reason}, fence)
}

// settle records what became of a notice.
func (s *Sender) settle(ctx context.Context, a store.SettleNotice, fence store.Fence) error {
	if err := s.do(ctx, a, fence); err != nil {
		return err
	}
	s.holds.settled(a.Notice)
	return nil
}

// do commits an act of the sender. It does not give up: the message is out, and
// an outcome that is not recorded would have it sent again. A refusal means
// that it is recorded already, or that nothing hangs on it any more.
func (s *Sender) do(ctx context.Context, a store.Act, fence store.Fence) error {
	for pause := settleFirst; ; pause = min(2*pause, longest) {
		stamp := store.Stamp{By: store.System, At: s.o.Now(), Fence: fence}
		_, err := s.o.Desk.Do(ctx, stamp, a)
		var refusal *store.Refusal
		switch {
		case err == nil:
			return nil
		case errors.As(err, &refusal):
			s.o.Log.Debug("the record has it already", "act", fmt.Sprintf("%T", a), "refusal", refusal.Code)
			return nil
		case lostFor(err) || ctx.Err() != nil:
			return err
		}
		s.o.Log.Error("an outcome is not recorded yet", "act", fmt.Sprintf("%T", a), "pause", pause, "err", err)
		sleep(ctx, pause)
	}
}

// lostFor tells whether this process can append nothing any more: its lease
// has passed on, or the journal is not to be trusted.
func lostFor(err error) bool {
	return errors.Is(err, store.ErrFenced) || errors.Is(err, store.ErrForked) || errors.Is(err, store.ErrDamaged)
}

// lingering is a context that outlives its parent by a grace, so that what is
// on its way when the process is told to stop arrives and is recorded.
func lingering(parent context.Context) (context.Context, context.CancelFunc) {
	ctx, cancel := context.WithCancel(context.WithoutCancel(parent))
	stop := context.AfterFunc(parent, func() {
		timer := time.AfterFunc(grace, cancel)
		context.AfterFunc(ctx, func() { timer.Stop() })
	})
	return ctx, func() { stop(); cancel() }
}
