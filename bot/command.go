package bot

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// typed is a command as somebody wrote it.
type typed struct {
	Name string // lower case, without slash and bot name
	To   string // the bot it was addressed to, lower case, "" if none
	Args string // the rest, trimmed
	Lead bool   // words stand before it
}

// parseCommand finds the first command in a text. It looks at the characters
// alone and not at Telegram's entities, whose offsets count UTF-16 units and
// which miss what follows Chinese text: a slash (also ／) that does not stand
// behind a Latin letter, a digit or a part of a path, then 1 to 32 of a–z, 0–9
// and _, perhaps @ and a bot, and then anything that cannot go on a name.
// So neither 2018/8/31 nor https://example.org/rank is a command.
func parseCommand(text string) (typed, bool) {
	before := ' '
	for i, r := range text {
		if (r == '/' || r == '／') && !joinsName(before) {
			if c, ok := commandAt(text[i+utf8.RuneLen(r):]); ok {
				c.Lead = strings.TrimFunc(text[:i], decoration) != ""
				return c, true
			}
		}
		before = r
	}
	return typed{}, false
}

// commandAt reads a command whose slash has been read.
func commandAt(s string) (typed, bool) {
	name, rest := cutName(s)
	if !commandName(name) {
		return typed{}, false
	}
	c := typed{Name: strings.ToLower(name)}
	if after, ok := strings.CutPrefix(rest, "@"); ok {
		c.To, rest = cutName(after)
		c.To = strings.ToLower(c.To)
	}
	if next, _ := utf8.DecodeRuneInString(rest); rest != "" && (joinsName(next) || next == '@') {
		return typed{}, false
	}
	c.Args = trimInvisible(rest)
	return c, true
}

func cutName(s string) (name, rest string) {
	end := strings.IndexFunc(s, func(r rune) bool { return !nameRune(r) })
	if end < 0 {
		end = len(s)
	}
	return s[:end], s[end:]
}

// commandName tells whether Telegram would take s for a command's name.
func commandName(s string) bool {
	const longest = 32
	return s != "" && len(s) <= longest && strings.IndexFunc(s, func(r rune) bool { return !nameRune(r) }) < 0
}

func nameRune(r rune) bool {
	return r == '_' || '0' <= r && r <= '9' || 'a' <= r && r <= 'z' || 'A' <= r && r <= 'Z'
}

// joinsName tells whether a character beside a slash makes it part of an
// address, a path, a date or a fraction.
func joinsName(r rune) bool {
	return nameRune(r) || strings.ContainsRune("/／:.-~%?=&#+\\<", r)
}

// decoration is what may stand before a command without being words: blanks,
// invisible characters, punctuation and symbols such as emoji.
func decoration(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) }

// trimInvisible cuts blanks and characters without a width from both ends.
func trimInvisible(s string) string {
	return strings.TrimFunc(s, func(r rune) bool {
		return unicode.IsSpace(r) || unicode.Is(unicode.Cf, r) || r == '\uFE0F'
	})
}

// parseWord splits "排名 3" into a Chinese word of the table and its arguments.
func parseWord(text string) (word, args string) {
	text = trimInvisible(text)
	if i := strings.IndexFunc(text, unicode.IsSpace); i >= 0 {
		return foldWord(text[:i]), trimInvisible(text[i:])
	}
	return foldWord(text), ""
}

// foldWord makes one word of its ways to be written: quotes, marks and emoji
// at its ends do not count, nor does the case.
func foldWord(s string) string {
	return strings.ToLower(strings.TrimFunc(s, decoration))
}

// cutMention takes "@ourname" from the beginning of a text.
func cutMention(text, username string) (rest string, ok bool) {
	text = trimInvisible(text)
	after, ok := strings.CutPrefix(text, "@")
	if !ok {
		return text, false
	}
	name, rest := cutName(after)
	if username == "" || !strings.EqualFold(name, username) {
		return text, false
	}
	return trimInvisible(rest), true
}

// understand tells what a written text is: it fills Kind, Command, Args and
// Text, and reports false for what is not meant for us.
func (r *router) understand(t *Turn, text, username string) bool {
	t.Kind, t.Text = KindText, text
	text, addressed := cutMention(text, username)
	if c, ok := parseCommand(text); ok {
		switch known := r.commands[c.Name]; {
		case c.To != "" && !strings.EqualFold(c.To, username):
			return false
		case c.Lead && (known == nil || t.Talk.Active()):
			// A sentence that happens to have a slash in it.
		case known != nil:
			t.Kind, t.Command, t.Args = KindCommand, known.Names[0], c.Args
			return true
		default:
			t.Kind, t.Command, t.Args = KindCommand, c.Name, c.Args
			return true
		}
	}
	if t.Private || addressed {
		word, args := parseWord(text)
		if c := r.words[word]; c != nil && (c.Always || !t.Talk.Active()) {
			t.Kind, t.Command, t.Args = KindCommand, c.Names[0], args
		}
	}
	return true
}
