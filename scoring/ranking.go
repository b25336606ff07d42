package scoring

import "slices"

// ranking keeps the units of each class in the order of a board, and counts them. What
// they are ordered by lies in leaves, side by side in memory: a unit is found by halving
// the row of leaves and then one of them, which touches few lines of memory however many
// units there are. Reading takes no memory, and neither does a unit that moves, but for
// a new leaf now and then.
type ranking struct {
	standings []Standing // by unit number
	keys      []rankKey  // by unit number
	class     []int32    // by unit number
	rows      []rankRow  // by class
}

// rankKey is what one unit is ordered by. Where score and earned are whole
// ten-thousandths, as nearly always, they are compared as integers.
type rankKey struct {
	score, earned int64
	unit          int32
	plain         bool
}

// rankRow is the units of a class, in leaves. No leaf is full, and but for an only one none
// has fewer than leafLeast.
type rankRow struct {
	first  []rankKey // of each leaf; that of leaf 0 is never looked at
	ahead  []int32   // how many units stand in the leaves before
	leaves [][]rankKey
	spare  [][]rankKey // emptied leaves, for use again
	size   int
}

const (
	leafMost  = 128
	leafFill  = leafMost * 3 / 4 // to begin with
	leafLeast = leafMost / 4
)

// newRanking ranks units with these standings, of the classes given by their places.
func newRanking(standings []Standing, class []int32, classes int) ranking {
	r := ranking{standings, make([]rankKey, len(standings)), class, make([]rankRow, classes)}
	of := make([][]rankKey, classes)
	for i := range standings {
		r.keys[i] = keyOf(int32(i), &standings[i])
		of[class[i]] = append(of[class[i]], r.keys[i])
	}
	for c, keys := range of {
		slices.SortFunc(keys, func(a, b rankKey) int {
			if r.before(&a, &b) {
				return -1
			}
			return 1
		})
		row := &r.rows[c]
		row.size = len(keys)
		parts := max(1, (len(keys)+leafFill-1)/leafFill)
		for n := range parts {
			row.leaves = append(row.leaves, row.newLeaf(keys[n*len(keys)/parts:(n+1)*len(keys)/parts]))
		}
		row.recount()
	}
	return r
}

// newLeaf is a leaf of these keys.
func (row *rankRow) newLeaf(keys []rankKey) []rankKey {
	if len(row.spare) == 0 {
		return append(make([]rankKey, 0, leafMost), keys...)
	}
	last := len(row.spare) - 1
	leaf := row.spare[last]
	row.spare = row.spare[:last]
	return append(leaf, keys...)
}

// keyOf is what unit i is ordered by with a standing.
func keyOf(i int32, st *Standing) rankKey {
	score, fine := inUnits(st.Score)
	earned, also := inUnits(st.Earned)
	return rankKey{score, earned, i, fine && also && st.Exact == nil}
}

// before reports whether unit a stands before unit b.
func (r *ranking) before(a, b *rankKey) bool {
	if a.plain && b.plain {
		switch {
		case a.score != b.score:
			return a.score > b.score
		case a.earned != b.earned:
			return a.earned > b.earned
		}
		return a.unit < b.unit
	}
	order := r.standings[a.unit].Compare(&r.standings[b.unit])
	return order < 0 || order == 0 && a.unit < b.unit
}

// sharesRank reports whether two units have the same score.
func (r *ranking) sharesRank(a, b int32) bool {
	x, y := &r.keys[a], &r.keys[b]
	return !r.scoresMore(x, y) && !r.scoresMore(y, x)
}

// scoresMore reports whether unit a has a higher score than unit b.
func (r *ranking) scoresMore(a, b *rankKey) bool {
	if a.plain && b.plain {
		return a.score > b.score
	}
	return r.standings[a.unit].CompareScore(&r.standings[b.unit]) > 0
}

// find is the leaf and the place in it where a unit of the row stands, or would stand.
func (r *ranking) find(row *rankRow, key *rankKey) (leaf, at int) {
	low, high := 0, len(row.leaves)-1 // the leaf is one from low to high
	for low < high {
		middle := (low + high + 1) / 2
		if r.before(key, &row.first[middle]) {
			high = middle - 1
		} else {
			low = middle
		}
	}
	keys := row.leaves[low]
	from, to := 0, len(keys)
	for from < to {
		middle := (from + to) / 2
		if r.before(&keys[middle], key) {
			from = middle + 1
		} else {
			to = middle
		}
	}
	return low, from
}

