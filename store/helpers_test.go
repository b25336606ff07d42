package store

import (
	"context"
	"errors"
	"strings"
	"sync"
	"testing"
	"time"

	"paogai/scoring"
)

// The test scheme: three units in two classes, four tasks, all kinds of
// milestone, and one rule of each kind of adjustment.
func testScheme() *scoring.Scheme {
	day := func(s string) scoring.Date { d, _ := scoring.ParseDate(s); return d }
	fixed := func(s string) scoring.Milestone { return scoring.Milestone{Due: day(s), Kind: scoring.Fixed} }
	cap10 := points("10")
	s := &scoring.Scheme{
		ID: "test", Zone: zone, InForce: day("2018-08-15"), Closes: day("2018-12-31"), Total: points("100"),
		Classes: []scoring.Class{{ID: "1"}, {ID: "2"}},
		Units: []scoring.Unit{
			{Name: "甲局", Class: "1", Aliases: []string{"甲"}}, {Name: "乙局", Class: "1"}, {Name: "丙县", Class: "2"},
		},
		Tasks: []scoring.Task{
			{ID: "1", Milestones: []scoring.Milestone{fixed("2018-08-31")}},
			{ID: "2", Milestones: []scoring.Milestone{fixed("2018-09-30"), fixed("2018-12-31")}},
			{ID: "3", Milestones: []scoring.Milestone{{Kind: scoring.Open}}},
			{ID: "4", Milestones: []scoring.Milestone{{Due: day("2018-10-31"), Kind: scoring.Soft}}},
		},
		Rules: []scoring.Rule{
			{ID: "plan", Kind: scoring.BaseRule, Points: points("100")},
			{ID: "late", Kind: scoring.LateRule, Points: points("-5")},
			{ID: "innovation", Kind: scoring.AdjustmentRule, Open: true, Cap: &cap10},
			{ID: "lead", Kind: scoring.AdjustmentRule, Points: points("2")},
			{ID: "complaint", Kind: scoring.AdjustmentRule, Points: points("-10"), TwoPeople: true},
		},
	}
	s.Index()
	return s
}

func points(s string) scoring.Points {
	p, err := scoring.ParsePoints(s)
	if err != nil {
		panic(err)
	}
	return p
}

func amount(s string) *Amount { return &Amount{points(s)} }

func date(s string) scoring.Date {
	d, err := scoring.ParseDate(s)
	if err != nil {
		panic(err)
	}
	return d
}

// secondScheme is the test scheme's next version: late costs 4, a unit moves to
// another class and one is new.
func secondScheme() *scoring.Scheme {
	s := testScheme()
	s.ID, s.Rules[1].Points, s.Units[1].Class = "test-2", points("-4"), "2"
	s.Units = append(s.Units, scoring.Unit{Name: "新区", Class: "1"})
	s.Index()
	return s
}

// oneScheme finds the test scheme and its next version, the same ones each time,
// and nothing else.
func oneScheme() Schemes {
	one, two := testScheme(), secondScheme()
	return func(id string) (*scoring.Scheme, error) {
		switch id {
		case one.ID:
			return one, nil
		case two.ID:
			return two, nil
		}
		return nil, errors.New("no such scheme")
	}
}

// t0 is when test campaigns open.
var t0 = time.Date(2018, 8, 20, 9, 0, 0, 0, zone)

// hash makes a distinct SHA-256 for a test.
func hash(s string) string { return HashToken(s) }

func proof(s string) []Evidence {
	return []Evidence{{SHA256: hash(s), Name: s + ".pdf", Size: 7, MediaType: "application/pdf"}}
}

// fold takes events into a record as one entry at a time, failing the test.
func (r *Record) must(t testing.TB, at time.Time, events ...Event) {
	t.Helper()
	if _, err := r.next(at, events...); err != nil {
		t.Fatal(err)
	}
}

// next folds events as the record's next entry, by the program.
func (r *Record) next(at time.Time, events ...Event) (undo func(), err error) {
	e := Entry{Seq: r.head.Seq + 1, At: at, By: System, Events: events}
	line, err := e.MarshalLine()
	if err != nil {
		return nil, err
	}
	return r.fold(r.head.Next(line), e)
}

func codeOf(err error) string {
	var refusal *Refusal
	if errors.As(err, &refusal) {
		return refusal.Code
	}
	if err != nil {
		return err.Error()
	}
	return ""
}

