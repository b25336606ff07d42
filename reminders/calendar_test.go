package reminders

import (
	"strings"
	"testing"

	"pgregory.net/rapid"

	"paogai/scoring"
)

func embedded(t testing.TB) *Calendar {
	t.Helper()
	c, err := Embedded()
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func date(t testing.TB, s string) scoring.Date {
	t.Helper()
	d, err := scoring.ParseDate(s)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func TestWorkdays(t *testing.T) {
	c := embedded(t)
	for day, want := range map[string]bool{
		"2018-08-31": true,  // a Friday
		"2018-09-01": false, // a Saturday
		"2018-04-28": true,  // a Saturday that makes up for 04-30
		"2018-04-29": false,
		"2018-04-30": false, // a Monday off
		"2018-09-30": true,  // a Sunday that makes up
		"2018-10-01": false,
		"2018-10-07": false,
		"2018-10-08": true,
		"2018-12-29": true,  // named by the notice for 2019
		"2018-12-30": false, // likewise
		"2018-12-31": false, // likewise
		"2022-12-31": false,
		"2026-02-28": true,
		"2031-05-01": true, // no notice yet: a Thursday
		"2031-05-03": false,
	} {
		if got := c.Workday(date(t, day)); got != want {
			t.Errorf("%s worked: %v, want %v", day, got, want)
		}
	}
}

func TestCountingWorkdays(t *testing.T) {
	c := embedded(t)
	for _, x := range []struct {
		from, to string
		want     int
	}{
		{"2018-08-31", "2018-08-31", 0},
		{"2018-08-30", "2018-08-31", 1},
		{"2018-08-22", "2018-08-31", 7},
		{"2018-08-31", "2018-08-22", -7},
		{"2018-12-29", "2018-12-31", 0},
		{"2018-12-28", "2018-12-31", 1},
		{"2018-09-30", "2018-10-08", 1},
		{"2018-04-27", "2018-04-30", 1}, // the Saturday
	} {
		if got := c.Between(date(t, x.from), date(t, x.to)); got != x.want {
			t.Errorf("%s … %s: %d workdays, want %d", x.from, x.to, got, x.want)
		}
	}
}

func TestDaysLeft(t *testing.T) {
	c := embedded(t)
	due := date(t, "2018-12-31")
	for today, want := range map[string]Left{
		"2018-12-28": {Workdays: 1, Days: 3},
		"2018-12-29": {Workdays: 0, Days: 2},
		"2018-12-31": {Workdays: 0, Days: 0},
		"2019-01-02": {Workdays: 0, Days: -2},
	} {
		got := DaysLeft(c, date(t, today), due)
		if got != want || got.Over() != (want.Days < 0) {
			t.Errorf("on %s: %+v, want %+v", today, got, want)
		}
	}
}

func anyDate(r *rapid.T, name string) scoring.Date {
	return scoring.Date{Year: 2017, Month: 1, Day: 1}.AddDays(rapid.IntRange(0, 10*365).Draw(r, name))
}

// Every number of workdays left has its own day, a workday, and counting back
// from the date gives the number again.
func TestBeforeAndBetweenAgree(t *testing.T) {
	c := embedded(t)
	rapid.Check(t, func(r *rapid.T) {
		due, n := anyDate(r, "due"), rapid.IntRange(0, 60).Draw(r, "n")
		day := c.Before(due, n)
		if !c.Workday(day) || day.After(due) {
			r.Fatalf("%d workdays before %s is %s: no workday before it", n, due, day)
		}
		if left := c.Between(day, due); left != n {
			r.Fatalf("%d workdays before %s is %s, from where %d are left", n, due, day, left)
		}
		if earlier := c.Before(due, n+1); !earlier.Before(day) {
			r.Fatalf("%d workdays before %s is %s, %d is %s", n, due, day, n+1, earlier)
		}
		if first := c.First(day.AddDays(1)); c.Last(first.AddDays(-1)) != day {
			r.Fatalf("the workday after %s is %s, the one before that %s", day, first, c.Last(first.AddDays(-1)))
		}
	})
}

func TestHolidayTableIsReadStrictly(t *testing.T) {
	const head = "year\tkind\tdates (MM-DD)\n"
	for table, want := range map[string]string{
		"":                                                     "no years",
		head:                                                   "no years",
		"2018\toff\t01-01\n":                                   "head",
		head + "2018\toff\t01-01\n":                            `no row "work"`,
		head + "2018\twork\t02-11\n":                           `no row "off"`,
		head + "2018\toff\n":                                   "2 columns",
		head + "2018\toff\t01-01\t\n":                          "4 columns",
		head + "MMXVIII\toff\t01-01\n":                         "no year",
		head + "2018\trest\t01-01\n":                           "neither",
		head + "2018\toff\t02-30\n":                            "no date",
		head + "2018\toff\t1-1\n":                              "no date",
		head + "2018\toff\t01-01 \n":                           "no date",
		head + "2018\toff\t2016-12-31":                         "not a day of 2018",
		head + "2018\toff\t2017-11-30":                         "not a day of 2018",
		head + "2018\toff\t01-01 01-01\n":                      "line 2 already",
		head + "2018\toff\t02-11\n2018\twork\t02-11\n":         "line 2 already",
		head + "2018\toff\t01-01\n2018\toff\t01-02\n":          "line 2 already",
		head + "2018\toff\t01-01\n\n2018\twork\t02-11\n":       "line 3",
		head + "# a remark\n2018\toff\t01-01 2018-01-01 03-99": "line 3",
	} {
		_, err := LoadCalendar(strings.NewReader(table))
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: %v, want an error with %q", table, err, want)
		}
	}
}

func TestLoadedTableReplacesTheEmbeddedOne(t *testing.T) {
	c, err := LoadCalendar(strings.NewReader("# made up\nyear\tkind\tdates (MM-DD)\n2030\toff\t2029-12-31 01-01\n2030\twork\t01-05\n"))
	if err != nil {
		t.Fatal(err)
	}
	for day, want := range map[string]bool{"2029-12-31": false, "2030-01-01": false, "2030-01-05": true, "2018-04-30": true} {
		if c.Workday(date(t, day)) != want {
			t.Errorf("%s worked: %v, want %v", day, !want, want)
		}
	}
}
