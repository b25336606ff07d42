package archive

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"testing/iotest"
	"time"
)

func open(t *testing.T) *Archive {
	t.Helper()
	a, err := Open(filepath.Join(t.TempDir(), "evidence"))
	if err != nil {
		t.Fatal(err)
	}
	return a
}

func put(t *testing.T, a *Archive, content string) string {
	t.Helper()
	sum, size, err := a.Put(t.Context(), strings.NewReader(content), 1<<20)
	if err != nil || size != int64(len(content)) {
		t.Fatalf("Put: size %d, error %v", size, err)
	}
	return sum
}

func get(t *testing.T, a *Archive, sum string) (string, error) {
	t.Helper()
	r, err := a.Get(sum)
	if err != nil {
		return "", err
	}
	defer func() { _ = r.Close() }()
	b, err := io.ReadAll(r)
	return string(b), err
}

// leftovers lists files under way: there are none once every Put returned.
func leftovers(t *testing.T, a *Archive) []os.DirEntry {
	t.Helper()
	entries, err := os.ReadDir(filepath.Join(a.dir, tmpName))
	if err != nil {
		t.Fatal(err)
	}
	return entries
}

func TestPutGetRoundTrip(t *testing.T) {
	a := open(t)
	for _, content := range []string{"", "佐证材料", strings.Repeat("x", 1<<20)} {
		want := sha256.Sum256([]byte(content))
		sum := put(t, a, content)
		if sum != hex.EncodeToString(want[:]) {
			t.Errorf("sum of %d bytes is %s", len(content), sum)
		}
		if got, err := get(t, a, sum); err != nil || got != content {
			t.Errorf("Get gave %d bytes, %v; want %d", len(got), err, len(content))
		}
		if !a.Has(sum) {
			t.Errorf("Has(%s) is false", sum)
		}
	}
	if n := len(leftovers(t, a)); n != 0 {
		t.Errorf("%d temporary files left", n)
	}
}

func TestPutRefusesWhatIsTooLarge(t *testing.T) {
	a := open(t)
	if _, _, err := a.Put(t.Context(), strings.NewReader("12345"), 4); !errors.Is(err, ErrTooLarge) {
		t.Errorf("5 bytes under a limit of 4: %v", err)
	}
	if _, size, err := a.Put(t.Context(), strings.NewReader("1234"), 4); err != nil || size != 4 {
		t.Errorf("4 bytes under a limit of 4: %d, %v", size, err)
	}
	if n := len(leftovers(t, a)); n != 0 {
		t.Errorf("%d temporary files left", n)
	}
}

func TestPutThatBreaksOffLeavesNothing(t *testing.T) {
	a := open(t)
	broken := io.MultiReader(strings.NewReader("half"), iotest.ErrReader(errors.New("line dropped")))
	if _, _, err := a.Put(t.Context(), broken, 100); err == nil || !strings.Contains(err.Error(), "line dropped") {
		t.Errorf("broken content: %v", err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, _, err := a.Put(ctx, strings.NewReader("never"), 100); !errors.Is(err, context.Canceled) {
		t.Errorf("cancelled: %v", err)
	}
	if n := len(leftovers(t, a)); n != 0 {
		t.Errorf("%d temporary files left", n)
	}
}

func TestGetNoticesDamageAndPutHealsIt(t *testing.T) {
	a := open(t)
	sum := put(t, a, "evidence of a reform")
	if err := os.WriteFile(a.path(sum), []byte("evidence of a reforn"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := get(t, a, sum); !errors.Is(err, ErrDamaged) {
		t.Errorf("Get of a changed file: %v", err)
	}
	r, err := a.Get(sum)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := io.Copy(&bytes.Buffer{}, r); !errors.Is(err, ErrDamaged) {
		t.Errorf("io.Copy of a changed file: %v", err)
	}
	_ = r.Close()
	put(t, a, "evidence of a reform")
	if got, err := get(t, a, sum); err != nil || got != "evidence of a reform" {
		t.Errorf("after putting again: %q, %v", got, err)
	}
}

func TestSumsAreNotPaths(t *testing.T) {
	a := open(t)
	for _, sum := range []string{"", "..", "../../etc/passwd", strings.Repeat("A", 64), strings.Repeat("/", 64), strings.Repeat("0", 63)} {
		if _, err := a.Get(sum); !errors.Is(err, ErrBadSum) {
			t.Errorf("Get(%q): %v", sum, err)
		}
		if a.Has(sum) {
			t.Errorf("Has(%q)", sum)
		}
	}
	none := strings.Repeat("0", 64)
	if _, err := a.Get(none); !errors.Is(err, ErrNotFound) || a.Has(none) {
		t.Errorf("Get of an unknown sum: %v", err)
	}
}

func TestSweepRemovesOnlyWhatIsOld(t *testing.T) {
	a := open(t)
	moment := time.Date(2018, 8, 31, 12, 0, 0, 0, time.UTC)
	for name, at := range map[string]time.Time{"put-old": moment.Add(-time.Second), "put-new": moment} {
		path := filepath.Join(a.dir, tmpName, name)
		if err := os.WriteFile(path, []byte("half"), 0o600); err != nil {
			t.Fatal(err)
		}
		if err := os.Chtimes(path, at, at); err != nil {
			t.Fatal(err)
		}
	}
	if n, err := a.Sweep(moment); n != 1 || err != nil {
		t.Errorf("Sweep removed %d, %v", n, err)
	}
	if left := leftovers(t, a); len(left) != 1 || left[0].Name() != "put-new" {
		t.Errorf("left: %v", left)
	}
}

func TestManyAtOnce(t *testing.T) {
	a := open(t)
	var wg sync.WaitGroup
	for i := range 32 {
		wg.Go(func() {
			content := strings.Repeat("x", 1000+i%4) // 4 contents, 8 writers each
			sum, _, err := a.Put(t.Context(), strings.NewReader(content), 1<<20)
			if err != nil {
				t.Errorf("Put: %v", err)
				return
			}
			if got, err := get(t, a, sum); err != nil || got != content {
				t.Errorf("Get: %d bytes, %v", len(got), err)
			}
		})
	}
	wg.Wait()
}

func TestOpenSaysWhatIsWrong(t *testing.T) {
	file := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := Open(file); err == nil || !strings.Contains(err.Error(), "cannot make the folder") {
		t.Errorf("Open of a file: %v", err)
	}
}
