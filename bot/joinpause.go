package bot

import (
	"context"
	"encoding/json"
	"fmt"
	"strconv"
	"time"

	"paogai/store"
)

// How many wrong invitation tokens a person may try before a pause, and how
// long it is.
const (
	wrongTokens = 5
	tokenPause  = 15 * time.Minute
)

// attempts is what is kept of a person who tries invitation tokens. It is a
// draft, so that a restart does not forgive.
type attempts struct {
	Wrong  int       `json:"wrong"`
	Until  time.Time `json:"until,omitzero"` // the end of the pause
	Update int64     `json:"update"`         // the last one counted, so that a repeat is not
}

func attemptsKey(person int64) string { return "join:" + strconv.FormatInt(person, 10) }

func (f *front) loadAttempts(ctx context.Context, t *Turn) (attempts, error) {
	var a attempts
	data, err := f.drafts.LoadDraft(ctx, attemptsKey(t.Person))
	if err != nil {
		return a, fmt.Errorf("load attempts of %d: %w", t.Person, err)
	}
	if data != nil && json.Unmarshal(data, &a) != nil {
		return attempts{}, nil //nolint:nilerr // unreadable: count anew
	}
	if !a.Until.IsZero() && !t.Now.Before(a.Until) {
		return attempts{}, nil
	}
	return a, nil
}

// paused tells whether the person has to wait.
func (a attempts) paused(t *Turn) bool { return !a.Until.IsZero() && a.Update != t.Update }

// countWrong counts a wrong token; the fifth begins the pause.
func (f *front) countWrong(ctx context.Context, t *Turn, a attempts) (attempts, error) {
	if a.Update == t.Update {
		return a, nil
	}
	a.Wrong, a.Update = a.Wrong+1, t.Update
	if a.Wrong >= wrongTokens {
		a.Until = t.Now.Add(tokenPause)
	}
	data, err := json.Marshal(a)
	if err != nil {
		return a, fmt.Errorf("keep attempts of %d: %w", t.Person, err)
	}
	if err := f.drafts.SaveDraft(ctx, attemptsKey(t.Person), data); err != nil {
		return a, fmt.Errorf("keep attempts of %d: %w", t.Person, err)
	}
	return a, nil
}

func (f *front) forgetAttempts(ctx context.Context, t *Turn, a attempts) error {
	if a == (attempts{}) {
		return nil
	}
	if err := f.drafts.DeleteDraft(ctx, attemptsKey(t.Person)); err != nil {
		return fmt.Errorf("forget attempts of %d: %w", t.Person, err)
	}
	return nil
}

// wrongToken tells whether a refusal to join counts as a wrong try.
func wrongToken(code string) bool {
	switch code {
	case store.UnknownInvitation, store.InvitationExpired, store.InvitationUsed,
		store.InvitationRevoked, store.BadHash:
		return true
	}
	return false
}
