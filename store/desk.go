package store

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"sync"
	"time"
)

// maxRaces is how often one act is decided again because others append first.
const maxRaces = 100

// followPause is how long Follow rests after a journal that did not answer.
const followPause = time.Second

// errStop ends a read early.
var errStop = errors.New("store: stop reading")

// DeskOptions is what a desk needs. Log may be nil.
type DeskOptions struct {
	Journal Journal
	Schemes Schemes
	Log     *slog.Logger
}

// Desk is the one place where a campaign changes. It holds the record of a
// journal, lets acts in that are allowed, and follows what other processes
// append. It is safe for concurrent use.
type Desk struct {
	journal Journal
	log     *slog.Logger

	deciding sync.Mutex    // held from deciding to committing: one act at a time
	broken   error         // guarded by deciding: why nothing can go on
	stopped  chan struct{} // closed once broken is set

	mu     sync.RWMutex // guards record; never held while the journal works
	record *Record

	reader *lineReader // guarded by deciding

	watch watchers
}

// NewDesk replays the journal. An entry that does not fold is an error that
// names it: a desk never works on half a record.
func NewDesk(ctx context.Context, o DeskOptions) (*Desk, error) {
	d := &Desk{journal: o.Journal, log: o.Log, record: NewRecord(o.Schemes), reader: newLineReader(), stopped: make(chan struct{})}
	if d.log == nil {
		d.log = slog.New(slog.DiscardHandler)
	}
	if err := d.catchUp(ctx); err != nil {
		return nil, err
	}
	d.log.Info("journal replayed", "entries", d.record.head.Seq)
	return d, nil
}

// View calls fn with the record under a shared lock. fn must not keep it, nor
// call Do.
func (d *Desk) View(fn func(r *Record)) {
	d.mu.RLock()
	defer d.mu.RUnlock()
	fn(d.record)
}

// Do carries out an act: checks the right to it, lets it decide, commits the
// entry and folds it. When another process appended first it folds that and
// decides again. The errors are a *Refusal (nothing was changed, and the same
// again would be refused again), ErrUnknown (the entry may or may not stand;
// the same Cause finds out), ErrFenced, ErrForked, or a fault of the journal.
//
// A Cause that stands in the journal returns its entry and changes nothing:
// Entry.Seq is then not past the head that the caller saw. An act with nothing
// to change returns an Entry with Seq 0. At is cut to whole seconds and lifted
// to the last entry's where a clock went back.
func (d *Desk) Do(ctx context.Context, s Stamp, a Act) (Entry, error) {
	if s.At.IsZero() || len(s.Cause) > maxCause {
		return Entry{}, fmt.Errorf("store: stamp of %T without a time, or with a cause over %d bytes", a, maxCause)
	}
	defer d.watch.deliver()
	d.deciding.Lock()
	defer d.deciding.Unlock()
	for range maxRaces {
		if d.broken != nil {
			return Entry{}, d.broken
		}
		e, err := d.attempt(ctx, s, a)
		lost := errors.Is(err, ErrConflict)
		if !lost && !declined(e, err) {
			return e, d.outcome(err)
		}
		// A refusal holds only on all that stands in the journal: what another
		// process appended may be just what the act is about.
		known := d.record.head
		if err := d.catchUp(ctx); err != nil {
			return Entry{}, err
		}
		if !lost && d.record.head == known {
			return e, d.outcome(err)
		}
	}
	return Entry{}, fmt.Errorf("store: %d others were first: %w", maxRaces, ErrConflict)
}

// declined reports whether an act was refused, or found nothing to change.
func declined(e Entry, err error) bool {
	var refusal *Refusal
	return errors.As(err, &refusal) || err == nil && e.Seq == 0
}

// attempt decides once on the record as it is and tries to commit.
func (d *Desk) attempt(ctx context.Context, s Stamp, a Act) (Entry, error) {
	if seq, known := d.record.ByCause(s.Cause); known {
		return d.entry(ctx, seq)
	}
	e, err := d.decide(s, a)
	if err != nil || len(e.Events) == 0 {
		return Entry{}, err
	}
	line, err := e.MarshalLine()
	if err != nil {
		return Entry{}, err
	}
	at, err := d.journal.Append(ctx, d.record.head, line, s.Fence)
	if err != nil {
		return Entry{}, err
	}
	if err := d.take(at, e); err != nil {
		return Entry{}, d.stop(err)
	}
	return e, nil
}

// decide makes the entry and tries it on the record, which is left as it was:
// nobody sees what is not committed.
func (d *Desk) decide(s Stamp, a Act) (Entry, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if s.At = s.At.Truncate(time.Second).In(zone); s.At.Before(d.record.lastAt) {
		s.At = d.record.lastAt
	}
	if err := d.record.allowed(s.By, a); err != nil {
		return Entry{}, err
	}
	events, err := a.decide(d.record, s)
	if err != nil || len(events) == 0 {
		return Entry{}, err
	}
	head := d.record.head
	e := Entry{Seq: head.Seq + 1, At: s.At, By: s.By, Cause: s.Cause, Events: events}
	undo, err := d.record.fold(head, e)
	if err != nil {
		return Entry{}, err
	}
	undo()
	return e, nil
}

