package scoring_test

import (
	"math/big"
	"testing"

	"paogai/scoring"
)

func TestMeansAreExactAndTiesShareARank(t *testing.T) {
	s := opened(t, "zhejiang-2017", "甲县", "乙县", "丙县", "丁县", "戊县")
	for unit, values := range map[string][]string{
		"甲县": {"90", "90", "90.1"}, // 90.0333…
		"乙县": {"90.0333"},
		"丙县": {"89", "91.0666"}, // 90.0333 too
		"丁县": {"99.9999", "70"},
	} {
		for i, v := range values {
			s.measure(unit, "satisfaction", string(rune('1'+i)), v, early)
		}
	}
	ranks := s.RanksAt(moment(early))
	for unit, want := range map[string]int{"甲县": 1, "乙县": 2, "丙县": 2, "丁县": 4} {
		if r, ok := ranks.Of("satisfaction", unit); !ok || r.Rank != want || r.Of != 4 {
			t.Errorf("%s: %+v, want rank %d of 4", unit, r, want)
		}
	}
	if r, _ := ranks.Of("satisfaction", "甲县"); r.Mean.Cmp(big.NewRat(2701, 30)) != 0 || r.Rounds != 3 {
		t.Errorf("the mean of 90, 90 and 90.1 is %s", r.Mean)
	}
	if _, ok := ranks.Of("satisfaction", "戊县"); ok {
		t.Error("a county without a value has a rank")
	}
	if _, ok := (*scoring.Ranks)(nil).Of("satisfaction", "甲县"); ok || jilinRanks(t) != nil {
		t.Error("a scheme without indicators ranks by them")
	}
}

func jilinRanks(t *testing.T) *scoring.Ranks {
	return campaign(t, "2018-08-15", school).RanksAt(moment("2018-09-01 00:00:00"))
}

func TestALaterValueOfTheSameRoundTakesItsPlace(t *testing.T) {
	s := opened(t, "zhejiang-2017", "甲县", "乙县")
	s.measure("甲县", "realization", "1", "80", "2018-01-08 09:00:00")
	s.measure("乙县", "realization", "1", "85", "2018-01-08 09:00:00")
	s.measure("甲县", "realization", "1", "90", "2018-01-09 09:00:00")
	for at, want := range map[string]int{"2018-01-09 08:59:59": 2, "2018-01-09 09:00:00": 1} {
		if r, _ := s.RanksAt(moment(at)).Of("realization", "甲县"); r.Rank != want || r.Rounds != 1 {
			t.Errorf("at %s: %+v, want rank %d", at, r, want)
		}
	}
	if r, ok := s.RanksAt(moment("2018-01-01 00:00:00")).Of("realization", "甲县"); ok {
		t.Errorf("ranked before there was a value: %+v", r)
	}
}

func TestRoundsMayHaveWeightsAndTheLeastMayRankFirst(t *testing.T) {
	s := opened(t, "zhejiang-2017", "甲县", "乙县")
	own := *s.Scheme
	item := own.Items[0]
	item.Items = append([]scoring.Item{}, item.Items...)
	item.Items[0].LeastFirst = true
	item.Items[0].Rounds = []scoring.Round{{ID: "1", Weight: pts("1")}, {ID: "2", Weight: pts("3")}}
	own.Items = append([]scoring.Item{item}, own.Items[1:]...)
	own.Index()
	s.Scheme = &own
	s.measure("甲县", "realization", "1", "80", early)
	s.measure("甲县", "realization", "2", "90", early) // (80 + 3×90) / 4 = 87.5
	s.measure("甲县", "realization", "3", "0", early)  // no such round
	s.measure("乙县", "realization", "2", "88", early)
	a, _ := s.RanksAt(moment(early)).Of("realization", "甲县")
	b, _ := s.RanksAt(moment(early)).Of("realization", "乙县")
	if a.Rank != 1 || a.Mean.Cmp(big.NewRat(175, 2)) != 0 || b.Rank != 2 {
		t.Errorf("%+v %+v", a, b)
	}
}
