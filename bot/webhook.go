package bot

import (
	"context"
	"crypto/subtle"
	"encoding/json"
	"errors"
	"io"
	"net/http"

	tg "github.com/go-telegram/bot"
)

// secretHeader carries the secret that setWebhook gave Telegram.
const secretHeader = "X-Telegram-Bot-Api-Secret-Token" //nolint:gosec // a header's name

// maxUpdate is the largest update taken, in bytes: theirs are a few KB.
const maxUpdate = 1 << 20

// WebhookOptions lets Telegram bring the updates instead of being asked.
type WebhookOptions struct {
	// URL is where Telegram is to bring them, https; empty to poll.
	URL string
	// Secret comes with every update, 1 to 256 of A–Z, a–z, 0–9, _ and -.
	// Without one nothing is taken.
	Secret string
}

// Webhook takes updates that Telegram brings. It answers 200 only once the
// update is safe in the inbox: Telegram brings any other again.
func (b *Bot) Webhook() http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		status := b.takeIn(w, r)
		w.WriteHeader(status)
	})
}

func (b *Bot) takeIn(w http.ResponseWriter, r *http.Request) (status int) {
	if r.Method != http.MethodPost {
		w.Header().Set("Allow", http.MethodPost)
		return http.StatusMethodNotAllowed
	}
	secret := []byte(b.webhook.Secret)
	if len(secret) == 0 || subtle.ConstantTimeCompare([]byte(r.Header.Get(secretHeader)), secret) != 1 {
		return http.StatusUnauthorized
	}
	if !b.running.Load() {
		return http.StatusServiceUnavailable
	}
	body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, maxUpdate))
	var tooLarge *http.MaxBytesError
	switch {
	case errors.As(err, &tooLarge):
		return http.StatusRequestEntityTooLarge
	case err != nil:
		return http.StatusBadRequest
	}
	batch := make([]arrival, 1)
	if err := json.Unmarshal(body, &batch[0]); err != nil || batch[0].ID == 0 {
		return http.StatusBadRequest
	}
	if err := b.in.lanes.below(r.Context(), maxInFlight); err != nil {
		return http.StatusServiceUnavailable
	}
	if err := b.in.receive(r.Context(), batch); err != nil {
		b.log.Error("an update could not be kept; Telegram will bring it again", "error", err)
		return http.StatusServiceUnavailable
	}
	return http.StatusOK
}

// setWebhook tells Telegram where to bring updates: over one connection, for
// over several a chat's updates can overtake each other.
func (b *Bot) setWebhook(ctx context.Context) error {
	return b.out.call(ctx, nobody, func(ctx context.Context, _ int64) error {
		_, err := b.api.SetWebhook(ctx, &tg.SetWebhookParams{
			URL: b.webhook.URL, SecretToken: b.webhook.Secret, MaxConnections: 1, AllowedUpdates: wanted(),
		})
		return err //nolint:wrapcheck // call looks into it
	})
}
