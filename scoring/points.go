package scoring

import (
	"cmp"
	"errors"
	"fmt"
	"strings"

	"github.com/shopspring/decimal"
)

// Points is an exact amount of points (分). Its JSON form is a string without trailing
// zeros. Compare with Cmp or Equal, never with ==.
type Points = decimal.Decimal

// pointsPlaces is the finest step that points may have: one ten-thousandth.
const pointsPlaces = 4

// ErrPoints says that a text is no amount of points.
var ErrPoints = errors.New("not an amount of points: want a plain decimal below 1000000000 with at most 4 decimals")

// ParsePoints reads a plain decimal such as "1.32" or "-5": optional sign, at most nine
// digits before the point and four after it. Exponents, NaN, blanks and anything else
// are refused with an error that wraps [ErrPoints].
func ParsePoints(s string) (Points, error) {
	digits := strings.TrimPrefix(strings.TrimPrefix(s, "-"), "+")
	if len(s)-len(digits) > 1 {
		return Points{}, fmt.Errorf("%.40q: %w", s, ErrPoints)
	}
	whole, part, dotted := strings.Cut(digits, ".")
	if !allDigits(whole, 9) || dotted && !allDigits(part, pointsPlaces) {
		return Points{}, fmt.Errorf("%.40q: %w", s, ErrPoints)
	}
	p, err := decimal.NewFromString(s)
	if err != nil {
		return Points{}, fmt.Errorf("%.40q: %w", s, ErrPoints)
	}
	return p, nil
}

// allDigits reports whether s is one to limit ASCII digits.
func allDigits(s string, limit int) bool {
	if s == "" || len(s) > limit {
		return false
	}
	for i := range len(s) {
		if s[i] < '0' || s[i] > '9' {
			return false
		}
	}
	return true
}

// Show writes points for people: two decimals ("98.68"). An amount in thousandths or
// ten-thousandths keeps its digits; one that is finer comes from a division, and this is
// the only place where it is rounded, half away from zero ("97.78" for 88 of 90).
func Show(p Points) string {
	if p.Equal(p.Truncate(2)) || !p.Equal(p.Truncate(pointsPlaces)) {
		return p.StringFixed(2)
	}
	return p.String()
}

// sum adds points exactly. Amounts in ten-thousandths, which is all that ParsePoints
// lets in, are added as integers: a board adds thousands of them.
type sum struct {
	units int64 // in ten-thousandths
	rest  Points
	wide  bool // rest holds something
}

// fastDigits bounds the coefficients added as integers, so that thousands of them cannot
// overflow.
const fastDigits = 13

func (s *sum) add(p Points) {
	if units, ok := inUnits(p); ok {
		s.units += units
		return
	}
	s.rest, s.wide = s.rest.Add(p), true
}

// inUnits is p in ten-thousandths, if it is of a size and fineness to be added so.
func inUnits(p Points) (units int64, ok bool) {
	e := p.Exponent()
	if e > 0 || e < -pointsPlaces || p.NumDigits() > fastDigits {
		return 0, false
	}
	units = p.CoefficientInt64()
	for ; e > -pointsPlaces; e-- {
		units *= 10
	}
	return units, true
}

// compare is a.Cmp(b), without bringing both to one exponent first where they are small.
func compare(a, b Points) int {
	x, small := inUnits(a)
	y, too := inUnits(b)
	if small && too {
		return cmp.Compare(x, y)
	}
	return a.Cmp(b)
}

func (s sum) points() Points {
	p := decimal.New(s.units, -pointsPlaces)
	if s.wide {
		p = p.Add(s.rest)
	}
	return p
}
