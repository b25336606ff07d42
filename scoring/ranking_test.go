package scoring

import (
	"cmp"
	"math/big"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/shopspring/decimal"
)

// drawStanding draws one of a few scores, so that many are shared; some are of a size or
// fineness, or a quotient, that cannot be compared as integers.
func drawStanding(random *rand.Rand) Standing {
	st := Standing{Score: decimal.New(random.Int64N(40), 0), Earned: decimal.New(random.Int64N(3), -1)}
	switch random.IntN(8) {
	case 0:
		st.Score = st.Score.Add(decimal.New(5, -7))
	case 1:
		score := big.NewRat(random.Int64N(120), 3)
		st.Score = rounded(score)
		st.Exact = &Exact{score, st.Earned.Rat()}
	}
	return st
}

// However units move, every class stands in order, and ranks count the higher scores.
func TestARankingIsInOrder(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	const units, classes = 1_500, 3
	standings, class := make([]Standing, units), make([]int32, units)
	for i := range standings {
		standings[i], class[i] = drawStanding(random), min(int32(i), classes-1) // of 1, 1 and the rest
	}
	r := newRanking(standings, class, classes)
	wantInOrder(t, &r)
	for range 20 {
		for range units / 5 {
			st := drawStanding(random)
			r.set(random.Int32N(units), &st)
		}
		wantInOrder(t, &r)
	}
}

func wantInOrder(t *testing.T, r *ranking) {
	t.Helper()
	for c := range r.rows {
		var want, got []int32
		for i := range r.standings {
			if r.class[i] == int32(c) {
				want = append(want, int32(i))
			}
		}
		slices.SortFunc(want, func(a, b int32) int {
			return cmp.Or(r.standings[a].Compare(&r.standings[b]), cmp.Compare(a, b))
		})
		r.walk(c, 0, func(i int32) bool {
			got = append(got, i)
			return true
		})
		if !slices.Equal(want, got) || r.rows[c].size != len(want) {
			t.Fatalf("class %d stands\n%v, want\n%v", c, got, want)
		}
		for place, rank := 0, 0; place < len(want); place++ {
			if place == 0 || r.standings[want[place-1]].CompareScore(&r.standings[want[place]]) != 0 {
				rank = place + 1
			}
			if counted := r.rankOf(want[place]); counted != rank {
				t.Fatalf("the unit at %d ranks %d, want %d", place, counted, rank)
			}
			r.walk(c, place, func(i int32) bool {
				got[0] = i
				return false
			})
			if got[0] != want[place] {
				t.Fatalf("at %d stands %d, want %d", place, got[0], want[place])
			}
		}
	}
}

// However units move, leaves hold neither too many nor too few: what a rank costs rests
// on that.
func TestLeavesStayFilled(t *testing.T) {
	const units = 20_000
	r := newRanking(make([]Standing, units), make([]int32, units), 1)
	random := rand.New(rand.NewPCG(1, 2))
	moves := map[string]func(n int) (unit int32, score int64){
		"all to the top, each over the last": func(n int) (int32, int64) { return int32(n % units), int64(n) },
		"all to one score":                   func(n int) (int32, int64) { return int32(n % units), 1 },
		"at random":                          func(int) (int32, int64) { return random.Int32N(units), random.Int64N(500) },
	}
	for name, move := range moves {
		for n := range 2 * units {
			i, score := move(n)
			r.set(i, &Standing{Score: decimal.New(score, -2)})
		}
		held := 0
		for _, keys := range r.rows[0].leaves {
			held += len(keys)
			if len(keys) < leafLeast || len(keys) >= leafMost {
				t.Errorf("%s: a leaf of %d units", name, len(keys))
			}
		}
		if held != units {
			t.Errorf("%s: %d units stand", name, held)
		}
	}
}
