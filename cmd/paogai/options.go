package main

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"strings"
	"time"

	"paogai/scoring"
	"paogai/scoring/schemes"
	"paogai/store"
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

// asOf says of which moment a view is, and by what was known when.
type asOf struct {
	At    moment `help:"The moment of the view, with its zone, as 2018-09-01T00:00:00+08:00. Default: now." placeholder:"TIME"`
	Known moment `help:"Show the moment --at as it is known at this one. Default: --at itself, that is, as it was known then. A later one adds what was recorded since and speaks of then: plans, dates, measurements and outside points; rulings, 'late' once the due day is over; acceptances, once the day of completion is over; returns and withdrawals, from the filing; revocations, and the acceptances that fraud undid, from the start; and the scheme that was adopted last. Points given or taken since, and the close, do not count. An earlier one forecasts: nothing more happens, and the clock runs on." placeholder:"TIME"`
}

// span is an asOf with its defaults filled in.
type span struct{ at, known time.Time }

func (a asOf) span(w world) span {
	at := a.At.or(w.now)
	return span{at: at, known: a.Known.or(func() time.Time { return at })}
}

// words says of when a view is.
func (s span) words(zone *time.Location) string {
	const layout = "2006-01-02 15:04:05 -07:00"
	switch at := "截至 " + s.at.In(zone).Format(layout); {
	case s.known.After(s.at):
		return at + "，按 " + s.known.In(zone).Format(layout) + " 已知的情况回看"
	case s.known.Before(s.at):
		return at + "，按 " + s.known.In(zone).Format(layout) + " 已知的情况推算"
	default:
		return at
	}
}

// method is an assessment method as the command line names it. Source is the
// YAML of one that is not built in.
type method struct {
	*scoring.Scheme
	source string
}

// loadScheme finds a built-in scheme by its id, or reads one from a file. Every
// fault of the file is a line of the error.
func loadScheme(id string) (method, error) {
	data, err := sourceOf(id)
	if err != nil {
		return method{}, err
	}
	s, err := schemes.Parse(data, id)
	if err != nil {
		return method{}, inputError{err}
	}
	if _, err := schemes.Source(id); err == nil {
		return method{Scheme: s}, nil
	}
	return method{s, string(data)}, nil
}

// sourceOf is the YAML of a built-in scheme, or of a file.
func sourceOf(id string) ([]byte, error) {
	data, err := schemes.Source(id)
	if err == nil {
		return data, nil
	}
	f, openErr := os.Open(id)
	if errors.Is(openErr, fs.ErrNotExist) {
		return nil, badInput("%q is neither a built-in scheme (%s) nor a file", id, strings.Join(schemes.IDs(), ", "))
	}
	if openErr != nil {
		return nil, inputError{openErr}
	}
	defer f.Close()
	data, err = io.ReadAll(io.LimitReader(f, schemes.MaxSize+1))
	if err != nil {
		return nil, inputError{err}
	}
	return data, nil
}

// schemes finds the built-in schemes, and this one if a journal names it
// without bringing it along.
func (m method) schemes(id string) (*scoring.Scheme, error) {
	if m.Scheme != nil && m.source != "" && m.ID == id {
		return m.Scheme, nil
	}
	return schemes.Load(id) //nolint:wrapcheck // the error names the id
}

var _ store.Schemes = method{}.schemes
