package reminders

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"strings"
	"time"

	"paogai/scoring"
	"paogai/store"
)

// JobRemind is the name of the reminders' job, as its ticks bear it.
const JobRemind = "remind"

// Desk is what reminders need of the campaign's desk, a *store.Desk.
type Desk interface {
	Do(ctx context.Context, s store.Stamp, a store.Act) (store.Entry, error)
	View(fn func(*store.Record))
	Watch(fn func(store.Entry)) (stop func())
}

// Job is something that happens at times. Spec is in cron's five fields, in the
// scheme's zone; several separated by ";" happen at the times of each.
//
// Run gets one tick: At is when it was scheduled, Now when it runs, not before
// At. Missed ticks of one job are run as one, the latest. A job that is done
// commits its tick (store.RunTick under its name and At); one that does not
// leaves it to a later tick.
type Job struct {
	Name string
	Spec string
	Run  func(ctx context.Context, t Tick) error
}

// Tick is one running of a job.
type Tick struct{ At, Now time.Time }

// remind is the reminders' job.
type remind struct {
	desk Desk
	cal  *Calendar
	log  *slog.Logger
}

// job is the job at the hours of a ladder.
func (j *remind) job(l scoring.Ladder) Job {
	return Job{Name: JobRemind, Spec: ladderSpec(l), Run: j.run}
}

// ladderSpec is the cron spec of all hours at which a ladder tells anything:
// every day, because a rest day can make up for what was missed before it.
func ladderSpec(l scoring.Ladder) string {
	var specs []string
	for _, h := range hoursOf(l) {
		minutes := int(h / time.Minute)
		specs = append(specs, fmt.Sprintf("%d %d * * *", minutes%60, minutes/60))
	}
	return strings.Join(specs, "; ")
}

// run commits one tick: all its notices in one entry, or nothing.
func (j *remind) run(ctx context.Context, t Tick) error {
	var out told
	j.desk.View(func(r *store.Record) {
		out = compose(r, j.cal, tick{last: lastTick(r, JobRemind), at: t.At, now: t.Now})
	})
	if out.wait {
		j.log.Debug("reminders wait for a working hour", "tick", t.At)
		return nil
	}
	stamp := store.Stamp{By: store.System, At: t.Now}
	_, err := j.desk.Do(ctx, stamp, store.RunTick{Job: JobRemind, At: t.At, Notices: out.notices})
	if refusedAs(err, store.BadTick) {
		j.log.Debug("reminders were run elsewhere", "tick", t.At)
		return nil
	}
	if err != nil {
		return fmt.Errorf("reminders of %s: %w", t.At.Format(time.DateTime), err)
	}
	j.log.Info("reminders", "tick", t.At, "notices", len(out.notices), "held", out.held)
	return nil
}

// lastTick is the last tick of a job that was committed, or the beginning of
// the campaign if there was none.
func lastTick(r *store.Record, job string) time.Time {
	begin := r.Facts().Opens.Start(r.Facts().Scheme.Zone)
	if last := r.LastTick(job); last.After(begin) {
		return last
	}
	return begin
}

// refusedAs tells whether an error is the desk's refusal with this code.
func refusedAs(err error, code string) bool {
	var refusal *store.Refusal
	return errors.As(err, &refusal) && refusal.Code == code
}
