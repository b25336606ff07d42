package scoring

import (
	"cmp"
	"slices"
	"time"
)

// Live is the board of a campaign, kept: always equal to [NewBoard] of the same facts and
// moment, but only what changed is worked out again. Whoever changes the facts says of
// which unit ([Live.Changed]); whoever reads first moves it to the moment that they mean
// ([Live.MoveTo]). It must not be used by two at once.
type Live struct {
	facts  *Facts
	scheme *Scheme   // of the last time that all was worked out
	at     time.Time // the moment that the standings are of
	latest time.Time // of all facts worked in: before it time alone does not tell what changes
	coming time.Time // of all facts, those not worked in yet too

	number  map[string]int32 // of each unit, in the order of Facts.Units
	classes []string         // in the order of the board
	ranking ranking          // of each class by its place
	lapses  *lapses

	evaluator *Evaluator
	ranks     *Ranks

	noted   []int32 // units to work out again
	isNoted []bool
	stale   bool // all are to be worked out again

	version uint64
	board   *Board // of version boarded; nil before it is asked for
	boarded uint64
}

// NewLive is the board of all units at a moment, to be kept.
func NewLive(f *Facts, at time.Time) *Live {
	latest := f.latest()
	l := &Live{facts: f, latest: latest, coming: latest}
	l.rebuild(at)
	return l
}

// Facts is what the board is of.
func (l *Live) Facts() *Facts { return l.facts }

// At is the moment that the standings are of.
func (l *Live) At() time.Time { return l.at }

// Version tells apart what this board has said: while it is the same, so is every standing.
func (l *Live) Version() uint64 { return l.version }

// Changed says that something was recorded of a unit at a moment, or was taken back. What
// it was is found out when the board is next moved; the readers say the same as before
// until then. Recording a measurement may change others; that too is found out.
func (l *Live) Changed(unit string, at time.Time) {
	l.known(at)
	if i, ok := l.number[unit]; ok {
		l.note(i)
	}
}

// ChangedAll says that something was recorded that may change every unit: a milestone was
// dated, the campaign was closed, or either was taken back.
func (l *Live) ChangedAll(at time.Time) {
	l.known(at)
	l.stale = true
}

func (l *Live) known(at time.Time) {
	if at.After(l.coming) {
		l.coming = at
	}
}

func (l *Live) note(i int32) {
	if !l.isNoted[i] {
		l.isNoted[i] = true
		l.noted = append(l.noted, i)
	}
}

// MoveTo brings the board to a moment: units that changed are worked out again, and those
// that time alone changes in between. Going back, and going on through a past whose
// entries the facts hold already, works all out again.
func (l *Live) MoveTo(at time.Time) {
	back := at.Before(l.at)
	through := at.After(l.at) && l.at.Before(l.latest)
	l.latest = l.coming
	if l.stale || back || through || l.scheme != l.facts.Scheme {
		l.rebuild(at)
		return
	}
	l.at = at
	l.lapses.by(at, l.note)
	l.settle()
}

// settle works the noted units out again, and with them those that rank elsewhere by an
// indicator now.
func (l *Live) settle() {
	if len(l.noted) == 0 {
		return
	}
	if l.ranks != nil {
		l.rerank()
	}
	for _, i := range l.noted {
		l.isNoted[i] = false
		l.refresh(i)
	}
	l.noted = l.noted[:0]
}

// rerank ranks anew by those indicators by which a noted unit has another mean now, and
// notes the units that get other points for it.
func (l *Live) rerank() {
	changed := len(l.noted)
	l.scheme.EachItem(func(item *Item) {
		if item.Kind != IndicatorItem {
			return
		}
		for _, i := range l.noted[:changed] {
			u := l.facts.Units[i]
			was, had := l.ranks.Of(item.ID, u.Name)
			mean, has := item.mean(u, l.at)
			if had != has || has && was.Mean.Cmp(mean.Mean) != 0 {
				l.rerankBy(item)
				return
			}
		}
	})
}

