package store

import (
	"errors"
	"fmt"
	"time"

	"paogai/scoring"
)

// Schemes finds an assessment method by its id.
type Schemes func(id string) (*scoring.Scheme, error)

// Record is all that a campaign's journal says, folded into memory. It changes
// only by folding entries. What its queries return is for reading, inside
// Desk.View, and not to be kept.
type Record struct {
	schemes Schemes

	head   Position
	lastAt time.Time
	causes map[string]uint64

	opened    *scoring.Mark
	onePerson bool
	closed    *scoring.Mark
	facts     *scoring.Facts
	source    string // the scheme's YAML, "" if it is built in
	adoptions []Adoption
	kept      kept

	submissions     map[string]*Submission
	submissionOrder []*Submission
	evidence        map[string][]*Submission // by SHA-256, in order of filing
	adjustments     map[string]*scoring.Adjustment

	people      map[int64]*Person
	peopleOrder []*Person

	invitations     map[string]*Invitation
	invitationOrder []*Invitation
	byHash          map[string]*Invitation

	chats []*Chat

	notices     map[string]*Notice
	noticeOrder []*Notice
	outbox      []*Notice
	ticks       map[string]time.Time
}

// NewRecord returns the record of an empty journal.
func NewRecord(schemes Schemes) *Record {
	return &Record{
		schemes:     schemes,
		causes:      map[string]uint64{},
		submissions: map[string]*Submission{},
		evidence:    map[string][]*Submission{},
		adjustments: map[string]*scoring.Adjustment{},
		people:      map[int64]*Person{},
		invitations: map[string]*Invitation{},
		byHash:      map[string]*Invitation{},
		notices:     map[string]*Notice{},
		ticks:       map[string]time.Time{},
	}
}

// fold takes an entry in, at the position that the journal gave it: the one
// way in which a record changes. An entry with any fault is refused whole and
// changes nothing; otherwise undo takes it back.
func (r *Record) fold(at Position, e Entry) (undo func(), err error) {
	if err := r.fits(e); err != nil {
		return nil, err
	}
	mark := scoring.Mark{Seq: e.Seq, At: e.At, By: e.By}
	undos := make([]func(), 0, len(e.Events)+1)
	undo = func() {
		for i := len(undos) - 1; i >= 0; i-- {
			undos[i]()
		}
	}
	for i, event := range e.Events {
		back, err := event.apply(r, mark)
		if err != nil {
			undo()
			return nil, &EventError{Seq: e.Seq, Index: i + 1, Type: event.Type(), Err: err}
		}
		undos = append(undos, back)
	}
	head, lastAt := r.head, r.lastAt
	r.head, r.lastAt = at, e.At
	if e.Cause != "" {
		r.causes[e.Cause] = e.Seq
	}
	r.note(e.Events, e.At)
	undos = append(undos, func() {
		r.head, r.lastAt = head, lastAt
		delete(r.causes, e.Cause)
		r.note(e.Events, e.At) // before what it names is gone; it is read after
	})
	return undo, nil
}

// fits checks what holds an entry in the row of entries.
func (r *Record) fits(e Entry) error {
	if err := follows(r.head.Seq, r.lastAt, e); err != nil {
		return err
	}
	seq, repeated := r.causes[e.Cause]
	switch {
	case len(e.Events) == 0:
		return errors.New("the entry holds no event")
	case repeated:
		return fmt.Errorf("cause %q stands in entry %d already", short(e.Cause), seq)
	}
	return nil
}

// follows checks that an entry comes next after the one of seq and at.
func follows(seq uint64, at time.Time, e Entry) error {
	switch {
	case e.Seq != seq+1:
		return fmt.Errorf("seq is %d where %d comes next", e.Seq, seq+1)
	case e.At.Before(at):
		return fmt.Errorf("at goes back: %s is before %s of entry %d", clock(e.At), clock(at), seq)
	}
	return nil
}

// EventError says which event of an entry was refused, and why.
type EventError struct {
	Seq   uint64
	Index int // from 1
	Type  string
	Err   error
}

// Error names the event in front of the reason.
func (e *EventError) Error() string {
	if e.Index == 1 {
		return fmt.Sprintf("%s: %v", e.Type, e.Err)
	}
	return fmt.Sprintf("event %d (%s): %v", e.Index, e.Type, e.Err)
}

// Unwrap returns the reason, a *Refusal.
func (e *EventError) Unwrap() error { return e.Err }

// clock writes a time for an error or a digest: the zone's, to the second or
// finer if it is. The zero time is "never".
func clock(t time.Time) string {
	if t.IsZero() {
		return "never"
	}
	return t.In(zone).Format(time.RFC3339Nano)
}

// dropLast shortens s by its last element, leaving nil where nothing is left,
// so that an undone record equals one that never changed.
func dropLast[T any](s []T) []T {
	var none T
	s[len(s)-1] = none
	if len(s) == 1 {
		return nil
	}
	return s[:len(s)-1]
}
