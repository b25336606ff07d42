package main

import (
	"encoding/csv"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"paogai/bot/sandbox"
	"paogai/scoring"
)

// countyYAML is a scheme that a county wrote: two tasks, and points for praise.
const countyYAML = `id: county
title: 某县“只跑一次”考核办法
zone: Asia/Shanghai
in_force: 2018-08-01
closes: 2018-12-31
total: "100"
units:
  - {name: 甲局}
  - {name: 乙局}
  - {name: 丙局}
tasks:
  - {id: "1", area: 一, topic: 甲, text: 做第一件事, milestones: [{due: 2018-08-31, kind: fixed, quote: 8月底前}]}
  - {id: "2", area: 一, topic: 乙, text: 做第二件事, milestones: [{due: 2018-09-30, kind: fixed, quote: 9月底前}]}
rules:
  - {id: base, kind: base, title: 基础, article: 第一条, quote: 满分100分。, points: "100"}
  - {id: late, kind: late, title: 逾期, article: 第二条, quote: 逾期一项扣5分。, points: "-5"}
  - {id: praise, kind: adjustment, title: 表扬, article: 第三条, quote: 表扬一次加1分。, points: "1"}
grades:
  assumed: true
  by: score
  bands:
    - {title: 合格, from: "96"}
    - {title: 不合格, below: "96", failing: true}
`

// revisedYAML is its next version: late costs 2.
func revisedYAML() string {
	return strings.NewReplacer("id: county", "id: county-2", `points: "-5"`, `points: "-2"`, "扣5分", "扣2分").Replace(countyYAML)
}

// countyJournal is what happened there, from the opening on: 甲局 filed in time and was
// accepted a week later; 乙局 filed late what had been done in time.
const countyJournal = `{"seq":1,"at":"2018-08-20T08:00:00+08:00","by":"office:test","events":[{"type":"campaign.opened","scheme":"county","opens":"2018-08-20"}]}
{"seq":2,"at":"2018-08-31T23:59:59+08:00","by":"tg:1","events":[{"type":"submission.filed","submission":"S2","unit":"甲局","task":"1","milestone":1,"note":"完成","evidence":[]}]}
{"seq":3,"at":"2018-09-05T10:00:00+08:00","by":"tg:2","events":[{"type":"submission.filed","submission":"S3","unit":"乙局","task":"1","milestone":1,"note":"完成","evidence":[]}]}
{"seq":4,"at":"2018-09-07T10:00:00+08:00","by":"office:test","events":[{"type":"submission.accepted","submission":"S2","completed_on":"2018-08-31"},{"type":"submission.accepted","submission":"S3","completed_on":"2018-08-30"}]}
`

// scores reads a board's JSON as unit → score.
func (s *session) scores(args ...string) map[string]string {
	s.t.Helper()
	var board []scoring.Standing
	if err := json.Unmarshal([]byte(s.ok(append([]string{"board", "--json"}, args...)...)), &board); err != nil {
		s.t.Fatal(err)
	}
	scores := map[string]string{}
	for _, st := range board {
		scores[st.Unit] = st.Score.String()
	}
	return scores
}

func (s *session) wantScores(want map[string]string, args ...string) {
	s.t.Helper()
	got := s.scores(args...)
	for unit, score := range want {
		if got[unit] != score {
			s.t.Errorf("paogai board %s: %s has %s, want %s", strings.Join(args, " "), unit, got[unit], score)
		}
	}
}

// On the 2nd of September 乙局 was taken for late; since the 7th it is known that it was not.
func TestThenAsItWasKnownAndAsItIsKnownNow(t *testing.T) {
	s := newSession(t)
	scheme, journal := file(t, "county.yaml", countyYAML), file(t, "j.jsonl", countyJournal)
	of := []string{"--scheme", scheme, "--journal", journal, "--at", "2018-09-02T00:00:00+08:00"}
	s.wantScores(map[string]string{"甲局": "100", "乙局": "95", "丙局": "95"}, of...)
	later := append(of, "--known", "2018-09-07T10:00:00+08:00")
	s.wantScores(map[string]string{"甲局": "100", "乙局": "100", "丙局": "95"}, later...)
	s.wantScores(map[string]string{"乙局": "95"}, append(of, "--known", "2018-09-07T09:59:59+08:00")...)
	s.wantScores(map[string]string{"甲局": "95"}, append(of, "--known", "2018-08-31T23:59:58+08:00")...)
	if out := s.ok(append([]string{"board"}, later...)...); !strings.Contains(out, "按 2018-09-07 10:00:00 +08:00 已知的情况回看") {
		t.Errorf("the board does not say how it is known:\n%s", out)
	}
	why := s.ok(append([]string{"why", "乙局"}, later...)...)
	if !strings.Contains(why, "得分 100.00") || strings.Contains(why, "第  类") {
		t.Errorf("why:\n%s", why)
	}
}

