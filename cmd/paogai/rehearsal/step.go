package rehearsal

import (
	"context"
	"fmt"
	"time"

	"paogai/bot/sandbox"
	"paogai/store"
)

// advance moves the clock to the target. On the way every reminder runs at its
// time and the script makes its moves; each is done, and told to whom it
// concerns, before the clock goes on. What a kill cut short is taken up again:
// nothing is done twice, because each act stands in the journal by its cause.
// The caller holds stepping.
func (s *Stage) advance(ctx context.Context, target time.Time) error {
	for {
		now := s.clock.Now()
		if err := s.runner.Step(ctx, now.Add(-1), now); err != nil {
			return fmt.Errorf("rehearsal: %w", err)
		}
		if err := s.settle(ctx); err != nil {
			return err
		}
		next, act := s.next(now, target)
		if next.IsZero() {
			if err := s.clock.Set(target); err != nil {
				return err
			}
			return s.settle(ctx)
		}
		if err := s.clock.Set(next); err != nil {
			return err
		}
		if act != nil {
			if err := act(ctx); err != nil {
				return err
			}
		}
	}
}

// next is the earliest thing that happens up to the target: a scheduled job
// (act is nil, the runner does it) or a move of the script.
func (s *Stage) next(now, target time.Time) (at time.Time, act func(context.Context) error) {
	if tick, _ := s.runner.Next(now); !tick.IsZero() && !tick.After(target) {
		at = tick
	}
	var m move
	var found bool
	s.desk.View(func(r *store.Record) { m, found = s.season.next(r) })
	if !found || m.at.After(target) || !at.IsZero() && !m.at.Before(at) {
		return at, nil
	}
	if m.at.Before(now) {
		m.at = now
	}
	return m.at, func(ctx context.Context) error {
		_, err := s.desk.Do(ctx, store.Stamp{By: m.by, At: m.at, Cause: m.cause}, m.act)
		if err != nil {
			return fmt.Errorf("rehearsal: the script's %s: %w", m.cause, err)
		}
		return nil
	}
}

// settle waits until the bot has answered everything and every notice is out.
func (s *Stage) settle(ctx context.Context) error {
	if err := s.heard(ctx); err != nil {
		return err
	}
	if err := s.bot.Idle(ctx); err != nil {
		return fmt.Errorf("rehearsal: %w", err)
	}
	if err := s.sender.Drain(ctx); err != nil {
		return fmt.Errorf("rehearsal: %w", err)
	}
	return nil
}

// heard waits until the bot has taken in everything that people did.
func (s *Stage) heard(ctx context.Context) error {
	idle := make(chan struct{}, 1)
	defer s.whenIdle(func() {
		select {
		case idle <- struct{}{}:
		default:
		}
	})()
	for s.server.Pending() > 0 {
		select {
		case <-idle:
		case <-ctx.Done():
			return fmt.Errorf("rehearsal: %w", ctx.Err())
		}
	}
	return nil
}

// whenIdle calls fn each time the bot has taken in the last update, until stop.
func (s *Stage) whenIdle(fn func()) (stop func()) {
	return s.server.Watch(func(e sandbox.Event) {
		if e.Type == "idle" {
			fn()
		}
	})
}
