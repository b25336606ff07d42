package bot

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode"

	pinyin "github.com/mozillazg/go-pinyin"

	"paogai/scoring"
)

// findNodes picks the nodes that a person may mean: by the number of the task
// (70, 第70项, 34-2 for its second node), by words of its title, by the
// initials or the full pinyin of it. The order of nodes is kept.
func findNodes(nodes []scoring.NodeState, query string) []scoring.NodeState {
	query = foldQuery(query)
	if task, milestone, ok := taskNumber(query); ok {
		return slices.DeleteFunc(slices.Clone(nodes), func(n scoring.NodeState) bool {
			return n.Node.Task != task || milestone > 0 && n.Node.Milestone != milestone
		})
	}
	best, found := matchNone, []scoring.NodeState(nil)
	for _, n := range nodes {
		m := max(matchName(n.Task.Text, query), matchWords(n.Task.Topic+n.Task.Text+n.Label, query))
		if m > best {
			best, found = m, nil
		}
		if m == best && m > matchNone {
			found = append(found, n)
		}
	}
	return found
}

var taskNumbers = regexp.MustCompile(`^(?:第|任务|序号|#)?\s*(\d{1,4})\s*(?:项|号|项任务)?(?:\s*[-.]\s*(\d{1,2}))?$`)

// taskNumber reads a task's number, and that of a node where one follows.
func taskNumber(query string) (task string, milestone int, ok bool) {
	m := taskNumbers.FindStringSubmatch(query)
	if m == nil {
		return "", 0, false
	}
	milestone, _ = strconv.Atoi(m[2])
	return strings.TrimLeft(m[1], "0"), milestone, true
}

// findUnits picks the units that a person may mean: by full or short name, by
// another name that the scheme knows, by initials or pinyin, by characters.
func findUnits(f *scoring.Facts, query string) []string {
	query = foldQuery(query)
	if query == "" {
		return nil
	}
	if u, ok := f.Scheme.Unit(query); ok && f.Unit(u.Name) != nil {
		return []string{u.Name}
	}
	best, found := matchNone, []string(nil)
	for _, u := range f.Units {
		m := matchUnit(f.Scheme, u.Name, query)
		if m > best {
			best, found = m, nil
		}
		if m == best && m > matchNone {
			found = append(found, u.Name)
		}
	}
	return found
}

func matchUnit(s *scoring.Scheme, name, query string) int {
	names := []string{name, strings.TrimPrefix(name, "市")}
	if u, ok := s.Unit(name); ok {
		names = append(names, u.Aliases...)
	}
	best := matchNone
	for _, n := range names {
		best = max(best, matchName(n, query))
	}
	return best
}

// How well a query fits, the best fit being the highest.
const (
	matchNone    = iota
	matchSparse  // its characters are there, in order
	matchWithin  // it is a part
	matchExactly // it is the whole
)

// matchName compares a query with a name, by characters or by pinyin.
func matchName(name, query string) int {
	if query == "" {
		return matchNone
	}
	name = foldQuery(name)
	switch {
	case name == query:
		return matchExactly
	case strings.Contains(name, query):
		return matchWithin
	case latin(query):
		return matchPinyin([]rune(name), query)
	case sparse(name, query):
		return matchSparse
	}
	return matchNone
}

// matchWords asks for every word of a query of several words.
func matchWords(name, query string) int {
	words := strings.Fields(query)
	name = foldQuery(name)
	for _, w := range words {
		if !strings.Contains(name, w) && (!latin(w) || matchPinyin([]rune(name), w) == matchNone) {
			return matchNone
		}
	}
	if len(words) == 0 {
		return matchNone
	}
	return matchWithin
}

// sparse reports whether the characters of query stand in name in their order.
func sparse(name, query string) bool {
	rest := []rune(query)
	if len(rest) < 2 {
		return false
	}
	for _, r := range name {
		if len(rest) > 0 && r == rest[0] {
			rest = rest[1:]
		}
	}
	return len(rest) == 0
}

// matchPinyin compares Latin letters with the initials of the characters, and
// with their full syllables. A character with several readings fits by each.
func matchPinyin(name []rune, query string) int {
	spoken := slices.DeleteFunc(slices.Clone(name), func(r rune) bool { return len(readings(r)) == 0 })
	best := matchNone
	for at := range spoken {
		used, ok := initialsFit(spoken[at:], query)
		if !ok && !syllablesFit(spoken[at:], query) {
			continue
		}
		if at == 0 && ok && used == len(spoken) {
			return matchExactly
		}
		best = matchWithin
	}
	return best
}

func initialsFit(name []rune, query string) (used int, ok bool) {
	if len(query) > len(name) || len(query) < 2 {
		return 0, false
	}
	for i := range len(query) {
		if !slices.ContainsFunc(readings(name[i]), func(r string) bool { return r[0] == query[i] }) {
			return 0, false
		}
	}
	return len(query), true
}

func syllablesFit(name []rune, query string) bool {
	if query == "" {
		return true
	}
	if len(name) == 0 {
		return false
	}
	return slices.ContainsFunc(readings(name[0]), func(r string) bool {
		rest, ok := strings.CutPrefix(query, r)
		return ok && syllablesFit(name[1:], rest)
	})
}

// readings are the ways a character is read, in letters without tones; a Latin
// letter or a digit reads as itself, punctuation not at all.
func readings(r rune) []string {
	if r < unicode.MaxASCII {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return []string{string(unicode.ToLower(r))}
		}
		return nil
	}
	return pinyin.SinglePinyin(r, pinyin.Args{Style: pinyin.Normal, Heteronym: true})
}

// latin reports whether a query can be pinyin.
func latin(query string) bool {
	for _, r := range query {
		if r > unicode.MaxASCII || !unicode.IsLetter(r) && !unicode.IsDigit(r) {
			return false
		}
	}
	return query != ""
}

// foldQuery writes a query one way: no space around, small letters, the wide
// forms of an input method as narrow ones, without quotation marks.
func foldQuery(s string) string {
	const wideFirst, wideLast, offset = '！', '～', '！' - '!'
	s = strings.Map(func(r rune) rune {
		switch {
		case r >= wideFirst && r <= wideLast:
			r -= offset
		case r == '\u3000':
			r = ' '
		case strings.ContainsRune("“”「」《》\"'‘’", r):
			return -1
		}
		return unicode.ToLower(r)
	}, s)
	return strings.TrimSpace(s)
}
