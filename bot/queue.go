package bot

import (
	"context"
	"sync"
	"time"
)

// lanes keeps one ordered queue per chat: a chat's jobs are done one at a
// time in order of arrival, chats do not wait for each other. A lane's
// goroutine ends when it has nothing left to do; there are never more of them
// than updates in flight, and intake keeps those below maxInFlight.
type lanes struct {
	ctx context.Context //nolint:containedctx // of all work; ends when the program has waited long enough
	// do handles a job and tells whether it is done with; a job that is not
	// stays in the inbox for the next start.
	do func(ctx context.Context, j job) bool
	// done is told of the updates that are done with.
	done      func(ids []int64)
	albumWait time.Duration

	mu       sync.Mutex
	chats    map[int64]*lane
	inFlight int // updates pushed and not done with
	running  int // goroutines
	closed   bool
	less     chan struct{} // closed when work ends; nil while nobody waits for that
}

// maxInFlight is how many updates may wait in memory before no more are asked
// for.
const maxInFlight = 4096

// job is one update, or an album of them, in order of their messages.
type job []*arrival

// lane is the queue of one chat.
type lane struct {
	jobs    []job
	album   *album
	running bool
}

func newLanes(ctx context.Context, albumWait time.Duration) *lanes {
	return &lanes{ctx: ctx, albumWait: albumWait, chats: map[int64]*lane{}}
}

// push queues an update. After close it does nothing: the update stays in the
// inbox.
func (l *lanes) push(a *arrival) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.closed {
		return
	}
	l.inFlight++
	chat := a.chat()
	n := l.chats[chat]
	if n == nil {
		n = &lane{}
		l.chats[chat] = n
	}
	if group := a.album(); group != "" {
		l.gather(n, group, a)
	} else {
		n.closeAlbum()
		n.jobs = append(n.jobs, job{a})
	}
	l.start(n, chat)
}

// start lets a goroutine work on the lane if there is work and none yet.
func (l *lanes) start(n *lane, chat int64) {
	if n.running || len(n.jobs) == 0 || l.closed {
		return
	}
	n.running = true
	l.running++
	go l.work(n, chat)
}

func (l *lanes) work(n *lane, chat int64) {
	for {
		j := l.next(n, chat)
		if j == nil {
			return
		}
		if l.do(l.ctx, j) {
			l.done(j.ids())
		}
		l.mu.Lock()
		l.ended(len(j))
		l.mu.Unlock()
	}
}

// next takes the lane's next job; without one the goroutine ends.
func (l *lanes) next(n *lane, chat int64) job {
	l.mu.Lock()
	defer l.mu.Unlock()
	if len(n.jobs) == 0 || l.closed {
		n.running = false
		l.running--
		if len(n.jobs) == 0 && n.album == nil {
			delete(l.chats, chat)
		}
		l.ended(0)
		return nil
	}
	j := n.jobs[0]
	n.jobs = n.jobs[1:]
	return j
}

// ended wakes whoever waits for less work.
func (l *lanes) ended(updates int) {
	l.inFlight -= updates
	if l.less != nil {
		close(l.less)
		l.less = nil
	}
}

// below waits until fewer than n updates are in flight.
func (l *lanes) below(ctx context.Context, n int) error {
	return l.await(ctx, func() bool { return l.inFlight < n })
}

// close lets no further job begin and waits for those that have begun.
func (l *lanes) close(ctx context.Context) error {
	l.mu.Lock()
	l.closed = true
	l.mu.Unlock()
	return l.await(ctx, func() bool { return l.running == 0 })
}

func (l *lanes) await(ctx context.Context, enough func() bool) error {
	for {
		less := l.unless(enough)
		if less == nil {
			return nil
		}
		select {
		case <-less:
		case <-ctx.Done():
			return ctx.Err() //nolint:wrapcheck // the caller's own
		}
	}
}

// unless is nil if there is enough, or else closed when that may have changed.
func (l *lanes) unless(enough func() bool) <-chan struct{} {
	l.mu.Lock()
	defer l.mu.Unlock()
	if enough() {
		return nil
	}
	if l.less == nil {
		l.less = make(chan struct{})
	}
	return l.less
}

// ids are the updates of a job.
func (j job) ids() []int64 {
	ids := make([]int64, len(j))
	for i, a := range j {
		ids[i] = a.ID
	}
	return ids
}
