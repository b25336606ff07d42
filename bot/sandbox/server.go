package sandbox

import (
	"context"
	"maps"
	"net/http"
	"sync"
	"sync/atomic"
)

// Server is the Bot API of one bot, with the chat page. Its methods may be
// called from many goroutines.
type Server struct {
	cfg     Config
	bot     User
	ctx     context.Context // ends with Close
	cancel  context.CancelFunc
	hub     *hub
	store   store
	limits  *limiter
	faults  *dice
	handler http.Handler
	hooks   *deliverer

	mu    sync.Mutex // guards state, log and poll
	state *state
	log   *oplog
	poll  *poll

	stats struct {
		sync.Mutex
		calls, refusals map[string]int
	}
	fileSeq atomic.Int64
}

// New makes a server and replays what Config.Dir holds.
func New(cfg Config) (*Server, error) {
	bot, err := cfg.check()
	if err != nil {
		return nil, err
	}
	s := &Server{cfg: cfg, bot: bot, hub: newHub(), state: newState(bot), store: newStore(cfg.Dir)}
	s.stats.calls, s.stats.refusals = map[string]int{}, map[string]int{}
	s.limits, s.faults = newLimiter(cfg), newDice(cfg.Faults)
	s.ctx, s.cancel = context.WithCancel(context.Background())
	if cfg.Dir != "" {
		if s.log, err = openLog(cfg.Dir, s.state.apply); err != nil {
			s.cancel()
			return nil, err
		}
	}
	s.fileSeq.Store(s.state.lastFile)
	s.state.publish, s.state.arrived = s.hub.publish, s.arrived
	s.hooks = newDeliverer(s)
	s.handler = s.routes()
	s.mu.Lock()
	s.hooks.restart()
	s.mu.Unlock()
	return s, nil
}

// Handler serves /bot<token>/<method>, /file/bot<token>/<path>, the page at /
// and its API under /page/.
func (s *Server) Handler() http.Handler { return s.handler }

// Close ends polls, deliveries and watchers and closes the log.
func (s *Server) Close() error {
	s.mu.Lock()
	s.cancel() // under the lock: no delivery begins after it
	s.mu.Unlock()
	s.hooks.wait()
	s.hub.close()
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.log.close()
}

// commit writes ops to the log and applies them. The caller holds s.mu and
// has checked that they may be applied.
func (s *Server) commit(ops ...*op) error {
	wall := s.wall()
	for _, o := range ops {
		o.Wall = wall
	}
	if err := s.log.write(ops); err != nil {
		return err
	}
	for _, o := range ops {
		if err := s.state.apply(o); err != nil {
			return err
		}
	}
	return nil
}

// wall is the limit clock in Unix milliseconds.
func (s *Server) wall() int64 { return s.cfg.LimitNow().UnixMilli() }

// now is the date that messages get.
func (s *Server) now() int64 { return s.cfg.Now().Unix() }

// Calls counts the API calls by method, as Telegram spells it.
func (s *Server) Calls() map[string]int {
	s.stats.Lock()
	defer s.stats.Unlock()
	return maps.Clone(s.stats.calls)
}

// Refusals counts the refused API calls by "method: description".
func (s *Server) Refusals() map[string]int {
	s.stats.Lock()
	defer s.stats.Unlock()
	return maps.Clone(s.stats.refusals)
}

// Pending is how many updates the bot has not confirmed yet.
func (s *Server) Pending() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return len(s.state.updates.list)
}

// Changed tells the page that the host's clock or panel changed.
func (s *Server) Changed() {
	s.hub.publish(Event{Type: "host"})
}