func TestABoardForSpreadsheets(t *testing.T) {
	s := newSession(t)
	yaml := strings.Replace(countyYAML, "{name: 丙局}", `{name: "=丙,局"}`, 1)
	out := s.ok("board", "--csv", "--scheme", file(t, "c.yaml", yaml), "--journal", file(t, "j.jsonl", countyJournal), "--at", "2018-09-08T00:00:00+08:00")
	text, marked := strings.CutPrefix(out, "\ufeff")
	rows, err := csv.NewReader(strings.NewReader(text)).ReadAll()
	if err != nil || !marked || len(rows) != 4 {
		t.Fatalf("%v\n%s", err, out)
	}
	if got := strings.Join(rows[1], "|"); got != "|1|甲局|100|100|50|0|1|2|合格" {
		t.Errorf("first row %s", got)
	}
	if rows[3][2] != "'=丙,局" {
		t.Errorf("a formula: %q", rows[3][2])
	}
	if code, _, errors := s.run("board", "--csv", "--json"); code != exitInput || !strings.Contains(errors, "--csv") {
		t.Errorf("both forms: exit %d, %s", code, errors)
	}
}

// On the 3rd 乙局 is late in task 1: done now it stays at 95; ruled late in task 2 as well, 90.
func TestWhatIfTellsScoreRankAndDistances(t *testing.T) {
	s := newSession(t)
	s.now = time.Date(2018, 9, 3, 1, 0, 0, 0, time.UTC)
	journal := file(t, "j.jsonl", countyJournal)
	before, err := os.ReadFile(journal)
	if err != nil {
		t.Fatal(err)
	}
	of := []string{"whatif", " 乙局 ", "--scheme", file(t, "c.yaml", countyYAML), "--journal", journal}
	out := s.ok(append(of, "--done", "1", "--late", "2")...)
	for _, want := range []string{
		"任务 1　申报并通过，2018-09-03 完成，仍逾期", "任务 2　认定逾期", "按 2018-09-03 办理计",
		"与上一名 丙局（第 2 名）差 5.00 分", "已在不合格线下 6.00 分", "假设后",
	} {
		if !strings.Contains(out, want) {
			t.Errorf("no %q in\n%s", want, out)
		}
	}
	// Foretold for the close: today is the 3rd, so task 2 can still be done in time.
	var o scoring.Outlook
	if err := json.Unmarshal([]byte(s.ok(append(of, "--done", "1,2", "--at", "2019-01-01T00:00:00+08:00", "--known", "2018-09-03T09:00:00+08:00", "--json")...)), &o); err != nil {
		t.Fatal(err)
	}
	if o.Before.Score.String() != "-10" || o.After.Score.String() != "95" || o.After.Rank != 1 || o.Above != nil || o.Failing.Points.String() != "-1" {
		t.Errorf("%+v", o)
	}
	if after, err := os.ReadFile(journal); err != nil || string(after) != string(before) {
		t.Error("something was written")
	}
	code, _, errors := s.run(append(of, "--done", "1,7", "--late", "8")...)
	if code != exitInput || strings.Count(errors, "\n") != 2 || strings.Count(errors, "paogai: ") != 2 || !strings.Contains(errors, `"8"`) {
		t.Errorf("exit %d:\n%s", code, errors)
	}
}

