package store

import (
	"bytes"
	"testing"
	"time"

	"paogai/scoring"
	"paogai/scoring/schemes"
)

// campaignOf is the record of a campaign of a built-in scheme for two units.
func campaignOf(t *testing.T, scheme, class string, units ...string) *Record {
	t.Helper()
	s, err := schemes.Load(scheme)
	if err != nil {
		t.Fatal(err)
	}
	r := NewRecord(schemes.Load)
	e := CampaignOpened{Scheme: scheme, Opens: s.InForce}
	for _, name := range units {
		e.Units = append(e.Units, UnitEntry{Name: name, Class: ID(class)})
	}
	r.must(t, s.InForce.Start(zone).Add(time.Hour), e)
	return r
}

func scoreOf(t *testing.T, r *Record, unit string, at time.Time) string {
	t.Helper()
	st, ok := scoring.NewBoard(r.Facts(), at).Unit(unit)
	if !ok {
		t.Fatalf("%s is not on the board", unit)
	}
	return st.Hold.String() + " " + st.Earned.String()
}

// wantRefused folds one event that must be refused and change nothing.
func (r *Record) wantRefused(t *testing.T, at time.Time, code string, e Event) {
	t.Helper()
	before := r.Digest()
	if _, err := r.next(at, e); codeOf(err) != code {
		t.Errorf("%+v: %v, want %s", e, err, code)
	}
	if !bytes.Equal(before, r.Digest()) {
		t.Errorf("%+v was refused and changed the record", e)
	}
}

func TestMeasurementsAndExternalScoresAreFolded(t *testing.T) {
	r := campaignOf(t, "zhejiang-2017", "", "甲县", "乙县")
	at := time.Date(2018, 1, 12, 9, 0, 0, 0, zone)
	r.must(t, at, MeasurementRecorded{"甲县", "realization", "1", *amount("98.5")})
	r.must(t, at, MeasurementRecorded{"乙县", "realization", "1", *amount("97")})
	r.must(t, at, ExternalScored{"甲县", "data-sharing", *amount("20.5")})
	// 40 in hand at the start, 0.4×20 for the first rank, 20.5 of 25 from outside
	if got := scoreOf(t, r, "甲县", at); got != "95.5 68.5" {
		t.Errorf("甲县 has %s", got)
	}
	before := r.Digest()
	undo, err := r.next(at, MeasurementRecorded{"乙县", "realization", "2", *amount("101")}, ExternalScored{"甲县", "data-sharing", *amount("25")})
	if err != nil {
		t.Fatal(err)
	}
	if bytes.Equal(before, r.Digest()) {
		t.Error("the digest does not tell a measurement")
	}
	undo()
	if !bytes.Equal(before, r.Digest()) {
		t.Error("undoing leaves something behind")
	}
	for code, e := range map[string]Event{
		NotMeasured:  MeasurementRecorded{"甲县", "data-sharing", "1", *amount("1")},
		UnknownUnit:  MeasurementRecorded{"丙县", "realization", "1", *amount("1")},
		UnknownRound: MeasurementRecorded{"甲县", "realization", "", *amount("1")},
		ItemPoints:   ExternalScored{"甲县", "data-sharing", *amount("25.01")},
	} {
		r.wantRefused(t, at, code, e)
	}
	r.wantRefused(t, at, ItemPoints, ExternalScored{"甲县", "data-sharing", *amount("-1")})
	r.wantRefused(t, at, NotMeasured, ExternalScored{"甲县", "realization", *amount("1")})
}

func TestFraudReopensAndRevokingRestores(t *testing.T) {
	r := campaignOf(t, "jilin-2018", "3", "市教育局", "市民政局")
	at := time.Date(2018, 8, 20, 9, 0, 0, 0, zone)
	accept := func(id ID, unit string, task ID) {
		r.must(t, at, SubmissionFiled{id, unit, task, 1, "办结", proof("x")}, SubmissionAccepted{id, date("2018-08-20")})
	}
	accept("S1", "市教育局", "70")
	accept("S2", "市民政局", "70")
	fraud := func(id, rule string, reopens ...ID) AdjustmentMade {
		return AdjustmentMade{Adjustment: ID(id), Unit: "市教育局", Rule: rule, Ref: id, Reason: "查实", Reopens: reopens}
	}
	r.wantRefused(t, at, UnknownSubmission, fraud("A1", "fraud", "S2")) // another unit's
	r.wantRefused(t, at, UnknownSubmission, fraud("A1", "fraud", "S9"))
	r.wantRefused(t, at, NotAccepted, fraud("A1", "fraud", "S1", "S1"))
	r.wantRefused(t, at, ReopensNothing, fraud("A1", "complaint-verified", "S1"))

	start := r.Digest()
	undo, err := r.next(at, fraud("A1", "fraud", "S1"))
	if err != nil {
		t.Fatal(err)
	}
	if s, _ := r.Submission("S1"); s.State != scoring.Reopened {
		t.Errorf("the submission is %s", s.State)
	}
	undo()
	if !bytes.Equal(start, r.Digest()) {
		t.Error("undoing leaves something behind")
	}
	r.must(t, at, fraud("A1", "fraud", "S1"))
	r.wantRefused(t, at, NotAccepted, fraud("A2", "fraud", "S1"))
	if got := scoreOf(t, r, "市教育局", at); got != "85 -15" {
		t.Errorf("after the fraud %s", got)
	}
	accept("S3", "市教育局", "70") // the milestone is open to be done again
	before := r.Digest()
	undo, err = r.next(at, AdjustmentRevoked{"A1", "查无实据"})
	if err != nil {
		t.Fatal(err)
	}
	undo()
	if !bytes.Equal(before, r.Digest()) {
		t.Error("undoing a revocation leaves something behind")
	}
	r.must(t, at, AdjustmentRevoked{"A1", "查无实据"})
	if got := scoreOf(t, r, "市教育局", at); got != "100 1.31" {
		t.Errorf("after the revocation %s", got)
	}
}
