package store

import (
	"fmt"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/go-json-experiment/json/jsontext"

	"paogai/scoring"
)

// Zone is the zone in which entries are written: Asia/Shanghai, UTC+8 all
// year. It is fixed so that reading a journal needs no zone data base.
func Zone() *time.Location { return zone }

//nolint:gochecknoglobals // never changes; times compare with == because it is one
var zone = time.FixedZone("Asia/Shanghai", 8*60*60)

// ID is the id of a task, submission, adjustment or class in an entry. It is
// written as a JSON string and read from a string or a whole number.
type ID string

// Amount is exact points in an entry: written as a decimal string without
// trailing zeros, read from a string or a number within scoring's bounds.
type Amount struct{ scoring.Points }

// MarshalJSON writes the amount as a JSON string.
func (a Amount) MarshalJSON() ([]byte, error) {
	return []byte(`"` + a.String() + `"`), nil
}

// UnmarshalJSON reads "1.32" and 1.32 alike, neither through binary floating
// point.
func (a *Amount) UnmarshalJSON(data []byte) error {
	if len(data) > 0 && data[0] == '"' {
		plain, err := jsontext.AppendUnquote(nil, data)
		if err != nil {
			return fault(err)
		}
		data = plain
	}
	p, err := scoring.ParsePoints(string(data))
	if err != nil {
		return err
	}
	a.Points = p
	return nil
}

// fault keeps the error of a library as it is, nil for nil.
func fault(err error) error {
	if err == nil {
		return nil
	}
	return fmt.Errorf("%w", err)
}

// Moment is a time as entries write it: RFC 3339 in Zone, whole seconds unless
// the time has a fraction.
type Moment struct{ time.Time }

// MarshalJSON writes the time in Zone.
func (m Moment) MarshalJSON() ([]byte, error) {
	if y := m.In(zone).Year(); y < 1 || y > 9999 {
		return nil, fmt.Errorf("the year %d cannot be written", y)
	}
	return []byte(m.In(zone).Format(`"` + time.RFC3339Nano + `"`)), nil
}

// UnmarshalJSON reads RFC 3339 with any offset.
func (m *Moment) UnmarshalJSON(data []byte) error {
	var t time.Time
	if err := t.UnmarshalJSON(data); err != nil || t.IsZero() {
		return fmt.Errorf("%s is not a time like 2018-04-28T16:20:05+08:00", short(string(data)))
	}
	m.Time = t.In(zone)
	return nil
}

// short bounds what an error repeats of its input, and keeps it on one line.
func short(s string) string {
	const most = 60
	s = oneLine(s)
	if utf8.RuneCountInString(s) > most {
		return string([]rune(s)[:most]) + "…"
	}
	return s
}

// oneLine replaces what would break or disguise a line of an error.
func oneLine(s string) string {
	return strings.Map(func(c rune) rune {
		if !unicode.IsPrint(c) {
			return ' '
		}
		return c
	}, s)
}
