package rehearsal

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"hash/fnv"
	"math/rand/v2"
	"strconv"
	"time"

	"github.com/shopspring/decimal"

	"paogai/scoring"
	"paogai/store"
)

// marker stands in everything that the rehearsal made up.
const marker = "演练数据"

// sample draws the opening of a rehearsal from a seed: who takes part, the
// approved plans and what was done before. The same seed gives the same
// entries.
type sample struct {
	scheme  *scoring.Scheme
	source  string // its YAML, if it is not built in
	opens   scoring.Date
	seed    uint64
	players []Player

	at      time.Time
	entries []store.Entry
}

// draw returns the entries of the opening, one second apart from 08:00 of the
// opening day. What one person does at a sitting is one entry: a first start
// waits for the disk once an entry.
func (s *sample) draw() []store.Entry {
	s.at = s.opens.Start(s.scheme.Zone).Add(8 * time.Hour)
	opened := store.CampaignOpened{Scheme: s.scheme.ID, Opens: s.opens, Source: s.source}
	if len(s.scheme.Units) == 0 {
		for _, u := range unitsOf(s.scheme) {
			opened.Units = append(opened.Units, store.UnitEntry{Name: u.Name, Class: store.ID(u.Class)})
		}
	}
	s.add(scriptOffice, opened)
	s.invite()
	for _, p := range s.players {
		s.add(store.ByPerson(p.ID), store.PersonJoined{Invitation: invitation(p), Person: p.ID, Name: p.Called, Role: p.Role, Unit: p.Unit})
	}
	s.add(scriptOffice,
		store.ChatBound{Chat: officeGroup, Purpose: store.PurposeOffice, Title: "跑改办工作群（演练）"},
		store.ChatBound{Chat: leadersGroup, Purpose: store.PurposeLeaders, Title: "市领导群（演练）"})
	for _, p := range s.players {
		if p.Role == store.Liaison {
			s.unit(p)
		}
	}
	return s.entries
}

// add appends one entry, if it holds anything, and lets a second pass.
func (s *sample) add(by string, events ...store.Event) {
	if len(events) == 0 {
		return
	}
	s.entries = append(s.entries, store.Entry{Seq: s.seq(), At: s.at, By: by, Events: events})
	s.at = s.at.Add(time.Second)
}

// seq is the number of the entry that comes next.
func (s *sample) seq() uint64 { return uint64(len(s.entries) + 1) }

func (s *sample) invite() {
	var events []store.Event
	for _, p := range s.players {
		hash := store.HashToken(fmt.Sprintf("%s-%d-%d", marker, s.seed, p.ID))
		events = append(events, store.InvitationIssued{
			Invitation: invitation(p), Hash: hash, Role: p.Role, Unit: p.Unit, Expires: store.Moment{Time: s.at.AddDate(0, 0, 7)},
		})
	}
	s.add(scriptOffice, events...)
}

// invitation is the id of a player's invitation.
func invitation(p Player) store.ID { return store.ID("I" + strconv.FormatInt(p.ID, 10)) }

// unit draws one unit's plan, history and adjustments: what the office laid
// down, what the liaison then filed, and what the office made of that.
func (s *sample) unit(p Player) {
	rng := dice(s.seed, "sample", p.Unit)
	tasks := s.tasks(rng, p)
	var decided []store.Event
	if len(tasks) > 0 {
		decided = append(decided, store.PlanApproved{Unit: p.Unit, Points: split(rng, s.scheme.PlanTotal(), tasks)})
	}
	var done []scoring.Node
	for _, n := range s.historical(tasks) {
		switch draw := rng.IntN(100); {
		case draw < 85:
			done = append(done, n)
		case draw >= 98:
			decided = append(decided, store.MilestoneRuled{
				Unit: p.Unit, Task: store.ID(n.Task), Milestone: n.Milestone, Late: true, Reason: marker + "：督查认定逾期，照扣",
			})
		}
	}
	s.add(scriptOffice, append(decided, s.adjustment(rng, p.Unit)...)...)
	s.history(rng, p, done)
}

// historical is the tasks' nodes that were due before the campaign (历史节点).
func (s *sample) historical(tasks []string) []scoring.Node {
	var nodes []scoring.Node
	for _, task := range tasks {
		t, _ := s.scheme.Task(task)
		for i, m := range t.Milestones {
			if !m.Due.IsZero() && m.Due.Before(s.opens) {
				nodes = append(nodes, scoring.Node{Task: task, Milestone: i + 1})
			}
		}
	}
	return nodes
}

// tasks draws which tasks apply, in the scheme's order: between 6 and 30, more
// for the classes that carry more of the reform. Every unit has the common
// duties and a played one has something due next.
func (s *sample) tasks(rng *rand.Rand, p Player) []string {
	class := ""
	if u, ok := s.scheme.Unit(p.Unit); ok {
		class = u.Class
	}
	least := map[string]int{"1": 18, "2": 15, "3": 10, "4": 6, "5": 6}[class]
	want := max(6, least) + rng.IntN(12)
	chosen := map[string]bool{}
	if p.Featured {
		for _, t := range s.nextDue(3) {
			chosen[t] = true
		}
	}
	for _, i := range rng.Perm(len(s.scheme.Tasks)) {
		if len(chosen) < min(want, 30) {
			chosen[s.scheme.Tasks[i].ID] = true
		}
	}
	var tasks []string
	for _, t := range s.scheme.Tasks {
		if chosen[t.ID] {
			tasks = append(tasks, t.ID)
		}
	}
	return tasks
}

