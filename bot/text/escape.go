package text

import (
	"strings"
	"unicode"
)

// Escape makes what a person wrote safe to stand in a message: the characters
// of HTML are escaped, and what could hide or turn round other words is taken
// out (see Clean).
func Escape(s string) HTML { return HTML(entities.Replace(Clean(s))) }

//nolint:gochecknoglobals // read only
var entities = strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;", `"`, "&quot;")

//nolint:gochecknoglobals // read only
var unescape = strings.NewReplacer("&lt;", "<", "&gt;", ">", "&quot;", `"`, "&amp;", "&")

// Strip turns HTML of this package back into bare text: tags go, entities
// become characters.
func Strip(s string) string {
	var b strings.Builder
	for {
		open := strings.IndexByte(s, '<')
		if open < 0 {
			break
		}
		end := strings.IndexByte(s[open:], '>')
		if end < 0 {
			break
		}
		b.WriteString(s[:open])
		s = s[open+end+1:]
	}
	b.WriteString(s)
	return unescape.Replace(b.String())
}

// Clean takes out of a text what a reader cannot see but would suffer from:
// control characters, characters without width and directions that override
// the ones of the letters. Line breaks stay, and so does the joiner that holds
// an emoji together. Letters that run from right to left are set apart, so
// that they do not reorder what stands beside them.
func Clean(s string) string {
	s = strings.ToValidUTF8(s, "�")
	rtl := false
	s = strings.Map(func(r rune) rune {
		if invisible(r) {
			return -1
		}
		rtl = rtl || rightToLeft(r)
		return r
	}, s)
	if rtl {
		const isolate, pop = "\u2068", "\u2069"
		return isolate + s + pop
	}
	return s
}

func invisible(r rune) bool {
	switch {
	case r == '\n' || r == '\t':
		return false
	case unicode.IsControl(r):
		return true
	case r == '\u200D': // zero width joiner: families and flags are made of it
		return false
	case r >= '\u200B' && r <= '\u200F', r >= '\u202A' && r <= '\u202E',
		r >= '\u2060' && r <= '\u2069', r == '\uFEFF', r == '\u00AD', r == '\u061C', r == '\u180E':
		return true
	}
	return r >= 0xE0000 && r <= 0xE007F && r != 0xE007F // tags: written, never seen
}

func rightToLeft(r rune) bool {
	return unicode.In(r, unicode.Hebrew, unicode.Arabic, unicode.Syriac, unicode.Thaana, unicode.Nko)
}
