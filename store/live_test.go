package store

import (
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"paogai/scoring"
)

// wantKept checks the kept board of a record against one made afresh.
func wantKept(t *rapid.T, r *Record, at time.Time) {
	t.Helper()
	if !r.Live(at, func(l *scoring.Live) {
		fresh := scoring.NewBoard(r.Facts(), l.At())
		if diff := cmp.Diff(fresh.Standings, l.Board().Standings); diff != "" || l.At().Before(at) || l.At().Before(r.LastAt()) {
			t.Fatalf("afresh (-) and kept (+) at %s for %s: %s", clock(l.At()), clock(at), diff)
		}
	}) && r.Facts() != nil {
		t.Fatal("there is no board")
	}
}

// The board is kept through random acts, entries of other processes, and looks at any
// time; folding and undoing leave it what it is afresh.
func TestTheKeptBoardIsTheOneMadeAfresh(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		m := newMemory()
		d := opened(t, m)
		at := t0
		look := func(r *Record) {
			if rapid.Bool().Draw(rt, "look") {
				wantKept(rt, r, at.Add(time.Duration(rapid.IntRange(-50, 24*90).Draw(rt, "hours"))*time.Hour))
			}
		}
		for range rapid.IntRange(1, 40).Draw(rt, "acts") {
			at = at.Add(time.Duration(rapid.IntRange(0, 100).Draw(rt, "pause")) * time.Hour)
			_, _ = d.Do(t.Context(), drawStamp(rt, at), drawAct(rt)) // many are refused
			d.View(look)
		}
		r := NewRecord(oneScheme())
		for back := false; len(m.lines) > 0; back = !back {
			var undos []func()
			for i, line := range m.lines {
				e, err := ParseLine(line)
				if err != nil {
					rt.Fatal(err)
				}
				undo, err := r.fold(m.at[i], e)
				if err != nil {
					rt.Fatal(err)
				}
				undos = append(undos, undo)
				look(r)
			}
			if back {
				return
			}
			for _, undo := range slices.Backward(undos) {
				undo()
				look(r)
			}
		}
	})
}

// Every type of event says whose score it can change, so that none makes the whole board
// be worked out again by being forgotten.
func TestOnlyFourTypesOfEventChangeAll(t *testing.T) {
	r := record(t, newMemory())
	var all []string
	for _, e := range samples() {
		if _, whole := r.touched(e); whole && !slices.Contains(all, e.Type()) {
			all = append(all, e.Type())
		}
	}
	slices.Sort(all)
	if want := []string{"campaign.closed", "campaign.opened", "milestone.dated", "scheme.adopted"}; !slices.Equal(all, want) {
		t.Errorf("%q change all, want %q", all, want)
	}
}

func record(t *testing.T, m *memory) *Record {
	t.Helper()
	var record *Record
	opened(t, m).View(func(r *Record) { record = r })
	return record
}

func TestReadersOfTheKeptBoardTakeTurns(t *testing.T) {
	d := opened(t, newMemory())
	var group sync.WaitGroup
	for i := range 4 {
		group.Go(func() {
			for k := range 50 {
				d.View(func(r *Record) {
					if b := r.Board(t0.AddDate(0, 0, (k*7+i)%150)); len(b.Standings) != 3 {
						t.Errorf("%d standings", len(b.Standings))
					}
				})
			}
		})
	}
	group.Wait()
}

func TestThereIsNoBoardBeforeTheCampaignIsOpened(t *testing.T) {
	r := NewRecord(oneScheme())
	if r.Live(t0, func(*scoring.Live) { t.Error("read") }) || r.Board(t0) != nil {
		t.Error("there is a board")
	}
}
