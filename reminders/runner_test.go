package reminders

import (
	"context"
	"errors"
	"strings"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"paogai/scoring"
	"paogai/store"
)

// The rungs of the nodes due on 08-31, for one liaison from 08-20 on.
const (
	all8    = "49 70 71 72 73 74 75 76"
	first22 = "08-22 09:00 101 due d7: " + all8
	then28  = "08-28 09:00 101 due d3: " + all8
	then30  = "08-30 09:00 101 due d1: " + all8
	then31  = "08-31 09:00 101 due d0: " + all8
	lapsed  = " 09:00 101 overdue overdue: " + all8
	daily   = "09-03" + lapsed + "\n09-04" + lapsed + "\n09-05" + lapsed + "\n09-06" + lapsed + "\n09-07" + lapsed
	weekly  = "09-10" + lapsed
)

func joined(s ...string) string { return strings.Join(s, "\n") }

// inBubble runs a test in a synctest bubble whose clock stands at a moment,
// with a campaign open and one liaison in it.
func inBubble(t *testing.T, at string, test func(t *testing.T, o *office)) {
	scheme := jilin(t, nil)
	synctest.Test(t, func(t *testing.T) {
		o := openOffice(t, scheme)
		o.join(eduA, store.Liaison, education)
		o.clock = time.Now
		sleepUntil(t, at)
		test(t, o)
	})
}

// sleepUntil sleeps by the bubble's clock, which takes no time.
func sleepUntil(t *testing.T, at string) {
	t.Helper()
	time.Sleep(time.Until(moment(t, at)))
	synctest.Wait()
}

// run runs something until stop, which waits for its end.
func run(t *testing.T, what func(context.Context) error) (stop func()) {
	ctx, cancel := context.WithCancel(context.Background())
	done := make(chan error, 1)
	go func() { done <- what(ctx) }()
	return func() {
		cancel()
		if err := <-done; err != nil && !errors.Is(err, context.Canceled) {
			t.Error(err)
		}
	}
}

func (o *office) expect(want ...string) {
	o.t.Helper()
	if got := lines(o.notices()); got != joined(want...) {
		o.t.Errorf("notices\n%s\nwant\n%s", got, joined(want...))
	}
}

func TestCronTellsEveryRungAtItsHour(t *testing.T) {
	inBubble(t, "2018-08-20 10:00", func(t *testing.T, o *office) {
		defer run(t, o.runner().Run)()
		sleepUntil(t, "2018-08-31 08:59")
		o.expect(first22, then28, then30)
		sleepUntil(t, "2018-09-10 09:01")
		o.expect(first22, then28, then30, then31, daily, weekly)
		if o.log.count() != 0 {
			t.Errorf("errors: %v", o.log.errors)
		}
	})
}

func TestRunMakesUpForWhatWasMissedAndGoesOn(t *testing.T) {
	inBubble(t, "2018-08-30 11:00", func(t *testing.T, o *office) {
		stop := run(t, o.runner().Run)
		synctest.Wait()
		o.expect("08-30 11:00 101 due d1: " + all8)
		stop()
		defer run(t, o.runner().Run)()
		sleepUntil(t, "2018-08-31 10:00")
		o.expect("08-30 11:00 101 due d1: "+all8, then31)
	})
}

func TestRunWaitsForTheCampaign(t *testing.T) {
	scheme := jilin(t, nil)
	synctest.Test(t, func(t *testing.T) {
		o := newOffice(t, scheme)
		o.clock = time.Now
		defer run(t, o.runner().Run)()
		run(t, o.runner().Run)() // ends although nothing was opened
		if at, job := o.runner().Next(o.clock()); !at.IsZero() {
			t.Errorf("%s runs at %s with no campaign", job, at)
		}
		sleepUntil(t, "2018-08-21 17:00")
		o.open()
		o.join(eduA, store.Liaison, education)
		sleepUntil(t, "2018-08-22 12:00")
		o.expect(first22)
	})
}

