package reminders

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"sync"
	"time"

	"paogai/store"
)

// LeaseSender is the lease under which the one sender of a campaign sends.
const LeaseSender = "sender"

// How the lease is kept, and what Drain puts up with.
const (
	leaseTime     = 15 * time.Second
	leaseRenew    = leaseTime / 3
	drainAttempts = 3 // at one notice, before Drain gives it up
)

// SenderOptions is what a sender works with; all of it is needed. Holder names
// this process among those that want the lease.
type SenderOptions struct {
	Desk    Desk
	Leases  store.Leases
	Courier Courier
	Now     func() time.Time
	Holder  string
	Log     *slog.Logger
}

// Sender empties the outbox: the notices that are queued in the journal and
// not settled. One sender of a campaign sends at a time, in the order of
// queuing, and settles each notice by an entry of its own that the journal
// takes only while the lease is held. A notice goes out at least once; it can
// go out twice if the process dies between the platform's answer and the entry.
type Sender struct {
	o     SenderOptions
	holds *holds

	sending sync.Mutex // one pass over the outbox at a time
	mu      sync.Mutex
	waiting map[chan struct{}]bool
}

// ErrElsewhere says that another process holds the lease and sends.
var ErrElsewhere = errors.New("reminders: another process is sending")

// NewSender makes a sender.
func NewSender(o SenderOptions) *Sender {
	s := &Sender{o: o, waiting: map[chan struct{}]bool{}}
	s.holds = newHolds(s.wake)
	return s
}

// wake makes all who wait look at the outbox.
func (s *Sender) wake() {
	s.mu.Lock()
	defer s.mu.Unlock()
	for c := range s.waiting {
		nudge(c)
	}
}

// listen returns a channel that is nudged whenever something may have come or
// may be sent again, until stop.
func (s *Sender) listen() (woken chan struct{}, stop func()) {
	woken = make(chan struct{}, 1)
	s.mu.Lock()
	defer s.mu.Unlock()
	s.waiting[woken] = true
	unwatch := s.o.Desk.Watch(func(store.Entry) { nudge(woken) })
	return woken, func() {
		unwatch()
		s.mu.Lock()
		defer s.mu.Unlock()
		delete(s.waiting, woken)
	}
}

// Run sends whenever this process holds the lease, until ctx is done. What is
// on its way then is finished and settled.
func (s *Sender) Run(ctx context.Context) error {
	for ctx.Err() == nil {
		term, held, err := s.o.Leases.Acquire(ctx, LeaseSender, s.o.Holder, leaseTime)
		switch {
		case err != nil && ctx.Err() == nil:
			s.o.Log.Error("the sender's lease cannot be had", "err", err)
		case err == nil && held:
			s.lead(ctx, term)
		}
		sleep(ctx, leaseRenew)
	}
	last, cancel := context.WithTimeout(context.WithoutCancel(ctx), leaseRenew)
	defer cancel()
	if err := s.o.Leases.Release(last, LeaseSender, s.o.Holder); err != nil {
		s.o.Log.Warn("the sender's lease was not given up and will run out", "err", err)
	}
	return nil
}

// lead sends under one term of the lease, until it is lost or ctx is done.
func (s *Sender) lead(ctx context.Context, term uint64) {
	ctx, lost := context.WithCancel(ctx)
	var renewing sync.WaitGroup
	renewing.Go(func() { s.renew(ctx, lost, term) })
	defer renewing.Wait()
	defer lost()
	woken, stop := s.listen()
	defer stop()
	s.o.Log.Debug("this process sends", "term", term)
	for ctx.Err() == nil {
		if err := s.pass(ctx, term); err != nil {
			if ctx.Err() == nil {
				s.o.Log.Warn("this process stops sending", "term", term, "err", err)
			}
			return
		}
		select {
		case <-woken:
		case <-ctx.Done():
		}
	}
}

// renew keeps the lease. It gives up when another took it, or when it could
// not be renewed twice: a third attempt would come when the time is over.
func (s *Sender) renew(ctx context.Context, lost func(), term uint64) {
	defer lost()
	failed := 0
	for ctx.Err() == nil {
		sleep(ctx, leaseRenew)
		now, held, err := s.o.Leases.Acquire(ctx, LeaseSender, s.o.Holder, leaseTime)
		switch {
		case err != nil && failed == 0:
			failed++
		case err != nil || !held || now != term:
			return
		default:
			failed = 0
		}
	}
}

// Drain sends all that is queued now or meanwhile, and returns when nothing is
// left: for a rehearsal and for tests. It waits where the platform asks to
// wait. A notice that failed several times is given up and stands in the
// error; it stays queued. ErrElsewhere if another process sends.
func (s *Sender) Drain(ctx context.Context) error {
	woken, stop := s.listen()
	defer stop()
	for {
		term, held, err := s.o.Leases.Acquire(ctx, LeaseSender, s.o.Holder, leaseTime)
		if err != nil {
			return fmt.Errorf("reminders: the sender's lease: %w", err)
		}
		if !held {
			return ErrElsewhere
		}
		if err := s.pass(ctx, term); err != nil {
			return err
		}
		left := s.outbox()
		if err, all := s.givenUp(left); len(left) == 0 || all {
			return err
		}
		select {
		case <-woken:
		case <-ctx.Done():
			return fmt.Errorf("reminders: stopped before the outbox was empty: %w", ctx.Err())
		}
	}
}

// givenUp is the errors of the notices that failed too often to wait for, and
// whether that is all of them.
func (s *Sender) givenUp(left []store.Notice) (error, bool) {
	var errs []error
	for _, n := range left {
		if f := s.holds.failure(n.Notice); f.attempts >= drainAttempts {
			errs = append(errs, fmt.Errorf("notice %s: %w", n.Notice, f.err))
		}
	}
	return errors.Join(errs...), len(errs) == len(left)
}

// outbox is what is queued and not settled, in order.
func (s *Sender) outbox() []store.Notice {
	var out []store.Notice
	s.o.Desk.View(func(r *store.Record) { out = r.Outbox() })
	return out
}

// pass tries every notice in the outbox that may be sent now. The error says
// that sending cannot go on: the lease is lost or ctx is done.
func (s *Sender) pass(ctx context.Context, term uint64) error {
	s.sending.Lock()
	defer s.sending.Unlock()
	for _, n := range s.outbox() {
		if err := ctx.Err(); err != nil {
			return fmt.Errorf("reminders: stopped between notices: %w", err)
		}
		n, queued := s.current(n.Notice)
		if !queued || s.holds.held(n.Notice, n.To) {
			continue
		}
		if err := s.send(ctx, n, store.Fence{Lease: LeaseSender, Term: term}); err != nil {
			return err
		}
	}
	return nil
}

// current is the notice as it stands now; its chat may have moved, or another
// sender may have settled it, since the pass began.
func (s *Sender) current(id string) (n store.Notice, queued bool) {
	s.o.Desk.View(func(r *store.Record) {
		if found, ok := r.Notice(id); ok && found.Outstanding() {
			n, queued = found, true
		}
	})
	return n, queued
}
