// Package archive keeps evidence files (佐证材料) under the SHA-256 of their
// content. A file is put whole or not at all, survives a power cut once Put has
// returned, and is checked against its name each time it is read.
//
// The folder holds one sub-folder for each first two digits of a sum and tmp
// for files under way. Several processes may share it.
package archive

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"math"
	"os"
	"path/filepath"
	"time"
)

var (
	// ErrTooLarge means that the content is longer than the limit given to Put.
	ErrTooLarge = errors.New("archive: the file is larger than allowed")
	// ErrNotFound means that the archive holds nothing under this sum.
	ErrNotFound = errors.New("archive: no such file")
	// ErrDamaged means that the stored bytes no longer have the sum they are kept under.
	ErrDamaged = errors.New("archive: the stored file is damaged")
	// ErrBadSum means that a sum is not a SHA-256 in 64 lower-case hexadecimal digits.
	ErrBadSum = errors.New("archive: not a SHA-256 in lower-case hexadecimal")
)

// Archive is one folder of evidence. It is safe for concurrent use.
type Archive struct{ dir string }

// Open returns the archive in dir, making the folder when it is not there.
func Open(dir string) (*Archive, error) {
	if err := os.MkdirAll(filepath.Join(dir, tmpName), 0o700); err != nil {
		return nil, fmt.Errorf("archive: cannot make the folder: %w", err)
	}
	return &Archive{dir: dir}, nil
}

const tmpName = "tmp"

// Put stores what r holds, at most limit bytes of it (ErrTooLarge when there
// is more), and returns its sum and size in bytes. Content that is there
// already is written again, which heals a damaged copy. Cancelling ctx leaves
// nothing behind.
func (a *Archive) Put(ctx context.Context, r io.Reader, limit int64) (sum string, size int64, err error) {
	f, err := os.CreateTemp(filepath.Join(a.dir, tmpName), "put-*")
	if err != nil {
		return "", 0, fmt.Errorf("archive: %w", err)
	}
	defer func() {
		if err != nil {
			err = errors.Join(err, discard(f))
			sum, size = "", 0
		}
	}()
	h := sha256.New()
	size, err = io.Copy(io.MultiWriter(f, h), io.LimitReader(contextReader{ctx, r}, min(limit, math.MaxInt64-1)+1))
	if err != nil {
		return "", 0, fmt.Errorf("archive: the content broke off: %w", err)
	}
	if size > limit {
		return "", 0, fmt.Errorf("%w (limit %d bytes)", ErrTooLarge, limit)
	}
	sum = hex.EncodeToString(h.Sum(nil))
	return sum, size, a.keep(f, sum)
}

// keep makes f durable and gives it its final name.
func (a *Archive) keep(f *os.File, sum string) error {
	if err := f.Sync(); err != nil {
		return fmt.Errorf("archive: %w", err)
	}
	if err := f.Close(); err != nil {
		return fmt.Errorf("archive: %w", err)
	}
	path := a.path(sum)
	folder := filepath.Dir(path)
	if err := os.Mkdir(folder, 0o700); err == nil {
		if err := syncDir(a.dir); err != nil {
			return err
		}
	} else if !errors.Is(err, fs.ErrExist) {
		return fmt.Errorf("archive: %w", err)
	}
	if err := os.Rename(f.Name(), path); err != nil {
		return fmt.Errorf("archive: %w", err)
	}
	return syncDir(folder)
}

// Get opens the file of that sum (ErrNotFound when there is none). Reading to
// the end verifies it: the last Read gives ErrDamaged instead of io.EOF when
// the content does not fit the sum.
func (a *Archive) Get(sum string) (io.ReadCloser, error) {
	if !valid(sum) {
		return nil, ErrBadSum
	}
	f, err := os.Open(a.path(sum))
	if errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("%w: %s", ErrNotFound, sum)
	}
	if err != nil {
		return nil, fmt.Errorf("archive: %w", err)
	}
	return &verifier{File: f, want: sum, hash: sha256.New()}, nil
}

// Has reports whether the archive holds a file of that sum.
func (a *Archive) Has(sum string) bool {
	if !valid(sum) {
		return false
	}
	info, err := os.Stat(a.path(sum))
	return err == nil && info.Mode().IsRegular()
}

// Sweep removes what broken-off Puts left in tmp and nobody touched since
// before. Choose a moment older than any Put can still run, such as a day ago.
func (a *Archive) Sweep(before time.Time) (removed int, err error) {
	folder := filepath.Join(a.dir, tmpName)
	entries, err := os.ReadDir(folder)
	if err != nil {
		return 0, fmt.Errorf("archive: %w", err)
	}
	for _, e := range entries {
		info, err := e.Info()
		if err != nil || !info.ModTime().Before(before) {
			continue // gone meanwhile, or still under way
		}
		if err := os.Remove(filepath.Join(folder, e.Name())); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return removed, fmt.Errorf("archive: %w", err)
		}
		removed++
	}
	return removed, nil
}

func (a *Archive) path(sum string) string { return filepath.Join(a.dir, sum[:2], sum) }

// valid keeps anything that is not a sum away from the file system.
func valid(sum string) bool {
	if len(sum) != hex.EncodedLen(sha256.Size) {
		return false
	}
	for _, c := range []byte(sum) {
		if (c < '0' || c > '9') && (c < 'a' || c > 'f') {
			return false
		}
	}
	return true
}
