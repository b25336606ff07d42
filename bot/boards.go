package bot

import (
	"sync"

	"paogai/bot/text"
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
	texts map[ranking]text.HTML // of this board, as they are asked for
}

// ranking is a class as one of its units sees it; own is "" for everybody else.
type ranking struct{ class, own string }

// board is who stands where at the view's moment.
func (v view) board() *scoring.Board {
	b := &v.f.boards
	b.mu.Lock()
	defer b.mu.Unlock()
	v.renew(b)
	return b.board
}

// rankText is the list of a class, worded once for each board: many ask on the
// morning after a deadline.
func (v view) rankText(r ranking, words func(*scoring.Board, ranking) text.HTML) text.HTML {
	b := &v.f.boards
	b.mu.Lock()
	defer b.mu.Unlock()
	v.renew(b)
	list, known := b.texts[r]
	if !known {
		list = words(b.board, r)
		b.texts[r] = list
	}
	return list
}

// renew makes the board anew if it is not that of the view. b is locked.
func (v view) renew(b *boards) {
	if seq := v.r.Head().Seq; b.board == nil || b.seq != seq || b.day != v.today() || b.board.At.After(v.now) {
		b.seq, b.day, b.board = seq, v.today(), scoring.NewBoard(v.facts, v.now)
		b.texts = map[ranking]text.HTML{}
	}
}
