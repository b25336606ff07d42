package scoring_test

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"paogai/scoring"
)

// class3 is seven units of the third class, with the points that each was given.
func class3(t *testing.T, given ...string) *story {
	t.Helper()
	var units []string
	for _, u := range jilin(t).Units {
		if u.Class == "3" && len(units) < len(given) {
			units = append(units, u.Name)
		}
	}
	s := campaign(t, "2018-08-15", units...)
	for i, unit := range units {
		s.plan(unit, map[string]string{"5": "100"}, "2018-08-15 09:00:00")
		if given[i] != "" {
			s.adjust(unit, "innovation", "事项", given[i], "2018-08-15 10:00:00")
		}
	}
	return s
}

func ranks(list []scoring.Standing) string {
	var texts []string
	for _, st := range list {
		texts = append(texts, fmt.Sprintf("%d:%s", st.Rank, st.Score))
	}
	return strings.Join(texts, " ")
}

func TestTiesShareARank(t *testing.T) {
	s := class3(t, "1", "3", "", "3", "2", "3", "")
	b := scoring.NewBoard(s.Facts, moment("2018-08-16 00:00:00"))
	if got, want := ranks(b.Class("3")), "1:103 1:103 1:103 4:102 5:101 6:100 6:100"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
	s = class3(t, "9", "2", "2.00", "1")
	b = scoring.NewBoard(s.Facts, moment("2018-08-16 00:00:00"))
	if got, want := ranks(b.Class("3")), "1:109 2:102 2:102 4:101"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

func TestInsideATieEarnedThenTheSchemesOrder(t *testing.T) {
	s := class3(t, "", "", "", "")
	s.plan(s.Units[2].Name, map[string]string{"5": "60", "10": "40"}, "2018-08-15 11:00:00")
	s.done(s.Units[2].Name, node("5", 1), "2018-08-15 12:00:00")
	b := scoring.NewBoard(s.Facts, moment("2018-08-16 00:00:00"))
	var names []string
	for _, st := range b.Class("3") {
		names = append(names, st.Unit)
		if st.Rank != 1 {
			t.Errorf("%s has rank %d", st.Unit, st.Rank)
		}
	}
	want := []string{"市民政局", "市教育局", "市工信局", "市环保局"}
	if !slices.Equal(names, want) {
		t.Errorf("order %v, want %v", names, want)
	}
}

func TestRankingStaysInsideTheClass(t *testing.T) {
	s := campaign(t, "2018-08-15")
	b := scoring.NewBoard(s.Facts, moment("2018-08-16 00:00:00"))
	sizes := map[string]int{"1": 12, "2": 11, "3": 19, "4": 26, "5": 27}
	for class, size := range sizes {
		list := b.Class(class)
		if len(list) != size || list[0].Rank != 1 || list[size-1].Rank != 1 {
			t.Errorf("class %s: %s", class, ranks(list))
		}
	}
	if len(b.Standings) != 95 || b.Standings[0].Unit != "市编办" || b.Standings[94].Unit != "中国联通吉林市分公司" {
		t.Errorf("the board does not stand in the scheme's order")
	}
	if _, ok := b.Unit("市教育局"); !ok || b.Class("6") != nil {
		t.Error("look-ups on the board fail")
	}
	if _, ok := b.Unit("教育局"); ok {
		t.Error("the board resolves short forms")
	}
}

func TestUnitsGivenAtTheOpening(t *testing.T) {
	s := &story{Facts: scoring.NewFacts(jilin(t), day("2018-08-15"), []scoring.UnitRef{
		{Name: "新区", Class: "9"}, {Name: "市教育局"}, {Name: "市发改委", Class: "3"}, {Name: "市编办", Class: "1"},
	})}
	b := scoring.NewBoard(s.Facts, moment("2018-08-16 00:00:00"))
	var got []string
	for _, st := range b.Standings {
		got = append(got, st.Class+st.Unit)
	}
	want := []string{"1市编办", "3市发改委", "3市教育局", "9新区"}
	if !slices.Equal(got, want) || s.Unit("市公安局") != nil {
		t.Errorf("got %v, want %v", got, want)
	}
}

func TestAUnitIsFoundByWhatPeopleCallIt(t *testing.T) {
	s := opened(t, "zhejiang-2017", "永康市", "永嘉县", "东山县", "东山市")
	for name, want := range map[string]string{
		"永康市": "永康市", " 永嘉 ": "永嘉县", "永康": "永康市", "东山": "", "东山县": "东山县", "": "", "县": "",
	} {
		if u, ok := s.Find(name); ok != (want != "") || ok && u.Name != want {
			t.Errorf("%q finds %+v, want %s", name, u, want)
		}
	}
	j := campaign(t, "2018-08-15", school)
	if u, ok := j.Find("教育局"); !ok || u.Name != school {
		t.Error("教育局 is not found")
	}
	if _, ok := j.Find("发改委"); ok {
		t.Error("a unit of the scheme that takes no part is found")
	}
}

func TestGradesOnTheExactScore(t *testing.T) {
	for given, grade := range map[string]string{
		"-10": "优秀", "-10.01": "良好", "-20": "良好", "-20.01": "达标",
		"-40": "达标", "-40.0001": "不达标", "-300": "不达标", "10": "优秀",
	} {
		s := class3(t, given)
		if st := s.standing(t, school, "2018-08-16 00:00:00"); st.Grade != grade {
			t.Errorf("%s: %s is %s, want %s", given, st.Score, st.Grade, grade)
		}
	}
}

func TestGradesByShareOfTheClass(t *testing.T) {
	s := class3(t, "9", "8", "7", "7", "5")
	own := *s.Scheme
	s.Scheme = &own
	s.Scheme.Grades = scoring.Grading{By: scoring.ByShare, Bands: []scoring.Band{
		{Title: "优秀", Share: pts("20")},
		{Title: "良好", Share: pts("40")},
		{Title: "达标", Share: pts("20")},
		{Title: "不达标", Share: pts("20"), Failing: true},
	}}
	var got []string
	for _, st := range scoring.NewBoard(s.Facts, moment("2018-08-16 00:00:00")).Standings {
		got = append(got, st.Grade)
	}
	if want := []string{"优秀", "良好", "良好", "良好", "不达标"}; !slices.Equal(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
}

func TestStandingInJSON(t *testing.T) {
	s := class3(t, "1.50")
	data, err := json.Marshal(s.standing(t, school, "2018-09-01 00:00:00"))
	want := `{"unit":"市教育局","class":"3","rank":1,"score":"101.5","hold":"101.5","earned":"1.5","late":0,"done":0,"grade":"优秀"}`
	if diff := cmp.Diff(want, string(data)); err != nil || diff != "" {
		t.Errorf("%v %s", err, diff)
	}
}
