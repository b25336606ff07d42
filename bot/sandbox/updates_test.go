package sandbox

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"runtime"
	"strings"
	"testing"
	"time"
)

// answer is a reply of the Bot API.
type answer struct {
	OK          bool
	Result      json.RawMessage
	Code        int `json:"error_code"`
	Description string
	Parameters  refusalParameters
}

// call makes a call with form parameters, given as key, value, ….
func (r *rig) call(t *testing.T, method string, pairs ...any) answer {
	t.Helper()
	a, err := r.tryCall(t.Context(), method, pairs...)
	must(t, err)
	return a
}

func (r *rig) tryCall(ctx context.Context, method string, pairs ...any) (a answer, err error) {
	form := url.Values{}
	for i := 0; i < len(pairs); i += 2 {
		form.Set(pairs[i].(string), fmt.Sprint(pairs[i+1]))
	}
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, r.http.URL+"/bot"+testToken+"/"+method, strings.NewReader(form.Encode()))
	if err != nil {
		return a, err
	}
	req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	res, err := http.DefaultClient.Do(req)
	if err != nil {
		return a, err
	}
	defer func() { _ = res.Body.Close() }() // only read from
	body, err := io.ReadAll(res.Body)
	if err != nil {
		return a, err
	}
	err = json.Unmarshal(body, &a)
	if err == nil && !a.OK && res.StatusCode != a.Code {
		err = fmt.Errorf("status %d, error_code %d", res.StatusCode, a.Code)
	}
	return a, err
}

// updates asks for updates without waiting.
func (r *rig) updates(t *testing.T, offset int64, pairs ...any) []update {
	t.Helper()
	a := r.call(t, "getUpdates", append([]any{"offset", offset}, pairs...)...)
	if !a.OK {
		t.Fatal(a.Description)
	}
	var list []update
	must(t, json.Unmarshal(a.Result, &list))
	return list
}

// Updates stay until an offset confirms them; a limit cuts the answer; a
// negative offset forgets all but the last.
func TestOffsets(t *testing.T) {
	r := newRig(t)
	for i := range 5 {
		r.says(alice, fmt.Sprint(i))
	}
	list := r.updates(t, 0)
	if len(list) != 5 || len(r.updates(t, 0)) != 5 || r.Pending() != 5 {
		t.Fatalf("%d updates", len(list))
	}
	for i, u := range list {
		if u.ID != list[0].ID+int64(i) || u.Message.Text != fmt.Sprint(i) {
			t.Errorf("update %d: %+v", i, u)
		}
	}
	if got := r.updates(t, list[1].ID+1, "limit", 2); len(got) != 2 || got[0].ID != list[2].ID {
		t.Errorf("limited: %+v", got)
	}
	if r.Pending() != 3 {
		t.Errorf("%d pending", r.Pending())
	}
	if got := r.updates(t, -1); len(got) != 1 || got[0].ID != list[4].ID || r.Pending() != 1 {
		t.Errorf("the last: %+v", got)
	}
	if got := r.updates(t, list[4].ID+1); len(got) != 0 {
		t.Errorf("after all: %+v", got)
	}
}

// An update nobody confirms is kept for 24 hours.
func TestUpdatesExpire(t *testing.T) {
	r := newRig(t)
	r.says(alice, "old")
	r.clock.add(24 * time.Hour)
	r.says(alice, "new")
	if n := len(r.updates(t, 0)); n != 2 {
		t.Errorf("%d updates after 24 hours", n)
	}
	r.clock.add(time.Second)
	r.says(alice, "newest")
	if list := r.updates(t, 0); len(list) != 2 || list[0].Message.Text != "new" {
		t.Errorf("updates after more: %+v", list)
	}
}

// A long poll ends with the update it waited for, or with a conflict when
// another poll comes.
func TestLongPoll(t *testing.T) {
	r := newRig(t)
	answers := make(chan answer, 2)
	poll := func() {
		a, err := r.tryCall(context.Background(), "getUpdates", "timeout", 50)
		if err != nil {
			t.Error(err)
		}
		answers <- a
	}
	go poll()
	r.untilPolling(nil)
	first := r.polling()
	go poll()
	a := <-answers
	if a.Code != 409 || a.Description != "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running" {
		t.Errorf("the first poll got %+v", a)
	}
	r.untilPolling(first)
	r.says(alice, "hi")
	if a := <-answers; !a.OK || !strings.Contains(string(a.Result), `"hi"`) {
		t.Errorf("the second poll got %+v", a)
	}
}

