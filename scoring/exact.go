package scoring

import (
	"math/big"

	"github.com/shopspring/decimal"
)

// exact is an amount without any rounding: a finite decimal, and beside it what cannot be
// written as one, which only renormalising brings about (88 of 90 is 97.777… of 100). A
// score is compared with others, with grades and with limits in this form.
type exact struct {
	dec  Points
	frac *big.Rat // nil for nothing
}

// quotientPlaces is how many decimals of a quotient are kept in [Points]. Two decimals are
// shown, and twelve are enough not to round twice.
const quotientPlaces = 12

func (a exact) plus(b exact) exact {
	sum := exact{a.dec.Add(b.dec), a.frac}
	switch {
	case a.frac == nil:
		sum.frac = b.frac
	case b.frac != nil:
		sum.frac = new(big.Rat).Add(a.frac, b.frac)
	}
	return sum
}

func (a exact) minus(b exact) exact {
	b.dec = b.dec.Neg()
	if b.frac != nil {
		b.frac = new(big.Rat).Neg(b.frac)
	}
	return a.plus(b)
}

func (a exact) times(p Points) exact {
	product := exact{dec: a.dec.Mul(p)}
	if a.frac != nil {
		product.frac = new(big.Rat).Mul(a.frac, p.Rat())
	}
	return product
}

// scaled is a × to / from; from must not be zero.
func (a exact) scaled(to, from Points) exact {
	r := new(big.Rat).Mul(a.rat(), to.Rat())
	r.Quo(r, from.Rat())
	if p := rounded(r); p.Rat().Cmp(r) == 0 {
		return exact{dec: p}
	}
	return exact{frac: r}
}

func (a exact) rat() *big.Rat {
	r := a.dec.Rat()
	if a.frac != nil {
		r.Add(r, a.frac)
	}
	return r
}

func (a exact) cmp(b exact) int {
	if a.frac == nil && b.frac == nil {
		return a.dec.Cmp(b.dec)
	}
	return a.rat().Cmp(b.rat())
}

// points is the amount in decimals, half away from zero at the twelfth.
func (a exact) points() Points {
	if a.frac == nil {
		return a.dec
	}
	return rounded(a.rat())
}

func rounded(r *big.Rat) Points { return decimal.NewFromBigRat(r, quotientPlaces) }
