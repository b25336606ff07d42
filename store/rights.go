package store

import "slices"

// The kinds of acts.
const (
	KindOpen             Kind = "campaign.open"
	KindClose            Kind = "campaign.close"
	KindAdopt            Kind = "scheme.adopt"
	KindPlan             Kind = "plan.approve"
	KindDate             Kind = "milestone.date"
	KindRule             Kind = "milestone.rule"
	KindFile             Kind = "submission.file"
	KindWithdraw         Kind = "submission.withdraw"
	KindReturn           Kind = "submission.return"
	KindAccept           Kind = "submission.accept"
	KindAdjust           Kind = "adjustment.make"
	KindRevokeAdjustment Kind = "adjustment.revoke"
	KindMeasure          Kind = "measurement.record"
	KindExternal         Kind = "external.score"
	KindInvite           Kind = "invitation.issue"
	KindRevokeInvitation Kind = "invitation.revoke"
	KindJoin             Kind = "person.join"
	KindRemove           Kind = "person.remove"
	KindReachable        Kind = "person.reachable"
	KindBindChat         Kind = "chat.bind"
	KindUnbindChat       Kind = "chat.unbind"
	KindMigrateChat      Kind = "chat.migrate"
	KindTick             Kind = "tick.run"
	KindSettle           Kind = "notice.settle"
	KindReadNotice       Kind = "notice.read"
)

// scope says on whose units a role may do an act. Its zero is nobody's: what
// the table does not name is denied.
type scope int

const (
	never  scope = iota
	own          // the actor's own unit only
	others       // any unit but the actor's own
	all          // any unit, or no unit at all
)

// Actors that are not roles an invitation gives.
const (
	roleSystem Role = "system" // the program itself
	roleNobody Role = "nobody" // a person who has not joined
)

// rights is the whole table: which role may do what, on whose units. Nobody
// of the office or of a scoring body decides on their own unit (第三条 names
// bodies that 第六条 assesses).
//
//nolint:gochecknoglobals // a table, read only
var rights = map[Kind]map[Role]scope{
	KindOpen:             {Office: all},
	KindClose:            {Office: all},
	KindAdopt:            {Office: all},
	KindPlan:             {Office: others},
	KindDate:             {Office: all},
	KindRule:             {Office: others},
	KindFile:             {Liaison: own},
	KindWithdraw:         {Liaison: own},
	KindReturn:           {Office: others},
	KindAccept:           {Office: others},
	KindAdjust:           {Office: others},
	KindRevokeAdjustment: {Office: others},
	KindMeasure:          {Office: others, Scorer: others},
	KindExternal:         {Scorer: others},
	KindInvite:           {Office: all},
	KindRevokeInvitation: {Office: all},
	KindJoin:             {Liaison: all, Office: all, Leader: all, Scorer: all, Auditor: all, roleNobody: all},
	KindRemove:           {Office: all},
	KindReachable:        {Liaison: all, Office: all, Leader: all, Scorer: all, Auditor: all, roleSystem: all},
	KindBindChat:         {Office: all},
	KindUnbindChat:       {Office: all, roleSystem: all},
	KindMigrateChat:      {Office: all, roleSystem: all},
	KindTick:             {roleSystem: all},
	KindSettle:           {roleSystem: all},
	KindReadNotice:       {Liaison: all, Office: all, Leader: all, Scorer: all, Auditor: all},
}

// actor is who acts, as the table of rights sees them.
type actor struct {
	role   Role
	unit   string
	person int64 // 0 for the program and the command line
}

// actor finds who By names.
func (r *Record) actor(by string) (actor, error) {
	if !validBy(by) {
		return actor{}, refuse(BadActor, "by", short(by))
	}
	id, inChat := PersonOf(by)
	switch p := r.people[id]; {
	case by == System:
		return actor{role: roleSystem}, nil
	case !inChat:
		return actor{role: Office}, nil
	case p == nil:
		return actor{role: roleNobody, person: id}, nil
	default:
		return actor{role: p.Role, unit: p.Unit, person: id}, nil
	}
}

// allowed is the first line of every act.
func (r *Record) allowed(by string, a Act) error {
	who, err := r.actor(by)
	if err != nil {
		return err
	}
	return who.may(a.kind(), a.units(r))
}

// may applies the table. Of several units every one has to pass.
func (a actor) may(k Kind, units []string) error {
	allowed := rights[k][a.role]
	inOwn := func(unit string) bool { return a.unit != "" && unit == a.unit }
	switch {
	case allowed == never && a.role == roleNobody:
		return refuse(NotJoined)
	case allowed == never:
		return refuse(NotAllowed, "role", string(a.role), "act", string(k))
	case allowed == others && slices.ContainsFunc(units, inOwn):
		return refuse(OwnUnit, "unit", a.unit)
	case allowed == own:
		for _, unit := range units {
			if !inOwn(unit) {
				return refuse(OtherUnit, "unit", short(unit))
			}
		}
	}
	return nil
}

// May reports whether the person or office that by names may do acts of this
// kind on the unit ("" for acts on no unit), so that menus offer what works.
func (r *Record) May(by string, k Kind, unit string) bool {
	who, err := r.actor(by)
	if err != nil {
		return false
	}
	var units []string
	if unit != "" {
		units = []string{unit}
	}
	return who.may(k, units) == nil
}
