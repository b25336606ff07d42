package store

import (
	"cmp"
	"encoding/hex"
	"strconv"
	"strings"
	"unicode/utf8"

	"paogai/scoring"
)

// maxLink is the most bytes of a link.
const maxLink = 2048

func (FileSubmission) kind() Kind                 { return KindFile }
func (a FileSubmission) units(r *Record) []string { return r.full(a.Unit) }

func (a FileSubmission) decide(r *Record, s Stamp) ([]Event, error) {
	u, n, err := r.unitNode(a.Unit, ID(a.Task), a.Milestone)
	if err != nil {
		return nil, err
	}
	if err := r.fileable(u, n); err != nil {
		return nil, err
	}
	note := CleanText(a.Note)
	if err := written(note, MaxNote, NoteEmpty, NoteLong); err != nil {
		return nil, err
	}
	evidence, err := cleanEvidence(a.Evidence)
	if err != nil {
		return nil, err
	}
	id := "S" + r.nextSeq()
	notice := NoticeQueued{Kind: NoticeReview, Unit: u.Name, Submission: id, Items: []scoring.Node{n}}
	return r.telling([]Event{SubmissionFiled{
		Submission: ID(id), Unit: u.Name, Task: ID(n.Task), Milestone: n.Milestone, Note: note, Evidence: evidence,
	}}, notice, r.officeChats(u.Name, s.By)), nil
}

// fileable refuses a milestone that needs no submission now.
func (r *Record) fileable(u *scoring.UnitFacts, n scoring.Node) error {
	if err := r.applies(u, n); err != nil {
		return err
	}
	if done := r.ofNode(u.Name, n, scoring.Accepted); done != nil {
		return done.refusal(AlreadyDone)
	}
	if waits := r.ofNode(u.Name, n, scoring.Waiting); waits != nil {
		return waits.refusal(AlreadyWaiting)
	}
	return nil
}

// CanFile reports why a submission for this milestone would be refused now, or
// nil, so that a conversation need not be finished to learn it.
func (r *Record) CanFile(by, unit, task string, milestone int) error {
	act := FileSubmission{Unit: unit, Task: task, Milestone: milestone}
	if err := r.allowed(by, act); err != nil {
		return err
	}
	u, n, err := r.unitNode(unit, ID(task), milestone)
	if err != nil {
		return err
	}
	return r.fileable(u, n)
}

func cleanEvidence(evidence []Evidence) ([]Evidence, error) {
	switch n := len(evidence); {
	case n == 0:
		return nil, refuse(EvidenceMissing)
	case n > MaxEvidence:
		return nil, refuse(EvidenceMany, "count", strconv.Itoa(n), "most", strconv.Itoa(MaxEvidence))
	}
	clean := make([]Evidence, len(evidence))
	for i, piece := range evidence {
		piece.Name = cutRunes(cleanLine(cmp.Or(piece.Name, piece.URL)), maxFileName)
		if !piece.complete() {
			return nil, refuse(EvidenceBad, "name", short(piece.Name))
		}
		clean[i] = piece
	}
	return clean, nil
}

// complete reports whether a piece of evidence can be found and told from
// others: a hash and a name, and either content or a web link.
func (e Evidence) complete() bool {
	raw, err := hex.DecodeString(e.SHA256)
	hashed := err == nil && len(raw) == 32 && strings.ToLower(e.SHA256) == e.SHA256
	link := strings.HasPrefix(e.URL, "http://") || strings.HasPrefix(e.URL, "https://")
	content := e.URL == "" && e.Size > 0 || link && e.Size >= 0 && len(e.URL) <= maxLink
	return hashed && e.Name != "" && content && len(e.MediaType) <= maxCause && len(e.FileID) <= maxCause
}

func cutRunes(s string, most int) string {
	if utf8.RuneCountInString(s) <= most {
		return s
	}
	return string([]rune(s)[:most])
}

func (WithdrawSubmission) kind() Kind                 { return KindWithdraw }
func (a WithdrawSubmission) units(r *Record) []string { return r.unitsOf(a.Submission) }

func (a WithdrawSubmission) decide(r *Record, s Stamp) ([]Event, error) {
	sub, err := r.waiting(ID(a.Submission))
	if err != nil {
		return nil, err
	}
	return r.telling([]Event{SubmissionWithdrawn{Submission: ID(sub.ID)}},
		sub.notice(NoticeWithdrawn), r.officeChats(sub.Unit, s.By)), nil
}

func (ReturnSubmission) kind() Kind                 { return KindReturn }
func (a ReturnSubmission) units(r *Record) []string { return r.unitsOf(a.Submission) }

func (a ReturnSubmission) decide(r *Record, _ Stamp) ([]Event, error) {
	sub, err := r.waiting(ID(a.Submission))
	if err != nil {
		return nil, err
	}
	why := CleanText(a.Reason)
	if err := reason(why); err != nil {
		return nil, err
	}
	return r.telling([]Event{SubmissionReturned{Submission: ID(sub.ID), Reason: why}},
		sub.notice(NoticeReturned), r.unitChats(sub)), nil
}

func (AcceptSubmission) kind() Kind                 { return KindAccept }
func (a AcceptSubmission) units(r *Record) []string { return r.unitsOf(a.Submission) }

func (a AcceptSubmission) decide(r *Record, _ Stamp) ([]Event, error) {
	sub, err := r.waiting(ID(a.Submission))
	if err != nil {
		return nil, err
	}
	on := a.CompletedOn
	if on.IsZero() {
		on = scoring.DateOf(sub.Filed.At, r.facts.Scheme.Zone)
	}
	return r.telling([]Event{SubmissionAccepted{Submission: ID(sub.ID), CompletedOn: on}},
		sub.notice(NoticeAccepted), r.unitChats(sub)), nil
}

// unitsOf names the unit of a submission; of one that does not exist, none, so
// that the act itself says so.
func (r *Record) unitsOf(submission string) []string {
	if s := r.submissions[submission]; s != nil {
		return []string{s.Unit}
	}
	return nil
}