func TestReplicasRunATickOnce(t *testing.T) {
	inBubble(t, "2018-08-20 10:00", func(t *testing.T, o *office) {
		for range 3 {
			d := o.another()
			defer run(t, d.Follow)()
			defer run(t, o.runnerOf(d).Run)()
		}
		defer run(t, o.desk.Follow)()
		sleepUntil(t, "2018-08-31 10:00")
		o.expect(first22, then28, then30, then31)
		if o.log.count() != 0 {
			t.Errorf("errors: %v", o.log.errors)
		}
	})
}

func TestAFailedTickIsTriedAgain(t *testing.T) {
	inBubble(t, "2018-08-20 10:00", func(t *testing.T, o *office) {
		failures := 5
		o.journal.fault = func(line string) error {
			if strings.Contains(line, `"tick.run"`) && strings.Contains(line, "08-22") && failures > 0 {
				failures--
				return store.ErrUnknown
			}
			return nil
		}
		defer run(t, o.runner().Run)()
		sleepUntil(t, "2018-08-28 10:00")
		o.expect("08-22 09:00 101 due d7: "+all8, then28) // 1+2+4+8+16 s later
		if o.log.count() != 5 {
			t.Errorf("%d errors logged, want 5", o.log.count())
		}
	})
}

// The timer's clock and the one on the wall are not the same: a timer that
// wakes a moment too early must not lose the day's reminders.
func TestATimerThatWakesEarlyLosesNothing(t *testing.T) {
	inBubble(t, "2018-08-21 10:00", func(t *testing.T, o *office) {
		o.clock = func() time.Time { return time.Now().Add(-300 * time.Millisecond) }
		defer run(t, o.runner().Run)()
		sleepUntil(t, "2018-08-22 09:01")
		o.expect(first22)
	})
}

func TestAPanickingJobRunsAgain(t *testing.T) {
	inBubble(t, "2018-08-21 10:00", func(t *testing.T, o *office) {
		var runs []string
		job := Job{Name: "extra", Spec: "30 10 * * *; 0 15 * * *", Run: func(ctx context.Context, tick Tick) error {
			runs = append(runs, tick.At.In(store.Zone()).Format("02 15:04"))
			_, err := o.desk.Do(ctx, store.Stamp{By: store.System, At: tick.Now}, store.RunTick{Job: "extra", At: tick.At})
			if len(runs) == 2 {
				panic("boom")
			}
			return err
		}}
		stop := run(t, o.runner(job).Run)
		sleepUntil(t, "2018-08-22 23:00")
		stop()
		if got, want := strings.Join(runs, ", "), "20 15:00, 21 10:30, 21 15:00, 22 10:30, 22 15:00"; got != want {
			t.Errorf("ran %s, want %s", got, want)
		}
		if o.log.count() != 1 || !strings.Contains(o.log.errors[0], "boom") {
			t.Errorf("errors: %v", o.log.errors)
		}
	})
}

func TestStoppingWaitsForARunningJob(t *testing.T) {
	inBubble(t, "2018-08-20 10:00", func(t *testing.T, o *office) {
		var began, ended atomic.Bool
		stop := run(t, o.runner(Job{Name: "slow", Spec: "0 12 * * *", Run: func(context.Context, Tick) error {
			began.Store(true)
			time.Sleep(time.Hour)
			ended.Store(true)
			return nil
		}}).Run)
		sleepUntil(t, "2018-08-20 12:30")
		if !began.Load() || ended.Load() {
			t.Errorf("at 12:30 the job began %v, ended %v", began.Load(), ended.Load())
		}
		stop()
		if !ended.Load() {
			t.Error("stopping did not wait")
		}
	})
}

func TestAnUnreadableSpecIsNamed(t *testing.T) {
	_, err := New(Options{Jobs: []Job{{Name: "extra", Spec: "0 9 * * *; often"}}})
	if err == nil || !strings.Contains(err.Error(), "extra") || !strings.Contains(err.Error(), "often") {
		t.Errorf("%v", err)
	}
	broken := jilin(t, func(l *scoring.Ladder) { l.Stages[0].Hour = 99 })
	o := openOffice(t, broken)
	if err := o.runner().Step(t.Context(), o.now, o.now.Add(time.Hour)); err == nil {
		t.Error("a ladder with hour 99 runs")
	}
	if err := o.runner().Run(t.Context()); err == nil {
		t.Error("a ladder with hour 99 runs")
	}
}
