package boltstore

import (
	"flag"
	"syscall"
	"testing"
	"time"

	"paogai/scoring/schemes"
	"paogai/store"
)

// entries is how long a journal BenchmarkReplay replays; the bar is 1,000,000
// in 6 s: go test ./store/boltstore -run - -bench Replay -benchtime 1x -entries 1000000
var entries = flag.Int("entries", 50_000, "entries that BenchmarkReplay replays")

// BenchmarkReplay opens a desk on the journal of a big campaign: everything is
// read from the file, its chain of hashes verified, each line parsed with all
// checks, and folded.
func BenchmarkReplay(b *testing.B) {
	lines := campaignLines(b, *entries)
	f := fixture(b)
	f.Fill(b, lines)
	var size int64
	for _, line := range lines {
		size += int64(len(line))
	}
	b.SetBytes(size)
	b.ReportAllocs()
	before := cpuTime(b)
	for b.Loop() {
		desk, err := store.NewDesk(b.Context(), store.DeskOptions{Journal: f, Schemes: schemes.Load})
		if err != nil {
			b.Fatal(err)
		}
		desk.View(func(r *store.Record) {
			if r.Head().Seq != uint64(*entries) {
				b.Fatalf("replayed %d entries", r.Head().Seq)
			}
		})
	}
	replayed := float64(b.N) * float64(*entries)
	b.ReportMetric(float64(b.Elapsed())/replayed, "ns/entry")
	b.ReportMetric(float64(cpuTime(b)-before)/replayed, "cpu-ns/entry")
}

// cpuTime is what all threads of the process have used: a measure that a busy
// machine distorts less than the clock.
func cpuTime(tb testing.TB) time.Duration {
	tb.Helper()
	var used syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &used); err != nil {
		tb.Fatal(err)
	}
	return time.Duration(used.Utime.Nano() + used.Stime.Nano())
}

// TestTheMeasuredCampaignIsMixed holds the benchmark's journal to what it says.
func TestTheMeasuredCampaignIsMixed(t *testing.T) {
	count := mix(t, campaignLines(t, 20_000))
	for _, name := range []string{"submission.filed", "submission.accepted", "submission.returned", "notice.settled", "notice.read", "tick.run"} {
		if count[name] == 0 {
			t.Errorf("no %s among %v", name, count)
		}
	}
}
