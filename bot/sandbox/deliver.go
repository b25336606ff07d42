package sandbox

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"net/http"
	"strconv"
	"sync"
	"time"
)

// deliverer posts updates to the webhook: each chat's in order, one at a
// time, at most MaxConnections together. Server.mu guards its fields.
type deliverer struct {
	s         *Server
	client    *http.Client
	lanes     map[int64][]*pending // by chat; a lane with a goroutine is there
	slots     chan struct{}
	stop      context.CancelFunc
	ctx       context.Context
	running   sync.WaitGroup
	errorDate int64
	errorText string
}

func newDeliverer(s *Server) *deliverer {
	return &deliverer{s: s, client: &http.Client{Timeout: time.Minute}, stop: func() {}, ctx: s.ctx}
}

// restart begins again after the webhook changed. The caller holds s.mu.
func (d *deliverer) restart() {
	d.stop()
	d.lanes = nil
	d.errorDate, d.errorText = 0, ""
	hook := d.s.state.hook
	if hook == nil {
		return
	}
	d.ctx, d.stop = context.WithCancel(d.s.ctx)
	d.lanes, d.slots = map[int64][]*pending{}, make(chan struct{}, hook.MaxConnections)
	for _, p := range d.s.state.updates.list {
		d.add(p)
	}
}

// add queues an update in its chat's lane. The caller holds s.mu.
func (d *deliverer) add(p *pending) {
	if d.lanes == nil || p.settled || d.ctx.Err() != nil {
		return
	}
	lane, busy := d.lanes[p.chat]
	d.lanes[p.chat] = append(lane, p)
	if !busy {
		d.running.Add(1)
		go d.run(d.ctx, p.chat, *d.s.state.hook, d.slots)
	}
}

// run delivers a chat's updates until none is left.
func (d *deliverer) run(ctx context.Context, chat int64, hook webhook, slots chan struct{}) {
	defer d.running.Done()
	for {
		p := d.next(ctx, chat)
		if p == nil {
			return
		}
		pause := d.s.cfg.WebhookRetry
		for {
			select {
			case slots <- struct{}{}:
			case <-ctx.Done():
				return
			}
			after, err := d.post(ctx, hook, p)
			<-slots
			if err == nil {
				break
			}
			d.failed(ctx, err)
			if !sleep(ctx, max(pause, after)) {
				return
			}
			pause = min(2*pause, time.Minute)
		}
		d.settle(ctx, p)
	}
}

// next takes the first of a lane, and ends the lane when it is empty.
func (d *deliverer) next(ctx context.Context, chat int64) *pending {
	d.s.mu.Lock()
	defer d.s.mu.Unlock()
	if ctx.Err() != nil {
		return nil
	}
	lane := d.lanes[chat]
	if len(lane) == 0 {
		delete(d.lanes, chat)
		return nil
	}
	d.lanes[chat] = lane[1:]
	return lane[0]
}

// post sends one update; any 2xx settles it. after is the pause that the
// webhook asked for.
func (d *deliverer) post(ctx context.Context, hook webhook, p *pending) (after time.Duration, err error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, hook.URL, bytes.NewReader(p.body))
	if err != nil {
		return 0, fmt.Errorf("sandbox: deliver: %w", err)
	}
	req.Header.Set("Content-Type", "application/json")
	if hook.Secret != "" {
		req.Header.Set("X-Telegram-Bot-Api-Secret-Token", hook.Secret)
	}
	res, err := d.client.Do(req)
	if err != nil {
		return 0, fmt.Errorf("sandbox: deliver: %w", err)
	}
	defer func() { _ = res.Body.Close() }() // only read from
	_, _ = io.Copy(io.Discard, io.LimitReader(res.Body, 1<<20))
	if res.StatusCode/100 == 2 {
		return 0, nil
	}
	if n, err := strconv.Atoi(res.Header.Get("Retry-After")); err == nil {
		after = time.Duration(min(n, 3600)) * time.Second
	}
	return after, fmt.Errorf("Wrong response from the webhook: %s", res.Status) //nolint:revive,staticcheck // Telegram's words
}

func (d *deliverer) failed(ctx context.Context, err error) {
	d.s.mu.Lock()
	defer d.s.mu.Unlock()
	if ctx.Err() == nil {
		d.errorDate, d.errorText = d.s.now(), err.Error()
	}
}

func (d *deliverer) settle(ctx context.Context, p *pending) {
	d.s.mu.Lock()
	defer d.s.mu.Unlock()
	if ctx.Err() != nil {
		return // it may be delivered again: at least once
	}
	if err := d.s.commit(&op{Kind: opSettle, ID: p.id}); err != nil {
		d.errorDate, d.errorText = d.s.now(), err.Error()
	}
}

func (d *deliverer) wait() { d.running.Wait() }

// sleep waits unless ctx ends.
func sleep(ctx context.Context, pause time.Duration) bool {
	t := time.NewTimer(pause)
	defer t.Stop()
	select {
	case <-t.C:
		return true
	case <-ctx.Done():
		return false
	}
}