// set gives unit i a standing, and the place that is due to it. It reports whether the
// standing says anything new.
func (r *ranking) set(i int32, st *Standing) bool {
	was, key := &r.standings[i], keyOf(i, st)
	switch {
	case key != r.keys[i] || !key.plain && was.Compare(st) != 0:
		r.move(i, st, key)
	case was.same(st):
		return false
	default:
		*was = *st
	}
	return true
}

// move takes unit i out, which still has the standing that it is ordered by, and puts it in
// where another one belongs.
func (r *ranking) move(i int32, st *Standing, key rankKey) {
	row := &r.rows[r.class[i]]
	old, at := r.find(row, &r.keys[i])
	row.leaves[old] = slices.Delete(row.leaves[old], at, at+1)
	row.begin(old)
	r.standings[i], r.keys[i] = *st, key
	leaf, at := r.find(row, &key)
	row.leaves[leaf] = slices.Insert(row.leaves[leaf], at, key)
	row.begin(leaf)
	for n := old + 1; n <= leaf; n++ {
		row.ahead[n]--
	}
	for n := leaf + 1; n <= old; n++ {
		row.ahead[n]++
	}
	row.tidy(max(old, leaf))
	row.tidy(min(old, leaf))
}

// begin notes what a leaf begins with.
func (row *rankRow) begin(leaf int) {
	if keys := row.leaves[leaf]; len(keys) > 0 {
		row.first[leaf] = keys[0]
	}
}

// tidy splits a leaf that is full, and joins one with few units to a neighbour or evens
// the two out. Leaves before the neighbours stay where they are.
func (row *rankRow) tidy(leaf int) {
	if leaf >= len(row.leaves) {
		return
	}
	switch keys := row.leaves[leaf]; {
	case len(keys) == leafMost:
		row.leaves = slices.Insert(row.leaves, leaf+1, row.newLeaf(keys[leafMost/2:]))
		row.leaves[leaf] = keys[:leafMost/2]
	case len(keys) < leafLeast && len(row.leaves) > 1:
		row.fill(max(leaf-1, 0))
	default:
		return
	}
	row.recount()
}

// fill makes a leaf and the next one, either of which has few units, one or equal.
func (row *rankRow) fill(leaf int) {
	left, right := row.leaves[leaf], row.leaves[leaf+1]
	size := len(left) + len(right)
	switch half := size / 2; {
	case size <= leafFill:
		row.spare = append(row.spare, right[:0])
		left = append(left, right...)
		row.leaves = slices.Delete(row.leaves, leaf, leaf+1)
		row.leaves[leaf] = left
		return
	case len(left) < half:
		more := half - len(left)
		left, right = append(left, right[:more]...), slices.Delete(right, 0, more)
	default:
		left, right = left[:half], slices.Insert(right, 0, left[half:]...)
	}
	row.leaves[leaf], row.leaves[leaf+1] = left, right
}

// recount notes anew what leaves begin with and how many units stand before each.
func (row *rankRow) recount() {
	row.first = slices.Grow(row.first[:0], len(row.leaves))[:len(row.leaves)]
	row.ahead = slices.Grow(row.ahead[:0], len(row.leaves))[:len(row.leaves)]
	ahead := int32(0)
	for n, keys := range row.leaves {
		row.begin(n)
		row.ahead[n] = ahead
		ahead += int32(len(keys))
	}
}

// sizeOf is how many units the class of unit i has.
func (r *ranking) sizeOf(i int32) int { return r.rows[r.class[i]].size }

// rankOf is the rank of unit i in its class, counted from 1: one more than there are units
// with a higher score.
func (r *ranking) rankOf(i int32) int {
	row, key := &r.rows[r.class[i]], &r.keys[i]
	low, high := 0, len(row.leaves)-1 // the last leaf, if any, that begins with a higher score
	for low < high {
		middle := (low + high + 1) / 2
		if r.scoresMore(&row.first[middle], key) {
			low = middle
		} else {
			high = middle - 1
		}
	}
	keys := row.leaves[low]
	from, to := 0, len(keys)
	for from < to {
		middle := (from + to) / 2
		if r.scoresMore(&keys[middle], key) {
			from = middle + 1
		} else {
			to = middle
		}
	}
	return int(row.ahead[low]) + from + 1
}

// walk visits the units of a class in order, leaving out the first skip, until visit
// returns false.
func (r *ranking) walk(class, skip int, visit func(i int32) bool) {
	row := &r.rows[class]
	if skip >= row.size {
		return
	}
	leaf, found := slices.BinarySearch(row.ahead, int32(skip))
	if !found {
		leaf--
	}
	skip -= int(row.ahead[leaf])
	for _, keys := range row.leaves[leaf:] {
		for n := skip; n < len(keys); n++ {
			if !visit(keys[n].unit) {
				return
			}
		}
		skip = 0
	}
}
