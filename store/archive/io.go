package archive

import (
	"context"
	"encoding/hex"
	"errors"
	"fmt"
	"hash"
	"io"
	"io/fs"
	"os"
	"runtime"
)

// contextReader ends a copy when its context ends.
type contextReader struct {
	ctx context.Context
	r   io.Reader
}

func (c contextReader) Read(p []byte) (int, error) {
	if err := c.ctx.Err(); err != nil {
		return 0, err //nolint:wrapcheck // Put wraps it
	}
	return c.r.Read(p) //nolint:wrapcheck // io.EOF has to stay as it is
}

// verifier hashes what is read and compares at the end.
type verifier struct {
	*os.File
	want string
	hash hash.Hash
}

// Read turns the end of the file into ErrDamaged when the content is not what
// its name says.
func (v *verifier) Read(p []byte) (int, error) {
	n, err := v.File.Read(p)
	v.hash.Write(p[:n])
	if errors.Is(err, io.EOF) && hex.EncodeToString(v.hash.Sum(nil)) != v.want {
		return n, fmt.Errorf("%w: %s", ErrDamaged, v.want)
	}
	return n, err //nolint:wrapcheck // io.EOF has to stay as it is
}

// WriteTo keeps io.Copy from going round Read by the file's own fast path.
func (v *verifier) WriteTo(w io.Writer) (int64, error) {
	return io.Copy(w, struct{ io.Reader }{v}) //nolint:wrapcheck // as Read
}

// discard removes a file that will not be kept.
func discard(f *os.File) error {
	if err := f.Close(); err != nil && !errors.Is(err, os.ErrClosed) {
		return fmt.Errorf("archive: %w", err)
	}
	if err := os.Remove(f.Name()); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("archive: %w", err)
	}
	return nil
}

// syncDir makes a new name in dir survive a power cut. Windows cannot sync a
// folder and does not need to.
func syncDir(dir string) error {
	if runtime.GOOS == "windows" {
		return nil
	}
	d, err := os.Open(dir)
	if err != nil {
		return fmt.Errorf("archive: %w", err)
	}
	if err := errors.Join(d.Sync(), d.Close()); err != nil {
		return fmt.Errorf("archive: cannot make %s durable: %w", dir, err)
	}
	return nil
}
