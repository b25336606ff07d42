package store

import (
	"slices"
	"strconv"

	"paogai/scoring"
)

// SubmissionFiled is submission.filed: a unit claims that a milestone is done.
// The evidence may be empty here, for journals kept elsewhere; the act of
// filing asks for some.
type SubmissionFiled struct {
	Submission ID         `json:"submission"`
	Unit       string     `json:"unit"`
	Task       ID         `json:"task"`
	Milestone  int        `json:"milestone"`
	Note       string     `json:"note"`
	Evidence   []Evidence `json:"evidence"`
}

// Type is submission.filed.
func (SubmissionFiled) Type() string { return "submission.filed" }

func (e SubmissionFiled) apply(r *Record, m scoring.Mark) (func(), error) {
	u, n, err := r.unitNode(e.Unit, e.Task, e.Milestone)
	if err != nil {
		return nil, err
	}
	id := string(e.Submission)
	switch {
	case !validID(id):
		return nil, refuse(UnknownSubmission, "submission", short(id))
	case r.submissions[id] != nil:
		return nil, refuse(RepeatedSubmission, "submission", id)
	case !r.facts.Applies(u, n.Task):
		return nil, refuse(TaskNotApplicable, "unit", u.Name, "task", n.Task)
	case len(e.Evidence) > MaxEvidence:
		return nil, refuse(EvidenceMany, "count", strconv.Itoa(len(e.Evidence)), "most", strconv.Itoa(MaxEvidence))
	}
	if err := bounded(e.Note, MaxNote, NoteLong); err != nil {
		return nil, err
	}
	kept := u.File(scoring.Submission{ID: id, Unit: u.Name, Node: n, Filed: m, State: scoring.Waiting})
	return r.addSubmission(u, &Submission{Submission: kept, Note: e.Note, Evidence: e.Evidence}), nil
}

// addSubmission enters a submission that the unit u has filed.
func (r *Record) addSubmission(u *scoring.UnitFacts, s *Submission) (undo func()) {
	r.submissions[s.ID] = s
	r.submissionOrder = append(r.submissionOrder, s)
	sums := distinctSums(s.Evidence)
	for _, sum := range sums {
		r.evidence[sum] = append(r.evidence[sum], s)
	}
	return func() {
		for _, sum := range sums {
			if r.evidence[sum] = dropLast(r.evidence[sum]); r.evidence[sum] == nil {
				delete(r.evidence, sum)
			}
		}
		r.submissionOrder = dropLast(r.submissionOrder)
		delete(r.submissions, s.ID)
		u.TakeBack()
	}
}

func distinctSums(evidence []Evidence) []string {
	var sums []string
	for _, piece := range evidence {
		if piece.SHA256 != "" && !slices.Contains(sums, piece.SHA256) {
			sums = append(sums, piece.SHA256)
		}
	}
	return sums
}

// SubmissionWithdrawn is submission.withdrawn: the unit takes it back.
type SubmissionWithdrawn struct {
	Submission ID `json:"submission"`
}

// Type is submission.withdrawn.
func (SubmissionWithdrawn) Type() string { return "submission.withdrawn" }

func (e SubmissionWithdrawn) apply(r *Record, m scoring.Mark) (func(), error) {
	s, err := r.waiting(e.Submission)
	if err != nil {
		return nil, err
	}
	return decideOn(s, scoring.Withdrawn, m), nil
}

// SubmissionReturned is submission.returned: the office sends it back (退回).
type SubmissionReturned struct {
	Submission ID     `json:"submission"`
	Reason     string `json:"reason"`
}

// Type is submission.returned.
func (SubmissionReturned) Type() string { return "submission.returned" }

func (e SubmissionReturned) apply(r *Record, m scoring.Mark) (func(), error) {
	s, err := r.waiting(e.Submission)
	if err != nil {
		return nil, err
	}
	if err := bounded(e.Reason, MaxReason, ReasonLong); err != nil {
		return nil, err
	}
	undo := decideOn(s, scoring.Returned, m)
	s.Reason = e.Reason
	return undo, nil
}

// SubmissionAccepted is submission.accepted: the office takes it as done on
// CompletedOn, which is never after the day of filing.
type SubmissionAccepted struct {
	Submission  ID           `json:"submission"`
	CompletedOn scoring.Date `json:"completed_on"`
}

// Type is submission.accepted.
func (SubmissionAccepted) Type() string { return "submission.accepted" }

func (e SubmissionAccepted) apply(r *Record, m scoring.Mark) (func(), error) {
	s, err := r.waiting(e.Submission)
	if err != nil {
		return nil, err
	}
	filed := scoring.DateOf(s.Filed.At, r.facts.Scheme.Zone)
	switch {
	case e.CompletedOn.IsZero():
		return nil, refuse(DateMissing, "field", "completed_on")
	case e.CompletedOn.After(filed):
		return nil, refuse(CompletedLate, "completed_on", e.CompletedOn.String(), "filed", filed.String())
	}
	if done := r.ofNode(s.Unit, s.Node, scoring.Accepted); done != nil {
		return nil, done.refusal(AlreadyDone)
	}
	undo := decideOn(s, scoring.Accepted, m)
	s.CompletedOn = e.CompletedOn
	return undo, nil
}

// waiting finds a submission that can still be decided on.
func (r *Record) waiting(id ID) (*Submission, error) {
	if err := r.running(); err != nil {
		return nil, err
	}
	s := r.submissions[string(id)]
	switch {
	case s == nil:
		return nil, refuse(UnknownSubmission, "submission", short(string(id)))
	case s.State != scoring.Waiting:
		return nil, s.refusal(AlreadyDecided)
	}
	return s, nil
}

func decideOn(s *Submission, state scoring.SubmissionState, m scoring.Mark) (undo func()) {
	before := *s.Submission
	s.State, s.Decided = state, m
	return func() { *s.Submission = before }
}

// ofNode finds the unit's first submission for a node in a state, or nil.
func (r *Record) ofNode(unit string, n scoring.Node, state scoring.SubmissionState) *Submission {
	u := r.facts.Unit(unit)
	if u == nil {
		return nil
	}
	for _, s := range u.Submissions {
		if s.Node == n && s.State == state {
			return r.submissions[s.ID]
		}
	}
	return nil
}

// refusal is a refusal because of what the submission already is.
func (s *Submission) refusal(code string) *Refusal {
	last := s.Decided
	if s.State == scoring.Waiting {
		last = s.Filed
	}
	return refuse(code, "submission", s.ID, "state", string(s.State), "unit", s.Unit, "task", s.Node.Task,
		"milestone", strconv.Itoa(s.Node.Milestone), "by", last.By, "at", clock(last.At))
}
