package store

import (
	"time"

	"paogai/scoring"
)

// Kind names what an act does; the table of rights is keyed by it.
type Kind string

// Stamp says who acts, at which frozen now, and what brought it about. By is
// "tg:<user id>", "office:<name>" or "system". An empty Cause is never taken
// for a repeat.
type Stamp struct {
	By    string
	At    time.Time
	Cause string
	Fence Fence
}

// Act is something that somebody wants done. The desk checks the right to it,
// lets it decide on events and commits them as one entry.
type Act interface {
	kind() Kind
	// units names the units that the act bears on, for the table of rights:
	// none for acts on the campaign. It may not refuse.
	units(r *Record) []string
	decide(r *Record, s Stamp) ([]Event, error)
}

// OpenCampaign begins the campaign of this journal. A zero Opens is the day on
// which the scheme came into force; no Units means all of the scheme's.
// OnePerson is for an office of one: no act needs a second person then. Source
// is the YAML of a scheme that is not built in; its id must be its own.
type OpenCampaign struct {
	Scheme    string
	Source    string
	Opens     scoring.Date
	Units     []scoring.UnitRef
	OnePerson bool
}

// CloseCampaign ends it; no fact that scores rest on changes afterwards.
// Second is the other person of the office who confirmed, as By is written.
type CloseCampaign struct{ Second string }

// ApprovePlan approves a unit's plan (任务分解表): points by task, in sum
// exactly the scheme's total. Tasks left out do not apply.
type ApprovePlan struct {
	Unit   string
	Points map[string]scoring.Points
}

// DateMilestone gives a milestone a due date.
type DateMilestone struct {
	Task      string
	Milestone int
	Due       scoring.Date
	Reason    string
}

// RuleMilestone is the office's word on whether a unit's milestone is late.
type RuleMilestone struct {
	Unit, Task string
	Milestone  int
	Late       bool
	Reason     string
}

// FileSubmission claims that a milestone is done, with at least one piece of
// evidence. The submission's id is "S" and the number of its entry.
type FileSubmission struct {
	Unit, Task string
	Milestone  int
	Note       string
	Evidence   []Evidence
}

// WithdrawSubmission takes back a submission that waits for review.
type WithdrawSubmission struct{ Submission string }

// ReturnSubmission sends a waiting submission back with a reason (退回).
type ReturnSubmission struct{ Submission, Reason string }

// AcceptSubmission accepts a waiting submission (通过). A zero CompletedOn is
// the day it was filed.
type AcceptSubmission struct {
	Submission  string
	CompletedOn scoring.Date
}

// MakeAdjustment gives or takes points by a rule. Count 0 is 1. Points is
// given exactly where the rule leaves the amount open. Second is the other
// person who confirmed, where the rule asks for two. Reopens names acceptances
// that no longer count, where the rule says so.
type MakeAdjustment struct {
	Unit, Rule, Ref, Reason string
	Count                   int
	Points                  *scoring.Points
	Second                  string
	Reopens                 []string
}

// RevokeAdjustment takes an adjustment back.
type RevokeAdjustment struct{ Adjustment, Reason string }

// RecordMeasurement records the value of a unit's indicator in a round.
type RecordMeasurement struct {
	Unit, Indicator, Round string
	Value                  scoring.Points
}

// ScoreExternal records the points that an outside body gives for an item.
type ScoreExternal struct {
	Unit, Item string
	Points     scoring.Points
}

// IssueInvitation makes a one-time way in. Hash is HashToken of the token,
// which nobody keeps. An empty Invitation becomes "I" and the entry's number.
type IssueInvitation struct {
	Invitation string
	Hash       string
	Role       Role
	Unit       string // needed for a liaison
	Expires    time.Time
}

// RevokeInvitation takes an unused invitation back.
type RevokeInvitation struct{ Invitation string }

// Join uses an invitation. By must be the person.
type Join struct {
	Hash   string
	Person int64
	Name   string
}

// RemovePerson ends a person's part in the campaign.
type RemovePerson struct {
	Person int64
	Reason string
}

// SetReachable records that a person can or cannot be written to.
type SetReachable struct {
	Person    int64
	Reachable bool
	Reason    string
}

// BindChat binds a group to a purpose.
type BindChat struct {
	Chat    int64
	Purpose string
	Title   string
}

// UnbindChat ends that.
type UnbindChat struct{ Chat int64 }

// MigrateChat follows a group that got a new id; notices still queued follow.
type MigrateChat struct{ From, To int64 }

// RunTick records that a job ran for a scheduled time, with the notices that
// it queues. The same tick twice is refused (BadTick).
type RunTick struct {
	Job     string
	At      time.Time
	Notices []NoticeQueued // their Notice is filled in
}

// SettleNotice records that a notice was sent as Messages, or Refused.
type SettleNotice struct {
	Notice   string
	Messages []int
	Refused  string
}

// ReadNotice records that the person acting has signed for a notice (签收).
type ReadNotice struct{ Notice string }
