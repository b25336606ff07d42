package store

// The codes of refusals, with the arguments that each may carry.
const (
	// NotAllowed: the role may not do this at all. role, act.
	NotAllowed = "not-allowed"
	// NotJoined: nobody known acts. No arguments.
	NotJoined = "not-joined"
	// OwnUnit: the office may not decide on its own unit. unit.
	OwnUnit = "own-unit"
	// OtherUnit: a liaison may act for their own unit only. unit.
	OtherUnit = "other-unit"
	// BadActor: By is not tg:<id>, office:<name> or system. by.
	BadActor = "bad-actor"
	// NeedsSecond: the act needs a second person of the office. rule.
	NeedsSecond = "needs-second"

	// NotOpen: no campaign is open in this journal.
	NotOpen = "not-open"
	// AlreadyOpen: the journal's campaign was opened before. scheme.
	AlreadyOpen = "already-open"
	// CampaignClosed: nothing that scores rest on changes any more. at.
	CampaignClosed = "campaign-closed"
	// UnknownScheme: no such method. scheme.
	UnknownScheme = "unknown-scheme"
	// BadScheme: the scheme's text cannot be used. scheme, faults.
	BadScheme = "bad-scheme"
	// SchemeUnfit: facts rest on what the scheme does not have. scheme, faults.
	SchemeUnfit = "scheme-unfit"
	// SchemeSame: the campaign runs by it already. scheme.
	SchemeSame = "scheme-same"
	// SchemeTaken: the id is that of a built-in scheme. scheme.
	SchemeTaken = "scheme-taken"
	// BadOpens: the opening day is after the scheme's closing day. opens, closes.
	BadOpens = "bad-opens"
	// NoUnits: the scheme names no units and none were given. scheme.
	NoUnits = "no-units"
	// RepeatedUnit: a unit stands twice in the list. unit.
	RepeatedUnit = "repeated-unit"

	// UnknownUnit: no such unit in the campaign. unit.
	UnknownUnit = "unknown-unit"
	// UnknownClass: the unit's class is not one of the scheme's. unit, class.
	UnknownClass = "unknown-class"
	// UnknownTask: no such task in the scheme. task.
	UnknownTask = "unknown-task"
	// UnknownMilestone: the task has no such milestone. task, milestone, count.
	UnknownMilestone = "unknown-milestone"
	// TaskNotApplicable: the task is not in the unit's plan. unit, task.
	TaskNotApplicable = "task-not-applicable"

	// PlanEmpty: a plan without tasks. unit.
	PlanEmpty = "plan-empty"
	// PlanSum: the plan's points are not the scheme's total. unit, sum, total.
	PlanSum = "plan-sum"
	// PlanPoints: a task's points are below 0. unit, task, points.
	PlanPoints = "plan-points"

	// NoteEmpty: nothing that can be read is written.
	NoteEmpty = "note-empty"
	// NoteLong: more than most characters. length, most.
	NoteLong = "note-long"
	// ReasonEmpty: a reason is needed.
	ReasonEmpty = "reason-empty"
	// ReasonLong: more than most characters. length, most.
	ReasonLong = "reason-long"
	// NameBad: a name is empty or too long. name, most.
	NameBad = "name-bad"

	// EvidenceMissing: at least one file or link is needed.
	EvidenceMissing = "evidence-missing"
	// EvidenceMany: more pieces than most. count, most.
	EvidenceMany = "evidence-many"
	// EvidenceBad: a piece without a valid SHA-256, name, size or link. name.
	EvidenceBad = "evidence-bad"

	// UnknownSubmission: no such submission. submission.
	UnknownSubmission = "unknown-submission"
	// RepeatedSubmission: the id is taken. submission.
	RepeatedSubmission = "repeated-submission"
	// AlreadyWaiting: one for this milestone waits for review.
	// submission, unit, task, milestone, by, at.
	AlreadyWaiting = "already-waiting"
	// AlreadyDone: the milestone has an accepted submission.
	// submission, unit, task, milestone, by, at.
	AlreadyDone = "already-done"
	// AlreadyDecided: the submission waits no more. submission, state, by, at.
	AlreadyDecided = "already-decided"
	// CompletedLate: completed_on is after the day of filing.
	// completed_on, filed.
	CompletedLate = "completed-late"
	// DateMissing: a date is needed. field.
	DateMissing = "date-missing"

	// UnknownRule: no such rule for adjustments. rule.
	UnknownRule = "unknown-rule"
	// RefMissing: an adjustment needs the matter that it is for.
	RefMissing = "ref-missing"
	// RepeatedMatter: the matter is counted already.
	// unit, rule, ref, adjustment, by, at.
	RepeatedMatter = "repeated-matter"
	// PointsFixed: the rule fixes the points. rule, points.
	PointsFixed = "points-fixed"
	// PointsMissing: the rule leaves the points open. rule.
	PointsMissing = "points-missing"
	// PointsBad: the points do not fit the rule. rule, points.
	PointsBad = "points-bad"
	// CountBad: a count outside 1 to most. count, most.
	CountBad = "count-bad"
	// UnknownAdjustment: no such adjustment. adjustment.
	UnknownAdjustment = "unknown-adjustment"
	// RepeatedAdjustment: the id is taken. adjustment.
	RepeatedAdjustment = "repeated-adjustment"
	// AlreadyRevoked: the adjustment or invitation is revoked. id.
	AlreadyRevoked = "already-revoked"
	// NotMeasured: the scheme has no such indicator or item. indicator.
	NotMeasured = "not-measured"
	// UnknownRound: the scheme weighs rounds, and not this one. indicator, round.
	UnknownRound = "unknown-round"
	// ItemPoints: points outside 0 to the item's full marks. item, points, full.
	ItemPoints = "item-points"
	// ReopensNothing: the rule does not reopen what was accepted. rule.
	ReopensNothing = "reopens-nothing"
	// NotAccepted: only an acceptance that counts can be reopened, and once.
	// submission, state.
	NotAccepted = "not-accepted"

	// UnknownInvitation: no such invitation.
	UnknownInvitation = "unknown-invitation"
	// RepeatedInvitation: the id or token is taken. invitation.
	RepeatedInvitation = "repeated-invitation"
	// InvitationExpired: its time is over. at.
	InvitationExpired = "invitation-expired"
	// InvitationUsed: somebody has joined by it. at.
	InvitationUsed = "invitation-used"
	// InvitationRevoked: the office took it back. at.
	InvitationRevoked = "invitation-revoked"
	// BadExpiry: the invitation would be over before it begins. expires.
	BadExpiry = "bad-expiry"
	// BadHash: not the SHA-256 of a token in lower-case hex.
	BadHash = "bad-hash"
	// BadRole: no such role. role.
	BadRole = "bad-role"
	// AlreadyJoined: the person is in already. name, role, unit.
	AlreadyJoined = "already-joined"
	// UnknownPerson: nobody of that id has joined. person.
	UnknownPerson = "unknown-person"

	// BadChat: chat id 0, or a purpose that is none. chat, purpose.
	BadChat = "bad-chat"
	// UnknownChat: the chat is not bound. chat.
	UnknownChat = "unknown-chat"
	// AlreadyBound: the chat is bound. chat, purpose.
	AlreadyBound = "already-bound"

	// BadTick: a tick without a job, or not after the job's last. job, at, last.
	BadTick = "bad-tick"
	// BadNotice: a notice without an id, a chat or a kind. notice.
	BadNotice = "bad-notice"
	// RepeatedNotice: the id is taken. notice.
	RepeatedNotice = "repeated-notice"
	// UnknownNotice: no such notice. notice.
	UnknownNotice = "unknown-notice"
	// AlreadySettled: the notice was sent or refused. notice, at.
	AlreadySettled = "already-settled"
	// AlreadyRead: the person has signed for it. notice, at.
	AlreadyRead = "already-read"
	// NotYours: the notice went to somebody else. notice.
	NotYours = "not-yours"
)

