package scoring_test

import (
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"paogai/scoring"
)

// wantAfresh checks a kept board against one made afresh: the whole, and how one of its
// units and a part of the unit's class read.
func wantAfresh(t *rapid.T, l *scoring.Live, f *scoring.Facts, at time.Time) {
	t.Helper()
	l.MoveTo(at)
	fresh, kept := scoring.NewBoard(f, at), l.Board()
	equalBoards(t, "afresh (-) and kept (+) at "+at.Format(time.DateTime), fresh, kept)
	want := rapid.SampledFrom(fresh.Standings).Draw(t, "unit")
	if got, ok := l.Standing(want.Unit); !ok || !cmp.Equal(want, got, exactly) {
		t.Fatalf("%s stands at %+v, kept %+v", want.Unit, want, got)
	}
	class := fresh.Class(want.Class)
	if rank, of, ok := l.Rank(want.Unit); !ok || rank != want.Rank || of != len(class) || l.Size(want.Class) != of {
		t.Fatalf("%s is %d of %d, kept %d of %d", want.Unit, want.Rank, len(class), rank, of)
	}
	from := rapid.IntRange(0, len(class)).Draw(t, "from")
	part := append([]scoring.Standing{}, slices.Collect(l.Class(want.Class, from))...)
	if !cmp.Equal(class[from:], part, exactly) || len(kept.Class(want.Class)) != len(class) {
		t.Fatalf("class %q from %d: %v\nwant %v", want.Class, from, part, class[from:])
	}
}

// follow tells a history to a campaign and keeps a board of it, which is looked at now and
// then: when something happened, some time later, or back in time.
func follow(t *rapid.T, s *story, history []happening) {
	start := moment("2018-01-01 00:00:00")
	l := scoring.NewLive(s.Facts, start)
	for _, h := range history {
		dated := len(s.Dated)
		h.tell(s, s.Units[h.unit].Name)
		if len(s.Dated) != dated || !s.Closed.IsZero() {
			l.ChangedAll(h.at)
		}
		l.Changed(s.Units[h.unit].Name, h.at)
		switch rapid.SampledFrom([]string{"", "", "now", "later", "any"}).Draw(t, "look") {
		case "now":
			wantAfresh(t, l, s.Facts, h.at)
		case "later":
			wantAfresh(t, l, s.Facts, h.at.Add(time.Duration(rapid.IntRange(0, 40*24).Draw(t, "hours"))*time.Hour))
		case "any":
			wantAfresh(t, l, s.Facts, drawMoment(t))
		}
	}
	for range 3 {
		wantAfresh(t, l, s.Facts, drawMoment(t))
	}
	wantAfresh(t, scoring.NewLive(s.Facts, drawMoment(t)), s.Facts, drawMoment(t))
}

func TestAKeptBoardIsTheOneMadeAfreshJilin(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		history := drawHistory(t)
		if n := len(history); n > 0 && rapid.Bool().Draw(t, "closed by hand") {
			last := history[n-1].at
			history = append(history, happening{last, 0, func(s *story, _ string) { s.Closed = last }})
		}
		follow(t, campaign(t, "2018-06-15", players...), history)
	})
}

// drawMeasures draws what happens to counties: mostly measurements that are close to each
// other, or the same, so that many ranks change and many are shared.
func drawMeasures(t *rapid.T, units int) []happening {
	at := moment("2018-01-02 09:00:00")
	var list []happening
	for range rapid.IntRange(0, 30).Draw(t, "length") {
		at = at.Add(time.Duration(rapid.IntRange(0, 30).Draw(t, "pause")) * time.Hour)
		when := at.Format(time.DateTime)
		kind := rapid.SampledFrom([]string{"measure", "measure", "measure", "external", "adjust", "revoke"}).Draw(t, "kind")
		item := rapid.SampledFrom([]string{"realization", "satisfaction", "gov-index"}).Draw(t, "item")
		round := rapid.SampledFrom([]string{"1", "2"}).Draw(t, "round")
		value := rapid.SampledFrom([]string{"0", "7", "7.01", "14.5", "15"}).Draw(t, "value")
		rule := rapid.SampledFrom([]string{"guide-address", "case-faulty", "pilot"}).Draw(t, "rule")
		list = append(list, happening{at, rapid.IntRange(0, units-1).Draw(t, "unit"), func(s *story, u string) {
			switch kind {
			case "measure":
				s.measure(u, item, round, value, when)
			case "external":
				s.external(u, "approval-reform", value, when)
			case "adjust":
				s.adjust(u, rule, round+value, "", when)
			case "revoke":
				revokeFirst(s, u, when)
			}
		}})
	}
	return list
}

