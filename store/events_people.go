package store

import (
	"encoding/hex"
	"strconv"
	"strings"

	"paogai/scoring"
)

// InvitationIssued is invitation.issued: a one-time way in, known by the hash
// of its token.
type InvitationIssued struct {
	Invitation ID     `json:"invitation"`
	Hash       string `json:"hash"`
	Role       Role   `json:"role"`
	Unit       string `json:"unit,omitempty"`
	Expires    Moment `json:"expires"`
}

// Type is invitation.issued.
func (InvitationIssued) Type() string { return "invitation.issued" }

func (e InvitationIssued) apply(r *Record, m scoring.Mark) (func(), error) {
	if err := e.check(r, m); err != nil {
		return nil, err
	}
	unit, err := r.membership(e.Role, e.Unit)
	if err != nil {
		return nil, err
	}
	i := &Invitation{
		ID: string(e.Invitation), Hash: e.Hash, Role: e.Role, Unit: unit,
		Issued: m, Expires: e.Expires.Time,
	}
	r.invitations[i.ID], r.byHash[i.Hash] = i, i
	r.invitationOrder = append(r.invitationOrder, i)
	return func() {
		r.invitationOrder = dropLast(r.invitationOrder)
		delete(r.invitations, i.ID)
		delete(r.byHash, i.Hash)
	}, nil
}

func (e InvitationIssued) check(r *Record, m scoring.Mark) error {
	raw, err := hex.DecodeString(e.Hash)
	switch {
	case !validID(string(e.Invitation)):
		return refuse(UnknownInvitation)
	case err != nil || len(raw) != 32 || strings.ToLower(e.Hash) != e.Hash:
		return refuse(BadHash)
	case r.invitations[string(e.Invitation)] != nil || r.byHash[e.Hash] != nil:
		return refuse(RepeatedInvitation, "invitation", string(e.Invitation))
	case !e.Expires.After(m.At):
		return refuse(BadExpiry, "expires", clock(e.Expires.Time))
	}
	return nil
}

// membership checks a role and its unit, and returns the unit's full name: a
// liaison has one, the others may.
func (r *Record) membership(role Role, unit string) (string, error) {
	switch {
	case !role.Valid():
		return "", refuse(BadRole, "role", short(string(role)))
	case r.opened == nil:
		return "", refuse(NotOpen)
	case unit == "" && role != Liaison:
		return "", nil
	}
	u, err := r.unit(unit)
	if err != nil {
		return "", err
	}
	return u.Name, nil
}

// InvitationTakenBack is invitation.revoked: nobody can join by it any more.
type InvitationTakenBack struct {
	Invitation ID `json:"invitation"`
}

// Type is invitation.revoked.
func (InvitationTakenBack) Type() string { return "invitation.revoked" }

func (e InvitationTakenBack) apply(r *Record, m scoring.Mark) (func(), error) {
	i := r.invitations[string(e.Invitation)]
	switch {
	case i == nil:
		return nil, refuse(UnknownInvitation)
	case i.Used != nil:
		return nil, refuse(InvitationUsed, "at", clock(i.Used.At))
	case i.Revoked != nil:
		return nil, refuse(AlreadyRevoked, "id", i.ID)
	}
	i.Revoked = &m
	return func() { i.Revoked = nil }, nil
}

// PersonJoined is person.joined: somebody used an invitation.
type PersonJoined struct {
	Person     int64  `json:"person"`
	Name       string `json:"name"`
	Role       Role   `json:"role"`
	Unit       string `json:"unit,omitempty"`
	Invitation ID     `json:"invitation"`
}

// Type is person.joined.
func (PersonJoined) Type() string { return "person.joined" }

func (e PersonJoined) apply(r *Record, m scoring.Mark) (func(), error) {
	i := r.invitations[string(e.Invitation)]
	if err := r.checkJoin(i, e.Person, m); err != nil {
		return nil, err
	}
	switch {
	case e.Person <= 0:
		return nil, refuse(UnknownPerson, "person", strconv.FormatInt(e.Person, 10))
	case e.Role != i.Role || e.Unit != i.Unit:
		return nil, refuse(BadRole, "role", short(string(e.Role)))
	}
	if err := named(e.Name); err != nil {
		return nil, err
	}
	p := &Person{ID: e.Person, Name: e.Name, Role: e.Role, Unit: e.Unit, Joined: m, Reachable: true}
	i.Used, i.Person = &m, e.Person
	r.people[p.ID] = p
	r.peopleOrder = append(r.peopleOrder, p)
	return func() {
		i.Used, i.Person = nil, 0
		r.peopleOrder = dropLast(r.peopleOrder)
		delete(r.people, p.ID)
	}, nil
}

// checkJoin refuses an invitation that does not let in any more. Who is in
// already hears that first: their second tap of the link is no fault.
func (r *Record) checkJoin(i *Invitation, person int64, m scoring.Mark) error {
	if p := r.people[person]; p != nil {
		return refuse(AlreadyJoined, "name", p.Name, "role", string(p.Role), "unit", p.Unit)
	}
	switch {
	case i == nil:
		return refuse(UnknownInvitation)
	case i.Revoked != nil:
		return refuse(InvitationRevoked, "at", clock(i.Revoked.At))
	case i.Used != nil:
		return refuse(InvitationUsed, "at", clock(i.Used.At))
	case !m.At.Before(i.Expires):
		return refuse(InvitationExpired, "at", clock(i.Expires))
	}
	return nil
}

// PersonRemoved is person.removed: their part in the campaign ends.
type PersonRemoved struct {
	Person int64  `json:"person"`
	Reason string `json:"reason"`
}

// Type is person.removed.
func (PersonRemoved) Type() string { return "person.removed" }

func (e PersonRemoved) apply(r *Record, _ scoring.Mark) (func(), error) {
	p, err := r.joined(e.Person)
	if err != nil {
		return nil, err
	}
	if err := bounded(e.Reason, MaxReason, ReasonLong); err != nil {
		return nil, err
	}
	order := r.peopleOrder
	r.peopleOrder = without(order, p)
	delete(r.people, p.ID)
	return func() {
		r.people[p.ID] = p
		r.peopleOrder = order
	}, nil
}

// PersonReachable is person.reachable: they can, or cannot, be written to.
type PersonReachable struct {
	Person    int64  `json:"person"`
	Reachable bool   `json:"reachable"`
	Reason    string `json:"reason,omitempty"`
}

// Type is person.reachable.
func (PersonReachable) Type() string { return "person.reachable" }

func (e PersonReachable) apply(r *Record, _ scoring.Mark) (func(), error) {
	p, err := r.joined(e.Person)
	if err != nil {
		return nil, err
	}
	if err := bounded(e.Reason, MaxReason, ReasonLong); err != nil {
		return nil, err
	}
	before := *p
	p.Reachable, p.Reason = e.Reachable, e.Reason
	return func() { *p = before }, nil
}

func (r *Record) joined(id int64) (*Person, error) {
	p := r.people[id]
	if p == nil {
		return nil, refuse(UnknownPerson, "person", strconv.FormatInt(id, 10))
	}
	return p, nil
}
