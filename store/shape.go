package store

import (
	"encoding"
	"encoding/json"
	"fmt"
	"reflect"
	"strconv"
	"strings"
)

// readsOf derives how a type is read: fields by the names in their json tags,
// required unless marked omitempty or omitzero.
func readsOf(t reflect.Type) reads {
	p := reflect.PointerTo(t)
	switch {
	case t == reflect.TypeFor[ID]():
		return readID
	case p.Implements(reflect.TypeFor[json.Unmarshaler]()):
		return readBySelf
	case p.Implements(reflect.TypeFor[encoding.TextUnmarshaler]()):
		return readTextBySelf
	}
	switch t.Kind() {
	case reflect.Pointer:
		return readPointer(readsOf(t.Elem()))
	case reflect.Slice:
		return readList(readsOf(t.Elem()))
	case reflect.Map:
		return readMap(t, readsOf(t.Elem()))
	case reflect.Struct:
		return shapeOf(t).read
	case reflect.String:
		return readString
	case reflect.Bool:
		return readBool
	case reflect.Int, reflect.Int64:
		return readInt
	}
	panic(fmt.Sprintf("store: a field of an event cannot be of type %s", t)) // at start: the table of types is wrong
}

// shape is how an object is read into a struct.
type shape struct {
	fields
	reads []reads
	place []int // of the field in the struct, -1 for the name of an event's type
}

func shapeOf(t reflect.Type) *shape {
	s := &shape{}
	for f := range t.Fields() {
		name, options, _ := strings.Cut(f.Tag.Get("json"), ",")
		s.add(name, f.Index[0], readsOf(f.Type))
		if !strings.Contains(options, "omit") {
			s.required |= 1 << (len(s.names) - 1)
		}
	}
	return s
}

func (s *shape) add(name string, place int, read reads) {
	s.names = append(s.names, name)
	s.place = append(s.place, place)
	s.reads = append(s.reads, read)
}

func (s *shape) read(r *lineReader, v reflect.Value) error {
	if err := r.enter('{'); err != nil {
		return err
	}
	for m := s.walk(); ; {
		i, err := m.next(r)
		if err != nil || i < 0 {
			return err
		}
		field := reflect.Value{}
		if s.place[i] >= 0 {
			field = v.Field(s.place[i])
		}
		if err := s.reads[i](r, field); err != nil {
			return err
		}
	}
}

func readString(r *lineReader, v reflect.Value) error {
	s, err := r.text()
	if err == nil {
		v.SetString(s)
	}
	return err
}

// readID reads "17" and 17 alike.
func readID(r *lineReader, v reflect.Value) error {
	raw, err := r.value()
	if err != nil {
		return err
	}
	var s string
	switch {
	case raw[0] == '"':
		s, err = r.unquoted(raw)
	case allDigits(raw):
		s = r.seen.text(raw)
	case raw[0] == 'n':
		return r.mistyped(raw)
	default:
		return r.fieldFault("must be a string or a whole number, not " + short(string(raw)))
	}
	v.SetString(s)
	return err
}

func allDigits(raw []byte) bool {
	for _, c := range raw {
		if c < '0' || c > '9' {
			return false
		}
	}
	return true
}

func readBool(r *lineReader, v reflect.Value) error {
	raw, err := r.value()
	if err != nil {
		return err
	}
	if raw[0] != 't' && raw[0] != 'f' {
		return r.mistyped(raw)
	}
	v.SetBool(raw[0] == 't')
	return nil
}

func readInt(r *lineReader, v reflect.Value) error {
	raw, err := r.value()
	if err != nil {
		return err
	}
	n, err := strconv.ParseInt(string(raw), 10, v.Type().Bits())
	if err != nil {
		return r.mistyped(raw)
	}
	v.SetInt(n)
	return nil
}

func readPointer(read reads) reads {
	return func(r *lineReader, v reflect.Value) error {
		v.Set(reflect.New(v.Type().Elem()))
		return read(r, v.Elem())
	}
}

// readList reads a list; null is an empty one.
func readList(read reads) reads {
	return func(r *lineReader, v reflect.Value) error {
		if r.dec.PeekKind() == 'n' {
			_, err := r.value()
			return err
		}
		if err := r.enter('['); err != nil {
			return err
		}
		for n := 0; ; n++ {
			more, err := r.more(']')
			if err != nil {
				return err
			}
			if !more {
				if n == 0 {
					v.Set(reflect.MakeSlice(v.Type(), 0, 0))
				}
				return nil
			}
			v.Grow(1)
			v.SetLen(n + 1)
			if err := read(r, v.Index(n)); err != nil {
				return err
			}
		}
	}
}

// readMap reads an object whose names are data, each only once.
func readMap(t reflect.Type, read reads) reads {
	return func(r *lineReader, v reflect.Value) error {
		if err := r.enter('{'); err != nil {
			return err
		}
		v.Set(reflect.MakeMap(t))
		for {
			more, err := r.more('}')
			if err != nil || !more {
				return err
			}
			name, err := r.text()
			if err != nil {
				return err
			}
			key, value := reflect.ValueOf(name), reflect.New(t.Elem()).Elem()
			if v.MapIndex(key).IsValid() {
				return r.fieldFault("stands twice")
			}
			if err := read(r, value); err != nil {
				return err
			}
			v.SetMapIndex(key, value)
		}
	}
}

func readBySelf(r *lineReader, v reflect.Value) error {
	raw, err := r.value()
	if err != nil {
		return err
	}
	if raw[0] == 'n' {
		return r.mistyped(raw)
	}
	self, _ := v.Addr().Interface().(json.Unmarshaler)
	if err := self.UnmarshalJSON(raw); err != nil {
		return fmt.Errorf("field %q: %w", r.path(), err)
	}
	return nil
}

func readTextBySelf(r *lineReader, v reflect.Value) error {
	s, err := r.text()
	if err != nil {
		return err
	}
	self, _ := v.Addr().Interface().(encoding.TextUnmarshaler)
	if err := self.UnmarshalText([]byte(s)); err != nil {
		return fmt.Errorf("field %q: %w", r.path(), err)
	}
	return nil
}
