package boltstore

import (
	"fmt"
	"math/rand/v2"
	"testing"
	"time"

	"paogai/scoring"
	"paogai/scoring/schemes"
	"paogai/store"
)

// The campaign that replays are measured on: Jilin's method with a province's
// number of units, and some 600 entries a unit by the time it is over.
const (
	campaignUnits = 2000
	officeGroup   = -1001234567890
	firstLiaison  = 500_000_000
)

// campaign writes the journal of a big campaign, entry by entry, from a fixed
// seed: units file, the office returns two of five and accepts the rest, every
// notice is settled and most are read, and each morning the ladder reminds.
type campaign struct {
	tb     testing.TB
	random *rand.Rand
	scheme *scoring.Scheme
	units  []string
	nodes  []scoring.Node

	seq     uint64
	at      time.Time
	ticked  time.Time
	claims  int      // unit × node pairs that were taken up
	waiting []claim  // filed and not decided
	queued  []queued // notices not settled
	again   []claim  // returned, to be filed once more
	lines   [][]byte
}

type claim struct {
	id   string
	unit int
	node scoring.Node
}

type queued struct {
	id string
	to int64
}

// campaignLines is the journal's first n entries in its public form.
func campaignLines(tb testing.TB, n int) [][]byte {
	tb.Helper()
	scheme, err := schemes.Load("jilin-2018")
	if err != nil {
		tb.Fatal(err)
	}
	c := &campaign{
		tb: tb, scheme: scheme, random: rand.New(rand.NewPCG(2018, 15)),
		at: time.Date(2018, 8, 20, 9, 0, 0, 0, store.Zone()), lines: make([][]byte, 0, n),
	}
	for _, t := range scheme.Tasks {
		for m := range t.Milestones {
			c.nodes = append(c.nodes, scoring.Node{Task: t.ID, Milestone: m + 1})
		}
	}
	c.open()
	for len(c.lines) < n {
		c.step()
	}
	return c.lines[:n]
}

// add writes one entry, ten seconds after the one before.
func (c *campaign) add(by, cause string, events ...store.Event) {
	c.seq++
	c.at = c.at.Add(10 * time.Second)
	line, err := store.Entry{Seq: c.seq, At: c.at, By: by, Cause: cause, Events: events}.MarshalLine()
	if err != nil {
		c.tb.Fatal(err)
	}
	c.lines = append(c.lines, line)
}

func (c *campaign) open() {
	opening := store.CampaignOpened{Scheme: c.scheme.ID, Opens: c.scheme.InForce}
	for i := range campaignUnits {
		c.units = append(c.units, fmt.Sprintf("第%d县行政审批局", i+1))
		opening.Units = append(opening.Units, store.UnitEntry{Name: c.units[i], Class: store.ID(c.scheme.Classes[i%5].ID)})
	}
	c.add("office:甲", "", opening)
	c.add("office:甲", "", store.ChatBound{Chat: officeGroup, Purpose: store.PurposeOffice, Title: "跑改办群"})
	for i, unit := range c.units {
		id := store.ID(fmt.Sprintf("I%d", c.seq+1))
		hash := store.HashToken(unit)
		c.add("office:甲", "", store.InvitationIssued{Invitation: id, Hash: hash, Role: store.Liaison, Unit: unit, Expires: store.Moment{Time: c.at.AddDate(0, 1, 0)}})
		c.add(c.liaison(i), c.update(), store.PersonJoined{Person: firstLiaison + int64(i), Name: "联络员", Role: store.Liaison, Unit: unit, Invitation: id})
	}
}

func (c *campaign) liaison(unit int) string { return store.ByPerson(firstLiaison + int64(unit)) }

// update names a chat update as the cause of the next entry.
func (c *campaign) update() string { return fmt.Sprintf("tg/%d", 700_000_000+c.seq) }

// step adds what happens next.
func (c *campaign) step() {
	switch morning := c.at.Truncate(24 * time.Hour).Add(time.Hour); {
	case c.at.After(morning) && morning.After(c.ticked):
		c.ticked = morning
		c.remind()
	case len(c.queued) > 0:
		c.settle()
	case len(c.waiting) > 200:
		c.review()
	default:
		c.file()
	}
}

