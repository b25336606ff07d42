package bot

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"
	"time"
)

// The measures of the way to Telegram.
const (
	pollTimeout = 30 * time.Second // one getUpdates waits so long on the server
	callTimeout = 60 * time.Second // any call, the poll included
	connections = 64               // kept and at most, per host
	// downloadTimeout is for 20 MB over a slow way.
	downloadTimeout = 5 * time.Minute
)

// client is what the library calls Telegram through. Polls have connections
// of their own, so that they never wait for calls, and what they bring is put
// into the inbox before the library learns of it: its next poll confirms it.
type client struct {
	calls, polls *http.Client
	in           *intake
}

// newHTTPClient makes a client with enough connections kept open; proxy is a
// URL (http, https, socks5), empty for none.
func newHTTPClient(proxy string, timeout time.Duration) (*http.Client, error) {
	t := http.DefaultTransport.(*http.Transport).Clone() //nolint:forcetypeassert // documented
	t.MaxIdleConns, t.MaxIdleConnsPerHost, t.MaxConnsPerHost = 2*connections, connections, connections
	t.Proxy = nil
	if proxy != "" {
		u, err := url.Parse(proxy)
		if err != nil || u.Host == "" {
			return nil, errors.New("the proxy is not a URL such as socks5://127.0.0.1:1080") // never show it: it may hold a password
		}
		t.Proxy = http.ProxyURL(u)
	}
	return &http.Client{Transport: t, Timeout: timeout}, nil
}

// Do makes the call, or polls.
func (c *client) Do(req *http.Request) (*http.Response, error) {
	poll := strings.HasSuffix(req.URL.Path, "/getUpdates")
	if poll {
		if err := c.in.lanes.below(req.Context(), maxInFlight); err != nil {
			_ = req.Body.Close()
			return nil, err
		}
	}
	if err := size(req); err != nil {
		return nil, err
	}
	way := c.calls
	if poll {
		way = c.polls
	}
	resp, err := way.Do(req)
	switch {
	case err != nil:
		return nil, err //nolint:wrapcheck // the library looks into it
	case poll:
		return c.safe(req.Context(), resp)
	case strings.HasSuffix(req.URL.Path, "/sendMessage"):
		return numbered(resp)
	}
	return resp, nil
}

// size reads the body of a request, if it is small, so that its length is
// known. The library streams its bodies, and each piece of such a stream is a
// write to the network of its own: nine of them for a message. And a server
// that has not read a stream to its end does not see that a long poll was
// given up.
func size(req *http.Request) error {
	const usual, small = 4 << 10, 64 << 10 // texts are below, files may be above
	head := bytes.NewBuffer(make([]byte, 0, usual))
	if _, err := head.ReadFrom(io.LimitReader(req.Body, small)); err != nil {
		return fmt.Errorf("make the request: %w", errors.Join(err, req.Body.Close()))
	}
	if head.Len() == small {
		req.Body = struct {
			io.Reader
			io.Closer
		}{io.MultiReader(head, req.Body), req.Body}
		return nil
	}
	if err := req.Body.Close(); err != nil {
		return fmt.Errorf("make the request: %w", err)
	}
	req.Body, req.ContentLength = io.NopCloser(head), int64(head.Len())
	if head.Len() == 0 {
		req.Body = http.NoBody // or 0 would mean unknown
	}
	return nil
}

// safe puts the updates of a poll's answer into the inbox and hands on an
// answer that holds their numbers only, which is all the library needs to ask
// for the next ones.
func (c *client) safe(ctx context.Context, resp *http.Response) (*http.Response, error) {
	body, err := whole(resp)
	if err != nil {
		return nil, fmt.Errorf("read updates: %w", err)
	}
	var answer struct {
		OK     bool      `json:"ok"`
		Result []arrival `json:"result"`
	}
	if err := json.Unmarshal(body, &answer); err != nil || !answer.OK || len(answer.Result) == 0 {
		return withBody(resp, body), nil //nolint:nilerr // the library has words for it
	}
	if err := c.in.receive(ctx, answer.Result); err != nil {
		return nil, err
	}
	type number struct {
		ID int64 `json:"update_id"`
	}
	numbers := make([]number, len(answer.Result))
	for i := range answer.Result {
		numbers[i].ID = answer.Result[i].ID
	}
	body, err = json.Marshal(map[string]any{"ok": true, "result": numbers})
	if err != nil {
		return nil, fmt.Errorf("hand updates on: %w", err)
	}
	return withBody(resp, body), nil
}

// numbered is the answer to a text with the message's number alone. Telegram
// gives back the whole text, and the library goes through it four times,
// which was an eighth of the work of answering.
func numbered(resp *http.Response) (*http.Response, error) {
	body, err := whole(resp)
	if err != nil {
		return nil, fmt.Errorf("read the answer: %w", err)
	}
	var answer struct {
		OK     bool `json:"ok"`
		Result struct {
			ID int `json:"message_id"`
		} `json:"result"`
	}
	if readable := json.Unmarshal(body, &answer) == nil; !readable || !answer.OK {
		return withBody(resp, body), nil // the library has words for it
	}
	return withBody(resp, fmt.Appendf(nil, `{"ok":true,"result":{"message_id":%d}}`, answer.Result.ID)), nil
}

// whole reads the body of an answer.
func whole(resp *http.Response) ([]byte, error) {
	const most = 64 << 20
	body, err := io.ReadAll(io.LimitReader(resp.Body, most))
	return body, errors.Join(err, resp.Body.Close())
}

func withBody(resp *http.Response, body []byte) *http.Response {
	resp.Body = io.NopCloser(bytes.NewReader(body))
	resp.ContentLength = int64(len(body))
	return resp
}
