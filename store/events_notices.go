package store

import (
	"slices"

	"paogai/scoring"
)

// NoticeQueued is notice.queued: what a chat is to be told. Notice is a short
// stable reference, "n<entry>-<index from 1>". Which of the other fields are
// set depends on the kind.
type NoticeQueued struct {
	Notice     string         `json:"notice"`
	To         int64          `json:"to"`
	Kind       string         `json:"kind"`
	Unit       string         `json:"unit,omitempty"`
	Stage      string         `json:"stage,omitempty"` // of the ladder
	Tone       string         `json:"tone,omitempty"`  // of the stage
	Submission string         `json:"submission,omitempty"`
	Person     int64          `json:"person,omitempty"` // who joined
	Items      []scoring.Node `json:"items,omitempty"`
	Moves      []Moved        `json:"moves,omitempty"` // who moved by a new scheme
	Total      int            `json:"total,omitempty"` // how many did
}

// Type is notice.queued.
func (NoticeQueued) Type() string { return "notice.queued" }

func (e NoticeQueued) apply(r *Record, m scoring.Mark) (func(), error) {
	if !validID(e.Notice) || e.To == 0 || e.Kind == "" || len(e.Items) > MaxEvents || len(e.Moves) > MaxEvents {
		return nil, refuse(BadNotice, "notice", short(e.Notice))
	}
	if r.notices[e.Notice] != nil {
		return nil, refuse(RepeatedNotice, "notice", e.Notice)
	}
	if e.Submission != "" && r.submissions[e.Submission] == nil {
		return nil, refuse(UnknownSubmission, "submission", short(e.Submission))
	}
	n := &Notice{NoticeQueued: e, Queued: m}
	r.notices[e.Notice] = n
	r.noticeOrder = append(r.noticeOrder, n)
	r.outbox = append(r.outbox, n)
	return func() {
		delete(r.notices, e.Notice)
		r.noticeOrder = dropLast(r.noticeOrder)
		r.outbox = dropLast(r.outbox)
	}, nil
}

// NoticeSettled is notice.settled: sent as messages, or refused by the chat.
type NoticeSettled struct {
	Notice   string `json:"notice"`
	Messages []int  `json:"messages,omitempty"`
	Refused  string `json:"refused,omitempty"`
}

// Type is notice.settled.
func (NoticeSettled) Type() string { return "notice.settled" }

func (e NoticeSettled) apply(r *Record, m scoring.Mark) (func(), error) {
	n := r.notices[e.Notice]
	switch {
	case n == nil:
		return nil, refuse(UnknownNotice, "notice", short(e.Notice))
	case n.Settled != nil:
		return nil, refuse(AlreadySettled, "notice", e.Notice, "at", clock(n.Settled.At))
	}
	n.Settled, n.Messages, n.Refused = &m, e.Messages, e.Refused
	place := slices.Index(r.outbox, n)
	r.outbox = slices.Delete(r.outbox, place, place+1)
	return func() {
		n.Settled, n.Messages, n.Refused = nil, nil, ""
		r.outbox = slices.Insert(r.outbox, place, n)
	}, nil
}

// NoticeRead is notice.read: a person signed for it (签收).
type NoticeRead struct {
	Notice string `json:"notice"`
	Person int64  `json:"person"`
}

// Type is notice.read.
func (NoticeRead) Type() string { return "notice.read" }

func (e NoticeRead) apply(r *Record, m scoring.Mark) (func(), error) {
	n := r.notices[e.Notice]
	if n == nil {
		return nil, refuse(UnknownNotice, "notice", short(e.Notice))
	}
	for _, read := range n.Reads {
		if read.Person == e.Person {
			return nil, refuse(AlreadyRead, "notice", e.Notice, "at", clock(read.Mark.At))
		}
	}
	n.Reads = append(n.Reads, Read{Person: e.Person, Mark: m})
	return func() { n.Reads = dropLast(n.Reads) }, nil
}

// TickRun is tick.run: a job ran for its scheduled time At.
type TickRun struct {
	Job string `json:"job"`
	At  Moment `json:"at"`
}

// Type is tick.run.
func (TickRun) Type() string { return "tick.run" }

func (e TickRun) apply(r *Record, _ scoring.Mark) (func(), error) {
	last, ran := r.ticks[e.Job]
	if !validID(e.Job) || e.At.IsZero() || ran && !e.At.After(last) {
		return nil, refuse(BadTick, "job", short(e.Job), "at", clock(e.At.Time), "last", clock(last))
	}
	r.ticks[e.Job] = e.At.Time
	return func() {
		if r.ticks[e.Job] = last; !ran {
			delete(r.ticks, e.Job)
		}
	}, nil
}
