package reminders

import (
	"context"
	"fmt"
	"log/slog"
	"strings"
	"sync"
	"testing"
	"time"

	"paogai/scoring"
	"paogai/store"
)

// memory is a journal and its lease for tests, with faults on order.
type memory struct {
	mu      sync.Mutex
	lines   [][]byte
	heads   []store.Position
	fault   func(line string) error // asked before each append
	holder  string
	term    uint64
	until   time.Time
	clock   func() time.Time
	refresh chan struct{}
}

func newMemory(clock func() time.Time) *memory {
	return &memory{heads: []store.Position{{}}, clock: clock, refresh: make(chan struct{})}
}

func (m *memory) Head(context.Context) (store.Position, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.heads[len(m.heads)-1], nil
}

func (m *memory) Append(_ context.Context, after store.Position, line []byte, f store.Fence) (store.Position, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	head := m.heads[len(m.heads)-1]
	if m.fault != nil {
		if err := m.fault(string(line)); err != nil {
			return store.Position{}, err
		}
	}
	switch {
	case !f.IsZero() && f.Term != m.term:
		return store.Position{}, store.ErrFenced
	case after != head:
		return store.Position{}, store.ErrConflict
	}
	m.lines = append(m.lines, append([]byte(nil), line...))
	m.heads = append(m.heads, head.Next(line))
	close(m.refresh)
	m.refresh = make(chan struct{})
	return m.heads[len(m.heads)-1], nil
}

func (m *memory) Read(_ context.Context, after uint64, fn func(store.Position, []byte) error) error {
	m.mu.Lock()
	lines, heads := m.lines, m.heads
	m.mu.Unlock()
	for i := int(after); i < len(lines); i++ {
		if err := fn(heads[i+1], lines[i]); err != nil {
			return err
		}
	}
	return nil
}

