package store

import (
	"fmt"
	"slices"
	"strconv"

	"paogai/scoring"
)

// nextSeq is the number that the next entry will have. An act that lost a race
// decides again and gets the new one.
func (r *Record) nextSeq() string { return strconv.FormatUint(r.head.Seq+1, 10) }

// telling adds a notice to each of the chats behind the events.
func (r *Record) telling(events []Event, n NoticeQueued, chats []int64) []Event {
	for i, chat := range chats {
		n.Notice, n.To = r.noticeID(i), chat
		events = append(events, n)
	}
	return events
}

// noticeID is the reference of the i-th notice (from 0) of the next entry.
func (r *Record) noticeID(i int) string { return fmt.Sprintf("n%s-%d", r.nextSeq(), i+1) }

// notice describes the submission to whoever is to be told of it.
func (s *Submission) notice(kind string) NoticeQueued {
	return NoticeQueued{Kind: kind, Unit: s.Unit, Submission: s.ID, Items: []scoring.Node{s.Node}}
}

// officeChats is where the office is told about a unit: its group, or each
// clerk who can be reached and may decide on the unit. Whoever acts knows.
func (r *Record) officeChats(unit, by string) []int64 {
	if group, ok := r.ChatFor(PurposeOffice); ok {
		return []int64{group.ID}
	}
	var chats []int64
	for _, p := range r.peopleOrder {
		if p.Role == Office && p.Reachable && (unit == "" || p.Unit != unit) && ByPerson(p.ID) != by {
			chats = append(chats, p.ID)
		}
	}
	return chats
}

// unitChats is who is told of a decision: the one who filed, then the unit's
// other liaisons, as far as they can be reached.
func (r *Record) unitChats(s *Submission) []int64 {
	var chats []int64
	if id, ok := PersonOf(s.Filed.By); ok {
		if p := r.people[id]; p != nil && p.Reachable {
			chats = append(chats, id)
		}
	}
	for _, p := range r.peopleOrder {
		if p.Role == Liaison && p.Unit == s.Unit && p.Reachable && !slices.Contains(chats, p.ID) {
			chats = append(chats, p.ID)
		}
	}
	return chats
}
