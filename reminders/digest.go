package reminders

import (
	"slices"
	"time"

	"paogai/scoring"
	"paogai/store"
)

// evening is when catching up stops for the day: people are not told at night
// what can be told in the morning.
const evening = 20 * time.Hour

// digest is all that one unit is told by one tick.
type digest struct {
	unit string
	dues []Due // nearest date first, then as the scheme orders nodes
}

// notice is the digest as one message to a person. The most urgent node gives
// it its kind, stage and tone, however many nodes and stages it tells of.
func (d digest) notice(to int64) store.NoticeQueued {
	first := slices.MinFunc(d.dues, func(a, b Due) int { return a.urgency - b.urgency })
	n := store.NoticeQueued{To: to, Kind: first.Kind, Unit: d.unit, Stage: first.Stage, Tone: first.Tone}
	for _, due := range d.dues {
		n.Items = append(n.Items, due.Node)
	}
	return n
}

// digest gathers the rungs of one unit with moments after last and up to at,
// as they stand now. Of several rungs of one node the latest counts, so that a
// tick that makes up for missed ones tells each node once. It also counts by
// reason what it held back.
func (l *ladder) digest(u *scoring.UnitFacts, t tick, held map[string]int) digest {
	latest := map[scoring.Node]Due{}
	for d := range l.between([]*scoring.UnitFacts{u}, t.last, t.at) {
		latest[d.Node] = d
	}
	all := digest{unit: u.Name}
	for _, n := range l.nodes {
		d, ok := latest[n.node]
		if !ok {
			continue
		}
		d, reason := l.judge(d, t.now)
		if reason != "" {
			held[reason]++
			continue
		}
		all.dues = append(all.dues, d)
	}
	slices.SortStableFunc(all.dues, func(a, b Due) int { return a.Due.Compare(b.Due) })
	return all
}

// tick is one running of the reminders: it answers for the moments after last
// and up to at, and tells how things stand now.
type tick struct {
	last time.Time // the tick before
	at   time.Time // its scheduled time
	now  time.Time // when it runs; later than at if it was missed
}

// told is what a tick would tell.
type told struct {
	notices []store.NoticeQueued
	held    map[string]int // nodes held back, by reason
	wait    bool           // this is no time to tell anybody: leave it to a later tick
}

// compose decides what a tick tells to whom: one notice to each liaison of
// each unit that has something open, nothing where nothing is open.
func compose(r *store.Record, c *Calendar, t tick) told {
	l := newLadder(r.Facts(), c)
	out := told{held: map[string]int{}}
	today := scoring.DateOf(t.now, l.facts.Scheme.Zone)
	urgent := false
	for _, u := range l.facts.Units {
		people := reachable(r.Liaisons(u.Name))
		if len(people) == 0 {
			continue
		}
		d := l.digest(u, t, out.held)
		if len(d.dues) == 0 {
			continue
		}
		urgent = urgent || slices.ContainsFunc(d.dues, func(d Due) bool { return d.Due == today })
		for _, p := range people {
			out.notices = append(out.notices, d.notice(p.ID))
		}
	}
	out.wait = !l.mayTell(t.now, urgent)
	return out
}

// reachable leaves out those who blocked the bot: writing to them is refused
// again, and the office already sees that they cannot be reached.
func reachable(people []store.Person) []store.Person {
	return slices.DeleteFunc(slices.Clone(people), func(p store.Person) bool { return !p.Reachable })
}

// mayTell tells whether people may be written to now: on workdays, from the
// ladder's first hour until the evening. Later, and on rest days, only what is
// due that very day (urgent) is told.
func (l *ladder) mayTell(now time.Time, urgent bool) bool {
	zone := l.facts.Scheme.Zone
	day := scoring.DateOf(now, zone)
	hours := hoursOf(l.facts.Scheme.Ladder)
	if len(hours) == 0 || now.Before(day.Start(zone).Add(hours[0])) {
		return false
	}
	until := day.Start(zone).Add(max(evening, hours[len(hours)-1]))
	return urgent || l.cal.Workday(day) && !now.After(until)
}

// hoursOf is the times of the day at which a ladder tells anything, earliest
// first, each once.
func hoursOf(l scoring.Ladder) []time.Duration {
	var hours []time.Duration
	add := func(hour, minute int) {
		hours = append(hours, time.Duration(hour)*time.Hour+time.Duration(minute)*time.Minute)
	}
	for _, s := range l.Stages {
		add(s.Hour, s.Minute)
	}
	if l.Overdue.After > 0 {
		add(l.Overdue.Hour, l.Overdue.Minute)
	}
	slices.Sort(hours)
	return slices.Compact(hours)
}
