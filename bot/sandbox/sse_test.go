package sandbox

import (
	"bufio"
	"context"
	"encoding/json"
	"net/http"
	"strings"
	"testing"
	"time"
)

// stream reads the page's events from where last left off.
func (r *rig) stream(t *testing.T, last string) *bufio.Scanner {
	t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), 10*time.Second)
	t.Cleanup(cancel)
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, r.http.URL+"/page/events", nil)
	must(t, err)
	if last != "" {
		req.Header.Set("Last-Event-ID", last)
	}
	res, err := http.DefaultClient.Do(req)
	must(t, err)
	t.Cleanup(func() { _ = res.Body.Close() })
	return bufio.NewScanner(res.Body)
}

// frame is the next event of a stream and its id.
func frame(t *testing.T, in *bufio.Scanner) (id string, e Event) {
	t.Helper()
	for in.Scan() {
		line := in.Text()
		if v, ok := strings.CutPrefix(line, "id: "); ok {
			id = v
		}
		if v, ok := strings.CutPrefix(line, "data: "); ok {
			must(t, json.Unmarshal([]byte(v), &e))
			return id, e
		}
	}
	t.Fatal("the stream ended")
	return "", e
}

// A page that lost its stream goes on where it was; one that was away too
// long, or knows another run, reads anew.
func TestEventStream(t *testing.T) {
	r := newRig(t)
	in := r.stream(t, "")
	in.Scan() // ": hello": from here nothing is missed
	r.says(alice, "一")
	id, e := frame(t, in)
	if e.Type != "message" || e.Chat != alice || e.Message.Text != "一" || !e.Message.Out {
		t.Fatalf("event %+v", e)
	}
	r.says(alice, "二")
	r.says(alice, "三")
	back := r.stream(t, id)
	for _, want := range []string{"二", "三"} {
		if _, e := frame(t, back); e.Message == nil || e.Message.Text != want {
			t.Errorf("event %+v, want %s", e, want)
		}
	}
	if _, e := frame(t, r.stream(t, "other-3")); e.Type != "reset" {
		t.Errorf("another run: %+v", e)
	}
	for range kept + 1 {
		r.Changed()
	}
	if _, e := frame(t, r.stream(t, id)); e.Type != "reset" {
		t.Errorf("long ago: %+v", e)
	}
}
