package bot

import (
	"sync"

	"paogai/scoring"
)

// boards keeps the last board. Between two entries of the journal a board
// changes only at midnight, when days become due, so one serves everybody who
// asks on the same day after the same entry.
type boards struct {
	mu    sync.Mutex
	seq   uint64
	day   scoring.Date
	board *scoring.Board
}

// board is who stands where at the view's moment.
func (v view) board() *scoring.Board {
	b := &v.f.boards
	b.mu.Lock()
	defer b.mu.Unlock()
	if seq := v.r.Head().Seq; b.board == nil || b.seq != seq || b.day != v.today() || b.board.At.After(v.now) {
		b.seq, b.day, b.board = seq, v.today(), scoring.NewBoard(v.facts, v.now)
	}
	return b.board
}
