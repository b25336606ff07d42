// Package scoring is the method: what an assessment method (考核办法) says, what has
// happened in one campaign as far as scores rest on it, and what follows at a moment —
// who is late, who stands where, and why.
//
// Everything here is a pure function of (scheme, facts, moment). There is no clock, no
// I/O and no binary floating point; points are exact decimals. A due date D is met until
// D 24:00 in the scheme's zone, that is before (D+1) 00:00:00.
//
// The score of one unit is [Evaluator.Evaluate], of its own facts and a moment; its lines
// are [Evaluator.Lines]. What it takes from other units is only [Ranks], which nothing but a
// measurement changes, and [Facts.NextChange] is when time alone can change it. A [Board]
// puts the units of a class in order.
//
// Points are finite decimals, exact. Only renormalising (缺项折算) divides: 88 of 90 is no
// finite decimal of 100. Such a score is kept as a rational beside its decimals
// ([Standing.Exact]), and ranks, grades, limits and gates compare the rational; a decimal of
// a fixed fineness would let its last digit decide a rank. Rounding is for people ([Show]).
//
// [Facts] are kept by the record in package store and only read here.
package scoring
