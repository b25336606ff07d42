package store

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"strconv"
	"time"

	"paogai/scoring"
)

// Bounds of one entry.
const (
	// MaxLine is the most bytes that the line of one entry may have.
	MaxLine = 8 << 20
	// MaxEvents is the most events that one entry may hold.
	MaxEvents = 20_000
)

// Entry is one atomic act in the journal: numbered from 1 without gaps, with
// one or more events that happen together or not at all.
type Entry struct {
	Seq    uint64
	At     time.Time // when it was recorded; never before the entry above
	By     string    // "tg:<user id>", "office:<name>" or "system"
	Cause  string    // optional: what brought it about, so that a repeat changes nothing
	Events []Event
}

// Event is one typed fact inside an entry. Its JSON is the public form of the
// journal, where "type" names it.
type Event interface {
	// Type is the name in the public form, like "submission.filed".
	Type() string
	// apply checks the event against the record and changes it. On an error
	// nothing is changed; otherwise undo takes the change back.
	apply(r *Record, m scoring.Mark) (undo func(), err error)
}

type wireEntry struct {
	Seq    uint64            `json:"seq"`
	At     Moment            `json:"at"`
	By     string            `json:"by"`
	Cause  string            `json:"cause,omitempty"`
	Events []json.RawMessage `json:"events"`
}

// MarshalLine writes the entry as one line of the public form, without a line
// feed. Equal entries give equal bytes.
func (e Entry) MarshalLine() ([]byte, error) {
	w := wireEntry{Seq: e.Seq, At: Moment{e.At}, By: e.By, Cause: e.Cause}
	for i, event := range e.Events {
		raw, err := marshalEvent(event)
		if err != nil {
			return nil, fmt.Errorf("store: event %d of entry %d: %w", i+1, e.Seq, err)
		}
		w.Events = append(w.Events, raw)
	}
	line, err := marshal(w)
	if err != nil {
		return nil, fmt.Errorf("store: entry %d: %w", e.Seq, err)
	}
	if len(line) > MaxLine || len(e.Events) > MaxEvents {
		return nil, fmt.Errorf("store: entry %d is too big: %d bytes, %d events", e.Seq, len(line), len(e.Events))
	}
	return line, nil
}

// ParseLine reads one line of the public form. It refuses unknown event types,
// unknown, missing and repeated fields, and names them.
func ParseLine(line []byte) (Entry, error) { return newLineReader().entry(line) }

//nolint:gochecknoglobals // read only
var entryFields = fields{names: []string{"seq", "at", "by", "cause", "events"}, required: 1<<0 | 1<<1 | 1<<2 | 1<<4}

// entry reads one line.
func (r *lineReader) entry(line []byte) (Entry, error) {
	if len(line) > MaxLine {
		return Entry{}, fmt.Errorf("the line is longer than %d bytes", MaxLine)
	}
	r.begin(line)
	if kind := r.dec.PeekKind(); kind != '{' && kind > 0 {
		return Entry{}, errors.New("the line is not a JSON object")
	}
	var e Entry
	err := r.enter('{')
	for m := entryFields.walk(); err == nil; {
		var i int
		if i, err = m.next(r); err != nil || i < 0 {
			break
		}
		err = r.member(&e, i)
	}
	if err == nil {
		err = r.end()
	}
	if err == nil {
		err = e.checkHead()
	}
	switch {
	case r.torn != nil:
		return Entry{}, r.torn
	case err != nil:
		return Entry{}, err
	}
	return e, nil
}

// member reads the value of one of entryFields.
func (r *lineReader) member(e *Entry, i int) (err error) {
	switch i {
	case 0:
		return r.seq(&e.Seq)
	case 1:
		return r.moment(&e.At)
	case 2:
		e.By, err = r.text()
	case 3:
		e.Cause, err = r.text()
	case 4:
		e.Events, err = r.events()
	}
	return err
}

func (r *lineReader) seq(seq *uint64) error {
	raw, err := r.value()
	if err != nil {
		return err
	}
	if *seq, err = strconv.ParseUint(string(raw), 10, 64); err != nil {
		return r.mistyped(raw)
	}
	return nil
}

func (r *lineReader) moment(at *time.Time) error {
	raw, err := r.value()
	if err != nil {
		return err
	}
	var m Moment
	if err := m.UnmarshalJSON(raw); err != nil {
		return fmt.Errorf("field %q: %w", r.path(), err)
	}
	*at = m.Time
	return nil
}

// events reads the list of events; null is an empty one.
func (r *lineReader) events() ([]Event, error) {
	if r.dec.PeekKind() == 'n' {
		_, err := r.value()
		return nil, err
	}
	if err := r.enter('['); err != nil {
		return nil, err
	}
	events := make([]Event, 0, 2) // mostly what was done, and a notice of it
	for {
		more, err := r.more(']')
		if err != nil || !more {
			return events, err
		}
		event, err := r.event()
		if err != nil {
			return nil, fmt.Errorf("event %d: %w", len(events)+1, err)
		}
		if events = append(events, event); len(events) > MaxEvents {
			return nil, fmt.Errorf("events holds more than %d events", MaxEvents)
		}
	}
}

func (e Entry) checkHead() error {
	switch {
	case e.Seq == 0:
		return errors.New("seq must be a whole number from 1")
	case e.At.IsZero():
		return errors.New("at must be a time like 2018-04-28T16:20:05+08:00")
	case !validBy(e.By):
		return fmt.Errorf("by is %q; it must be tg:<user id>, office:<name> or system", short(e.By))
	case len(e.Cause) > maxCause:
		return fmt.Errorf("cause is longer than %d bytes", maxCause)
	case len(e.Events) == 0:
		return errors.New("events is empty; an entry holds at least one event")
	}
	return nil
}

func marshalEvent(event Event) ([]byte, error) {
	if event == nil {
		return nil, errors.New("no event")
	}
	body, err := marshal(event)
	if err != nil {
		return nil, err
	}
	head := `{"type":"` + event.Type() + `"`
	if string(body) == "{}" {
		return []byte(head + "}"), nil
	}
	return append([]byte(head+","), body[1:]...), nil
}

// marshal is json.Marshal without the escapes meant for HTML.
func marshal(v any) ([]byte, error) {
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(v); err != nil {
		return nil, fault(err)
	}
	return bytes.TrimSuffix(b.Bytes(), []byte("\n")), nil
}
