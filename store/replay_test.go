package store

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"
)

// ticking is a journal of n entries after the opening, long enough to be parsed
// ahead.
func ticking(t testing.TB, n int) *memory {
	t.Helper()
	m := opened(t, newMemory()).journal.(*memory)
	for i := range n {
		e := Entry{Seq: m.head().Seq + 1, At: t0, By: System, Events: []Event{
			TickRun{fmt.Sprintf("job%d", i%7), Moment{t0.Add(time.Duration(i) * time.Second)}},
		}}
		line, err := e.MarshalLine()
		if err != nil {
			t.Fatal(err)
		}
		if _, err := m.Append(context.Background(), m.head(), line, Fence{}); err != nil {
			t.Fatal(err)
		}
	}
	return m
}

func TestALongReplayIsTheSameAsEntryByEntry(t *testing.T) {
	m := ticking(t, 5*stretchLines+3)
	r := NewRecord(oneScheme())
	for i, line := range m.lines {
		e, err := ParseLine(line)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := r.fold(m.at[i], e); err != nil {
			t.Fatal(err)
		}
	}
	want := string(r.Digest())
	if digestOf(newDesk(t, m)) != want {
		t.Error("a desk replayed another record")
	}
	read, err := ReadJournal(strings.NewReader(m.text()), oneScheme(), time.Time{})
	if err != nil || string(read.Digest()) != want {
		t.Errorf("the file gave another record, %v", err)
	}
	stored, err := Replay(t.Context(), m, oneScheme(), time.Time{})
	if err != nil || string(stored.Digest()) != want {
		t.Errorf("the store gave another record, %v", err)
	}
}

func TestALongReplayStopsAtTheFirstFault(t *testing.T) {
	m := ticking(t, 30*stretchLines)
	good := m.lines
	for _, at := range []int{40, stretchLines, stretchLines + 1, 20*stretchLines + 7, len(good)} {
		for want, line := range map[string]string{
			"not one JSON object": `{"seq":`,
			"unknown event type":  fmt.Sprintf(`{"seq":%d,"at":"2018-08-20T09:00:00+08:00","by":"system","events":[{"type":"x"}]}`, at),
			"bad tick": fmt.Sprintf(`{"seq":%d,"at":"2018-08-20T09:00:00+08:00","by":"system",`+
				`"events":[{"type":"tick.run","job":"job1","at":"2018-01-01T09:00:00+08:00"}]}`, at),
		} {
			lines := append([][]byte{}, good...)
			lines[at-1] = []byte(line)
			_, err := ReadJournal(bytes.NewReader(bytes.Join(lines, []byte("\n"))), oneScheme(), time.Time{})
			var fault *LineError
			if !errors.As(err, &fault) || fault.Line != at || strings.Contains(err.Error(), "\n") {
				t.Errorf("%s in line %d: %v", want, at, err)
			}
			if want == "bad tick" && codeOf(err) != BadTick || want != "bad tick" && !strings.Contains(err.Error(), want) {
				t.Errorf("line %d said %v, want %s", at, err, want)
			}
		}
	}
}

func TestAStoreThatBreaksOffIsNotServed(t *testing.T) {
	broken := errors.New("connection reset")
	j := &breaking{ticking(t, 3*stretchLines), 2*stretchLines + 5, broken}
	if _, err := NewDesk(t.Context(), DeskOptions{Journal: j, Schemes: oneScheme()}); !errors.Is(err, broken) {
		t.Errorf("a desk on half a journal: %v", err)
	}
	if head, err := Verify(t.Context(), j, oneScheme()); !errors.Is(err, broken) || head.Seq != uint64(j.after) {
		t.Errorf("verified to %d, %v", head.Seq, err)
	}
	if _, err := Replay(t.Context(), j, oneScheme(), time.Time{}); !errors.Is(err, broken) {
		t.Errorf("replayed half a journal: %v", err)
	}
}

// breaking is a journal that fails after some entries.
type breaking struct {
	*memory
	after int
	err   error
}

func (b *breaking) Read(ctx context.Context, after uint64, fn func(Position, []byte) error) error {
	return b.memory.Read(ctx, after, func(at Position, line []byte) error {
		if at.Seq > uint64(b.after) {
			return b.err
		}
		return fn(at, line)
	})
}

func TestWhatAParserRemembersIsNotMixedUp(t *testing.T) {
	var seen texts
	for i := range 5000 {
		for _, want := range []string{"", "x", fmt.Sprint(i), fmt.Sprintf("第%d县", i%300), strings.Repeat("长", 30)} {
			if got := seen.text([]byte(want)); got != want {
				t.Fatalf("%q became %q", want, got)
			}
		}
	}
}
