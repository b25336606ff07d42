package storetest

import (
	"fmt"
	"testing"

	"paogai/store"
)

// readEntries is how long a journal BenchmarkRead reads.
const readEntries = 100_000

// entryOfUsualSize is about what one act leaves in the journal.
func entryOfUsualSize(n int) []byte {
	return fmt.Appendf(nil, `{"seq":%d,"at":"2018-08-28T16:20:05+08:00","by":"tg:1001","cause":"u%d","events":[{"type":"submission.filed","submission":"S%d","unit":"市教育局","task":"70","milestone":1,"note":"已完成","evidence":[{"sha256":"%064d","name":"文件.pdf","size":182044,"type":"application/pdf"}]}]}`, n, n, n, n)
}

// Benchmark measures appending one durable entry after another, and reading
// and verifying a journal of 100,000 entries.
func Benchmark(b *testing.B, open func(testing.TB) *Fixture) {
	b.Run("append", func(b *testing.B) { benchmarkAppend(b, open(b)) })
	b.Run("read 100k", func(b *testing.B) { benchmarkRead(b, open(b)) })
}

func benchmarkAppend(b *testing.B, f *Fixture) {
	var at store.Position
	var err error
	for n := 1; b.Loop(); n++ {
		if at, err = f.Append(b.Context(), at, entryOfUsualSize(n), store.Fence{}); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "appends/s")
}

func benchmarkRead(b *testing.B, f *Fixture) {
	lines := make([][]byte, readEntries)
	for i := range lines {
		lines[i] = entryOfUsualSize(i + 1)
	}
	f.Fill(b, lines)
	for b.Loop() {
		n := 0
		err := f.Read(b.Context(), 0, func(store.Position, []byte) error { n++; return nil })
		if err != nil || n != readEntries {
			b.Fatalf("read %d entries: %v", n, err)
		}
	}
	b.ReportMetric(float64(b.N)*readEntries/b.Elapsed().Seconds(), "entries/s")
}
