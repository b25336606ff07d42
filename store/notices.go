package store

import "paogai/scoring"

// The kinds of notice.
const (
	NoticeDue       = "due"       // milestones that will be due, to their unit
	NoticeOverdue   = "overdue"   // milestones that lapsed, to their unit
	NoticeReview    = "review"    // a submission waits, to the office
	NoticeAccepted  = "accepted"  // a submission was accepted, to its unit
	NoticeReturned  = "returned"  // a submission was returned, to its unit
	NoticeWithdrawn = "withdrawn" // a submission was taken back, to the office
	NoticeJoined    = "joined"    // somebody joined, to the office
	NoticeRescored  = "rescored"  // another scheme was adopted, to who moved by it and to the office
)

// Notice is something that one chat is to be told: queued in the journal with
// the act that brought it about, then settled (sent or refused), then read.
type Notice struct {
	NoticeQueued
	Queued   scoring.Mark
	Settled  *scoring.Mark
	Messages []int  // the messages it became, once sent
	Refused  string // why the chat did not take it, if it did not
	Reads    []Read
}

// Read is one person's signature for a notice (签收).
type Read struct {
	Person int64
	Mark   scoring.Mark
}

// Outstanding reports whether the notice still has to be sent.
func (n *Notice) Outstanding() bool { return n.Settled == nil }
