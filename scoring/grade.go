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
		return cmp.Or(other.Score.Cmp(st.Score), other.Earned.Cmp(st.Earned))
	}
	a, b := st.exact(), other.exact()
	return cmp.Or(b.Score.Cmp(a.Score), b.Earned.Cmp(a.Earned))
}

// CompareScore is negative if the score of st is below that of other, zero if they share a
// rank. It compares exactly.
func (st *Standing) CompareScore(other *Standing) int {
	if st.Exact == nil && other.Exact == nil {
		return st.Score.Cmp(other.Score)
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
	for i, band := range g.Bands {
		share = share.Add(band.Share)
		switch {
		case g.By == ByScore && st.atLeast(band.Least),
			g.By == ByShare && times(share, size).GreaterThanOrEqual(decimal.NewFromInt(int64(100*st.Rank))):
			return i
		}
	}
	return len(g.Bands) - 1
}

func (st *Standing) atLeast(p Points) bool {
	if st.Exact != nil {
		return st.Exact.Score.Cmp(p.Rat()) >= 0
	}
	return st.Score.GreaterThanOrEqual(p)
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
