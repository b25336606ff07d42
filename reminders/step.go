package reminders

import (
	"context"
	"fmt"
	"time"

	"paogai/scoring"
	"paogai/store"
)

// afterClosing is for how many days after the campaign's last day the search
// for the next reminder goes on: what lapses on that day is told once more.
const afterClosing = 60

// Next is the first scheduled time of any job after a moment, and that job's
// name; zero if the campaign is not open or no job is left.
func (r *Runner) Next(after time.Time) (time.Time, string) {
	jobs, err := r.jobs()
	if err != nil {
		return time.Time{}, ""
	}
	at, job := soonest(jobs, after)
	return at, job.Name
}

func soonest(jobs []timed, after time.Time) (time.Time, timed) {
	var at time.Time
	var first timed
	for _, job := range jobs {
		if t := job.schedule.Next(after); !t.IsZero() && (at.IsZero() || t.Before(at)) {
			at, first = t, job
		}
	}
	return at, first
}

// Step runs the jobs for the scheduled times after from and up to to, in their
// order, each with its time as its now: the same jobs that Run runs, for a
// clock that is moved by hand. Ticks that were committed before are not run
// again. The first error ends it.
func (r *Runner) Step(ctx context.Context, from, to time.Time) error {
	jobs, err := r.jobs()
	if err != nil {
		return err
	}
	for {
		at, _ := soonest(jobs, from)
		if at.IsZero() || at.After(to) {
			return nil
		}
		for _, job := range jobs {
			if err := ctx.Err(); err != nil {
				return fmt.Errorf("reminders: stopped between jobs: %w", err)
			}
			if !job.schedule.Next(at.Add(-1)).Equal(at) || r.missed(job, at).IsZero() {
				continue
			}
			if err := job.Run(ctx, Tick{At: at, Now: at}); err != nil {
				return err
			}
		}
		from = at
	}
}

// NextReminder is the first tick after a moment that would tell somebody
// something, should nothing change until then; false if there is none.
func (r *Runner) NextReminder(after time.Time) (time.Time, bool) {
	jobs, err := r.jobs()
	if err != nil || len(jobs) == 0 || jobs[0].Name != JobRemind {
		return time.Time{}, false
	}
	var found time.Time
	r.o.Desk.View(func(rec *store.Record) { found = r.search(rec, jobs[0].schedule, after) })
	return found, !found.IsZero()
}

// search plays the ticks after a moment through without committing them.
func (r *Runner) search(rec *store.Record, s schedule, after time.Time) time.Time {
	scheme := rec.Facts().Scheme
	end := lastDate(rec.Facts()).AddDays(afterClosing).End(scheme.Zone)
	last := lastTick(rec, JobRemind)
	for at := s.Next(after); !at.IsZero() && at.Before(end); at = s.Next(at) {
		if !at.After(last) {
			continue
		}
		out := compose(rec, r.o.Calendar, tick{last: last, at: at, now: at})
		switch {
		case out.wait:
		case len(out.notices) > 0:
			return at
		default:
			last = at
		}
	}
	return time.Time{}
}

// lastDate is the last due date of the campaign, or its last day if later.
func lastDate(f *scoring.Facts) scoring.Date {
	last := f.Scheme.Closes
	for _, due := range newLadder(f, nil).dues {
		if due.After(last) {
			last = due
		}
	}
	return last
}
