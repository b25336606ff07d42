package store

import (
	"testing"

	"paogai/scoring"
)

func ids[T any](list []T, id func(T) string) string {
	var s string
	for _, x := range list {
		s += id(x) + " "
	}
	return s
}

func TestTheQueueStandsByDueDate(t *testing.T) {
	r := NewRecord(oneScheme())
	r.must(t, t0, opening,
		filed("open", "甲局", "3", 1), filed("late", "甲局", "2", 2), filed("soon", "甲局", "1", 1),
		filed("soon2", "乙局", "1", 1), filed("gone", "丙县", "1", 1), SubmissionWithdrawn{"gone"})
	id := func(s *Submission) string { return s.ID }
	if got := ids(r.Queue(), id); got != "soon soon2 late open " {
		t.Errorf("queue %s", got)
	}
	r.must(t, t0, MilestoneDated{"3", 1, date("2018-08-25"), "x"})
	if got := ids(r.Queue(), id); got != "open soon soon2 late " {
		t.Errorf("queue %s", got)
	}
	if got := ids(r.Submissions(), id); got != "open late soon soon2 gone " {
		t.Errorf("all %s", got)
	}
}

func TestTheSubmissionThatCounts(t *testing.T) {
	r := NewRecord(oneScheme())
	n := scoring.Node{Task: "1", Milestone: 1}
	if r.SubmissionFor("甲局", n) != nil {
		t.Error("found one before the opening")
	}
	r.must(t, t0, opening)
	for _, step := range []struct {
		event Event
		want  string
	}{
		{filed("S1", "甲局", "1", 1), "S1"},
		{SubmissionReturned{"S1", "x"}, "S1"},
		{filed("S2", "甲局", "1", 1), "S2"},
		{SubmissionWithdrawn{"S2"}, "S2"},
		{filed("S3", "甲局", "1", 1), "S3"},
		{filed("S4", "甲局", "1", 1), "S3"},
		{SubmissionAccepted{"S4", opening.Opens}, "S4"},
	} {
		r.must(t, t0, step.event)
		if got := r.SubmissionFor("甲局", n); got == nil || got.ID != step.want {
			t.Errorf("after %s: %v, want %s", step.event.Type(), got, step.want)
		}
	}
	if r.SubmissionFor("丁县", n) != nil || r.SubmissionFor("乙局", n) != nil {
		t.Error("found another unit's")
	}
}

func TestTheSameEvidenceIsFoundAgain(t *testing.T) {
	r := NewRecord(oneScheme())
	with := func(id ID, unit string, task ID, e ...Evidence) SubmissionFiled {
		return SubmissionFiled{id, unit, task, 1, "x", e}
	}
	a, b := proof("a")[0], proof("b")[0]
	r.must(t, t0, opening, with("S1", "甲局", "1", a, a, b), with("S2", "乙局", "1", a))
	for _, c := range []struct {
		unit, task, sum, want string
	}{
		{"甲局", "1", a.SHA256, "S2"},
		{"甲局", "2", a.SHA256, "S1"},
		{"乙局", "1", a.SHA256, "S1"},
		{"甲局", "1", b.SHA256, ""},
		{"丙县", "1", b.SHA256, "S1"},
		{"丙县", "1", hash("c"), ""},
	} {
		got := ids(r.Twins(c.unit, c.task, c.sum), func(t Twin) string { return t.Submission.ID })
		if got != c.want && got != c.want+" " {
			t.Errorf("%v: found %s", c, got)
		}
	}
}

func TestPeopleAndChats(t *testing.T) {
	d := opened(t, newMemory())
	do(t, d, "tg:31", BindChat{Chat: -8, Purpose: PurposeLeaders, Title: "领导\n群"})
	d.View(func(r *Record) {
		if len(r.People()) != 9 || len(r.Liaisons("甲局")) != 2 || len(r.Clerks()) != 3 || len(r.Leaders()) != 1 {
			t.Errorf("people %v", r.People())
		}
		if _, ok := r.Person(99); ok {
			t.Error("a stranger is in")
		}
		if c, ok := r.Chat(-8); !ok || c.Title != "领导 群" || len(r.Chats()) != 1 {
			t.Errorf("chats %v", r.Chats())
		}
		if _, ok := r.Chat(-9); ok {
			t.Error("an unbound chat is bound")
		}
		if _, ok := r.ChatFor(PurposeOffice); ok {
			t.Error("there is no office group")
		}
		if m, ok := r.Opened(); !ok || m.By != "office:setup" {
			t.Errorf("opened %v", m)
		}
		if _, ok := r.Closed(); ok {
			t.Error("closed")
		}
		if err := r.CanFile("tg:11", "甲局", "1", 1); err != nil {
			t.Error(err)
		}
		if err := r.CanFile("tg:11", "乙局", "1", 1); codeOf(err) != OtherUnit {
			t.Error(err)
		}
		if err := r.CanFile("tg:11", "甲局", "1", 9); codeOf(err) != UnknownMilestone {
			t.Error(err)
		}
		if len(r.Notices()) == 0 || r.LastAt() != t0 || r.Head().Seq == 0 {
			t.Errorf("at %v, head %v", r.LastAt(), r.Head())
		}
	})
}