// sentences hold the English of each code: what is so, then what to do next.
//
//nolint:gochecknoglobals // a catalogue, read only
var sentences = map[string]string{
	NotAllowed:         "the role {role} may not do this ({act}); ask someone of the office",
	NotJoined:          "you have not joined this campaign; open the invitation link that the office gave you",
	OwnUnit:            "nobody of the office decides on their own unit ({unit}); ask a colleague of another unit",
	OtherUnit:          "a liaison acts for their own unit only, not for {unit}; choose a task of your own unit",
	BadActor:           "{by} is not an actor; write tg:<user id>, office:<name> or system",
	NeedsSecond:        "{rule} needs a second person of the office; have a colleague confirm it",
	NotOpen:            "no campaign is open here; open one first",
	AlreadyOpen:        "this journal already holds a campaign of {scheme}; use another data folder for another campaign",
	CampaignClosed:     "the campaign was closed at {at}; nothing that scores rest on can change any more",
	UnknownScheme:      "there is no scheme {scheme}; list the schemes and choose one of them",
	BadScheme:          "the scheme {scheme} cannot be used: {faults}; correct its text",
	SchemeUnfit:        "the scheme {scheme} does not fit what has happened: {faults}; keep in it what facts rest on",
	SchemeSame:         "the campaign runs by this scheme {scheme} already; nothing is left to do",
	SchemeTaken:        "{scheme} is the id of a built-in scheme; give the scheme of the file an id of its own",
	BadOpens:           "the opening day {opens} is after the scheme's closing day {closes}; choose an earlier day",
	NoUnits:            "the scheme {scheme} names no units; give the list of units when opening",
	RepeatedUnit:       "the unit {unit} stands twice in the list; name each unit once",
	UnknownUnit:        "there is no unit {unit} in this campaign; use a name from its list of units",
	UnknownClass:       "{class} is not a class of the scheme (unit {unit}); use one of its class ids",
	UnknownTask:        "there is no task {task} in the scheme; use a task id from its list",
	UnknownMilestone:   "task {task} has no milestone {milestone}; it has {count}, counted from 1",
	TaskNotApplicable:  "task {task} is not in the plan of {unit}; choose a task that applies, or change the plan first",
	PlanEmpty:          "the plan of {unit} has no tasks; give each task that applies its points",
	PlanSum:            "the points in the plan of {unit} sum to {sum}, not {total}; correct them",
	PlanPoints:         "task {task} has {points} points in the plan of {unit}; points cannot be below 0",
	NoteEmpty:          "the note is empty; write what was done",
	NoteLong:           "the note has {length} characters; shorten it to {most}",
	ReasonEmpty:        "a reason is needed; write one",
	ReasonLong:         "the reason has {length} characters; shorten it to {most}",
	NameBad:            "the name {name} cannot be used; give 1 to {most} characters that can be read",
	EvidenceMissing:    "there is no evidence; add at least one file or link",
	EvidenceMany:       "there are {count} pieces of evidence; keep at most {most}",
	EvidenceBad:        "the evidence {name} is not described fully; add the file or link again",
	UnknownSubmission:  "there is no submission {submission}; check its number",
	RepeatedSubmission: "the submission id {submission} is taken; each submission needs its own",
	AlreadyWaiting:     "submission {submission} for this milestone already waits for review; withdraw it before filing again",
	AlreadyDone:        "the milestone is done: submission {submission} was accepted at {at} by {by}; nothing is left to file",
	AlreadyDecided:     "submission {submission} was {state} at {at} by {by}; it waits no more",
	CompletedLate:      "the day of completion {completed_on} is after the day of filing {filed}; give a day not later than that",
	DateMissing:        "a date is missing ({field}); write it as YYYY-MM-DD",
	UnknownRule:        "the scheme has no rule {rule} for adjustments; use one from its list of rules",
	RefMissing:         "the matter is missing; name what the points are for",
	RepeatedMatter:     "{ref} is already counted for {unit} under {rule} (adjustment {adjustment}); the same matter counts once",
	PointsFixed:        "the rule {rule} fixes the points at {points}; leave them out",
	PointsMissing:      "the rule {rule} leaves the points open; give them",
	PointsBad:          "{points} points do not fit the rule {rule}; give an amount above 0",
	CountBad:           "the count {count} cannot be used; give a whole number from 1 to {most}",
	UnknownAdjustment:  "there is no adjustment {adjustment}; check its number",
	RepeatedAdjustment: "the adjustment id {adjustment} is taken; each adjustment needs its own",
	AlreadyRevoked:     "{id} was revoked before; nothing is left to do",
	NotMeasured:        "the scheme measures no {indicator}; use an indicator or item of the scheme",
	UnknownRound:       "the indicator {indicator} has no round {round}; use a round of the scheme",
	ItemPoints:         "{points} points do not fit {item}; give 0 to {full}",
	ReopensNothing:     "the rule {rule} does not reopen what was accepted; leave the submissions out",
	NotAccepted:        "submission {submission} is {state}; name each acceptance that counts, once",
	UnknownInvitation:  "this invitation is not known; ask the office for a new link",
	RepeatedInvitation: "the invitation {invitation} exists already; make a new one",
	InvitationExpired:  "this invitation ended at {at}; ask the office for a new link",
	InvitationUsed:     "this invitation was used at {at}; each link works once, ask the office for a new one",
	InvitationRevoked:  "this invitation was taken back at {at}; ask the office for a new link",
	BadExpiry:          "the invitation would end at {expires}, which is not in the future; choose a later time",
	BadHash:            "the invitation's hash is not a SHA-256 in lower-case hex; make the token with NewToken",
	BadRole:            "there is no role {role}; use liaison, office, leader, scorer or auditor",
	AlreadyJoined:      "{name} has joined already as {role} {unit}; nothing is left to do",
	UnknownPerson:      "nobody with the id {person} has joined; check the list of people",
	BadChat:            "the chat {chat} cannot be bound as {purpose}; bind a group as office or leaders",
	UnknownChat:        "the chat {chat} is not bound; bind it first",
	AlreadyBound:       "the chat {chat} is bound as {purpose} already; unbind it first",
	BadTick:            "the job {job} cannot tick at {at}; its last tick was {last}",
	BadNotice:          "the notice {notice} has no reference, chat or kind; nothing was queued",
	RepeatedNotice:     "the notice {notice} was queued before; each notice needs its own reference",
	UnknownNotice:      "there is no notice {notice}; check its reference",
	AlreadySettled:     "the notice {notice} was settled at {at}; nothing is left to do",
	AlreadyRead:        "the notice {notice} was signed for at {at}; nothing is left to do",
	NotYours:           "the notice {notice} went to somebody else; sign for your own",
}
