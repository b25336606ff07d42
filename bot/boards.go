package bot

import (
	"sync"

	"paogai/bot/text"
	"paogai/scoring"
)

// boards keeps the words for the board: it says the same until the board's
// version changes.
type boards struct {
	mu      sync.Mutex
	of      *scoring.Facts // another campaign, or scheme, is another board
	version uint64
	texts   map[ranking]text.HTML // as they are asked for
}

// ranking is a class as one of its units sees it; own is "" for everybody else.
type ranking struct{ class, own string }

// board is who stands where at the view's moment.
func (v view) board() *scoring.Board { return v.r.Board(v.now) }

// standing is where a unit stands at the view's moment.
func (v view) standing(unit string) scoring.Standing {
	var st scoring.Standing
	v.r.Live(v.now, func(l *scoring.Live) { st, _ = l.Standing(unit) })
	return st
}

// rankText is the list of a class, worded once for each board: many ask on the
// morning after a deadline.
func (v view) rankText(r ranking, words func(*scoring.Board, ranking) text.HTML) text.HTML {
	b := &v.f.boards
	b.mu.Lock()
	defer b.mu.Unlock()
	var list text.HTML
	v.r.Live(v.now, func(l *scoring.Live) {
		if b.texts == nil || b.of != l.Facts() || b.version != l.Version() {
			b.of, b.version, b.texts = l.Facts(), l.Version(), map[ranking]text.HTML{}
		}
		var known bool
		if list, known = b.texts[r]; !known {
			list = words(l.Board(), r)
			b.texts[r] = list
		}
	})
	return list
}
