package sandbox

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
)

// logName is the log's file in Config.Dir: one op a line, in JSON.
const logName = "sandbox.jsonl"

// ErrInUse says that another server has its data in Config.Dir.
var ErrInUse = errors.New("another sandbox uses this data; stop it or choose another folder")

// oplog is the file of ops; nil keeps nothing.
type oplog struct {
	file *os.File
	buf  bytes.Buffer
}

// openLog replays the log in dir through apply and opens it to append. A last
// line that was cut off by a kill is dropped; damage before it is an error,
// and so is a log that another server writes (ErrInUse).
func openLog(dir string, apply func(*op) error) (*oplog, error) {
	if err := os.MkdirAll(filepath.Join(dir, "files"), 0o700); err != nil {
		return nil, fmt.Errorf("sandbox: make the data folder: %w", err)
	}
	f, err := os.OpenFile(filepath.Join(dir, logName), os.O_RDWR|os.O_CREATE, 0o600)
	if err != nil {
		return nil, fmt.Errorf("sandbox: open the log: %w", err)
	}
	if err := lock(f); err != nil {
		return nil, errors.Join(fmt.Errorf("sandbox: %s: %w", f.Name(), err), f.Close())
	}
	good, err := replay(f, apply)
	if err == nil {
		err = f.Truncate(good)
	}
	if err == nil {
		_, err = f.Seek(good, io.SeekStart)
	}
	if err != nil {
		return nil, errors.Join(fmt.Errorf("sandbox: read the log: %w", err), f.Close())
	}
	return &oplog{file: f}, nil
}

// replay applies every whole line of r and returns how many bytes they are.
func replay(r io.Reader, apply func(*op) error) (good int64, err error) {
	in := bufio.NewReaderSize(r, 1<<16)
	for n := 1; ; n++ {
		line, err := in.ReadBytes('\n')
		if errors.Is(err, io.EOF) {
			return good, nil // whatever is left has no end: torn
		}
		if err != nil {
			return good, fmt.Errorf("line %d: %w", n, err)
		}
		var o op
		if err := json.Unmarshal(line, &o); err != nil {
			return good, fmt.Errorf("line %d: %w", n, err)
		}
		if err := apply(&o); err != nil {
			return good, fmt.Errorf("line %d: %w", n, err)
		}
		good += int64(len(line))
	}
}

// write appends ops in one write.
func (l *oplog) write(ops []*op) error {
	if l == nil {
		return nil
	}
	l.buf.Reset()
	enc := json.NewEncoder(&l.buf)
	enc.SetEscapeHTML(false)
	for _, o := range ops {
		if err := enc.Encode(o); err != nil {
			return fmt.Errorf("sandbox: encode an op: %w", err)
		}
	}
	if _, err := l.file.Write(l.buf.Bytes()); err != nil {
		return fmt.Errorf("sandbox: write the log: %w", err)
	}
	return nil
}

func (l *oplog) close() error {
	if l == nil {
		return nil
	}
	if err := l.file.Close(); err != nil {
		return fmt.Errorf("sandbox: close the log: %w", err)
	}
	return nil
}
