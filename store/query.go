package store

import (
	"slices"
	"time"

	"paogai/scoring"
)

// Head is the position of the last entry folded.
func (r *Record) Head() Position { return r.head }

// LastAt is the time of the last entry, zero before the first.
func (r *Record) LastAt() time.Time { return r.lastAt }

// Facts is what scores rest on, nil before the campaign is opened.
func (r *Record) Facts() *scoring.Facts { return r.facts }

// Opened says when and by whom the campaign was opened.
func (r *Record) Opened() (scoring.Mark, bool) { return marked(r.opened) }

// Closed says when and by whom the campaign was closed by hand.
func (r *Record) Closed() (scoring.Mark, bool) { return marked(r.closed) }

// OnePerson reports whether the office is one person, so that no act needs a
// second. The board shows it.
func (r *Record) OnePerson() bool { return r.onePerson }

func marked(m *scoring.Mark) (scoring.Mark, bool) {
	if m == nil {
		return scoring.Mark{}, false
	}
	return *m, true
}

// ByCause finds the entry that an update, or another cause, brought about.
func (r *Record) ByCause(cause string) (seq uint64, ok bool) {
	seq, ok = r.causes[cause]
	return seq, ok && cause != ""
}

// LastTick is the scheduled time of the job's last tick, zero if none ran.
func (r *Record) LastTick(job string) time.Time { return r.ticks[job] }

// Person finds somebody who has joined and was not removed.
func (r *Record) Person(id int64) (Person, bool) {
	p := r.people[id]
	if p == nil {
		return Person{}, false
	}
	return *p, true
}

// People lists everybody in the order of joining.
func (r *Record) People() []Person {
	return r.peopleWhere(func(*Person) bool { return true })
}

// Liaisons lists the liaisons of a unit in the order of joining.
func (r *Record) Liaisons(unit string) []Person {
	return r.peopleWhere(func(p *Person) bool { return p.Role == Liaison && p.Unit == unit })
}

// Clerks lists the people of the office in the order of joining.
func (r *Record) Clerks() []Person {
	return r.peopleWhere(func(p *Person) bool { return p.Role == Office })
}

// Leaders lists the leaders in the order of joining.
func (r *Record) Leaders() []Person {
	return r.peopleWhere(func(p *Person) bool { return p.Role == Leader })
}

func (r *Record) peopleWhere(ok func(*Person) bool) []Person {
	var list []Person
	for _, p := range r.peopleOrder {
		if ok(p) {
			list = append(list, *p)
		}
	}
	return list
}

// Invitations lists all invitations in the order of being issued.
func (r *Record) Invitations() []*Invitation { return r.invitationOrder }

// Invitation finds an invitation by its id.
func (r *Record) Invitation(id string) (*Invitation, bool) {
	i := r.invitations[id]
	return i, i != nil
}

// Chats lists the bound groups in the order of binding.
func (r *Record) Chats() []Chat {
	list := make([]Chat, 0, len(r.chats))
	for _, c := range r.chats {
		list = append(list, *c)
	}
	return list
}

// Chat finds a bound group.
func (r *Record) Chat(id int64) (Chat, bool) {
	c := r.chat(id)
	if c == nil {
		return Chat{}, false
	}
	return *c, true
}

// ChatFor finds the group that was bound to a purpose last.
func (r *Record) ChatFor(purpose string) (Chat, bool) {
	for _, c := range slices.Backward(r.chats) {
		if c.Purpose == purpose {
			return *c, true
		}
	}
	return Chat{}, false
}

// Submission finds a submission by its id.
func (r *Record) Submission(id string) (*Submission, bool) {
	s := r.submissions[id]
	return s, s != nil
}

// Submissions lists all submissions in the order of filing.
func (r *Record) Submissions() []*Submission { return r.submissionOrder }

// SubmissionFor finds the unit's submission for a node that counts most: the
// accepted one, else one that waits, else the last. nil if there is none.
func (r *Record) SubmissionFor(unit string, n scoring.Node) *Submission {
	if r.facts == nil {
		return nil
	}
	for _, state := range []scoring.SubmissionState{scoring.Accepted, scoring.Waiting} {
		if s := r.ofNode(unit, n, state); s != nil {
			return s
		}
	}
	for _, s := range slices.Backward(r.submissionOrder) {
		if s.Unit == unit && s.Node == n {
			return s
		}
	}
	return nil
}

// Queue lists the submissions that wait for review: nearest due date first,
// those without a date last, within a day in the order of filing.
func (r *Record) Queue() []*Submission {
	var queue []*Submission
	due := map[*Submission]scoring.Date{}
	for _, s := range r.submissionOrder {
		if s.State != scoring.Waiting {
			continue
		}
		queue = append(queue, s)
		if d, _, dated := r.facts.DueOf(s.Node); dated {
			due[s] = d
		}
	}
	slices.SortStableFunc(queue, func(a, b *Submission) int {
		_, datedA := due[a]
		_, datedB := due[b]
		if datedA != datedB {
			if datedA {
				return -1
			}
			return 1
		}
		return due[a].Compare(due[b])
	})
	return queue
}

// Twins finds, for each of these hashes, the first submission with the same
// evidence by another unit or for another task, so that a clerk can look.
func (r *Record) Twins(unit, task string, sums ...string) []Twin {
	var twins []Twin
	for _, sum := range sums {
		for _, s := range r.evidence[sum] {
			if s.Unit != unit || s.Node.Task != task {
				twins = append(twins, Twin{SHA256: sum, Submission: s})
				break
			}
		}
	}
	return twins
}

// Adjustment finds an adjustment by its id.
func (r *Record) Adjustment(id string) (*scoring.Adjustment, bool) {
	a := r.adjustments[id]
	return a, a != nil
}

// Outbox lists the notices queued and not settled, in order.
func (r *Record) Outbox() []Notice { return noticesOf(r.outbox, func(*Notice) bool { return true }) }

// Notices lists all notices in the order of being queued.
func (r *Record) Notices() []*Notice { return r.noticeOrder }

// Notice finds a notice by its reference.
func (r *Record) Notice(id string) (Notice, bool) {
	n := r.notices[id]
	if n == nil {
		return Notice{}, false
	}
	return *n, true
}

// NoticesOf lists the notices about a submission, in order.
func (r *Record) NoticesOf(submission string) []Notice {
	return noticesOf(r.noticeOrder, func(n *Notice) bool { return n.Submission == submission })
}

func noticesOf(from []*Notice, ok func(*Notice) bool) []Notice {
	var list []Notice
	for _, n := range from {
		if ok(n) {
			list = append(list, *n)
		}
	}
	return list
}
