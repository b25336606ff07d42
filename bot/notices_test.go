package bot_test

import (
	"strings"
	"testing"

	"paogai/scoring"
	"paogai/store"
)

// tell queues a notice by hand, as a job would.
func (s *stage) tell(n store.NoticeQueued) {
	s.t.Helper()
	_, err := s.desk.Do(s.t.Context(), store.Stamp{By: store.System, At: s.clock.Now()},
		store.RunTick{Job: "stage", At: s.clock.Now(), Notices: []store.NoticeQueued{n}})
	must(s.t, err)
}

func TestWhatWasDoneMeanwhileIsNotTold(t *testing.T) {
	s := open(t)
	p := s.joined(edu)[0]
	nodes := []scoring.Node{{Task: "70", Milestone: 1}, {Task: "71", Milestone: 1}}
	s.tell(store.NoticeQueued{To: edu, Kind: store.NoticeDue, Unit: "市教育局", Items: nodes})
	s.file(edu, "市教育局", "70", 1)
	s.deliver()
	m := p.ExpectMessage("市教育局：1 项任务临近时限", "任务 71")
	if strings.Contains(m.Text, "任务 70") {
		t.Errorf("told of what waits:\n%s", m.Text)
	}
	s.set("2018-08-20 11:00:00")
	s.tell(store.NoticeQueued{To: edu, Kind: store.NoticeDue, Unit: "市教育局", Items: nodes})
	s.file(edu, "市教育局", "71", 1)
	s.deliver()
	if left := s.outbox(); len(left) != 0 {
		t.Errorf("%d notices are left", len(left))
	}
}

func TestAReviewThatWasDecidedIsNotAnnounced(t *testing.T) {
	s := open(t)
	people := s.joined(clerkA, edu)
	id := s.file(edu, "市教育局", "70", 1)
	s.office(store.ReturnSubmission{Submission: id, Reason: "先退"})
	s.deliver()
	people[1].ExpectMessage("已退回", "先退")
}

func TestAReminderQueuedBeforeMidnightTellsWhatIsSoNow(t *testing.T) {
	s := open(t)
	p := s.joined(county)[0]
	s.tell(store.NoticeQueued{To: county, Kind: store.NoticeDue, Unit: "永吉县", Items: []scoring.Node{{Task: "70", Milestone: 1}}})
	s.set("2018-09-01 00:00:00")
	s.deliver()
	p.ExpectMessage("永吉县：1 项任务已逾期", "−5.00 分")
}

func TestTasksCostOnceHoweverManyNodes(t *testing.T) {
	s := open(t)
	p := s.joined(edu)[0]
	nodes := []scoring.Node{{Task: "34", Milestone: 1}, {Task: "34", Milestone: 2}, {Task: "20", Milestone: 1}}
	for _, n := range nodes[:2] {
		s.office(store.RuleMilestone{Unit: "市教育局", Task: n.Task, Milestone: n.Milestone, Late: true, Reason: "认定"})
	}
	s.office(store.DateMilestone{Task: "20", Milestone: 1, Due: scoring.Date{Year: 2018, Month: 8, Day: 24}, Reason: "省里来文"})
	s.tell(store.NoticeQueued{To: edu, Kind: store.NoticeOverdue, Unit: "市教育局", Items: nodes})
	s.deliver()
	p.ExpectMessage("市教育局：1 项任务已逾期", "最短时限和最少证明", "最优服务", "同一任务不重复扣", "现在得分 95.00 分",
		"市教育局：1 项任务临近时限", "2018年8月24日（周五），还有 4 个工作日", "任务 20")
}

func TestEveryLiaisonOfTheUnitHearsOfTheDecision(t *testing.T) {
	s := open(t)
	people := s.joined(edu, clerkA)
	other := s.Person(another)
	other.Starts(s.invite(store.Liaison, "市教育局"))
	other.ExpectMessage("您好")
	s.deliver()
	people[1].ExpectMessage("已加入")
	id := s.file(edu, "市教育局", "70", 1)
	s.office(accept(id))
	s.deliver()
	people[0].ExpectMessage("申报 "+id+" 已通过", "跑改办 root")
	other.ExpectMessage("申报 "+id+" 已通过", "跑改办 root")
}

func TestWhoBlockedTheBotIsKnownAndComesBack(t *testing.T) {
	s := open(t)
	p := s.joined(edu)[0]
	must(t, s.server.Block(edu))
	s.until(func(r *store.Record) bool {
		who, _ := r.Person(edu)
		return !who.Reachable
	})
	s.to("2018-08-22 09:00:00")
	must(t, s.server.Unblock(edu))
	p.Says("/tasks")
	p.ExpectMessage("市教育局的任务")
	s.to("2018-08-28 09:00:00")
	p.ExpectMessage("临近时限", "还有 3 个工作日")
}
