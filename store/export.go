package store

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"time"
)

// ErrNotEmpty says that a journal cannot be imported over another one.
var ErrNotEmpty = errors.New("store: the journal already holds entries; import into a new data folder")

// Export writes the journal in its public form: JSON Lines, one entry a line.
func Export(ctx context.Context, j Journal, w io.Writer) error {
	out := bufio.NewWriter(w)
	err := j.Read(ctx, 0, func(_ Position, line []byte) error {
		_, err := out.Write(line)
		if err == nil {
			err = out.WriteByte('\n')
		}
		return fault(err)
	})
	if err != nil {
		return fmt.Errorf("store: export: %w", err)
	}
	if err := out.Flush(); err != nil {
		return fmt.Errorf("store: export: %w", err)
	}
	return nil
}

// Import reads the public form into an empty journal and returns where that
// stands afterwards. Nothing is appended unless every line is valid. The
// errors are a *LineError, ErrNotEmpty, or a fault of the journal.
func Import(ctx context.Context, j Journal, r io.Reader, schemes Schemes) (Position, error) {
	head, err := j.Head(ctx)
	switch {
	case err != nil:
		return Position{}, fmt.Errorf("store: import: %w", err)
	case head.Seq > 0:
		return head, ErrNotEmpty
	}
	var lines [][]byte
	record := NewRecord(schemes)
	err = readLines(r, func(raw []byte) error {
		e, err := ParseLine(raw)
		if err != nil {
			return err
		}
		line, err := e.MarshalLine()
		if err != nil {
			return err
		}
		lines = append(lines, line)
		_, err = record.fold(record.head.Next(line), e)
		return err
	})
	if err != nil {
		return head, err
	}
	for _, line := range lines {
		if head, err = j.Append(ctx, head, line, Fence{}); err != nil {
			return head, fmt.Errorf("store: import stopped before entry %d; start again in a new data folder: %w", head.Seq+1, err)
		}
	}
	return head, nil
}

// Verify reads the whole journal: the chain of hashes, every entry's form, and
// that all of it folds. It returns the head.
func Verify(ctx context.Context, j Journal, schemes Schemes) (Position, error) {
	record := NewRecord(schemes)
	err := j.Read(ctx, 0, func(at Position, line []byte) error {
		if record.head.Next(line) != at {
			return fmt.Errorf("entry %d: %w", at.Seq, ErrDamaged)
		}
		e, err := ParseLine(line)
		if err == nil {
			_, err = record.fold(at, e)
		}
		if err != nil {
			return fmt.Errorf("entry %d: %w", at.Seq, err)
		}
		return nil
	})
	if err != nil {
		return record.head, fmt.Errorf("store: verify: %w", err)
	}
	return record.head, nil
}

// ReadJournal folds a journal in its public form as of a moment: entries after
// until do not count, though they must be well formed. A zero until takes all.
func ReadJournal(r io.Reader, schemes Schemes, until time.Time) (*Record, error) {
	record := NewRecord(schemes)
	var past Entry // the last entry that is after until
	err := readLines(r, func(line []byte) error {
		e, err := ParseLine(line)
		switch {
		case err != nil:
			return err
		case past.Seq > 0:
			err = follows(past.Seq, past.At, e)
		case until.IsZero() || !e.At.After(until):
			_, err = record.fold(record.head.Next(line), e)
			return err
		default:
			err = follows(record.head.Seq, record.lastAt, e)
		}
		past = e
		return err
	})
	if err != nil {
		return nil, err
	}
	return record, nil
}
