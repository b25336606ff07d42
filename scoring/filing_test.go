package scoring_test

import (
	"fmt"
	"testing"

	"paogai/scoring"
)

// What File returned stays where it is and what it is, whatever is filed or taken back
// after it, and a fork files beside the original.
func TestFiledSubmissionsStayWhereTheyAre(t *testing.T) {
	f := scoring.NewFacts(jilin(t), day("2018-08-20"), nil)
	u := f.Unit(school)
	var kept []*scoring.Submission
	for i := range 200 {
		kept = append(kept, u.File(scoring.Submission{ID: fmt.Sprint(i)}))
		if i%3 == 0 {
			u.File(scoring.Submission{ID: "undone"})
			u.TakeBack()
		}
	}
	fork := f.Fork(school)
	fork.Unit(school).File(scoring.Submission{ID: "supposed"})
	u.File(scoring.Submission{ID: "next"})
	for i, s := range kept {
		if s.ID != fmt.Sprint(i) || u.Submissions[i] != s {
			t.Fatalf("submission %d is %q", i, s.ID)
		}
	}
	if got := fork.Unit(school).Submissions[200].ID; got != "supposed" {
		t.Errorf("the fork's submission became %q", got)
	}
	if got := u.Submissions[200].ID; got != "next" {
		t.Errorf("the original's submission became %q", got)
	}
}

func TestTakingBackTheOnlySubmissionLeavesNone(t *testing.T) {
	f := scoring.NewFacts(jilin(t), day("2018-08-20"), nil)
	u := f.Unit(school)
	u.File(scoring.Submission{ID: "1"})
	u.TakeBack()
	if u.Submissions != nil {
		t.Errorf("%d submissions are left", len(u.Submissions))
	}
}
