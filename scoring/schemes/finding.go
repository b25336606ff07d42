package schemes

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
)

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
	Line     int      `json:"line"`
	Severity Severity `json:"severity"`
	Text     string   `json:"text"`
}

// String is the finding in one line of text.
func (f Finding) String() string {
	if f.Line == 0 {
		return fmt.Sprintf("%s: %s", f.Severity, f.Text)
	}
	return fmt.Sprintf("line %d: %s: %s", f.Line, f.Severity, f.Text)
}

// Invalid is the error for a scheme that cannot be used: all of its faults, by line.
type Invalid struct {
	Name   string
	Faults []Finding
}

// Error names every fault, one a line.
func (e *Invalid) Error() string {
	texts := make([]string, len(e.Faults))
	for i, f := range e.Faults {
		texts[i] = fmt.Sprintf("scheme %s: %s", e.Name, f)
	}
	return strings.Join(texts, "\n")
}

// findings collects what reading and checking find.
type findings []Finding

func (f *findings) fault(line int, format string, args ...any) {
	*f = append(*f, Finding{line, Fault, fmt.Sprintf(format, args...)})
}

func (f *findings) warn(line int, format string, args ...any) {
	*f = append(*f, Finding{line, Warning, fmt.Sprintf(format, args...)})
}

// sorted is the findings by line, in the order of being found within a line.
func (f findings) sorted() []Finding {
	slices.SortStableFunc(f, func(a, b Finding) int { return cmp.Compare(a.Line, b.Line) })
	return f
}