func TestAKeptBoardIsTheOneMadeAfreshZhejiang(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		follow(t, opened(t, "zhejiang-2017", counties()[:9]...), drawMeasures(t, 9))
	})
}

// Renormalised scores are quotients, which are not compared as integers.
func TestAKeptBoardIsTheOneMadeAfreshWithQuotients(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		own := *method(t, "zhejiang-2017")
		own.Items = slices.Clone(own.Items)
		for i := range own.Items {
			if own.Items[i].Kind == scoring.ExternalItem {
				own.Items[i].Missing = scoring.Renormalise
			}
		}
		own.Index()
		refs := []scoring.UnitRef{{Name: "甲县"}, {Name: "乙县"}, {Name: "丙县"}, {Name: "丁县"}, {Name: "戊县"}}
		s := &story{Facts: scoring.NewFacts(&own, own.InForce, refs)}
		follow(t, s, drawMeasures(t, len(refs)))
	})
}

func TestAFactTakenBackIsAsIfItHadNeverBeen(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := opened(t, "zhejiang-2017", counties()[:7]...)
		l := scoring.NewLive(s.Facts, moment("2018-01-01 00:00:00"))
		for _, h := range drawMeasures(t, 7) {
			u := s.Units[h.unit]
			before := *u
			back := rapid.Bool().Draw(t, "taken back")
			if len(u.Adjustments) == 0 || !back { // a revocation changes what stands, and is not taken back here
				h.tell(s, u.Name)
				l.Changed(u.Name, h.at)
			}
			if rapid.Bool().Draw(t, "looked at between") {
				wantAfresh(t, l, s.Facts, h.at)
			}
			if back {
				*u = before
				l.Changed(u.Name, h.at)
			}
			wantAfresh(t, l, s.Facts, h.at)
		}
	})
}

func TestANewSchemeOrWhatConcernsAllWorksAllOut(t *testing.T) {
	s := campaign(t, "2018-08-15", players...)
	at := moment("2018-11-20 00:00:00")
	l := scoring.NewLive(s.Facts, at)
	before := l.Version()
	own := *s.Scheme
	own.Rules = slices.Clone(own.Rules)
	for i := range own.Rules {
		if own.Rules[i].Kind == scoring.LateRule {
			own.Rules[i].Points = pts("-1")
		}
	}
	own.Index()
	s.Scheme = &own
	l.MoveTo(at)
	if got, _ := l.Standing(school); !got.Score.Equal(s.standing(t, school, "2018-11-20 00:00:00").Score) || l.Version() == before {
		t.Errorf("after a change of the scheme: %+v", got)
	}
}

// What does not change the board does not change its version; a board is shared then.
func TestTheVersionTellsOfChangesOnly(t *testing.T) {
	s := campaign(t, "2018-08-15", players...)
	l := scoring.NewLive(s.Facts, moment("2018-08-16 00:00:00"))
	version, board := l.Version(), l.Board()
	s.file(school, node("1", 1), "2018-08-16 09:00:00")
	s.Unit(school).Submissions[0].State = scoring.Returned // in the same entry
	l.Changed(school, moment("2018-08-16 09:00:00"))
	l.MoveTo(moment("2018-08-31 23:59:59"))
	if l.Version() != version || &l.Board().Standings[0] != &board.Standings[0] || !l.Board().At.Equal(l.At()) {
		t.Error("a board that says the same is a new one")
	}
	l.MoveTo(moment("2018-09-01 00:00:00"))
	if l.Version() == version || l.Facts() != s.Facts {
		t.Error("a midnight at which nodes lapse passed unseen")
	}
	if _, ok := l.Standing("没有"); ok {
		t.Error("a unit that is not there stands somewhere")
	}
	if _, _, ok := l.Rank("没有"); ok || l.Size("没有") != 0 {
		t.Error("a unit or class that is not there has a rank or a size")
	}
}

func TestReadingARankAllocatesNothing(t *testing.T) {
	s := campaign(t, "2018-08-15")
	l := scoring.NewLive(s.Facts, moment("2018-11-20 00:00:00"))
	names := make([]string, len(s.Units))
	for i, u := range s.Units {
		names[i] = u.Name
	}
	at := moment("2018-11-21 00:00:00")
	if n := testing.AllocsPerRun(100, func() {
		l.MoveTo(at)
		for _, name := range names {
			l.Rank(name)
		}
	}); n != 0 {
		t.Errorf("%v allocations", n)
	}
}
