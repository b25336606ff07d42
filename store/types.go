package store

import (
	"bytes"
	"errors"
	"fmt"
	"reflect"
	"slices"

	"github.com/go-json-experiment/json/jsontext"
)

// eventType is how one type of event is read.
type eventType struct {
	read func(*lineReader) (Event, error)
}

// eventTypes is the table of all types of event.
//
//nolint:gochecknoglobals // a table, read only
var eventTypes = table(
	reading[CampaignOpened](),
	reading[CampaignEnded](),
	reading[SchemeAdopted](),
	reading[PlanApproved](),
	reading[MilestoneDated](),
	reading[MilestoneRuled](),
	reading[SubmissionFiled](),
	reading[SubmissionWithdrawn](),
	reading[SubmissionReturned](),
	reading[SubmissionAccepted](),
	reading[AdjustmentMade](),
	reading[AdjustmentRevoked](),
	reading[MeasurementRecorded](),
	reading[ExternalScored](),
	reading[InvitationIssued](),
	reading[InvitationTakenBack](),
	reading[PersonJoined](),
	reading[PersonRemoved](),
	reading[PersonReachable](),
	reading[ChatBound](),
	reading[ChatUnbound](),
	reading[ChatMigrated](),
	reading[TickRun](),
	reading[NoticeQueued](),
	reading[NoticeSettled](),
	reading[NoticeRead](),
)

// typeField is the name of the field that names an event's type: the first of
// every shape.
const typeField = "type"

type namedType struct {
	name string
	eventType
}

func reading[E Event]() namedType {
	var none E
	s := &shape{}
	s.add(typeField, -1, func(r *lineReader, _ reflect.Value) error { _, err := r.text(); return err })
	s.required = 1
	own := shapeOf(reflect.TypeFor[E]())
	for i, name := range own.names {
		s.add(name, own.place[i], own.reads[i])
	}
	s.required |= own.required << 1
	return namedType{none.Type(), eventType{read: func(r *lineReader) (Event, error) {
		var e E
		err := s.read(r, reflect.ValueOf(&e).Elem())
		return e, err
	}}}
}

func table(types ...namedType) map[string]eventType {
	t := make(map[string]eventType, len(types))
	for _, named := range types {
		t[named.name] = named.eventType
	}
	return t
}

// event reads one event.
func (r *lineReader) event() (Event, error) {
	if r.dec.PeekKind() != '{' {
		raw, err := r.value()
		if err != nil {
			return nil, err
		}
		return nil, fmt.Errorf("it is not a JSON object but %s", short(string(raw[:min(len(raw), 100)])))
	}
	from := r.dec.InputOffset()
	from += int64(bytes.IndexByte(r.line[from:], '{'))
	name, err := r.typeOf(r.line[from:])
	if err != nil {
		return nil, err
	}
	kind, known := eventTypes[string(name)]
	if !known {
		return nil, fmt.Errorf("unknown event type %q", short(string(name)))
	}
	event, err := kind.read(r)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	return event, nil
}

// typeOf finds the name of the type of the event that line begins with. Our own
// lines have it first.
func (r *lineReader) typeOf(line []byte) ([]byte, error) {
	const ours = `{"type":"`
	if bytes.HasPrefix(line, []byte(ours)) {
		name := line[len(ours):]
		if end := bytes.IndexAny(name, `"\\`); end >= 0 && name[end] == '"' {
			return name[:end], nil
		}
	}
	dec := jsontext.NewDecoder(bytes.NewReader(line))
	_, err := dec.ReadToken()
	for err == nil && dec.PeekKind() != '}' {
		var field, value jsontext.Value
		if field, err = dec.ReadValue(); err != nil {
			break
		}
		isType := string(field) == `"type"`
		if value, err = dec.ReadValue(); isType && err == nil {
			if value.Kind() != '"' {
				return nil, errors.New("its type is not a string")
			}
			return jsontext.AppendUnquote(nil, value) //nolint:wrapcheck // it is a valid string
		}
	}
	if err == nil {
		return nil, errors.New("it has no type")
	}
	if _, err := r.value(); err != nil { // says where in the line
		return nil, err
	}
	return nil, r.notJSON(err)
}

// EventTypes lists the names of all types of event, sorted.
func EventTypes() []string {
	names := make([]string, 0, len(eventTypes))
	for name := range eventTypes {
		names = append(names, name)
	}
	slices.Sort(names)
	return names
}
