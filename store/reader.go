package store

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"math/bits"
	"reflect"
	"strings"
	"unicode/utf8"

	"github.com/go-json-experiment/json/jsontext"
)

// lineReader reads lines of the public form, each in one pass over the tokens.
// It is strict where encoding/json is kind: a name in another case is unknown,
// and unknown, repeated and missing fields and nulls are faults, each named. It
// is used again for line after line, by one goroutine at a time.
type lineReader struct {
	dec  *jsontext.Decoder
	src  bytes.Buffer
	line []byte
	torn error // the line is broken as a text: whatever was being read, that is the fault
	seen texts
}

func newLineReader() *lineReader { return &lineReader{dec: jsontext.NewDecoder(bytes.NewReader(nil))} }

// begin starts on a line, which must stay unchanged until the reader is done.
func (r *lineReader) begin(line []byte) {
	r.line, r.src, r.torn = line, *bytes.NewBuffer(line), nil
	// Repeated names are found here, where they can be told by their path.
	r.dec.Reset(&r.src, jsontext.AllowDuplicateNames(true))
}

// end makes sure that nothing follows.
func (r *lineReader) end() error {
	if _, err := r.dec.ReadToken(); !errors.Is(err, io.EOF) {
		if err == nil {
			err = errors.New("more follows after its end")
		}
		return r.notJSON(err)
	}
	return nil
}

// notJSON says that the line is broken as a text.
func (r *lineReader) notJSON(err error) error {
	if r.torn != nil {
		return r.torn
	}
	if !utf8.Valid(r.line) {
		r.torn = errors.New("the line is not UTF-8 text")
		return r.torn
	}
	where := ""
	var broken *jsontext.SyntacticError
	if errors.As(err, &broken) {
		where, err = fmt.Sprintf(" after byte %d", broken.ByteOffset), broken.Err
	}
	r.torn = fmt.Errorf("the line is not one JSON object: %w%s", err, where)
	return r.torn
}

// value reads the next value as it stands: a scalar, or something whole.
func (r *lineReader) value() ([]byte, error) {
	raw, err := r.dec.ReadValue()
	if err != nil {
		return nil, r.notJSON(err)
	}
	return raw, nil
}

// enter reads the { or [ of an object or a list.
func (r *lineReader) enter(kind jsontext.Kind) error {
	if r.dec.PeekKind() == kind {
		return r.leave()
	}
	raw, err := r.value()
	if err != nil {
		return err
	}
	return r.mistyped(raw)
}

// leave reads the bracket that was seen coming.
func (r *lineReader) leave() error {
	if _, err := r.dec.ReadToken(); err != nil {
		return r.notJSON(err)
	}
	return nil
}

// more reports whether another member or element follows in what was entered,
// and otherwise leaves it.
func (r *lineReader) more(closing jsontext.Kind) (bool, error) {
	if r.dec.PeekKind() != closing {
		return true, nil
	}
	return false, r.leave()
}

// text reads a string.
func (r *lineReader) text() (string, error) {
	raw, err := r.value()
	if err != nil {
		return "", err
	}
	if raw[0] != '"' {
		return "", r.mistyped(raw)
	}
	return r.unquoted(raw)
}

// unquoted is what a valid JSON string says.
func (r *lineReader) unquoted(raw []byte) (string, error) {
	if bytes.IndexByte(raw, '\\') < 0 {
		return r.seen.text(raw[1 : len(raw)-1]), nil
	}
	plain, err := jsontext.AppendUnquote(nil, raw)
	if err != nil {
		return "", r.notJSON(err)
	}
	return string(plain), nil
}

// mistyped says that a value is not of its field's type.
func (r *lineReader) mistyped(raw []byte) error {
	kind := "number"
	switch raw[0] {
	case 'n':
		return r.fieldFault("is null")
	case '"':
		kind = "string"
	case '{':
		kind = "object"
	case '[':
		kind = "array"
	case 't', 'f':
		kind = "bool"
	}
	return r.fieldFault("cannot hold a JSON " + kind)
}

// fieldFault names the field that was read last.
func (r *lineReader) fieldFault(what string) error { return fmt.Errorf("field %q %s", r.path(), what) }

// path is where the last name or value stands: in its event, if it is in one,
// as in "units[0].name".
func (r *lineReader) path() string {
	var path strings.Builder
	depth := 0
	for token := range r.dec.StackPointer().Tokens() {
		depth++
		kind, _ := r.dec.StackIndex(depth)
		switch {
		case depth == 2 && kind == '[': // an event, whose number the caller tells
			path.Reset()
		case kind == '[':
			fmt.Fprintf(&path, "[%s]", token)
		case path.Len() > 0:
			path.WriteString("." + short(token))
		default:
			path.WriteString(short(token))
		}
	}
	return path.String()
}

// fields are those of one kind of object.
type fields struct {
	names    []string
	required uint64 // a bit for each
}

// find is where a name stands; after is where the last one did, since members
// mostly come in the order in which they are written.
func (f *fields) find(name []byte, after int) int {
	if next := after + 1; next < len(f.names) && f.names[next] == string(name) {
		return next
	}
	for i, known := range f.names {
		if known == string(name) {
			return i
		}
	}
	return -1
}

// members walks an object that was entered.
type members struct {
	of   *fields
	last int
	seen uint64
}

func (f *fields) walk() members { return members{of: f, last: -1} }

// next reads the name of the next member and returns which field it is, and
// -1 at the end, where none may be missing.
func (m *members) next(r *lineReader) (int, error) {
	if r.dec.PeekKind() == '}' {
		if missing := m.of.required &^ m.seen; missing != 0 {
			return -1, m.missing(r, m.of.names[bits.TrailingZeros64(missing)])
		}
		return -1, r.leave()
	}
	raw, err := r.value()
	if err != nil {
		return -1, err
	}
	name := raw[1 : len(raw)-1]
	if bytes.IndexByte(name, '\\') >= 0 {
		if name, err = jsontext.AppendUnquote(nil, raw); err != nil {
			return -1, r.notJSON(err)
		}
	}
	i := m.of.find(name, m.last)
	switch {
	case i < 0:
		return -1, fmt.Errorf("unknown field %q", r.path())
	case m.seen&(1<<i) != 0:
		return -1, r.fieldFault("stands twice")
	}
	m.last, m.seen = i, m.seen|1<<i
	return i, nil
}

// missing names a field that is not there, by the object that was just left.
func (m *members) missing(r *lineReader, name string) error {
	empty := m.seen == 0
	if err := r.leave(); err != nil {
		return err
	}
	path := r.path()
	if empty && path == "" || path == "" {
		return fmt.Errorf("field %q is missing", name)
	}
	return fmt.Errorf("field %q is missing", path+"."+name)
}

// texts remembers texts that were read lately, so that names which stand in
// every other line are kept in memory once.
type texts [256]string

func (t *texts) text(b []byte) string {
	if len(b) == 0 {
		return ""
	}
	if len(b) > 64 {
		return string(b)
	}
	// Enough of a hash for a table whose misses only cost a copy.
	h := uint(len(b))
	for _, c := range b[max(0, len(b)-8):] {
		h = h*31 + uint(c)
	}
	slot := &t[(h^h>>8)%uint(len(t))]
	if *slot != string(b) {
		*slot = string(b)
	}
	return *slot
}

// reads is how the value of one Go type is read into v.
type reads func(r *lineReader, v reflect.Value) error
