package scoring_test

import (
	"encoding/json"
	"testing"

	"paogai/scoring"
)

func TestUnitsAreFoundByWhatPeopleCallThem(t *testing.T) {
	s := jilin(t)
	for name, want := range map[string]string{
		"市教育局": "市教育局", "教育局": "市教育局", "吉林市教育局": "市教育局", " 教育局 ": "市教育局",
		"发改委": "市发改委", "组织部": "市委组织部", "委组织部": "市委组织部", "机关工委": "市直机关工委",
		"办公厅": "市政府办公厅", "政府办公厅": "市政府办公厅", "市政公用局": "市市政公用局",
		"市政务公开办（政网办）": "市政务公开办（政网办）", "市政务公开办": "市政务公开办（政网办）",
		"政网办": "市政务公开办（政网办）", "政务公开办": "市政务公开办（政网办）",
		"永吉": "永吉县", "舒兰": "舒兰市", "船营": "船营区", "高新": "高新区",
		"中国移动": "中国移动吉林市分公司", "吉视传媒": "吉视传媒吉林市分公司", "供电公司": "供电公司",
		"民委": "市民委", "农委": "市农委", "安全局": "市安全局", "安监局": "市安监局",
	} {
		if u, ok := s.Unit(name); !ok || u.Name != want {
			t.Errorf("%q finds %v, want %s", name, u, want)
		}
	}
	for _, name := range []string{"", "市", "局", "吉林", "吉林市", "教育", "省教育局", "委"} {
		if u, ok := s.Unit(name); ok {
			t.Errorf("%q finds %s", name, u.Name)
		}
	}
}

func TestAShortFormThatFitsTwoUnitsFitsNone(t *testing.T) {
	s := &scoring.Scheme{Units: []scoring.Unit{{Name: "市东山"}, {Name: "东山县"}, {Name: "市西山"}, {Name: "西山"}}}
	s.Index()
	if u, ok := s.Unit("东山"); ok {
		t.Errorf("东山 finds %s", u.Name)
	}
	if u, ok := s.Unit("西山"); !ok || u.Name != "西山" {
		t.Errorf("a full name loses to a short form: %v", u)
	}
}

func TestLookUps(t *testing.T) {
	s := jilin(t)
	if task, ok := s.Task("70"); !ok || task.Text != "简化企业开办和注销程序指数。" {
		t.Errorf("task 70: %v", task)
	}
	if r, ok := s.Rule("fraud"); !ok || r.Article != "第十三条（三）" {
		t.Errorf("rule fraud: %v", r)
	}
	if c, ok := s.Class("4"); !ok || c.Factor != "0.5" {
		t.Errorf("class 4: %v", c)
	}
	if r := s.RuleOf(scoring.LateRule); r == nil || r.ID != "late" {
		t.Errorf("the late rule: %v", r)
	}
	if task, stone, ok := s.Milestone(node("34", 2)); !ok || task.ID != "34" || stone.Label != "最优服务" {
		t.Errorf("milestone 34/2: %v", stone)
	}
	_, task := s.Task("077")
	_, rule := s.Rule("bonus")
	_, class := s.Class("6")
	_, _, stone := s.Milestone(node("34", 3))
	if task || rule || class || stone || s.RuleOf("none") != nil {
		t.Error("something is found that does not exist")
	}
}

func TestSchemeForReading(t *testing.T) {
	data, err := json.Marshal(jilin(t).View())
	if err != nil {
		t.Fatal(err)
	}
	var got struct {
		ID, Title string
		Units     []struct {
			Name, Class string
			Aliases     []string
		}
		Tasks []struct {
			ID, Area, Topic, Text string
			Milestones            []struct {
				Due         *string
				Kind, Label string
			}
		}
		Rules []struct {
			ID, Article, Quote string
			Points             *string
		}
		Grades struct{ Assumed bool }
		Ladder struct {
			Stages []struct{ At string }
		}
	}
	if err := json.Unmarshal(data, &got); err != nil {
		t.Fatal(err)
	}
	if got.ID != "jilin-2018" || got.Title == "" || len(got.Units) != 95 || len(got.Tasks) != 76 || len(got.Rules) != 11 {
		t.Errorf("%s %s: %d units, %d tasks, %d rules", got.ID, got.Title, len(got.Units), len(got.Tasks), len(got.Rules))
	}
	if got.Units[0].Aliases == nil || len(got.Units[10].Aliases) != 2 {
		t.Errorf("aliases: %v %v", got.Units[0].Aliases, got.Units[10].Aliases)
	}
	if m := got.Tasks[19].Milestones[0]; m.Due != nil || m.Kind != "open" {
		t.Errorf("task 20: %+v", m)
	}
	if m := got.Tasks[69].Milestones[0]; m.Due == nil || *m.Due != "2018-08-31" || m.Kind != "fixed" || m.Label == "" {
		t.Errorf("task 70: %+v", m)
	}
	if r := got.Rules[1]; r.ID != "late" || r.Article != "第十三条（一）" || r.Quote == "" || r.Points == nil || *r.Points != "-5" {
		t.Errorf("rule late: %+v", r)
	}
	if !got.Grades.Assumed || len(got.Ladder.Stages) != 6 || got.Ladder.Stages[0].At != "09:00" {
		t.Errorf("parameters: %+v %+v", got.Grades, got.Ladder)
	}
}

func TestItemsForReading(t *testing.T) {
	data, err := json.Marshal(method(t, "zhejiang-2017").View())
	if err != nil {
		t.Fatal(err)
	}
	type item struct {
		ID, Kind, Full, Article, Quote, By, Missing string
		Weight                                      *string
		Items                                       []item
	}
	var got struct {
		Items     []item
		Deadlines []struct{ ID, Due string }
		Rules     []struct{ ID, Item, Cap string }
	}
	if err := json.Unmarshal(data, &got); err != nil {
		t.Fatal(err)
	}
	first := got.Items[0].Items[0]
	if len(got.Items) != 5 || first.ID != "realization" || *first.Weight != "40" || first.Article != "三、（一）" || first.Quote == "" {
		t.Errorf("%+v", first)
	}
	if x := got.Items[2]; x.By != "省发改委" || x.Missing != "pending" || x.Full != "15" || x.Weight != nil {
		t.Errorf("%+v", x)
	}
	if len(got.Deadlines) != 3 || got.Deadlines[1].Due != "2018-01-15" || got.Rules[0].Item != "centre-entry" || got.Rules[0].Cap != "1" {
		t.Errorf("%+v %+v", got.Deadlines, got.Rules[0])
	}
	gates := method(t, "gate-renormalise").View().Rules
	if g := gates[3].Gate; g == nil || g.Rule != "veto" || g.Most.String() != "59.99" || g.Grade != "不合格" {
		t.Errorf("%+v", g)
	}
	if shares := jilin(t).View().Classes; shares[2].Share != "0.7x" || shares[4].Share != "" {
		t.Errorf("%+v", shares)
	}
}
