package scoring_test

import (
	"testing"
	"time"
)

// next is the moment of the unit's next change by time alone, as text.
func (s *story) next(unit, at string) string {
	next, ok := s.NextChange(s.Unit(unit), moment(at))
	if !ok {
		return ""
	}
	return next.In(shanghai()).Format(time.DateTime)
}

func TestTimeAloneChangesAUnitOnlyWhereADayEnds(t *testing.T) {
	s := campaign(t, "2018-08-15", school)
	for at, want := range map[string]string{
		"2018-08-15 00:00:00": "2018-09-01 00:00:00", "2018-08-31 23:59:59": "2018-09-01 00:00:00",
		"2018-09-01 00:00:00": "2018-11-01 00:00:00", "2018-12-01 00:00:00": "2019-01-01 00:00:00",
		"2019-01-01 00:00:00": "",
	} {
		if got := s.next(school, at); got != want {
			t.Errorf("after %s: %q, want %q", at, got, want)
		}
	}
	s.plan(school, map[string]string{"70": "40", "49": "60"}, "2018-08-16 09:00:00")
	s.file(school, node("70", 1), "2018-08-20 10:00:00") // waits: its day does not matter now
	s.done(school, node("49", 1), "2018-08-21 10:00:00")
	if got := s.next(school, "2018-08-22 00:00:00"); got != "2019-01-01 00:00:00" {
		t.Errorf("with all filed only the close is left, not %q", got)
	}
	s.Closed = moment("2018-10-01 12:00:00")
	if got := s.next(school, "2018-10-01 12:00:00"); got != "" {
		t.Errorf("after the close by hand: %q", got)
	}
}
