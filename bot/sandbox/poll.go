package sandbox

import (
	"bytes"
	"encoding/json"
	"slices"
	"time"
)

const (
	pollLimit   = 100
	pollTimeout = 50 * time.Second
)

// poll is a getUpdates that waits. Only one may wait: a later one ends it.
type poll struct {
	wake  chan struct{} // closed when an update came
	ended chan struct{} // closed when another poll or a webhook took over
}

var (
	errOtherPoll = conflict("terminated by other getUpdates request; make sure that only one bot instance is running")
	errHookSet   = conflict("can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first")
	errByHook    = conflict("terminated by setWebhook request")
)

// arrived wakes whoever waits for updates. The caller holds s.mu.
func (s *Server) arrived(p *pending) {
	if s.poll != nil {
		close(s.poll.wake)
		s.poll = nil
	}
	s.hooks.add(p)
}

// endPoll ends the poll that waits, if any. The caller holds s.mu.
func (s *Server) endPoll() {
	if s.poll != nil {
		close(s.poll.ended)
		s.poll = nil
	}
}

func getUpdates(s *Server, c *call) (any, *apiError) {
	limit := pollLimit
	if c.get("limit") != "" {
		limit = int(min(max(c.int("limit"), 1), pollLimit))
	}
	wait := min(time.Duration(max(c.int("timeout"), 0))*time.Second, pollTimeout)

	s.mu.Lock()
	s.endPoll()
	if err := s.beginUpdates(c); err != nil {
		s.mu.Unlock()
		return nil, err
	}
	list := s.state.updates.take(limit)
	if len(list) > 0 || wait == 0 {
		s.mu.Unlock()
		return joined(list), nil
	}
	p := &poll{wake: make(chan struct{}), ended: make(chan struct{})}
	s.poll = p
	s.mu.Unlock()
	return s.await(c, p, limit, wait)
}

// beginUpdates does what getUpdates changes. The caller holds s.mu.
func (s *Server) beginUpdates(c *call) *apiError {
	if s.state.hook != nil {
		return errHookSet
	}
	ops, err := s.allowedOps(c.params)
	if err != nil {
		return err
	}
	q := &s.state.updates
	offset := c.int("offset")
	if offset < 0 { // the last few; the others are forgotten
		offset = q.last + 1
		if n := len(q.list); n > 0 {
			offset = q.list[max(n+int(max(c.int("offset"), -int64(n))), 0)].id
		}
	}
	if len(q.list) > 0 && q.list[0].id < offset && !s.faults.repeat() {
		ops = append(ops, &op{Kind: opConfirm, ID: offset})
	}
	if len(ops) == 0 {
		return nil
	}
	if err := s.commit(ops...); err != nil {
		return internal(err)
	}
	return nil
}

// await holds the request until an update comes or the time is over.
func (s *Server) await(c *call, p *poll, limit int, wait time.Duration) (any, *apiError) {
	timer := time.NewTimer(wait)
	defer timer.Stop()
	select {
	case <-p.ended:
		return nil, errOtherPoll
	case <-p.wake:
	case <-timer.C:
	case <-c.r.Context().Done():
	case <-s.ctx.Done():
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.poll == p {
		s.poll = nil
	}
	if s.state.hook != nil {
		return nil, errByHook
	}
	return joined(s.state.updates.take(limit)), nil
}

// take returns the first updates without confirming them.
func (q *queue) take(limit int) []*pending {
	return slices.Clone(q.list[:min(limit, len(q.list))])
}

// joined is a JSON array of updates.
func joined(list []*pending) rawJSON {
	var b bytes.Buffer
	b.WriteByte('[')
	for i, p := range list {
		if i > 0 {
			b.WriteByte(',')
		}
		b.Write(p.body)
	}
	b.WriteByte(']')
	return b.Bytes()
}

// allowedOps is the change of allowed_updates that a call asks for.
func (s *Server) allowedOps(p params) ([]*op, *apiError) {
	raw := p.get("allowed_updates")
	if raw == "" {
		return nil, nil
	}
	var kinds []string
	if err := json.Unmarshal([]byte(raw), &kinds); err != nil {
		return nil, badRequest("can't parse allowed updates: %v", err)
	}
	same := len(kinds) == len(s.state.allowed)
	for _, k := range kinds {
		same = same && s.state.allowed[k]
	}
	if same {
		return nil, nil
	}
	return []*op{{Kind: opAllowed, Names: kinds}}, nil
}
