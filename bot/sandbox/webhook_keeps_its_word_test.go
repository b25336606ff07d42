package sandbox

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"slices"
	"sync"
	"testing"

	tg "github.com/go-telegram/bot"
)

// hookServer takes deliveries; take decides the status of each.
func hookServer(t *testing.T, take func(u update) int) *httptest.Server {
	t.Helper()
	h := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, req *http.Request) {
		var u update
		if err := json.NewDecoder(req.Body).Decode(&u); err != nil {
			t.Error(err)
		}
		w.WriteHeader(take(u))
	}))
	t.Cleanup(h.Close)
	return h
}

// settled waits until every update was delivered.
func (r *rig) settled(t *testing.T) {
	t.Helper()
	idle := make(chan Event, 100)
	defer r.Watch(func(e Event) {
		if e.Type == eventIdle {
			idle <- e
		}
	})()
	for r.Pending() > 0 {
		next(t, idle, eventIdle, nil)
	}
}

// A poll that waits ends when a webhook is set, with Telegram's words.
func TestSettingAWebhookEndsThePoll(t *testing.T) {
	r := newRig(t)
	answers := make(chan answer, 1)
	go func() {
		a, err := r.tryCall(t.Context(), "getUpdates", "timeout", 50)
		if err != nil {
			t.Error(err)
		}
		answers <- a
	}()
	r.untilPolling(nil)
	h := hookServer(t, func(update) int { return 200 })
	_, err := r.bot.SetWebhook(r.ctx(), &tg.SetWebhookParams{URL: h.URL})
	must(t, err)
	if a := <-answers; a.Code != 409 || a.Description != "Conflict: terminated by setWebhook request" {
		t.Errorf("the poll got %+v", a)
	}
}

// Addresses are taken as Telegram does, and plain HTTP on loopback besides.
func TestWebhookAddresses(t *testing.T) {
	for address, want := range map[string]string{
		"https://bot.example.cn/hook":      "",
		"https://bot.example.cn:8443/hook": "",
		"https://bot.example.cn:88/":       "",
		"https://bot.example.cn:8080/":     "Bad Request: bad webhook: Webhook can be set up only on ports 80, 88, 443 or 8443",
		"http://bot.example.cn/":           "Bad Request: bad webhook: An HTTPS URL must be provided for webhook",
		"http://10.0.0.1/":                 "Bad Request: bad webhook: An HTTPS URL must be provided for webhook",
		"http://127.0.0.1:9/":              "",
		"http://localhost:9/":              "",
		"http://[::1]:9/":                  "",
		"ftp://127.0.0.1/":                 "Bad Request: bad webhook: An HTTPS URL must be provided for webhook",
		"hook":                             "Bad Request: invalid webhook URL specified",
		"%zz":                              "Bad Request: invalid webhook URL specified",
	} {
		err := checkWebhook(address, "")
		switch {
		case err == nil && want != "":
			t.Errorf("%s: taken", address)
		case err != nil && err.Error() != want:
			t.Errorf("%s: %v", address, err)
		}
	}
}

// A chat whose update fails again and again holds up no other chat, and its
// own updates keep their order.
func TestOneChatsTroubleIsItsOwn(t *testing.T) {
	r := newRig(t)
	var mu sync.Mutex
	got := map[int64][]string{}
	bobCame := make(chan struct{})
	var once sync.Once
	h := hookServer(t, func(u update) int {
		mu.Lock()
		defer mu.Unlock()
		chat := u.Message.Chat.ID
		if chat == alice {
			select {
			case <-bobCame:
			default:
				return 500 // until the other chat was served
			}
		}
		got[chat] = append(got[chat], u.Message.Text)
		if chat == bob && u.Message.Text == "4" {
			once.Do(func() { close(bobCame) })
		}
		return 200
	})
	for i := range 5 {
		r.says(alice, fmt.Sprint(i))
		r.says(bob, fmt.Sprint(i))
	}
	_, err := r.bot.SetWebhook(r.ctx(), &tg.SetWebhookParams{URL: h.URL, MaxConnections: 2})
	must(t, err)
	r.settled(t)
	mu.Lock()
	defer mu.Unlock()
	for _, chat := range []int64{alice, bob} {
		if want := []string{"0", "1", "2", "3", "4"}; !slices.Equal(got[chat], want) {
			t.Errorf("chat %d got %q", chat, got[chat])
		}
	}
}

