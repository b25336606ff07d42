package reminders

import (
	"context"
	"errors"
	"strings"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"paogai/store"
)

func TestOneOfSeveralProcessesSends(t *testing.T) {
	sending(t, func(t *testing.T, o *office, p *postman) {
		other := o.another()
		defer run(t, other.Follow)()
		defer run(t, o.desk.Follow)()
		stopA := run(t, o.sender(o.desk, p, "a").Run)
		synctest.Wait()
		defer run(t, o.sender(other, p, "b").Run)()
		o.queue(eduA, eduB)
		time.Sleep(time.Minute)
		p.expect("09:00:00 101", "09:00:00 102")
		stopA() // gives the lease up
		o.queue(county)
		time.Sleep(leaseRenew)
		synctest.Wait()
		if got := len(p.calls); got != 3 {
			t.Errorf("%d deliveries, the other process did not take over: %v", got, p.calls)
		}
		if o.log.count() != 0 {
			t.Errorf("errors: %v", o.log.errors)
		}
	})
}

// A process that was paused while its lease passed on may have a message on
// its way; what it must not do is write to the journal, or go on sending.
func TestASenderThatLostItsLeaseStops(t *testing.T) {
	sending(t, func(t *testing.T, o *office, p *postman) {
		var calm atomic.Bool
		p.answer = func(store.Notice, int) (Delivery, error) {
			if !calm.Load() {
				o.journal.steal()
			}
			return Delivery{Messages: []int{7}}, nil
		}
		ids := o.queue(eduA, eduB, county)
		defer run(t, o.sender(o.desk, p, "a").Run)()
		synctest.Wait()
		p.expect("09:00:00 101")
		o.expectOutcomes(ids, "queued", "queued", "queued")
		time.Sleep(30 * time.Minute)
		p.expect("09:00:00 101")
		calm.Store(true)
		time.Sleep(31 * time.Minute) // the thief's time is over
		o.expectOutcomes(ids, "sent [7]", "sent [7]", "sent [7]")
	})
}

// faultyLeases fails to renew for a while.
type faultyLeases struct {
	*memory
	fails func() bool
}

func (l *faultyLeases) Acquire(ctx context.Context, name, holder string, ttl time.Duration) (uint64, bool, error) {
	if l.fails() {
		return 0, false, errors.New("no connection")
	}
	return l.memory.Acquire(ctx, name, holder, ttl)
}

func TestALeaseThatCannotBeRenewedIsLetGo(t *testing.T) {
	for failures, want := range map[int]string{1: "09:00:21 101", 4: "09:00:25 101"} {
		sending(t, func(t *testing.T, o *office, p *postman) {
			var left atomic.Int64
			leases := &faultyLeases{o.journal, func() bool { return left.Add(-1) >= 0 }}
			s := o.sender(o.desk, p, "a")
			s.o.Leases = leases
			defer run(t, s.Run)()
			time.Sleep(time.Second)
			left.Store(int64(failures))
			time.Sleep(20 * time.Second) // renewals at 5, 10, 15, 20 s
			o.queue(eduA)
			time.Sleep(20 * time.Second)
			p.expect(want)
		})
	}
}

// Told to stop while a message is on its way: it arrives, and is recorded.
func TestStoppingLetsTheMessageOnItsWayArrive(t *testing.T) {
	sending(t, func(t *testing.T, o *office, p *postman) {
		p.answer = func(store.Notice, int) (Delivery, error) {
			time.Sleep(3 * time.Second)
			return Delivery{Messages: []int{7}}, nil
		}
		ids := o.queue(eduA, eduB)
		stop := run(t, o.sender(o.desk, p, "a").Run)
		time.Sleep(time.Second)
		stop()
		p.expect("09:00:00 101")
		o.expectOutcomes(ids, "sent [7]", "queued")
	})
}

// slow is a courier that gives up only with its context.
type slow struct{ gaveUp time.Time }

