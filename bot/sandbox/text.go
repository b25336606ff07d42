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
	f := formatted{text: raw.text}
	switch strings.ToLower(raw.mode) {
	case "":
		if raw.entities != "" {
			if err := json.Unmarshal([]byte(raw.entities), &f.entities); err != nil {
				return f, badRequest("can't parse entities JSON object")
			}
			sortEntities(f.entities)
		}
	case "html":
		var err error
		if f.text, f.entities, err = parseHTML(raw.text); err != nil {
			return f, badRequest("can't parse entities: %v", err)
		}
	case "markdown", "markdownv2":
		return f, badRequest("can't parse entities: the sandbox reads HTML only")
	default:
		return f, badRequest("unsupported parse_mode")
	}
	f = f.trim()
	f.entities = withDetected(f.text, f.entities)
	return f, nil
}

// trim cuts the space round the text and fits the entities to what is left.
func (f formatted) trim() formatted {
	text := f.text
	if strings.Contains(text, "\r") {
		text = strings.ReplaceAll(text, "\r", "")
	}
	left := strings.TrimLeftFunc(text, unicode.IsSpace)
	cut := utf16Len(text[:len(text)-len(left)])
	text = strings.TrimRightFunc(left, unicode.IsSpace)
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
	case f.text == "":
		return badRequest("text must be non-empty")
	case utf16Len(f.text) > maxText:
		return badRequest("message is too long")
	}
	return nil
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
