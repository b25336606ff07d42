package store

import (
	"bufio"
	"errors"
	"io"
	"strings"
	"testing"
	"time"
)

// TestEachFaultOfAJournalIsNamedInOneLine holds reading to its promise on what
// a person may get wrong in a journal kept by hand.
func TestEachFaultOfAJournalIsNamedInOneLine(t *testing.T) {
	const opening = `{"seq":1,"at":"2018-08-20T09:00:00+08:00","by":"system","events":[{"type":"campaign.opened","scheme":"test","opens":"2018-08-20"}]}` + "\n"
	const filing = `{"seq":2,"at":"2018-08-20T10:00:00+08:00","by":"tg:11","events":[` +
		`{"type":"submission.filed","submission":"S1","unit":"甲局","task":"1","milestone":1,"note":"","evidence":[]},` +
		`{"type":"submission.filed","submission":"S2","unit":"甲局","task":"1","milestone":1,"note":"","evidence":[]}]}` + "\n"
	entry := func(seq, event string) string {
		return `{"seq":` + seq + `,"at":"2018-08-20T11:00:00+08:00","by":"office:甲","events":[` + event + `]}` + "\n"
	}
	accepted := func(id string) string {
		return `{"type":"submission.accepted","submission":"` + id + `","completed_on":"2018-08-20"}`
	}
	for text, want := range map[string]string{
		opening + entry("3", accepted("S1")): "line 2: seq is 3 where 2 comes next",
		opening + filing + `{"seq":3,"at":"2018-08-20T09:59:59+08:00","by":"system","events":[` + accepted("S1") + `]}`: "line 3: at goes back",
		opening + entry("2", `{"type":"plan.approvd","unit":"甲局","points":{"1":"100"}}`):                                `line 2: event 1: unknown event type "plan.approvd"`,
		opening + entry("2", `{"type":"plan.approved","unit":"丁局","points":{"1":"100"}}`):                               "line 2: plan.approved: there is no unit 丁局",
		opening + filing + entry("3", accepted("S1")) + entry("4", accepted("S1")):                                      "line 4: submission.accepted: ",
		opening + filing + entry("3", accepted("S1")) + "\n\n" + entry("4", accepted("S2")):                             "line 6: submission.accepted: the milestone is done",
		opening + entry("2", `{"type":"plan.approved","unit":"甲局","points":{"1":"50","2":"49.99"}}`):                    "99.99",
		opening + entry("2", `{"type":"plan.approved","unit":"甲局","points":{"1":1e400}}`):                               `line 2: event 1: plan.approved: field "points.1": "1e400"`,
		opening + entry("2", `{"type":"plan.approved","unit":"甲局","points":{"1":"NaN"}}`):                               `line 2: event 1: plan.approved: field "points.1": "NaN"`,
		opening + entry("2", `{"type":"plan.approved","unit":"甲局","points":{"1":NaN}}`):                                 "line 2: the line is not one JSON object: invalid character 'N'",
		opening + entry("1e400", accepted("S1")):                                                                        `line 2: field "seq" cannot hold a JSON number`,
		opening + entry("18446744073709551616", accepted("S1")):                                                         `line 2: field "seq" cannot hold`,
		opening + entry("2", strings.Repeat("[", 1<<20)):                                                                "line 2: the line is not one JSON object: exceeded max depth",
		opening + entry("2", `{"x":`+strings.Repeat(`{"a":`, 1<<20)):                                                    "line 2: the line is not one JSON object: exceeded max depth",
		opening + entry("2", strings.Repeat(`{"type":"campaign.closed"},`, MaxEvents)+`{"type":"campaign.closed"}`):     "line 2: events holds more than",
		"\x1f\x8b\x08\x00\xff gzip": "line 1: the line is not UTF-8 text",
		"seq,at,by\n1,2,3":          "line 1: the line is not one JSON object: invalid character 's'",
		`{"seq":1,"at":"2018-08-20T09:00:00+08:00","by":"system","events":[{"type":"person.removed","person":1,"reason":"\ud800"}]}`: "line 1: the line is not one JSON object: invalid",
		opening + `{"seq":2`: "line 2: the line is not one JSON object: unexpected EOF",
	} {
		_, err := ReadJournal(strings.NewReader(text), oneScheme(), time.Time{})
		if err == nil || !strings.HasPrefix(err.Error(), "line ") || !strings.Contains(err.Error(), want) || strings.ContainsAny(err.Error(), "\n\r") || len(err.Error()) > 400 {
			t.Errorf("%.300s\nsaid %v, want %s", text, err, want)
		}
	}
}

// TestAnEndlessLineIsRefusedEarly reads no more of it than an entry may have.
func TestAnEndlessLineIsRefusedEarly(t *testing.T) {
	var read int
	_, err := ReadJournal(bufio.NewReader(&endless{&read}), oneScheme(), time.Time{})
	var fault *LineError
	if !errors.As(err, &fault) || fault.Line != 1 || read > MaxLine+1<<20 {
		t.Errorf("%v after %d bytes", err, read)
	}
}

type endless struct{ read *int }

func (e *endless) Read(p []byte) (int, error) {
	for i := range p {
		p[i] = '{'
	}
	if *e.read += len(p); *e.read > 10*MaxLine {
		return 0, io.ErrUnexpectedEOF
	}
	return len(p), nil
}
