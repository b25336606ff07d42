package store

import (
	"context"
	"fmt"
	"io"
	"time"
)

// A view of the past has two moments. Scores are asked for as of one, AT; what
// is known of that moment is what the journal said by another, KNOWN. The fold
// takes KNOWN: entries recorded after it do not count. Scoring takes AT.
//
//   - KNOWN = AT is the board as it was known then: what a person who looked at
//     that moment saw. It never changes any more.
//   - KNOWN after AT is that moment as it is known since: what was entered in
//     between counts as far as it speaks of AT, by the rule of
//     [scoring.Facts.Hindsight], and so does a scheme that was adopted since.
//   - KNOWN before AT is a forecast: nothing more happens, and clocks run on.

// ReadJournal folds a journal in its public form as it stood at known: entries
// recorded after that do not count, though they must be well formed and in
// order. A zero known takes all. The error is a *LineError with the line of the
// first fault.
func ReadJournal(r io.Reader, schemes Schemes, known time.Time) (*Record, error) {
	f := folding{record: NewRecord(schemes), known: known}
	if err := f.file(r); err != nil {
		return nil, err
	}
	return f.record, nil
}

// Replay is ReadJournal of a journal in a store. An error names the entry.
func Replay(ctx context.Context, j Journal, schemes Schemes, known time.Time) (*Record, error) {
	f := folding{record: NewRecord(schemes), known: known}
	if err := f.journal(ctx, j); err != nil {
		return nil, fmt.Errorf("store: replay: %w", err)
	}
	return f.record, nil
}

// folding is a record on its way to a moment.
type folding struct {
	record *Record
	known  time.Time // zero for all
	past   Entry     // the last entry that is after known
}

func (f *folding) file(r io.Reader) error {
	return replay(func(emit emitter) error {
		return readLines(r, func(n int, line []byte) error { return emit(n, Position{}, line) })
	}, func(p *parsed) error {
		err := p.err
		if err == nil {
			err = f.take(p.entry, func() Position { return f.record.head.Next(p.line) })
		}
		if err != nil {
			return &LineError{p.num, err}
		}
		return nil
	})
}

// journal folds a stored journal and verifies its chain.
func (f *folding) journal(ctx context.Context, j Journal) error {
	var head Position
	return replay(func(emit emitter) error {
		return j.Read(ctx, 0, func(at Position, line []byte) error { return emit(0, at, line) })
	}, func(p *parsed) error {
		err := p.err
		switch {
		case head.Next(p.line) != p.at:
			err = ErrDamaged
		case err == nil:
			err = f.take(p.entry, func() Position { return p.at })
		}
		if err != nil {
			return fmt.Errorf("entry %d: %w", p.at.Seq, err)
		}
		head = p.at
		return nil
	})
}

// take folds an entry unless it is after known.
func (f *folding) take(e Entry, at func() Position) (err error) {
	switch {
	case f.past.Seq > 0:
		err = follows(f.past.Seq, f.past.At, e)
	case f.known.IsZero() || !e.At.After(f.known):
		_, err = f.record.fold(at(), e)
		return err
	default:
		err = follows(f.record.head.Seq, f.record.lastAt, e)
	}
	f.past = e
	return err
}
