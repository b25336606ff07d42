// Package text holds every sentence that a person sees: one catalogue of
// Chinese texts, keyed by name, and the one way in which dates, numbers and
// what people typed are written into them.
//
// A text is looked up by a literal key and filled with named values:
//
//	text.T("submit.note-ask", text.A{"task": title, "due": date})
//
// T gives HTML for a message: a string among the values is taken for something
// a person wrote and is escaped, so that no call site can forget it. Plain
// gives bare text for buttons and toasts. The tests read the source of package
// bot and fail on an unknown key, an unused one, or arguments that do not fit.
package text

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/shopspring/decimal"

	"paogai/scoring"
)

// HTML is text that is safe to send with Telegram's parse mode HTML. As a
// value of another text it is inserted as it is.
type HTML string

// A holds the values of a text, by the name of their place in it.
type A map[string]any

// T returns the text of a key as HTML.
func T(key string, args ...A) HTML { return HTML(fill(key, args, Show)) }

// Plain returns the text of a key for places that know no markup: buttons,
// toasts, the command menu.
func Plain(key string, args ...A) string {
	return fill(key, args, func(v any) string { return Strip(Show(v)) })
}

// Has tells whether the catalogue has a text of that key: for the texts whose
// key is made of a code, as those of refusals are.
func Has(key string) bool {
	_, ok := catalogue[key]
	return ok
}

// Places returns the names of the places that a text has to be filled at.
func Places(key string) []string {
	var names []string
	for _, p := range catalogue[key] {
		if p.place != "" {
			names = append(names, p.place)
		}
	}
	return names
}

func fill(key string, args []A, show func(any) string) string {
	parts, ok := catalogue[key]
	if !ok {
		return "〔" + key + "〕" // a gap shows itself; the tests find it first
	}
	var b strings.Builder
	for _, p := range parts {
		if p.place == "" {
			b.WriteString(p.words)
			continue
		}
		v, ok := lookup(args, p.place)
		if !ok {
			b.WriteString("〔" + p.place + "〕")
			continue
		}
		b.WriteString(show(v))
	}
	return b.String()
}

func lookup(args []A, name string) (any, bool) {
	for _, a := range args {
		if v, ok := a[name]; ok {
			return v, true
		}
	}
	return nil, false
}

// Show writes a value the way it is written everywhere, as HTML.
func Show(v any) string {
	switch v := v.(type) {
	case HTML:
		return string(v)
	case string:
		return string(Escape(v))
	case int:
		return strconv.Itoa(v)
	case int64:
		return strconv.FormatInt(v, 10)
	case scoring.Date:
		return Date(v)
	case time.Time:
		return Moment(v)
	case decimal.Decimal:
		return Points(v)
	case fmt.Stringer:
		return string(Escape(v.String()))
	}
	return string(Escape(fmt.Sprint(v)))
}

// Join puts parts together with a separator between them, leaving out empty ones.
func Join(sep string, parts ...HTML) HTML {
	kept := make([]string, 0, len(parts))
	for _, p := range parts {
		if p != "" {
			kept = append(kept, string(p))
		}
	}
	return HTML(strings.Join(kept, sep))
}
