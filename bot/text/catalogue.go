package text

import (
	"embed"
	"fmt"
	"io/fs"
	"slices"
	"strings"
)

//go:embed zh/*.txt
var files embed.FS

// part is a run of words, or a place to be filled.
type part struct {
	words string
	place string
}

// catalogue is read once from the embedded files and never changed.
//
//nolint:gochecknoglobals // read only
var catalogue = mustRead(files)

// Keys returns the names of all texts, in order.
func Keys() []string {
	keys := make([]string, 0, len(catalogue))
	for k := range catalogue {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	return keys
}

func mustRead(fsys fs.FS) map[string][]part {
	all := map[string][]part{}
	names, err := fs.Glob(fsys, "zh/*.txt")
	for _, name := range names {
		var data []byte
		if data, err = fs.ReadFile(fsys, name); err != nil {
			break
		}
		if err = read(all, name, string(data)); err != nil {
			break
		}
	}
	if err != nil {
		panic(err) // the program was built with a broken catalogue
	}
	return all
}

// read takes in one file. A line "== key" begins a text, which runs to the
// next such line; lines beginning with "//" are remarks. Empty lines at its
// end do not count.
func read(all map[string][]part, name, data string) error {
	key := ""
	var body []string
	flush := func() error {
		if key == "" {
			return nil
		}
		if _, twice := all[key]; twice {
			return fmt.Errorf("%s: text %q twice", name, key)
		}
		words := strings.TrimRight(strings.Join(body, "\n"), "\n ")
		parts, err := split(words)
		if err != nil {
			return fmt.Errorf("%s: text %q: %w", name, key, err)
		}
		all[key] = parts
		return nil
	}
	for line := range strings.Lines(data) {
		line = strings.TrimRight(line, "\n")
		switch {
		case strings.HasPrefix(line, "//"):
		case strings.HasPrefix(line, "== "):
			if err := flush(); err != nil {
				return err
			}
			key, body = strings.TrimSpace(line[3:]), nil
		default:
			body = append(body, line)
		}
	}
	return flush()
}

// split cuts a text into words and places, {place} being a place.
func split(words string) ([]part, error) {
	if words == "" {
		return nil, fmt.Errorf("is empty")
	}
	var parts []part
	for words != "" {
		open := strings.IndexByte(words, '{')
		if open < 0 {
			return append(parts, part{words: words}), nil
		}
		end := strings.IndexByte(words[open:], '}')
		if end < 2 {
			return nil, fmt.Errorf("has a { without a name and a }")
		}
		if open > 0 {
			parts = append(parts, part{words: words[:open]})
		}
		parts = append(parts, part{place: words[open+1 : open+end]})
		words = words[open+end+1:]
	}
	return parts, nil
}
