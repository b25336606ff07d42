package scoring

import (
	"cmp"
	"math/big"
	"strings"

	"github.com/shopspring/decimal"
)

// Compare is negative if st stands before other in their class: by score, then by earned.
// It compares exactly.
func (st *Standing) Compare(other *Standing) int {
	if st.Exact == nil && other.Exact == nil {
		return cmp.Or(compare(other.Score, st.Score), compare(other.Earned, st.Earned))
	}
	a, b := st.exact(), other.exact()
	return cmp.Or(b.Score.Cmp(a.Score), b.Earned.Cmp(a.Earned))
}

// CompareScore is negative if the score of st is below that of other, zero if they share a
// rank. It compares exactly.
func (st *Standing) CompareScore(other *Standing) int {
	if st.Exact == nil && other.Exact == nil {
		return compare(st.Score, other.Score)
	}
	return st.exact().Score.Cmp(other.exact().Score)
}

func (st *Standing) exact() *Exact {
	if st.Exact != nil {
		return st.Exact
	}
	return &Exact{st.Score.Rat(), st.Earned.Rat()}
}

// Grade gives a standing its grade in a class of size units, by its rank and exact score,
// and what follows from it. A scheme without grades gives none.
func (s *Scheme) Grade(st *Standing, size int) {
	if len(s.Grades.Bands) == 0 {
		return
	}
	at := max(s.Grades.at(st, size), s.Grades.place(st.Gated))
	band := &s.Grades.Bands[at]
	st.Grade, st.Consequence = band.Title, ""
	if !band.Failing {
		return
	}
	st.Consequence = band.Consequence
	if class, ok := s.Class(st.Class); ok && class.Consequence != "" {
		st.Consequence = class.Consequence
	}
}

// at is where the grade of a standing stands among the grades.
func (g *Grading) at(st *Standing, size int) int {
	share := Points{}
	for i := range g.Bands[:len(g.Bands)-1] {
		band := &g.Bands[i]
		if g.By == ByScore && st.atLeast(band.Least) {
			return i
		}
		if g.By != ByShare {
			continue
		}
		share = share.Add(band.Share)
		if times(share, size).GreaterThanOrEqual(decimal.NewFromInt(int64(100 * st.Rank))) {
			return i
		}
	}
	return len(g.Bands) - 1
}

func (st *Standing) atLeast(p Points) bool {
	if st.Exact != nil {
		return st.Exact.Score.Cmp(p.Rat()) >= 0
	}
	return compare(st.Score, p) >= 0
}

// BaseShare is the id of the parameter that says with which share results count in the
// annual appraisal, as "20%"; any other value, such as x, is an unknown.
const BaseShare = "base-share"

// Share is with which share the results of a class count in the annual appraisal: its
// factor times the base share. While that is unknown it stays in the answer ("0.7x"); ""
// if the class does not count there.
func (s *Scheme) Share(class string) string {
	c, ok := s.Class(class)
	if !ok || c.Factor == "" {
		return ""
	}
	base := "x"
	for _, p := range s.Parameters {
		if p.ID == BaseShare {
			base = p.Value
		}
	}
	factor, err := ParsePoints(c.Factor)
	if err != nil {
		return c.Factor + base
	}
	percent, isPercent := strings.CutSuffix(base, "%")
	if share, err := ParsePoints(percent); isPercent && err == nil {
		return factor.Mul(share).String() + "%"
	}
	if factor.Rat().Cmp(big.NewRat(1, 1)) == 0 {
		return base
	}
	return factor.String() + base
}
