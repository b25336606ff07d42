package boltstore

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"syscall"

	bolt "go.etcd.io/bbolt"
	bolterrors "go.etcd.io/bbolt/errors"

	"paogai/store"
)

// Open opens the data file at path, making it when it is not there (its folder
// has to be). ErrLocked: another process has it. store.ErrDamaged: the content
// makes no sense; the error names the file and what to do.
func Open(path string, o Options) (*Store, error) {
	o = o.withDefaults()
	info, err := os.Stat(path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		if err := create(path, o); err != nil {
			return nil, err
		}
	case err != nil:
		return nil, wrap(err)
	case !info.Mode().IsRegular():
		return nil, fmt.Errorf("boltstore: %s is not a file", path)
	case info.Size() == 0:
		// bbolt would quietly begin an empty journal here.
		return nil, damaged(path, "the file is empty, though paogai never leaves it so")
	}
	s := &Store{path: path, opts: o, changed: make(chan struct{}), holders: map[string]string{}}
	if s.db, err = openBolt(path, o); err != nil {
		return nil, err
	}
	if err := s.view(checkFormat); err != nil {
		return nil, errors.Join(err, s.Close())
	}
	return s, nil
}

// openBolt opens the file with its lock held. What is no fault of the system's
// is a fault of the content.
func openBolt(path string, o Options) (db *bolt.DB, err error) {
	err = guard(path, func() (err error) {
		db, err = bolt.Open(path, 0o600, &bolt.Options{
			Timeout:      o.LockTimeout,
			FreelistType: bolt.FreelistMapType,
			OpenFile:     o.openFile,
		})
		return err //nolint:wrapcheck // wrapped below
	})
	var pathErr *fs.PathError
	var errno syscall.Errno
	switch {
	case err == nil:
		return db, nil
	case errors.Is(err, bolterrors.ErrTimeout):
		return nil, fmt.Errorf("%w (%s)", ErrLocked, path)
	case errors.As(err, &pathErr), errors.As(err, &errno):
		return nil, fmt.Errorf("boltstore: cannot open %s: %w", path, err)
	case errors.Is(err, store.ErrDamaged):
		return nil, err
	}
	return nil, damaged(path, err.Error())
}

// create makes a whole file aside and then gives it its name, so that a crash
// never leaves a half-made or empty one. Of two processes that do this at once
// one gives the name and both go on to open that file.
func create(path string, o Options) error {
	f, err := os.CreateTemp(filepath.Dir(path), ".new-*")
	if err != nil {
		return wrap(err)
	}
	aside := f.Name()
	defer func() { _ = os.Remove(aside) }()
	if err := f.Close(); err != nil {
		return wrap(err)
	}
	db, err := openBolt(aside, o)
	if err != nil {
		return err
	}
	if err := errors.Join(db.Update(makeBuckets), db.Close()); err != nil {
		return wrap(err)
	}
	if err := os.Link(aside, path); err != nil && !errors.Is(err, fs.ErrExist) {
		// Not every file system has links.
		if err := os.Rename(aside, path); err != nil {
			return wrap(err)
		}
	}
	return syncDir(filepath.Dir(path))
}

func makeBuckets(tx *bolt.Tx) error {
	for _, name := range []string{
		bucketMeta, bucketJournal, bucketDrafts, bucketPending, bucketSeen, bucketDone, bucketTerms,
	} {
		if _, err := tx.CreateBucket([]byte(name)); err != nil {
			return wrap(err)
		}
	}
	return wrap(tx.Bucket([]byte(bucketMeta)).Put([]byte(formatKey), []byte(formatValue)))
}

func checkFormat(tx *bolt.Tx) error {
	meta := tx.Bucket([]byte(bucketMeta))
	if meta == nil {
		return fmt.Errorf("boltstore: %s is not a data file of paogai", tx.DB().Path())
	}
	if got := meta.Get([]byte(formatKey)); string(got) != formatValue {
		return fmt.Errorf("boltstore: %s has format %q and this paogai knows %q: use the newer paogai",
			tx.DB().Path(), got, formatValue)
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
		return wrap(err)
	}
	return wrap(errors.Join(d.Sync(), d.Close()))
}
