package redisstore

import (
	"context"
	"errors"
	"fmt"
	"net"
	"strings"
	"time"

	"github.com/redis/go-redis/v9"

	"paogai/store"
)

// outcome is what one attempt at a call came to.
type outcome int

const (
	answered  outcome = iota
	refused           // the server said no, for good
	notDone           // not carried out, may be later
	maybeDone         // no answer: it may have been carried out
	closed            // this store was closed
)

func outcomeOf(err error) outcome {
	var dial *net.OpError
	var reply redis.Error
	switch {
	case err == nil:
		return answered
	case errors.Is(err, redis.ErrClosed):
		return closed
	case errors.As(err, &dial) && dial.Op == "dial", errors.Is(err, redis.ErrPoolTimeout):
		return notDone
	case errors.As(err, &reply):
		return outcomeOfReply(reply.Error())
	}
	return maybeDone
}

// outcomeOfReply tells the replies of a server that is starting, failing over
// or being rearranged from refusals.
func outcomeOfReply(text string) outcome {
	for _, prefix := range []string{
		"LOADING", "BUSY ", "READONLY", "MASTERDOWN", "NOREPLICAS", "CLUSTERDOWN", "TRYAGAIN", "MOVED", "ASK",
		"ERR max number of clients",
	} {
		if strings.HasPrefix(text, prefix) {
			return notDone
		}
	}
	return refused
}

// Between attempts.
const (
	firstPause = 5 * time.Millisecond
	lastPause  = 500 * time.Millisecond
)

// write makes a call that changes something until there is an answer. The call
// has to be such that making it again changes nothing more. Errors:
// ErrRefused and ErrUnreachable when nothing was changed, store.ErrUnknown when
// it may have been.
func (s *Store) write(ctx context.Context, attempt func(context.Context) error) error {
	sent, err := s.persist(ctx, attempt)
	if err != nil && sent {
		return fmt.Errorf("%w: %w", store.ErrUnknown, err)
	}
	return err
}

// read makes a call that changes nothing until there is an answer.
func (s *Store) read(ctx context.Context, attempt func(context.Context) error) error {
	_, err := s.persist(ctx, attempt)
	return err
}

// persist reports as well whether an attempt without an answer may have been
// carried out.
func (s *Store) persist(parent context.Context, attempt func(context.Context) error) (sent bool, err error) {
	if err := parent.Err(); err != nil {
		return false, wrap(err)
	}
	ctx, cancel := context.WithTimeout(parent, s.opts.Patience)
	defer cancel()
	for pause := firstPause; ; pause = min(2*pause, lastPause) {
		err := attempt(ctx)
		switch outcomeOf(err) {
		case answered:
			return false, nil
		case refused:
			return sent, fmt.Errorf("%w: %w", ErrRefused, err)
		case closed:
			return sent, ErrClosed
		case maybeDone:
			sent = true
		case notDone:
		}
		if rest(ctx, pause) {
			continue
		}
		if parent.Err() != nil {
			return sent, fmt.Errorf("%w: %w", ErrUnreachable, errors.Join(parent.Err(), err))
		}
		return sent, fmt.Errorf("%w for %s: %w", ErrUnreachable, s.opts.Patience, err)
	}
}

// rest pauses, and reports whether there is time left.
func rest(ctx context.Context, pause time.Duration) bool {
	timer := time.NewTimer(pause)
	defer timer.Stop()
	select {
	case <-timer.C:
		return true
	case <-ctx.Done():
		return false
	}
}

func wrap(err error) error {
	if err == nil {
		return nil
	}
	return fmt.Errorf("redisstore: %w", err)
}
