package rehearsal

import (
	"bytes"
	"reflect"
	"strings"
	"testing"
	"time"

	"paogai/scoring"
	"paogai/scoring/schemes"
	"paogai/store"
)

func drawn(t *testing.T, seed uint64) (*scoring.Scheme, []store.Entry) {
	t.Helper()
	scheme, err := schemes.Load("jilin-2018")
	if err != nil {
		t.Fatal(err)
	}
	s := sample{scheme: scheme, opens: scoring.Date{Year: 2018, Month: 8, Day: 20}, seed: seed, players: cast(scheme)}
	return scheme, s.draw()
}

// folded reads the sample as anybody would read a journal.
func folded(t *testing.T, entries []store.Entry) *store.Record {
	t.Helper()
	var lines bytes.Buffer
	for _, e := range entries {
		line, err := e.MarshalLine()
		if err != nil {
			t.Fatal(err)
		}
		lines.Write(append(line, '\n'))
	}
	record, err := store.ReadJournal(&lines, schemes.Load, time.Date(2018, 8, 20, 9, 0, 0, 0, store.Zone()))
	if err != nil {
		t.Fatal(err)
	}
	return record
}

func TestTheSameSeedDrawsTheSameSample(t *testing.T) {
	_, a := drawn(t, 7)
	_, b := drawn(t, 7)
	_, c := drawn(t, 8)
	if !reflect.DeepEqual(a, b) {
		t.Error("two draws of seed 7 differ")
	}
	if reflect.DeepEqual(a, c) {
		t.Error("seeds 7 and 8 draw the same")
	}
}

func TestTheSampleIsAWholeCampaign(t *testing.T) {
	for seed := range uint64(20) {
		scheme, entries := drawn(t, seed)
		facts := folded(t, entries).Facts()
		due := scoring.Date{Year: 2018, Month: 8, Day: 31}
		for _, u := range facts.Units {
			if n := len(u.Plan); n < 6 || n > 30 {
				t.Errorf("seed %d: %d tasks apply to %s, want 6 to 30", seed, n, u.Name)
			}
		}
		for _, p := range featured(scheme) {
			if p.Role != store.Liaison {
				continue
			}
			next := 0
			for _, n := range facts.NodesAt(facts.Unit(p.Unit), due.Start(scheme.Zone)) {
				if n.Due == due {
					next++
				}
			}
			if next < 3 {
				t.Errorf("seed %d: %s has %d tasks due on %s, want 3", seed, p.Unit, next, due)
			}
		}
		board := scoring.NewBoard(facts, due.Start(scheme.Zone))
		if first, last := board.Class("3")[0], board.Class("3")[18]; first.Score.Equal(last.Score) {
			t.Errorf("seed %d: all of class 3 stand the same", seed)
		}
	}
}

func TestEverythingMadeUpSaysSo(t *testing.T) {
	_, entries := drawn(t, 1)
	for _, e := range entries {
		for _, event := range e.Events {
			switch v := event.(type) {
			case store.SubmissionFiled:
				if !strings.Contains(v.Note, marker) || !strings.Contains(v.Evidence[0].Name, marker) {
					t.Errorf("entry %d: %+v", e.Seq, v)
				}
			case store.AdjustmentMade:
				if !strings.Contains(v.Reason, marker) {
					t.Errorf("entry %d: %+v", e.Seq, v)
				}
			case store.MilestoneRuled:
				if !strings.Contains(v.Reason, marker) {
					t.Errorf("entry %d: %+v", e.Seq, v)
				}
			}
		}
	}
}

func TestTheScriptFilesEarlyLateAndOnTheDay(t *testing.T) {
	scheme, entries := drawn(t, 1)
	facts := folded(t, entries).Facts()
	opens := facts.Opens.Start(scheme.Zone)
	s := newSeason(1, opens, cast(scheme))
	due := scoring.Date{Year: 2018, Month: 10, Day: 31}
	early, onTheDay, late := 0, 0, 0
	for _, u := range facts.Units {
		switch day := scoring.DateOf(s.when(u.Name, scoring.Node{Task: "27", Milestone: 1}, due), scheme.Zone); {
		case day.Before(due):
			early++
		case day == due:
			onTheDay++
		default:
			late++
		}
	}
	if early < 40 || onTheDay < 8 || late < 8 {
		t.Errorf("%d early, %d on the day, %d late", early, onTheDay, late)
	}
}
