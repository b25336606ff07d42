package sandbox

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// withDetected adds to entities what Telegram finds in a text by itself:
// /commands, @mentions, #hashtags and web addresses, outside code and links.
func withDetected(text string, entities []Entity) []Entity {
	if !strings.ContainsAny(text, "/@#") {
		return entities
	}
	before := len(entities)
	prev, offset := ' ', 0
	for i := 0; i < len(text); {
		r, size := utf8.DecodeRuneInString(text[i:])
		kind, n := detectAt(text[i:], prev)
		if n == 0 {
			prev = r
			i += size
			offset += units(r)
			continue
		}
		e := Entity{Type: kind, Offset: offset, Length: utf16Len(text[i : i+n])}
		if !covered(e, entities[:before]) {
			entities = append(entities, e)
		}
		prev, _ = utf8.DecodeLastRuneInString(text[:i+n])
		offset += e.Length
		i += n
	}
	if len(entities) > before {
		entities = slices.Clone(entities)
		sortEntities(entities)
	}
	return entities
}

// detectAt returns the entity that begins at the start of s, after prev, and
// its length in bytes.
func detectAt(s string, prev rune) (string, int) {
	switch {
	case s[0] == '/' && !wordRune(prev) && !strings.ContainsRune("/<>", prev):
		return "bot_command", commandLen(s)
	case s[0] == '@' && !wordRune(prev):
		if n := nameLen(s[1:], 32); n >= 3 {
			return "mention", n + 1
		}
	case s[0] == '#' && !wordRune(prev):
		if n := hashtagLen(s[1:]); n > 0 {
			return "hashtag", n + 1
		}
	case (s[0] == 'h' || s[0] == 'H') && !wordRune(prev):
		return "url", urlLen(s)
	}
	return "", 0
}

// commandLen is the length of /name or /name@bot at the start of s, or 0.
func commandLen(s string) int {
	n := nameLen(s[1:], 64)
	if n == 0 {
		return 0
	}
	end := n + 1
	if strings.HasPrefix(s[end:], "@") {
		if bot := nameLen(s[end+1:], 32); bot >= 3 {
			end += 1 + bot
		}
	}
	if next, _ := utf8.DecodeRuneInString(s[end:]); end < len(s) && (wordRune(next) || strings.ContainsRune("/<>", next)) {
		return 0
	}
	return end
}

// nameLen counts the letters, digits and underscores at the start of s; more
// than limit are no name.
func nameLen(s string, limit int) int {
	n := 0
	for n < len(s) && (isAlnum(s[n]) || s[n] == '_') {
		n++
	}
	if n > limit {
		return 0
	}
	return n
}

func hashtagLen(s string) int {
	letters := false
	for i, r := range s {
		if !wordRune(r) {
			if letters {
				return i
			}
			return 0
		}
		letters = letters || !unicode.IsDigit(r)
	}
	if letters {
		return len(s)
	}
	return 0
}

func urlLen(s string) int {
	lower := strings.ToLower(s[:min(len(s), 8)])
	scheme := 0
	for _, p := range []string{"http://", "https://"} {
		if strings.HasPrefix(lower, p) {
			scheme = len(p)
		}
	}
	if scheme == 0 {
		return 0
	}
	end := strings.IndexFunc(s, func(r rune) bool {
		return unicode.IsSpace(r) || strings.ContainsRune("<>\"'，。；）】》、", r)
	})
	if end < 0 {
		end = len(s)
	}
	end = len(strings.TrimRight(s[:end], ".,;:!?)"))
	if end <= scheme || !validLink(s[:end]) {
		return 0
	}
	return end
}

func covered(e Entity, by []Entity) bool {
	for _, b := range by {
		opaque := b.Type == "code" || b.Type == "pre" || b.Type == "text_link"
		if opaque && e.Offset < b.Offset+b.Length && b.Offset < e.Offset+e.Length {
			return true
		}
	}
	return false
}

func wordRune(r rune) bool {
	return r == '_' || unicode.IsLetter(r) || unicode.IsDigit(r)
}
