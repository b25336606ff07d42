package sandbox

import (
	"cmp"
	"encoding/json"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Lengths that Telegram allows, in UTF-16 code units after entities.
const (
	maxText    = 4096
	maxCaption = 1024
)

// maxEntities is how many entities Telegram keeps; it drops the rest.
const maxEntities = 100

// units is the length of r in UTF-16 code units.
func units(r rune) int {
	if r > 0xffff {
		return 2
	}
	return 1
}

// utf16Len is the length of s in UTF-16 code units.
func utf16Len(s string) int {
	n := 0
	for _, r := range s {
		n += units(r)
	}
	return n
}

func sortEntities(list []Entity) {
	slices.SortStableFunc(list, func(a, b Entity) int {
		if c := cmp.Compare(a.Offset, b.Offset); c != 0 {
			return c
		}
		return cmp.Compare(b.Length, a.Length)
	})
}

// formatted is text ready to be a message's.
type formatted struct {
	text     string
	entities []Entity
}

// rawText is text as a call gives it: with a parse mode, or with entities as
// JSON, or bare.
type rawText struct {
	text, mode, entities string
}

// format reads raw as Telegram does: tags and entities, then trimming, then
// the links, commands, mentions and hashtags found in the text.
func (raw rawText) format() (formatted, *apiError) {
	if !utf8.ValidString(raw.text) {
		return formatted{}, badRequest("strings must be encoded in UTF-8")
	}
	text, removed := clean(raw.text)
	f := formatted{text: text}
	switch strings.ToLower(raw.mode) {
	case "":
		if raw.entities != "" {
			if err := json.Unmarshal([]byte(raw.entities), &f.entities); err != nil {
				return f, badRequest("can't parse entities JSON object")
			}
			shift(f.entities, removed)
			sortEntities(f.entities)
		}
	case "html":
		var err error
		if f.text, f.entities, err = parseHTML(text); err != nil {
			return f, badRequest("can't parse entities: %v", err)
		}
	case "markdown", "markdownv2":
		return f, badRequest("can't parse entities: the sandbox reads HTML only")
	default:
		return f, badRequest("unsupported parse_mode")
	}
	f = f.trim()
	f.entities = withDetected(f.text, f.entities)
	f.entities = f.entities[:min(len(f.entities), maxEntities)]
	return f, nil
}

// clean does what Telegram does to every text: control characters become
// spaces, and carriage returns, line separators and marks that turn the
// direction vanish. removed is where, in UTF-16 code units of the old text.
func clean(text string) (cleaned string, removed []int) {
	if strings.IndexFunc(text, func(r rune) bool { return cleaner(r) != r }) < 0 {
		return text, nil
	}
	n := 0
	for _, r := range text {
		if cleaner(r) < 0 {
			removed = append(removed, n)
		}
		n += units(r)
	}
	return strings.Map(cleaner, text), removed
}

// cleaner is what becomes of r: -1 for nothing.
func cleaner(r rune) rune {
	switch {
	case r == '\r', r >= 0x2028 && r <= 0x202e:
		return -1
	case r < ' ' && r != '\n':
		return ' '
	}
	return r
}

// shift moves entities to where their text is without the removed units.
func shift(entities []Entity, removed []int) {
	before := func(at int) int { n, _ := slices.BinarySearch(removed, at); return n }
	for i, e := range entities {
		gone := before(e.Offset)
		entities[i].Offset -= gone
		entities[i].Length -= before(e.Offset+e.Length) - gone
	}
}

// trim cuts the space round the text and fits the entities to what is left.
func (f formatted) trim() formatted {
	text := f.text
	left := strings.TrimLeft(text, " \n")
	cut := utf16Len(text[:len(text)-len(left)])
	text = strings.TrimRight(left, " \n")
	if len(f.entities) == 0 {
		return formatted{text: text}
	}
	total := utf16Len(text)
	kept := make([]Entity, 0, len(f.entities))
	for _, e := range f.entities {
		start, end := max(e.Offset-cut, 0), min(e.Offset-cut+e.Length, total)
		if end > start {
			e.Offset, e.Length = start, end-start
			kept = append(kept, e)
		}
	}
	if len(kept) == 0 {
		kept = nil // as it comes back from the log
	}
	return formatted{text: text, entities: kept}
}

// message checks f as the text of a message.
func (f formatted) message(raw string) *apiError {
	switch {
	case raw == "":
		return badRequest("message text is empty")
	case strings.IndexFunc(f.text, visible) < 0:
		return badRequest("text must be non-empty")
	case len(f.text) > maxText && utf16Len(f.text) > maxText: // no more units than bytes
		return badRequest("message is too long")
	}
	return nil
}

// visible tells whether a rune shows anything: a message of zero-width marks
// alone is empty for Telegram.
func visible(r rune) bool {
	return !unicode.IsSpace(r) && (r < 0x200b || r > 0x200f)
}

// split cuts a person's long text into messages, as chat clients do.
func split(text string) []string {
	var parts []string
	n, start := 0, 0
	for i, r := range text {
		if n+units(r) > maxText {
			parts = append(parts, text[start:i])
			n, start = 0, i
		}
		n += units(r)
	}
	return append(parts, text[start:])
}
