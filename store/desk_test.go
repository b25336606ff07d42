package store

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"
)

func TestTwoDesksOnOneJournalAgree(t *testing.T) {
	m := newMemory()
	one := opened(t, m)
	two := newDesk(t, m)
	if digestOf(one) != digestOf(two) {
		t.Fatal("the replay differs from what was done")
	}
	// Two clerks at the same moment: the second finds the first's decision.
	id := fmt.Sprintf("S%d", do(t, one, "tg:11", file("甲局", "1", 1, "a")).Seq)
	do(t, two, "tg:33", ReturnSubmission{id, "看不清"})
	_, err := one.Do(t.Context(), Stamp{By: "tg:32", At: t0}, AcceptSubmission{Submission: id})
	if codeOf(err) != AlreadyDecided || argsOf(err)["by"] != "tg:33" {
		t.Errorf("the second clerk was told %v", err)
	}
	if digestOf(one) != digestOf(two) {
		t.Error("the desks differ")
	}
}

func TestManyWritersLoseAndDoubleNothing(t *testing.T) {
	m := newMemory()
	first := opened(t, m)
	start := len(m.lines)
	var wg sync.WaitGroup
	const desks, acts = 4, 25
	for i := range desks {
		d := newDesk(t, m)
		wg.Go(func() {
			for k := range acts {
				s := Stamp{By: System, At: t0, Cause: fmt.Sprintf("%d/%d", i, k)}
				if _, err := d.Do(t.Context(), s, RunTick{Job: fmt.Sprintf("j%d", i), At: t0.Add(time.Duration(k) * time.Minute)}); err != nil {
					t.Error(err)
				}
			}
		})
	}
	wg.Wait()
	if got := len(m.lines) - start; got != desks*acts {
		t.Errorf("%d entries of %d", got, desks*acts)
	}
	if err := first.sync(t.Context()); err != nil || digestOf(first) != digestOf(newDesk(t, m)) {
		t.Errorf("a desk that caught up differs from one that replayed, %v", err)
	}
}

func TestALostRaceIsDecidedAgain(t *testing.T) {
	m := newMemory()
	one := opened(t, m)
	two := newDesk(t, m)
	m.before = func() { do(t, two, "tg:21", file("乙局", "1", 1, "first")) }
	e := do(t, one, "tg:11", file("甲局", "1", 1, "second"))
	if got := e.Events[0].(SubmissionFiled).Submission; string(got) != fmt.Sprintf("S%d", len(m.lines)) {
		t.Errorf("the id %s is not of its entry %d", got, len(m.lines))
	}
	m.before = func() { do(t, two, "tg:12", file("甲局", "2", 1, "first")) }
	_, err := one.Do(t.Context(), Stamp{By: "tg:11", At: t0}, file("甲局", "2", 1, "second"))
	if codeOf(err) != AlreadyWaiting {
		t.Errorf("a race for one milestone ended with %v", err)
	}
}

func TestACauseCountsOnce(t *testing.T) {
	m := newMemory()
	d := opened(t, m)
	s := Stamp{By: "tg:11", At: t0, Cause: "update/7"}
	first, err := d.Do(t.Context(), s, file("甲局", "1", 1, "a"))
	if err != nil {
		t.Fatal(err)
	}
	for _, desk := range []*Desk{d, newDesk(t, m)} {
		again, err := desk.Do(t.Context(), s, file("甲局", "2", 1, "b"))
		if err != nil || again.Seq != first.Seq || len(again.Events) != len(first.Events) {
			t.Errorf("a repeat gave entry %d, %v", again.Seq, err)
		}
	}
	d.View(func(r *Record) {
		if seq, ok := r.ByCause("update/7"); !ok || seq != first.Seq {
			t.Errorf("the cause is in %d", seq)
		}
		if _, ok := r.ByCause(""); ok {
			t.Error("no cause is a cause")
		}
	})
	// A refused act leaves its cause free.
	s.Cause = "update/8"
	if _, err := d.Do(t.Context(), s, file("甲局", "1", 1, "a")); codeOf(err) != AlreadyWaiting {
		t.Fatal(err)
	}
	if _, err := d.Do(t.Context(), s, file("甲局", "2", 1, "a")); err != nil {
		t.Error(err)
	}
}

