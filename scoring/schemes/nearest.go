package schemes

import (
	"bytes"
	"fmt"
	"maps"
	"slices"
	"strings"
)

// meant names the known key that an unknown one was probably meant to be, or all of them
// if none is near.
func meant(key string, known fields) string {
	keys := slices.Sorted(maps.Keys(known))
	best, least := "", 0
	for _, k := range keys {
		if d := distance(key, k); best == "" || d < least {
			best, least = k, d
		}
	}
	if least <= max(1, len(best)/2) {
		return fmt.Sprintf("; did you mean %q?", best)
	}
	return "; it may have " + strings.Join(keys, ", ")
}

// distance is how many letters must be put in, taken out or changed to make b of a. Only
// the first 40 bytes count.
func distance(a, b string) int {
	a, b = a[:min(len(a), 40)], b[:min(len(b), 40)]
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range len(a) {
		corner := row[0]
		row[0] = i + 1
		for j := range len(b) {
			changed := corner
			if a[i] != b[j] {
				changed++
			}
			corner = row[j+1]
			row[j+1] = min(changed, row[j]+1, row[j+1]+1)
		}
	}
	return row[len(b)]
}

// tabs reports every line that is indented with a tab, which YAML does not allow.
func (r *reader) tabs(data []byte) {
	num, found := 0, 0
	for line := range bytes.Lines(data) {
		num++
		if rest := bytes.TrimLeft(line, " "); len(rest) > 0 && rest[0] == '\t' && len(bytes.TrimSpace(rest)) > 0 {
			r.fault(num, "the line is indented with a tab; use blanks")
			if found++; found == 100 {
				return
			}
		}
	}
}
