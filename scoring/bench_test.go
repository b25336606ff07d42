package scoring_test

import (
	"fmt"
	"testing"
	"time"

	"paogai/scoring"
)

// busy is a campaign of all 95 units with 20,000 submissions and some of everything else.
func busy(t tb) *scoring.Facts {
	s := campaign(t, "2018-08-15")
	states := []scoring.SubmissionState{scoring.Accepted, scoring.Returned, scoring.Waiting, scoring.Withdrawn}
	start := moment("2018-08-16 09:00:00")
	for i := range 20000 {
		u := s.Units[i%len(s.Units)]
		task := s.Scheme.Tasks[(i*31+i/95)%len(s.Scheme.Tasks)]
		at := start.Add(time.Duration(i) * 8 * time.Minute)
		u.File(scoring.Submission{
			ID: fmt.Sprint("S", i), Unit: u.Name, Node: node(task.ID, 1+i%len(task.Milestones)),
			Filed: s.mark(at), State: states[i%3], Decided: s.mark(at.Add(time.Hour)),
			CompletedOn: scoring.DateOf(at, s.Scheme.Zone),
		})
	}
	for i, u := range s.Units {
		for k := range i % 7 {
			s.adjust(u.Name, "innovation", fmt.Sprint("事项", k), "2.5", "2018-10-01 10:00:00")
		}
	}
	return s.Facts
}

func BenchmarkBoard(b *testing.B) {
	f := busy(b)
	at := moment("2018-12-15 12:00:00")
	b.ReportAllocs()
	for b.Loop() {
		scoring.NewBoard(f, at)
	}
}

func BenchmarkWhy(b *testing.B) {
	f := busy(b)
	at := moment("2018-12-15 12:00:00")
	b.ReportAllocs()
	for b.Loop() {
		if _, err := scoring.Why(f, "市教育局", at); err != nil {
			b.Fatal(err)
		}
	}
}
