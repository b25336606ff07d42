package store

import (
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Bounds of what people write and send.
const (
	MaxNote     = 2000 // characters of a note
	MaxReason   = 1000 // characters of a reason or a matter
	MaxName     = 64   // characters of a person's, unit's or chat's name
	MaxEvidence = 50   // pieces of evidence of one submission
	MaxCount    = 100  // of one adjustment
	maxID       = 64   // bytes of an id
	maxCause    = 256  // bytes of a cause
	maxFileName = 255  // characters of the name of a piece of evidence
)

// CleanText makes what a person wrote fit to be kept and shown: line ends are
// unified; control characters, invisible characters and those that turn the
// direction of writing are taken out; blanks at both ends are cut. Joiners
// stay where they hold an emoji together.
func CleanText(s string) string {
	s = strings.ToValidUTF8(s, "")
	s = strings.ReplaceAll(s, "\r\n", "\n")
	s = strings.Map(func(c rune) rune {
		switch {
		case c == '\n':
			return c
		case c == '\r' || c == '\u2028' || c == '\u2029':
			return '\n'
		case c == '\t' || c == '\u00a0':
			return ' '
		case c == '\u200d' || c == '\ufe0f': // inside an emoji
			return c
		case unicode.Is(unicode.Cc, c) || unicode.Is(unicode.Cf, c) || unicode.Is(unicode.Co, c):
			return -1
		}
		return c
	}, s)
	if !readable(s) {
		return ""
	}
	return strings.TrimSpace(s)
}

// readable reports whether s holds anything that can be seen.
func readable(s string) bool {
	return strings.ContainsFunc(s, func(c rune) bool {
		return unicode.IsGraphic(c) && !unicode.IsSpace(c) && !unicode.Is(unicode.Mn, c) && c != '\u3164' && c != '\u2800'
	})
}

// cleanLine is CleanText on one line, without joiners: names and matters are
// compared.
func cleanLine(s string) string {
	s = strings.NewReplacer("\u200d", "", "\ufe0f", "").Replace(CleanText(s))
	return strings.Join(strings.Fields(s), " ")
}

// validID reports whether s can stand as an id in a button and in a sentence.
func validID(s string) bool {
	return s != "" && len(s) <= maxID && !strings.ContainsFunc(s, func(c rune) bool {
		return !unicode.IsGraphic(c) || unicode.IsSpace(c)
	})
}

// written checks a text of a person against a bound, and that it is there.
func written(s string, most int, empty, long string) error {
	if s == "" {
		return refuse(empty)
	}
	return bounded(s, most, long)
}

func bounded(s string, most int, long string) error {
	if n := utf8.RuneCountInString(strings.TrimSpace(s)); n > most {
		return refuse(long, "length", strconv.Itoa(n), "most", strconv.Itoa(most))
	}
	return nil
}

func reason(s string) error { return written(s, MaxReason, ReasonEmpty, ReasonLong) }

func named(s string) error {
	if s == "" || utf8.RuneCountInString(s) > MaxName {
		return refuse(NameBad, "name", short(s), "most", strconv.Itoa(MaxName))
	}
	return nil
}
