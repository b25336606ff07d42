package storetest

import (
	"bytes"
	"slices"
	"strings"
	"testing"

	"paogai/store"
)

func wantDraft(t *testing.T, d store.Drafts, key string, want []byte) {
	t.Helper()
	got, err := d.LoadDraft(t.Context(), key)
	if err != nil || !bytes.Equal(got, want) || (got == nil) != (want == nil) {
		t.Fatalf("draft %q is %.80q (%v), want %.80q", key, got, err, want)
	}
}

func save(t *testing.T, d store.Drafts, key string, data []byte) {
	t.Helper()
	if err := d.SaveDraft(t.Context(), key, data); err != nil {
		t.Fatalf("save %q: %v", key, err)
	}
}

func draftsComeAndGo(t *testing.T, f *Fixture) {
	wantDraft(t, f, "1001:1001", nil)
	save(t, f, "1001:1001", []byte("step 1"))
	save(t, f, "-100:1001", []byte("another chat"))
	wantDraft(t, f, "1001:1001", []byte("step 1"))
	save(t, f, "1001:1001", bytes.Repeat([]byte{0, '\n', 200}, 100_000))
	wantDraft(t, f, "1001:1001", bytes.Repeat([]byte{0, '\n', 200}, 100_000))
	save(t, f, "1001:1001", []byte{})
	wantDraft(t, f, "1001:1001", []byte{})
	for range 2 { // the second time there is none
		if err := f.DeleteDraft(t.Context(), "1001:1001"); err != nil {
			t.Fatalf("delete: %v", err)
		}
	}
	wantDraft(t, f, "1001:1001", nil)
	wantDraft(t, f, "-100:1001", []byte("another chat"))
	if err := f.SaveDraft(t.Context(), "", []byte("x")); err == nil {
		t.Error("a draft without a key was saved")
	}
}

func draftsInOrder(t *testing.T, f *Fixture) {
	for _, key := range []string{"b", "-1:2", "a", "中", "1:2", "a:b"} {
		save(t, f, key, []byte(strings.ToUpper(key)))
	}
	var keys []string
	err := f.Drafts(t.Context(), func(key string, data []byte) error {
		if string(data) != strings.ToUpper(key) {
			t.Errorf("draft %q is %q", key, data)
		}
		keys = append(keys, key)
		return f.DeleteDraft(t.Context(), key)
	})
	if want := []string{"-1:2", "1:2", "a", "a:b", "b", "中"}; err != nil || !slices.Equal(keys, want) {
		t.Errorf("keys %q (%v), want %q", keys, err, want)
	}
	if err := f.Drafts(t.Context(), func(key string, _ []byte) error {
		t.Errorf("draft %q is there after it was deleted", key)
		return nil
	}); err != nil {
		t.Error(err)
	}
}