func TestAnUnknownOutcomeIsSaidAndFoundOut(t *testing.T) {
	m := newMemory()
	d := opened(t, m)
	before := digestOf(d)
	m.after = func() error { return fmt.Errorf("timeout: %w", ErrUnknown) }
	s := Stamp{By: "tg:11", At: t0, Cause: "update/7"}
	_, err := d.Do(t.Context(), s, file("甲局", "1", 1, "a"))
	if !errors.Is(err, ErrUnknown) || digestOf(d) != before {
		t.Fatalf("an unknown outcome: %v, or it shows already", err)
	}
	e, err := d.Do(t.Context(), s, file("甲局", "1", 1, "a"))
	if err != nil || e.Seq != uint64(len(m.lines)) {
		t.Errorf("the same again found entry %d, %v", e.Seq, err)
	}
}

func TestAFaultChangesNothingAndPasses(t *testing.T) {
	m := newMemory()
	d := opened(t, m)
	before, entries := digestOf(d), len(m.lines)
	for _, fault := range []error{errors.New("disk full"), ErrFenced} {
		d.journal = &refusing{m, fault}
		if _, err := d.Do(t.Context(), Stamp{By: "tg:11", At: t0}, file("甲局", "1", 1, "a")); !errors.Is(err, fault) {
			t.Errorf("said %v", err)
		}
	}
	if digestOf(d) != before || len(m.lines) != entries {
		t.Error("a fault changed something")
	}
	d.journal = m
	do(t, d, "tg:11", file("甲局", "1", 1, "a"))
}

// refusing is a journal that takes no more.
type refusing struct {
	*memory
	fault error
}

func (r *refusing) Append(context.Context, Position, []byte, Fence) (Position, error) {
	return Position{}, r.fault
}

func TestAForkStopsTheDesk(t *testing.T) {
	m := newMemory()
	d := opened(t, m)
	other := newMemory()
	opened(t, other)
	other.lines[0], other.at[len(other.at)-1] = nil, Position{Seq: uint64(len(other.at)), Hash: [32]byte{1}}
	d.journal = other
	for range 2 {
		if _, err := d.Do(t.Context(), Stamp{By: "tg:11", At: t0}, file("甲局", "1", 1, "a")); !errors.Is(err, ErrForked) {
			t.Errorf("a fork went on: %v", err)
		}
	}
	if err := d.Follow(t.Context()); !errors.Is(err, ErrForked) {
		t.Errorf("a forked journal is followed: %v", err)
	}

	short := newDesk(t, m)
	short.journal = newMemory() // restored from before the beginning
	if err := short.Follow(withHead(t, short)); !errors.Is(err, ErrForked) {
		t.Errorf("a journal that lost its entries: %v", err)
	}
}

// withHead lets Follow find that its head is gone, as a store's Wait does by
// returning early.
func withHead(t *testing.T, d *Desk) context.Context {
	t.Helper()
	d.journal = &impatient{d.journal.(*memory)}
	return t.Context()
}

type impatient struct{ *memory }

func (impatient) Wait(context.Context, uint64) error { return nil }

