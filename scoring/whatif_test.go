package scoring_test

import (
	"errors"
	"strings"
	"testing"
	"time"

	"paogai/scoring"
)

func whatIf(t *testing.T, s *story, unit, when, at string, done, late []string) scoring.Outlook {
	t.Helper()
	o, err := scoring.WhatIf(s.Facts, scoring.Supposition{Unit: unit, Done: done, Late: late, When: moment(when)}, moment(at))
	if err != nil {
		t.Fatal(err)
	}
	return o
}

// 40 in 70, 60 in 71, due on the 31st of August. Asked on the 20th about September: undone it
// is 100 − 10 = 90; with 70 done 95 and 40 in hand; with 71 ruled late besides still 95, for
// it would have been late anyway.
func TestWhatIfForetells(t *testing.T) {
	s := twoTasks(t)
	o := whatIf(t, s, school, "2018-08-20 09:00:00", "2018-09-03 00:00:00", []string{"70"}, []string{"71"})
	if !o.Before.Score.Equal(pts("90")) || !o.After.Score.Equal(pts("95")) || !o.After.Earned.Equal(pts("35")) {
		t.Errorf("%s → %s, in hand %s", o.Before.Score, o.After.Score, o.After.Earned)
	}
	if len(o.Steps) != 2 || o.Steps[0].Late || o.Steps[0].Completed != day("2018-08-20") || !o.Steps[1].Late || !o.Steps[1].Ruled {
		t.Errorf("steps %+v", o.Steps)
	}
	if o.Failing == nil || !o.Failing.Points.Equal(pts("35")) || o.Failing.Grade != "不达标" {
		t.Errorf("to the failing grade %+v", o.Failing)
	}
	if o.Above != nil {
		t.Errorf("somebody is above the only one: %+v", o.Above)
	}
}

// What is overdue is done and stays late; what waits counts from its filing; what is
// accepted stays as it is; a task with two milestones has both done.
func TestWhatIfCountsFromNow(t *testing.T) {
	s := campaign(t, "2018-06-01", school)
	s.file(school, node("70", 1), "2018-08-31 23:59:59")
	s.done(school, node("72", 1), "2018-08-20 10:00:00")
	o := whatIf(t, s, school, "2018-09-03 00:00:00", "2018-09-03 00:00:00", []string{"70", "71", "72", "34"}, nil)
	var got []string
	for _, step := range o.Steps {
		text := step.Node.Task + " " + step.Completed.String()
		for word, is := range map[string]bool{" was": step.Was, " waited": step.Waited} {
			if is {
				text += word
			}
		}
		if step.Late {
			text += " late"
		}
		got = append(got, text)
	}
	want := "70 2018-08-31 waited; 71 2018-09-03 late; 72 2018-08-20 was; 34 2018-09-03 late; 34 2018-09-03"
	if strings.Join(got, "; ") != want {
		t.Errorf("steps %q, want %q", strings.Join(got, "; "), want)
	}
	if o.After.Done-o.Before.Done != 3 || o.After.Late != o.Before.Late {
		t.Errorf("done %d → %d, late %d → %d", o.Before.Done, o.After.Done, o.Before.Late, o.After.Late)
	}
	if again := s.standing(t, school, "2018-09-03 00:00:00"); again.Done != o.Before.Done || len(s.Unit(school).Submissions) != 2 {
		t.Error("supposing changed the facts")
	}
}

func TestWhatIfTellsWhoIsAbove(t *testing.T) {
	s := campaign(t, "2018-08-15", school, "市民政局", "市工信局")
	s.adjust("市民政局", "innovation", "事", "4", "2018-08-20 10:00:00")
	s.adjust("市工信局", "innovation", "事", "1", "2018-08-20 10:00:00")
	o := whatIf(t, s, school, "2018-08-21 09:00:00", "2018-08-21 09:00:00", nil, []string{"70"})
	if o.Before.Rank != 3 || o.After.Rank != 3 || o.Above == nil || o.Above.Unit != "市工信局" || !o.Above.Gap.Equal(pts("6")) {
		t.Errorf("rank %d → %d, above %+v", o.Before.Rank, o.After.Rank, o.Above)
	}
}

// 30% of four pass at best as 先进, and none fails; with a failing share of 25% three of four pass.
func TestWhatIfByShareTellsPlaces(t *testing.T) {
	s := opened(t, "bonus-base", "甲", "乙", "丙", "丁")
	o := whatIf(t, s, "甲", "2019-02-01 00:00:00", "2019-02-01 00:00:00", nil, nil)
	if o.Failing != nil {
		t.Errorf("%+v where no grade fails", o.Failing)
	}
	scheme := *s.Scheme
	scheme.Grades.Bands = []scoring.Band{{Title: "合格", Share: pts("75")}, {Title: "末位", Share: pts("25"), Failing: true}}
	scheme.Index()
	s.Facts = scoring.NewFacts(&scheme, scheme.InForce, []scoring.UnitRef{{Name: "甲"}, {Name: "乙"}, {Name: "丙"}, {Name: "丁"}})
	for i, unit := range []string{"乙", "丙", "丁"} {
		s.adjust(unit, "reported", "篇", "", "2019-01-0"+string(rune('2'+i))+" 10:00:00")
	}
	o = whatIf(t, s, "甲", "2019-02-01 00:00:00", "2019-02-01 00:00:00", nil, nil)
	if o.Failing == nil || o.Failing.Places == nil || *o.Failing.Places != -1 || o.After.Grade != "末位" {
		t.Errorf("the last of four: %+v, %s", o.Failing, o.After.Grade)
	}
}

func TestWhatCannotBeSupposedIsNamed(t *testing.T) {
	s := twoTasks(t)
	_, err := scoring.WhatIf(s.Facts, scoring.Supposition{Unit: school, Done: []string{"1", "70"}, Late: []string{"77"}}, time.Time{})
	if !errors.Is(err, scoring.ErrNotSupposable) || strings.Count(err.Error(), "\n") != 1 || !strings.Contains(err.Error(), `"77"`) {
		t.Errorf("%v", err)
	}
	if _, err := scoring.WhatIf(s.Facts, scoring.Supposition{Unit: "火星局"}, time.Time{}); !errors.Is(err, scoring.ErrNoUnit) {
		t.Errorf("%v", err)
	}
}
