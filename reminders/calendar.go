package reminders

import (
	"bytes"
	_ "embed"
	"io"
	"time"

	"github.com/rickar/cal/v2"

	"paogai/scoring"
)

// holidaysCN holds the State Council's notices on rest days and make-up days.
//
//go:embed holidays-cn.tsv
var holidaysCN []byte

// Calendar knows which days are worked: Monday to Friday, unless a notice of
// the State Council says otherwise. It never changes once loaded and may be
// used by several goroutines.
type Calendar struct {
	days map[scoring.Date]dayKind
	cal  *cal.BusinessCalendar
}

// dayKind is what a notice made of a day.
type dayKind int

// What a notice makes of a day.
const (
	dayOff  dayKind = iota + 1 // a rest day, whatever its weekday
	dayWork                    // a Saturday or Sunday that is worked
)

// Embedded is the calendar of the data built into the program.
func Embedded() (*Calendar, error) {
	return LoadCalendar(bytes.NewReader(holidaysCN))
}

// LoadCalendar reads a calendar from the table described by the head of
// holidays-cn.tsv. It is strict: the first fault refuses the whole table, with
// its line, because a day read wrongly would cost somebody a reminder.
func LoadCalendar(tsv io.Reader) (*Calendar, error) {
	days, err := readHolidays(tsv)
	if err != nil {
		return nil, err
	}
	return newCalendar(days), nil
}

func newCalendar(days map[scoring.Date]dayKind) *Calendar {
	weekdays := cal.NewBusinessCalendar()
	c := &Calendar{days: days, cal: cal.NewBusinessCalendar()}
	c.cal.WorkdayFunc = func(t time.Time) bool {
		switch days[scoring.DateOf(t, time.UTC)] {
		case dayOff:
			return false
		case dayWork:
			return true
		default:
			return weekdays.IsWorkday(t)
		}
	}
	return c
}

// noon stands for a day in the calendar library: far from every midnight.
func noon(d scoring.Date) time.Time {
	return d.Start(time.UTC).Add(12 * time.Hour)
}

// Workday tells whether d is worked.
func (c *Calendar) Workday(d scoring.Date) bool {
	return c.cal.IsWorkday(noon(d))
}

// Last is the last workday up to d: d itself if it is worked.
func (c *Calendar) Last(d scoring.Date) scoring.Date {
	for !c.Workday(d) {
		d = d.AddDays(-1)
	}
	return d
}

// First is the first workday from d on: d itself if it is worked.
func (c *Calendar) First(d scoring.Date) scoring.Date {
	for !c.Workday(d) {
		d = d.AddDays(1)
	}
	return d
}

// Before is the day on which n workdays are left for what is due on d, the day
// itself not counted: for n = 0 it is d, or the last workday before d if d is a
// rest day, and for larger n as many workdays before that. So every n has its
// own day, and Between(Before(d, n), d) == n.
func (c *Calendar) Before(d scoring.Date, n int) scoring.Date {
	return scoring.DateOf(c.cal.WorkdaysFrom(noon(c.Last(d)), -n), time.UTC)
}

// Between counts the workdays after from and up to to, to included; it is
// negative if to lies before from.
func (c *Calendar) Between(from, to scoring.Date) int {
	if to.Before(from) {
		return -c.Between(to, from)
	}
	n := c.cal.WorkdaysInRange(noon(from), noon(to))
	if c.Workday(from) {
		n--
	}
	return n
}

// Left is how much time there is until a date, as people count it.
type Left struct {
	Workdays int // workdays after today, up to the date itself; 0 when it is over
	Days     int // days of the calendar; negative when it is over
}

// Over tells whether the date has passed.
func (l Left) Over() bool { return l.Days < 0 }

// DaysLeft is how much time there is on the day today until the end of due.
func DaysLeft(c *Calendar, today, due scoring.Date) Left {
	days := int(due.Start(time.UTC).Sub(today.Start(time.UTC)) / (24 * time.Hour))
	return Left{Workdays: max(0, c.Between(today, due)), Days: days}
}