func (r *rig) polling() *poll {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.poll
}

// untilPolling waits until a poll other than before hangs.
func (r *rig) untilPolling(before *poll) {
	for p := r.polling(); p == nil || p == before; p = r.polling() {
		runtime.Gosched()
	}
}

// allowed_updates holds from then on, and is kept when not said again.
func TestAllowedUpdates(t *testing.T) {
	r := newRig(t)
	r.updates(t, 0, "allowed_updates", `["callback_query"]`)
	r.says(alice, "unheard")
	if n := len(r.updates(t, 0)); n != 0 {
		t.Errorf("%d updates", n)
	}
	r.updates(t, 0, "allowed_updates", `[]`)
	r.says(alice, "heard")
	if n := len(r.updates(t, 0)); n != 1 {
		t.Errorf("%d updates after the default came back", n)
	}
	if a := r.call(t, "getUpdates", "allowed_updates", "message"); a.Code != 400 {
		t.Errorf("no list: %+v", a)
	}
}

// Wrong tokens and methods are told apart as Telegram does.
func TestTokensAndMethods(t *testing.T) {
	r := newRig(t)
	for path, want := range map[string]string{
		"/bot" + testToken + "/getMe":        `"can_read_all_group_messages":false`,
		"/bot" + testToken + "/GETME":        `"username":"paogai_bot"`,
		"/bot" + testToken + "/fly":          `{"ok":false,"error_code":404,"description":"Not Found: method not found"}`,
		"/bot700001:wrong/getMe":             `{"ok":false,"error_code":401,"description":"Unauthorized"}`,
		"/botnonsense/getMe":                 `{"ok":false,"error_code":404,"description":"Not Found"}`,
		"/bot" + testToken:                   `{"ok":false,"error_code":404,"description":"Not Found"}`,
		"/bot" + testToken + "/sendMessage?": `Bad Request: message text is empty`,
	} {
		res, err := http.Get(r.http.URL + path) //nolint:noctx // the test's own server
		must(t, err)
		body, err := io.ReadAll(res.Body)
		must(t, err)
		_ = res.Body.Close() // read
		if !strings.Contains(string(body), want) {
			t.Errorf("%s: %s", path, body)
		}
	}
	if r.Calls()["getMe"] != 2 || r.Refusals()["sendMessage: Bad Request: message text is empty"] != 1 {
		t.Errorf("counted %v, %v", r.Calls(), r.Refusals())
	}
}

// JSON bodies and query strings do as forms do.
func TestBodies(t *testing.T) {
	r := newRig(t)
	r.says(alice, "hi")
	for name, c := range map[string]struct{ query, kind, body, want string }{
		"json":       {kind: "application/json", body: `{"chat_id":1001,"text":"j","reply_markup":{"inline_keyboard":[[{"text":"a","callback_data":"b"}]]},"parse_mode":null}`, want: `"callback_data":"b"`},
		"query":      {query: "?chat_id=1001&text=q", want: `"text":"q"`},
		"form":       {kind: "application/x-www-form-urlencoded", body: "chat_id=1001&text=f", want: `"text":"f"`},
		"broken":     {kind: "application/json", body: `{"chat_id":`, want: "Bad Request: can't parse the request"},
		"no part":    {kind: "multipart/form-data; boundary=x", body: "--x\r\nnonsense", want: "Bad Request: can't parse the request"},
		"just parts": {kind: "multipart/form-data; boundary=x", body: "--x\r\nContent-Disposition: form-data; name=\"chat_id\"\r\n\r\n1001\r\n--x\r\nContent-Disposition: form-data; name=\"text\"\r\n\r\nm\r\n--x--\r\n", want: `"text":"m"`},
	} {
		res, err := http.Post(r.http.URL+"/bot"+testToken+"/sendMessage"+c.query, c.kind, strings.NewReader(c.body)) //nolint:noctx // as above
		must(t, err)
		body, err := io.ReadAll(res.Body)
		must(t, err)
		_ = res.Body.Close() // read
		if !strings.Contains(string(body), c.want) {
			t.Errorf("%s: %s", name, body)
		}
	}
}
