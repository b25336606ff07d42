package store

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"time"
	"unicode/utf8"

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
func ParseLine(line []byte) (Entry, error) {
	if len(line) > MaxLine {
		return Entry{}, fmt.Errorf("the line is longer than %d bytes", MaxLine)
	}
	if !utf8.Valid(line) {
		return Entry{}, errors.New("the line is not UTF-8 text")
	}
	if !json.Valid(line) {
		return Entry{}, errors.New("the line is not one JSON object: " + syntaxFault(line))
	}
	if err := entryShape.check("", line); err != nil {
		return Entry{}, err
	}
	var w wireEntry
	if err := json.Unmarshal(line, &w); err != nil {
		return Entry{}, plainFault(err)
	}
	e := Entry{Seq: w.Seq, At: w.At.Time, By: w.By, Cause: w.Cause}
	if err := e.checkHead(len(w.Events)); err != nil {
		return Entry{}, err
	}
	e.Events = make([]Event, 0, len(w.Events))
	for i, raw := range w.Events {
		event, err := parseEvent(raw)
		if err != nil {
			return Entry{}, fmt.Errorf("event %d: %w", i+1, err)
		}
		e.Events = append(e.Events, event)
	}
	return e, nil
}

func (e Entry) checkHead(events int) error {
	switch {
	case e.Seq == 0:
		return errors.New("seq must be a whole number from 1")
	case e.At.IsZero():
		return errors.New("at must be a time like 2018-04-28T16:20:05+08:00")
	case !validBy(e.By):
		return fmt.Errorf("by is %q; it must be tg:<user id>, office:<name> or system", short(e.By))
	case len(e.Cause) > maxCause:
		return fmt.Errorf("cause is longer than %d bytes", maxCause)
	case events == 0:
		return errors.New("events is empty; an entry holds at least one event")
	case events > MaxEvents:
		return fmt.Errorf("events holds %d events, more than %d", events, MaxEvents)
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

func parseEvent(raw []byte) (Event, error) {
	var named struct {
		Type *string `json:"type"`
	}
	if err := json.Unmarshal(raw, &named); err != nil {
		return nil, plainFault(err)
	}
	if named.Type == nil {
		return nil, errors.New("it has no type")
	}
	kind, known := eventTypes[*named.Type]
	if !known {
		return nil, fmt.Errorf("unknown event type %q", short(*named.Type))
	}
	if err := kind.shape.check("", raw); err != nil {
		return nil, fmt.Errorf("%s: %w", *named.Type, err)
	}
	event, err := kind.decode(raw)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", *named.Type, plainFault(err))
	}
	return event, nil
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

func syntaxFault(line []byte) string {
	var v json.RawMessage
	if err := json.Unmarshal(line, &v); err != nil {
		return err.Error()
	}
	return "invalid"
}

// plainFault says in plain words what encoding/json found wrong.
func plainFault(err error) error {
	var mistyped *json.UnmarshalTypeError
	if errors.As(err, &mistyped) {
		return fmt.Errorf("field %q cannot hold a JSON %s", mistyped.Field, mistyped.Value)
	}
	return err
}
