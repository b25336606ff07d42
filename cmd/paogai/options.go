package main

import (
	"fmt"
	"time"

	"paogai/scoring"
	"paogai/scoring/schemes"
)

// moment is a point in time given on the command line. It must carry a zone:
// a board at "2018-09-01 00:00" differs by a night between two zones.
type moment struct{ time.Time }

// UnmarshalText reads RFC 3339, as 2018-09-01T00:00:00+08:00.
func (m *moment) UnmarshalText(text []byte) error {
	t, err := time.Parse(time.RFC3339, string(text))
	if err != nil {
		return fmt.Errorf("%q is not a moment with a zone; write it like 2018-09-01T00:00:00+08:00", text)
	}
	m.Time = t
	return nil
}

// or returns the moment, or now where none was given.
func (m moment) or(now func() time.Time) time.Time {
	if m.IsZero() {
		return now()
	}
	return m.Time
}

// loadScheme finds a built-in scheme by its id.
func loadScheme(id string) (*scoring.Scheme, error) {
	s, err := schemes.Load(id)
	if err != nil {
		return nil, inputError{err}
	}
	return s, nil
}
