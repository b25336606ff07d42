package scoring_test

import (
	"encoding/json"
	"errors"
	"testing"

	"paogai/scoring"
)

func TestParsePointsReadsPlainDecimals(t *testing.T) {
	for text, want := range map[string]string{
		"0": "0", "1.32": "1.32", "-5": "-5", "+0.5": "0.5", "1.50": "1.5", "007": "7",
		"999999999.9999": "999999999.9999", "-0": "0", "100.00": "100",
	} {
		p, err := scoring.ParsePoints(text)
		if err != nil || p.String() != want {
			t.Errorf("ParsePoints(%q) = %s, %v; want %s", text, p, err, want)
		}
	}
}

func TestParsePointsRefusesTheRest(t *testing.T) {
	for _, text := range []string{
		"", " ", "1.", ".5", "1e400", "1E2", "NaN", "Inf", "-", "--1", "+-1", "-+1", "1,5", "1 ", " 1",
		"0x10", "1_000", "1000000000", "1.00001", "１", "一", "1.2.3", "\x00", "-1000000000",
	} {
		if p, err := scoring.ParsePoints(text); !errors.Is(err, scoring.ErrPoints) {
			t.Errorf("ParsePoints(%q) = %s, %v; want ErrPoints", text, p, err)
		}
	}
}

func TestShowKeepsTwoDecimalsAndRoundsNothing(t *testing.T) {
	for text, want := range map[string]string{
		"100": "100.00", "-5": "-5.00", "1.5": "1.50", "0": "0.00", "98.685": "98.685", "0.0001": "0.0001",
	} {
		if got := scoring.Show(pts(text)); got != want {
			t.Errorf("Show(%s) = %s, want %s", text, got, want)
		}
	}
}

func TestPointsAreStringsWithoutTrailingZerosInJSON(t *testing.T) {
	data, err := json.Marshal([]scoring.Points{pts("1.50"), pts("100.00"), pts("-5"), {}})
	if want := `["1.5","100","-5","0"]`; err != nil || string(data) != want {
		t.Errorf("got %s, %v; want %s", data, err, want)
	}
}

func FuzzParsePoints(f *testing.F) {
	for _, seed := range []string{"1.32", "-5", "1e400", "NaN", "", "999999999.9999"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		p, err := scoring.ParsePoints(text)
		if err != nil {
			return
		}
		again, err := scoring.ParsePoints(p.String())
		if err != nil || !again.Equal(p) {
			t.Errorf("%q read as %s, which reads as %s, %v", text, p, again, err)
		}
	})
}
