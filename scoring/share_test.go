package scoring_test

import (
	"testing"

	"paogai/scoring"
)

// 第七条: classes 3 and 4 count with 70 and 50 percent of a share that the document leaves
// open; class 5 does not count.
func TestTheBaseShareIsUnknownUntilSet(t *testing.T) {
	s := jilin(t)
	for class, want := range map[string]string{"1": "x", "2": "x", "3": "0.7x", "4": "0.5x", "5": "", "9": ""} {
		if got := s.Share(class); got != want {
			t.Errorf("class %s: %q, want %q", class, got, want)
		}
	}
	set := *s
	set.Parameters = append([]scoring.Parameter{}, s.Parameters...)
	for i := range set.Parameters {
		if set.Parameters[i].ID == scoring.BaseShare {
			set.Parameters[i].Value = "15%"
		}
	}
	for class, want := range map[string]string{"1": "15%", "3": "10.5%", "4": "7.5%", "5": ""} {
		if got := set.Share(class); got != want {
			t.Errorf("class %s of 15%%: %q, want %q", class, got, want)
		}
	}
}

// 第八条: not reaching the mark has consequences in classes 1 to 4, and others in class 5.
func TestConsequencesByClass(t *testing.T) {
	s := campaign(t, "2018-08-15")
	for _, u := range []string{"市发改委", "吉林石化"} {
		for i := range 5 {
			s.adjust(u, "complaint-verified", string(rune('a'+i)), "", "2018-09-01 00:00:00")
		}
	}
	for unit, want := range map[string]string{
		"市发改委": "考核不达标的，在年度绩效考核、领导班子和主要领导年度工作考核中一票否决，直接降档。",
		"吉林石化": "考核不达标的，在全市通报批评，并向其上级主管部门通报结果。",
		"市公安局": "",
	} {
		if st := s.standing(t, unit, "2018-09-01 12:00:00"); st.Consequence != want {
			t.Errorf("%s, %s: %q", unit, st.Grade, st.Consequence)
		}
	}
}
