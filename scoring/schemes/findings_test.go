package schemes_test

import (
	"os"
	"strings"
	"testing"

	"paogai/scoring/schemes"
)

func findingsOf(data []byte) string {
	var texts []string
	for _, f := range schemes.Check(data) {
		texts = append(texts, f.String())
	}
	return strings.Join(texts, "\n")
}

// What the check says of the built-in methods is what their documents are to blame for.
func TestTheFindingsOnTheBuiltInSchemes(t *testing.T) {
	for id, want := range map[string][]string{
		"jilin-2018": {
			`line 371: warning: task 15 is read with doubt: 一级指标存疑：原表此处无标签，按上一行归入“把权力放在该放的层面”`,
			`line 379: warning: task 16 is read with doubt: 一级指标存疑：原表此处无标签，按上一行归入“把权力放在该放的层面”`,
			`line 386: warning: task 17 is read with doubt: 一级指标存疑：原表此处无标签，按上一行归入“把权力放在该放的层面”`,
			`line 435: warning: task 25 is read with doubt: 二级指标存疑：原表此处无标签，按上一行归入“统一监督管理各类办事大厅”`,
			`line 587: warning: task 50 is read with doubt: 二级指标存疑：原表此处无标签，按上一行归入“全面规范群众和企业到政府办事事项办理”`,
		},
		"zhejiang-2017": {
			`line 53: warning: ranks from 88 get 17, but the table's own step of 0.1 would give 17.1`,
		},
	} {
		data, err := schemes.Source(id)
		if err != nil {
			t.Fatal(err)
		}
		if got := findingsOf(data); got != strings.Join(want, "\n") {
			t.Errorf("%s:\n%s", id, got)
		}
	}
}

// changed is a test scheme with one text put in the place of another.
func changed(t *testing.T, file, old, put string) string {
	t.Helper()
	data, err := os.ReadFile("testdata/" + file + ".yaml")
	if err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(string(data), old) {
		t.Fatalf("%q is not in %s", old, file)
	}
	return findingsOf([]byte(strings.Replace(string(data), old, put, 1)))
}

