package bot

import (
	"slices"
	"strings"
	"unicode/utf8"

	"paogai/bot/text"
)

// Telegram's limits of one message, counted after the markup is read.
const (
	textLimit    = 4096 // UTF-16 units
	captionLimit = 1024 // UTF-16 units
	markLimit    = 100  // marked passages; Telegram forgets the others
)

// escape makes HTML of plain words.
func escape(words string) text.HTML { return text.Escape(words) }

// units is the length of HTML as Telegram counts it: UTF-16 units of the text
// that is left when tags are gone and entities are characters.
func units(html string) int {
	n := 0
	for i := 0; i < len(html); {
		size, width, _ := token(html[i:])
		i += size
		n += width
	}
	return n
}

// token measures the first tag, entity or character of HTML: its bytes, its
// UTF-16 units, and whether it is a tag.
func token(s string) (size, width int, tag bool) {
	const longestEntity = 10 // &#x10FFFF;
	switch s[0] {
	case '<':
		if end := strings.IndexByte(s, '>'); end > 0 {
			return end + 1, 0, true
		}
	case '&':
		if end := strings.IndexByte(s, ';'); end > 1 && end <= longestEntity {
			return end + 1, 1, false
		}
	}
	r, size := utf8.DecodeRuneInString(s)
	if r > 0xFFFF {
		return size, 2, false
	}
	return size, 1, false
}

// How good a place is to cut a text at, from bad to best.
const (
	cutAnywhere  = iota // inside a marked passage, between two characters
	cutUnmarked         // between two characters
	cutMarkLine         // at the end of a line inside a marked passage
	cutWord             // at a blank
	cutLine             // at the end of a line
	cutItem             // at an empty line: between items
	cutQualities        // how many there are
)

// cut is a place to cut at: the bytes before it, and the tags open there.
type cut struct {
	at   int
	open []string
}

// splitHTML cuts HTML into parts that each have at most limit units, between
// items where that leaves no part too small, never inside a tag, an entity or
// a character. Tags open at a cut are closed and opened again.
func splitHTML(html string, limit int) []string {
	// A character has no more units than bytes.
	if (len(html) <= limit || units(html) <= limit) && strings.Count(html, "<") <= 2*markLimit {
		return []string{html}
	}
	var parts []string
	var open []string
	for html != "" {
		c := firstPart(html, open, limit)
		if c.at == 0 { // nothing but tags: no place to cut at
			c = cut{at: len(html)}
		}
		if part := strings.Trim(html[:c.at], "\n "); part != "" {
			parts = append(parts, strings.Join(open, "")+part+closing(c.open))
		}
		html, open = strings.TrimLeft(html[c.at:], "\n "), c.open
	}
	return parts
}

// firstPart finds where the first part of HTML ends, given the tags that are
// open before it.
func firstPart(html string, open []string, limit int) cut {
	var best [cutQualities]cut
	n, marks := 0, 0
	for i := 0; i < len(html); {
		size, width, tag := token(html[i:])
		if n+width > limit || marks > markLimit {
			return choose(best)
		}
		if tag {
			if html[i+1] == '/' {
				open = open[:max(0, len(open)-1)]
			} else {
				open = append(slices.Clone(open), html[i:i+size])
				marks++
			}
		}
		i, n = i+size, n+width
		if !tag {
			best[quality(html, i, len(open))] = cut{at: i, open: open}
		}
	}
	return cut{at: len(html)}
}

// quality tells how good it is to cut html before byte i, at a depth of tags.
func quality(html string, i, depth int) int {
	switch last := html[i-1]; {
	case last == '\n' && depth > 0:
		return cutMarkLine
	case last == '\n' && strings.HasSuffix(html[:i], "\n\n"):
		return cutItem
	case last == '\n':
		return cutLine
	case last == ' ' && depth == 0:
		return cutWord
	case depth == 0:
		return cutUnmarked
	}
	return cutAnywhere
}

// choose takes the best place that leaves the part at least half full, or
// else the one that leaves it fullest.
func choose(best [cutQualities]cut) cut {
	fullest := cut{}
	for _, c := range best {
		if c.at > fullest.at {
			fullest = c
		}
	}
	for q := cutItem; q > cutAnywhere; q-- {
		if c := best[q]; c.at*2 >= fullest.at && c.at > 0 {
			return c
		}
	}
	return fullest
}

// closing ends the tags that are open, the last one first.
func closing(open []string) string {
	var b strings.Builder
	for _, tag := range slices.Backward(open) {
		name := strings.Trim(tag, "<>")
		if i := strings.IndexByte(name, ' '); i >= 0 {
			name = name[:i]
		}
		b.WriteString("</" + name + ">")
	}
	return b.String()
}
