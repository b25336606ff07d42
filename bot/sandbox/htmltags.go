package sandbox

import (
	"net/url"
	"strings"
)

// tagEntity is the entity that a tag makes, "" for a tag that Telegram does
// not know.
func tagEntity(tag string) string {
	switch tag {
	case "b", "strong":
		return "bold"
	case "i", "em":
		return "italic"
	case "u", "ins":
		return "underline"
	case "s", "strike", "del":
		return "strikethrough"
	case "span", "tg-spoiler":
		return "spoiler"
	case "a":
		return "text_link"
	case "code", "pre", "blockquote":
		return tag
	case "tg-emoji":
		return "custom_emoji"
	default:
		return ""
	}
}

func knownTag(tag string) bool { return tagEntity(tag) != "" }

// set keeps the attributes that mean something and drops the others.
func (t *openTag) set(name, value string) {
	switch {
	case t.name == "a" && name == "href", t.name == "tg-emoji" && name == "emoji-id":
		t.argument = value
	case t.name == "code" && name == "class" && strings.HasPrefix(value, "language-"):
		t.argument = strings.TrimPrefix(value, "language-")
	case t.name == "span" && name == "class" && strings.HasPrefix(value, "tg-"):
		t.argument = strings.TrimPrefix(value, "tg-")
	case t.name == "blockquote" && name == "expandable":
		t.argument = "1"
	}
}

// decodeEntity reads the character reference at i: the four names that
// Telegram knows and numbers. It returns 0 when there is none.
func decodeEntity(in string, i int) (rune, int) {
	if in[i] != '&' {
		return 0, i
	}
	end := i + 1
	var r rune
	if strings.HasPrefix(in[end:], "#") {
		r, end = decodeNumber(in, end+1)
		if r <= 0 || r >= 0x10ffff || end-i >= 10 {
			return 0, i
		}
	} else {
		for end < len(in) && isAlpha(in[end]) {
			end++
		}
		if r = namedEntity(in[i+1 : end]); r == 0 {
			return 0, i
		}
	}
	if end < len(in) && in[end] == ';' {
		end++
	}
	return r, end
}

func namedEntity(name string) rune {
	switch name {
	case "lt":
		return '<'
	case "gt":
		return '>'
	case "amp":
		return '&'
	case "quot":
		return '"'
	default:
		return 0
	}
}

func decodeNumber(in string, i int) (rune, int) {
	base := rune(10)
	if i < len(in) && in[i] == 'x' {
		base, i = 16, i+1
	}
	var r rune
	for ; i < len(in) && r < 0x10ffff; i++ {
		d := digit(in[i])
		if d < 0 || d >= base {
			break
		}
		r = r*base + d
	}
	return r, i
}

func digit(c byte) rune {
	switch {
	case c >= '0' && c <= '9':
		return rune(c - '0')
	case c >= 'a' && c <= 'f':
		return rune(c-'a') + 10
	case c >= 'A' && c <= 'F':
		return rune(c-'A') + 10
	default:
		return -1
	}
}

// validLink tells whether Telegram would make a link of the address.
func validLink(address string) bool {
	if !strings.Contains(address, "://") && !strings.HasPrefix(address, "tg:") && !strings.HasPrefix(address, "mailto:") {
		address = "http://" + address
	}
	u, err := url.Parse(address)
	if err != nil {
		return false
	}
	switch u.Scheme {
	case "tg", "mailto":
		return true
	case "http", "https", "ton", "tonsite":
		return u.Hostname() == "localhost" || strings.Contains(u.Hostname(), ".")
	default:
		return false
	}
}

func quoted(s string) string { return `"` + s + `"` }

func isAlpha(c byte) bool { return c|0x20 >= 'a' && c|0x20 <= 'z' }
func isDigit(c byte) bool { return c >= '0' && c <= '9' }
func isAlnum(c byte) bool { return isAlpha(c) || isDigit(c) }

// isSpace has the end of the text among the spaces, as Telegram's parser does.
func isSpace(c byte) bool {
	return c == ' ' || c == '\t' || c == '\r' || c == '\n' || c == 0 || c == '\v'
}
