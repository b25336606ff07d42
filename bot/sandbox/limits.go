package sandbox

import (
	"encoding/json"
	"math"
	"strconv"
	"sync"
	"time"
)

// Telegram's limits on writing. It lets short bursts pass in a chat without
// saying how long; the sandbox lets three messages through.
const (
	perSecond      = 30.0
	chatPerSecond  = 1.0
	chatBurst      = 3.0
	groupPerMinute = 20.0
)

// limiter is token buckets; nil admits everything.
type limiter struct {
	now func() time.Time

	mu     sync.Mutex
	all    bucket
	chats  map[int64]*bucket
	groups map[int64]*bucket
}

// bucket fills by rate a second up to size.
type bucket struct {
	rate, size float64
	level      float64
	at         time.Time
}

func newLimiter(cfg Config) *limiter {
	if !cfg.Limits {
		return nil
	}
	return &limiter{
		now:    cfg.LimitNow,
		all:    bucket{rate: perSecond, size: perSecond, level: perSecond},
		chats:  map[int64]*bucket{},
		groups: map[int64]*bucket{},
	}
}

// admit takes a token for each message of the call from each bucket that
// counts it, or none and says when to come again. An album passes when one
// message would, and the next call waits for all of it.
func (l *limiter) admit(m method, p params) *apiError {
	if l == nil || m.kind != writing {
		return nil
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	now := l.now()
	buckets := []*bucket{&l.all}
	if id, err := strconv.ParseInt(p.get("chat_id"), 10, 64); err == nil {
		buckets = append(buckets, of(l.chats, id, bucket{rate: chatPerSecond, size: chatBurst, level: chatBurst}))
		if id < 0 {
			buckets = append(buckets, of(l.groups, id,
				bucket{rate: groupPerMinute / 60, size: groupPerMinute, level: groupPerMinute}))
		}
	}
	wait := 0.0
	for _, b := range buckets {
		b.fill(now)
		if b.level < 1 {
			wait = max(wait, (1-b.level)/b.rate)
		}
	}
	if wait > 0 {
		return tooMany(max(int(math.Ceil(wait)), 1))
	}
	for _, b := range buckets {
		b.level -= cost(p)
	}
	return nil
}

// cost is how many messages a call sends: each of an album counts.
func cost(p params) float64 {
	var album []json.RawMessage
	if json.Unmarshal([]byte(p.get("media")), &album) != nil {
		return 1
	}
	return float64(max(len(album), 1))
}

func of(m map[int64]*bucket, id int64, fresh bucket) *bucket {
	b := m[id]
	if b == nil {
		b = &fresh
		m[id] = b
	}
	return b
}

func (b *bucket) fill(now time.Time) {
	if !b.at.IsZero() && now.After(b.at) {
		b.level = min(b.size, b.level+now.Sub(b.at).Seconds()*b.rate)
	}
	b.at = now
}
