package store

import (
	"maps"
	"slices"
	"strings"
)

// Refusal is a decision against an act or an event: nothing was changed and
// trying the same again would end the same. Code is one of the constants
// below; Args fill the sentence that a person sees.
type Refusal struct {
	Code string
	Args map[string]string
}

// Error is one English sentence that says what to do next.
func (r *Refusal) Error() string {
	sentence, known := sentences[r.Code]
	if !known {
		sentence = r.Code
	}
	for _, name := range slices.Sorted(maps.Keys(r.Args)) {
		sentence = strings.ReplaceAll(sentence, "{"+name+"}", oneLine(r.Args[name]))
	}
	return sentence
}

// refuse builds a refusal from name, value pairs.
func refuse(code string, pairs ...string) *Refusal {
	r := &Refusal{Code: code}
	for i := 0; i+1 < len(pairs); i += 2 {
		if r.Args == nil {
			r.Args = make(map[string]string, len(pairs)/2)
		}
		r.Args[pairs[i]] = pairs[i+1]
	}
	return r
}

// RefusalCodes lists every code, sorted, so that catalogues of sentences can
// be checked for gaps.
func RefusalCodes() []string { return slices.Sorted(maps.Keys(sentences)) }
