package reminders

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"paogai/store"
)

// postman is a courier that answers as a test tells it and keeps what it did.
type postman struct {
	o      *office
	answer func(n store.Notice, attempt int) (Delivery, error) // nil: delivered

	mu       sync.Mutex
	attempts map[string]int
	calls    []string // "09:00:00 101 n5-1"
}

func (p *postman) Deliver(_ context.Context, n store.Notice, now time.Time) (Delivery, error) {
	p.mu.Lock()
	if p.attempts == nil {
		p.attempts = map[string]int{}
	}
	p.attempts[n.Notice]++
	attempt := p.attempts[n.Notice]
	p.calls = append(p.calls, fmt.Sprintf("%s %d", now.In(store.Zone()).Format("15:04:05"), n.To))
	p.mu.Unlock()
	if p.answer != nil {
		return p.answer(n, attempt)
	}
	return Delivery{Messages: []int{7}}, nil
}

func (p *postman) expect(want ...string) {
	p.o.t.Helper()
	p.mu.Lock()
	defer p.mu.Unlock()
	if !slices.Equal(p.calls, want) {
		p.o.t.Errorf("delivered\n%s\nwant\n%s", strings.Join(p.calls, "\n"), strings.Join(want, "\n"))
	}
}

// sending runs a test with a campaign of three people, a postman and a clock
// that stands at 09:00.
func sending(t *testing.T, test func(t *testing.T, o *office, p *postman)) {
	inBubble(t, "2018-08-22 09:00", func(t *testing.T, o *office) {
		o.join(eduB, store.Liaison, education)
		o.join(county, store.Liaison, "永吉县")
		test(t, o, &postman{o: o})
	})
}

func (o *office) sender(d Desk, p Courier, holder string) *Sender {
	return NewSender(SenderOptions{
		Desk: d, Leases: o.journal, Courier: p, Holder: holder, Log: slog.New(o.log),
		Now: func() time.Time { return o.clock() },
	})
}

// queue queues a notice to each chat and returns their references.
func (o *office) queue(chats ...int64) []string {
	o.t.Helper()
	tick := store.RunTick{Job: "test", At: o.clock()}
	o.desk.View(func(r *store.Record) {
		if last := r.LastTick("test"); !tick.At.After(last) {
			tick.At = last.Add(time.Second)
		}
	})
	for _, chat := range chats {
		tick.Notices = append(tick.Notices, store.NoticeQueued{To: chat, Kind: store.NoticeDue, Unit: education})
	}
	var ids []string
	for _, event := range o.do(store.System, tick).Events {
		if n, ok := event.(store.NoticeQueued); ok {
			ids = append(ids, n.Notice)
		}
	}
	return ids
}

// outcome says what became of a notice: "queued", "sent [7]", or the refusal.
func (o *office) outcome(id string) string {
	o.t.Helper()
	out := ""
	o.desk.View(func(r *store.Record) {
		n, ok := r.Notice(id)
		switch {
		case !ok:
			out = "unknown"
		case n.Settled == nil:
			out = "queued"
		case n.Refused != "":
			out = n.Refused
		default:
			out = fmt.Sprintf("sent %v", n.Messages)
		}
	})
	return out
}

func (o *office) expectOutcomes(ids []string, want ...string) {
	o.t.Helper()
	var got []string
	for _, id := range ids {
		got = append(got, o.outcome(id))
	}
	if !slices.Equal(got, want) {
		o.t.Errorf("outcomes %q, want %q", got, want)
	}
}

func TestTheOutboxIsSentInOrderEachSettledByItself(t *testing.T) {
	sending(t, func(t *testing.T, o *office, p *postman) {
		before := len(o.journal.lines)
		ids := o.queue(county, eduA, eduB)
		defer run(t, o.sender(o.desk, p, "a").Run)()
		synctest.Wait()
		p.expect("09:00:00 103", "09:00:00 101", "09:00:00 102")
		o.expectOutcomes(ids, "sent [7]", "sent [7]", "sent [7]")
		if got := len(o.journal.lines) - before; got != 4 {
			t.Errorf("%d entries, want one for the tick and one a notice", got)
		}
	})
}

func TestTheSenderWakesWhenSomethingIsQueued(t *testing.T) {
	sending(t, func(t *testing.T, o *office, p *postman) {
		defer run(t, o.sender(o.desk, p, "a").Run)()
		sleepUntil(t, "2018-08-22 09:10")
		p.expect()
		ids := o.queue(eduA)
		synctest.Wait() // no time passes
		p.expect("09:10:00 101")
		o.expectOutcomes(ids, "sent [7]")
	})
}

func TestALimitedChatWaitsAndTheOthersDoNot(t *testing.T) {
	sending(t, func(t *testing.T, o *office, p *postman) {
		p.answer = func(n store.Notice, attempt int) (Delivery, error) {
			if n.To == eduA && attempt == 1 {
				return Delivery{}, fmt.Errorf("wrapped: %w", &RetryAfter{30 * time.Second})
			}
			return Delivery{Messages: []int{7}}, nil
		}
		o.queue(eduA, eduB, eduA)
		defer run(t, o.sender(o.desk, p, "a").Run)()
		synctest.Wait()
		p.expect("09:00:00 101", "09:00:00 102")
		time.Sleep(29 * time.Second)
		o.queue(county)
		synctest.Wait()
		p.expect("09:00:00 101", "09:00:00 102", "09:00:29 103")
		time.Sleep(time.Second)
		synctest.Wait()
		p.expect("09:00:00 101", "09:00:00 102", "09:00:29 103", "09:00:30 101", "09:00:30 101")
	})
}

