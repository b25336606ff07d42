package store

import (
	"strings"
	"testing"
	"time"

	"paogai/scoring"
)

// filed is a submission event for a node, without evidence as a journal from
// elsewhere may have it.
func filed(id ID, unit string, task ID, milestone int) SubmissionFiled {
	return SubmissionFiled{Submission: id, Unit: unit, Task: task, Milestone: milestone, Note: "做完"}
}

func made(id ID, unit, rule, ref string, p *Amount) AdjustmentMade {
	return AdjustmentMade{Adjustment: id, Unit: unit, Rule: rule, Ref: ref, Reason: "因", Points: p}
}

func invited(id ID, token string) InvitationIssued {
	return InvitationIssued{id, hash(token), Liaison, "甲局", Moment{t0.AddDate(0, 0, 7)}}
}

var opening = CampaignOpened{Scheme: "test", Opens: date("2018-08-20")}

func plan(pairs ...string) PlanApproved {
	e := PlanApproved{Unit: "甲局", Points: map[string]Amount{}}
	for i := 0; i < len(pairs); i += 2 {
		e.Points[pairs[i]] = *amount(pairs[i+1])
	}
	return e
}

// TestEveryRefusalOfAnEvent tries events that may not be, each after some that
// may, and holds that a refused one changes nothing.
func TestEveryRefusalOfAnEvent(t *testing.T) {
	ten, none := 101, 0
	long := strings.Repeat("长", MaxNote+1)
	open := []Event{opening}
	with := func(more ...Event) []Event { return append([]Event{opening}, more...) }
	due := NoticeQueued{Notice: "n2-1", To: 11, Kind: NoticeDue}
	join := PersonJoined{11, "联络员", Liaison, "甲局", "I1"}
	for _, c := range []struct {
		name  string
		given []Event
		event Event
		want  string
	}{
		{"opened twice", open, opening, AlreadyOpen},
		{"of no scheme", nil, CampaignOpened{Scheme: "jilin", Opens: opening.Opens}, UnknownScheme},
		{"opened on no day", nil, CampaignOpened{Scheme: "test"}, DateMissing},
		{"opened after the close", nil, CampaignOpened{Scheme: "test", Opens: date("2019-01-01")}, BadOpens},
		{"a unit twice", nil, CampaignOpened{"test", opening.Opens, []UnitEntry{{"甲局", ""}, {"甲局", "1"}}, false, ""}, RepeatedUnit},
		{"a class of none", nil, CampaignOpened{"test", opening.Opens, []UnitEntry{{"甲局", "9"}}, false, ""}, UnknownClass},
		{"a new unit without class", nil, CampaignOpened{"test", opening.Opens, []UnitEntry{{"丁县", ""}}, false, ""}, UnknownClass},
		{"a unit without name", nil, CampaignOpened{"test", opening.Opens, []UnitEntry{{" ", "1"}}, false, ""}, NameBad},
		{"closed before the opening", nil, CampaignEnded{}, NotOpen},
		{"closed twice", with(CampaignEnded{}), CampaignEnded{}, CampaignClosed},

		{"a plan before the opening", nil, plan("1", "100"), NotOpen},
		{"a plan after the close", with(CampaignEnded{}), plan("1", "100"), CampaignClosed},
		{"a plan of no unit", open, PlanApproved{Unit: "丁县", Points: map[string]Amount{"1": *amount("100")}}, UnknownUnit},
		{"a plan without tasks", open, plan(), PlanEmpty},
		{"a plan below 100", open, plan("1", "99.99"), PlanSum},
		{"a plan above 100", open, plan("1", "50", "2", "50.0001"), PlanSum},
		{"a plan of unknown tasks", open, plan("1", "50", "77", "50"), UnknownTask},
		{"a plan with less than nothing", open, plan("1", "101", "2", "-1"), PlanPoints},

		{"dating no task", open, MilestoneDated{"9", 1, opening.Opens, "x"}, UnknownTask},
		{"dating no milestone", open, MilestoneDated{"3", 2, opening.Opens, "x"}, UnknownMilestone},
		{"dating with no day", open, MilestoneDated{"3", 1, scoring.Date{}, "x"}, DateMissing},
		{"dating at length", open, MilestoneDated{"3", 1, opening.Opens, long}, ReasonLong},
		{"dating after the close", with(CampaignEnded{}), MilestoneDated{"3", 1, opening.Opens, "x"}, CampaignClosed},
		{"ruling on no unit", open, MilestoneRuled{"丁", "1", 1, true, "x"}, UnknownUnit},
		{"ruling on no task", open, MilestoneRuled{"甲局", "x", 1, true, "x"}, UnknownTask},
		{"ruling on milestone 0", open, MilestoneRuled{"甲局", "1", 0, true, "x"}, UnknownMilestone},
		{"ruling at length", open, MilestoneRuled{"甲局", "1", 1, true, long}, ReasonLong},

		{"filing before the opening", nil, filed("S1", "甲局", "1", 1), NotOpen},
		{"filing for no unit", open, filed("S1", "丁", "1", 1), UnknownUnit},
		{"filing for no task", open, filed("S1", "甲局", "5", 1), UnknownTask},
		{"filing for no milestone", open, filed("S1", "甲局", "2", 3), UnknownMilestone},
		{"filing what does not apply", with(plan("2", "100")), filed("S1", "甲局", "1", 1), TaskNotApplicable},
		{"filing without an id", open, filed("", "甲局", "1", 1), UnknownSubmission},
		{"filing under a taken id", with(filed("S1", "甲局", "1", 1)), filed("S1", "乙局", "1", 1), RepeatedSubmission},
		{"filing at length", open, SubmissionFiled{"S1", "甲局", "1", 1, long, nil}, NoteLong},
		{"filing a heap", open, SubmissionFiled{"S1", "甲局", "1", 1, "x", make([]Evidence, MaxEvidence+1)}, EvidenceMany},
		{"filing after the close", with(CampaignEnded{}), filed("S1", "甲局", "1", 1), CampaignClosed},

		{"withdrawing nothing", open, SubmissionWithdrawn{"S1"}, UnknownSubmission},
		{"withdrawing twice", with(filed("S1", "甲局", "1", 1), SubmissionWithdrawn{"S1"}), SubmissionWithdrawn{"S1"}, AlreadyDecided},
		{"returning nothing", open, SubmissionReturned{"S1", "x"}, UnknownSubmission},
		{"returning at length", with(filed("S1", "甲局", "1", 1)), SubmissionReturned{"S1", long}, ReasonLong},
		{"accepting the returned", with(filed("S1", "甲局", "1", 1), SubmissionReturned{"S1", "x"}), SubmissionAccepted{"S1", opening.Opens}, AlreadyDecided},
		{"accepting nothing", open, SubmissionAccepted{"S1", opening.Opens}, UnknownSubmission},
		{"accepting twice", with(filed("S1", "甲局", "1", 1), SubmissionAccepted{"S1", opening.Opens}), SubmissionAccepted{"S1", opening.Opens}, AlreadyDecided},
		{
			"accepting a second one", with(filed("S1", "甲局", "1", 1), filed("S2", "甲局", "1", 1), SubmissionAccepted{"S1", opening.Opens}),
			SubmissionAccepted{"S2", opening.Opens},
			AlreadyDone,
		},
		{"completed after filing", with(filed("S1", "甲局", "1", 1)), SubmissionAccepted{"S1", date("2018-08-21")}, CompletedLate},
		{"completed on no day", with(filed("S1", "甲局", "1", 1)), SubmissionAccepted{"S1", scoring.Date{}}, DateMissing},
		{"accepting after the close", with(filed("S1", "甲局", "1", 1), CampaignEnded{}), SubmissionAccepted{"S1", opening.Opens}, CampaignClosed},

		{"adjusting before the opening", nil, made("A1", "甲局", "lead", "事", nil), NotOpen},
		{"adjusting no unit", open, made("A1", "丁", "lead", "事", nil), UnknownUnit},
		{"adjusting by no rule", open, made("A1", "甲局", "luck", "事", nil), UnknownRule},
		{"adjusting by the late rule", open, made("A1", "甲局", "late", "事", nil), UnknownRule},
		{"adjusting without an id", open, made("", "甲局", "lead", "事", nil), UnknownAdjustment},
		{"adjusting without a matter", open, made("A1", "甲局", "lead", " ", nil), RefMissing},
		{"adjusting a matter at length", open, made("A1", "甲局", "lead", long, nil), ReasonLong},
		{"the same matter twice", with(made("A1", "甲局", "lead", "事", nil)), made("A2", "甲局", "lead", " 事 ", nil), RepeatedMatter},
		{"the same id twice", with(made("A1", "甲局", "lead", "事", nil)), made("A1", "乙局", "lead", "事", nil), RepeatedAdjustment},
		{"points where fixed", open, made("A1", "甲局", "lead", "事", amount("2")), PointsFixed},
		{"no points where open", open, made("A1", "甲局", "innovation", "事", nil), PointsMissing},
		{"no more than 0 points", open, made("A1", "甲局", "innovation", "事", amount("0")), PointsBad},
		{"points below 0", open, made("A1", "甲局", "innovation", "事", amount("-1")), PointsBad},
		{"a count of 0", open, AdjustmentMade{"A1", "甲局", "lead", "事", "因", &none, nil, "", nil}, CountBad},
		{"a count of too many", open, AdjustmentMade{"A1", "甲局", "lead", "事", "因", &ten, nil, "", nil}, CountBad},
		{"revoking nothing", open, AdjustmentRevoked{"A1", "x"}, UnknownAdjustment},
		{"revoking before the opening", nil, AdjustmentRevoked{"A1", "x"}, NotOpen},
		{"revoking twice", with(made("A1", "甲局", "lead", "事", nil), AdjustmentRevoked{"A1", "x"}), AdjustmentRevoked{"A1", "x"}, AlreadyRevoked},
		{"revoking at length", with(made("A1", "甲局", "lead", "事", nil)), AdjustmentRevoked{"A1", long}, ReasonLong},
		{"measuring the unmeasured", open, MeasurementRecorded{"甲局", "satisfaction", "1", *amount("90")}, NotMeasured},
		{"measuring no unit", open, MeasurementRecorded{"丁", "satisfaction", "1", *amount("90")}, UnknownUnit},
		{"scoring from outside", open, ExternalScored{"甲局", "data", *amount("9")}, NotMeasured},
		{"scoring from outside too early", nil, ExternalScored{"甲局", "data", *amount("9")}, NotOpen},

		{"inviting before the opening", nil, invited("I1", "a"), NotOpen},
		{"inviting without an id", open, invited("", "a"), UnknownInvitation},
		{"inviting twice by one id", with(invited("I1", "a")), invited("I1", "b"), RepeatedInvitation},
		{"inviting twice by one token", with(invited("I1", "a")), invited("I2", "a"), RepeatedInvitation},
		{"inviting by the token itself", open, InvitationIssued{"I1", "secret", Liaison, "甲局", Moment{t0.AddDate(0, 0, 7)}}, BadHash},
		{"inviting into the past", open, InvitationIssued{"I1", hash("a"), Liaison, "甲局", Moment{t0}}, BadExpiry},
		{"inviting to no role", open, InvitationIssued{"I1", hash("a"), "king", "甲局", Moment{t0.AddDate(0, 0, 7)}}, BadRole},
		{"inviting a liaison of no unit", open, InvitationIssued{"I1", hash("a"), Liaison, "", Moment{t0.AddDate(0, 0, 7)}}, UnknownUnit},
		{"taking back nothing", open, InvitationTakenBack{"I1"}, UnknownInvitation},
		{"taking back twice", with(invited("I1", "a"), InvitationTakenBack{"I1"}), InvitationTakenBack{"I1"}, AlreadyRevoked},
		{"taking back the used", with(invited("I1", "a"), join), InvitationTakenBack{"I1"}, InvitationUsed},
		{"joining by nothing", open, join, UnknownInvitation},
		{"joining by the revoked", with(invited("I1", "a"), InvitationTakenBack{"I1"}), join, InvitationRevoked},
		{"joining by the used", with(invited("I1", "a"), join), PersonJoined{12, "联络员", Liaison, "甲局", "I1"}, InvitationUsed},
		{"joining twice", with(invited("I1", "a"), invited("I2", "b"), join), PersonJoined{11, "联络员", Liaison, "甲局", "I2"}, AlreadyJoined},
		{"joining as more", with(invited("I1", "a")), PersonJoined{11, "联络员", Office, "甲局", "I1"}, BadRole},
		{"joining elsewhere", with(invited("I1", "a")), PersonJoined{11, "联络员", Liaison, "乙局", "I1"}, BadRole},
		{"joining as nobody", with(invited("I1", "a")), PersonJoined{0, "联络员", Liaison, "甲局", "I1"}, UnknownPerson},
		{"joining without a name", with(invited("I1", "a")), PersonJoined{11, "", Liaison, "甲局", "I1"}, NameBad},
		{"removing nobody", open, PersonRemoved{11, "x"}, UnknownPerson},
		{"removing at length", with(invited("I1", "a"), join), PersonRemoved{11, long}, ReasonLong},
		{"reaching nobody", open, PersonReachable{11, true, ""}, UnknownPerson},
		{"reaching at length", with(invited("I1", "a"), join), PersonReachable{11, true, long}, ReasonLong},

		{"binding chat 0", nil, ChatBound{0, PurposeOffice, ""}, BadChat},
		{"binding to no purpose", nil, ChatBound{-5, "fun", ""}, BadChat},
		{"binding twice", []Event{ChatBound{-5, PurposeOffice, ""}}, ChatBound{-5, PurposeLeaders, ""}, AlreadyBound},
		{"binding at length", nil, ChatBound{-5, PurposeOffice, long}, ReasonLong},
		{"unbinding nothing", nil, ChatUnbound{-5}, UnknownChat},
		{"moving nothing", nil, ChatMigrated{-5, -6}, UnknownChat},
		{"moving nowhere", []Event{ChatBound{-5, PurposeOffice, ""}}, ChatMigrated{-5, 0}, BadChat},
		{"moving onto another", []Event{ChatBound{-5, PurposeOffice, ""}, ChatBound{-6, PurposeOffice, ""}}, ChatMigrated{-5, -6}, AlreadyBound},

		{"a tick of no job", nil, TickRun{"", Moment{t0}}, BadTick},
		{"a tick at no time", nil, TickRun{"ladder", Moment{}}, BadTick},
		{"a tick again", []Event{TickRun{"ladder", Moment{t0}}}, TickRun{"ladder", Moment{t0}}, BadTick},
		{"a tick going back", []Event{TickRun{"ladder", Moment{t0}}}, TickRun{"ladder", Moment{t0.Add(-time.Hour)}}, BadTick},
		{"a notice to nobody", nil, NoticeQueued{Notice: "n1", Kind: NoticeDue}, BadNotice},
		{"a notice of no kind", nil, NoticeQueued{Notice: "n1", To: 1}, BadNotice},
		{"a notice without reference", nil, NoticeQueued{To: 1, Kind: NoticeDue}, BadNotice},
		{"a notice of no submission", nil, NoticeQueued{Notice: "n1", To: 1, Kind: NoticeReview, Submission: "S9"}, UnknownSubmission},
		{"a notice twice", []Event{due}, due, RepeatedNotice},
		{"settling nothing", nil, NoticeSettled{Notice: "n2-1"}, UnknownNotice},
		{"settling twice", []Event{due, NoticeSettled{Notice: "n2-1"}}, NoticeSettled{Notice: "n2-1"}, AlreadySettled},
		{"reading nothing", nil, NoticeRead{"n2-1", 11}, UnknownNotice},
		{"reading twice", []Event{due, NoticeRead{"n2-1", 11}}, NoticeRead{"n2-1", 11}, AlreadyRead},
	} {
		t.Run(c.name, func(t *testing.T) {
			r := NewRecord(oneScheme())
			for _, event := range c.given {
				r.must(t, t0, event)
			}
			before := string(r.Digest())
			// A zero tick cannot be written, so the record is asked directly.
			_, err := r.fold(r.head, Entry{Seq: r.head.Seq + 1, At: t0, By: System, Events: []Event{
				TickRun{"before", Moment{t0}}, c.event,
			}})
			if got := codeOf(err); got != c.want {
				t.Errorf("refused as %q, want %q", got, c.want)
			}
			if after := string(r.Digest()); after != before {
				t.Errorf("a refused event left\n%s\nof\n%s", after, before)
			}
		})
	}
}

