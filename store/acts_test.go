package store

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"paogai/scoring"
)

// refused tries an act that may not be, and holds that nothing is written.
func refused(t *testing.T, d *Desk, by string, a Act, want string) {
	t.Helper()
	before := digestOf(d)
	_, err := d.Do(t.Context(), Stamp{By: by, At: t0}, a)
	if codeOf(err) != want {
		t.Errorf("%T by %s was refused with %v, want %s", a, by, err, want)
	}
	if err != nil && strings.ContainsAny(err.Error(), "{}") {
		t.Errorf("%s has a gap: %v", want, err)
	}
	if digestOf(d) != before {
		t.Errorf("the refused %T by %s changed the record", a, by)
	}
}

// told lists the notices of an entry as "kind>chat".
func told(e Entry) []string {
	var list []string
	for _, event := range e.Events {
		if n, ok := event.(NoticeQueued); ok {
			list = append(list, fmt.Sprintf("%s>%d", n.Kind, n.To))
		}
	}
	return list
}

func wantTold(t *testing.T, e Entry, want ...string) {
	t.Helper()
	if got := told(e); !slices.Equal(got, want) {
		t.Errorf("entry %d told %v, want %v", e.Seq, got, want)
	}
}

func file(unit, task string, milestone int, note string) FileSubmission {
	return FileSubmission{Unit: unit, Task: task, Milestone: milestone, Note: note, Evidence: proof(note)}
}

func TestFilingAsksForWhatAClerkNeeds(t *testing.T) {
	d := opened(t, newMemory())
	good := file("甲局", "1", 1, "做完")
	bad := func(change func(*Evidence)) FileSubmission {
		a := good
		a.Evidence = proof("x")
		change(&a.Evidence[0])
		return a
	}
	none, many, empty, invisible, long := good, good, good, good, good
	none.Evidence = nil
	many.Evidence = make([]Evidence, MaxEvidence+1)
	empty.Note = " \n\t"
	invisible.Note = "\u200b\u200e\ufeff\u202e\u3164\u2800"
	long.Note = strings.Repeat("字", MaxNote+1)
	for _, c := range []struct {
		act  Act
		want string
	}{
		{none, EvidenceMissing},
		{many, EvidenceMany},
		{empty, NoteEmpty},
		{invisible, NoteEmpty},
		{long, NoteLong},
		{bad(func(e *Evidence) { e.SHA256 = "abc" }), EvidenceBad},
		{bad(func(e *Evidence) { e.SHA256 = strings.ToUpper(e.SHA256) }), EvidenceBad},
		{bad(func(e *Evidence) { e.Size = 0 }), EvidenceBad},
		{bad(func(e *Evidence) { e.Name = "\u200b" }), EvidenceBad},
		{bad(func(e *Evidence) { e.URL = "javascript:alert(1)" }), EvidenceBad},
		{bad(func(e *Evidence) { e.URL = "https://a.cn/" + strings.Repeat("x", maxLink) }), EvidenceBad},
		{bad(func(e *Evidence) { e.FileID = strings.Repeat("x", maxCause+1) }), EvidenceBad},
		{file("甲局", "9", 1, "x"), UnknownTask},
		{file("甲局", "1", 2, "x"), UnknownMilestone},
	} {
		refused(t, d, "tg:11", c.act, c.want)
	}
	link := bad(func(e *Evidence) { e.URL, e.Name, e.Size = "https://a.cn/x", "", 0 })
	link.Note = "\ufeff  第一行\r\n第二行\t<b>&\u202e👨\u200d👩\u200d👧 "
	e := do(t, d, "tg:11", link)
	got := e.Events[0].(SubmissionFiled)
	if got.Note != "第一行\n第二行 <b>&👨\u200d👩\u200d👧" || got.Evidence[0].Name != "https://a.cn/x" {
		t.Errorf("kept %+v", got)
	}
}

