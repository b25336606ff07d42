package store

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
)

// LineError says which line of a journal in its public form is at fault.
type LineError struct {
	Line int // from 1, as an editor counts
	Err  error
}

// Error is one line.
func (e *LineError) Error() string { return fmt.Sprintf("line %d: %s", e.Line, oneLine(e.Err.Error())) }

// Unwrap returns the fault itself.
func (e *LineError) Unwrap() error { return e.Err }

// readLines calls fn with each line that is not blank, and its number; fn must
// not keep the line. A byte order mark at the start and carriage returns at line
// ends are let pass, since editors add them; a line over MaxLine bytes is refused
// before it fills the memory.
func readLines(r io.Reader, fn func(n int, line []byte) error) error {
	in := bufio.NewReaderSize(r, 64<<10)
	for n := 1; ; n++ {
		line, ended, err := readLine(in)
		if err != nil {
			return &LineError{n, err}
		}
		if n == 1 {
			line = bytes.TrimPrefix(line, []byte("\ufeff"))
		}
		if line = bytes.TrimSpace(line); len(line) > 0 {
			if err := fn(n, line); err != nil {
				return err
			}
		}
		if ended {
			return nil
		}
	}
}

// readLine returns the next line, which is good until the next call, and whether
// it is the last.
func readLine(in *bufio.Reader) (line []byte, ended bool, err error) {
	for {
		part, err := in.ReadSlice('\n')
		if line == nil && err == nil {
			return part, false, nil // most lines fit into the reader's buffer
		}
		line = append(line, part...)
		switch {
		case len(line) > MaxLine+len("\r\n"):
			return nil, false, fmt.Errorf("it is longer than %d bytes", MaxLine)
		case err == nil:
			return line, false, nil
		case errors.Is(err, io.EOF):
			return line, true, nil
		case !errors.Is(err, bufio.ErrBufferFull):
			return nil, false, fault(err)
		}
	}
}
