package store

import (
	"bytes"
	"encoding"
	"encoding/json"
	"fmt"
	"reflect"
	"slices"
	"strings"
)

// shape is what a JSON value may look like, derived once from a Go type.
// encoding/json alone is too kind for a journal: it matches names in any case,
// lets a repeated field win, and leaves a missing one at its zero.
type shape struct {
	fields   map[string]*shape // of an object; nil when any name goes
	required []string
	elem     *shape // of an array
	keyed    bool   // an object whose names are data, each only once
}

// shapeOf derives the shape of t: names by their json tags, required unless
// marked omitempty or omitzero. Types that read themselves are not looked into.
func shapeOf(t reflect.Type) *shape {
	p := reflect.PointerTo(t)
	switch {
	case p.Implements(reflect.TypeFor[json.Unmarshaler]()),
		p.Implements(reflect.TypeFor[encoding.TextUnmarshaler]()):
		return &shape{}
	case t.Kind() == reflect.Pointer:
		return shapeOf(t.Elem())
	case t.Kind() == reflect.Slice:
		return &shape{elem: shapeOf(t.Elem())}
	case t.Kind() == reflect.Map:
		return &shape{keyed: true}
	case t.Kind() != reflect.Struct:
		return &shape{}
	}
	s := &shape{fields: map[string]*shape{}}
	for f := range t.Fields() {
		name, options, _ := strings.Cut(f.Tag.Get("json"), ",")
		s.fields[name] = shapeOf(f.Type)
		if !strings.Contains(options, "omit") {
			s.required = append(s.required, name)
		}
	}
	return s
}

// check walks valid JSON and names the first field that is unknown, repeated
// or missing, by its path.
func (s *shape) check(path string, raw []byte) error {
	raw = bytes.TrimLeft(raw, " \t\r\n")
	switch {
	case s.elem != nil && raw[0] == '[':
		return members(raw, func(i int, _ string, value []byte) error {
			return s.elem.check(fmt.Sprintf("%s[%d]", path, i), value)
		})
	case s.fields == nil && !s.keyed:
		return nil
	case raw[0] != '{':
		if path == "" {
			return fmt.Errorf("the line is not a JSON object")
		}
		return nil // the decoder says what is wrong with it
	}
	return s.checkObject(path, raw)
}

func (s *shape) checkObject(path string, raw []byte) error {
	seen := make(map[string]bool, len(s.fields))
	err := members(raw, func(_ int, name string, value []byte) error {
		if seen[name] {
			return fmt.Errorf("field %q stands twice", join(path, name))
		}
		seen[name] = true
		if s.keyed {
			return nil
		}
		field, known := s.fields[name]
		switch {
		case !known:
			return fmt.Errorf("unknown field %q", join(path, name))
		case string(value) == "null" && field.elem == nil: // a list may be null: it is empty
			return fmt.Errorf("field %q is null", join(path, name))
		}
		return field.check(join(path, name), value)
	})
	if err != nil {
		return err
	}
	missing := slices.IndexFunc(s.required, func(name string) bool { return !seen[name] })
	if missing >= 0 {
		return fmt.Errorf("field %q is missing", join(path, s.required[missing]))
	}
	return nil
}

func join(path, name string) string {
	if path == "" {
		return short(name)
	}
	return path + "." + short(name)
}

// members calls fn for each member of a valid JSON object, or each element of
// an array (with an empty name).
func members(raw []byte, fn func(i int, name string, value []byte) error) error {
	object := raw[0] == '{'
	rest := raw[1:]
	for i := 0; ; i++ {
		rest = bytes.TrimLeft(rest, " \t\r\n,")
		if rest[0] == '}' || rest[0] == ']' {
			return nil
		}
		var name string
		if object {
			n := valueLen(rest)
			if err := json.Unmarshal(rest[:n], &name); err != nil {
				return fault(err)
			}
			rest = bytes.TrimLeft(rest[n:], " \t\r\n:")
		}
		n := valueLen(rest)
		if err := fn(i, name, rest[:n]); err != nil {
			return err
		}
		rest = rest[n:]
	}
}

// valueLen is the length of the JSON value at the start of valid JSON.
func valueLen(b []byte) int {
	depth, inString := 0, false
	for i := 0; i < len(b); i++ {
		switch c := b[i]; {
		case inString && c == '\\':
			i++
		case c == '"':
			inString = !inString
			if !inString && depth == 0 {
				return i + 1
			}
		case inString:
		case c == '{' || c == '[':
			depth++
		case c == '}' || c == ']':
			if depth == 0 {
				return i
			}
			if depth--; depth == 0 {
				return i + 1
			}
		case depth == 0 && strings.IndexByte(", \t\r\n", c) >= 0:
			return i
		}
	}
	return len(b)
}
