package sandbox

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io"
	"mime/multipart"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	tg "github.com/go-telegram/bot"
	"github.com/go-telegram/bot/models"
)

// page asks the page's API; body is sent as JSON when not nil.
func (r *rig) page(t *testing.T, path string, body, into any) (status int, sentence string) {
	t.Helper()
	method, reader := http.MethodGet, io.Reader(nil)
	if body != nil {
		data, err := json.Marshal(body)
		must(t, err)
		method, reader = http.MethodPost, bytes.NewReader(data)
	}
	req, err := http.NewRequestWithContext(t.Context(), method, r.http.URL+path, reader)
	must(t, err)
	return r.answered(t, req, into)
}

func (r *rig) answered(t *testing.T, req *http.Request, into any) (status int, sentence string) {
	t.Helper()
	res, err := http.DefaultClient.Do(req)
	must(t, err)
	defer func() { _ = res.Body.Close() }() // only read from
	data, err := io.ReadAll(res.Body)
	must(t, err)
	var failed struct{ Error string }
	if res.StatusCode >= 400 {
		must(t, json.Unmarshal(data, &failed))
	} else if into != nil {
		must(t, json.Unmarshal(data, into))
	}
	return res.StatusCode, failed.Error
}

type m = map[string]any

// The page writes, presses, edits, reads and counts what it has not seen.
func TestPageConversation(t *testing.T) {
	r := newRig(t)
	var sent sentView
	r.page(t, "/page/send", m{"from": alice, "chat": alice, "text": "你好"}, &sent)
	answer, err := r.bot.SendMessage(r.ctx(), &tg.SendMessageParams{ChatID: alice, Text: "选", ReplyMarkup: keys("a")})
	must(t, err)
	_, err = r.bot.SendMessage(r.ctx(), &tg.SendMessageParams{ChatID: alice, Text: "键盘", ReplyMarkup: models.ReplyKeyboardMarkup{Keyboard: [][]models.KeyboardButton{{{Text: "一"}}}}})
	must(t, err)
	var state stateView
	r.page(t, "/page/state", nil, &state)
	if p := state.People[0]; p.Unread != 2 || p.Last.Text != "键盘" || state.Title != "演练" || state.Host || len(state.Groups) != 1 {
		t.Errorf("state %+v", state)
	}
	var pressed struct{ Callback string }
	r.page(t, "/page/press", m{"from": alice, "chat": alice, "message_id": answer.ID, "data": "a"}, &pressed)
	if pressed.Callback == "" {
		t.Error("no callback")
	}
	r.page(t, "/page/edit", m{"from": alice, "chat": alice, "message_id": sent.Messages[0].MessageID, "text": "改"}, nil)
	var chat chatView
	r.page(t, "/page/chat?id=1001&limit=2", nil, &chat)
	if len(chat.Messages) != 2 || !chat.More || chat.Keyboard == nil || chat.Messages[0].Text != "选" {
		t.Errorf("chat %+v", chat)
	}
	r.page(t, "/page/chat?id=1001&before=2", nil, &chat)
	if len(chat.Messages) != 1 || chat.More || chat.Messages[0].Text != "改" || !chat.Messages[0].Out {
		t.Errorf("older %+v", chat)
	}
	r.page(t, "/page/seen", m{"chat": alice}, nil)
	r.page(t, "/page/block", m{"person": alice, "blocked": true}, nil)
	r.page(t, "/page/state", nil, &state)
	if p := state.People[0]; p.Unread != 0 || !p.Blocked {
		t.Errorf("person %+v", p)
	}
	for _, kind := range []string{"sticker", "voice", "location", "poll"} {
		if status, _ := r.page(t, "/page/"+kind, m{"from": bob, "chat": bob}, &sent); status != 200 || sent.Messages[0].summary() == "" {
			t.Errorf("%s: %d %+v", kind, status, sent)
		}
	}
	if status, why := r.page(t, "/page/send", m{"from": alice, "chat": alice, "text": "x"}, nil); status != 400 || why != string(ErrBlocked) {
		t.Errorf("blocked: %d %q", status, why)
	}
	if status, why := r.page(t, "/page/chat?id=5", nil, nil); status != 400 || why != string(ErrNoChat) {
		t.Errorf("no chat: %d %q", status, why)
	}
}