func TestTwoLimitedChatsHoldEverything(t *testing.T) {
	for _, x := range []struct {
		apart time.Duration
		want  []string
	}{
		{4 * time.Second, []string{"09:00:00 101", "09:00:04 102", "09:00:24 102", "09:00:24 103", "09:01:00 101"}},
		{6 * time.Second, []string{"09:00:00 101", "09:00:06 102", "09:00:06 103", "09:00:26 102", "09:01:00 101"}},
	} {
		sending(t, func(t *testing.T, o *office, p *postman) {
			waits := map[int64]time.Duration{eduA: time.Minute, eduB: 20 * time.Second}
			p.answer = func(n store.Notice, attempt int) (Delivery, error) {
				if wait := waits[n.To]; wait > 0 && attempt == 1 {
					return Delivery{}, &RetryAfter{wait}
				}
				return Delivery{Messages: []int{7}}, nil
			}
			o.queue(eduA)
			defer run(t, o.sender(o.desk, p, "a").Run)()
			time.Sleep(x.apart)
			o.queue(eduB, county)
			time.Sleep(5 * time.Minute)
			p.expect(x.want...)
		})
	}
}

func TestAnErrorIsRetriedWithGrowingPausesAndBlocksNobody(t *testing.T) {
	for name, fail := range map[string]func(){"error": func() {}, "panic": func() { panic("boom") }} {
		sending(t, func(t *testing.T, o *office, p *postman) {
			p.answer = func(n store.Notice, attempt int) (Delivery, error) {
				if n.To == eduA && attempt <= 4 {
					fail()
					return Delivery{}, errors.New("502")
				}
				return Delivery{Messages: []int{7}}, nil
			}
			ids := o.queue(eduA, eduB, county)
			defer run(t, o.sender(o.desk, p, "a").Run)()
			synctest.Wait()
			o.expectOutcomes(ids, "queued", "sent [7]", "sent [7]")
			time.Sleep(time.Minute)
			p.expect("09:00:00 101", "09:00:00 102", "09:00:00 103",
				"09:00:01 101", "09:00:03 101", "09:00:07 101", "09:00:15 101")
			if o.log.count() != 4 {
				t.Errorf("%s: %d errors logged, want 4", name, o.log.count())
			}
		})
	}
}

func TestPausesEndAtFiveMinutes(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		h := newHolds(func() {})
		for range 60 {
			h.failed("n1-1", errors.New("400"))
		}
		if got := h.failed("n1-1", errors.New("400")); got != retryLongest {
			t.Errorf("pause %s", got)
		}
	})
}

func TestARefusalSettlesAndMarksThePerson(t *testing.T) {
	sending(t, func(t *testing.T, o *office, p *postman) {
		p.answer = func(n store.Notice, _ int) (Delivery, error) {
			if n.To == eduB {
				return Delivery{Messages: []int{7}}, nil
			}
			return Delivery{}, fmt.Errorf("deliver: %w", &Refused{"bot was blocked by the user"})
		}
		ids := o.queue(eduA, 4711, -100, eduB) // 4711 never joined, -100 is a group
		defer run(t, o.sender(o.desk, p, "a").Run)()
		synctest.Wait()
		o.expectOutcomes(ids, "bot was blocked by the user", "bot was blocked by the user", "bot was blocked by the user", "sent [7]")
		o.desk.View(func(r *store.Record) {
			if who, _ := r.Person(eduA); who.Reachable || who.Reason == "" {
				t.Errorf("after the refusal: %+v", who)
			}
			if who, _ := r.Person(eduB); !who.Reachable {
				t.Error("somebody else was marked")
			}
		})
	})
}

func TestAMovedChatIsFollowed(t *testing.T) {
	for _, bound := range []bool{true, false} {
		sending(t, func(t *testing.T, o *office, p *postman) {
			if bound {
				o.do("office:test", store.BindChat{Chat: -5, Purpose: store.PurposeOffice, Title: "跑改办"})
			}
			p.answer = func(n store.Notice, _ int) (Delivery, error) {
				if n.To == -5 {
					return Delivery{}, &Moved{To: -1005}
				}
				return Delivery{Messages: []int{7}}, nil
			}
			ids := o.queue(-5)
			defer run(t, o.sender(o.desk, p, "a").Run)()
			synctest.Wait()
			p.expect("09:00:00 -5", "09:00:00 -1005")
			o.expectOutcomes(ids, "sent [7]")
			o.desk.View(func(r *store.Record) {
				if _, ok := r.Chat(-1005); ok != bound {
					t.Errorf("bound %v: the new chat is known: %v", bound, ok)
				}
			})
		})
	}
}

func TestAStaleNoticeIsSettledUnsent(t *testing.T) {
	sending(t, func(t *testing.T, o *office, p *postman) {
		p.answer = func(store.Notice, int) (Delivery, error) { return Delivery{Stale: true}, nil }
		ids := o.queue(eduA)
		defer run(t, o.sender(o.desk, p, "a").Run)()
		synctest.Wait()
		o.expectOutcomes(ids, RefusedStale)
	})
}

// The message is out and the journal does not answer: what is repeated is the
// entry, never the message.
func TestAnUnrecordedOutcomeIsNotSentAgain(t *testing.T) {
	sending(t, func(t *testing.T, o *office, p *postman) {
		failures := 3
		ids := o.queue(eduA)
		o.journal.fault = func(string) error {
			if failures--; failures >= 0 {
				return store.ErrUnknown
			}
			return nil
		}
		defer run(t, o.sender(o.desk, p, "a").Run)()
		time.Sleep(time.Minute)
		p.expect("09:00:00 101")
		o.expectOutcomes(ids, "sent [7]")
	})
}
