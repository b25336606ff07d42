package boltstore

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	bolt "go.etcd.io/bbolt"

	"paogai/store"
)

func setFormat(t *testing.T, s *Store, format string) {
	t.Helper()
	raw(t, s, func(tx *bolt.Tx) error { return tx.Bucket([]byte(bucketMeta)).Put([]byte(formatKey), []byte(format)) })
}

func TestBackupIsWholeAndOpens(t *testing.T) {
	dir := t.TempDir()
	s := mustOpen(t, filepath.Join(dir, "data.db"))
	var at store.Position
	for range 50 {
		var err error
		if at, err = s.Append(t.Context(), at, bytes.Repeat([]byte("x"), 500), store.Fence{}); err != nil {
			t.Fatal(err)
		}
	}
	copied := filepath.Join(dir, "backup.db")
	if err := s.Backup(t.Context(), copied); err != nil {
		t.Fatal(err)
	}
	if _, err := s.Append(t.Context(), at, []byte("after the backup"), store.Fence{}); err != nil {
		t.Fatal(err)
	}
	if head, err := mustOpen(t, copied).Head(t.Context()); err != nil || head != at {
		t.Errorf("the backup is at %d (%v), want %d", head.Seq, err, at.Seq)
	}
	if err := s.Backup(t.Context(), copied); err == nil || !strings.Contains(err.Error(), "is there already") {
		t.Errorf("a backup over a backup: %v", err)
	}
}

func TestOldHandledUpdatesAreForgotten(t *testing.T) {
	s, err := Open(filepath.Join(t.TempDir(), "data.db"), Options{KeepDone: 10})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.Close() })
	for id := int64(1); id <= 30; id++ {
		if _, err := s.Receive(t.Context(), []store.Update{{ID: id}}, []int64{id}); err != nil {
			t.Fatal(err)
		}
	}
	for id, want := range map[int64]bool{20: true, 21: false, 30: false} {
		got, err := s.Receive(t.Context(), []store.Update{{ID: id}}, nil)
		if err != nil || (len(got) == 1) != want {
			t.Errorf("update %d of 30 with 10 remembered: accepted %v (%v), want %v", id, got, err, want)
		}
	}
	if err := s.db.View(func(tx *bolt.Tx) error {
		if n := tx.Bucket([]byte(bucketSeen)).Stats().KeyN; n != 11 {
			t.Errorf("%d ids are kept, want 10 handled and 1 pending", n)
		}
		return nil
	}); err != nil {
		t.Error(err)
	}
}

func TestNothingIsWrittenAfterAFaultOfTheDisk(t *testing.T) {
	var file *os.File
	keep := func(name string, flag int, mode os.FileMode) (f *os.File, err error) {
		file, err = os.OpenFile(name, flag, mode)
		return file, err
	}
	s, err := Open(filepath.Join(t.TempDir(), "data.db"), Options{openFile: keep})
	if err != nil {
		t.Fatal(err)
	}
	at, err := s.Append(t.Context(), store.Position{}, []byte("first"), store.Fence{})
	if err != nil {
		t.Fatal(err)
	}
	if err := file.Close(); err != nil { // from here on every write fails
		t.Fatal(err)
	}
	for range 2 {
		if _, err := s.Append(t.Context(), at, []byte("second"), store.Fence{}); !errors.Is(err, store.ErrUnknown) {
			t.Errorf("append on a failing disk: %v", err)
		}
	}
	if err := s.SaveDraft(t.Context(), "k", nil); !errors.Is(err, store.ErrUnknown) {
		t.Errorf("save on a failing disk: %v", err)
	}
}