// A server that was killed delivers after the start what it had not settled.
func TestDeliveriesGoOnAfterAKill(t *testing.T) {
	dir := t.TempDir()
	down := hookServer(t, func(update) int { return 503 })
	r := newRig(t, func(c *Config) { c.Dir = dir })
	_, err := r.bot.SetWebhook(r.ctx(), &tg.SetWebhookParams{URL: down.URL, SecretToken: "s"})
	must(t, err)
	r.says(alice, "一")
	r.says(alice, "二")
	dir = copied(t, dir)
	got := make(chan string, 2)
	up := hookServer(t, func(u update) int { got <- u.Message.Text; return 204 })
	again := newRig(t, func(c *Config) { c.Dir = dir })
	if again.Pending() != 2 {
		t.Fatalf("%d pending", again.Pending())
	}
	_, err = again.bot.SetWebhook(again.ctx(), &tg.SetWebhookParams{URL: up.URL})
	must(t, err)
	if a, b := <-got, <-got; a != "一" || b != "二" {
		t.Errorf("delivered %s, %s", a, b)
	}
	again.settled(t)
}

// getWebhookInfo tells what was set; limits are held to Telegram's bounds.
func TestWebhookInfoTellsWhatWasSet(t *testing.T) {
	r := newRig(t)
	for given, want := range map[int]int{0: 40, 1: 1, 100: 100, 101: 100, -5: 1} {
		_, err := r.bot.SetWebhook(r.ctx(), &tg.SetWebhookParams{
			URL: "http://127.0.0.1:9/", MaxConnections: given, AllowedUpdates: []string{"message", "callback_query"},
		})
		must(t, err)
		info, err := r.bot.GetWebhookInfo(r.ctx())
		must(t, err)
		if info.MaxConnections != want || !slices.Equal(info.AllowedUpdates, []string{"message", "callback_query"}) {
			t.Errorf("given %d: %+v", given, info)
		}
	}
	a := r.call(t, "setWebhook", "url", "")
	if !a.OK {
		t.Error(a.Description)
	}
	info, err := r.bot.GetWebhookInfo(r.ctx())
	must(t, err)
	if info.URL != "" {
		t.Errorf("an empty address leaves %q", info.URL)
	}
}

// Dropping what is pending is for setting and for deleting.
func TestPendingUpdatesAreDroppedWhenAsked(t *testing.T) {
	for _, method := range []string{"setWebhook", "deleteWebhook"} {
		for _, drop := range []bool{false, true} {
			r := newRig(t)
			r.says(alice, "x")
			a := r.call(t, method, "url", "http://127.0.0.1:9/", "drop_pending_updates", drop)
			if left := r.Pending(); !a.OK || (left == 0) != drop {
				t.Errorf("%s, drop %v: %d left, %s", method, drop, left, a.Description)
			}
		}
	}
}

// Kinds that the webhook does not want are never made.
func TestUnwantedKindsAreNotDelivered(t *testing.T) {
	r := newRig(t)
	got := make(chan update, 9)
	h := hookServer(t, func(u update) int { got <- u; return 200 })
	_, err := r.bot.SetWebhook(r.ctx(), &tg.SetWebhookParams{URL: h.URL, AllowedUpdates: []string{"edited_message"}})
	must(t, err)
	m := r.says(alice, "x")
	must(t, r.Edit(alice, alice, m.MessageID, "y"))
	if u := <-got; u.EditedMessage == nil || u.EditedMessage.Text != "y" {
		t.Errorf("delivered %+v", u)
	}
	r.settled(t)
	if len(got) != 0 {
		t.Error("more was delivered")
	}
}
