package schemes_test

import (
	"errors"
	"os"
	"strings"
	"testing"
	"time"

	"paogai/scoring"
	"paogai/scoring/schemes"
)

func TestHostileFiles(t *testing.T) {
	bomb := "a: &a [x, x, x, x, x, x, x, x, x]\n"
	for c := 'b'; c < 'm'; c++ {
		bomb += string(c) + ": &" + string(c) + " [" + strings.Repeat("*"+string(c-1)+", ", 9) + "]\n"
	}
	for name, c := range map[string]struct{ text, want string }{
		"empty":      {"", "the file is empty"},
		"blank":      {"\n# nothing\n", "the file is empty"},
		"null":       {"~", "the scheme must be a mapping"},
		"a list":     {"- a\n- b\n", "line 1: error: the scheme must be a mapping"},
		"a word":     {"hello", "the scheme must be a mapping"},
		"torn":       {"id: [", "this is not YAML"},
		"tabs":       {"id:\n\t- x", "this is not YAML"},
		"binary":     {"\x00\x01\xff\xfe", "this is not YAML"},
		"two":        {"id: a\n---\nid: b\n", "more than one document"},
		"a bomb":     {bomb, "has no key"},
		"bomb in id": {"id: &a [x]\ntitle: [*a, *a]\n", "anchors and aliases are not allowed"},
		"merge":      {"<<: {id: x}\n", `has no key "<<"`},
		"a deep one": {strings.Repeat("[", 5000), "depth"},
		"deep maps":  {strings.Repeat("{a: ", 3000), "depth"},
		"too large":  {"id: " + strings.Repeat("x", schemes.MaxSize), "a scheme may have at most"},
	} {
		start := time.Now()
		_, err := schemes.Parse([]byte(c.text), name)
		if err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %v, want %q", name, err, c.want)
		}
		if took := time.Since(start); took > 2*time.Second {
			t.Errorf("%s took %s", name, took)
		}
	}
}

func TestUnknownSchemes(t *testing.T) {
	for _, id := range []string{"", "jilin", "../jilin-2018", "jilin-2018.yaml", "/etc/passwd", strings.Repeat("x", 5000)} {
		if _, err := schemes.Load(id); !errors.Is(err, schemes.ErrUnknown) || len(err.Error()) > 200 {
			t.Errorf("%.20q: %v", id, err)
		}
	}
}

func refs(s *scoring.Scheme) []scoring.UnitRef {
	var list []scoring.UnitRef
	for _, u := range s.Units {
		if u.Name != "甲" {
			list = append(list, scoring.UnitRef{Name: u.Name, Class: u.Class})
		}
	}
	return list
}

// Whatever the data, parsing ends, and what it accepts has no faults, can be looked up
// and scores: the lines of a unit sum to its score.
func FuzzParse(f *testing.F) {
	f.Add([]byte(small))
	for _, file := range []string{"testdata/bonus-base.yaml", "testdata/gate-renormalise.yaml"} {
		data, err := os.ReadFile(file)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(data)
	}
	f.Add([]byte("items: [{id: a, kind: group, full: 1, items: [{id: a, kind: indicator, bands: [{from: 2, to: 1}]}]}]"))
	f.Add([]byte("rules: [{id: a, kind: gate, gate: {rule: a}}, {id: b, kind: adjustment, of: b, item: a}]"))
	f.Add([]byte("id: &a x\ntitle: *a"))
	f.Add([]byte("tasks: [{id: 1, milestones: [{due: 2018-02-30}]}]"))
	f.Add([]byte("grades: {by: score, bands: [{title: a}, {from: 1, below: 0}]}"))
	f.Fuzz(func(t *testing.T, data []byte) {
		s, err := schemes.Parse(data, "fuzz")
		faults := 0
		for _, finding := range schemes.Check(data) {
			if finding.Severity == schemes.Fault {
				faults++
			}
			if finding.Text == "" || finding.Line < 0 {
				t.Errorf("finding %+v", finding)
			}
		}
		if (err == nil) != (faults == 0) {
			t.Fatalf("error %v with %d faults", err, faults)
		}
		if err != nil {
			return
		}
		f := scoring.NewFacts(s, s.InForce, append([]scoring.UnitRef{{Name: "甲"}}, refs(s)...))
		for _, at := range []time.Time{s.InForce.Start(s.Zone), s.Closes.End(s.Zone)} {
			why, err := scoring.Why(f, "甲", at)
			total := scoring.Points{}
			for _, l := range why.Lines {
				total = total.Add(l.Amount)
			}
			if err != nil || !total.Equal(why.Standing.Score) {
				t.Fatalf("%v: the lines sum to %s, the score is %s", err, total, why.Standing.Score)
			}
		}
		for _, task := range s.Tasks {
			if got, ok := s.Task(task.ID); !ok || got.ID != task.ID {
				t.Errorf("task %q is not found", task.ID)
			}
		}
	})
}
