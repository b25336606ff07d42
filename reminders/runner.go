package reminders

import (
	"context"
	"fmt"
	"log/slog"
	"time"

	"github.com/robfig/cron/v3"

	"paogai/store"
)

// How a job that failed is tried again, and how much too early a timer may
// wake by the clock on the wall.
const (
	firstPause = time.Second
	longest    = time.Minute
	early      = time.Second
)

// Options is what a runner works with. All but Jobs is needed; Now and Log are
// used by Run, Step takes its moments as they come.
type Options struct {
	Desk     Desk
	Calendar *Calendar
	Now      func() time.Time // the clock on the wall
	Log      *slog.Logger
	Jobs     []Job // beside the reminders
}

// Runner runs jobs at their times: by cron (Run) or stepped (Step). It does
// nothing until the campaign is open.
type Runner struct {
	o      Options
	remind *remind
}

// New makes a runner. The error names a job whose spec cannot be read.
func New(o Options) (*Runner, error) {
	for _, job := range o.Jobs {
		if _, err := parseSchedule(job.Spec, time.UTC); err != nil {
			return nil, fmt.Errorf("job %s: %w", job.Name, err)
		}
	}
	return &Runner{o: o, remind: &remind{desk: o.Desk, cal: o.Calendar, log: o.Log}}, nil
}

// timed is a job with its times.
type timed struct {
	Job
	schedule schedule
}

// jobs are those of the open campaign; none before it is open.
func (r *Runner) jobs() ([]timed, error) {
	var jobs []timed
	var err error
	r.o.Desk.View(func(rec *store.Record) {
		f := rec.Facts()
		if f == nil {
			return
		}
		all := r.o.Jobs
		if job := r.remind.job(f.Scheme.Ladder); job.Spec != "" {
			all = append([]Job{job}, all...)
		}
		for _, job := range all {
			var s schedule
			if s, err = parseSchedule(job.Spec, f.Scheme.Zone); err != nil {
				return
			}
			jobs = append(jobs, timed{job, s})
		}
	})
	return jobs, err
}

// Run waits for the campaign to be open, runs what was missed as one tick a
// job, and then every job at its times, until ctx is done; jobs that run then
// are waited for. A job that fails is tried again with growing pauses.
func (r *Runner) Run(ctx context.Context) error {
	if !r.opened(ctx) {
		return nil
	}
	jobs, err := r.jobs()
	if err != nil || len(jobs) == 0 {
		return err
	}
	log := cronLog{r.o.Log}
	// A panic is turned into an error inside the guard against a second run:
	// outside of it, the guard would stay closed for good.
	table := cron.New(
		cron.WithLocation(jobs[0].schedule.zone), cron.WithLogger(log),
		cron.WithChain(cron.SkipIfStillRunning(log), cron.Recover(log)))
	for _, job := range jobs {
		table.Schedule(job.schedule, cron.FuncJob(func() { r.fire(ctx, job) }))
	}
	table.Start()
	for _, entry := range table.Entries() {
		entry.WrappedJob.Run() // what was missed
	}
	<-ctx.Done()
	<-table.Stop().Done()
	return nil
}

// opened waits until the campaign is open. It is false if ctx is done first.
func (r *Runner) opened(ctx context.Context) bool {
	changed := make(chan struct{}, 1)
	defer r.o.Desk.Watch(func(store.Entry) { nudge(changed) })()
	for {
		open := false
		r.o.Desk.View(func(rec *store.Record) { open = rec.Facts() != nil })
		if open {
			return true
		}
		select {
		case <-changed:
		case <-ctx.Done():
			return false
		}
	}
}

// nudge wakes who waits on the channel, now or when they next look.
func nudge(c chan struct{}) {
	select {
	case c <- struct{}{}:
	default:
	}
}

// fire runs a job until nothing of it is missed any more. The look ahead makes
// up for a timer that wakes a little before the clock on the wall says so, and
// for one that wakes while the job is still running.
func (r *Runner) fire(ctx context.Context, job timed) {
	pause := firstPause
	var done time.Time
	for ctx.Err() == nil {
		now := r.o.Now()
		at := r.missed(job, now.Add(early))
		if at.IsZero() || at.Equal(done) {
			return
		}
		err := job.Run(ctx, Tick{At: at, Now: later(now, at)})
		if err == nil {
			done, pause = at, firstPause
			continue
		}
		r.o.Log.Error("a job failed and is tried again", "job", job.Name, "tick", at, "pause", pause, "err", err)
		sleep(ctx, pause)
		pause = min(2*pause, longest)
	}
}

// missed is the latest time of a job after its last committed tick and up to a
// moment, zero if there is none.
func (r *Runner) missed(job timed, upTo time.Time) time.Time {
	var last time.Time
	r.o.Desk.View(func(rec *store.Record) { last = lastTick(rec, job.Name) })
	return job.schedule.last(last, upTo)
}

func later(a, b time.Time) time.Time {
	if a.After(b) {
		return a
	}
	return b
}

// sleep waits, or less if ctx is done.
func sleep(ctx context.Context, pause time.Duration) {
	timer := time.NewTimer(pause)
	defer timer.Stop()
	select {
	case <-timer.C:
	case <-ctx.Done():
	}
}

// cronLog writes cron's own log: what it does is of little interest, a panic
// that it caught is an error.
type cronLog struct{ log *slog.Logger }

// Info is cron telling of its daily work.
func (l cronLog) Info(msg string, keysAndValues ...any) { l.log.Debug("cron: "+msg, keysAndValues...) }

// Error is cron telling of a job's panic.
func (l cronLog) Error(err error, msg string, keysAndValues ...any) {
	l.log.Error("cron: "+msg, append(keysAndValues, "err", err)...)
}
