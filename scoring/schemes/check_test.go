package schemes_test

import (
	"errors"
	"strings"
	"testing"

	"paogai/scoring/schemes"
)

// small is a scheme without faults.
const small = `id: small
title: 小办法
zone: Asia/Shanghai
in_force: 2020-01-01
closes: 2020-12-31
total: "100"
classes:
  - {id: "1", title: 第一类, factor: "1"}
  - {id: "2", title: 第二类}
units:
  - {name: 甲局, class: "1", aliases: [老甲]}
  - {name: 乙局, class: "2"}
rules:
  - {id: plan, kind: base, title: 分值, article: 第一条, quote: 满分一百, points: "100"}
  - {id: late, kind: late, title: 逾期, article: 第二条, quote: 逾期扣分, points: "-5"}
  - {id: bonus, kind: adjustment, title: 加分, article: 第三条, quote: 酌情加分, open: true, cap: "10"}
tasks:
  - id: "1"
    area: 一
    topic: 二
    text: 三
    milestones:
      - {due: 2020-06-30, kind: fixed, quote: 六月底}
      - {kind: open, label: 待定, quote: 另行通知}
grades:
  assumed: true
  by: score
  bands:
    - {title: 好, from: "90"}
    - {title: 中, from: "60", below: "90"}
    - {title: 差, below: "60", failing: true}
ladder:
  assumed: true
  stages:
    - {id: d3, workdays: 3, at: "09:00", tone: urge, audience: liaison}
    - {id: d0, workdays: 0, at: "09:00", tone: last, audience: liaison}
  overdue: {after: 1, every: 5, at: "09:30", tone: overdue, audience: liaison}
parameters:
  - {id: p, title: 参数, value: 值, reason: 理由, assumed: true}
notes:
  - {place: 某处, text: 存疑}
`

func TestASchemeWithoutFaults(t *testing.T) {
	if found := schemes.Check([]byte(small)); len(found) > 0 {
		t.Fatal(found)
	}
	s, err := schemes.Parse([]byte(small), "small")
	if err != nil {
		t.Fatal(err)
	}
	if u, ok := s.Unit("老甲"); !ok || u.Name != "甲局" || s.Ladder.Overdue.Minute != 30 {
		t.Errorf("read %+v", s)
	}
	if got := s.Tasks[0].Milestones; got[0].Label != "完成" || got[1].Label != "待定" {
		t.Errorf("labels %+v", got)
	}
}

