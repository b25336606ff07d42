package reminders

import (
	"context"
	"errors"
	"testing"
	"time"

	"paogai/scoring"
	"paogai/store"
)

func TestSteppingRunsWhatCronWouldRun(t *testing.T) {
	o := openOffice(t, jilin(t, nil))
	o.join(eduA, store.Liaison, education)
	r := o.runner()
	for day := date(t, "2018-08-20"); day.Before(date(t, "2018-09-11")); day = day.AddDays(1) {
		o.step(r, day.String()+" 23:59")
	}
	o.expect(first22, then28, then30, then31, daily, weekly)
}

func TestAStepOverMonthsRunsEveryTick(t *testing.T) {
	o := openOffice(t, jilin(t, nil))
	o.join(eduA, store.Liaison, education)
	o.step(o.runner(), "2018-09-11 00:00")
	o.expect(first22, then28, then30, then31, daily, weekly)
}

func TestACommittedTickIsNotRunAgain(t *testing.T) {
	o := openOffice(t, jilin(t, nil))
	o.join(eduA, store.Liaison, education)
	from := o.now
	o.step(o.runner(), "2018-08-28 12:00")
	entries := len(o.journal.lines)
	if err := o.runner().Step(t.Context(), from, o.now); err != nil {
		t.Fatal(err)
	}
	o.expect(first22, then28)
	if len(o.journal.lines) != entries {
		t.Error("stepping over the same days wrote again")
	}
	tick := store.RunTick{Job: JobRemind, At: moment(t, "2018-08-28 09:00")}
	if _, err := o.desk.Do(t.Context(), store.Stamp{By: store.System, At: o.now}, tick); !refusedAs(err, store.BadTick) {
		t.Errorf("the desk takes a tick twice: %v", err)
	}
}

// A tick with all its notices is one entry, and rest days write nothing.
func TestATickIsOneEntry(t *testing.T) {
	o := openOffice(t, jilin(t, nil))
	o.join(eduA, store.Liaison, education)
	o.join(eduB, store.Liaison, education)
	o.step(o.runner(), "2018-08-21 23:00")
	before := len(o.journal.lines)
	o.step(o.runner(), "2018-08-22 23:00")
	if got := len(o.journal.lines) - before; got != 1 {
		t.Errorf("%d entries for one tick", got)
	}
	o.step(o.runner(), "2018-08-24 23:00")
	before = len(o.journal.lines)
	o.step(o.runner(), "2018-08-26 23:00")
	if got := len(o.journal.lines) - before; got != 0 {
		t.Errorf("%d entries on a weekend", got)
	}
}

func TestStepEndsAtTheFirstError(t *testing.T) {
	o := openOffice(t, jilin(t, nil))
	o.journal.fault = func(string) error { return store.ErrUnknown }
	if err := o.runner().Step(t.Context(), o.now, o.now.Add(48*time.Hour)); !errors.Is(err, store.ErrUnknown) {
		t.Errorf("%v, want the journal's error", err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if err := o.runner().Step(ctx, o.now, o.now.Add(48*time.Hour)); !errors.Is(err, context.Canceled) {
		t.Errorf("%v, want the context's error", err)
	}
}

func TestNextNamesTheJob(t *testing.T) {
	o := openOffice(t, jilin(t, nil))
	r := o.runner(Job{Name: "extra", Spec: "0 7 * * *"})
	for _, x := range []struct{ after, at, job string }{
		{"2018-08-20 06:00", "2018-08-20 07:00", "extra"},
		{"2018-08-20 07:00", "2018-08-20 09:00", JobRemind},
		{"2018-08-20 09:00", "2018-08-21 07:00", "extra"},
	} {
		if at, job := r.Next(moment(t, x.after)); !at.Equal(moment(t, x.at)) || job != x.job {
			t.Errorf("after %s: %s at %s, want %s at %s", x.after, job, at, x.job, x.at)
		}
	}
}

func TestNextReminderIsTheNextThatTellsSomebody(t *testing.T) {
	o := openOffice(t, jilin(t, nil))
	r := o.runner()
	next := func() string {
		at, ok := r.NextReminder(o.now)
		if !ok {
			return "none"
		}
		return at.In(store.Zone()).Format("2006-01-02 15:04")
	}
	check := func(want string) {
		t.Helper()
		if got := next(); got != want {
			t.Errorf("after %s: %s, want %s", o.now.Format("01-02 15:04"), got, want)
		}
	}
	check("none") // nobody has joined
	o.join(eduA, store.Liaison, education)
	check("2018-08-22 09:00")
	o.step(r, "2018-08-22 09:00")
	check("2018-08-28 09:00")
	o.step(r, "2018-08-31 09:00")
	check("2018-09-03 09:00") // the first workday after
	for _, task := range []string{"49", "70", "71", "72", "73", "74", "75", "76"} {
		o.file(eduA, education, task)
	}
	check("2018-09-13 09:00") // 30 workdays before 10-31
	o.step(r, "2018-12-31 12:00")
	check("2019-01-02 09:00") // 12-31 lapsed
	o.step(r, "2019-01-02 09:00")
	check("none")
	if len(o.notices()) == 0 || o.notices()[len(o.notices())-1].Stage != StageOverdue {
		t.Error("the last notice does not tell of the lapse")
	}
}

// What NextReminder names is what stepping then finds.
func TestNextReminderAgreesWithStepping(t *testing.T) {
	o := openOffice(t, jilin(t, nil))
	o.join(eduA, store.Liaison, education)
	r := o.runner()
	for range 40 {
		at, ok := r.NextReminder(o.now)
		if !ok {
			t.Fatal("no next reminder in 2018")
		}
		before := len(o.notices())
		if err := r.Step(t.Context(), o.now, at.Add(-time.Second)); err != nil {
			t.Fatal(err)
		}
		if len(o.notices()) != before {
			t.Fatalf("somebody was told before %s", at)
		}
		if err := r.Step(t.Context(), at.Add(-time.Second), at); err != nil {
			t.Fatal(err)
		}
		if len(o.notices()) == before {
			t.Fatalf("nobody was told at %s", at)
		}
		o.now = at
	}
}

func TestAnEmptyLadderHasNoReminders(t *testing.T) {
	o := openOffice(t, jilin(t, func(l *scoring.Ladder) { *l = scoring.Ladder{} }))
	o.join(eduA, store.Liaison, education)
	if at, ok := o.runner().NextReminder(o.now); ok {
		t.Errorf("there is one at %s", at)
	}
	if err := o.runner().Run(t.Context()); err != nil {
		t.Error(err)
	}
}
