package reminders

import (
	"bufio"
	"fmt"
	"io"
	"strconv"
	"strings"
	"time"

	"paogai/scoring"
)

// holidayHead is the one line that must come before the years.
const holidayHead = "year\tkind\tdates (MM-DD)"

// holidayReader gathers the days of a table and where each was named.
type holidayReader struct {
	days  map[scoring.Date]dayKind
	where map[scoring.Date]int
	rows  map[string]int // "2018 off" → its line
}

// readHolidays reads the whole table or refuses it.
func readHolidays(tsv io.Reader) (map[scoring.Date]dayKind, error) {
	r := holidayReader{days: map[scoring.Date]dayKind{}, where: map[scoring.Date]int{}, rows: map[string]int{}}
	lines := bufio.NewScanner(tsv)
	headed := false
	for n := 1; lines.Scan(); n++ {
		line := lines.Text()
		switch {
		case strings.HasPrefix(line, "#"):
		case !headed && line == holidayHead:
			headed = true
		case !headed:
			return nil, fmt.Errorf("holidays line %d: the head %q is missing", n, holidayHead)
		default:
			if err := r.row(n, line); err != nil {
				return nil, fmt.Errorf("holidays line %d: %w", n, err)
			}
		}
	}
	if err := lines.Err(); err != nil {
		return nil, fmt.Errorf("holidays: %w", err)
	}
	return r.days, r.complete()
}

// row reads the days of one kind in one year's notice.
func (r *holidayReader) row(n int, line string) error {
	fields := strings.Split(line, "\t")
	if len(fields) != 3 {
		return fmt.Errorf("%d columns instead of year, kind and dates", len(fields))
	}
	year, err := strconv.Atoi(fields[0])
	if err != nil || year < 1949 || year > 9999 {
		return fmt.Errorf("%q is no year", fields[0])
	}
	kind, ok := map[string]dayKind{"off": dayOff, "work": dayWork}[fields[1]]
	if !ok {
		return fmt.Errorf("kind %q is neither off nor work", fields[1])
	}
	name := fields[0] + " " + fields[1]
	if first, twice := r.rows[name]; twice {
		return fmt.Errorf("%s stands in line %d already", name, first)
	}
	r.rows[name] = n
	for _, text := range strings.Split(fields[2], " ") {
		d, err := holidayDate(year, text)
		if err != nil {
			return err
		}
		if err := r.add(n, d, kind); err != nil {
			return err
		}
	}
	return nil
}

// holidayDate reads MM-DD of the year, or a full date of the December before:
// the notice for a year may begin with days of the old one.
func holidayDate(year int, text string) (scoring.Date, error) {
	full := text
	if len(text) == len("01-02") {
		full = fmt.Sprintf("%04d-%s", year, text)
	}
	d, err := scoring.ParseDate(full)
	if err != nil {
		return scoring.Date{}, fmt.Errorf("%q is no date: %w", text, err)
	}
	if d.Year != year && (d.Year != year-1 || d.Month != time.December) {
		return scoring.Date{}, fmt.Errorf("%s is not a day of %d or the December before", text, year)
	}
	return d, nil
}

// add takes one day in, unless it was named before. A working day may be a
// weekday: the second notice of 2020 says so of Monday 02-03.
func (r *holidayReader) add(n int, d scoring.Date, kind dayKind) error {
	if first, twice := r.where[d]; twice {
		return fmt.Errorf("%s stands in line %d already", d, first)
	}
	r.days[d], r.where[d] = kind, n
	return nil
}

// complete refuses a table in which a year has one of its two rows only: half
// a notice moves rest days without the days that make up for them.
func (r *holidayReader) complete() error {
	if len(r.rows) == 0 {
		return fmt.Errorf("holidays: no years")
	}
	for name, n := range r.rows {
		year, kind, _ := strings.Cut(name, " ")
		other := "work"
		if kind == "work" {
			other = "off"
		}
		if _, ok := r.rows[year+" "+other]; !ok {
			return fmt.Errorf("holidays line %d: %s has no row %q", n, year, other)
		}
	}
	return nil
}