func TestDiffTellsWhatAndWho(t *testing.T) {
	s := newSession(t)
	a, b := file(t, "a.yaml", countyYAML), file(t, "b.yaml", revisedYAML())
	t.Chdir(t.TempDir())
	if out := s.ok("scheme", "diff", a, b); !strings.Contains(out, "改  规则 late　points：-5 → -2") || strings.Contains(out, "单位中") {
		t.Errorf("without a campaign:\n%s", out)
	}
	out := s.ok("scheme", "diff", a, b, "--journal", file(t, "j.jsonl", countyJournal), "--at", "2018-09-08T00:00:00+08:00")
	if !strings.Contains(out, "3 个单位中 1 个有变动") || !strings.Contains(out, "丙局      95.00  → 98.00") || !strings.Contains(out, "不合格  → 合格") {
		t.Errorf("with one:\n%s", out)
	}
	var found change
	if err := json.Unmarshal([]byte(s.ok("scheme", "diff", b, a, "--json")), &found); err != nil {
		t.Fatal(err)
	}
	if len(found.Differences) != 3 || found.Moves != nil {
		t.Errorf("%+v", found)
	}
	if out := s.ok("scheme", "diff", a, a); !strings.Contains(out, "没有差别") {
		t.Errorf("with itself:\n%s", out)
	}
	poor := file(t, "poor.yaml", strings.Replace(countyYAML, `id: "1"`, `id: "9"`, 1))
	code, _, errors := s.run("scheme", "diff", a, poor, "--journal", file(t, "j.jsonl", countyJournal), "--at", "2018-09-08T00:00:00+08:00")
	if code != exitInput || strings.Count(errors, "\n") != 2 || !strings.Contains(errors, "submission S2") {
		t.Errorf("exit %d:\n%s", code, errors)
	}
	faulty := file(t, "faulty.yaml", strings.NewReplacer("2018-08-31", "2018-08-32", "kind: late", "kind: tardy").Replace(countyYAML))
	code, _, errors = s.run("scheme", "diff", faulty, a)
	if code != exitInput || strings.Count(errors, "\n") != strings.Count(errors, "paogai: ") || strings.Count(errors, "line ") < 2 {
		t.Errorf("exit %d:\n%s", code, errors)
	}
}

// A county's own scheme, end to end: opened, exported, read elsewhere without the file,
// then replaced in two steps.
func TestACountysOwnSchemeEndToEnd(t *testing.T) {
	s := newSession(t)
	scheme, dir := file(t, "county.yaml", countyYAML), filepath.Join(t.TempDir(), "data")
	s.ok("open", "--scheme", scheme, "--opens", "2018-08-20", "--data", dir)
	if err := os.Remove(scheme); err != nil {
		t.Fatal(err)
	}
	exported := file(t, "export.jsonl", s.ok("journal", "export", "--data", dir))
	s.wantScores(map[string]string{"甲局": "90"}, "--journal", exported, "--at", "2018-10-01T00:00:00+08:00")
	s.ok("journal", "verify", "--data", dir)
	other := file(t, "other.yaml", strings.Replace(countyYAML, `points: "-5"`, `points: "-3"`, 1))
	if code, _, errors := s.run("board", "--scheme", other, "--journal", exported); code != exitInput || !strings.Contains(errors, "another version") {
		t.Errorf("exit %d: %s", code, errors)
	}

	s.now = time.Date(2018, 10, 1, 1, 0, 0, 0, time.UTC)
	next := file(t, "next.yaml", revisedYAML())
	look := s.ok("scheme", "adopt", next, "--data", dir)
	if !strings.Contains(look, "什么也没有改变") || !strings.Contains(look, "90.00  → 96.00") || !strings.Contains(look, "county → county-2") {
		t.Errorf("the look:\n%s", look)
	}
	s.wantScores(map[string]string{"甲局": "90"}, "--data", dir)
	for name, args := range map[string][]string{
		"--reason": {"--apply", "--second", "乙"}, "second person": {"--apply", "--reason", "县里改了"},
	} {
		if code, _, errors := s.run(append([]string{"scheme", "adopt", next, "--data", dir}, args...)...); code != exitInput || !strings.Contains(errors, name) {
			t.Errorf("exit %d: %s", code, errors)
		}
	}
	if out := s.ok("scheme", "adopt", next, "--data", dir, "--apply", "--second", "乙", "--reason", "县里改了"); !strings.Contains(out, "已采用 county-2") {
		t.Errorf("applied:\n%s", out)
	}
	s.wantScores(map[string]string{"甲局": "96"}, "--data", dir)
	s.wantScores(map[string]string{"甲局": "90"}, "--data", dir, "--at", "2018-10-01T08:59:59+08:00")
	s.wantScores(map[string]string{"甲局": "96"}, "--data", dir, "--at", "2018-10-01T08:59:59+08:00", "--known", "2018-10-01T09:00:00+08:00")
	if code, _, errors := s.run("scheme", "adopt", next, "--data", dir); code != exitInput || !strings.Contains(errors, "already") {
		t.Errorf("exit %d: %s", code, errors)
	}
}