// nextDue is the first n tasks of the next due date.
func (s *sample) nextDue(n int) []string {
	var next scoring.Date
	var tasks []string
	for _, t := range s.scheme.Tasks {
		for _, m := range t.Milestones {
			switch {
			case m.Due.IsZero() || m.Due.Before(s.opens) || m.Kind != scoring.Fixed:
			case next.IsZero() || m.Due.Before(next):
				next, tasks = m.Due, []string{t.ID}
			case m.Due == next:
				tasks = append(tasks, t.ID)
			}
		}
	}
	return tasks[:min(n, len(tasks))]
}

// split divides the total into points of whole hundredths by drawn weights;
// what rounding leaves goes to the first task.
func split(rng *rand.Rand, total scoring.Points, tasks []string) map[string]store.Amount {
	weights := make([]int64, len(tasks))
	var sum int64
	for i := range weights {
		weights[i] = 2 + rng.Int64N(4)
		sum += weights[i]
	}
	points := make(map[string]store.Amount, len(tasks))
	rest := total
	for i, t := range tasks {
		p := total.Mul(decimal.NewFromInt(weights[i])).DivRound(decimal.NewFromInt(sum), 4).Truncate(2)
		points[t] = store.Amount{Points: p}
		rest = rest.Sub(p)
	}
	points[tasks[0]] = store.Amount{Points: points[tasks[0]].Add(rest)}
	return points
}

// history files the nodes and has them accepted, as done some days before
// they were due.
func (s *sample) history(rng *rand.Rand, p Player, done []scoring.Node) {
	var filed, accepted []store.Event
	for i, n := range done {
		id := store.ID(fmt.Sprintf("S%d-%d", s.seq(), i+1))
		t, _ := s.scheme.Task(n.Task)
		filed = append(filed, store.SubmissionFiled{
			Submission: id, Unit: p.Unit, Task: store.ID(n.Task), Milestone: n.Milestone,
			Note: marker + "：已按要求完成。", Evidence: []store.Evidence{link(p.Unit, n)},
		})
		accepted = append(accepted, store.SubmissionAccepted{
			Submission: id, CompletedOn: t.Milestones[n.Milestone-1].Due.AddDays(-rng.IntN(20)),
		})
	}
	s.add(store.ByPerson(p.ID), filed...)
	s.add(scriptOffice, accepted...)
}

// adjustment draws the few points beyond the plan that make a board differ.
func (s *sample) adjustment(rng *rand.Rand, unit string) []store.Event {
	made := store.AdjustmentMade{Adjustment: store.ID(fmt.Sprintf("A%d", s.seq())), Unit: unit}
	switch draw := rng.IntN(100); {
	case draw < 22:
		amount := store.Amount{Points: decimal.New(int64(1+rng.IntN(9))*50, -2)}
		made.Rule, made.Ref, made.Points = "innovation", marker+"-创新", &amount
		made.Reason = marker + "：自主创新项目，经认定加分"
	case draw < 27:
		made.Rule, made.Ref = "matter-lead-failed", marker+"-牵头"
		made.Reason = marker + "：牵头改革事项未按要求完成"
	case draw < 29:
		made.Rule, made.Ref, made.Second = "complaint-verified", marker+"-举报", store.ByPerson(1011)
		made.Reason = marker + "：群众举报，经查属实"
	default:
		return nil
	}
	if rule, ok := s.scheme.Rule(made.Rule); !ok || rule.Kind != scoring.AdjustmentRule || rule.Open != (made.Points != nil) {
		return nil // another method's rules are not rehearsed by the sample
	}
	return []store.Event{made}
}

// link is made-up evidence: an address that leads nowhere and says so.
func link(unit string, n scoring.Node) store.Evidence {
	of := sha256.Sum256([]byte(unit))
	address := fmt.Sprintf("https://example.invalid/%x/%s-%d", of[:3], n.Task, n.Milestone)
	sum := sha256.Sum256([]byte(address))
	return store.Evidence{
		SHA256: hex.EncodeToString(sum[:]), Name: marker + "：" + unit + "第" + n.Task + "项", Size: int64(len(address)),
		MediaType: "text/uri-list", URL: address,
	}
}

// dice are the draws for one purpose of one unit, whatever else is drawn.
func dice(seed uint64, purpose, unit string) *rand.Rand {
	h := fnv.New64a()
	h.Write([]byte(purpose + "\x00" + unit))
	return rand.New(rand.NewPCG(seed, h.Sum64())) //nolint:gosec // a sample to be repeated, not a secret
}
