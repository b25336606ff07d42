package scoring

import "iter"

// Rank is the rank of a unit in its class and how many units the class has; ok is false
// for a unit that the campaign does not have. It allocates nothing.
func (l *Live) Rank(unit string) (rank, of int, ok bool) {
	i, ok := l.number[unit]
	if !ok {
		return 0, 0, false
	}
	root := l.classes[l.class[i]].root
	return l.ranking.rankOf(root, i), int(l.ranking.sizeOf(root)), true
}

// Standing is where the unit of exactly this name stands.
func (l *Live) Standing(unit string) (Standing, bool) {
	i, ok := l.number[unit]
	if !ok {
		return Standing{}, false
	}
	root := l.classes[l.class[i]].root
	return l.graded(i, l.ranking.rankOf(root, i), root), true
}

// graded is a unit's standing with what depends on the others.
func (l *Live) graded(i int32, rank int, root int32) Standing {
	st := l.ranking.standings[i]
	st.Rank = rank
	l.scheme.Grade(&st, int(l.ranking.sizeOf(root)))
	return st
}

// Size is how many units a class has.
func (l *Live) Size(class string) int { return int(l.ranking.sizeOf(l.root(class))) }

// Class is the standings of a class, by rank, from the one at a place on: 0 is the first.
// Skipping to it does not visit those before. The board must not change meanwhile.
func (l *Live) Class(class string, from int) iter.Seq[Standing] {
	return func(yield func(Standing) bool) {
		root := l.root(class)
		place, rank, last := from, 0, none
		l.ranking.walk(root, int32(from), func(i int32) bool {
			place++
			switch {
			case last == none:
				rank = l.ranking.rankOf(root, i)
			case !l.ranking.sharesRank(last, i):
				rank = place
			}
			last = i
			return yield(l.graded(i, rank, root))
		})
	}
}

// root is the tree of a class, empty for one that the campaign does not have.
func (l *Live) root(class string) int32 {
	for _, c := range l.classes {
		if c.id == class {
			return c.root
		}
	}
	return none
}

// Board is the whole board as it stands, for keeping. While nothing changes it is made
// once, and boards of different moments share their standings.
func (l *Live) Board() *Board {
	if l.board == nil || l.boarded != l.version {
		b := &Board{Scheme: l.scheme, Standings: make([]Standing, 0, len(l.facts.Units))}
		for _, c := range l.classes {
			for st := range l.Class(c.id, 0) {
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
