package bot

import (
	"context"
	"errors"
	"net/http"
	"net/http/httptest"
	"runtime"
	"strings"
	"sync"
	"testing"

	"paogai/store"
)

// sick is an inbox that keeps nothing while it is sick.
type sick struct {
	store.Inbox
	mu  sync.Mutex
	err error
}

func (s *sick) Receive(ctx context.Context, fresh []store.Update, done []int64) ([]int64, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.err != nil {
		return nil, s.err
	}
	return s.Inbox.Receive(ctx, fresh, done)
}

func (s *sick) set(err error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.err = err
}

// byWebhook lays a bot whose updates are brought to it.
func byWebhook(t *testing.T) (*plumb, *sick, *httptest.Server) {
	t.Helper()
	var p *plumb
	hook := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		p.bot.Webhook().ServeHTTP(w, r)
	}))
	t.Cleanup(hook.Close)
	in := &sick{}
	p = lay(t, func(*Bot) Routes { return Routes{Fallback: say("好"), Stale: say("旧")} }, func(s *setting) {
		s.options.Webhook = WebhookOptions{URL: hook.URL, Secret: "a-Secret_1"}
		s.wrap = func(i store.Inbox) store.Inbox { in.Inbox = i; return in }
	})
	return p, in, hook
}

const tapUpdate = `{"update_id":77,"callback_query":{"id":"1","from":{"id":1001,"first_name":"跑改办甲"},"chat_instance":"1",` +
	`"data":"foreign data","message":{"message_id":5,"date":0,"chat":{"id":1001,"type":"private"}}}}`

func TestTheWebhookTakesOnlyWhatIsTelegrams(t *testing.T) {
	p, in, hook := byWebhook(t)
	a := p.client.Person(liaison1)
	a.Says("在吗") // the bot runs, and the sandbox delivers
	a.ExpectMessage("好")
	for _, c := range []struct {
		name, method, secret, body string
		sick                       error
		want                       int
	}{
		{"a GET", http.MethodGet, "a-Secret_1", "", nil, http.StatusMethodNotAllowed},
		{"no secret", http.MethodPost, "", tapUpdate, nil, http.StatusUnauthorized},
		{"a wrong secret", http.MethodPost, "a-Secret_2", tapUpdate, nil, http.StatusUnauthorized},
		{"bad JSON", http.MethodPost, "a-Secret_1", `{"update_id":`, nil, http.StatusBadRequest},
		{"no id", http.MethodPost, "a-Secret_1", `{}`, nil, http.StatusBadRequest},
		{"null", http.MethodPost, "a-Secret_1", `null`, nil, http.StatusBadRequest},
		{"too much", http.MethodPost, "a-Secret_1", strings.Repeat(" ", maxUpdate+1), nil, http.StatusRequestEntityTooLarge},
		{"a sick inbox", http.MethodPost, "a-Secret_1", tapUpdate, errors.New("the disk is full"), http.StatusServiceUnavailable},
		{"an update", http.MethodPost, "a-Secret_1", tapUpdate, nil, http.StatusOK},
		{"the same again", http.MethodPost, "a-Secret_1", tapUpdate, nil, http.StatusOK},
		{"one of a new kind", http.MethodPost, "a-Secret_1", `{"update_id":78,"message":{"chat":"new"}}`, nil, http.StatusOK},
	} {
		in.set(c.sick)
		req, err := http.NewRequestWithContext(t.Context(), c.method, hook.URL, strings.NewReader(c.body))
		ok(t, err)
		req.Header.Set(secretHeader, c.secret)
		resp, err := http.DefaultClient.Do(req)
		ok(t, err)
		ok(t, resp.Body.Close())
		if resp.StatusCode != c.want {
			t.Errorf("%s: %s, want %d", c.name, resp.Status, c.want)
		}
	}
	p.idle()
	a.ExpectMessage("旧") // once
	p.client.NoMore()
}

func TestAnUpdateThatCouldNotBeKeptComesAgain(t *testing.T) {
	p, in, _ := byWebhook(t)
	a := p.client.Person(liaison1)
	a.Says("一")
	a.ExpectMessage("好")
	in.set(errors.New("the disk is full"))
	a.Says("二")
	for !strings.Contains(p.logged.text(), "disk is full") {
		runtime.Gosched()
	}
	in.set(nil)
	a.ExpectMessage("好")
	p.idle()
	p.client.NoMore()
}
