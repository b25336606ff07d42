package boltstore

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	bolt "go.etcd.io/bbolt"
)

// Backup writes a whole copy of one moment to path, which must not be there,
// while the store goes on working. Copying the file by other means gives bad
// copies.
func (s *Store) Backup(ctx context.Context, path string) error {
	if err := ctx.Err(); err != nil {
		return wrap(err)
	}
	if _, err := os.Lstat(path); !errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("boltstore: %s is there already; choose another name for the backup", path)
	}
	aside := path + ".part"
	defer func() { _ = os.Remove(aside) }()
	if err := s.view(func(tx *bolt.Tx) error { return wrap(tx.CopyFile(aside, 0o600)) }); err != nil {
		return err
	}
	if err := syncFile(aside); err != nil {
		return err
	}
	if err := os.Rename(aside, path); err != nil {
		return wrap(err)
	}
	return syncDir(filepath.Dir(path))
}

func syncFile(path string) error {
	f, err := os.OpenFile(path, os.O_RDWR, 0)
	if err != nil {
		return wrap(err)
	}
	return wrap(errors.Join(f.Sync(), f.Close()))
}
