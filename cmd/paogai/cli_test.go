package main

import (
	"bytes"
	"context"
	"crypto/rand"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"paogai/scoring"
)

// session runs commands as a shell would, at a frozen now.
type session struct {
	t   *testing.T
	env map[string]string
	now time.Time
}

func newSession(t *testing.T) *session {
	t.Helper()
	return &session{t: t, env: map[string]string{}, now: time.Date(2018, 8, 20, 1, 0, 0, 0, time.UTC)}
}

// run returns the exit code and both streams.
func (s *session) run(args ...string) (code int, out, errors string) {
	s.t.Helper()
	var stdout, stderr bytes.Buffer
	code = run(context.Background(), args, world{
		out: &stdout, err: &stderr, env: func(k string) string { return s.env[k] },
		now: func() time.Time { return s.now }, rand: rand.Reader,
	})
	return code, stdout.String(), stderr.String()
}

// ok runs a command that must succeed and returns its output.
func (s *session) ok(args ...string) string {
	s.t.Helper()
	code, out, errors := s.run(args...)
	if code != exitOK {
		s.t.Fatalf("paogai %s: exit %d\n%s", strings.Join(args, " "), code, errors)
	}
	return out
}

// file writes a file of the test and returns its path.
func file(t *testing.T, name, content string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

const openedLine = `{"seq":1,"at":"2018-08-20T08:00:00+08:00","by":"office:test","events":[{"type":"campaign.opened","scheme":"jilin-2018","opens":"2018-08-20"}]}` + "\n"

func TestWrongInputExitsWithTwoAndOneSentence(t *testing.T) {
	s := newSession(t)
	journal := file(t, "good.jsonl", openedLine)
	tests := []struct {
		name string
		args []string
		want string
	}{
		{"no such command", []string{"bord"}, "bord"},
		{"no such scheme", []string{"board", "--scheme", "nowhere", "--journal", journal}, "nowhere"},
		{"other scheme", []string{"scheme", "check", "nowhere"}, "neither a built-in scheme"},
		{"a moment without a zone", []string{"board", "--journal", journal, "--at", "2018-09-01T00:00:00"}, "zone"},
		{"another moment without a zone", []string{"whatif", "教育局", "--journal", journal, "--known", "2018-09-01"}, "zone"},
		{"a moment that is none", []string{"board", "--journal", journal, "--at", "yesterday"}, "zone"},
		{"no such file", []string{"board", "--journal", filepath.Join(t.TempDir(), "none")}, "none"},
		{"no campaign in the folder", []string{"board", "--data", t.TempDir()}, "no campaign"},
		{"no such unit", []string{"why", "火星局", "--journal", journal}, "火星局"},
		{"no such class", []string{"board", "--journal", journal, "--class", "9"}, "class"},
		{"a gap", []string{"board", "--journal", file(t, "gap.jsonl", strings.Replace(openedLine, `"seq":1`, `"seq":2`, 1))}, "line 1"},
		{"unknown event", []string{"board", "--journal", file(t, "event.jsonl", strings.Replace(openedLine, "campaign.opened", "campaign.begun", 1))}, "campaign.begun"},
		{"no token", []string{"serve", "--data", t.TempDir()}, "PAOGAI_TOKEN"},
		{"a liaison without a unit", []string{"invite", "--role", "liaison", "--data", opened(s)}, "unit"},
		{"an unknown role", []string{"invite", "--role", "king", "--data", t.TempDir()}, "king"},
		{"the page for everybody", []string{"demo", "--listen", "0.0.0.0:0", "--data", t.TempDir()}, "loopback"},
		{"a rehearsal before the scheme", []string{"demo", "--at", "2018-01-01T09:00:00+08:00", "--data", t.TempDir()}, "came into force"},
		{"a folder as a store", []string{"board", "--store", "/var/lib/paogai"}, "--data"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			code, out, errors := s.run(tt.args...)
			if code != exitInput || !strings.Contains(errors, tt.want) {
				t.Errorf("exit %d, want %d with %q in:\n%s", code, exitInput, tt.want, errors)
			}
			if strings.Contains(out+errors, "goroutine ") {
				t.Error("a stack is no sentence")
			}
		})
	}
}

// opened returns a folder with an open campaign.
func opened(s *session) string {
	s.t.Helper()
	dir := s.t.TempDir()
	s.ok("open", "--scheme", "jilin-2018", "--opens", "2018-08-20", "--data", dir)
	return dir
}

