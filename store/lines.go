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

// readLines calls fn with each line that is not blank, and its number. A byte order mark at
// the start and carriage returns at line ends are let pass, since editors add
// them; a line over MaxLine bytes is refused before it fills the memory.
func readLines(r io.Reader, fn func(n int, line []byte) error) error {
	in := bufio.NewReaderSize(r, 64<<10)
	for n := 1; ; n++ {
		line, err := readLine(in)
		if err != nil && !errors.Is(err, io.EOF) {
			return &LineError{n, err}
		}
		ended := err != nil
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

func readLine(in *bufio.Reader) ([]byte, error) {
	var line []byte
	for {
		part, err := in.ReadSlice('\n')
		line = append(line, part...)
		switch {
		case len(line) > MaxLine+len("\r\n"):
			return nil, fmt.Errorf("it is longer than %d bytes", MaxLine)
		case !errors.Is(err, bufio.ErrBufferFull):
			return line, err
		}
	}
}
