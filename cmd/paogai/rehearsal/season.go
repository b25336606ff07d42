package rehearsal

import (
	"strconv"
	"time"

	"paogai/scoring"
	"paogai/store"
)

// season plays the units that nobody plays: they file early, on the last day,
// late or hardly at all, and a clerk of the script reviews what they file.
// What each does is drawn from the seed; whether it is done already stands in
// the journal, by its cause, so that a restart neither repeats nor forgets.
type season struct {
	seed    uint64
	opens   time.Time // nothing is filed before the next morning
	players map[string]Player
}

// move is one act of the script.
type move struct {
	at    time.Time
	by    string
	cause string
	act   store.Act
}

// before puts moves into one order, so that a rehearsal can be repeated.
func (m move) before(o move) bool {
	return m.at.Before(o.at) || m.at.Equal(o.at) && m.cause < o.cause
}

func newSeason(seed uint64, opens time.Time, players []Player) *season {
	s := &season{seed: seed, opens: opens, players: map[string]Player{}}
	for _, p := range players {
		if !p.Featured {
			s.players[store.ByPerson(p.ID)] = p
		}
	}
	return s
}

// next is the earliest move that has not been made, if any is left.
func (s *season) next(r *store.Record) (move, bool) {
	var first move
	consider := func(m move) {
		if _, made := r.ByCause(m.cause); !made && (first.act == nil || m.before(first)) {
			first = m
		}
	}
	facts := r.Facts()
	if facts == nil || !facts.Closed.IsZero() {
		return move{}, false
	}
	for _, p := range s.players {
		s.unit(facts, p, consider)
	}
	return first, first.act != nil
}

// unit considers the moves of one unit, and of the clerk on its submissions.
func (s *season) unit(facts *scoring.Facts, p Player, consider func(move)) {
	u := facts.Unit(p.Unit)
	if u == nil {
		return
	}
	settled := map[scoring.Node]bool{}
	for _, sub := range u.Submissions {
		switch sub.State {
		case scoring.Waiting:
			settled[sub.Node] = true
			if sub.Filed.By == store.ByPerson(p.ID) {
				consider(s.review(sub))
			}
		case scoring.Accepted:
			settled[sub.Node] = true
		case scoring.Returned, scoring.Withdrawn:
		}
	}
	for _, sub := range u.Submissions {
		if sub.State == scoring.Returned && !settled[sub.Node] && sub.Filed.By == store.ByPerson(p.ID) {
			settled[sub.Node] = true
			consider(s.filing(p, sub.Node, sub.Decided.At.Add(26*time.Hour), "script:again:"+sub.ID))
		}
	}
	for _, t := range facts.Scheme.Tasks {
		if !facts.Applies(u, t.ID) {
			continue
		}
		for i := range t.Milestones {
			n := scoring.Node{Task: t.ID, Milestone: i + 1}
			due, _, dated := facts.DueOf(n)
			if dated && !settled[n] && !due.Before(facts.Opens) {
				consider(s.filing(p, n, s.when(p.Unit, n, due), "script:file:"+p.Unit+":"+n.Task+":"+strconv.Itoa(n.Milestone)))
			}
		}
	}
}

// when draws the moment at which a unit files a milestone.
func (s *season) when(unit string, n scoring.Node, due scoring.Date) time.Time {
	rng := dice(s.seed, "filing", unit+n.Task+strconv.Itoa(n.Milestone))
	day, hour := due, 9+rng.IntN(8)
	switch draw := rng.IntN(100); {
	case draw < 62:
		day = due.AddDays(-1 - rng.IntN(9))
	case draw < 80:
		hour = 16 + rng.IntN(2)
	case draw < 92:
		day = due.AddDays(1 + rng.IntN(6))
	default:
		day = due.AddDays(20 + rng.IntN(40))
	}
	at := day.Start(s.opens.Location()).Add(time.Duration(hour)*time.Hour + time.Duration(rng.IntN(3600))*time.Second)
	if earliest := s.opens.Add(24*time.Hour + time.Duration(rng.IntN(6*3600))*time.Second); at.Before(earliest) {
		return earliest
	}
	return at
}

func (s *season) filing(p Player, n scoring.Node, at time.Time, cause string) move {
	return move{at: at, by: store.ByPerson(p.ID), cause: cause, act: store.FileSubmission{
		Unit: p.Unit, Task: n.Task, Milestone: n.Milestone,
		Note: marker + "：已按要求完成。", Evidence: []store.Evidence{link(p.Unit, n)},
	}}
}

// review is what the clerk of the script makes of a submission the morning
// after: one in twelve comes back.
func (s *season) review(sub *scoring.Submission) move {
	rng := dice(s.seed, "review", sub.ID)
	morning := scoring.DateOf(sub.Filed.At, s.opens.Location()).AddDays(1).Start(s.opens.Location()).Add(9 * time.Hour)
	m := move{
		at: morning.Add(time.Duration(10+rng.IntN(120)) * time.Minute),
		by: scriptOffice, cause: "script:review:" + sub.ID,
		act: store.AcceptSubmission{Submission: sub.ID},
	}
	if rng.IntN(12) == 0 {
		m.act = store.ReturnSubmission{Submission: sub.ID, Reason: marker + "：佐证材料不全，请补正后重新申报"}
	}
	return m
}
