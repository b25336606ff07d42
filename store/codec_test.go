package store

import (
	"bytes"
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"paogai/scoring"
)

// samples holds one event of each type, with every field set.
func samples() []Event {
	two := 2
	return []Event{
		CampaignOpened{"test", date("2018-08-20"), []UnitEntry{{"甲局", "1"}}, true, "id: test\n# 注\n"},
		SchemeAdopted{"b", "id: b\n", "改", "tg:2"},
		CampaignEnded{"tg:2"},
		PlanApproved{"甲局", map[string]Amount{"1": *amount("1.32"), "2": *amount("98.68")}},
		MilestoneDated{"3", 1, date("2018-11-30"), "补"},
		MilestoneRuled{"甲局", "1", 1, true, "查"},
		SubmissionFiled{"S1", "甲局", "1", 1, "做完了 <b> & \"", []Evidence{{hash("x"), "x.pdf", 3, "application/pdf", "f", "https://a.cn/?a=1&b=2"}}},
		SubmissionWithdrawn{"S1"},
		SubmissionReturned{"S1", "看不清"},
		SubmissionAccepted{"S1", date("2018-08-30")},
		AdjustmentMade{"A1", "甲局", "innovation", "事", "因", &two, amount("1.5"), "tg:2", []ID{"S1"}},
		AdjustmentRevoked{"A1", "错"},
		MeasurementRecorded{"甲局", "realization", "1", *amount("87.25")},
		ExternalScored{"甲局", "data-sharing", *amount("24.5")},
		InvitationIssued{"I1", hash("t"), Liaison, "甲局", Moment{t0}},
		InvitationTakenBack{"I1"},
		PersonJoined{11, "联络员", Liaison, "甲局", "I1"},
		PersonRemoved{11, "调离"},
		PersonReachable{11, false, "blocked"},
		ChatBound{-5, PurposeOffice, "跑改办群"},
		ChatUnbound{-5},
		ChatMigrated{-5, -1005},
		TickRun{"ladder", Moment{t0}},
		NoticeQueued{"n9-1", 11, NoticeDue, "甲局", "t3", "calm", "S1", 12, []scoring.Node{{Task: "1", Milestone: 1}}, []Moved{{"甲局", &Stood{"90", 2, "优秀"}, nil}}, 1},
		NoticeSettled{"n9-1", []int{7, 8}, "blocked"},
		NoticeRead{"n9-1", 11},
	}
}

func TestEveryTypeOfEventRoundTrips(t *testing.T) {
	var seen []string
	for _, event := range samples() {
		seen = append(seen, event.Type())
		e := Entry{Seq: 3, At: t0, By: "tg:1001", Cause: "u/7", Events: []Event{event}}
		line, err := e.MarshalLine()
		if err != nil {
			t.Fatal(err)
		}
		back, err := ParseLine(line)
		if err != nil {
			t.Fatalf("%s: %v", line, err)
		}
		again, err := back.MarshalLine()
		if err != nil || string(again) != string(line) {
			t.Errorf("read back as\n%s\nfrom\n%s\n%v", again, line, err)
		}
	}
	if slices.Sort(seen); !slices.Equal(seen, EventTypes()) {
		t.Errorf("samples are of %v, types are %v", seen, EventTypes())
	}
}

func TestThePublicFormIsAsDocumented(t *testing.T) {
	e := Entry{Seq: 17, At: time.Date(2018, 4, 28, 8, 20, 5, 0, time.UTC), By: "tg:1001", Events: []Event{
		SubmissionFiled{Submission: "S17", Unit: "甲局", Task: "1", Milestone: 1, Note: "好", Evidence: []Evidence{}},
		CampaignEnded{},
	}}
	line, err := e.MarshalLine()
	want := `{"seq":17,"at":"2018-04-28T16:20:05+08:00","by":"tg:1001","events":[` +
		`{"type":"submission.filed","submission":"S17","unit":"甲局","task":"1","milestone":1,"note":"好","evidence":[]},` +
		`{"type":"campaign.closed"}]}`
	if err != nil || string(line) != want {
		t.Errorf("wrote %s, %v", line, err)
	}
}

