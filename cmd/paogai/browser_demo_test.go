package main

import (
	"bytes"
	"context"
	"crypto/rand"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/chromedp"
)

// patience is how long a page or the program may take for one thing; a bar on
// speed is set elsewhere, this one only ends a wait that never would.
const patience = 2 * time.Minute

// demo is a rehearsal that runs in this process, as `paogai demo` runs it.
type demo struct {
	dir, url string
	stop     func() // ends it and waits until its data is closed
}

// startDemo runs the command and learns the page's address from what it prints,
// as a newcomer does. An error on its log fails the test.
func startDemo(t *testing.T) *demo {
	t.Helper()
	dir := t.TempDir()
	ctx, cancel := context.WithCancel(context.Background())
	printed, out := io.Pipe()
	var faults bytes.Buffer
	code := make(chan int, 1)
	go func() {
		code <- run(ctx, []string{"demo", "--data", dir, "--listen", "127.0.0.1:0"}, world{
			out: out, err: &faults, env: func(string) string { return "" }, now: time.Now, rand: rand.Reader,
		})
		out.Close()
	}()
	d := &demo{dir: dir}
	d.stop = sync.OnceFunc(func() {
		cancel()
		if got := <-code; got != exitOK || faults.Len() > 0 {
			t.Errorf("the demo ended with %d and said:\n%s", got, faults.String())
		}
	})
	t.Cleanup(d.stop)
	d.url = addressIn(printed)
	if d.url == "" {
		t.Fatal("the demo printed no address")
	}
	go func() { _, _ = io.Copy(io.Discard, printed) }()
	return d
}

// addressIn reads until a loopback address stands in what was printed; empty if
// it ends without one.
func addressIn(r io.Reader) string {
	address := regexp.MustCompile(`http://127\.0\.0\.1:\d+/`)
	var text []byte
	buf := make([]byte, 512)
	for {
		n, err := r.Read(buf)
		text = append(text, buf[:n]...)
		if found := address.Find(text); found != nil || err != nil {
			return string(found)
		}
	}
}

// chromium finds the browser. Where a machine has none, nothing can be shown
// there; in CI that is a fault of the machine.
func chromium(t *testing.T) string {
	t.Helper()
	for _, name := range []string{"/usr/bin/chromium", "chromium", "chromium-browser", "google-chrome", "google-chrome-stable"} {
		if path, err := exec.LookPath(name); err == nil {
			return path
		}
	}
	if os.Getenv("CI") == "true" {
		t.Fatal("no Chromium on this machine: install chromium, the page must be tried in a browser")
	}
	t.Log("NOT TRIED: no Chromium on this machine; the page was not opened in a browser (apt-get install chromium)")
	return ""
}

// startBrowser starts a headless Chromium with an empty profile and returns the
// context of its one window and what closes it. Each window has a browser of its own, as each
// person has a computer: a headless Chromium may let a second tab sleep.
func startBrowser(t *testing.T, path string) (ctx context.Context, closeIt func()) {
	t.Helper()
	options := []chromedp.ExecAllocatorOption{
		chromedp.ExecPath(path), chromedp.UserDataDir(profile(t)),
		chromedp.Headless, chromedp.NoSandbox, chromedp.DisableGPU, chromedp.NoFirstRun, chromedp.NoDefaultBrowserCheck,
		chromedp.Flag("disable-quic", true), chromedp.Flag("disable-background-networking", true),
		chromedp.Flag("disable-component-update", true), chromedp.Flag("disable-sync", true),
		chromedp.Flag("disable-extensions", true), chromedp.Flag("disable-dev-shm-usage", true),
		chromedp.Flag("lang", "zh-CN"), chromedp.Env("TZ=America/Chicago"), // the page must show the rehearsal's zone
		chromedp.WSURLReadTimeout(patience),
	}
	// Not the test's own context: that ends before the cleanups begin, and they
	// take a picture of what failed.
	allocator, cancelAllocator := chromedp.NewExecAllocator(context.Background(), options...)
	ctx, cancel := chromedp.NewContext(allocator)
	closeIt = sync.OnceFunc(func() {
		cancel()
		cancelAllocator()
	})
	t.Cleanup(closeIt)
	if err := chromedp.Run(ctx); err != nil {
		t.Fatalf("start %s: %v", path, err)
	}
	return ctx, closeIt
}

// profile is an empty folder for the browser. The browser's helpers may write
// to it a moment longer than it lives, so that leftovers are no fault.
func profile(t *testing.T) string {
	t.Helper()
	dir, err := os.MkdirTemp("", "paogai-browser-")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = os.RemoveAll(dir) })
	return dir
}

// pictures is where screenshots go: the folder in PAOGAI_SCREENSHOTS, so that
// somebody can look at them.
func pictures(t *testing.T) string {
	t.Helper()
	dir := os.Getenv("PAOGAI_SCREENSHOTS")
	if dir == "" {
		return t.TempDir()
	}
	if err := os.MkdirAll(dir, 0o755); err != nil {
		t.Fatal(err)
	}
	return dir
}

// paper writes a file that somebody of the unit might send as evidence.
func paper(t *testing.T, name, unit string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	content := "%PDF-1.4\n" + strings.Repeat("演练数据："+unit+"企业开办流程再造总结。\n", 200) + "%%EOF\n"
	if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}