func TestJoiningAfterTheInvitationEnded(t *testing.T) {
	for wait, want := range map[time.Duration]string{
		7*24*time.Hour - time.Second: "",
		7 * 24 * time.Hour:           InvitationExpired,
	} {
		r := NewRecord(oneScheme())
		r.must(t, t0, opening, invited("I1", "a"))
		_, err := r.next(t0.Add(wait), PersonJoined{11, "联络员", Liaison, "甲局", "I1"})
		if codeOf(err) != want {
			t.Errorf("after %v: %v", wait, err)
		}
	}
}

func TestEntriesStandInARow(t *testing.T) {
	r := NewRecord(oneScheme())
	r.must(t, t0, opening)
	for want, e := range map[string]Entry{
		"seq is 1 where 2 comes next": {Seq: 1, At: t0},
		"seq is 3 where 2 comes next": {Seq: 3, At: t0},
		"at goes back":                {Seq: 2, At: t0.Add(-time.Second)},
		"no event":                    {Seq: 2, At: t0},
	} {
		if _, err := r.fold(r.head, e); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%+v: %v", e, err)
		}
	}
	once := Entry{Seq: 2, At: t0, By: System, Cause: "u1", Events: []Event{ChatBound{-5, PurposeOffice, ""}}}
	if _, err := r.fold(Position{Seq: 2}, once); err != nil {
		t.Fatal(err)
	}
	once.Seq = 3
	if _, err := r.fold(r.head, once); err == nil || !strings.Contains(err.Error(), "stands in entry 2") {
		t.Errorf("a cause came twice: %v", err)
	}
}

