package store

import (
	"slices"
)

func (RunTick) kind() Kind             { return KindTick }
func (RunTick) units(*Record) []string { return nil }

func (a RunTick) decide(r *Record, _ Stamp) ([]Event, error) {
	events := []Event{TickRun{Job: a.Job, At: Moment{a.At.In(zone)}}}
	for i, n := range a.Notices {
		n.Notice = r.noticeID(i)
		events = append(events, n)
	}
	return events, nil
}

func (SettleNotice) kind() Kind             { return KindSettle }
func (SettleNotice) units(*Record) []string { return nil }

func (a SettleNotice) decide(*Record, Stamp) ([]Event, error) {
	return []Event{NoticeSettled{
		Notice: a.Notice, Messages: slices.Clone(a.Messages), Refused: cutRunes(cleanLine(a.Refused), MaxReason),
	}}, nil
}

func (ReadNotice) kind() Kind             { return KindReadNotice }
func (ReadNotice) units(*Record) []string { return nil }

func (a ReadNotice) decide(r *Record, s Stamp) ([]Event, error) {
	person, _ := PersonOf(s.By)
	n := r.notices[a.Notice]
	switch {
	case n == nil:
		return nil, refuse(UnknownNotice, "notice", short(a.Notice))
	case !r.addressed(n, person):
		return nil, refuse(NotYours, "notice", n.Notice)
	}
	return []Event{NoticeRead{Notice: a.Notice, Person: person}}, nil
}

// addressed reports whether a notice went to the person: in their own chat, or
// in a group of theirs.
func (r *Record) addressed(n *Notice, person int64) bool {
	p := r.people[person]
	group := r.chat(n.To)
	switch {
	case p == nil:
		return false
	case n.To == person:
		return true
	case group == nil:
		return false
	case group.Purpose == PurposeOffice:
		return p.Role == Office
	}
	return p.Role == Office || p.Role == Leader
}
