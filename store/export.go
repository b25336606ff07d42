package store

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
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
	record, reader := NewRecord(schemes), newLineReader()
	err = readLines(r, func(n int, raw []byte) error {
		line, err := reader.imported(record, raw)
		if err != nil {
			return &LineError{n, err}
		}
		lines = append(lines, line)
		return nil
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

// imported folds a line, and returns it as we write it.
func (r *lineReader) imported(record *Record, raw []byte) ([]byte, error) {
	e, err := r.entry(raw)
	if err != nil {
		return nil, err
	}
	line, err := e.MarshalLine()
	if err != nil {
		return nil, err
	}
	_, err = record.fold(record.head.Next(line), e)
	return line, err
}

// Verify reads the whole journal: the chain of hashes, every entry's form, and
// that all of it folds. It returns the head.
func Verify(ctx context.Context, j Journal, schemes Schemes) (Position, error) {
	f := folding{record: NewRecord(schemes)}
	if err := f.journal(ctx, j); err != nil {
		return f.record.head, fmt.Errorf("store: verify: %w", err)
	}
	return f.record.head, nil
}
