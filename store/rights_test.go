package store

import (
	"strings"
	"testing"
)

// who acts in the table below, in the order of its columns.
var columns = []struct{ name, by string }{
	{"liaison", "tg:11"},
	{"clerk", "tg:31"},
	{"leader", "tg:41"},
	{"scorer", "tg:51"},
	{"auditor", "tg:61"},
	{"stranger", "tg:99"},
	{"operator", "office:setup"},
	{"program", "system"},
}

// The table of rights, spelled out once more: each kind of act by each column,
// on the actor's own unit (甲局) and on another (乙局) or on none. o: own only,
// x: others only, *: all, .: never.
const expectedRights = `
campaign.open        . * . . . . * .
campaign.close       . * . . . . * .
scheme.adopt         . * . . . . * .
plan.approve         . x . . . . * .
milestone.date       . * . . . . * .
milestone.rule       . x . . . . * .
submission.file      o . . . . . . .
submission.withdraw  o . . . . . . .
submission.return    . x . . . . * .
submission.accept    . x . . . . * .
adjustment.make      . x . . . . * .
adjustment.revoke    . x . . . . * .
measurement.record   . x . x . . * .
external.score       . . . x . . . .
invitation.issue     . * . . . . * .
invitation.revoke    . * . . . . * .
person.join          * * * * * * * .
person.remove        . * . . . . * .
person.reachable     * * * * * . * *
chat.bind            . * . . . . * .
chat.unbind          . * . . . . * *
chat.migrate         . * . . . . * *
tick.run             . . . . . . . *
notice.settle        . . . . . . . *
notice.read          * * * * * . * .
`

func TestTheTableOfRightsInFull(t *testing.T) {
	d := opened(t, newMemory())
	rows := 0
	for row := range strings.Lines(strings.TrimSpace(expectedRights)) {
		cells := strings.Fields(row)
		rows++
		if len(cells) != len(columns)+1 || rights[Kind(cells[0])] == nil {
			t.Fatalf("row %q", row)
		}
		for i, cell := range cells[1:] {
			who := columns[i]
			d.View(func(r *Record) {
				own, other := r.May(who.by, Kind(cells[0]), "甲局"), r.May(who.by, Kind(cells[0]), "乙局")
				if own != strings.Contains("o*", cell) || other != strings.Contains("x*", cell) {
					t.Errorf("%s by %s: own %v, other %v; want %s", cells[0], who.name, own, other, cell)
				}
			})
		}
	}
	if rows != len(rights) {
		t.Errorf("%d kinds of act expected, the table has %d", rows, len(rights))
	}
}

// unitActs are the acts that bear on one unit.
func unitActs(unit, submission, adjustment string) []Act {
	return []Act{
		ApprovePlan{Unit: unit},
		RuleMilestone{Unit: unit},
		FileSubmission{Unit: unit},
		WithdrawSubmission{submission},
		ReturnSubmission{Submission: submission},
		AcceptSubmission{Submission: submission},
		MakeAdjustment{Unit: unit},
		RevokeAdjustment{Adjustment: adjustment},
		RecordMeasurement{Unit: unit},
		ScoreExternal{Unit: unit},
	}
}

// freeActs are the acts that bear on no unit.
func freeActs() []Act {
	return []Act{
		OpenCampaign{},
		CloseCampaign{},
		AdoptScheme{},
		DateMilestone{},
		IssueInvitation{},
		RevokeInvitation{},
		Join{},
		RemovePerson{},
		SetReachable{},
		BindChat{},
		UnbindChat{},
		MigrateChat{},
		RunTick{},
		SettleNotice{},
		ReadNotice{},
	}
}