func TestASubmissionFromFilingToTheEnd(t *testing.T) {
	d := opened(t, newMemory())
	e := do(t, d, "tg:11", file("甲", "1", 1, "做完"))
	id := fmt.Sprintf("S%d", e.Seq)
	if got := e.Events[0].(SubmissionFiled); string(got.Submission) != id || got.Unit != "甲局" {
		t.Errorf("filed %+v", got)
	}
	if n := e.Events[1].(NoticeQueued); n.Notice != fmt.Sprintf("n%d-1", e.Seq) || n.Submission != id {
		t.Errorf("queued %+v", n)
	}
	wantTold(t, e, "review>32", "review>33") // not clerk 31, who is of 甲局
	refused(t, d, "tg:12", file("甲局", "1", 1, "又"), AlreadyWaiting)
	refused(t, d, "tg:21", WithdrawSubmission{id}, OtherUnit)
	refused(t, d, "tg:31", AcceptSubmission{Submission: id}, OwnUnit)
	refused(t, d, "tg:32", ReturnSubmission{id, " "}, ReasonEmpty)
	refused(t, d, "tg:32", ReturnSubmission{id, strings.Repeat("x", MaxReason+1)}, ReasonLong)
	refused(t, d, "tg:32", ReturnSubmission{"S999", "x"}, UnknownSubmission)
	refused(t, d, "tg:32", AcceptSubmission{id, date("2018-08-21")}, CompletedLate)

	e = do(t, d, "tg:32", ReturnSubmission{id, "看不清"})
	wantTold(t, e, "returned>11", "returned>12")
	_, err := d.Do(t.Context(), Stamp{By: "tg:33", At: t0}, AcceptSubmission{Submission: id})
	if codeOf(err) != AlreadyDecided || argsOf(err)["by"] != "tg:32" || argsOf(err)["state"] != "returned" {
		t.Errorf("the second clerk was told %v", err)
	}
	id = fmt.Sprintf("S%d", do(t, d, "tg:12", file("甲局", "1", 1, "再报")).Seq)
	wantTold(t, do(t, d, "tg:11", WithdrawSubmission{id}), "withdrawn>32", "withdrawn>33")
	id = fmt.Sprintf("S%d", do(t, d, "tg:12", file("甲局", "1", 1, "三报")).Seq)
	e = do(t, d, "office:setup", AcceptSubmission{Submission: id})
	wantTold(t, e, "accepted>12", "accepted>11")
	if on := e.Events[0].(SubmissionAccepted).CompletedOn; on != date("2018-08-20") {
		t.Errorf("completed on %v", on)
	}
	refused(t, d, "tg:11", file("甲局", "1", 1, "四报"), AlreadyDone)
	d.View(func(r *Record) {
		if len(r.NoticesOf(id)) != 4 || len(r.Queue()) != 0 {
			t.Errorf("%d notices, queue %v", len(r.NoticesOf(id)), r.Queue())
		}
	})
}

func TestWhoIsToldFollowsGroupsAndReach(t *testing.T) {
	d := opened(t, newMemory())
	do(t, d, "system", SetReachable{Person: 32, Reachable: false, Reason: "blocked"})
	wantTold(t, do(t, d, "tg:11", file("甲局", "1", 1, "a")), "review>33")
	do(t, d, "tg:32", SetReachable{Person: 32, Reachable: true})
	do(t, d, "tg:31", BindChat{Chat: -7, Purpose: PurposeOffice, Title: "跑改办"})
	e := do(t, d, "tg:11", file("甲局", "2", 1, "b"))
	wantTold(t, e, "review>-7")
	do(t, d, "system", MigrateChat{From: -7, To: -1007})
	d.View(func(r *Record) {
		for _, n := range r.Outbox() {
			if n.To == -7 {
				t.Errorf("%s still goes to the old group", n.Notice)
			}
		}
		if group, ok := r.ChatFor(PurposeOffice); !ok || group.ID != -1007 {
			t.Errorf("the group is %+v", group)
		}
	})
	do(t, d, "tg:11", SetReachable{Person: 11, Reachable: false})
	do(t, d, "tg:31", UnbindChat{-1007})
	id := fmt.Sprintf("S%d", e.Seq)
	wantTold(t, do(t, d, "tg:33", AcceptSubmission{Submission: id}), "accepted>12")
	// Nothing to change writes nothing.
	if e, err := d.Do(t.Context(), Stamp{By: System, At: t0}, SetReachable{Person: 11}); err != nil || e.Seq != 0 {
		t.Errorf("entry %d, %v", e.Seq, err)
	}
	refused(t, d, "tg:12", SetReachable{Person: 11, Reachable: true}, NotAllowed)
}