func (m *memory) Wait(ctx context.Context, after uint64) error {
	m.mu.Lock()
	grown, refresh := uint64(len(m.lines)) > after, m.refresh
	m.mu.Unlock()
	if grown {
		return nil
	}
	select {
	case <-refresh:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

func (m *memory) Acquire(_ context.Context, _, holder string, ttl time.Duration) (uint64, bool, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	now := m.clock()
	if m.holder != holder {
		if now.Before(m.until) {
			return 0, false, nil
		}
		m.holder = holder
		m.term++
	}
	m.until = now.Add(ttl)
	return m.term, true, nil
}

func (m *memory) Release(_ context.Context, _, holder string) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.holder == holder {
		m.holder, m.until = "", time.Time{}
	}
	return nil
}

// steal gives the lease to somebody else, as if this process had been paused.
func (m *memory) steal() {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.holder, m.term, m.until = "thief", m.term+1, m.clock().Add(time.Hour)
}

// office is a campaign for tests: a desk, its journal and a clock. The clock
// is moved by hand, or is that of a synctest bubble.
type office struct {
	t        testing.TB
	scheme   *scoring.Scheme
	calendar *Calendar
	journal  *memory
	desk     *store.Desk
	clock    func() time.Time
	now      time.Time // of a clock moved by hand
	log      *logged
}

// newOffice is an office with a clock moved by hand, before the campaign.
func newOffice(t testing.TB, s *scoring.Scheme) *office {
	t.Helper()
	o := &office{t: t, scheme: s, now: moment(t, "2018-08-20 08:00"), log: &logged{}, calendar: embedded(t)}
	o.clock = func() time.Time { return o.now }
	o.journal = newMemory(func() time.Time { return o.clock() })
	o.desk = o.another()
	return o
}

// openOffice opens a campaign of four units on 2018-08-20.
func openOffice(t testing.TB, s *scoring.Scheme) *office {
	t.Helper()
	o := newOffice(t, s)
	o.open()
	return o
}

func (o *office) open() {
	o.t.Helper()
	o.do("office:test", store.OpenCampaign{Scheme: o.scheme.ID, Opens: date(o.t, "2018-08-20"), Units: []scoring.UnitRef{
		{Name: education}, {Name: "市发改委"}, {Name: "永吉县"}, {Name: "吉林石化"},
	}})
}

// another is a second desk on the same journal, as of another process.
func (o *office) another() *store.Desk {
	o.t.Helper()
	d, err := store.NewDesk(context.Background(), store.DeskOptions{
		Journal: o.journal, Log: slog.New(o.log),
		Schemes: func(string) (*scoring.Scheme, error) { return o.scheme, nil },
	})
	if err != nil {
		o.t.Fatal(err)
	}
	return d
}

func (o *office) do(by string, a store.Act) store.Entry {
	o.t.Helper()
	e, err := o.desk.Do(context.Background(), store.Stamp{By: by, At: o.clock()}, a)
	if err != nil {
		o.t.Fatalf("%T: %v", a, err)
	}
	return e
}

// at moves the clock to a moment.
func (o *office) at(when string) *office {
	o.now = moment(o.t, when)
	return o
}

// join lets a person in.
func (o *office) join(person int64, role store.Role, unit string) {
	o.t.Helper()
	hash := store.HashToken(fmt.Sprintf("token-%d", person))
	o.do("office:test", store.IssueInvitation{Hash: hash, Role: role, Unit: unit, Expires: o.clock().Add(time.Hour)})
	o.do(store.ByPerson(person), store.Join{Hash: hash, Person: person, Name: fmt.Sprintf("人%d", person)})
}

// file files for a task's first milestone and returns the submission's id.
func (o *office) file(person int64, unit, task string) string {
	o.t.Helper()
	e := o.do(store.ByPerson(person), filing(unit, task, 1))
	return fmt.Sprintf("S%d", e.Seq)
}

func filing(unit, task string, milestone int) store.FileSubmission {
	return store.FileSubmission{
		Unit: unit, Task: task, Milestone: milestone, Note: "已完成",
		Evidence: []store.Evidence{{SHA256: strings.Repeat("ab", 32), Name: "a.pdf", Size: 1, MediaType: "application/pdf"}},
	}
}

// notices are all that were ever queued, of the ladder's kinds.
func (o *office) notices() []store.Notice {
	var all []store.Notice
	o.desk.View(func(r *store.Record) {
		for _, n := range r.Notices() {
			if n.Kind == store.NoticeDue || n.Kind == store.NoticeOverdue {
				all = append(all, *n)
			}
		}
	})
	return all
}

// line is what a notice says, as "08-22 09:00 101 due d7: 49 70 71".
func line(n store.Notice) string {
	var tasks []string
	for _, item := range n.Items {
		tasks = append(tasks, item.Task)
	}
	return fmt.Sprintf("%s %d %s %s: %s", n.Queued.At.In(store.Zone()).Format("01-02 15:04"),
		n.To, n.Kind, n.Stage, strings.Join(tasks, " "))
}

func lines(notices []store.Notice) string {
	var all []string
	for _, n := range notices {
		all = append(all, line(n))
	}
	return strings.Join(all, "\n")
}

func (o *office) runner(jobs ...Job) *Runner {
	o.t.Helper()
	return o.runnerOf(o.desk, jobs...)
}

func (o *office) runnerOf(d Desk, jobs ...Job) *Runner {
	o.t.Helper()
	r, err := New(Options{
		Desk: d, Calendar: o.calendar, Now: func() time.Time { return o.clock() },
		Log: slog.New(o.log), Jobs: jobs,
	})
	if err != nil {
		o.t.Fatal(err)
	}
	return r
}

// step moves the clock to a moment, running what is scheduled on the way.
func (o *office) step(r *Runner, to string) {
	o.t.Helper()
	until := moment(o.t, to)
	if err := r.Step(context.Background(), o.now, until); err != nil {
		o.t.Fatal(err)
	}
	o.now = until
}

// logged keeps what is logged as an error, so that a test can ask.
type logged struct {
	mu     sync.Mutex
	errors []string
}

func (l *logged) Enabled(_ context.Context, level slog.Level) bool { return level >= slog.LevelError }
func (l *logged) WithAttrs([]slog.Attr) slog.Handler               { return l }
func (l *logged) WithGroup(string) slog.Handler                    { return l }

func (l *logged) Handle(_ context.Context, r slog.Record) error {
	l.mu.Lock()
	defer l.mu.Unlock()
	text := r.Message
	r.Attrs(func(a slog.Attr) bool { text += " " + a.String(); return true })
	l.errors = append(l.errors, text)
	return nil
}

func (l *logged) count() int {
	l.mu.Lock()
	defer l.mu.Unlock()
	return len(l.errors)
}
