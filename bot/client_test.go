package bot

import (
	"bytes"
	"context"
	"errors"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"paogai/store"
)

// streamed is a request as the library makes them: nobody knows its length.
func streamed(t *testing.T, url string, body io.Reader) *http.Request {
	t.Helper()
	req, err := http.NewRequestWithContext(t.Context(), http.MethodPost, url, io.NopCloser(body))
	if err != nil {
		t.Fatal(err)
	}
	return req
}

func TestSmallRequestsSayTheirLengthAndLargeOnesStream(t *testing.T) {
	var length int64
	var got []byte
	server := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		length = r.ContentLength
		got, _ = io.ReadAll(r.Body)
	}))
	defer server.Close()
	c := &client{calls: server.Client()}
	for _, tt := range []struct{ size, length int }{
		{0, 0}, {1, 1}, {5000, 5000}, {64<<10 - 1, 64<<10 - 1}, {64 << 10, -1}, {64<<10 + 1, -1}, {1 << 20, -1},
	} {
		sent := bytes.Repeat([]byte("改革"), tt.size/6+1)[:tt.size]
		resp, err := c.Do(streamed(t, server.URL+"/sendDocument", bytes.NewReader(sent)))
		if err != nil {
			t.Fatal(err)
		}
		_ = resp.Body.Close()
		if length != int64(tt.length) || !bytes.Equal(got, sent) {
			t.Errorf("%d bytes: length %d, %d bytes arrived", tt.size, length, len(got))
		}
	}
}

func TestARequestThatCannotBeReadIsNotMade(t *testing.T) {
	broken := errors.New("the file is gone")
	r, w := io.Pipe()
	go func() {
		_, _ = w.Write([]byte("half"))
		_ = w.CloseWithError(broken)
	}()
	c := &client{calls: &http.Client{}}
	resp, err := c.Do(streamed(t, "http://127.0.0.1:1/sendDocument", r))
	if !errors.Is(err, broken) {
		t.Errorf("got %v", err)
	}
	if resp != nil {
		_ = resp.Body.Close()
	}
}

func TestTheAnswerToATextIsItsNumber(t *testing.T) {
	for _, tt := range []struct{ answer, want string }{
		{`{"ok":true,"result":{"message_id":7,"text":"{\"message_id\":8}","chat":{"id":1}}}`, `{"ok":true,"result":{"message_id":7}}`},
		{`{"ok":false,"error_code":403,"description":"Forbidden"}`, `{"ok":false,"error_code":403,"description":"Forbidden"}`},
		{`<html>502`, `<html>502`},
		{`{"ok":true,"result":true}`, `{"ok":true,"result":true}`},
	} {
		resp, err := numbered(&http.Response{Body: io.NopCloser(strings.NewReader(tt.answer))})
		if err != nil {
			t.Fatal(err)
		}
		got, err := io.ReadAll(resp.Body)
		if err != nil || string(got) != tt.want {
			t.Errorf("%s became %s, %v", tt.answer, got, err)
		}
		_ = resp.Body.Close()
	}
}

func TestOnlyTextsThatMayLinkForbidPreviews(t *testing.T) {
	for html, links := range map[string]bool{
		"": false, "12. 长春市　98.68 分": false, "结束。": false, "a/b": false, "3.": false, "见附件 1.、2.": false,
		"https://a.cn": true, "<a href=\"tg://user?id=1\">某人</a>": true, "a.cn": true, "见www.政务.中国": true,
	} {
		if got := noPreview(html) != nil; got != links {
			t.Errorf("%q: %v", html, got)
		}
	}
}

// counter keeps what the writes of an inbox cleared.
type counter struct {
	store.Inbox
	mu     sync.Mutex
	writes [][]int64
}

func (c *counter) cleared() [][]int64 {
	c.mu.Lock()
	defer c.mu.Unlock()
	return slices.Clone(c.writes)
}

func (c *counter) Receive(_ context.Context, _ []store.Update, done []int64) ([]int64, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.writes = append(c.writes, done)
	return nil, nil
}

func TestHandledUpdatesThatABatchTookAlongNeedNoWrite(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		box := &counter{}
		in := &intake{inbox: box, lanes: newLanes(t.Context(), time.Second), log: slog.New(slog.DiscardHandler)}
		in.finished([]int64{1})
		time.Sleep(flushSoon - time.Millisecond)
		if err := in.receive(t.Context(), []arrival{{}}); err != nil {
			t.Fatal(err)
		}
		in.finished([]int64{2})
		time.Sleep(2 * time.Millisecond) // the first would have been written now
		synctest.Wait()
		if got := box.cleared(); len(got) != 1 || len(got[0]) != 1 {
			t.Fatalf("writes of %v", got)
		}
		time.Sleep(flushSoon)
		synctest.Wait()
		if got := box.cleared(); len(got) != 2 || got[1][0] != 2 {
			t.Errorf("writes of %v", got)
		}
	})
}
