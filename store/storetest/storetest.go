// Package storetest is the conformance suite of stores, and the machinery to
// put them under stress: a real redis-server, a network that loses replies,
// writers that are killed. Only tests import it.
package storetest

import (
	"bytes"
	"errors"
	"fmt"
	"testing"
	"time"

	"paogai/store"
)

// Fixture is one fresh, empty store and what the suite may do to it. The
// functions that a store has no counterpart for stay nil; the promises that
// need them are then not asked of it.
type Fixture struct {
	store.Backend
	// Reopen closes the store and opens the same data again.
	Reopen func(testing.TB) store.Backend
	// Another opens the same data a second time, as another process would.
	Another func(testing.TB) store.Backend
	// Tamper flips one bit in the stored line of an entry.
	Tamper func(tb testing.TB, seq uint64)
	// Cut takes back the entries after seq, as an old backup would.
	Cut func(tb testing.TB, seq uint64)
	// Expire lets ttl pass for leases. Stores without it grant a lease to
	// whoever asks.
	Expire func(tb testing.TB, ttl time.Duration)
	// Fill appends many lines at once, without syncing each.
	Fill func(tb testing.TB, lines [][]byte)
}

// Run holds a store to every promise of the store package's interfaces. open
// is called once a promise and cleans up by tb.Cleanup.
func Run(t *testing.T, open func(testing.TB) *Fixture) {
	t.Helper()
	for _, p := range promises() {
		t.Run(p.name, func(t *testing.T) { p.check(t, open(t)) })
	}
}

type promise struct {
	name  string
	check func(*testing.T, *Fixture)
}

func promises() []promise {
	return []promise{
		{"journal begins empty", beginsEmpty},
		{"journal numbers and chains", numbersAndChains},
		{"journal keeps bytes as they are", keepsBytes},
		{"journal takes lines of 1 MB", takesBigLines},
		{"append is compare-and-set", comparesAndSets},
		{"append notices a fork", noticesFork},
		{"append does nothing when cancelled", cancelledAppend},
		{"many writers leave no gap", manyWriters},
		{"two processes leave no gap", twoProcesses},
		{"read starts anywhere and stops when told", readsPart},
		{"read lets its function write", readsWhileWriting},
		{"read notices a flipped bit", noticesFlippedBit},
		{"read and append notice entries that are gone", noticesCut},
		{"wait sees what others append", waitSees},
		{"wait ends with its context", waitEnds},
		{"drafts come and go", draftsComeAndGo},
		{"drafts are listed in order of their keys", draftsInOrder},
		{"inbox accepts an update once", acceptsOnce},
		{"inbox is pending in order of arrival", pendingInOrder},
		{"inbox accepts once from many at a time", acceptsOnceFromMany},
		{"lease has one term while it is renewed", leaseRenews},
		{"lease passes on with a higher term", leasePasses},
		{"lease expires", leaseExpires},
		{"fence holds off an earlier holder", fenceHolds},
		{"everything is there after opening again", reopens},
		{"closing ends what waits", closingEndsWait},
	}
}

// line is the n-th line of a test's journal.
func line(n int) []byte { return fmt.Appendf(nil, `{"seq":%d,"by":"system"}`, n) }

// appendAll appends lines one after another and returns all positions, the
// zero one first.
func appendAll(t *testing.T, j store.Journal, lines ...[]byte) []store.Position {
	t.Helper()
	at := []store.Position{{}}
	for _, l := range lines {
		p, err := j.Append(t.Context(), at[len(at)-1], l, store.Fence{})
		if err != nil {
			t.Fatalf("append %d: %v", len(at), err)
		}
		at = append(at, p)
	}
	return at
}

// appendLines is appendAll with the lines 1 … n.
func appendLines(t *testing.T, j store.Journal, n int) []store.Position {
	t.Helper()
	var lines [][]byte
	for i := range n {
		lines = append(lines, line(i+1))
	}
	return appendAll(t, j, lines...)
}

// lines reads everything past after, checking the numbers and the chain.
func lines(t *testing.T, j store.Journal, from store.Position) [][]byte {
	t.Helper()
	var all [][]byte
	at := from
	err := j.Read(t.Context(), from.Seq, func(p store.Position, l []byte) error {
		if want := at.Next(l); p != want {
			t.Fatalf("read position %d %x, want %d %x", p.Seq, p.Hash[:4], want.Seq, want.Hash[:4])
		}
		at = p
		all = append(all, bytes.Clone(l))
		return nil
	})
	if err != nil {
		t.Fatalf("read after %d: %v", from.Seq, err)
	}
	return all
}

func wantLines(t *testing.T, j store.Journal, want ...[]byte) {
	t.Helper()
	got := lines(t, j, store.Position{})
	if len(got) != len(want) {
		t.Fatalf("the journal has %d entries, want %d", len(got), len(want))
	}
	for i := range got {
		if !bytes.Equal(got[i], want[i]) {
			t.Fatalf("entry %d is %.80q, want %.80q", i+1, got[i], want[i])
		}
	}
}

func wantHead(t *testing.T, j store.Journal, want store.Position) {
	t.Helper()
	if got, err := j.Head(t.Context()); err != nil || got != want {
		t.Fatalf("head is %d %x (%v), want %d %x", got.Seq, got.Hash[:4], err, want.Seq, want.Hash[:4])
	}
}

func wantError(t *testing.T, what string, err, want error) {
	t.Helper()
	if !errors.Is(err, want) {
		t.Fatalf("%s: error %v, want %v", what, err, want)
	}
}
