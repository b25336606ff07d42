package store

import (
	"encoding/json"
	"reflect"
	"slices"
)

// eventType is how one type of event is read.
type eventType struct {
	shape  *shape
	decode func([]byte) (Event, error)
}

// eventTypes is the table of all types of event.
//
//nolint:gochecknoglobals // a table, read only
var eventTypes = table(
	reading[CampaignOpened](),
	reading[CampaignEnded](),
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

// entryShape is the shape of a whole line; events are checked each by its type.
//
//nolint:gochecknoglobals // derived once, read only
var entryShape = shapeOf(reflect.TypeFor[wireEntry]())

type namedType struct {
	name string
	eventType
}

func reading[E Event]() namedType {
	var none E
	s := shapeOf(reflect.TypeFor[E]())
	s.fields["type"] = &shape{}
	return namedType{none.Type(), eventType{shape: s, decode: func(raw []byte) (Event, error) {
		var e E
		err := json.Unmarshal(raw, &e)
		return e, fault(err)
	}}}
}

func table(types ...namedType) map[string]eventType {
	t := make(map[string]eventType, len(types))
	for _, named := range types {
		t[named.name] = named.eventType
	}
	return t
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