func argsOf(err error) map[string]string {
	var refusal *Refusal
	if errors.As(err, &refusal) {
		return refusal.Args
	}
	return nil
}

// memory is a journal in memory that can be made to misbehave.
type memory struct {
	mu      sync.Mutex
	lines   [][]byte
	at      []Position
	changed chan struct{}
	// before is called by Append without the lock, to let others be first.
	before func()
	// after replaces the outcome of an append that was made.
	after func() error
	fence Fence // the last append's
}

func newMemory() *memory { return &memory{changed: make(chan struct{})} }

func (m *memory) head() Position {
	if len(m.at) == 0 {
		return Position{}
	}
	return m.at[len(m.at)-1]
}

func (m *memory) Head(context.Context) (Position, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.head(), nil
}

func (m *memory) Append(_ context.Context, after Position, line []byte, fence Fence) (Position, error) {
	if hook := m.before; hook != nil {
		m.before = nil
		hook()
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	switch head := m.head(); {
	case head.Seq > after.Seq:
		return Position{}, ErrConflict
	case head != after:
		return Position{}, ErrForked
	}
	m.fence = fence
	m.lines = append(m.lines, line)
	m.at = append(m.at, after.Next(line))
	close(m.changed)
	m.changed = make(chan struct{})
	if hook := m.after; hook != nil {
		m.after = nil
		if err := hook(); err != nil {
			return Position{}, err
		}
	}
	return m.head(), nil
}

func (m *memory) Read(_ context.Context, after uint64, fn func(Position, []byte) error) error {
	m.mu.Lock()
	lines, at := m.lines, m.at
	m.mu.Unlock()
	for i := int(after); i < len(lines); i++ {
		if err := fn(at[i], lines[i]); err != nil {
			return err
		}
	}
	return nil
}

func (m *memory) Wait(ctx context.Context, after uint64) error {
	m.mu.Lock()
	past, changed := m.head().Seq > after, m.changed
	m.mu.Unlock()
	if past {
		return nil
	}
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-changed:
		return nil
	}
}

// text is the journal in its public form.
func (m *memory) text() string {
	var b strings.Builder
	for _, line := range m.lines {
		b.Write(line)
		b.WriteByte('\n')
	}
	return b.String()
}

// opened is a desk with an open campaign and people of each role: liaisons 11
// and 12 of 甲局 and 21 of 乙局, clerks 31 (of 甲局), 32 and 33 (of no unit),
// leader 41, scorer 51 (of 甲局), auditor 61.
func opened(t testing.TB, j Journal) *Desk {
	t.Helper()
	d := newDesk(t, j)
	do(t, d, "office:setup", OpenCampaign{Scheme: "test", Opens: date("2018-08-20")})
	for _, p := range []Person{
		{ID: 11, Role: Liaison, Unit: "甲局"},
		{ID: 12, Role: Liaison, Unit: "甲局"},
		{ID: 21, Role: Liaison, Unit: "乙局"},
		{ID: 31, Role: Office, Unit: "甲局"},
		{ID: 32, Role: Office},
		{ID: 33, Role: Office},
		{ID: 41, Role: Leader},
		{ID: 51, Role: Scorer, Unit: "甲局"},
		{ID: 61, Role: Auditor},
	} {
		token := ByPerson(p.ID)
		do(t, d, "office:setup", IssueInvitation{Hash: hash(token), Role: p.Role, Unit: p.Unit, Expires: t0.AddDate(0, 0, 7)})
		do(t, d, token, Join{Hash: hash(token), Person: p.ID, Name: "人" + token})
	}
	return d
}

func newDesk(t testing.TB, j Journal) *Desk {
	t.Helper()
	d, err := NewDesk(context.Background(), DeskOptions{Journal: j, Schemes: oneScheme()})
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// do acts at t0 and fails the test if that is refused.
func do(t testing.TB, d *Desk, by string, a Act) Entry {
	t.Helper()
	e, err := d.Do(context.Background(), Stamp{By: by, At: t0}, a)
	if err != nil {
		t.Fatalf("%T by %s: %v", a, by, err)
	}
	return e
}

func digestOf(d *Desk) string {
	var b []byte
	d.View(func(r *Record) { b = r.Digest() })
	return string(b)
}