// Each case changes the small scheme and names the finding it wants.
func TestEachFaultIsNamedWithItsLine(t *testing.T) {
	for _, c := range []struct{ old, new, want string }{
		{`total: "100"`, `total: "99"`, `line 14: error: rule plan gives 100 points, but the total of the scheme is 99`},
		{`total: "100"`, `total: "0"`, `line 6: error: the total must be above 0, not 0`},
		{`total: "100"`, `total: 1e400`, `line 6: error: "1e400": not an amount of points`},
		{`total: "100"`, `total: "100.001"`, `line 6: error: the total 100.001 is finer than 0.01`},
		{`total: "100"`, `total: [100]`, `line 6: error: here must be one value`},
		{`closes: 2020-12-31`, `closes: 2020-02-30`, `line 5: error: "2020-02-30": not a date`},
		{`closes: 2020-12-31`, `closes: 2019-12-31`, `error: the scheme closes on 2019-12-31, before`},
		{`zone: Asia/Shanghai`, `zone: Asia/Jilin`, `line 3: error: "Asia/Jilin" is no time zone`},
		{`title: 小办法`, `titel: 小办法`, `line 2: error: the scheme has no key "titel"`},
		{`title: 小办法`, `titel: 小办法`, `line 1: error: the scheme lacks the key "title"`},
		{`title: 小办法`, "title: 小办法\ntitle: 大办法", `line 3: error: key "title" stands twice in the scheme`},
		{`title: 小办法`, `title: ""`, `line 2: error: here must be a text`},
		{`title: 小办法`, `title: &a 小办法`, `line 2: error: anchors and aliases are not allowed`},
		{`title: 小办法`, `title: !!binary aGk=`, `line 2: error: tags such as`},
		{`{name: 甲局, class: "1", aliases: [老甲]}`, `{name: 甲局, aliases: [老甲]}`, `line 11: error: unit 甲局 is in no class`},
		{`{name: 乙局, class: "2"}`, `{name: 乙局, class: "3"}`, `line 12: error: unit 乙局 is in class 3, which does not exist`},
		{`{name: 乙局, class: "2"}`, `{name: 乙局, class: "1"}`, `line 9: error: class 2 has no units`},
		{`{name: 乙局, class: "2"}`, `{name: 甲局, class: "2"}`, `line 12: error: unit 甲局 stands twice: first on line 11`},
		{`{name: 乙局, class: "2"}`, `{name: 老甲, class: "2"}`, `line 12: error: unit 老甲 stands twice`},
		{`{id: "2", title: 第二类}`, `{id: "1", title: 第二类}`, `line 9: error: class 1 stands twice`},
		{`factor: "1"`, `factor: 一半`, `line 8: error: the factor of class 1 must be a decimal`},
		{`due: 2020-06-30, `, ``, `line 23: error: milestone 1 of task 1 is fixed and needs a date`},
		{`{kind: open, label`, `{kind: open, due: 2020-07-01, label`, `line 24: error: milestone 2 of task 1 is open, yet has the date 2020-07-01`},
		{`due: 2020-06-30`, `due: 2020-6-30`, `line 23: error: "2020-6-30": not a date`},
		{`due: 2020-06-30`, `due: 2021-06-30`, `line 23: warning: milestone 1 of task 1 is due on 2021-06-30, after the scheme closes`},
		{`kind: fixed`, `kind: hard`, `line 23: error: here must be one of fixed, soft, open`},
		{`    text: 三`, "    text: 三\n    doubtful: 看不清", `line 18: warning: task 1 is read with doubt: 看不清`},
		{`article: 第二条, `, ``, `line 15: error: a rule lacks the key "article"`},
		{`quote: 逾期扣分, `, ``, `line 15: error: a rule lacks the key "quote"`},
		{`id: bonus`, `id: late`, `line 16: error: rule late stands twice: first on line 15`},
		{`points: "-5"`, `points: "5"`, `line 15: error: rule late must take points off, not 5`},
		{`open: true, `, ``, `line 16: error: rule bonus must either fix its points or leave them open`},
		{`open: true`, `open: yes`, `line 16: error: here must be true or false`},
		{`cap: "10"`, `cap: "-10"`, `line 16: error: the cap of rule bonus must be above 0`},
		{`kind: late`, `kind: base`, `error: the scheme needs exactly one rule of kind base and has 2`},
		{`below: "90"`, `below: "85"`, `line 30: error: scores from 85 to below 90 are in no grade: a hole between 中 and 好`},
		{`below: "90"`, `below: "95"`, `line 30: error: scores from 90 to below 95 are in two grades: 中 and 好 overlap`},
		{`{title: 好, from: "90"}`, `{title: 好, from: "90", below: "100"}`, `line 29: error: no grade holds scores from 100`},
		{`below: "60", failing`, `from: "0", below: "60", failing`, `line 31: error: no grade holds scores below 0`},
		{`from: "60", `, ``, `line 31: error: grades 中 and 差 have no limit between them`},
		{`title: 中, `, `title: 中, failing: true, `, `line 30: error: grade 中 fails, but a worse one follows`},
		{`title: 中`, `title: 好`, `line 30: error: two grades are called 好`},
		{`by: score`, `by: share`, `line 29: error: grade 好 has limits of score, but grades are given by share`},
		{`by: score`, `by: share`, `error: the shares of the grades sum to 0, not to 100`},
		{`workdays: 0`, `workdays: 5`, `line 36: error: stage d0 must be nearer to the due date`},
		{`id: d0`, `id: d3`, `line 36: error: stage d3 stands twice`},
		{`workdays: 0`, `workdays: -1`, `line 36: error: here must be a number of days`},
		{`"09:30"`, `"9:30"`, `line 37: error: here must be a time of day as HH:MM`},
		{`"09:30"`, `"24:00"`, `line 37: error: here must be a time of day as HH:MM`},
		{`  - {id: p,`, "  - {id: p, title: 甲, value: 乙, assumed: true}\n  - {id: p,", `line 40: error: parameter p stands twice`},
		{`notes:`, `notes: 无`, `this is not YAML`},
	} {
		if !strings.Contains(small, c.old) {
			t.Fatalf("%q is not in the small scheme", c.old)
		}
		found := schemes.Check([]byte(strings.Replace(small, c.old, c.new, 1)))
		var texts []string
		for _, f := range found {
			texts = append(texts, f.String())
		}
		if all := strings.Join(texts, "\n"); !strings.Contains(all, c.want) {
			t.Errorf("%s → %s\nwant %s\ngot  %s", c.old, c.new, c.want, all)
		}
	}
}

func TestEveryFaultAtOnce(t *testing.T) {
	bad := strings.NewReplacer(`total: "100"`, `total: "90"`, `due: 2020-06-30`, `due: 2020-06-31`,
		`article: 第二条, `, ``, `below: "90"`, `below: "80"`, `class: "2"`, `class: "7"`).Replace(small)
	_, err := schemes.Parse([]byte(bad), "bad.yaml")
	var invalid *schemes.Invalid
	if !errors.As(err, &invalid) {
		t.Fatalf("error %v", err)
	}
	last := 0
	for _, f := range invalid.Faults {
		if f.Line < last {
			t.Errorf("line %d after line %d", f.Line, last)
		}
		last = f.Line
	}
	if len(invalid.Faults) != 7 || strings.Count(err.Error(), "\n") != 6 || !strings.HasPrefix(err.Error(), "scheme bad.yaml: line ") {
		t.Errorf("%d faults:\n%s", len(invalid.Faults), err)
	}
}

func TestWarningsDoNotKeepASchemeFromBeingRead(t *testing.T) {
	data, err := schemes.Source("jilin-2018")
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range schemes.Check(data) {
		if f.Severity != schemes.Warning || f.Line == 0 {
			t.Errorf("the built-in scheme: %s", f)
		}
	}
}

func TestGradesByShare(t *testing.T) {
	shares := strings.NewReplacer(`by: score`, `by: share`, `from: "90"}`, `share: "30"}`,
		`from: "60", below: "90"`, `share: "60"`, `below: "60", `, `share: "10", `).Replace(small)
	s, err := schemes.Parse([]byte(shares), "shares")
	if err != nil || s.Grades.Bands[1].Share.String() != "60" {
		t.Errorf("%v, %v", s, err)
	}
}
