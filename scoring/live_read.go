package scoring

import (
	"iter"
	"slices"
)

// Rank is the rank of a unit in its class and how many units the class has; ok is false
// for a unit that the campaign does not have. It allocates nothing.
func (l *Live) Rank(unit string) (rank, of int, ok bool) {
	i, ok := l.number[unit]
	if !ok {
		return 0, 0, false
	}
	return l.ranking.rankOf(i), l.ranking.sizeOf(i), true
}

// Standing is where the unit of exactly this name stands.
func (l *Live) Standing(unit string) (Standing, bool) {
	i, ok := l.number[unit]
	if !ok {
		return Standing{}, false
	}
	return l.graded(i, l.ranking.rankOf(i)), true
}

// graded is a unit's standing with what depends on the others.
func (l *Live) graded(i int32, rank int) Standing {
	st := l.ranking.standings[i]
	st.Rank = rank
	l.scheme.Grade(&st, l.ranking.sizeOf(i))
	return st
}

// Size is how many units a class has.
func (l *Live) Size(class string) int {
	if c := slices.Index(l.classes, class); c >= 0 {
		return l.ranking.rows[c].size
	}
	return 0
}

// Class is the standings of a class, by rank, from the one at a place on: 0 is the first.
// Skipping to it does not visit those before. The board must not change meanwhile.
func (l *Live) Class(class string, from int) iter.Seq[Standing] {
	return func(yield func(Standing) bool) {
		c := slices.Index(l.classes, class)
		if c < 0 {
			return
		}
		place, rank, last := max(from, 0), 0, int32(-1)
		l.ranking.walk(c, place, func(i int32) bool {
			place++
			switch {
			case last < 0:
				rank = l.ranking.rankOf(i)
			case !l.ranking.sharesRank(last, i):
				rank = place
			}
			last = i
			return yield(l.graded(i, rank))
		})
	}
}

// Board is the whole board as it stands, for keeping. While nothing changes it is made
// once, and boards of different moments share their standings.
func (l *Live) Board() *Board {
	if l.board == nil || l.boarded != l.version {
		b := &Board{Scheme: l.scheme, Standings: make([]Standing, 0, len(l.facts.Units))}
		for _, c := range l.classes {
			for st := range l.Class(c, 0) {
				b.Standings = append(b.Standings, st)
			}
		}
		b.index()
		l.board, l.boarded = b, l.version
	}
	b := *l.board
	b.At, b.Closed = l.at, l.facts.ClosedAt(l.at)
	return &b
}
