package store

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"paogai/scoring/schemes"
)

// countyYAML is a scheme of nobody's but a county: two tasks, one rule.
const countyYAML = `id: county
title: 某县办法
zone: Asia/Shanghai
in_force: 2018-08-01
closes: 2018-12-31
total: "100"
units:
  - {name: 甲局}
  - {name: 乙局}
tasks:
  - {id: "1", area: 一, topic: 甲, text: 做一, milestones: [{due: 2018-08-31, kind: fixed, quote: 8月底}]}
  - {id: "2", area: 一, topic: 乙, text: 做二, milestones: [{due: 2018-09-30, kind: fixed, quote: 9月底}]}
rules:
  - {id: base, kind: base, title: 基础, article: 第一条, quote: 满分100分。, points: "100"}
  - {id: late, kind: late, title: 逾期, article: 第二条, quote: 逾期扣5分。, points: "-5"}
  - {id: praise, kind: adjustment, title: 表扬, article: 第三条, quote: 表扬加1分。, points: "1"}
`

// county is a desk with the county's scheme, liaisons 11 of 甲局 and 21 of 乙局
// and clerks 31 and 32.
func county(t *testing.T, j Journal) *Desk {
	t.Helper()
	d := builtinDesk(t, j)
	do(t, d, "office:setup", OpenCampaign{Scheme: "county", Source: countyYAML, Opens: date("2018-08-20")})
	for _, p := range []Person{
		{ID: 11, Role: Liaison, Unit: "甲局"}, {ID: 21, Role: Liaison, Unit: "乙局"}, {ID: 31, Role: Office}, {ID: 32, Role: Office},
	} {
		token := ByPerson(p.ID)
		do(t, d, "office:setup", IssueInvitation{Hash: hash(token), Role: p.Role, Unit: p.Unit, Expires: t0.AddDate(0, 0, 7)})
		do(t, d, token, Join{Hash: hash(token), Person: p.ID, Name: "人" + token})
	}
	return d
}

func builtinDesk(t *testing.T, j Journal) *Desk {
	t.Helper()
	d, err := NewDesk(t.Context(), DeskOptions{Journal: j, Schemes: schemes.Load})
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func TestAJournalBringsItsSchemeAlong(t *testing.T) {
	m := newMemory()
	d := county(t, m)
	again := builtinDesk(t, m)
	if digestOf(again) != digestOf(d) {
		t.Error("another record on replay")
	}
	other, err := NewDesk(t.Context(), DeskOptions{Journal: m, Schemes: oneScheme()})
	if err != nil {
		t.Fatalf("without anything built in: %v", err)
	}
	other.View(func(r *Record) {
		if r.Facts().Scheme.Title != "某县办法" || r.SchemeSource() != countyYAML {
			t.Errorf("scheme %q from %q", r.Facts().Scheme.Title, r.SchemeSource())
		}
	})
	if line := string(m.lines[0]); !strings.Contains(line, `"source":"id: county\ntitle: 某县办法\n`) {
		t.Errorf("the public form cannot be read: %s", line)
	}
}

func TestASchemeThatCannotBeUsedIsRefused(t *testing.T) {
	jilin, err := schemes.Source("jilin-2018")
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		act  OpenCampaign
		want string
		says []string
	}{
		{OpenCampaign{Scheme: "county"}, UnknownScheme, []string{"county"}},
		{OpenCampaign{Scheme: "other", Source: countyYAML}, BadScheme, []string{"that of county"}},
		{OpenCampaign{Scheme: "jilin-2018", Source: string(jilin)}, SchemeTaken, []string{"jilin-2018"}},
		{
			OpenCampaign{Scheme: "county", Source: strings.NewReplacer("2018-08-31", "2018-08-32", "kind: late", "kind: tardy").Replace(countyYAML)},
			BadScheme,
			[]string{"line 11", "line 15"},
		},
		{OpenCampaign{Scheme: "county", Source: ":"}, BadScheme, []string{"line 1"}},
	} {
		_, err := builtinDesk(t, newMemory()).Do(t.Context(), Stamp{By: "office:a", At: t0}, c.act)
		if codeOf(err) != c.want || strings.Contains(err.Error(), "\n") {
			t.Errorf("%s: refused with %v", c.want, err)
		}
		for _, want := range c.says {
			if err == nil || !strings.Contains(err.Error(), want) {
				t.Errorf("no %q in %v", want, err)
			}
		}
	}
}

// late4 is the county's next version: late costs 4.
var late4 = strings.NewReplacer("id: county", "id: county-2", `"-5"`, `"-4"`, "扣5分", "扣4分").Replace(countyYAML)

