package store

import (
	"slices"
	"time"

	"paogai/scoring"
)

// Role is what a person is in the campaign.
type Role string

// The roles.
const (
	Liaison Role = "liaison" // 联络员: files for their own unit
	Office  Role = "office"  // 跑改办: reviews, decides, invites
	Leader  Role = "leader"  // 领导: sees the whole board
	Scorer  Role = "scorer"  // 评分部门: brings points and measurements
	Auditor Role = "auditor" // 监督: sees everything, changes nothing
)

// Roles lists the roles that an invitation may give.
func Roles() []Role { return []Role{Liaison, Office, Leader, Scorer, Auditor} }

// Valid reports whether the role is one of Roles.
func (r Role) Valid() bool { return slices.Contains(Roles(), r) }

// Person is someone who has joined. Unit is empty for people of no assessed
// unit. Reachable is false after the person blocked the bot; Reason says how
// that was found.
type Person struct {
	ID        int64
	Name      string
	Role      Role
	Unit      string
	Joined    scoring.Mark
	Reachable bool
	Reason    string
}

// Invitation is a one-time way in, bound to a role and a unit. Only the hash
// of its token is kept. Person is who used it, 0 if nobody has.
type Invitation struct {
	ID      string
	Hash    string // SHA-256 of the token, lower-case hex
	Role    Role
	Unit    string
	Issued  scoring.Mark
	Expires time.Time // the first moment at which it is over
	Person  int64
	Used    *scoring.Mark
	Revoked *scoring.Mark
}

// What a group chat may be bound as.
const (
	PurposeOffice  = "office"  // 跑改办 group: reviews are announced there
	PurposeLeaders = "leaders" // leaders' group
)

// Chat is a group chat that the office bound to a purpose.
type Chat struct {
	ID      int64
	Purpose string
	Title   string
	Bound   scoring.Mark
}