// Files of the page become messages, and come back whole and harmless.
func TestPageUpload(t *testing.T) {
	r := newRig(t)
	var body bytes.Buffer
	form := multipart.NewWriter(&body)
	for k, v := range map[string]string{"from": "1001", "chat": "1001", "caption": "两份", "as": "document"} {
		must(t, form.WriteField(k, v))
	}
	for _, name := range []string{"一.html", "二.png"} {
		w, err := form.CreateFormFile("files", name)
		must(t, err)
		data := []byte("<script>")
		if name == "二.png" {
			data = picture(9, 9)
		}
		_, err = w.Write(data)
		must(t, err)
	}
	must(t, form.Close())
	req, err := http.NewRequestWithContext(t.Context(), http.MethodPost, r.http.URL+"/page/upload", &body)
	must(t, err)
	req.Header.Set("Content-Type", form.FormDataContentType())
	var sent sentView
	if status, why := r.answered(t, req, &sent); status != 200 || len(sent.Messages) != 2 || sent.Messages[0].Caption != "两份" {
		t.Fatalf("%d %s %+v", status, why, sent)
	}
	for i, want := range []string{"attachment", "inline"} {
		res, err := http.Get(r.http.URL + sent.Messages[i].Document.URL) //nolint:noctx // the test's own server
		must(t, err)
		_ = res.Body.Close() // the headers are enough
		if got := res.Header.Get("Content-Disposition"); !strings.HasPrefix(got, want) {
			t.Errorf("file %d: %s", i, got)
		}
	}
}

// Other sites and other names of this machine are refused.
func TestPageGuard(t *testing.T) {
	r := newRig(t)
	u, err := url.Parse(r.http.URL)
	must(t, err)
	for name, c := range map[string]struct {
		method, host, origin string
		want                 int
	}{
		"loopback":     {"GET", u.Host, "", 200},
		"localhost":    {"GET", "localhost:1", "", 200},
		"ipv6":         {"GET", "[::1]:1", "", 200},
		"rebinding":    {"GET", "evil.example", "", 403},
		"lan":          {"GET", "192.168.1.2:80", "", 403},
		"cross-origin": {"POST", u.Host, "https://evil.example", 403},
		"own origin":   {"POST", u.Host, r.http.URL, 200},
	} {
		path, body := "/page/state", ""
		if c.method == "POST" {
			path, body = "/page/seen", `{"chat":1001}`
		}
		req, err := http.NewRequestWithContext(t.Context(), c.method, r.http.URL+path, strings.NewReader(body))
		must(t, err)
		req.Host = c.host
		if c.origin != "" {
			req.Header.Set("Origin", c.origin)
		}
		if status, _ := r.answered(t, req, nil); status != c.want {
			t.Errorf("%s: %d, want %d", name, status, c.want)
		}
	}
	if page := r.fetch(t, r.http.URL+"/", 200); !bytes.Contains(page, []byte("<html")) {
		t.Errorf("the page is %.80q", page)
	}
	r.fetch(t, r.http.URL+"/web/app.js", 200)
	r.fetch(t, r.http.URL+"/nowhere.js", 404)
}

// fakeHost is a clock and a panel.
type fakeHost struct{ stepped string }

func (h *fakeHost) Clock() ClockView { return ClockView{Now: time.Unix(0, 0).UTC(), Note: h.stepped} }

func (h *fakeHost) Step(_ context.Context, action, arg string) error {
	if action != "date" {
		return errors.New("没有这个动作。")
	}
	h.stepped = arg
	return nil
}

func (h *fakeHost) Panel(_ context.Context, tab string) (Panel, error) {
	return Panel{Title: tab}, nil
}

// The host's clock and panel pass through the page.
func TestPageHost(t *testing.T) {
	r := newRig(t, func(c *Config) { c.Host = &fakeHost{} })
	var clock ClockView
	r.page(t, "/page/step", m{"action": "date", "arg": "2018-09-01"}, &clock)
	r.page(t, "/page/clock", nil, &clock)
	if clock.Note != "2018-09-01" || clock.Actions == nil {
		t.Errorf("clock %+v", clock)
	}
	if status, why := r.page(t, "/page/step", m{"action": "fly"}, nil); status != 400 || why != "没有这个动作。" {
		t.Errorf("%d %s", status, why)
	}
	var panel Panel
	r.page(t, "/page/panel?tab=3", nil, &panel)
	if panel.Title != "3" || panel.Rows == nil || panel.Tabs == nil {
		t.Errorf("panel %+v", panel)
	}
	if status, _ := newRig(t).page(t, "/page/clock", nil, nil); status != 400 {
		t.Errorf("without a host: %d", status)
	}
}