func TestAJournalThatDoesNotFoldIsNotServed(t *testing.T) {
	for name, line := range map[string]string{
		"an entry from tomorrow's program": `{"seq":1,"at":"2018-08-20T09:00:00+08:00","by":"system","events":[{"type":"new.thing"}]}`,
		"an event that may not be":         `{"seq":1,"at":"2018-08-20T09:00:00+08:00","by":"system","events":[{"type":"campaign.closed"}]}`,
		"no entry at all":                  `hello`,
	} {
		m := newMemory()
		if _, err := m.Append(t.Context(), Position{}, []byte(line), Fence{}); err != nil {
			t.Fatal(err)
		}
		_, err := NewDesk(t.Context(), DeskOptions{Journal: m, Schemes: oneScheme()})
		if err == nil || !strings.Contains(err.Error(), "entry 1") && !strings.Contains(err.Error(), "entry 0") {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestFollowingWhatOthersAppend(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		m := newMemory()
		one := opened(t, m)
		two := newDesk(t, m)
		two.journal = &stumbling{memory: m, left: 3}
		var seen []uint64
		told := make(chan struct{}, 2)
		stop := two.Watch(func(e Entry) {
			seen = append(seen, e.Seq)
			told <- struct{}{}
		})
		ctx, cancel := context.WithCancel(t.Context())
		done := make(chan error, 1)
		go func() { done <- two.Follow(ctx) }()
		first := do(t, one, "tg:11", file("甲局", "1", 1, "a")).Seq
		do(t, one, "tg:11", file("甲局", "2", 1, "b"))
		<-told // although the journal does not answer three times
		<-told
		synctest.Wait()
		if digestOf(one) != digestOf(two) || !slices.Equal(seen, []uint64{first, first + 1}) {
			t.Errorf("followed %v", seen)
		}
		stop()
		do(t, one, "tg:11", file("甲局", "3", 1, "c"))
		synctest.Wait()
		if len(seen) != 2 {
			t.Error("told after stopping")
		}
		cancel()
		if err := <-done; !errors.Is(err, context.Canceled) {
			t.Errorf("following ended with %v", err)
		}
	})
}

// stumbling fails its first calls of Wait.
type stumbling struct {
	*memory
	left int
}

func (s *stumbling) Wait(ctx context.Context, after uint64) error {
	if s.left > 0 {
		s.left--
		return errors.New("connection reset")
	}
	return s.memory.Wait(ctx, after)
}

func TestWatchersAreToldInOrderAndMayAct(t *testing.T) {
	d := opened(t, newMemory())
	var seen []uint64
	d.Watch(func(e Entry) {
		d.View(func(r *Record) {
			if r.Head().Seq < e.Seq {
				t.Errorf("told of entry %d before it stands", e.Seq)
			}
		})
		seen = append(seen, e.Seq)
		if _, isFiling := e.Events[0].(SubmissionFiled); isFiling {
			do(t, d, "tg:32", ReturnSubmission{string(e.Events[0].(SubmissionFiled).Submission), "x"})
		}
	})
	first := do(t, d, "tg:11", file("甲局", "1", 1, "a")).Seq
	do(t, d, "tg:11", file("甲局", "1", 1, "b"))
	if !slices.Equal(seen, []uint64{first, first + 1, first + 2, first + 3}) {
		t.Errorf("told %v from %d", seen, first)
	}
}

func TestTheStampOfAnAct(t *testing.T) {
	m := newMemory()
	d := opened(t, m)
	fence := Fence{Lease: "sender", Term: 3}
	tick := func(job string, at time.Time) Entry {
		e, err := d.Do(t.Context(), Stamp{By: System, At: at, Fence: fence}, RunTick{Job: job, At: t0})
		if err != nil {
			t.Fatal(err)
		}
		return e
	}
	if e := tick("a", t0.Add(90*time.Second+time.Millisecond)); !e.At.Equal(t0.Add(90 * time.Second)) {
		t.Errorf("recorded at %v", e.At)
	}
	if e := tick("b", t0); !e.At.Equal(t0.Add(90 * time.Second)) {
		t.Errorf("a clock went back and the entry with it: %v", e.At)
	}
	if m.fence != fence || fence.IsZero() {
		t.Errorf("appended under %v", m.fence)
	}
	if _, err := d.Do(t.Context(), Stamp{By: System}, RunTick{Job: "c", At: t0}); err == nil {
		t.Error("an act without a time")
	}
	if _, err := d.Do(t.Context(), Stamp{By: System, At: t0, Cause: strings.Repeat("x", 999)}, RunTick{Job: "c", At: t0}); err == nil {
		t.Error("an act with an endless cause")
	}
}

func TestNobodySeesWhatIsNotCommitted(t *testing.T) {
	m := newMemory()
	d := opened(t, m)
	before := digestOf(d)
	m.before = func() {
		if digestOf(d) != before {
			t.Error("an act shows before it is committed")
		}
	}
	do(t, d, "tg:11", file("甲局", "1", 1, "a"))
}
