package scoring

import (
	"cmp"
	"math/bits"
)

// ranking keeps units in the order of a board, and counts them: the place of a unit, and
// the unit at a place, are found in steps that grow with the logarithm of their number. It
// is a treap over unit numbers, with every tree of it (a class) in one row of nodes: a
// unit that moves takes no memory, and reading takes none either.
type ranking struct {
	standings []Standing // by unit number; what a node is ordered by, and changes only outside its tree
	nodes     []rankNode
}

// none is the empty tree.
const none = int32(-1)

// rankNode is one unit in its tree. Where score and earned are whole ten-thousandths, as
// nearly always, they are compared as integers. Ahead is the size of the left tree, which
// is kept here so that counting does not have to look there.
type rankNode struct {
	score, earned int64
	left, right   int32
	size, ahead   int32
	plain         bool
}

// weight decides who stands above whom in a tree. Being as good as random it keeps the
// tree flat whatever the order of coming; being fixed it lets a replay build the same tree.
func weight(i int32) uint32 {
	return bits.Reverse32(uint32(i+1)*2654435761) * 2246822519 // Knuth's multiplier, mixed
}

func newRanking(units int) ranking {
	return ranking{make([]Standing, units), make([]rankNode, units)}
}

// put enters the i-th unit, which must be in no tree, into a tree by its standing.
func (r *ranking) put(root, i int32) int32 {
	n, st := &r.nodes[i], &r.standings[i]
	score, fine := inUnits(st.Score)
	earned, also := inUnits(st.Earned)
	n.score, n.earned, n.plain = score, earned, fine && also && st.Exact == nil
	n.left, n.right, n.size, n.ahead = none, none, 1, 0
	return r.insert(root, i)
}

// order is negative if unit a stands before unit b.
func (r *ranking) order(a, b int32) int {
	x, y := &r.nodes[a], &r.nodes[b]
	if x.plain && y.plain {
		return cmp.Or(cmp.Compare(y.score, x.score), cmp.Compare(y.earned, x.earned), cmp.Compare(a, b))
	}
	return cmp.Or(r.standings[a].Compare(&r.standings[b]), cmp.Compare(a, b))
}

// sharesRank reports whether two units have the same score.
func (r *ranking) sharesRank(a, b int32) bool {
	return !r.scoresMore(a, b) && !r.scoresMore(b, a)
}

// scoresMore reports whether unit a has a higher score than unit b.
func (r *ranking) scoresMore(a, b int32) bool {
	x, y := &r.nodes[a], &r.nodes[b]
	if x.plain && y.plain {
		return x.score > y.score
	}
	return r.standings[a].CompareScore(&r.standings[b]) > 0
}

func (r *ranking) sizeOf(root int32) int32 {
	if root == none {
		return 0
	}
	return r.nodes[root].size
}

func (r *ranking) count(t int32) {
	n := &r.nodes[t]
	n.ahead = r.sizeOf(n.left)
	n.size = n.ahead + 1 + r.sizeOf(n.right)
}

func (r *ranking) insert(root, i int32) int32 {
	if root == none {
		return i
	}
	t, n := &r.nodes[root], &r.nodes[i]
	if weight(i) > weight(root) {
		n.left, n.right = r.split(root, i)
		r.count(i)
		return i
	}
	if r.order(i, root) < 0 {
		t.left = r.insert(t.left, i)
		t.ahead++
	} else {
		t.right = r.insert(t.right, i)
	}
	t.size++
	return root
}

// split parts a tree into those before unit i and those behind it.
func (r *ranking) split(root, i int32) (before, behind int32) {
	if root == none {
		return none, none
	}
	t := &r.nodes[root]
	if r.order(root, i) < 0 {
		t.right, behind = r.split(t.right, i)
		before = root
	} else {
		before, t.left = r.split(t.left, i)
		behind = root
	}
	r.count(root)
	return before, behind
}

// take removes unit i, which must be in the tree and have the standing that it was put in
// with.
func (r *ranking) take(root, i int32) int32 {
	t := &r.nodes[root]
	if root == i {
		return r.join(t.left, t.right)
	}
	if r.order(i, root) < 0 {
		t.left = r.take(t.left, i)
		t.ahead--
	} else {
		t.right = r.take(t.right, i)
	}
	t.size--
	return root
}

// join makes one tree of two, all of the first standing before the second.
func (r *ranking) join(a, b int32) int32 {
	switch {
	case a == none:
		return b
	case b == none:
		return a
	case weight(a) > weight(b):
		r.nodes[a].right = r.join(r.nodes[a].right, b)
		r.count(a)
		return a
	}
	r.nodes[b].left = r.join(a, r.nodes[b].left)
	r.count(b)
	return b
}

// rankOf is the rank of unit i in its tree, counted from 1: one more than there are units
// with a higher score.
func (r *ranking) rankOf(root, i int32) int {
	above := int32(0)
	for root != none {
		t := &r.nodes[root]
		if r.scoresMore(root, i) {
			above += t.ahead + 1
			root = t.right
		} else {
			root = t.left
		}
	}
	return int(above) + 1
}

// walk visits the units of a tree in order, leaving out the first skip, until visit
// returns false.
func (r *ranking) walk(root, skip int32, visit func(i int32) bool) bool {
	if root == none || skip >= r.nodes[root].size {
		return true
	}
	t := &r.nodes[root]
	first := t.ahead
	if skip < first && !r.walk(t.left, skip, visit) {
		return false
	}
	if skip <= first && !visit(root) {
		return false
	}
	return r.walk(t.right, max(skip-first-1, 0), visit)
}
