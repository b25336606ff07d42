package boltstore

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"paogai/store"
)

func TestSecondOpeningIsRefused(t *testing.T) {
	path := filepath.Join(t.TempDir(), "data.db")
	mustOpen(t, path)
	_, err := Open(path, Options{LockTimeout: time.Millisecond})
	if !errors.Is(err, ErrLocked) || !strings.Contains(err.Error(), path) {
		t.Errorf("opening a second time: %v", err)
	}
}

func TestManyFirstOpeningsMakeOneFile(t *testing.T) {
	path := filepath.Join(t.TempDir(), "data.db")
	var wg sync.WaitGroup
	for range 8 {
		wg.Go(func() {
			s, err := Open(path, Options{LockTimeout: 10 * time.Second})
			if err != nil {
				t.Errorf("open: %v", err)
				return
			}
			head, err := s.Head(t.Context())
			if err == nil {
				_, err = s.Append(t.Context(), head, []byte("hello"), store.Fence{})
			}
			if err := errors.Join(err, s.Close()); err != nil {
				t.Error(err)
			}
		})
	}
	wg.Wait()
	if head, err := mustOpen(t, path).Head(t.Context()); err != nil || head.Seq != 8 {
		t.Errorf("8 openings appended %d entries (%v)", head.Seq, err)
	}
	if names, _ := filepath.Glob(filepath.Join(filepath.Dir(path), ".new-*")); len(names) != 0 {
		t.Errorf("left behind: %v", names)
	}
}

// filled makes a file of some pages and returns its path and content.
func filled(t *testing.T) (string, []byte) {
	t.Helper()
	path := filepath.Join(t.TempDir(), "data.db")
	s := mustOpen(t, path)
	var at store.Position
	for range 40 {
		var err error
		if at, err = s.Append(t.Context(), at, bytes.Repeat([]byte("x"), 3000), store.Fence{}); err != nil {
			t.Fatal(err)
		}
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return path, data
}

// use opens a file and does with it what a start does.
func use(t *testing.T, path string) error {
	t.Helper()
	s, err := Open(path, Options{LockTimeout: time.Second})
	if err != nil {
		return err
	}
	read := s.Read(t.Context(), 0, func(store.Position, []byte) error { return nil })
	_, pending := s.Pending(t.Context())
	_, receive := s.Receive(t.Context(), []store.Update{{ID: 1}}, nil)
	return errors.Join(read, pending, receive, s.Close())
}

func TestDamagedFileIsAnErrorThatNamesIt(t *testing.T) {
	const page = 4096
	damage := map[string]func([]byte) []byte{
		"emptied":                   func([]byte) []byte { return nil },
		"of another kind":           func([]byte) []byte { return []byte(strings.Repeat("这不是数据文件\n", 2000)) },
		"one line long":             func([]byte) []byte { return []byte("hello\n") },
		"cut to its first page":     func(b []byte) []byte { return b[:page] },
		"cut to its first 4 pages":  func(b []byte) []byte { return b[:4*page] },
		"cut in the middle":         func(b []byte) []byte { return b[:len(b)/3] },
		"zeroed after 2 pages":      func(b []byte) []byte { clear(b[2*page:]); return b },
		"overwritten after 2 pages": func(b []byte) []byte { fill(b[2*page:], 0xA5); return b },
		"both metas overwritten":    func(b []byte) []byte { fill(b[:2*page], 0xA5); return b },
		"a flipped bit in a line": func(b []byte) []byte {
			line := bytes.Repeat([]byte("x"), 3000)
			flipped := bytes.Clone(line)
			flipped[1500] ^= 4
			return bytes.ReplaceAll(b, line, flipped) // pages no longer in use hold copies
		},
	}
	for name, change := range damage {
		t.Run(name, func(t *testing.T) {
			path, data := filled(t)
			if err := os.WriteFile(path, change(data), 0o600); err != nil {
				t.Fatal(err)
			}
			err := use(t, path)
			if !errors.Is(err, store.ErrDamaged) || !strings.Contains(err.Error(), path) {
				t.Errorf("error %v, want store.ErrDamaged with the path", err)
			}
		})
	}
}

func fill(b []byte, with byte) {
	for i := range b {
		b[i] = with
	}
}

func TestOpenSaysWhatIsWrongWithThePath(t *testing.T) {
	dir := t.TempDir()
	if _, err := Open(dir, Options{}); err == nil || !strings.Contains(err.Error(), "is not a file") {
		t.Errorf("a folder: %v", err)
	}
	if _, err := Open(filepath.Join(dir, "none", "data.db"), Options{}); err == nil {
		t.Error("a file in a folder that is not there was opened")
	}
}

func TestFileOfAnotherFormatIsRefused(t *testing.T) {
	path := filepath.Join(t.TempDir(), "data.db")
	s := mustOpen(t, path)
	setFormat(t, s, "2")
	_ = s.Close()
	if _, err := Open(path, Options{}); err == nil || !strings.Contains(err.Error(), `format "2"`) {
		t.Errorf("format 2: %v", err)
	}
}