func TestInvitationsWorkOnce(t *testing.T) {
	d := opened(t, newMemory())
	week := t0.AddDate(0, 0, 7)
	e := do(t, d, "tg:32", IssueInvitation{Hash: hash("a"), Role: Liaison, Unit: "丙县", Expires: week})
	id := string(e.Events[0].(InvitationIssued).Invitation)
	if id != fmt.Sprintf("I%d", e.Seq) {
		t.Errorf("issued %s", id)
	}
	do(t, d, "tg:32", IssueInvitation{Invitation: "mine", Hash: hash("b"), Role: Liaison, Unit: "丙县", Expires: week})
	refused(t, d, "tg:32", IssueInvitation{Hash: hash("c"), Role: Liaison, Unit: "丁县", Expires: week}, UnknownUnit)
	refused(t, d, "tg:32", IssueInvitation{Hash: hash("c"), Role: Leader, Unit: "丁县", Expires: week}, UnknownUnit)
	refused(t, d, "tg:32", IssueInvitation{Hash: "c", Role: Leader, Expires: week}, BadHash)
	refused(t, d, "tg:32", IssueInvitation{Hash: hash("c"), Role: Leader, Expires: t0}, BadExpiry)

	refused(t, d, "tg:71", Join{Hash: hash("wrong"), Person: 71, Name: "x"}, UnknownInvitation)
	refused(t, d, "tg:71", Join{Hash: hash("a"), Person: 72, Name: "x"}, NotAllowed)
	wantTold(t, do(t, d, "tg:71", Join{Hash: hash("a"), Person: 71, Name: "\u202e\u200b"}), "joined>31", "joined>32", "joined>33")
	refused(t, d, "tg:71", Join{Hash: hash("a"), Person: 71, Name: "x"}, AlreadyJoined)
	refused(t, d, "tg:71", Join{Hash: hash("wrong"), Person: 71, Name: "x"}, AlreadyJoined)
	refused(t, d, "tg:72", Join{Hash: hash("a"), Person: 72, Name: "x"}, InvitationUsed)
	do(t, d, "tg:32", RevokeInvitation{"mine"})
	refused(t, d, "tg:72", Join{Hash: hash("b"), Person: 72, Name: "x"}, InvitationRevoked)
	refused(t, d, "tg:32", RevokeInvitation{id}, InvitationUsed)
	d.View(func(r *Record) {
		p, ok := r.Person(71)
		if !ok || p.Name != "71" || p.Unit != "丙县" || !p.Reachable {
			t.Errorf("joined %+v", p)
		}
		if i, _ := r.Invitation(id); i.Person != 71 || i.Used == nil || len(r.Invitations()) != 11 {
			t.Errorf("the invitation is %+v", i)
		}
	})
	refused(t, d, "tg:32", RemovePerson{71, ""}, ReasonEmpty)
	do(t, d, "tg:32", RemovePerson{71, "调离"})
	do(t, d, "tg:32", IssueInvitation{Hash: hash("d"), Role: Liaison, Unit: "丙县", Expires: week})
	do(t, d, "tg:71", Join{Hash: hash("d"), Person: 71, Name: strings.Repeat("名", 99)})
	if _, err := d.Do(t.Context(), Stamp{By: "tg:73", At: week}, Join{Hash: hash("d"), Person: 73}); codeOf(err) != InvitationUsed {
		t.Errorf("late: %v", err)
	}
}

