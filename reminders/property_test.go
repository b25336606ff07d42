package reminders

import (
	"fmt"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"paogai/scoring"
	"paogai/store"
)

// toldOf is one node told to one person on one day.
type toldOf struct {
	person int64
	node   scoring.Node
	day    scoring.Date
}

// stageDays is on which days the stages of each due date fall.
type stageDays map[scoring.Date][]scoring.Date

func daysOfStages(c *Calendar, s *scoring.Scheme) stageDays {
	days := stageDays{}
	for _, task := range s.Tasks {
		for _, m := range task.Milestones {
			for _, stage := range s.Ladder.Stages {
				if !m.Due.IsZero() {
					days[m.Due] = append(days[m.Due], c.Before(m.Due, stage.Workdays))
				}
			}
		}
	}
	return days
}

// oracle works out by brute force what a person has to be told on a day, from
// nothing but the ladder's numbers and the state of the nodes at 09:00.
func oracle(o *office, stages stageDays, id int64, day scoring.Date) []toldOf {
	c := o.calendar
	at := moment(o.t, day.String()+" 09:00")
	var all []toldOf
	o.desk.View(func(r *store.Record) {
		f := r.Facts()
		person, _ := r.Person(id)
		for _, s := range f.NodesAt(f.Unit(person.Unit), at) {
			if s.Done || s.Waiting || s.Historical || !s.HasDue {
				continue
			}
			told := slices.Contains(stages[s.Due], day)
			if s.Late {
				first := c.First(s.Due.AddDays(1))
				monday := first.AddDays(7)
				for ; !monday.After(day); monday = monday.AddDays(1) {
					told = told || monday.Weekday() == 1 && c.First(monday) == day && c.Workday(day)
				}
				week := !day.Before(first) && day.Before(first.AddDays(7))
				told = told || week && c.Workday(day)
			}
			if told {
				all = append(all, toldOf{person.ID, s.Node, day})
			}
		}
	})
	return all
}

// act lets something random happen to the campaign.
func act(t *rapid.T, o *office) {
	task := rapid.SampledFrom([]string{"49", "70", "71", "23", "15", "34", "27"}).Draw(t, "task")
	person := rapid.SampledFrom([]int64{eduA, eduB, county}).Draw(t, "person")
	unit := education
	if person == county {
		unit = "永吉县"
	}
	milestone := 1
	if task == "15" || task == "34" {
		milestone = 2
	}
	var waiting *store.Submission
	o.desk.View(func(r *store.Record) {
		waiting = r.SubmissionFor(unit, scoring.Node{Task: task, Milestone: milestone})
	})
	var a store.Act
	by := store.ByPerson(clerk)
	switch {
	case waiting == nil || waiting.State == scoring.Returned || waiting.State == scoring.Withdrawn:
		a, by = filing(unit, task, milestone), store.ByPerson(person)
	case waiting.State == scoring.Accepted:
		return
	default:
		switch rapid.SampledFrom([]string{"accept", "return", "withdraw"}).Draw(t, "decision") {
		case "accept":
			a = store.AcceptSubmission{Submission: waiting.ID}
		case "return":
			a = store.ReturnSubmission{Submission: waiting.ID, Reason: "看不清"}
		default:
			a, by = store.WithdrawSubmission{Submission: waiting.ID}, store.ByPerson(person)
		}
	}
	o.do(by, a)
}

// Whatever is filed, returned, withdrawn and accepted in between: nobody is
// told of a node that is closed, and every open node on a rung is told exactly
// once to each liaison of its unit on that day, in one message.
func TestEveryOpenNodeIsToldOnceAndNoClosedOne(t *testing.T) {
	scheme := jilin(t, nil)
	stages := daysOfStages(embedded(t), scheme)
	rapid.Check(t, func(rt *rapid.T) {
		o := openOffice(t, scheme)
		o.join(eduA, store.Liaison, education)
		o.join(eduB, store.Liaison, education)
		o.join(county, store.Liaison, "永吉县")
		o.join(clerk, store.Office, "")
		r := o.runner()
		var want []toldOf
		for day := date(t, "2018-08-20"); day.Before(date(t, "2018-11-15")); day = day.AddDays(1) {
			for range rapid.IntRange(0, 1).Draw(rt, "early") {
				o.at(day.String() + " 08:30")
				act(rt, o)
			}
			o.step(r, day.String()+" 09:00")
			for _, id := range []int64{eduA, eduB, county} {
				want = append(want, oracle(o, stages, id, day)...)
			}
			for range rapid.IntRange(0, 1).Draw(rt, "late") {
				o.at(day.String() + " 15:00")
				act(rt, o)
			}
		}
		checkTold(rt, o, want)
	})
}

func checkTold(t *rapid.T, o *office, want []toldOf) {
	counts := map[toldOf]int{}
	messages := map[string]bool{}
	for _, n := range o.notices() {
		day := scoring.DateOf(n.Queued.At, store.Zone())
		if key := fmt.Sprint(n.To, day); messages[key] {
			t.Fatalf("%d gets two messages on %s", n.To, day)
		} else {
			messages[key] = true
		}
		for _, item := range n.Items {
			counts[toldOf{n.To, item, day}]++
		}
	}
	for _, x := range want {
		if counts[x] != 1 {
			t.Fatalf("%+v is told %d times", x, counts[x])
		}
	}
	for x, n := range counts {
		if n > 0 && !slices.Contains(want, x) {
			t.Fatalf("%+v is told although nothing asks for it", x)
		}
	}
}