// take folds a committed entry and hands it to the watchers.
func (d *Desk) take(at Position, e Entry) error {
	d.mu.Lock()
	defer d.mu.Unlock()
	if _, err := d.record.fold(at, e); err != nil {
		return fmt.Errorf("store: entry %d does not fold: %w", at.Seq, err)
	}
	d.watch.add(e)
	return nil
}

// outcome sorts out the error of an act: a refusal stands bare, and a journal
// that cannot be trusted stops the desk for good.
func (d *Desk) outcome(err error) error {
	var refusal *Refusal
	switch {
	case err == nil:
		return nil
	case errors.As(err, &refusal):
		return refusal
	case errors.Is(err, ErrForked) || errors.Is(err, ErrDamaged):
		return d.stop(err)
	case errors.Is(err, ErrUnknown):
		return fmt.Errorf("store: it is not known whether the act was carried out: %w", err)
	}
	return fmt.Errorf("store: the act was not carried out: %w", err)
}

// stop marks the desk broken: no act and no following from here on.
func (d *Desk) stop(err error) error {
	if d.broken != nil {
		return d.broken
	}
	d.broken = fmt.Errorf("store: stopped at entry %d: %w", d.record.head.Seq, err)
	close(d.stopped)
	d.log.Error("the journal cannot be followed any more; stopping", "head", d.record.head.Seq, "err", err)
	return d.broken
}

// entry reads one entry back from the journal.
func (d *Desk) entry(ctx context.Context, seq uint64) (Entry, error) {
	var e Entry
	err := d.journal.Read(ctx, seq-1, func(_ Position, line []byte) (err error) {
		if e, err = ParseLine(line); err != nil {
			return err
		}
		return errStop
	})
	if err != nil && !errors.Is(err, errStop) {
		return Entry{}, fmt.Errorf("store: reading entry %d: %w", seq, err)
	}
	return e, nil
}

// Follow folds what other processes append until ctx is done, or until the
// journal cannot be trusted: then it says so, whoever found out. A journal that
// does not answer is asked again.
func (d *Desk) Follow(ctx context.Context) error {
	waiting, cancel := context.WithCancel(ctx)
	defer cancel()
	go func() {
		select {
		case <-d.stopped:
			cancel()
		case <-waiting.Done():
		}
	}()
	for {
		var seq uint64
		d.View(func(r *Record) { seq = r.head.Seq })
		err := d.journal.Wait(waiting, seq)
		if err == nil {
			err = d.sync(waiting)
		}
		if broken := d.brokenBy(); broken != nil {
			return broken
		}
		if ctx.Err() != nil {
			return fmt.Errorf("store: following ended: %w", ctx.Err())
		}
		if err != nil {
			d.log.Warn("the journal does not answer; asking again", "err", err)
			pause(waiting, followPause)
		}
	}
}

func pause(ctx context.Context, d time.Duration) {
	select {
	case <-ctx.Done():
	case <-time.After(d):
	}
}

func (d *Desk) sync(ctx context.Context) error {
	defer d.watch.deliver()
	d.deciding.Lock()
	defer d.deciding.Unlock()
	if d.broken != nil {
		return d.broken
	}
	return d.catchUp(ctx)
}

func (d *Desk) brokenBy() error {
	d.deciding.Lock()
	defer d.deciding.Unlock()
	return d.broken
}

// catchUp folds everything past the record's head. The caller holds deciding.
func (d *Desk) catchUp(ctx context.Context) error {
	known := d.record.head
	head, err := d.journal.Head(ctx)
	if err != nil {
		return fmt.Errorf("store: reading the journal: %w", err)
	}
	if head.Seq < known.Seq || head.Seq == known.Seq && head != known {
		return d.stop(ErrForked)
	}
	var fault error
	take := func(p *parsed) error {
		fault = d.foreign(p)
		return fault
	}
	if head.Seq-known.Seq > stretchLines {
		err = d.readAhead(ctx, known.Seq, take)
	} else {
		err = d.journal.Read(ctx, known.Seq, func(at Position, line []byte) error {
			p := parsed{at: at, line: line}
			p.entry, p.err = d.reader.entry(line)
			return take(&p)
		})
	}
	switch {
	case fault != nil || errors.Is(err, ErrForked) || errors.Is(err, ErrDamaged):
		return d.stop(err)
	case err != nil:
		return fmt.Errorf("store: reading the journal: %w", err)
	}
	return nil
}

func (d *Desk) readAhead(ctx context.Context, after uint64, take func(*parsed) error) error {
	return replay(func(emit emitter) error {
		return d.journal.Read(ctx, after, func(at Position, line []byte) error { return emit(0, at, line) })
	}, take)
}

// foreign takes in a line that somebody else appended.
func (d *Desk) foreign(p *parsed) error {
	if d.record.head.Next(p.line) != p.at {
		return ErrForked
	}
	if p.err != nil {
		return fmt.Errorf("store: entry %d: %w", p.at.Seq, p.err)
	}
	return d.take(p.at, p.entry)
}