func (s *slow) Deliver(ctx context.Context, _ store.Notice, _ time.Time) (Delivery, error) {
	<-ctx.Done()
	s.gaveUp = time.Now()
	return Delivery{}, ctx.Err()
}

func TestStoppingDoesNotWaitForever(t *testing.T) {
	sending(t, func(t *testing.T, o *office, _ *postman) {
		ids := o.queue(eduA)
		courier := &slow{}
		stop := run(t, o.sender(o.desk, courier, "a").Run)
		time.Sleep(time.Second)
		begin := time.Now()
		stop()
		if took := courier.gaveUp.Sub(begin); took != grace {
			t.Errorf("gave up after %s, want %s", took, grace)
		}
		o.expectOutcomes(ids, "queued")
	})
}

func TestAJournalThatForkedStopsTheSender(t *testing.T) {
	sending(t, func(t *testing.T, o *office, p *postman) {
		o.queue(eduA, eduB)
		o.journal.fault = func(string) error { return store.ErrForked }
		err := o.sender(o.desk, p, "a").Drain(t.Context())
		if !errors.Is(err, store.ErrForked) {
			t.Errorf("%v", err)
		}
		p.expect("09:00:00 101")
	})
}

func TestDrainSendsAllThatIsQueued(t *testing.T) {
	sending(t, func(t *testing.T, o *office, p *postman) {
		p.answer = func(n store.Notice, attempt int) (Delivery, error) {
			switch {
			case n.To == eduA && attempt == 1:
				return Delivery{}, &RetryAfter{40 * time.Second}
			case n.To == eduB && attempt == 1:
				return Delivery{}, errors.New("502")
			}
			return Delivery{Messages: []int{7}}, nil
		}
		ids := o.queue(eduA, eduB, county)
		if err := o.sender(o.desk, p, "a").Drain(t.Context()); err != nil {
			t.Fatal(err)
		}
		o.expectOutcomes(ids, "sent [7]", "sent [7]", "sent [7]")
		p.expect("09:00:00 101", "09:00:00 102", "09:00:00 103", "09:00:01 102", "09:00:40 101")
	})
}

func TestDrainGivesUpWhatCannotBeSent(t *testing.T) {
	sending(t, func(t *testing.T, o *office, p *postman) {
		p.answer = func(n store.Notice, _ int) (Delivery, error) {
			if n.To == eduA {
				return Delivery{}, errors.New("400 malformed entities")
			}
			return Delivery{Messages: []int{7}}, nil
		}
		ids := o.queue(eduA, eduB)
		err := o.sender(o.desk, p, "a").Drain(t.Context())
		if err == nil || !strings.Contains(err.Error(), ids[0]) || !strings.Contains(err.Error(), "malformed") {
			t.Errorf("%v", err)
		}
		o.expectOutcomes(ids, "queued", "sent [7]")
	})
}

func TestDrainBesideRun(t *testing.T) {
	sending(t, func(t *testing.T, o *office, p *postman) {
		s := o.sender(o.desk, p, "a")
		defer run(t, s.Run)()
		synctest.Wait()
		ids := o.queue(eduA, eduB, county)
		if err := s.Drain(t.Context()); err != nil {
			t.Fatal(err)
		}
		o.expectOutcomes(ids, "sent [7]", "sent [7]", "sent [7]")
		p.expect("09:00:00 101", "09:00:00 102", "09:00:00 103")
		elsewhere := o.sender(o.desk, p, "b")
		if err := elsewhere.Drain(t.Context()); !errors.Is(err, ErrElsewhere) {
			t.Errorf("another process drains: %v", err)
		}
	})
}

func TestDrainEndsWithItsContext(t *testing.T) {
	sending(t, func(t *testing.T, o *office, p *postman) {
		p.answer = func(store.Notice, int) (Delivery, error) { return Delivery{}, &RetryAfter{time.Hour} }
		o.queue(eduA)
		ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
		defer cancel()
		if err := o.sender(o.desk, p, "a").Drain(ctx); !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("%v", err)
		}
		p.expect("09:00:00 101")
	})
}