func TestEachFaultOfItemsIsNamed(t *testing.T) {
	const file = "gate-renormalise"
	for _, c := range []struct{ old, put, want string }{
		{`total: "100"`, `total: "110"`, `line 7: error: the base of 0 and the items of 100 sum to 100, but the total of the scheme is 110`},
		{`    weight: "30"`, `    weight: "20"`, `error: the items of satisfaction sum to 20, not to the stated 30`},
		{`        weight: "30"`, `        weight: "101"`, `the weight of item satisfaction-scored is 101 percent`},
		{`weight: "50", by: 市工商联`, `weight: "40", by: 市工商联`, `the items of satisfaction-scored sum to 90, not to the stated 100`},
		{`full: "30"`, `full: "0"`, `item approval needs full marks above 0, not 0`},
		{`id: window`, `id: data`, `item data stands twice: first on line`},
		{`id: overtime`, `id: data`, `rule data stands twice: first on line`},
		{`    article: 第二条`, `    note: 二`, `line 10: error: item approval lacks the key "article", and so do the groups around it`},
		{`    quote: 数据共享30分，由市大数据局计分。`, `    note: 二`, `item data lacks the key "quote"`},
		{`    by: 市大数据局`, `    note: 二`, `item data is of kind external and needs "by"`},
		{`kind: deductions`, `kind: constant`, `item approval is of kind constant and needs "note"`},
		{`kind: deductions`, `kind: constant`, `rule overtime takes from item approval, which is of kind constant, not deductions`},
		{`    full: "30"`, "    full: \"30\"\n    bands: [{from: 1, points: \"30\"}]", `item approval is of kind deductions and cannot have "bands"`},
		{`    full: "30"`, "    full: \"30\"\n    missing: zero", `item approval is of kind deductions and cannot have "missing"`},
		{`item: approval, `, `item: approvals, `, `rule overtime takes from item approvals, which does not exist`},
		{`item: approval, `, ``, `line 10: warning: no rule takes anything off item approval`},
		{`每超时1件扣2分, points: "-2"`, `每超时1件扣2分, points: "-31"`, `rule overtime takes 31 off item approval, which has only 30`},
		{`每超时1件扣2分, points: "-2"`, `每超时1件扣2分, points: "2"`, `rule overtime is on item approval and must take points off`},
		{`每超时1件扣2分, points: "-2"`, `每超时1件扣2分, points: "-2", cap: "40"`, `warning: the cap 40 of rule overtime cannot bind: item approval has only 30`},
		{`每超时1件扣2分, points: "-2"`, `每超时1件扣2分, points: "-2", cap: "1"`, `warning: one count of rule overtime is -2, more than its cap 1 ever lets count`},
		{`kind: renormalise`, `kind: factor`, `error: the scheme needs exactly one rule of kind renormalise and has 0`},
		{`gate: {rule: veto, most`, `gate: {rule: vetos, most`, `gate vetoed rests on rule vetos, which is no adjustment`},
		{`gate: {rule: veto, most`, `gate: {most`, `gate vetoed needs either a rule, or an item and what it is below`},
		{`gate: {item: data, below`, `gate: {item: dates, below`, `gate data-gate rests on item dates, which does not exist`},
		{`below: "18", `, `below: "31", `, `warning: gate data-gate always holds: item data has only 30, which is below 31`},
		{`, grade: 合格}`, `}`, `gate data-gate holds nothing down: it needs "most" or "grade"`},
		{`, grade: 合格}`, `, grade: 中等}`, `gate data-gate names the grade 中等, which does not exist`},
		{`most: "59.99"`, `most: "100"`, `warning: gate vetoed cannot hold a score down to 100: none is above 100`},
		{`kind: floor`, `kind: gate`, `rule least: exactly rules of kind gate have a gate`},
		{`按0分计。, points: "0"`, `按0分计。`, `rule least needs points of at least 0`},
		{`    missing: zero`, `    mising: zero`, `an item has no key "mising"; did you mean "missing"?`},
		{`kind: floor`, `kid: floor`, `a rule has no key "kid"; did you mean "id"?`},
		{`title: 数据共享`, `称谓: 数据共享`, `an item has no key "称谓"; it may have article, assumed, bands`},
		{`    missing: zero`, `    missing: none`, `here must be one of pending, full, zero, renormalise`},
	} {
		if got := changed(t, file, c.old, c.put); !strings.Contains(got, c.want) {
			t.Errorf("%s → %s\nwant %s\ngot  %s", c.old, c.put, c.want, got)
		}
	}
}

func TestEachFaultOfLimitsAndSharesIsNamed(t *testing.T) {
	const file = "bonus-base"
	for _, c := range []struct{ old, put, want string }{
		{`最高不超过100分。, points: "100"`, `最高不超过100分。, points: "101"`, `line 11: warning: the ceiling 101 cannot bind: no score is above 101`},
		{`total: "100"`, `total: "102"`, `line 7: warning: the total of 102 cannot be reached: no score is above 101`},
		{`id: base, kind: base`, `id: base, kind: late`, `error: the scheme needs exactly one rule of kind base and has 0`},
		{`share: "0.5"`, `share: "1.5"`, `rule commended-jointly needs a share above 0 and up to 1`},
		{`of: commended`, `of: praised`, `rule commended-jointly is a share of rule praised, which does not exist`},
		{`of: commended`, `of: base`, `rule commended-jointly cannot be a share of base`},
		{`share: "0.5"`, "share: \"0.5\"\n    points: \"2\"", `rule commended-jointly is a share of commended and takes points, cap and item from there`},
		{`    open: true`, `    points: "3"`, `rule criticised fixes its points: write them below 0 instead of "takes"`},
		{`    cap: "6"`, `    cap: "0"`, `the cap of rule reported must be above 0`},
		{`points: "80"}`, `points: "80", cap: "3"}`, `rule base is of kind base and cannot have "cap"`},
	} {
		got := changed(t, file, c.old, c.put)
		if !strings.Contains(got, c.want) {
			t.Errorf("%s → %s\nwant %s\ngot  %s", c.old, c.put, c.want, got)
		}
	}
	if got := changed(t, file, `id: best, kind: ceiling`, `id: best, kind: floor`); got != "" {
		t.Errorf("a floor that binds: %s", got)
	}
	if got := changed(t, file, `id: best, kind: ceiling, title: 封顶, article: 第三条, quote: 总分最高不超过100分。, points: "100"`,
		`id: best, kind: floor, title: 封顶, article: 第三条, quote: 总分最高不超过100分。, points: "70"`); !strings.Contains(got, "the floor 70 cannot bind: no score is below 70") {
		t.Errorf("a floor that cannot bind: %s", got)
	}
}

