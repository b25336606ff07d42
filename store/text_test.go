package store

import (
	"bytes"
	"errors"
	"regexp"
	"strings"
	"testing"
	"time"
)

func TestCleanText(t *testing.T) {
	for give, want := range map[string]string{
		"  做完了 ":                     "做完了",
		"a\r\nb\rc\u2028d":           "a\nb\nc\nd",
		"a\tb\u00a0c":                "a b c",
		"\u202e倒\u202c\u2066过\u2069": "倒过",
		"零\u200b宽\u200f\ufeff":       "零宽",
		"a\x00\x1b[31mb\u0085":       "a[31mb",
		"👍🏽 👨\u200d👩\u200d👧 ❤\ufe0f": "👍🏽 👨\u200d👩\u200d👧 ❤\ufe0f",

		"\xff坏":              "坏",
		"<b>&amp;</b>":       "<b>&amp;</b>",
		"\u0301\u200d\ufe0f": "",
		"\u3000\u2003\n":     "",
	} {
		if got := CleanText(give); got != want {
			t.Errorf("%q became %q, want %q", give, got, want)
		}
		if got := CleanText(CleanText(give)); got != CleanText(give) {
			t.Errorf("%q cleans twice to %q", give, got)
		}
	}
	if got := cleanLine(" a \n\u200d b\ufe0f "); got != "a b" {
		t.Errorf("one line is %q", got)
	}
}

func TestTokens(t *testing.T) {
	token, err := NewToken(bytes.NewReader(bytes.Repeat([]byte{0xfb, 0xff}, 8)))
	if err != nil || !regexp.MustCompile(`^[A-Za-z0-9_-]{22}$`).MatchString(token) {
		t.Errorf("drew %q, %v", token, err)
	}
	if _, err := NewToken(strings.NewReader("short")); err == nil {
		t.Error("a token of too little randomness")
	}
	if got := HashToken("abc"); got != "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad" {
		t.Errorf("hashed to %s", got)
	}
}

// TestEveryRefusalHasASentence holds the catalogue and the constants together:
// a sentence for each code, and no code twice.
func TestEveryRefusalHasASentence(t *testing.T) {
	for _, code := range RefusalCodes() {
		said := (&Refusal{Code: code}).Error()
		if said == code || !strings.ContainsAny(said, ";") {
			t.Errorf("%s says %q: what is so; what to do next", code, said)
		}
	}
	if got := refuse(OtherUnit, "unit", "a\nb").Error(); got != "a liaison acts for their own unit only, not for a b; choose a task of your own unit" {
		t.Errorf("said %q", got)
	}
	if got := (&Refusal{Code: "new"}).Error(); got != "new" {
		t.Errorf("said %q", got)
	}
}

func TestErrorsNameTheEventAndKeepTheRefusal(t *testing.T) {
	r := NewRecord(oneScheme())
	_, err := r.next(t0, ChatBound{-5, PurposeOffice, ""}, CampaignEnded{})
	var at *EventError
	if !errors.As(err, &at) || at.Index != 2 || codeOf(err) != NotOpen || !strings.HasPrefix(err.Error(), "event 2 (campaign.closed): no campaign") {
		t.Errorf("said %v", err)
	}
	if got := clock(time.Time{}); got != "never" {
		t.Errorf("no time is %q", got)
	}
}

func TestActors(t *testing.T) {
	for by, want := range map[string]int64{"tg:1001": 1001, "tg:+1": 0, "tg:0": 0, "tg:": 0, "office:1": 0, "1": 0} {
		if id, ok := PersonOf(by); ok != (want > 0) || ok && id != want {
			t.Errorf("%q is %d, %v", by, id, ok)
		}
	}
	if ByPerson(7) != "tg:7" || ByOffice("甲") != "office:甲" || !validBy(ByOffice("甲")) || len(Roles()) != 5 || Role("king").Valid() {
		t.Error("actors are written wrongly")
	}
}

func TestPositionsChain(t *testing.T) {
	one := Position{}.Next([]byte("a"))
	two, other := one.Next([]byte("b")), Position{}.Next([]byte("x")).Next([]byte("b"))
	if one.Seq != 1 || two.Seq != 2 || two.Hash == other.Hash || two != one.Next([]byte("b")) {
		t.Errorf("%v then %v, or %v", one, two, other)
	}
}