func TestAnAdoptionRescoresAndTellsWhoMoved(t *testing.T) {
	m := newMemory()
	d := county(t, m)
	do(t, d, "tg:11", FileSubmission{Unit: "甲局", Task: "1", Milestone: 1, Note: "完成", Evidence: proof("a")})
	late := Stamp{By: "tg:31", At: t0.AddDate(0, 0, 13)} // 2018-09-02: 乙局 is late
	act := AdoptScheme{Scheme: "county-2", Source: late4, Reason: "  县里改了 ", Second: "tg:32"}
	e, err := d.Do(t.Context(), late, act)
	if err != nil {
		t.Fatal(err)
	}
	if len(e.Events) != 3 {
		t.Fatalf("%d events", len(e.Events))
	}
	if got := e.Events[0].(SchemeAdopted); got.Reason != "县里改了" || got.Second != "tg:32" {
		t.Errorf("%+v", got)
	}
	told := e.Events[1].(NoticeQueued)
	if told.To != 21 || told.Unit != "乙局" || *told.Moves[0].Before != (Stood{"95.00", 2, ""}) || *told.Moves[0].After != (Stood{"96.00", 2, ""}) {
		t.Errorf("told %+v %+v %+v", told, told.Moves[0].Before, told.Moves[0].After)
	}
	office := e.Events[2].(NoticeQueued)
	if office.To != 32 || office.Kind != NoticeRescored || office.Total != 1 || office.Notice == told.Notice {
		t.Errorf("the office is told %+v", office)
	}
	d.View(func(r *Record) {
		a := r.Adoptions()
		if r.Facts().Scheme.ID != "county-2" || len(a) != 1 || a[0].From != "county" || a[0].To != "county-2" || r.SchemeSource() != late4 {
			t.Errorf("runs by %s, adoptions %+v", r.Facts().Scheme.ID, a)
		}
	})
	if digestOf(builtinDesk(t, m)) != digestOf(d) {
		t.Error("another record on replay")
	}
	for name, c := range map[string]struct {
		by   string
		act  AdoptScheme
		want string
	}{
		"again":              {"tg:31", act, SchemeSame},
		"one person":         {"tg:31", AdoptScheme{Scheme: "county", Source: countyYAML, Reason: "x"}, NeedsSecond},
		"the same twice":     {"tg:31", AdoptScheme{Scheme: "county", Source: countyYAML, Reason: "x", Second: "tg:31"}, NeedsSecond},
		"a liaison's word":   {"tg:31", AdoptScheme{Scheme: "county", Source: countyYAML, Reason: "x", Second: "tg:11"}, NeedsSecond},
		"without reason":     {"tg:31", AdoptScheme{Scheme: "county", Source: countyYAML, Second: "tg:32"}, ReasonEmpty},
		"by a liaison":       {"tg:11", AdoptScheme{Scheme: "county", Source: countyYAML, Reason: "x", Second: "tg:32"}, NotAllowed},
		"of a built-in name": {"tg:31", AdoptScheme{Scheme: "zhejiang-2017", Reason: "x", Second: "tg:32"}, SchemeUnfit},
		"of no scheme":       {"tg:31", AdoptScheme{Scheme: "county-3", Reason: "x", Second: "tg:32"}, UnknownScheme},
	} {
		before := digestOf(d)
		if _, err := d.Do(t.Context(), Stamp{By: c.by, At: late.At}, c.act); codeOf(err) != c.want || digestOf(d) != before {
			t.Errorf("%s: refused with %v", name, err)
		}
	}
}

func TestASchemeMustHoldWhatFactsRestOn(t *testing.T) {
	d := county(t, newMemory())
	do(t, d, "tg:11", FileSubmission{Unit: "甲局", Task: "2", Milestone: 1, Note: "完成", Evidence: proof("a")})
	do(t, d, "office:setup", MakeAdjustment{Unit: "乙局", Rule: "praise", Ref: "信", Reason: "x"})
	do(t, d, "office:setup", IssueInvitation{Hash: hash("new"), Role: Liaison, Unit: "乙局", Expires: t0.AddDate(0, 0, 7)})
	poorer := "id: poor\n"
	for line := range strings.Lines(countyYAML) {
		if !strings.Contains(line, "id: county") && !strings.Contains(line, `id: "2"`) && !strings.Contains(line, "praise") && !strings.Contains(line, "乙局") {
			poorer += line
		}
	}
	_, err := d.Do(t.Context(), Stamp{By: "office:a", At: t0}, AdoptScheme{Scheme: "poor", Source: poorer, Reason: "x", Second: "tg:32"})
	if codeOf(err) != SchemeUnfit {
		t.Fatal(err)
	}
	for _, want := range []string{"no task 2", "no rule praise", "no unit 乙局"} {
		if !strings.Contains(err.Error(), want) {
			t.Errorf("no %q in %v", want, err)
		}
	}
	d.View(func(r *Record) {
		_, err := r.Under("poor", poorer)
		if faults := faultsOf(err); len(faults) != 3 {
			t.Errorf("%d faults: %q", len(faults), faults)
		}
	})
}

