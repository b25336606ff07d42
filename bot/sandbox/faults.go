package sandbox

import (
	"math/rand/v2"
	"net/http"
	"sync"
)

// dice draws faults; nil never does.
type dice struct {
	faults Faults

	mu  sync.Mutex
	rng *rand.Rand
}

func newDice(f Faults) *dice {
	if f == (Faults{Seed: f.Seed}) {
		return nil
	}
	return &dice{faults: f, rng: rand.New(rand.NewPCG(f.Seed, 1))} //nolint:gosec // repeatable on purpose
}

// fault is what goes wrong with one call.
type fault struct {
	serverError, drop, loseAnswer, tooMany bool
}

// draw decides for one call. getUpdates is never told to come later, and its
// answer is not lost: Repeat stands for that.
func (d *dice) draw(m method) fault {
	if d == nil {
		return fault{}
	}
	f := fault{serverError: d.hit(d.faults.ServerError), drop: d.hit(d.faults.Drop)}
	if m.kind != waiting {
		f.loseAnswer, f.tooMany = d.hit(d.faults.LoseAnswer), d.hit(d.faults.TooMany)
	}
	return f
}

func (d *dice) hit(p float64) bool {
	if p == 0 {
		return false
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.rng.Float64() < p
}

// repeat decides whether a confirmation is forgotten.
func (d *dice) repeat() bool { return d != nil && d.hit(d.faults.Repeat) }

// doubleTap decides whether a tap comes twice.
func (d *dice) doubleTap() bool { return d != nil && d.hit(d.faults.DoubleTap) }

// before does the faults that prevent any work; it tells whether one did.
func (f fault) before(s *Server, w http.ResponseWriter, name string) bool {
	switch {
	case f.drop && hangUp(w):
	case f.serverError:
		s.refuse(w, name, &apiError{code: 502, description: "Bad Gateway"})
	case f.tooMany:
		s.refuse(w, name, tooMany(1))
	default:
		return false
	}
	return true
}

// hangUp closes the connection without an answer; false where the server
// cannot.
func hangUp(w http.ResponseWriter) bool {
	conn, _, err := http.NewResponseController(w).Hijack()
	if err != nil {
		return false
	}
	_ = conn.Close() // that is the fault
	return true
}
