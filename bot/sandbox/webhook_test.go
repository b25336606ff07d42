package sandbox

import (
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"testing"

	tg "github.com/go-telegram/bot"
)

// Deliveries carry the secret, are retried until they are taken, keep the
// order of a chat and leave nothing behind.
func TestWebhookDelivery(t *testing.T) {
	r := newRig(t)
	got := make(chan string, 10)
	failures := make(chan struct{}, 2)
	failures <- struct{}{}
	failures <- struct{}{}
	hook := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, req *http.Request) {
		select {
		case <-failures:
			w.WriteHeader(http.StatusServiceUnavailable)
			return
		default:
		}
		var u update
		if err := json.NewDecoder(req.Body).Decode(&u); err != nil {
			t.Error(err)
		}
		got <- req.Header.Get("X-Telegram-Bot-Api-Secret-Token") + " " + u.Message.Text
	}))
	defer hook.Close()
	idle := make(chan Event, 10)
	defer r.Watch(func(e Event) {
		if e.Type == eventIdle {
			idle <- e
		}
	})()
	r.says(alice, "before")
	_, err := r.bot.SetWebhook(r.ctx(), &tg.SetWebhookParams{URL: hook.URL + "/hook", SecretToken: "s3cret_-"})
	must(t, err)
	r.says(alice, "one")
	r.says(alice, "two")
	for _, want := range []string{"s3cret_- before", "s3cret_- one", "s3cret_- two"} {
		if text := <-got; text != want {
			t.Errorf("delivered %q, want %q", text, want)
		}
	}
	for r.Pending() > 0 {
		next(t, idle, eventIdle, nil)
	}
	info, err := r.bot.GetWebhookInfo(r.ctx())
	must(t, err)
	if info.URL != hook.URL+"/hook" || info.PendingUpdateCount != 0 || info.LastErrorMessage == "" {
		t.Errorf("info %+v", info)
	}
	if a := r.call(t, "getUpdates"); a.Description != "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first" {
		t.Errorf("getUpdates: %+v", a)
	}
	_, err = r.bot.DeleteWebhook(r.ctx(), &tg.DeleteWebhookParams{})
	must(t, err)
	r.says(alice, "polled")
	if list := r.updates(t, 0); len(list) != 1 {
		t.Errorf("polled %+v", list)
	}
}

// Addresses and secrets that Telegram refuses are refused.
func TestWebhookRefusals(t *testing.T) {
	r := newRig(t)
	long := make([]byte, 257)
	for i := range long {
		long[i] = 'x'
	}
	for name, c := range map[string]struct{ url, secret, want string }{
		"plain":   {"http://example.com/h", "", "Bad Request: bad webhook: An HTTPS URL must be provided for webhook"},
		"nothing": {"hook", "", "Bad Request: invalid webhook URL specified"},
		"secret":  {"https://example.com/h", "a b", "Bad Request: secret token contains unallowed characters"},
		"long":    {"https://example.com/h", string(long), "Bad Request: secret token is too long"},
	} {
		_, err := r.bot.SetWebhook(r.ctx(), &tg.SetWebhookParams{URL: c.url, SecretToken: c.secret})
		if err == nil {
			t.Errorf("%s: taken", name)
		}
		wantError(t, err, c.want)
	}
	r.says(alice, "dropped")
	_, err := r.bot.DeleteWebhook(r.ctx(), &tg.DeleteWebhookParams{DropPendingUpdates: true})
	must(t, err)
	if r.Pending() != 0 {
		t.Error("pending updates were not dropped")
	}
}
