package scoring_test

import (
	"encoding/json"
	"errors"
	"testing"
	"time"

	"pgregory.net/rapid"

	"paogai/scoring"
)

func TestParseDateTakesRealDaysOnly(t *testing.T) {
	for _, text := range []string{"2018-08-31", "2016-02-29", "0001-01-01", "9999-12-31"} {
		if d, err := scoring.ParseDate(text); err != nil || d.String() != text {
			t.Errorf("ParseDate(%q) = %s, %v", text, d, err)
		}
	}
	for _, text := range []string{
		"", "2018-02-29", "2018-8-31", "2018-13-01", "2018-00-10", "2018-04-31", "20180831",
		"2018-08-31T00:00:00Z", " 2018-08-31", "0000-01-01", "二〇一八年", "2018/08/31",
	} {
		if d, err := scoring.ParseDate(text); !errors.Is(err, scoring.ErrDate) {
			t.Errorf("ParseDate(%q) = %s, %v; want ErrDate", text, d, err)
		}
	}
}

func TestDayBelongsToTheZone(t *testing.T) {
	evening := time.Date(2018, 8, 31, 16, 0, 0, 0, time.UTC) // 2018-09-01 00:00 in Shanghai
	if got := scoring.DateOf(evening, shanghai()); got != day("2018-09-01") {
		t.Errorf("midnight in Shanghai falls on %s", got)
	}
	if got := scoring.DateOf(evening.Add(-time.Nanosecond), shanghai()); got != day("2018-08-31") {
		t.Errorf("just before midnight in Shanghai falls on %s", got)
	}
	if end := day("2018-08-31").End(shanghai()); !end.Equal(evening) {
		t.Errorf("2018-08-31 ends at %s", end)
	}
	if start := day("2018-09-01").Start(shanghai()); !start.Equal(evening) {
		t.Errorf("2018-09-01 starts at %s", start)
	}
}

func TestDateText(t *testing.T) {
	var got struct{ A, B scoring.Date }
	if err := json.Unmarshal([]byte(`{"A":"2018-08-31","B":""}`), &got); err != nil {
		t.Fatal(err)
	}
	if got.A != day("2018-08-31") || !got.B.IsZero() || got.A.Weekday() != time.Friday {
		t.Errorf("got %+v", got)
	}
	data, err := json.Marshal(got)
	if want := `{"A":"2018-08-31","B":""}`; err != nil || string(data) != want {
		t.Errorf("got %s, %v", data, err)
	}
	if err := json.Unmarshal([]byte(`{"A":"2018-02-30"}`), &got); !errors.Is(err, scoring.ErrDate) {
		t.Errorf("a day that does not exist: %v", err)
	}
}

func TestDatesOrderAsTheirDays(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := day("2000-01-01").AddDays(rapid.IntRange(0, 20000).Draw(t, "d"))
		n := rapid.IntRange(-3000, 3000).Draw(t, "n")
		e := d.AddDays(n)
		if e.AddDays(-n) != d || e.After(d) != (n > 0) || e.Before(d) != (n < 0) || (e.Compare(d) == 0) != (n == 0) {
			t.Errorf("%s and %d days later %s", d, n, e)
		}
		if !d.End(shanghai()).Equal(d.AddDays(1).Start(shanghai())) {
			t.Errorf("%s does not end where the next day starts", d)
		}
	})
}
