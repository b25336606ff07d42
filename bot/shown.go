package bot

import (
	"context"
	"crypto/sha256"
	"fmt"
	"sync"
)

// place is a message in a chat.
type place struct {
	chat    int64
	message int
}

// shown remembers what the cards of submissions were turned into last, so that
// two clerks who press at once, or a tap that comes twice, do not have a card
// edited into what it is already. It forgets everything when it is full: then
// an edit is refused by Telegram as changing nothing, which does no harm.
type shown struct {
	mu   sync.Mutex
	last map[place][sha256.Size]byte
}

// mostShown is how many cards are remembered.
const mostShown = 10_000

// turn edits the card at a place, unless it is so already.
func (s *shown) turn(ctx context.Context, t *Turn, p place, c Card) error {
	sum := sha256.Sum256(fmt.Append(nil, c.HTML, c.Buttons))
	if !s.begin(p, sum) {
		return nil
	}
	if _, err := t.EditIn(ctx, p.chat, p.message, c); err != nil {
		s.forget(p)
		return err
	}
	return nil
}

func (s *shown) begin(p place, sum [sha256.Size]byte) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.last[p] == sum {
		return false
	}
	if s.last == nil || len(s.last) >= mostShown {
		s.last = map[place][sha256.Size]byte{}
	}
	s.last[p] = sum
	return true
}

func (s *shown) forget(p place) {
	s.mu.Lock()
	defer s.mu.Unlock()
	delete(s.last, p)
}
