package reminders

import (
	"context"
	"fmt"
	"time"

	"paogai/store"
)

// Courier brings one notice to its chat. It words the notice as things stand
// now, and leaves out what is no longer open.
//
// Its errors tell what is to happen next: *Refused, *RetryAfter and *Moved
// each have their own answer; after any other error the notice is tried again.
type Courier interface {
	Deliver(ctx context.Context, n store.Notice, now time.Time) (Delivery, error)
}

// Delivery is what became of a notice: the messages that it was sent as, or
// Stale if nothing of it was worth sending any more.
type Delivery struct {
	Messages []int
	Stale    bool
}

// RefusedStale is the reason under which a stale notice is settled.
const RefusedStale = "stale"

// Refused says that the chat takes no messages: the bot was blocked, or the
// chat is gone.
type Refused struct{ Reason string }

// Error gives the reason.
func (e *Refused) Error() string { return "the chat refused the notice: " + e.Reason }

// RetryAfter says that the platform wants nothing to be sent to this chat for
// a while.
type RetryAfter struct{ Wait time.Duration }

// Error gives the while.
func (e *RetryAfter) Error() string { return fmt.Sprintf("nothing may be sent for %s", e.Wait) }

// Moved says that the chat has a new id.
type Moved struct{ To int64 }

// Error gives the new id.
func (e *Moved) Error() string { return fmt.Sprintf("the chat moved to %d", e.To) }
