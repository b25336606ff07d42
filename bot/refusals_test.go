package bot

import (
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"paogai/bot/text"
	"paogai/scoring/schemes"
	"paogai/store"
	"paogai/store/boltstore"
)

// desk is an empty campaign.
func desk(t *testing.T) *store.Desk {
	t.Helper()
	db, err := boltstore.Open(t.TempDir()+"/data", boltstore.Options{})
	ok(t, err)
	t.Cleanup(func() { ok(t, db.Close()) })
	d, err := store.NewDesk(t.Context(), store.DeskOptions{Journal: db, Schemes: schemes.Load})
	ok(t, err)
	return d
}

func TestEveryRefusalHasItsSentence(t *testing.T) {
	for _, code := range store.RefusalCodes() {
		if !text.Has("refusal." + code) {
			t.Errorf("no sentence for %s", code)
		}
	}
	for _, key := range text.Keys() {
		code, is := strings.CutPrefix(key, "refusal.")
		if is && code != "unsure" && !slices.Contains(store.RefusalCodes(), code) {
			t.Errorf("%s is the sentence of no refusal", key)
		}
	}
}

// place finds the places of the desk's own sentence, which are its arguments.
var argument = regexp.MustCompile(`\{(\w+)\}`)

func TestRefusalsFillTheirSentences(t *testing.T) {
	f := &front{desk: desk(t)}
	more := map[string][]string{ // arguments that the desk's sentence leaves out
		store.AlreadyWaiting: {"by", "at"}, store.RepeatedMatter: {"by", "at"}, store.BadTick: {"job", "at"},
		store.NotAllowed: {"role"}, store.AlreadyBound: {"purpose"},
	}
	for _, code := range store.RefusalCodes() {
		args := map[string]string{}
		names := more[code]
		for _, m := range argument.FindAllStringSubmatch((&store.Refusal{Code: code}).Error(), -1) {
			names = append(names, m[1])
		}
		for _, name := range names {
			args[name] = "1"
		}
		if args["role"] != "" {
			args["role"] = "liaison"
		}
		got := string(f.refusalText(&store.Refusal{Code: code, Args: args}))
		if strings.ContainsAny(got, "〔〕") {
			t.Errorf("%s: %s", code, got)
		}
	}
}

func TestArgumentsArePutIntoWords(t *testing.T) {
	f := &front{desk: desk(t)}
	no := &store.Refusal{Code: store.AlreadyDecided, Args: map[string]string{
		"submission": "S<3>", "state": "accepted", "by": "office:综合科", "at": "2018-08-31T16:20:05+08:00",
	}}
	want := "S&lt;3&gt; 已由跑改办 综合科于 2018年8月31日（周五）16:20:05 通过，不用再处理。"
	if got := string(f.refusalText(no)); got != want {
		t.Errorf("got %s", got)
	}
	no = &store.Refusal{Code: store.CompletedLate, Args: map[string]string{"completed_on": "2018-08-31", "filed": "2018-08-30"}}
	if got := string(f.refusalText(no)); !strings.Contains(got, "2018年8月31日（周五）") {
		t.Errorf("got %s", got)
	}
	no = &store.Refusal{Code: store.AlreadyJoined, Args: map[string]string{"name": "甲", "role": "liaison", "unit": "市教育局"}}
	if got := string(f.refusalText(no)); !strings.Contains(got, "联络员（市教育局）") {
		t.Errorf("got %s", got)
	}
	for name, value := range map[string]string{"role": "tg:7", "state": "odd", "purpose": "odd"} {
		f.look(time.Time{}, func(v view) {
			if got := v.argument(name, value); got != value {
				t.Errorf("%s %s: %v", name, value, got)
			}
		})
	}
}

func TestOnlyDecisionsAreExplained(t *testing.T) {
	f := &front{desk: desk(t)}
	for _, err := range []error{
		fmt.Errorf("wrapped: %w", &store.Refusal{Code: store.NotOpen}),
		fmt.Errorf("wrapped: %w", &EvidenceError{Code: EvidenceEmpty, Name: "a"}),
		fmt.Errorf("wrapped: %w", store.ErrUnknown),
	} {
		if c, ok := f.explain(err); !ok || c.HTML == "" {
			t.Errorf("%v is not explained", err)
		}
	}
	if _, ok := f.explain(errors.New("disk on fire")); ok {
		t.Error("a fault is explained")
	}
	if c := f.apology("AB12"); !strings.Contains(string(c.HTML), "编号 AB12") {
		t.Errorf("the apology is %s", c.HTML)
	}
}

func TestEveryRefusedFileHasItsSentence(t *testing.T) {
	for _, code := range []string{EvidenceEmpty, EvidenceTooBig, EvidenceUnwelcome, EvidenceNoPicture, EvidenceGone} {
		got := string(evidenceText(&EvidenceError{Code: code, Name: "<a>", Size: 5, MediaType: "x/y"}))
		if strings.ContainsAny(got, "〔〕") || !strings.Contains(got, "&lt;a&gt;") {
			t.Errorf("%s: %s", code, got)
		}
	}
}
