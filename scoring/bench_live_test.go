package scoring_test

import (
	"fmt"
	"runtime"
	"testing"
	"time"

	"paogai/scoring"
)

// province is a campaign of n units with Jilin's tasks and rules, in five classes that
// grow with n as Jilin's do. It closes late enough for any number of midnights. Each unit
// has filed for the tasks given; every third was completed late.
func province(t tb, n int, tasks ...string) *story {
	own := *jilin(t)
	own.Closes = day("9000-12-31")
	own.Units = make([]scoring.Unit, n)
	for i := range own.Units {
		class := jilin(t).Units[i%len(jilin(t).Units)].Class
		own.Units[i] = scoring.Unit{Name: fmt.Sprintf("第%06d号", i), Class: class}
	}
	own.Index()
	s := &story{Facts: scoring.NewFacts(&own, day("2018-08-15"), nil)}
	start := moment("2018-08-20 09:00:00")
	for i, u := range s.Units {
		for k, task := range tasks {
			m := s.mark(start.Add(time.Duration(i*31+k) * time.Second))
			u.File(scoring.Submission{
				ID: fmt.Sprintf("S%d", m.Seq), Unit: u.Name, Node: node(task, 1), Filed: m,
				State: scoring.Accepted, Decided: m, CompletedOn: day("2018-08-16").AddDays((i + k*k) % 3 * 100),
			})
		}
	}
	return s
}

// taskIDs is the ids of the first n tasks.
func taskIDs(t tb, n int) []string {
	var ids []string
	for _, task := range jilin(t).Tasks[:n] {
		ids = append(ids, task.ID)
	}
	return ids
}

// One entry is folded, the board is moved to now, and the unit's rank is read.
func BenchmarkLiveEntry(b *testing.B) {
	for _, n := range []int{100, 1_000, 10_000, 100_000} {
		b.Run(fmt.Sprint("units=", n), func(b *testing.B) {
			s := province(b, n, taskIDs(b, 20)...)
			at := moment("2019-10-01 12:00:00")
			l := scoring.NewLive(s.Facts, at)
			states := []scoring.SubmissionState{scoring.Returned, scoring.Accepted}
			b.ReportAllocs()
			for i := 0; b.Loop(); i++ {
				u := s.Units[i*7919%n]
				sub := u.Submissions[i%len(u.Submissions)]
				sub.State = states[i/n%2]
				l.Changed(u.Name, sub.Decided.At)
				l.MoveTo(at)
				if _, _, ok := l.Rank(u.Name); !ok {
					b.Fatal("no rank")
				}
			}
		})
	}
}

func BenchmarkLiveRank(b *testing.B) {
	for _, n := range []int{100, 1_000, 10_000, 100_000} {
		b.Run(fmt.Sprint("units=", n), func(b *testing.B) {
			s := province(b, n, taskIDs(b, 20)...)
			l := scoring.NewLive(s.Facts, moment("2019-10-01 12:00:00"))
			b.ReportAllocs()
			for i := 0; b.Loop(); i++ {
				l.Rank(s.Units[i*7919%n].Name)
			}
		})
	}
}

// A midnight at which k of 100,000 units become late. All have a node that is due on the
// day; the others have filed for it. Before each, the office dates the node to the next
// day, which lets the k off until then.
func BenchmarkLiveMidnight(b *testing.B) {
	s := province(b, 100_000, "20")
	for _, u := range s.Units {
		u.Submissions[0].State = scoring.Waiting
	}
	var l *scoring.Live
	due := day("2019-01-01")
	for _, k := range []int{10, 100, 1_000} {
		b.Run(fmt.Sprint("lapsing=", k), func(b *testing.B) {
			for i, u := range s.Units {
				u.Submissions[0].State = scoring.Waiting
				if i%(len(s.Units)/k) == 0 {
					u.Submissions[0].State = scoring.Returned
				}
			}
			s.Dated[node("20", 1)] = scoring.Dating{Due: due}
			l = scoring.NewLive(s.Facts, due.Start(shanghai()))
			b.ReportAllocs()
			for b.Loop() {
				b.StopTimer()
				due = due.AddDays(1)
				s.Dated[node("20", 1)] = scoring.Dating{Due: due}
				for i := 0; i < len(s.Units); i += len(s.Units) / k {
					l.Changed(s.Units[i].Name, time.Time{})
				}
				l.MoveTo(l.At())
				before, _ := l.Standing(s.Units[0].Name)
				b.StartTimer()
				l.MoveTo(due.End(shanghai()))
				if after, _ := l.Standing(s.Units[0].Name); after.Late != before.Late+1 {
					b.Fatal("the midnight passed unseen")
				}
			}
			b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/float64(k), "ns/lapse")
		})
	}
}

// held is how much more memory is in use after make than before.
func held(build func() any) (bytes uint64) {
	var before, after runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&before)
	kept := build()
	runtime.GC()
	runtime.ReadMemStats(&after)
	runtime.KeepAlive(kept)
	return after.HeapAlloc - before.HeapAlloc
}

// 100,000 units × 77 nodes, their facts and the board kept of them: with nothing filed,
// and with 10 and nearly all nodes of every unit filed and accepted.
func BenchmarkLiveMemory(b *testing.B) {
	for _, filed := range []int{0, 10, 76} {
		b.Run(fmt.Sprint("filed=", filed), func(b *testing.B) {
			ids := taskIDs(b, filed)
			var bytes uint64
			for b.Loop() {
				bytes = held(func() any {
					s := province(b, 100_000, ids...)
					return scoring.NewLive(s.Facts, moment("2019-10-01 12:00:00"))
				})
			}
			b.ReportMetric(float64(bytes)/1e6, "MB")
		})
	}
}