func TestEachFaultOfABandTableIsNamed(t *testing.T) {
	data, err := schemes.Source("zhejiang-2017")
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct{ old, put, want string }{
		{`{from: 4, to: 6,`, `{from: 5, to: 6,`, `line 25: error: ranks 4 to 4 get no points: a hole between bands`},
		{`{from: 4, to: 6,`, `{from: 3, to: 6,`, `line 25: error: ranks 3 to 3 are in two bands`},
		{`{from: 4, to: 6,`, `{from: 4, to: 3,`, `line 25: error: the band from rank 4 to 3 is empty`},
		{`{from: 4, to: 6,`, `{from: 4,`, `line 25: error: only the last band may be without "to"`},
		{`{from: 4, to: 6,`, `{from: 0, to: 6,`, `line 25: error: here must be a rank: a whole number from 1`},
		{`{from: 88, points`, `{from: 88, to: 89, points`, `line 53: error: ranks after 89 get no points: leave out "to" in the last band`},
		{`points: "19.9"`, `points: "20.1"`, `line 25: error: ranks from 4 get 20.1, more than better ranks`},
		{`points: "19.9"`, `points: "19.85"`, `line 25: warning: ranks from 4 get 19.85, but the table's own step of 0.1 would give 19.9`},
		{`to: 3, points: "20"`, `to: 3, points: "19.95"`, `line 24: error: the best ranks get 19.95, but realization has 20`},
		{`    bands:`, "    rounds: [{id: \"1\", weight: \"1\"}, {id: \"1\", weight: \"2\"}]\n    bands:", `round 1 of item realization-of-matters stands twice or has no weight above 0`},
		{`    bands:`, "    rounds: [{id: \"1\"}]\n    bands:", `a round lacks the key "weight"`},
		{`id: external
`, `id: material
`, `deadline material stands twice`},
		{`due: 2018-01-10`, `due: 2018-01-32`, `"2018-01-32": not a date`},
		{`weight: "40"`, `weight: "4O"`, `"4O": not an amount of points`},
	} {
		if !strings.Contains(string(data), c.old) {
			t.Fatalf("%q is not in the scheme", c.old)
		}
		if got := findingsOf([]byte(strings.Replace(string(data), c.old, c.put, 1))); !strings.Contains(got, c.want) {
			t.Errorf("%s → %s\nwant %s\ngot  %s", c.old, c.put, c.want, got)
		}
	}
}

// 90 and above, 80 to 89, …: nobody says what 89.5 is.
func TestTheHoleAt89AndAHalfIsFound(t *testing.T) {
	got := changed(t, "gate-renormalise", `from: "60", below: "90"`, `from: "60", below: "89"`)
	if want := "scores from 89 to below 90 are in no grade: a hole between 合格 and 优秀"; !strings.Contains(got, want) {
		t.Error(got)
	}
}

func TestTabsAreNamedLineByLine(t *testing.T) {
	got := findingsOf([]byte("id: a\n\ttitle: b\n \tzone: c\n"))
	for _, want := range []string{"line 2: error: the line is indented with a tab", "line 3: error: the line is indented with a tab"} {
		if !strings.Contains(got, want) {
			t.Errorf("%s lacks %s", got, want)
		}
	}
	if got := schemes.Check([]byte(strings.Repeat("\tx\n", 100_000))); len(got) > 200 {
		t.Errorf("%d findings", len(got))
	}
}
