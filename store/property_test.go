package store

import (
	"bytes"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"paogai/scoring"
)

// drawAct draws an act that may or may not be allowed just now.
func drawAct(t *rapid.T) Act {
	unit := rapid.SampledFrom([]string{"甲局", "乙局", "丙县", "甲", "丁"}).Draw(t, "unit")
	task := rapid.SampledFrom([]string{"1", "2", "3", "4", "5"}).Draw(t, "task")
	milestone := rapid.IntRange(0, 2).Draw(t, "milestone")
	seq := rapid.IntRange(1, 60).Draw(t, "seq")
	person := rapid.SampledFrom([]int64{11, 12, 21, 31, 32, 41, 71}).Draw(t, "person")
	text := rapid.SampledFrom([]string{"", "x", "事 项\n<b>"}).Draw(t, "text")
	sub := fmt.Sprintf("S%d", seq)
	p := points("1.25")
	acts := []Act{
		AdoptScheme{Scheme: "test-2", Reason: "x", Second: "tg:33"},
		AdoptScheme{Scheme: "test", Reason: text, Second: "tg:33"},
		ApprovePlan{unit, map[string]scoring.Points{task: points("60"), "2": points("40")}},
		DateMilestone{task, milestone, date("2018-11-30"), text},
		RuleMilestone{unit, task, milestone, seq%2 == 0, text},
		FileSubmission{unit, task, milestone, text, proof(task)},
		FileSubmission{unit, task, 1, "x", proof(task)},
		WithdrawSubmission{sub},
		ReturnSubmission{sub, text},
		AcceptSubmission{Submission: sub},
		AcceptSubmission{sub, date("2018-08-20")},
		MakeAdjustment{Unit: unit, Rule: "lead", Ref: text, Reason: text, Count: milestone},
		MakeAdjustment{Unit: unit, Rule: "innovation", Ref: task, Reason: "x", Points: &p},
		MakeAdjustment{Unit: unit, Rule: "complaint", Ref: task, Reason: "x", Second: "tg:33"},
		RevokeAdjustment{fmt.Sprintf("A%d", seq), text},
		IssueInvitation{Hash: hash(text), Role: Liaison, Unit: unit, Expires: t0.AddDate(0, 1, 0)},
		RevokeInvitation{fmt.Sprintf("I%d", seq)},
		Join{hash(text), person, text},
		RemovePerson{person, text},
		SetReachable{person, seq%2 == 0, text},
		BindChat{-int64(seq % 3), PurposeOffice, text},
		UnbindChat{-int64(seq % 3)},
		MigrateChat{-int64(seq % 3), -int64(milestone)},
		RunTick{"ladder", t0.Add(time.Duration(seq) * time.Hour), []NoticeQueued{{To: person, Kind: NoticeDue}}},
		SettleNotice{fmt.Sprintf("n%d-1", seq), []int{seq}, ""},
		ReadNotice{fmt.Sprintf("n%d-1", seq)},
	}
	if rapid.IntRange(0, 80).Draw(t, "close") == 0 {
		return CloseCampaign{"tg:33"}
	}
	return rapid.SampledFrom(acts).Draw(t, "act")
}

func drawStamp(t *rapid.T, at time.Time) Stamp {
	by := rapid.SampledFrom([]string{"tg:11", "tg:21", "tg:31", "tg:32", "tg:32", "office:a", "office:a", System, System, "tg:71"}).Draw(t, "by")
	cause := ""
	if rapid.Bool().Draw(t, "caused") {
		cause = fmt.Sprintf("u%d", rapid.IntRange(0, 99).Draw(t, "cause"))
	}
	return Stamp{By: by, At: at, Cause: cause}
}