func TestWhatRestsOnTheOldSchemeIsNamedALineEach(t *testing.T) {
	s := newSession(t)
	journal := strings.Replace(countyJournal, `"scheme":"county"`, `"scheme":"county","source":`+asJSON(countyYAML), 1)
	dir := filepath.Join(t.TempDir(), "data")
	s.ok("journal", "import", file(t, "j.jsonl", journal), "--data", dir)
	s.now = time.Date(2018, 10, 1, 1, 0, 0, 0, time.UTC)
	poor := file(t, "poor.yaml", strings.NewReplacer("id: county", "id: poor", `id: "1"`, `id: "9"`).Replace(countyYAML))
	code, _, errors := s.run("scheme", "adopt", poor, "--data", dir)
	var faults int
	for line := range strings.Lines(errors) {
		if strings.HasPrefix(line, "paogai: scheme poor does not fit the campaign: it has no task 1") {
			faults++
		}
	}
	if code != exitInput || faults != 2 {
		t.Errorf("exit %d:\n%s", code, errors)
	}
	taken := file(t, "taken.yaml", strings.Replace(countyYAML, "id: county", "id: jilin-2018", 1))
	if code, _, errors := s.run("scheme", "adopt", taken, "--data", dir); code != exitInput || !strings.Contains(errors, "built-in") {
		t.Errorf("exit %d: %s", code, errors)
	}
}

func asJSON(text string) string {
	data, _ := json.Marshal(text)
	return string(data)
}

func TestUnitsAreGivenAtTheOpening(t *testing.T) {
	s := newSession(t)
	dir := filepath.Join(t.TempDir(), "data")
	if code, _, errors := s.run("open", "--scheme", "zhejiang-2017", "--data", dir); code != exitInput || !strings.Contains(errors, "list of units") {
		t.Errorf("exit %d: %s", code, errors)
	}
	empty := file(t, "empty.txt", "\n\n")
	if code, _, errors := s.run("open", "--scheme", "zhejiang-2017", "--units", empty, "--data", dir); code != exitInput || !strings.Contains(errors, "no units") {
		t.Errorf("exit %d: %s", code, errors)
	}
	s.ok("open", "--scheme", "zhejiang-2017", "--units", file(t, "u.txt", "\ufeff甲乙县\r\n\n乙县\n"), "--data", dir)
	s.wantScores(map[string]string{"甲乙县": "40", "乙县": "40"}, "--data", dir)
	if out := s.ok("why", "甲乙", "--data", dir); !strings.Contains(out, "甲乙县") {
		t.Errorf("the short form of a unit that was given:\n%s", out)
	}
	classes := filepath.Join(t.TempDir(), "classes")
	s.ok("open", "--scheme", "jilin-2018", "--units", file(t, "c.txt", "市教育局\n外来县\t2\n"), "--data", classes)
	if got := s.scores("--data", classes, "--class", "2"); len(got) != 1 || got["外来县"] == "" {
		t.Errorf("class 2 is %v", got)
	}
}

// A rehearsal of any scheme starts and shows a board.
func TestAnySchemeCanBeRehearsed(t *testing.T) {
	for name, scheme := range map[string]string{"a county's": file(t, "county.yaml", countyYAML), "one that names no units": "zhejiang-2017"} {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			p := startProgram(t, "--scheme", scheme, "--data", dir)
			var panel sandbox.Panel
			if err := p.get("/page/panel", &panel); err != nil || len(panel.Rows) == 0 {
				t.Errorf("an empty board: %+v, %v", panel, err)
			}
			p.kill()
			p.stop(os.Interrupt)
			newSession(t).ok("journal", "verify", "--data", dir)
		})
	}
}
