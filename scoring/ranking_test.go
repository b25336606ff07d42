package scoring

import (
	"math/rand/v2"
	"testing"

	"github.com/shopspring/decimal"
)

// However units come and go, a tree is at most a few times as deep as the logarithm of
// its size: what a rank costs is that depth.
func TestATreeStaysFlat(t *testing.T) {
	for n, most := range map[int]int{100: 20, 1_000: 30, 10_000: 40, 100_000: 50} {
		r := newRanking(n)
		random := rand.New(rand.NewPCG(1, uint64(n)))
		root := none
		for i := range int32(n) {
			r.standings[i].Score = decimal.New(int64(i), -2) // in order, the worst that can come
			root = r.put(root, i)
		}
		for range n {
			i := random.Int32N(int32(n))
			root = r.take(root, i)
			r.standings[i].Score = decimal.New(random.Int64N(500), -2)
			root = r.put(root, i)
		}
		if depth := r.depth(root); depth > most || int(r.sizeOf(root)) != n {
			t.Errorf("%d units stand %d deep, %d of them", n, depth, r.sizeOf(root))
		}
	}
}

func (r *ranking) depth(root int32) int {
	if root == none {
		return 0
	}
	return 1 + max(r.depth(r.nodes[root].left), r.depth(r.nodes[root].right))
}