func TestHeavyActsNeedTwoPeople(t *testing.T) {
	d := opened(t, newMemory())
	heavy := MakeAdjustment{Unit: "乙局", Rule: "complaint", Ref: "12345-7", Reason: "查实"}
	for _, second := range []string{"", "tg:32", "tg:41", "tg:99", "system", "nobody"} {
		heavy.Second = second
		refused(t, d, "tg:32", heavy, NeedsSecond)
		refused(t, d, "tg:32", CloseCampaign{second}, NeedsSecond)
	}
	heavy.Second = "tg:33"
	e := do(t, d, "tg:32", heavy)
	if got := e.Events[0].(AdjustmentMade); got.Second != "tg:33" || string(got.Adjustment) != fmt.Sprintf("A%d", e.Seq) || got.Points != nil {
		t.Errorf("made %+v", got)
	}
	own := MakeAdjustment{Unit: "甲局", Rule: "complaint", Ref: "1", Reason: "x", Second: "tg:31"}
	refused(t, d, "tg:32", own, NeedsSecond) // 31 is of 甲局 and may not confirm
	do(t, d, "tg:32", CloseCampaign{"office:setup"})
	refused(t, d, "tg:32", CloseCampaign{"tg:33"}, CampaignClosed)
	refused(t, d, "tg:33", heavy, CampaignClosed)

	alone := newDesk(t, newMemory())
	do(t, alone, "office:a", OpenCampaign{Scheme: "test", OnePerson: true})
	do(t, alone, "office:a", MakeAdjustment{Unit: "乙局", Rule: "complaint", Ref: "1", Reason: "x"})
	do(t, alone, "office:a", CloseCampaign{})
	alone.View(func(r *Record) {
		if !r.OnePerson() || r.Facts().Opens != date("2018-08-15") {
			t.Errorf("opened %v on %v", r.OnePerson(), r.Facts().Opens)
		}
	})
}

func TestTheOfficeActs(t *testing.T) {
	d := opened(t, newMemory())
	p := points("1.5")
	do(t, d, "tg:32", ApprovePlan{"甲局", map[string]scoring.Points{"1": points("40"), "3": points("60")}})
	do(t, d, "tg:32", DateMilestone{"3", 1, date("2018-11-30"), "省里定了"})
	do(t, d, "tg:32", RuleMilestone{"甲局", "1", 1, false, "因灾"})
	e := do(t, d, "tg:32", MakeAdjustment{Unit: "甲", Rule: "innovation", Ref: " 一窗\u200b受理 ", Reason: "省通报", Count: 2, Points: &p})
	if got := e.Events[0].(AdjustmentMade); got.Ref != "一窗受理" || got.Unit != "甲局" || *got.Count != 2 {
		t.Errorf("made %+v", got)
	}
	id := fmt.Sprintf("A%d", e.Seq)
	refused(t, d, "tg:32", MakeAdjustment{Unit: "甲局", Rule: "innovation", Ref: "一窗受理", Reason: "x", Points: &p}, RepeatedMatter)
	refused(t, d, "tg:32", MakeAdjustment{Unit: "甲局", Rule: "lead", Ref: "x", Reason: "x", Points: &p}, PointsFixed)
	refused(t, d, "tg:32", MakeAdjustment{Unit: "甲局", Rule: "lead", Ref: "x"}, ReasonEmpty)
	refused(t, d, "tg:31", RevokeAdjustment{id, "x"}, OwnUnit)
	refused(t, d, "tg:32", RevokeAdjustment{id, ""}, ReasonEmpty)
	refused(t, d, "tg:32", RevokeAdjustment{"A0", "x"}, UnknownAdjustment)
	do(t, d, "tg:32", RevokeAdjustment{id, "材料有误"})
	refused(t, d, "tg:32", RuleMilestone{"甲局", "2", 1, true, "x"}, TaskNotApplicable)
	refused(t, d, "tg:32", RuleMilestone{"甲局", "1", 1, true, ""}, ReasonEmpty)
	refused(t, d, "tg:32", DateMilestone{"3", 1, date("2018-11-30"), ""}, ReasonEmpty)
	refused(t, d, "tg:32", DateMilestone{"3", 1, scoring.Date{}, "x"}, DateMissing)
	refused(t, d, "tg:32", RecordMeasurement{"乙局", "x", "1", p}, NotMeasured)
	refused(t, d, "tg:51", ScoreExternal{"乙局", "x", p}, NotMeasured)
	refused(t, d, "tg:32", OpenCampaign{Scheme: "test"}, AlreadyOpen)
	d.View(func(r *Record) {
		if a, ok := r.Adjustment(id); !ok || a.Revoked == nil || a.RevokeReason != "材料有误" {
			t.Errorf("the adjustment is %+v", a)
		}
	})
}

