package store

import (
	"cmp"
	"strconv"

	"paogai/scoring"
)

func (IssueInvitation) kind() Kind             { return KindInvite }
func (IssueInvitation) units(*Record) []string { return nil }

func (a IssueInvitation) decide(r *Record, _ Stamp) ([]Event, error) {
	unit, err := r.membership(a.Role, a.Unit)
	if err != nil {
		return nil, err
	}
	return []Event{InvitationIssued{
		Invitation: ID(cmp.Or(a.Invitation, "I"+r.nextSeq())), Hash: a.Hash,
		Role: a.Role, Unit: unit, Expires: Moment{a.Expires.In(zone)},
	}}, nil
}

func (RevokeInvitation) kind() Kind             { return KindRevokeInvitation }
func (RevokeInvitation) units(*Record) []string { return nil }

func (a RevokeInvitation) decide(*Record, Stamp) ([]Event, error) {
	return []Event{InvitationTakenBack{Invitation: ID(a.Invitation)}}, nil
}

func (Join) kind() Kind             { return KindJoin }
func (Join) units(*Record) []string { return nil }

func (a Join) decide(r *Record, s Stamp) ([]Event, error) {
	if s.By != ByPerson(a.Person) {
		return nil, refuse(NotAllowed, "role", s.By, "act", string(KindJoin))
	}
	i := r.byHash[a.Hash]
	if p := r.people[a.Person]; p != nil || i == nil {
		return nil, r.checkJoin(i, a.Person, scoring.Mark{At: s.At})
	}
	// A name that cannot be read is no reason to stay out.
	name := cmp.Or(cutRunes(cleanLine(a.Name), MaxName), strconv.FormatInt(a.Person, 10))
	joined := PersonJoined{Person: a.Person, Name: name, Role: i.Role, Unit: i.Unit, Invitation: ID(i.ID)}
	notice := NoticeQueued{Kind: NoticeJoined, Unit: i.Unit, Person: a.Person}
	return r.telling([]Event{joined}, notice, r.officeChats("", s.By)), nil
}

func (RemovePerson) kind() Kind             { return KindRemove }
func (RemovePerson) units(*Record) []string { return nil }

func (a RemovePerson) decide(r *Record, _ Stamp) ([]Event, error) {
	if _, err := r.joined(a.Person); err != nil {
		return nil, err
	}
	why := CleanText(a.Reason)
	if err := reason(why); err != nil {
		return nil, err
	}
	return []Event{PersonRemoved{Person: a.Person, Reason: why}}, nil
}

func (SetReachable) kind() Kind             { return KindReachable }
func (SetReachable) units(*Record) []string { return nil }

func (a SetReachable) decide(r *Record, s Stamp) ([]Event, error) {
	if s.By != System && s.By != ByPerson(a.Person) {
		return nil, refuse(NotAllowed, "role", s.By, "act", string(KindReachable))
	}
	p, err := r.joined(a.Person)
	if err != nil {
		return nil, err
	}
	if p.Reachable == a.Reachable {
		return nil, nil
	}
	why := cutRunes(cleanLine(a.Reason), MaxReason)
	return []Event{PersonReachable{Person: a.Person, Reachable: a.Reachable, Reason: why}}, nil
}

func (BindChat) kind() Kind             { return KindBindChat }
func (BindChat) units(*Record) []string { return nil }

func (a BindChat) decide(*Record, Stamp) ([]Event, error) {
	title := cutRunes(cleanLine(a.Title), maxFileName)
	return []Event{ChatBound{Chat: a.Chat, Purpose: a.Purpose, Title: title}}, nil
}

func (UnbindChat) kind() Kind             { return KindUnbindChat }
func (UnbindChat) units(*Record) []string { return nil }

func (a UnbindChat) decide(*Record, Stamp) ([]Event, error) {
	return []Event{ChatUnbound(a)}, nil
}

func (MigrateChat) kind() Kind             { return KindMigrateChat }
func (MigrateChat) units(*Record) []string { return nil }

func (a MigrateChat) decide(*Record, Stamp) ([]Event, error) {
	return []Event{ChatMigrated(a)}, nil
}
