package reminders

import (
	"fmt"
	"testing"

	"paogai/scoring"
	"paogai/store"
)

// wholeCity is the campaign of all units, each with one liaison.
func wholeCity(b *testing.B) *office {
	b.Helper()
	o := newOffice(b, jilin(b, nil))
	o.do("office:test", store.OpenCampaign{Scheme: o.scheme.ID, Opens: date(b, "2018-08-20"), Units: []scoring.UnitRef{}})
	for i, u := range o.scheme.Units {
		o.join(int64(1000+i), store.Liaison, u.Name)
	}
	return o
}

// BenchmarkTick composes one tick for the whole city: on a day on which every
// unit is told something, and on one on which nobody is.
func BenchmarkTick(b *testing.B) {
	o := wholeCity(b)
	for _, day := range []string{"2018-08-31", "2018-09-20"} {
		at := moment(b, day+" 09:00")
		b.Run(day, func(b *testing.B) {
			var out told
			for b.Loop() {
				o.desk.View(func(r *store.Record) {
					out = compose(r, o.calendar, tick{last: at.AddDate(0, 0, -1), at: at, now: at})
				})
			}
			b.ReportMetric(float64(len(out.notices)), "notices")
		})
	}
}

// BenchmarkNextReminder searches from the middle of a quiet month.
func BenchmarkNextReminder(b *testing.B) {
	o := wholeCity(b)
	r := o.runner()
	o.at("2018-09-14 10:00")
	if err := r.Step(b.Context(), moment(b, "2018-08-20 08:00"), o.now); err != nil {
		b.Fatal(err)
	}
	found := ""
	for b.Loop() {
		at, _ := r.NextReminder(o.now)
		found = fmt.Sprint(at)
	}
	b.Log(found)
}