func TestReadingIsKindToNumbersAndTimes(t *testing.T) {
	for give, want := range map[string]string{
		`{"type":"submission.accepted","submission":17,"completed_on":"2018-08-31"}`:                            `"submission":"17"`,
		`{"type":"milestone.ruled","unit":"甲","task":20,"milestone":1,"late":false,"reason":""}`:                `"task":"20"`,
		`{"type":"adjustment.revoked","adjustment":5,"reason":"x"}`:                                             `"adjustment":"5"`,
		`{"type":"campaign.opened","scheme":"s","opens":"2018-08-15","units":[{"name":"a","class":3}]}`:         `"class":"3"`,
		`{"type":"plan.approved","unit":"甲","points":{"1":1.30,"2":"2.50"}}`:                                    `{"1":"1.3","2":"2.5"}`,
		`{"points":{"2":"0.0"},"unit":"甲","type":"plan.approved"}`:                                              `{"2":"0"}`,
		`{"type":"submission.filed","submission":1,"unit":"","task":1,"milestone":1,"note":"","evidence":null}`: `"evidence":null`,
	} {
		e, err := ParseLine([]byte(`{"seq":1,"at":"2018-08-20T01:00:00.25Z","by":"system","events":[ ` + give + ` ]}`))
		if err != nil {
			t.Errorf("%s: %v", give, err)
			continue
		}
		line, err := e.MarshalLine()
		if err != nil || !strings.Contains(string(line), want) {
			t.Errorf("%s was read as %s, %v", give, line, err)
		}
		if !strings.Contains(string(line), `"at":"2018-08-20T09:00:00.25+08:00"`) {
			t.Errorf("the fraction of a second was lost: %s", line)
		}
	}
}

func TestFaultsOfALineAreNamed(t *testing.T) {
	wrap := func(event string) string {
		return `{"seq":1,"at":"2018-08-20T09:00:00+08:00","by":"system","events":[` + event + `]}`
	}
	for line, want := range map[string]string{
		``:              "not one JSON object",
		`[]`:            "not a JSON object",
		`{"seq":1`:      "not one JSON object: unexpected EOF",
		"\xff\xfe{\x00": "not UTF-8",
		`{"seq":1,"at":"2018-08-20T09:00:00+08:00","by":"system"}`:                                                                                  `field "events" is missing`,
		`{"seq":0,"at":"2018-08-20T09:00:00+08:00","by":"system","events":[{"type":"campaign.closed"}]}`:                                            "seq must be",
		`{"seq":-1,"at":"2018-08-20T09:00:00+08:00","by":"system","events":[]}`:                                                                     `"seq" cannot hold a JSON number`,
		`{"seq":1,"seq":2,"at":"2018-08-20T09:00:00+08:00","by":"system","events":[]}`:                                                              `field "seq" stands twice`,
		`{"seq":1,"at":"2018-08-20 09:00","by":"system","events":[]}`:                                                                               "is not a time like",
		`{"seq":1,"at":"2018-02-30T09:00:00+08:00","by":"system","events":[]}`:                                                                      "is not a time like",
		`{"seq":1,"at":"2018-08-20T09:00:00+08:00","by":"tg:01","events":[]}`:                                                                       "by is",
		`{"seq":1,"at":"2018-08-20T09:00:00+08:00","by":"office: ","events":[]}`:                                                                    "by is",
		`{"seq":1,"at":"2018-08-20T09:00:00+08:00","by":"system","events":[]}`:                                                                      "events is empty",
		`{"seq":1,"at":"2018-08-20T09:00:00+08:00","by":"system","events":{}}`:                                                                      `"events" cannot hold a JSON object`,
		`{"Seq":1,"at":"2018-08-20T09:00:00+08:00","by":"system","events":[]}`:                                                                      `unknown field "Seq"`,
		`{"seq":1,"at":"2018-08-20T09:00:00+08:00","by":"system","cause":"` + strings.Repeat("x", 300) + `","events":[{"type":"campaign.closed"}]}`: "cause is longer",
		wrap(`{"type":"campaign.closed"}`) + `{}`:                                                                                                   "not one JSON object: more follows after its end",
		wrap(`{}`):                      "event 1: it has no type",
		wrap(`7`):                       "event 1: it is not a JSON object but 7",
		wrap(`{"type":"plan.guessed"}`): `unknown event type "plan.guessed"`,
		wrap(`{"type":"campaign.closed","why":1}`):                                                                    `campaign.closed: unknown field "why"`,
		wrap(`{"type":"submission.withdrawn"}`):                                                                       `field "submission" is missing`,
		wrap(`{"type":"submission.withdrawn","submission":"1","submission":"2"}`):                                     "stands twice",
		wrap(`{"type":"submission.withdrawn","submission":null}`):                                                     "is null",
		wrap(`{"type":"submission.withdrawn","submission":1.5}`):                                                      "a string or a whole number",
		wrap(`{"type":"submission.withdrawn","submission":{"a":1}}`):                                                  "a string or a whole number",
		wrap(`{"type":"plan.approved","unit":"甲","points":{"1":"50","1":"50"}}`):                                      `plan.approved: field "points.1" stands twice`,
		wrap(`{"type":"plan.approved","unit":"甲","points":{"1":"NaN"}}`):                                              "NaN",
		wrap(`{"type":"plan.approved","unit":"甲","points":{"1":1e400}}`):                                              "1e400",
		wrap(`{"type":"plan.approved","unit":"甲","points":[]}`):                                                       "cannot hold a JSON array",
		wrap(`{"type":"submission.accepted","submission":"S1","completed_on":"2018-02-30"}`):                          "2018-02-30",
		wrap(`{"type":"submission.accepted","submission":"S1","completed_on":20180230}`):                              "completed_on",
		wrap(`{"type":"campaign.opened","scheme":"s","opens":"2018-08-15","units":[{"name":"a","class":"1","x":1}]}`): `unknown field "units[0].x"`,
		wrap(`{"type":"milestone.ruled","unit":"甲","task":"1","milestone":1,"reason":"x"}`):                           `field "late" is missing`,
		wrap(`{"type":"milestone.ruled","unit":"甲","task":"1","milestone":1.5,"late":true,"reason":"x"}`):             `"milestone" cannot hold`,
	} {
		_, err := ParseLine([]byte(line))
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s\nsaid %v, want %q", line, err, want)
		}
	}
}