func TestNoticesAreQueuedSettledAndSignedFor(t *testing.T) {
	d := opened(t, newMemory())
	do(t, d, "tg:31", BindChat{Chat: -7, Purpose: PurposeOffice})
	do(t, d, "tg:31", BindChat{Chat: -8, Purpose: PurposeLeaders})
	tick := RunTick{Job: "ladder", At: t0.Add(time.Minute), Notices: []NoticeQueued{
		{To: 11, Kind: NoticeDue, Unit: "甲局", Stage: "t3", Items: []scoring.Node{{Task: "1", Milestone: 1}}},
		{To: -7, Kind: NoticeOverdue},
		{To: -8, Kind: NoticeOverdue},
		{To: -9, Kind: NoticeOverdue},
	}}
	e := do(t, d, System, tick)
	refused(t, d, System, tick, BadTick)
	ref := func(i int) string { return fmt.Sprintf("n%d-%d", e.Seq, i) }
	waiting := 0
	d.View(func(r *Record) { waiting = len(r.Outbox()) })
	do(t, d, System, SettleNotice{Notice: ref(1), Messages: []int{5, 6}})
	do(t, d, System, SettleNotice{Notice: ref(2), Refused: "bot was\nblocked"})
	refused(t, d, System, SettleNotice{Notice: ref(1)}, AlreadySettled)
	do(t, d, "tg:11", ReadNotice{ref(1)})
	refused(t, d, "tg:11", ReadNotice{ref(1)}, AlreadyRead)
	refused(t, d, "tg:12", ReadNotice{ref(1)}, NotYours)
	refused(t, d, "tg:11", ReadNotice{"n0-0"}, UnknownNotice)
	refused(t, d, "tg:11", ReadNotice{ref(2)}, NotYours)
	refused(t, d, "office:setup", ReadNotice{ref(2)}, NotYours)
	do(t, d, "tg:31", ReadNotice{ref(2)})
	refused(t, d, "tg:11", ReadNotice{ref(3)}, NotYours)
	do(t, d, "tg:41", ReadNotice{ref(3)})
	refused(t, d, "tg:31", ReadNotice{ref(4)}, NotYours)
	d.View(func(r *Record) {
		one, _ := r.Notice(ref(1))
		two, _ := r.Notice(ref(2))
		if one.Outstanding() || !slices.Equal(one.Messages, []int{5, 6}) || len(one.Reads) != 1 || two.Refused != "bot was blocked" {
			t.Errorf("kept %+v and %+v", one, two)
		}
		if len(r.Outbox()) != waiting-2 || !r.LastTick("ladder").Equal(tick.At) || !r.LastTick("other").IsZero() {
			t.Errorf("outbox %d of %d, tick %v", len(r.Outbox()), waiting, r.LastTick("ladder"))
		}
	})
}
