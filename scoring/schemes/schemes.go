// Package schemes holds the built-in assessment methods as data, reads and checks them.
//
// A scheme is YAML. Reading is strict: unknown and doubled keys, aliases and anchors, and
// files above a size limit are faults, each named with its line. A check finds
// contradictions before a campaign opens.
package schemes

import (
	"errors"

	"paogai/scoring"
)

// ErrUnknown says that no built-in scheme has that id.
var ErrUnknown = errors.New("no built-in scheme of that id")

// Severity tells how much a finding weighs.
type Severity string

// The severities.
const (
	Fault   Severity = "error"   // the scheme cannot be used
	Warning Severity = "warning" // it can, but someone should look
)

// Finding is one thing that the check found: where (line from 1, 0 for the whole file)
// and what, in an English sentence.
type Finding struct {
	Line     int
	Severity Severity
	Text     string
}

// IDs is the ids of the built-in schemes, sorted.
func IDs() []string { return []string{"jilin-2018"} }

// Load is the built-in scheme of this id, or an error that wraps [ErrUnknown].
func Load(id string) (*scoring.Scheme, error) { return nil, ErrUnknown }

// Parse reads a scheme; name stands in errors. The error names every fault, one a line.
func Parse(data []byte, name string) (*scoring.Scheme, error) { return nil, ErrUnknown }

// Check is everything that is wrong or doubtful with a scheme's data, by line.
func Check(data []byte) []Finding { return nil }
