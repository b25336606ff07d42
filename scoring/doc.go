// Package scoring is the method: what an assessment method (考核办法) says, what has
// happened in one campaign as far as scores rest on it, and what follows at a moment —
// who is late, who stands where, and why.
//
// Everything here is a pure function of (scheme, facts, moment). There is no clock, no
// I/O and no binary floating point; points are exact decimals. A due date D is met until
// D 24:00 in the scheme's zone, that is before (D+1) 00:00:00.
//
// [Facts] are kept by the record in package store and only read here.
package scoring