// TestEveryActIsHeldToTheTable finds that no act slips past the table: what the
// table denies is refused with the reason, and nothing is written.
func TestEveryActIsHeldToTheTable(t *testing.T) {
	m := newMemory()
	d := opened(t, m)
	do(t, d, "tg:11", FileSubmission{Unit: "甲局", Task: "1", Milestone: 1, Note: "x", Evidence: proof("a")})
	do(t, d, "tg:21", FileSubmission{Unit: "乙局", Task: "1", Milestone: 1, Note: "x", Evidence: proof("b")})
	var ofUnit [2]string
	d.View(func(r *Record) { ofUnit = [2]string{r.submissionOrder[0].ID, r.submissionOrder[1].ID} })
	one := do(t, d, "office:setup", MakeAdjustment{Unit: "甲局", Rule: "lead", Ref: "a", Reason: "x"}).Events[0].(AdjustmentMade)
	two := do(t, d, "office:setup", MakeAdjustment{Unit: "乙局", Rule: "lead", Ref: "a", Reason: "x"}).Events[0].(AdjustmentMade)

	kinds := map[Kind]bool{}
	entries := len(m.lines)
	try := func(who string, a Act, unit string) {
		kinds[a.kind()] = true
		d.View(func(r *Record) {
			if allowed := r.May(who, a.kind(), unit); allowed != (r.allowed(who, a) == nil) {
				t.Errorf("%T by %s on %q: table %v, act %v", a, who, unit, allowed, r.allowed(who, a))
			}
		})
		if _, err := d.Do(t.Context(), Stamp{By: who, At: t0}, a); err == nil {
			t.Errorf("the empty %T by %s was carried out", a, who)
		}
	}
	for _, who := range columns {
		for _, a := range freeActs() {
			try(who.by, a, "")
		}
		if who.by == "office:setup" || who.by == "tg:31" || who.by == "tg:11" {
			continue // they may act on some unit; below
		}
		for _, a := range unitActs("甲局", ofUnit[0], string(one.Adjustment)) {
			try(who.by, a, "甲局")
		}
		for _, a := range unitActs("乙局", ofUnit[1], string(two.Adjustment)) {
			try(who.by, a, "乙局")
		}
	}
	if len(m.lines) != entries {
		t.Errorf("%d entries were written", len(m.lines)-entries)
	}
	if len(kinds) != len(rights) {
		t.Errorf("%d kinds tried of %d", len(kinds), len(rights))
	}
	for _, a := range unitActs("甲局", ofUnit[0], string(one.Adjustment)) {
		if _, err := d.Do(t.Context(), Stamp{By: "tg:31", At: t0}, a); codeOf(err) != OwnUnit && codeOf(err) != NotAllowed {
			t.Errorf("%T by a clerk on their own unit: %v", a, err)
		}
	}
	for _, a := range unitActs("乙局", ofUnit[1], string(two.Adjustment)) {
		if _, err := d.Do(t.Context(), Stamp{By: "tg:11", At: t0}, a); codeOf(err) != OtherUnit && codeOf(err) != NotAllowed {
			t.Errorf("%T by a liaison on another unit: %v", a, err)
		}
	}
}

func TestWhoIsNobody(t *testing.T) {
	d := opened(t, newMemory())
	for by, want := range map[string]string{
		"tg:99": NotJoined, "tg:41": NotAllowed, "": BadActor, "tg:": BadActor, "tg:-1": BadActor, "tg:1x": BadActor,
		"tg:99999999999999999999": BadActor, "office:": BadActor, "office:a\nb": BadActor, "root": BadActor, "system": NotAllowed,
	} {
		_, err := d.Do(t.Context(), Stamp{By: by, At: t0}, BindChat{Chat: -1, Purpose: PurposeOffice})
		if codeOf(err) != want {
			t.Errorf("%q was refused with %v, want %s", by, err, want)
		}
	}
	// One who was removed is nobody again.
	do(t, d, "tg:32", RemovePerson{Person: 33, Reason: "调离"})
	if _, err := d.Do(t.Context(), Stamp{By: "tg:33", At: t0}, BindChat{Chat: -1, Purpose: PurposeOffice}); codeOf(err) != NotJoined {
		t.Errorf("a removed clerk: %v", err)
	}
}
