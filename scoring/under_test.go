package scoring_test

import (
	"slices"
	"strings"
	"testing"

	"paogai/scoring"
	"paogai/scoring/schemes"
)

// revised is the Jilin method with some of its text replaced: old, new, old, new.
func revised(t *testing.T, pairs ...string) *scoring.Scheme {
	t.Helper()
	data, err := schemes.Source("jilin-2018")
	if err != nil {
		t.Fatal(err)
	}
	for i := 0; i < len(pairs); i += 2 {
		if !strings.Contains(string(data), pairs[i]) {
			t.Fatalf("no %q in the scheme", pairs[i])
		}
	}
	s, err := schemes.Parse([]byte(strings.NewReplacer(pairs...).Replace(string(data))), "revised")
	if err != nil {
		t.Fatal(err)
	}
	return s
}

const (
	lateCosts5 = `    points: "-5"` + "\n"
	lateCosts4 = `    points: "-4"` + "\n"
)

func TestDiffNamesEveryDifference(t *testing.T) {
	b := revised(t, "id: jilin-2018", "id: jilin-2019", lateCosts5, lateCosts4,
		"  - {class: \"2\", name: 永吉县}\n", "  - {class: \"3\", name: 永吉县}\n  - {class: \"2\", name: 新设区}\n",
		"2018年3月15日}\n", "2018年3月15日}\n      - {kind: open, quote: 年内}\n",
		"{title: 优秀, from: \"90\"}", "{title: 优秀, from: \"95\"}", "{title: 良好, from: \"80\", below: \"90\"}", "{title: 良好, from: \"80\", below: \"95\"}")
	var got []string
	for _, d := range scoring.Diff(jilin(t), b) {
		got = append(got, strings.Join([]string{d.Part, d.ID, d.Field, d.Before, d.After}, "|"))
	}
	want := []string{
		"scheme||id|jilin-2018|jilin-2019", "unit|永吉县|class|2|3", "rule|late|points|-5|-4", "grade|优秀|from|90|95",
		"unit|新设区|||新设区", "milestone|1-2|||完成",
	}
	if !slices.Equal(got, want) {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
	back := scoring.Diff(b, jilin(t))
	if len(back) != len(want) || back[1].Part != "unit" {
		t.Errorf("the other way round: %+v", back)
	}
	if d := scoring.Diff(b, b); len(d) != 0 {
		t.Errorf("a scheme differs from itself: %+v", d)
	}
}

func TestDiffSeesItems(t *testing.T) {
	b := *method(t, "zhejiang-2017")
	b.Items = slices.Clone(b.Items)
	b.Items[0].Full = pts("21")
	d := scoring.Diff(method(t, "zhejiang-2017"), &b)
	if len(d) != 1 || d[0].Part != "item" || d[0].Field != "full" || d[0].Before != "20" || d[0].After != "21" {
		t.Errorf("%+v", d)
	}
}

// Two of the unit's tasks lapse: 100 − 2·5 before, 100 − 2·4 after. The others hold 76 tasks,
// eight of which are due by then: 100 − 40 = 60 before and 68 after.
func TestUnderAnotherSchemeUnitsMove(t *testing.T) {
	s := twoTasks(t)
	to, faults := s.Under(revised(t, "id: jilin-2018", "id: b", lateCosts5, lateCosts4))
	if faults != nil {
		t.Fatal(faults)
	}
	at := moment("2018-09-01 00:00:00")
	moves := scoring.NewBoard(s.Facts, at).Moves(scoring.NewBoard(to, at))
	if len(moves) != 1 || !moves[0].Before.Score.Equal(pts("90")) || !moves[0].After.Score.Equal(pts("92")) {
		t.Errorf("moves %+v", moves)
	}
	if s.Scheme.ID != "jilin-2018" || to.Scheme.ID != "b" {
		t.Errorf("the facts went over themselves: %s, %s", s.Scheme.ID, to.Scheme.ID)
	}
	before := moment("2018-08-20 00:00:00")
	if moves := scoring.NewBoard(s.Facts, before).Moves(scoring.NewBoard(to, before)); len(moves) != 0 {
		t.Errorf("moves before anybody is late: %+v", moves)
	}
}

// A campaign of all units takes the new list, with its classes; one of some keeps its own.
func TestUnderAnotherSchemeUnitsJoinAndLeave(t *testing.T) {
	b := revised(t, "  - {class: \"2\", name: 永吉县}\n", "  - {class: \"2\", name: 新设区}\n", "{class: \"3\", name: 市教育局}", "{class: \"4\", name: 市教育局}")
	whole := campaign(t, "2018-08-15")
	to, faults := whole.Under(b)
	if faults != nil {
		t.Fatal(faults)
	}
	if to.Unit("永吉县") != nil || to.Unit("新设区") == nil || to.Unit(school).Class != "4" || whole.Unit(school).Class != "3" {
		t.Errorf("%v %v %+v", to.Unit("永吉县"), to.Unit("新设区"), to.Unit(school))
	}
	at := moment("2018-08-20 00:00:00")
	moves := scoring.NewBoard(whole.Facts, at).Moves(scoring.NewBoard(to, at))
	if len(moves) != 3 || moves[0].Unit != "新设区" || moves[0].Before != nil || moves[2].Unit != "永吉县" || moves[2].After != nil {
		t.Errorf("moves %+v", moves)
	}
	some := campaign(t, "2018-08-15", school)
	if to, _ = some.Under(b); len(to.Units) != 1 {
		t.Errorf("%d units in a campaign of one", len(to.Units))
	}
	listed := scoring.NewFacts(jilin(t), day("2018-08-15"), []scoring.UnitRef{{Name: school, Class: "5"}, {Name: "外来局", Class: "1"}})
	if to, _ = listed.Under(b); to.Unit(school).Class != "5" || to.Unit("外来局") == nil {
		t.Error("a class or a unit that was given when opening is lost")
	}
}

func TestEverythingThatFactsRestOnMustBeThere(t *testing.T) {
	s := campaign(t, "2018-08-15")
	s.plan("永吉县", map[string]string{"34": "100"}, "2018-08-16 09:00:00")
	s.file(school, node("15", 2), "2018-08-20 10:00:00")
	s.rule(school, node("15", 2), true, "2018-08-20 10:00:00")
	s.date(node("20", 1), "2018-12-01", "2018-08-20 10:00:00")
	s.adjust(school, "innovation", "事", "4", "2018-08-20 10:00:00")
	s.adjust(school, "fraud", "事", "", "2018-08-20 10:00:00").Reopen(s.Unit(school).Submissions[0])
	s.Unit(school).Adjustments[1].Reopens = []string{"S2"}
	b := *jilin(t)
	b.Closes = day("2018-08-01")
	b.Units = slices.DeleteFunc(slices.Clone(b.Units), func(u scoring.Unit) bool { return u.Name == "永吉县" || u.Name == "舒兰市" })
	b.Tasks = slices.DeleteFunc(slices.Clone(b.Tasks), func(task scoring.Task) bool { return task.ID == "20" || task.ID == "34" })
	b.Tasks[14].Milestones = b.Tasks[14].Milestones[:1]
	b.Rules = slices.DeleteFunc(slices.Clone(b.Rules), func(r scoring.Rule) bool { return r.ID == "innovation" })
	for i := range b.Rules {
		b.Rules[i].Reopens = false
	}
	b.Index()
	to, faults := s.Under(&b)
	got := strings.Join(faults, "\n")
	for _, want := range []string{
		"it closes on 2018-08-01", "no unit 永吉县", "no task 34, which is in the plan of 永吉县", "task 15 has no milestone 2, which submission S2",
		"task 15 has no milestone 2, which a ruling on 市教育局", "no task 20, which a date", "no rule innovation", "fraud does not reopen",
	} {
		if !strings.Contains(got, want) {
			t.Errorf("no %q in\n%s", want, got)
		}
	}
	if to != nil || strings.Contains(got, "舒兰市") || len(faults) != 8 {
		t.Errorf("%d faults:\n%s", len(faults), got)
	}
}

func TestItemsThatFactsRestOnMustBeThere(t *testing.T) {
	s := opened(t, "zhejiang-2017", "甲县")
	s.measure("甲县", "realization", "1", "90", "2018-01-20 10:00:00")
	s.external("甲县", "data-sharing", "25", "2018-01-20 10:00:00")
	_, faults := s.Under(method(t, "bonus-base"))
	if got := strings.Join(faults, "\n"); !strings.Contains(got, "no indicator realization") || !strings.Contains(got, "no external item data-sharing") {
		t.Error(got)
	}
	if _, faults := s.Under(s.Scheme); faults != nil {
		t.Errorf("the scheme does not fit itself: %v", faults)
	}
}
