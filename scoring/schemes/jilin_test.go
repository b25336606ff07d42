package schemes_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/shopspring/decimal"

	"paogai/scoring"
	"paogai/scoring/schemes"
)

func jilin(t *testing.T) *scoring.Scheme {
	t.Helper()
	s, err := schemes.Load("jilin-2018")
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func TestJilinFrame(t *testing.T) {
	s := jilin(t)
	if s.ID != "jilin-2018" || s.Number != "吉市办发〔2018〕15号" || s.Zone.String() != "Asia/Shanghai" {
		t.Errorf("%s %s %s", s.ID, s.Number, s.Zone)
	}
	if s.InForce.String() != "2018-08-15" || s.Closes.String() != "2018-12-31" || s.Total.String() != "100" {
		t.Errorf("%s %s %s", s.InForce, s.Closes, s.Total)
	}
	if !slices.Equal(schemes.IDs(), []string{"jilin-2018", "zhejiang-2017"}) {
		t.Errorf("built in: %v", schemes.IDs())
	}
}

func TestJilinUnitsAndClasses(t *testing.T) {
	s := jilin(t)
	sizes := map[string]int{}
	for _, u := range s.Units {
		sizes[u.Class]++
	}
	for class, want := range map[string]int{"1": 12, "2": 11, "3": 19, "4": 26, "5": 27} {
		if sizes[class] != want {
			t.Errorf("class %s has %d units, want %d", class, sizes[class], want)
		}
	}
	factors := ""
	for _, c := range s.Classes {
		factors += c.Factor + ";"
		failing := "一票否决，直接降档"
		if c.ID == "5" {
			failing = "全市通报批评"
		}
		if !strings.Contains(c.Consequence, failing) {
			t.Errorf("class %s: %s", c.ID, c.Consequence)
		}
	}
	if factors != "1;1;0.7;0.5;;" {
		t.Errorf("factors %s", factors)
	}
	// 第三条: all six bodies that assess are assessed themselves.
	for _, name := range []string{"市委组织部", "市直机关工委", "市编办", "市发改委", "市人社局", "市法制办"} {
		if u, ok := s.Unit(name); !ok || u.Name != name {
			t.Errorf("%s is not assessed", name)
		}
	}
}

func TestJilinTasksAndMilestones(t *testing.T) {
	s := jilin(t)
	areas, order := map[string]int{}, []string{}
	total, dated, before := 0, 0, 0
	dates := map[scoring.Date]int{}
	for _, task := range s.Tasks {
		if areas[task.Area] == 0 {
			order = append(order, task.Area)
		}
		areas[task.Area]++
		for _, m := range task.Milestones {
			total++
			if m.Due.IsZero() {
				continue
			}
			dated++
			dates[m.Due]++
			if m.Due.Before(s.InForce) {
				before++
			}
		}
	}
	if len(s.Tasks) != 76 || total != 78 || dated != 77 || before != 36 || len(dates) != 11 {
		t.Errorf("%d tasks, %d milestones, %d dated, %d before the start, %d dates", len(s.Tasks), total, dated, before, len(dates))
	}
	var sizes []int
	for _, area := range order {
		sizes = append(sizes, areas[area])
	}
	if want := []int{3, 14, 6, 16, 11, 8, 18}; !slices.Equal(sizes, want) {
		t.Errorf("areas %v: %v, want %v", order, sizes, want)
	}
}

func TestJilinSpecialRows(t *testing.T) {
	s := jilin(t)
	for id, want := range map[string]string{
		"15": "2018-06-30 fixed|2018-12-31 fixed", "34": "2018-06-30 fixed|2018-12-31 fixed",
		"20": " open", "21": "2018-07-31 fixed", "23": "2018-12-31 soft", "45": "2018-11-30 fixed",
		"47": "2018-06-30 fixed", "66": "2018-11-30 fixed", "76": "2018-08-31 fixed", "1": "2018-03-15 fixed",
	} {
		task, _ := s.Task(id)
		var got []string
		for _, m := range task.Milestones {
			got = append(got, m.Due.String()+" "+string(m.Kind))
		}
		if strings.Join(got, "|") != want {
			t.Errorf("task %s: %v, want %s", id, got, want)
		}
	}
	for id, want := range map[string]string{
		"2": "改革任务目标", "18": "持续推进投资审批制度改革（率先实现项目审批时间减半）",
		"34": "加强便民服务能力建设", "46": "加快推进线上线下政务服务体系建设", "76": "健全保障机制",
	} {
		if task, _ := s.Task(id); task.Area != want {
			t.Errorf("task %s is in %s", id, task.Area)
		}
	}
	for id, want := range map[string]string{
		"19": "继续优化项目审批流程", "25": "统一监督管理各类办事大厅", "45": "线上线下政务大厅建设",
		"55": "建设中介服务监管平台", "66": "加强法治保障", "73": "开展营商环境评价",
	} {
		if task, _ := s.Task(id); task.Topic != want {
			t.Errorf("task %s is about %s", id, task.Topic)
		}
	}
}

func TestJilinTextIsRepairedAndWhole(t *testing.T) {
	data, err := schemes.Source("jilin-2018")
	if err != nil {
		t.Fatal(err)
	}
	body := string(data)[strings.Index(string(data), "\ntasks:"):]
	for _, damage := range []string{"下载", "煤碳", "项项目", "<p>", "</p>", "服 务", "的 线"} {
		if strings.Contains(body, damage) {
			t.Errorf("%q is left of the damage", damage)
		}
	}
	task, _ := jilin(t).Task("34")
	if n := len([]rune(task.Text)); n < 300 || !strings.HasSuffix(task.Text, "大厅自助体验区延伸。") {
		t.Errorf("task 34 has %d characters", n)
	}
	var doubtful []string
	for _, task := range jilin(t).Tasks {
		if task.Doubtful != "" {
			doubtful = append(doubtful, task.ID)
		}
	}
	if want := []string{"15", "16", "17", "25", "50"}; !slices.Equal(doubtful, want) {
		t.Errorf("doubtful: %v, want %v", doubtful, want)
	}
}

func TestJilinRules(t *testing.T) {
	s := jilin(t)
	for id, want := range map[string]string{
		"plan": "第九条 100", "late": "第十三条（一） -5", "grade": "第八条 0", "innovation": "第十一条 0",
		"group-lead-done": "第十二条 3", "group-lead-failed": "第十二条 -3",
		"matter-lead-done": "第十二条 2", "matter-lead-failed": "第十二条 -2",
		"complaint-verified": "第十三条（二） -10", "fraud": "第十三条（三） -15",
	} {
		r, ok := s.Rule(id)
		if !ok || r.Article+" "+r.Points.String() != want || r.Quote == "" {
			t.Errorf("rule %s: %+v, want %s", id, r, want)
		}
	}
	if r, _ := s.Rule("innovation"); !r.Open || r.Cap == nil || !r.Cap.Equal(decimal.NewFromInt(10)) {
		t.Errorf("innovation: %+v", r)
	}
}

func TestJilinParametersAreMarkedAsOurs(t *testing.T) {
	s := jilin(t)
	if !s.Grades.Assumed || !s.Ladder.Assumed {
		t.Error("grades and ladder are not in the document")
	}
	for _, p := range s.Parameters {
		if !p.Assumed {
			t.Errorf("parameter %s is not marked as ours", p.ID)
		}
	}
	var days []int
	for _, stage := range s.Ladder.Stages {
		days = append(days, stage.Workdays)
		if stage.Hour != 9 || stage.Minute != 0 {
			t.Errorf("stage %s at %d:%d", stage.ID, stage.Hour, stage.Minute)
		}
	}
	if !slices.Equal(days, []int{30, 15, 7, 3, 1, 0}) {
		t.Errorf("ladder %v", days)
	}
}

// 29 milestones fall on days when nobody works: Saturdays, Sundays, and two Mondays that
// the State Council's notices made rest days. The reminders must come before them.
func TestJilinMilestonesOnNonWorkingDays(t *testing.T) {
	count := 0
	for _, task := range jilin(t).Tasks {
		for _, m := range task.Milestones {
			if m.Due.IsZero() {
				continue
			}
			day, due := m.Due.Weekday(), m.Due.String()
			if day == time.Saturday || day == time.Sunday || due == "2018-04-30" || due == "2018-12-31" {
				count++
			}
		}
	}
	if count != 29 {
		t.Errorf("%d milestones on non-working days, want 29", count)
	}
}