func TestUnitsOfACampaign(t *testing.T) {
	r := NewRecord(oneScheme())
	r.must(t, t0, CampaignOpened{Scheme: "test", Opens: opening.Opens, Units: []UnitEntry{{"丁县", "2"}, {"甲局", ""}}})
	if u := r.facts.Unit("甲局"); u == nil || u.Class != "1" {
		t.Errorf("甲局 is %+v", u)
	}
	if u := r.facts.Unit("丁县"); u == nil || u.Class != "2" {
		t.Errorf("丁县 is %+v", u)
	}
	// A unit may be named by an alias; one left out of the list is unknown.
	r.must(t, t0, filed("S1", "甲", "1", 1))
	if s, _ := r.Submission("S1"); s.Unit != "甲局" {
		t.Errorf("filed for %s", s.Unit)
	}
	if _, err := r.next(t0, filed("S2", "乙局", "1", 1)); codeOf(err) != UnknownUnit {
		t.Errorf("乙局 is in: %v", err)
	}
}

func TestACorrectionTakesThePlaceOfWhatWas(t *testing.T) {
	r := NewRecord(oneScheme())
	r.must(t, t0, opening, plan("1", "100"), plan("1", "40", "2", "60"))
	r.must(t, t0, MilestoneRuled{"甲局", "1", 1, true, "x"}, MilestoneRuled{"甲局", "1", 1, false, "y"})
	r.must(t, t0, MilestoneDated{"3", 1, date("2018-10-01"), "x"}, MilestoneDated{"3", 1, date("2018-11-01"), "y"})
	u := r.facts.Unit("甲局")
	if len(u.Plan) != 2 || u.Rulings[scoring.Node{Task: "1", Milestone: 1}].Late {
		t.Errorf("kept %+v", u)
	}
	if due, _, _ := r.facts.DueOf(scoring.Node{Task: "3", Milestone: 1}); due != date("2018-11-01") {
		t.Errorf("due %v", due)
	}
	// A matter whose adjustment was revoked can be counted anew.
	r.must(t, t0, made("A1", "甲局", "lead", "事", nil), AdjustmentRevoked{"A1", "x"}, made("A2", "甲局", "lead", "事", nil))
	// The same matter may count for another unit, and under another rule.
	r.must(t, t0, made("A3", "乙局", "lead", "事", nil), made("A4", "甲局", "innovation", "事", amount("1.5")))
}
