package scoring_test

import (
	"time"

	"paogai/scoring"
)

// byTheLetter is the method written down a second time, slowly and as plainly as
// possible, to compare the board with.
func byTheLetter(f *scoring.Facts, u *scoring.UnitFacts, at time.Time) (hold, earned scoring.Points, late, done int) {
	for i, task := range f.Scheme.Tasks {
		points := pts("1.31")
		if i < 44 {
			points = pts("1.32")
		}
		if u.Plan != nil && !u.PlanMark.At.After(at) {
			p, applies := u.Plan[task.ID]
			if !applies {
				continue
			}
			points = p
		}
		hold = hold.Add(points)
		allDone, anyLate := true, false
		for m := range task.Milestones {
			n := node(task.ID, m+1)
			allDone = allDone && acceptedBy(u, n, at) != nil
			anyLate = anyLate || lateByTheLetter(f, u, n, at)
		}
		if allDone {
			done++
			earned = earned.Add(points)
		}
		if anyLate {
			late++
		}
	}
	rest := adjustedByTheLetter(u, at).Sub(pts("5").Mul(decimalOf(late)))
	return hold.Add(rest), earned.Add(rest), late, done
}

// acceptedBy is the acceptance with the earliest completion.
func acceptedBy(u *scoring.UnitFacts, n scoring.Node, at time.Time) *scoring.Submission {
	var best *scoring.Submission
	for _, s := range u.Submissions {
		if s.Node == n && s.State == scoring.Accepted && !s.Decided.At.After(at) {
			if best == nil || s.CompletedOn.String() < best.CompletedOn.String() {
				best = s
			}
		}
	}
	return best
}

func lateByTheLetter(f *scoring.Facts, u *scoring.UnitFacts, n scoring.Node, at time.Time) bool {
	if r, ruled := u.Rulings[n]; ruled && !r.Mark.At.After(at) {
		return r.Late
	}
	task, _ := f.Scheme.Task(n.Task)
	stone := task.Milestones[n.Milestone-1]
	due := stone.Due
	if d, dated := f.Dated[n]; dated && !d.Mark.At.After(at) {
		due = d.Due
	}
	if due.IsZero() || stone.Kind == scoring.Soft || due.String() < f.Opens.String() {
		return false
	}
	if s := acceptedBy(u, n, at); s != nil {
		return s.CompletedOn.String() > due.String()
	}
	for _, s := range u.Submissions {
		filed := !s.Filed.At.After(at) && scoring.DateOf(s.Filed.At, shanghai()).String() <= due.String()
		waits := s.State == scoring.Waiting || s.Decided.At.After(at)
		if s.Node == n && filed && waits {
			return false
		}
	}
	return scoring.DateOf(at, shanghai()).String() > due.String()
}

func adjustedByTheLetter(u *scoring.UnitFacts, at time.Time) scoring.Points {
	worth := map[string]string{"fraud": "-15", "complaint-verified": "-10", "group-lead-done": "3"}
	counted := map[string]bool{}
	var total, innovation scoring.Points
	for _, a := range u.Adjustments {
		revoked := a.Revoked != nil && !a.Revoked.At.After(at)
		if a.Made.At.After(at) || revoked || counted[a.Rule+"/"+a.Ref] {
			continue
		}
		counted[a.Rule+"/"+a.Ref] = true
		if a.Rule == "innovation" {
			innovation = innovation.Add(a.Points)
			continue
		}
		total = total.Add(pts(worth[a.Rule]))
	}
	if innovation.GreaterThan(pts("10")) {
		innovation = pts("10")
	}
	return total.Add(innovation)
}