// TestAnyHistoryReplaysToTheSameRecord acts at random through two desks on one
// journal: whatever was allowed, following, replaying and importing what was
// exported all give the same record, byte for byte, and the same board.
func TestAnyHistoryReplaysToTheSameRecord(t *testing.T) {
	var carried, declined int
	rapid.Check(t, func(rt *rapid.T) {
		m := newMemory()
		desks := []*Desk{opened(t, m), newDesk(t, m)}
		at := t0
		for range rapid.IntRange(1, 40).Draw(rt, "acts") {
			at = at.Add(time.Duration(rapid.IntRange(-60, 600).Draw(rt, "wait")) * time.Minute)
			d := rapid.SampledFrom(desks).Draw(rt, "desk")
			entries, before := len(m.lines), ""
			if err := d.sync(t.Context()); err != nil {
				rt.Fatal(err)
			}
			before = digestOf(d)
			_, err := d.Do(t.Context(), drawStamp(rt, at), drawAct(rt))
			switch {
			case err == nil:
				carried++
			case codeOf(err) == err.Error() || entries != len(m.lines) || digestOf(d) != before:
				rt.Fatalf("a fault, or a refusal that changed something: %v", err)
			default:
				declined++
			}
		}
		if err := desks[0].sync(t.Context()); err != nil {
			rt.Fatal(err)
		}
		want := digestOf(desks[0])
		into := newMemory()
		if _, err := Import(t.Context(), into, strings.NewReader(m.text()), oneScheme()); err != nil {
			rt.Fatal(err)
		}
		read, err := ReadJournal(strings.NewReader(m.text()), oneScheme(), time.Time{})
		if err != nil {
			rt.Fatal(err)
		}
		if into.text() != m.text() || digestOf(newDesk(t, into)) != want || string(read.Digest()) != want || digestOf(newDesk(t, m)) != want {
			rt.Fatalf("the record differs after a replay of\n%s", m.text())
		}
	})
	if carried < declined/20 {
		t.Errorf("only %d acts were carried out, %d declined", carried, declined)
	}
}

// TestUndoIsExact folds a random history and takes it back entry by entry: at
// every step the record is byte for byte what it was, and folds forward again.
func TestUndoIsExact(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		m := newMemory()
		d := opened(t, m)
		at := t0
		for range rapid.IntRange(1, 40).Draw(rt, "acts") {
			at = at.Add(time.Hour)
			_, _ = d.Do(t.Context(), drawStamp(rt, at), drawAct(rt)) // many are refused
		}
		r := NewRecord(oneScheme())
		var undos []func()
		var digests [][]byte
		forward := func(from int) {
			for i := from; i < len(m.lines); i++ {
				e, err := ParseLine(m.lines[i])
				if err != nil {
					rt.Fatal(err)
				}
				digests = append(digests[:i], r.Digest())
				undo, err := r.fold(m.at[i], e)
				if err != nil {
					rt.Fatal(err)
				}
				undos = append(undos[:i], undo)
			}
		}
		forward(0)
		end := r.Digest()
		to := rapid.IntRange(0, len(m.lines)-1).Draw(rt, "to")
		for i, undo := range slices.Backward(undos[to:]) {
			undo()
			if !bytes.Equal(r.Digest(), digests[to+i]) {
				rt.Fatalf("undoing %s left\n%s\nof\n%s", m.lines[to+i], r.Digest(), digests[to+i])
			}
		}
		forward(to)
		if !bytes.Equal(r.Digest(), end) {
			rt.Fatal("folding again gave another record")
		}
	})
}

// TestRandomEventsChangeAllOrNothing folds random entries of random events,
// most of them invalid, straight into a record.
func TestRandomEventsChangeAllOrNothing(t *testing.T) {
	pool := samples()
	rapid.Check(t, func(rt *rapid.T) {
		r := NewRecord(oneScheme())
		for range 30 {
			events := rapid.SliceOfN(rapid.SampledFrom(pool), 1, 3).Draw(rt, "events")
			before := r.Digest()
			undo, err := r.next(t0, events...)
			if err != nil && !bytes.Equal(before, r.Digest()) {
				rt.Fatalf("refused with %v, and changed", err)
			}
			if err == nil && rapid.Bool().Draw(rt, "undo") {
				if undo(); !bytes.Equal(before, r.Digest()) {
					rt.Fatalf("undo of %v left\n%s\nof\n%s", events, r.Digest(), before)
				}
			}
		}
	})
}