func (l *Live) rerankBy(item *Item) {
	before := make([]Rank, len(l.facts.Units))
	for i, u := range l.facts.Units {
		before[i], _ = l.ranks.Of(item.ID, u.Name)
		delete(l.ranks.of, indicated{item.ID, u.Name})
	}
	l.facts.rankBy(item, l.at, l.ranks)
	for i, u := range l.facts.Units {
		now, _ := l.ranks.Of(item.ID, u.Name)
		if (before[i].Rank == 0) != (now.Rank == 0) || !item.banded(before[i].Rank).Equal(item.banded(now.Rank)) {
			l.note(int32(i))
		}
	}
}

// refresh works one unit out again and puts it in its new place.
func (l *Live) refresh(i int32) {
	st := l.evaluator.Evaluate(l.facts.Units[i], l.at, l.ranks)
	l.lapses.set(i, l.evaluator.next)
	if l.ranking.set(i, &st) {
		l.version++
	}
}

// same reports whether two standings of a unit that rank alike say the same, but for what
// depends on the others.
func (st *Standing) same(other *Standing) bool {
	return st.Hold.Equal(other.Hold) && st.Late == other.Late && st.Done == other.Done &&
		st.Tasks == other.Tasks && st.Waiting == other.Waiting && st.Provisional == other.Provisional &&
		st.Pending == other.Pending && st.Gated == other.Gated
}

// rebuild works all out anew.
func (l *Live) rebuild(at time.Time) {
	f := l.facts
	l.at, l.scheme, l.stale = at, f.Scheme, false
	l.number = make(map[string]int32, len(f.Units))
	l.isNoted, l.noted = make([]bool, len(f.Units)), l.noted[:0]
	l.lapses = newLapses(len(f.Units))
	l.evaluator, l.ranks = NewEvaluator(f), f.RanksAt(at)
	standings := make([]Standing, len(f.Units))
	for n, u := range f.Units {
		i := int32(n)
		l.number[u.Name] = i
		standings[i] = l.evaluator.Evaluate(u, at, l.ranks)
		l.lapses.set(i, l.evaluator.next)
	}
	l.ranking = newRanking(standings, l.sortClasses(), len(l.classes))
	l.version++
}

// sortClasses finds the classes in the order of the board, and the place of each unit's.
func (l *Live) sortClasses() []int32 {
	l.classes = nil
	at := map[string]int32{}
	for _, u := range l.facts.Units {
		if _, found := at[u.Class]; !found {
			at[u.Class] = 0
			l.classes = append(l.classes, u.Class)
		}
	}
	slices.SortFunc(l.classes, l.scheme.compareClasses)
	for n, id := range l.classes {
		at[id] = int32(n)
	}
	class := make([]int32, len(l.facts.Units))
	for i, u := range l.facts.Units {
		class[i] = at[u.Class]
	}
	return class
}

// compareClasses is negative if class a stands before b on a board.
func (s *Scheme) compareClasses(a, b string) int {
	return cmp.Or(cmp.Compare(s.classOrder(a), s.classOrder(b)), cmp.Compare(a, b))
}

// latest is the time of the last thing recorded, zero if nothing was.
func (f *Facts) latest() time.Time {
	last := f.Closed
	take := func(m Mark) {
		if m.At.After(last) {
			last = m.At
		}
	}
	for _, d := range f.Dated {
		take(d.Mark)
	}
	for _, u := range f.Units {
		u.marks(take)
	}
	return last
}

// marks tells the marks of all that is recorded of a unit.
func (u *UnitFacts) marks(take func(Mark)) {
	take(u.PlanMark)
	for _, s := range u.Submissions {
		take(s.Filed)
		take(s.Decided)
	}
	for _, r := range u.Rulings {
		take(r.Mark)
	}
	for _, a := range u.Adjustments {
		take(a.Made)
		if a.Revoked != nil {
			take(*a.Revoked)
		}
	}
	for i := range u.Measurements {
		take(u.Measurements[i].Mark)
	}
	for i := range u.Externals {
		take(u.Externals[i].Mark)
	}
}
