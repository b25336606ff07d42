package store

import (
	"sync"
	"time"

	"paogai/scoring"
)

// kept is the board of a record, made when it is first asked for and kept from then on.
// Folding only notes what to work out again; whoever reads next has it done. Readers
// share a record, so they take turns here.
type kept struct {
	mu    sync.Mutex
	board *scoring.Live
}

// Live calls read with the board at a moment, or at the last entry's if that is later: what
// is committed counts, whatever a clock says. It costs what changed since it was last
// read. read must neither keep the board nor ask for it again. false is returned, and read
// not called, before the campaign is opened.
func (r *Record) Live(at time.Time, read func(l *scoring.Live)) bool {
	if r.facts == nil {
		return false
	}
	if at.Before(r.lastAt) {
		at = r.lastAt
	}
	r.kept.mu.Lock()
	defer r.kept.mu.Unlock()
	if r.kept.board == nil || r.kept.board.Facts() != r.facts {
		r.kept.board = scoring.NewLive(r.facts, at)
	}
	r.kept.board.MoveTo(at)
	read(r.kept.board)
	return true
}

// Board is the board at a moment, or at the last entry's if that is later, for keeping;
// nil before the campaign is opened.
func (r *Record) Board(at time.Time) *scoring.Board {
	var b *scoring.Board
	r.Live(at, func(l *scoring.Live) { b = l.Board() })
	return b
}

// note tells the kept board of events that were folded or undone, with the campaign's
// facts changed already.
func (r *Record) note(events []Event, at time.Time) {
	if r.kept.board == nil {
		return
	}
	for _, e := range events {
		switch unit, all := r.touched(e); {
		case all:
			r.kept.board.ChangedAll(at)
		case unit != "":
			r.kept.board.Changed(unit, at)
		}
	}
}

// touched tells whose score an event can change. A type of event that is not listed is
// taken to change all: that is slow, and never wrong.
func (r *Record) touched(e Event) (unit string, all bool) {
	switch e := e.(type) {
	case PlanApproved:
		return r.named(e.Unit), false
	case MilestoneRuled:
		return r.named(e.Unit), false
	case SubmissionFiled:
		return r.named(e.Unit), false
	case SubmissionWithdrawn:
		return r.filer(e.Submission), false
	case SubmissionReturned:
		return r.filer(e.Submission), false
	case SubmissionAccepted:
		return r.filer(e.Submission), false
	case AdjustmentMade:
		return r.named(e.Unit), false
	case AdjustmentRevoked:
		if a := r.adjustments[string(e.Adjustment)]; a != nil {
			unit = a.Unit
		}
		return unit, false
	case MeasurementRecorded:
		return r.named(e.Unit), false
	case ExternalScored:
		return r.named(e.Unit), false
	case InvitationIssued, InvitationTakenBack, PersonJoined, PersonRemoved, PersonReachable,
		ChatBound, ChatUnbound, ChatMigrated, TickRun, NoticeQueued, NoticeSettled, NoticeRead:
		return "", false
	}
	return "", true
}

// named is the name of the unit that an event means.
func (r *Record) named(name string) string {
	u, err := r.unit(name)
	if err != nil {
		return name
	}
	return u.Name
}

func (r *Record) filer(submission ID) string {
	if s := r.submissions[string(submission)]; s != nil {
		return s.Unit
	}
	return ""
}
