package storetest

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"os/exec"
	"strconv"
	"testing"

	"paogai/store"
)

// childEnv carries the data that a killed writer works on.
const childEnv = "PAOGAI_STORETEST_CHILD"

// Child runs the writer that KillWriter kills, when this process is one, and
// does not return then. It belongs at the start of TestMain; open gets the data
// given to KillWriter.
func Child(open func(ctx context.Context, data string) (store.Backend, error)) {
	data := os.Getenv(childEnv)
	if data == "" {
		return
	}
	ctx := context.Background()
	b, err := open(ctx, data)
	if err == nil {
		err = work(ctx, b, os.Stdout)
	}
	fmt.Fprintln(os.Stderr, "the writer stopped by itself:", err)
	os.Exit(1)
}

// progress is how far a writer has come, in each part of the store.
type progress struct {
	Head   store.Position
	Update int64 // the one update pending
	Draft  int
}

// where reads the progress out of a store, checking its order on the way.
func where(ctx context.Context, b store.Backend) (p progress, err error) {
	err = b.Read(ctx, 0, func(at store.Position, l []byte) error {
		p.Head = at
		if string(l) != string(line(int(at.Seq))) {
			return fmt.Errorf("entry %d is %q", at.Seq, l)
		}
		return nil
	})
	if err != nil {
		return p, fmt.Errorf("journal: %w", err)
	}
	pending, err := b.Pending(ctx)
	if err != nil {
		return p, fmt.Errorf("inbox: %w", err)
	}
	if len(pending) > 1 {
		return p, fmt.Errorf("%d updates pending, the writer leaves one at most", len(pending))
	}
	for _, u := range pending {
		p.Update = u.ID
	}
	draft, err := b.LoadDraft(ctx, "progress")
	if err != nil {
		return p, fmt.Errorf("draft: %w", err)
	}
	if draft != nil {
		if p.Draft, err = strconv.Atoi(string(draft)); err != nil {
			return p, fmt.Errorf("draft: %w", err)
		}
	}
	return p, nil
}

// work goes on from where the store stands, one step in each part at a time,
// and acknowledges each step by a line on w once it is durable.
func work(ctx context.Context, b store.Backend, w io.Writer) error {
	p, err := where(ctx, b)
	for err == nil {
		n := int(p.Head.Seq) + 1
		if p.Head, err = b.Append(ctx, p.Head, line(n), store.Fence{}); err != nil {
			return fmt.Errorf("append %d: %w", n, err)
		}
		_, _ = fmt.Fprintf(w, "entry %d\n", n)
		var got []int64
		if got, err = b.Receive(ctx, updates(p.Update+1), []int64{p.Update}); err != nil || len(got) != 1 {
			return fmt.Errorf("receive %d: accepted %v (%v)", p.Update+1, got, err) //nolint:errorlint // it may be nil
		}
		p.Update++
		_, _ = fmt.Fprintf(w, "update %d\n", p.Update)
		p.Draft++
		err = b.SaveDraft(ctx, "progress", []byte(strconv.Itoa(p.Draft)))
		if err == nil {
			_, _ = fmt.Fprintf(w, "draft %d\n", p.Draft)
		}
	}
	return err
}

// KillWriter starts this test binary as a writer on data, kills it without
// warning after a random number of acknowledged steps, opens the data and
// checks that all of them are there, in order, once, and at most one more step
// in each part; rounds times.
func KillWriter(t *testing.T, data string, rounds int, open func(testing.TB) store.Backend) {
	t.Helper()
	random := rand.New(rand.NewPCG(2018, 831))
	var total progress
	for round := range rounds {
		acked := runAndKill(t, data, 1+random.IntN(60))
		b := open(t)
		got, err := where(t.Context(), b)
		if err != nil {
			t.Fatalf("round %d: %v", round, err)
		}
		beyond(t, "entry", int64(got.Head.Seq), int64(acked.Head.Seq))
		beyond(t, "update", got.Update, acked.Update)
		beyond(t, "draft", int64(got.Draft), int64(acked.Draft))
		if again, err := b.Receive(t.Context(), updates(acked.Update), nil); err != nil || len(again) != 0 {
			t.Errorf("round %d: update %d was accepted again (%v)", round, acked.Update, err)
		}
		if err := b.Close(); err != nil {
			t.Errorf("round %d: close: %v", round, err)
		}
		total = got
	}
	t.Logf("%d kills: %d entries, %d updates, %d drafts, none lost", rounds, total.Head.Seq, total.Update, total.Draft)
}

func beyond(t *testing.T, what string, got, acked int64) {
	t.Helper()
	if acked != 0 && (got < acked || got > acked+1) {
		t.Errorf("%s %d was acknowledged last, the store has %d", what, acked, got)
	}
}

// runAndKill returns the last acknowledged step of each part, 0 where there
// was none.
func runAndKill(t *testing.T, data string, steps int) (acked progress) {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), os.Args[0], "-test.run=^$")
	cmd.Env = append(os.Environ(), childEnv+"="+data)
	cmd.Stderr = os.Stderr
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	lines := bufio.NewScanner(out)
	seen := 0
	for lines.Scan() {
		if seen++; seen == steps {
			_ = cmd.Process.Kill() // what is in the pipe by now was acknowledged too
		}
		var what string
		var n int64
		if _, err := fmt.Sscanf(lines.Text(), "%s %d", &what, &n); err != nil {
			t.Fatalf("the writer said %q", lines.Text())
		}
		switch what {
		case "entry":
			acked.Head.Seq = uint64(n)
		case "update":
			acked.Update = n
		case "draft":
			acked.Draft = int(n)
		}
	}
	_ = cmd.Wait() // killed
	if seen < steps {
		t.Fatalf("the writer stopped after %d steps", seen)
	}
	return acked
}
