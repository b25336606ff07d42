package store

import (
	"bytes"
	"context"
	"errors"
	"strings"
	"testing"
	"time"
)

// busy is a journal of a campaign in which a little of everything happened.
func busy(t testing.TB) *memory {
	t.Helper()
	m := newMemory()
	d := opened(t, m)
	at := t0
	step := func(by string, a Act) {
		at = at.Add(time.Hour)
		if _, err := d.Do(context.Background(), Stamp{By: by, At: at}, a); err != nil {
			t.Fatal(err)
		}
	}
	step("tg:11", file("甲局", "1", 1, "做完\n第二行"))
	step("tg:32", AcceptSubmission{Submission: "S20"})
	step("tg:21", file("乙局", "1", 1, "b"))
	step("tg:32", MakeAdjustment{Unit: "乙局", Rule: "lead", Ref: "事", Reason: "因"})
	return m
}

func TestWhatIsExportedImportsTheSame(t *testing.T) {
	m := busy(t)
	var out bytes.Buffer
	if err := Export(t.Context(), m, &out); err != nil || out.String() != m.text() {
		t.Fatalf("exported %s, %v", out.String(), err)
	}
	text := out.String()
	for name, form := range map[string]string{
		"as it is":             text,
		"by an editor":         "\ufeff" + strings.ReplaceAll(text, "\n", "\r\n") + "\r\n\r\n",
		"without the last end": strings.TrimSuffix(text, "\n"),
		"with blanks":          strings.ReplaceAll(text, `,"by":`, `, "by" : `),
	} {
		into := newMemory()
		head, err := Import(t.Context(), into, strings.NewReader(form), oneScheme())
		if err != nil || head != m.head() {
			t.Errorf("%s: head %v, %v", name, head, err)
		}
		if digestOf(newDesk(t, into)) != digestOf(newDesk(t, m)) {
			t.Errorf("%s: another record", name)
		}
	}
	if _, err := Import(t.Context(), m, strings.NewReader(text), oneScheme()); !errors.Is(err, ErrNotEmpty) {
		t.Errorf("imported over another journal: %v", err)
	}
	if head, err := Verify(t.Context(), m, oneScheme()); err != nil || head != m.head() {
		t.Errorf("verified to %v, %v", head, err)
	}
}

func TestAFaultyFileIsNamedByLineAndLeavesNothing(t *testing.T) {
	good := strings.SplitAfter(busy(t).text(), "\n")
	with := func(line int, text string) string {
		lines := append([]string{}, good...)
		lines[line-1] = text + "\n"
		return strings.Join(lines, "")
	}
	for want, text := range map[string]string{
		"line 3: the line is not one JSON object": with(3, `{"seq":3`),
		"line 3: seq is 3 where 2 comes next":     with(2, ""),
		"line 1: seq is 2 where 1 comes next":     strings.Join(good[1:], ""),
		"line 20: at goes back": with(20, `{"seq":20,"at":"2018-08-19T09:00:00+08:00","by":"system",`+
			`"events":[{"type":"tick.run","job":"x","at":"2018-08-20T09:00:00+08:00"}]}`),
		"line 20: event 1: unknown event type": with(20, `{"seq":20,"at":"2018-08-20T10:00:00+08:00","by":"system","events":[{"type":"x"}]}`),
		"line 21: submission.accepted: there is no submission S20": with(20,
			`{"seq":20,"at":"2018-08-20T10:00:00+08:00","by":"system","events":[{"type":"chat.bound","chat":-1,"purpose":"office","title":""}]}`),
		"line 20: chat.bound: the chat -1 cannot be bound as a b": with(20,
			`{"seq":20,"at":"2018-08-20T10:00:00+08:00","by":"system","events":[{"type":"chat.bound","chat":-1,"purpose":"a\nb","title":""}]}`),
		"line 1: it is longer than":     strings.Repeat(" ", MaxLine+3),
		"line 2: the line is not UTF-8": with(2, "\xff\xfe{"),
	} {
		into := newMemory()
		_, err := Import(t.Context(), into, strings.NewReader(text), oneScheme())
		if err == nil || !strings.HasPrefix(err.Error(), want) || strings.Contains(err.Error(), "\n") {
			t.Errorf("said %v, want %s", err, want)
		}
		var at *LineError
		if !errors.As(err, &at) || len(into.lines) != 0 {
			t.Errorf("%s: %d entries were imported", want, len(into.lines))
		}
		if _, err := ReadJournal(strings.NewReader(text), oneScheme(), time.Time{}); err == nil || !strings.HasPrefix(err.Error(), want) {
			t.Errorf("reading said %v, want %s", err, want)
		}
	}
}

func TestReadingAJournalAsOfAMoment(t *testing.T) {
	text := busy(t).text()
	for hours, want := range map[int]struct{ submissions, seq int }{
		-1: {0, 0}, 0: {0, 19}, 1: {1, 20}, 2: {1, 21}, 3: {2, 22}, 9: {2, 23},
	} {
		r, err := ReadJournal(strings.NewReader(text), oneScheme(), t0.Add(time.Duration(hours)*time.Hour))
		if err != nil || len(r.Submissions()) != want.submissions || int(r.Head().Seq) != want.seq {
			t.Errorf("after %d hours: %d submissions, entry %d, %v", hours, len(r.Submissions()), r.Head().Seq, err)
		}
	}
	// What comes after the moment does not count, but has to be well formed.
	for what, with := range map[string]string{`"seq":22`: `"seq":29`, `"adjustment.made"`: `"x"`, `T12:00`: `T07:00`} {
		broken := strings.Replace(text, what, with, 1)
		if _, err := ReadJournal(strings.NewReader(broken), oneScheme(), t0); broken == text || err == nil {
			t.Errorf("%s for %s was let pass", with, what)
		}
	}
	if _, err := ReadJournal(&torn{}, oneScheme(), t0); err == nil || !strings.Contains(err.Error(), "disk on fire") {
		t.Errorf("a torn file: %v", err)
	}
	if r, err := ReadJournal(strings.NewReader(""), oneScheme(), t0); err != nil || r.Facts() != nil {
		t.Errorf("an empty file: %v", err)
	}
}

type torn struct{}

func (torn) Read([]byte) (int, error) { return 0, errors.New("disk on fire") }

func TestFaultsWhileExportingAndVerifying(t *testing.T) {
	m := busy(t)
	if err := Export(t.Context(), m, failing{}); err == nil {
		t.Error("a full disk was not told")
	}
	m.lines[4] = bytes.Replace(m.lines[4], []byte("2018"), []byte("2019"), 1)
	if head, err := Verify(t.Context(), m, oneScheme()); !errors.Is(err, ErrDamaged) || head.Seq != 4 {
		t.Errorf("a changed line: verified to %d, %v", head.Seq, err)
	}
	full := &refusing{newMemory(), errors.New("disk full")}
	if _, err := Import(t.Context(), full, strings.NewReader(busy(t).text()), oneScheme()); err == nil || !strings.Contains(err.Error(), "before entry 1") {
		t.Errorf("a full disk: %v", err)
	}
}

type failing struct{}

func (failing) Write([]byte) (int, error) { return 0, errors.New("disk full") }