func TestBoardOfAFileIsTheMethodsProvisionalStart(t *testing.T) {
	s := newSession(t)
	journal := file(t, "j.jsonl", openedLine)
	out := s.ok("board", "--scheme", "jilin-2018", "--journal", journal, "--at", "2018-08-31T23:59:59+08:00", "--json")
	var board []map[string]any
	if err := json.Unmarshal([]byte(out), &board); err != nil {
		t.Fatal(err)
	}
	if len(board) != 95 {
		t.Fatalf("%d units, want 95", len(board))
	}
	first := board[0]
	for key, want := range map[string]any{
		"class": "1", "rank": 1.0, "score": "100", "hold": "100", "earned": "0", "late": 0.0, "done": 0.0, "grade": "优秀",
	} {
		if first[key] != want {
			t.Errorf("%s is %v, want %v", key, first[key], want)
		}
	}
	// Eight tasks are due that day, 49 and 70 to 76; all apply as long as no
	// plan is approved.
	out = s.ok("board", "--journal", journal, "--at", "2018-09-01T00:00:00+08:00", "--json")
	if err := json.Unmarshal([]byte(out), &board); err != nil {
		t.Fatal(err)
	}
	if board[0]["score"] != "60" || board[0]["late"] != 8.0 {
		t.Errorf("after midnight: score %v late %v, want 60 and 8", board[0]["score"], board[0]["late"])
	}
}

func TestWhatIsExportedImportsToTheSame(t *testing.T) {
	s := newSession(t)
	dir := opened(s)
	s.ok("invite", "--role", "liaison", "--unit", "教育局", "--data", dir)
	exported := s.ok("journal", "export", "--data", dir)
	again := filepath.Join(t.TempDir(), "again")
	s.ok("journal", "import", "--data", again, file(t, "export.jsonl", exported))
	if got := s.ok("journal", "export", "--data", again); got != exported {
		t.Errorf("exported\n%s\nthen\n%s", exported, got)
	}
	if a, b := s.ok("journal", "verify", "--data", dir), s.ok("journal", "verify", "--data", again); a != b {
		t.Errorf("verify: %q then %q", a, b)
	}
}

func TestAnInvitationIsShownOnceAndKeptAsAHash(t *testing.T) {
	s := newSession(t)
	dir := opened(s)
	out := s.ok("invite", "--role", "liaison", "--unit", "教育局", "--bot", "paogai_bot", "--data", dir)
	_, token, found := strings.Cut(strings.SplitN(out, "\n", 2)[0], "?start=")
	if !found || len(token) < 22 {
		t.Fatalf("no link in %q", out)
	}
	if exported := s.ok("journal", "export", "--data", dir); strings.Contains(exported, token) {
		t.Error("the journal holds the token itself")
	}
}

func TestASecondProcessIsToldThatAnotherRuns(t *testing.T) {
	s := newSession(t)
	dir := opened(s)
	backend, err := storeOptions{Data: dir}.open(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer backend.Close()
	code, _, errors := s.run("journal", "verify", "--data", dir)
	if code != exitInput || !strings.Contains(errors, "another paogai") {
		t.Errorf("exit %d: %s", code, errors)
	}
}

func TestADamagedFileIsNamed(t *testing.T) {
	s := newSession(t)
	dir := opened(s)
	path := storeOptions{Data: dir}.dataFile()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	for i := range data {
		data[i] ^= 0x5a
	}
	if err := os.WriteFile(path, data, 0o600); err != nil {
		t.Fatal(err)
	}
	code, _, errors := s.run("board", "--data", dir)
	if code != exitInput || !strings.Contains(errors, path) {
		t.Errorf("exit %d: %s", code, errors)
	}
}

func TestSchemeShowHasTheShapeThatOthersRead(t *testing.T) {
	var view scoring.View
	if err := json.Unmarshal([]byte(newSession(t).ok("scheme", "show", "jilin-2018", "--json")), &view); err != nil {
		t.Fatal(err)
	}
	dated, open := 0, 0
	for _, task := range view.Tasks {
		for _, m := range task.Milestones {
			if m.Due == nil {
				open++
			} else {
				dated++
			}
		}
	}
	if len(view.Units) != 95 || len(view.Tasks) != 76 || dated != 77 || open != 1 {
		t.Errorf("%d units, %d tasks, %d dated and %d open milestones", len(view.Units), len(view.Tasks), dated, open)
	}
	for _, r := range view.Rules {
		if r.Article == "" || r.Quote == "" {
			t.Errorf("rule %s has no article or quote", r.ID)
		}
	}
}

func TestWhyAddsUp(t *testing.T) {
	s := newSession(t)
	journal := file(t, "j.jsonl", openedLine)
	out := s.ok("why", "教育局", "--journal", journal, "--at", "2018-09-01T00:00:00+08:00")
	for _, want := range []string{"市教育局", "60.00  合计", "第十三条（一）", "没有按照时间节点完成任务的"} {
		if !strings.Contains(out, want) {
			t.Errorf("no %q in:\n%s", want, out)
		}
	}
}