// remind is the ladder's tick: two hundred liaisons hear of three milestones.
func (c *campaign) remind() {
	events := []store.Event{store.TickRun{Job: "ladder", At: store.Moment{Time: c.ticked}}}
	for i := range 200 {
		unit := c.random.IntN(campaignUnits)
		n := c.notice(i, store.NoticeQueued{To: firstLiaison + int64(unit), Kind: store.NoticeDue, Unit: c.units[unit], Stage: "t7", Tone: "calm"})
		for range 3 {
			n.Items = append(n.Items, c.nodes[c.random.IntN(len(c.nodes))])
		}
		events = append(events, n)
	}
	c.add(store.System, "", events...)
}

// notice gives the i-th notice of the next entry its reference.
func (c *campaign) notice(i int, n store.NoticeQueued) store.NoticeQueued {
	n.Notice = fmt.Sprintf("n%d-%d", c.seq+1, i+1)
	c.queued = append(c.queued, queued{n.Notice, n.To})
	return n
}

func (c *campaign) settle() {
	n := c.queued[0]
	c.queued = c.queued[1:]
	c.add(store.System, "", store.NoticeSettled{Notice: n.id, Messages: []int{int(c.seq)}})
	if n.to > 0 && c.random.IntN(10) < 6 {
		c.add(store.ByPerson(n.to), c.update(), store.NoticeRead{Notice: n.id, Person: n.to})
	}
}

func (c *campaign) file() {
	var next claim
	if len(c.again) > 0 {
		next, c.again = c.again[0], c.again[1:]
	} else {
		// Each pair of unit and node once, in an order that mixes both.
		pair := c.claims * 7919 % (campaignUnits * len(c.nodes))
		next = claim{unit: pair % campaignUnits, node: c.nodes[pair/campaignUnits]}
		c.claims++
	}
	next.id = fmt.Sprintf("S%d", c.seq+1)
	var evidence []store.Evidence
	for i := range 1 + c.random.IntN(2) {
		evidence = append(evidence, store.Evidence{
			SHA256: store.HashToken(fmt.Sprint(next.id, i)), Name: "佐证材料（盖章扫描件）.pdf", Size: c.random.Int64N(5 << 20),
			MediaType: "application/pdf", FileID: "BQACAgUAAxkBAAIBY2WbQ1x0cAABqL1H0rXk",
		})
	}
	c.add(c.liaison(next.unit), c.update(), store.SubmissionFiled{
		Submission: store.ID(next.id), Unit: c.units[next.unit], Task: store.ID(next.node.Task), Milestone: next.node.Milestone,
		Note: "已完成“最多跑一次”事项清单梳理，并在政务服务网公布。", Evidence: evidence,
	}, c.about(officeGroup, store.NoticeReview, next))
	c.waiting = append(c.waiting, next)
}

func (c *campaign) review() {
	i := c.random.IntN(len(c.waiting))
	s := c.waiting[i]
	c.waiting[i] = c.waiting[len(c.waiting)-1]
	c.waiting = c.waiting[:len(c.waiting)-1]
	clerk := store.ByPerson(400_000_000 + int64(c.random.IntN(5)))
	liaison := firstLiaison + int64(s.unit)
	if c.random.IntN(5) < 2 {
		c.add(clerk, c.update(), store.SubmissionReturned{Submission: store.ID(s.id), Reason: "佐证材料看不清，请重新扫描后再报。"},
			c.about(liaison, store.NoticeReturned, s))
		c.again = append(c.again, s)
		return
	}
	c.add(clerk, c.update(), store.SubmissionAccepted{Submission: store.ID(s.id), CompletedOn: c.scheme.InForce},
		c.about(liaison, store.NoticeAccepted, s))
}

func (c *campaign) about(to int64, kind string, s claim) store.NoticeQueued {
	return c.notice(0, store.NoticeQueued{To: to, Kind: kind, Unit: c.units[s.unit], Submission: s.id, Items: []scoring.Node{s.node}})
}

// mix counts the entries by the type of their first event.
func mix(tb testing.TB, lines [][]byte) map[string]int {
	tb.Helper()
	count := map[string]int{}
	for _, line := range lines {
		e, err := store.ParseLine(line)
		if err != nil {
			tb.Fatal(err)
		}
		count[e.Events[0].Type()]++
	}
	return count
}
