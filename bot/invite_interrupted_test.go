package bot

import (
	"crypto/rand"
	"testing"

	"paogai/scoring"
	"paogai/store"
)

// A link is shown once and kept nowhere: a kill between the entry and the
// answer loses it. The tap is handled again after the restart, as the same act.
func TestALinkLostInAKillIsTakenBackAndAnotherOneMade(t *testing.T) {
	d := desk(t)
	stamp := store.Stamp{By: store.ByOffice("综合科"), At: noon()}
	_, err := d.Do(t.Context(), stamp, store.OpenCampaign{Scheme: "jilin-2018", Opens: scoring.Date{Year: 2018, Month: 8, Day: 20}})
	ok(t, err)
	_, err = d.Do(t.Context(), stamp, store.IssueInvitation{
		Hash: store.HashToken("clerk"), Role: store.Office, Expires: noon().AddDate(0, 0, 1),
	})
	ok(t, err)
	_, err = d.Do(t.Context(), store.Stamp{By: store.ByPerson(clerk1), At: noon()},
		store.Join{Hash: store.HashToken("clerk"), Person: clerk1, Name: "跑改办甲"})
	ok(t, err)
	f := &front{desk: d, rand: rand.Reader}
	turn := &Turn{Now: noon(), Cause: "tap 7", Person: clerk1}
	act := store.IssueInvitation{Role: store.Leader, Expires: noon().AddDate(0, 0, 7)}

	lost, first, err := f.issueToken(t.Context(), turn, act)
	ok(t, err)
	lostToo, second, err := f.issueToken(t.Context(), turn, act) // killed again
	ok(t, err)
	token, third, err := f.issueToken(t.Context(), turn, act)
	ok(t, err)
	if first == second || second == third || lost == lostToo || lostToo == token {
		t.Errorf("invitations %s, %s, %s", first, second, third)
	}
	d.View(func(r *store.Record) {
		open := f.view(r, noon()).openInvitations()
		if len(open) != 1 || open[0].ID != third {
			t.Errorf("%d invitations are open, want %s alone", len(open), third)
		}
	})
	join := func(token string) error {
		_, err := d.Do(t.Context(), store.Stamp{By: store.ByPerson(stranger), At: noon()},
			store.Join{Hash: store.HashToken(token), Person: stranger, Name: "来访者"})
		return err
	}
	for _, gone := range []string{lost, lostToo} {
		if err := join(gone); !refusedFor(err, store.InvitationRevoked) {
			t.Errorf("a lost link still counts: %v", err)
		}
	}
	ok(t, join(token))
}