func TestAnEntryTooBigIsRefused(t *testing.T) {
	long := Entry{Seq: 1, At: t0, By: System, Events: []Event{PersonRemoved{1, strings.Repeat("x", MaxLine)}}}
	if _, err := long.MarshalLine(); err == nil {
		t.Error("a line over the bound was written")
	}
	if _, err := ParseLine(make([]byte, MaxLine+1)); err == nil {
		t.Error("a line over the bound was read")
	}
	if _, err := (Entry{Seq: 1, At: t0, By: System, Events: []Event{nil}}).MarshalLine(); err == nil {
		t.Error("an entry with no event inside was written")
	}
	if _, err := (Entry{Seq: 1, At: time.Date(12018, 1, 1, 0, 0, 0, 0, zone), By: System}).MarshalLine(); err == nil {
		t.Error("a year of five digits was written")
	}
}

// FuzzParseLine holds the codec to its promise on any bytes: no panic, and what
// is read is written back the same from then on.
func FuzzParseLine(f *testing.F) {
	for i, event := range samples() {
		line, err := Entry{Seq: uint64(i + 1), At: t0, By: System, Events: []Event{event}}.MarshalLine()
		if err != nil {
			f.Fatal(err)
		}
		f.Add(line)
	}
	f.Add([]byte(`{"seq":1,"at":"2018-08-20T09:00:00.000000001+08:00","by":"office:甲","events":[{"type":"campaign.closed"}]} `))
	f.Fuzz(func(t *testing.T, data []byte) {
		e, err := ParseLine(data)
		if err != nil {
			if strings.ContainsAny(err.Error(), "\n\r") && !strings.ContainsAny(string(data), "\n\r") {
				t.Errorf("an error of two lines: %q", err)
			}
			return
		}
		line, err := e.MarshalLine()
		if err != nil {
			t.Fatalf("read but cannot be written: %v", err)
		}
		back, err := ParseLine(line)
		if err != nil {
			t.Fatalf("written but cannot be read: %s: %v", line, err)
		}
		again, err := back.MarshalLine()
		if err != nil || string(again) != string(line) {
			t.Fatalf("%s became %s, %v", line, again, err)
		}
	})
}

// FuzzReadJournal holds reading a whole file to its promise on any bytes: no
// panic, a fault is one line that names its line, and what is read imports to
// the same record and exports to a file that reads the same again.
func FuzzReadJournal(f *testing.F) {
	text := busy(f).text()
	f.Add([]byte(text))
	f.Add([]byte("\ufeff" + strings.ReplaceAll(text[strings.Index(text, "\n")+1:], "\n", "\r\n")))
	var all []byte
	for i, event := range samples() {
		line, err := Entry{Seq: uint64(i + 1), At: t0, By: System, Events: []Event{event}}.MarshalLine()
		if err != nil {
			f.Fatal(err)
		}
		all = append(append(all, line...), '\n')
	}
	f.Add(all)
	f.Fuzz(func(t *testing.T, data []byte) {
		r, err := ReadJournal(bytes.NewReader(data), oneScheme(), time.Time{})
		if err != nil {
			var fault *LineError
			if !errors.As(err, &fault) || fault.Line < 1 || fault.Line > 1+bytes.Count(data, []byte("\n")) || strings.ContainsAny(err.Error(), "\n\r") {
				t.Errorf("said %q", err)
			}
			return
		}
		into := newMemory()
		head, err := Import(t.Context(), into, bytes.NewReader(data), oneScheme())
		if err != nil || head.Seq != r.head.Seq {
			t.Fatalf("read, and imported to %d: %v", head.Seq, err)
		}
		again, err := ReadJournal(strings.NewReader(into.text()), oneScheme(), time.Time{})
		if err != nil {
			t.Fatalf("exported and not read: %v", err)
		}
		again.head, r.head = Position{}, Position{} // the bytes may differ in blanks
		if !bytes.Equal(again.Digest(), r.Digest()) {
			t.Fatalf("%s\nbecame\n%s", data, into.text())
		}
	})
}

func BenchmarkParseLine(b *testing.B) {
	line, err := Entry{Seq: 3, At: t0, By: "tg:1001", Cause: "u/7", Events: []Event{samples()[5]}}.MarshalLine()
	if err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		if _, err := ParseLine(line); err != nil {
			b.Fatal(err)
		}
	}
}
