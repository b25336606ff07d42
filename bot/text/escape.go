package text

import (
	"fmt"
	neturl "net/url"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Escape makes what a person wrote safe to stand in a message: the characters
// of HTML are escaped, and what could hide or turn round other words is taken
// out (see Clean).
func Escape(s string) HTML { return HTML(entities.Replace(Clean(s))) }

//nolint:gochecknoglobals // read only
var entities = strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;", `"`, "&quot;")

//nolint:gochecknoglobals // read only
var unescape = strings.NewReplacer("&lt;", "<", "&gt;", ">", "&quot;", `"`, "&amp;", "&")

// How many characters of a link are shown: its beginning and, of a longer one,
// its end.
const (
	longestLink = 80
	linkEnd     = 24
)

// Link writes a link to be read: what it leads to in letters instead of
// percent signs, and no more of it than a line or two. The whole of it is what
// a tap opens. The host is shown as it is, so that no link looks like another's.
func Link(url string) HTML {
	shown := url
	if at := strings.Index(url, "://"); at >= 0 {
		if end := strings.IndexAny(url[at+3:], "/?#"); end >= 0 {
			host, rest := url[:at+3+end], url[at+3+end:]
			if read, err := neturl.PathUnescape(rest); err == nil && utf8.ValidString(read) {
				shown = host + read
			}
		}
	}
	return HTML(`<a href="`+entities.Replace(ascii(url))+`">`) + Escape(ends(shown)) + "</a>"
}

// ends leaves out the middle of a long link.
func ends(link string) string {
	runes := []rune(strings.Join(strings.Fields(link), " "))
	if len(runes) <= longestLink {
		return string(runes)
	}
	return string(runes[:longestLink-linkEnd-1]) + "…" + string(runes[len(runes)-linkEnd:])
}

// ascii percent-encodes what an address cannot hold.
func ascii(url string) string {
	var b strings.Builder
	for i := range len(url) {
		if c := url[i]; c <= ' ' || c >= 0x7F {
			fmt.Fprintf(&b, "%%%02X", c)
		} else {
			b.WriteByte(c)
		}
	}
	return b.String()
}

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
	if r < 0x0590 || r >= 0x2E80 && r < 0xD800 { // Latin and Chinese: spare them the tables
		return false
	}
	return unicode.In(r, unicode.Hebrew, unicode.Arabic, unicode.Syriac, unicode.Thaana, unicode.Nko)
}