// Units that nothing happened to may go, but not from under their people.
func TestAUnitWithPeopleStays(t *testing.T) {
	d := county(t, newMemory())
	do(t, d, "office:setup", IssueInvitation{Hash: hash("new"), Role: Liaison, Unit: "乙局", Expires: t0.AddDate(0, 0, 7)})
	fewer := strings.NewReplacer("id: county", "id: fewer", "  - {name: 乙局}\n", "").Replace(countyYAML)
	d.View(func(r *Record) {
		_, err := r.Under("fewer", fewer)
		faults := faultsOf(err)
		if codeOf(err) != SchemeUnfit || len(faults) != 2 || !strings.Contains(faults[0], "tg:21") || !strings.Contains(faults[1], "invitation") {
			t.Errorf("%v: %q", err, faults)
		}
	})
	do(t, d, "office:setup", RemovePerson{Person: 21, Reason: "调离"})
	d.View(func(r *Record) {
		for _, i := range r.Invitations() {
			if i.Used == nil {
				i.Revoked = &i.Issued
			}
		}
		if next, err := r.Under("fewer", fewer); err != nil || len(next.Units) != 1 {
			t.Errorf("%v", err)
		}
	})
}

func TestAnAdoptionCanBeUndone(t *testing.T) {
	r := NewRecord(schemes.Load)
	r.must(t, t0, CampaignOpened{Scheme: "county", Source: countyYAML, Opens: date("2018-08-20")})
	before := string(r.Digest())
	facts := r.Facts()
	undo, err := r.next(t0, SchemeAdopted{Scheme: "county-2", Source: late4, Reason: "x"},
		SubmissionFiled{Submission: "S1", Unit: "甲局", Task: "1", Milestone: 1, Note: "x"}, MilestoneRuled{"甲局", "1", 1, true, "x"})
	if err != nil {
		t.Fatal(err)
	}
	if string(r.Digest()) == before {
		t.Error("the digest does not tell")
	}
	undo()
	if got := string(r.Digest()); got != before || r.Facts() != facts {
		t.Errorf("undone it is\n%s\nnot\n%s", got, before)
	}
	if _, err := r.next(t0, SchemeAdopted{Scheme: "county-2", Source: late4, Reason: strings.Repeat("长", MaxReason+1)}); codeOf(err) != ReasonLong {
		t.Errorf("%v", err)
	}
	r.must(t, t0, CampaignEnded{})
	if _, err := r.next(t0, SchemeAdopted{Scheme: "county-2", Source: late4, Reason: "x"}); codeOf(err) != CampaignClosed {
		t.Errorf("%v", err)
	}
}

func TestTheOfficeIsToldOfAtMostAHundred(t *testing.T) {
	var units strings.Builder
	for i := range 120 {
		units.WriteString("  - {name: 局" + strings.Repeat("一", i%10+1) + strings.Repeat("二", i/10+1) + "}\n")
	}
	source := strings.Replace(countyYAML, "  - {name: 乙局}\n", units.String(), 1)
	d := builtinDesk(t, newMemory())
	do(t, d, "office:setup", OpenCampaign{Scheme: "county", Source: source, Opens: date("2018-08-20"), OnePerson: true})
	do(t, d, "office:setup", BindChat{Chat: -5, Purpose: PurposeOffice})
	e, err := d.Do(t.Context(), Stamp{By: "office:setup", At: t0.AddDate(0, 0, 13)},
		AdoptScheme{Scheme: "county", Source: strings.Replace(source, `"-5"`, `"-6"`, 1), Reason: "x"})
	if err != nil {
		t.Fatal(err)
	}
	told := e.Events[len(e.Events)-1].(NoticeQueued)
	if told.To != -5 || told.Total != 121 || len(told.Moves) != 100 || len(e.Events) != 2 {
		t.Errorf("told %d of %d in %d", len(told.Moves), told.Total, told.To)
	}
	if !slices.ContainsFunc(told.Moves, func(m Moved) bool { return m.After.Score == "94.00" }) {
		t.Errorf("%+v", told.Moves[0].After)
	}
}

// faultsOf is every fault that a refusal names, none for another error.
func faultsOf(err error) []string {
	var refusal *Refusal
	if !errors.As(err, &refusal) {
		return nil
	}
	return refusal.Faults()
}
