package main

import (
	"fmt"
	"maps"
	"math/rand/v2"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"paogai/store/storetest"
)

// kills is how often the program is killed in the scripted week.
const kills = 50

// TestAKilledWeekEndsLikeAnUndisturbedOne kills the whole program at 50 seeded
// moments of a scripted week, on each durable store, and compares what it
// leaves with an undisturbed run: the journal, the board and every chat. The
// one difference allowed is that a message in flight came twice.
func TestAKilledWeekEndsLikeAnUndisturbedOne(t *testing.T) {
	wanted := playWeek(t, nil, "--data", t.TempDir())
	stores := map[string]func(t *testing.T) []string{
		"bbolt": func(*testing.T) []string { return nil },
	}
	if storetest.HaveRedis(t) {
		stores["redis"] = func(t *testing.T) []string { return []string{"--store", storetest.StartRedis(t).URL} }
	}
	for name, options := range stores {
		t.Run(name, func(t *testing.T) {
			plan := moments(rand.New(rand.NewPCG(20180831, uint64(len(name)))), wanted.took)
			got := playWeek(t, plan, append([]string{"--data", t.TempDir()}, options(t)...)...)
			got.compare(t, wanted)
		})
	}
}

// moments draws when to kill, evenly over the time that the week took: for
// each action, how long after its beginning.
func moments(rng *rand.Rand, took []time.Duration) map[int][]time.Duration {
	var whole time.Duration
	for _, d := range took {
		whole += d
	}
	plan := map[int][]time.Duration{}
	for range kills {
		at, i := time.Duration(rng.Int64N(int64(whole))), 0
		for at >= took[i] {
			at -= took[i]
			i++
		}
		plan[i] = append(plan[i], at)
	}
	return plan
}

// outcome is what a week left behind, and how long each of its actions took.
type outcome struct {
	took    []time.Duration
	journal []string
	board   string
	chats   map[int64][]string // what the bot says in each, by chat
	shown   map[int64]string   // what it said there after each action: some of it was edited later
}

// playWeek plays the week, killing the program after the planned delays into
// each action.
func playWeek(t *testing.T, plan map[int][]time.Duration, args ...string) outcome {
	t.Helper()
	p := startProgram(t, args...)
	var took []time.Duration
	shown := map[int64]string{}
	for i, a := range week() {
		begun := time.Now()
		killed := make(chan struct{})
		go func() {
			defer close(killed)
			for _, delay := range plan[i] {
				<-time.After(delay)
				p.kill()
			}
		}()
		a.do(p)
		<-killed
		took = append(took, time.Since(begun))
		p.note(shown)
	}
	p.quiet()
	if p.kills != count(plan) {
		t.Errorf("killed %d times, planned %d", p.kills, count(plan))
	}
	o := outcome{chats: p.chats(), took: took, shown: shown}
	p.stop(os.Interrupt)
	s := newSession(t)
	o.journal = normal(s.ok(append([]string{"journal", "export"}, storeArgs(args)...)...))
	o.board = s.ok(append([]string{"board", "--json", "--at", "2018-09-04T09:00:00+08:00"}, storeArgs(args)...)...)
	if logged := p.log.String(); strings.Contains(logged, "level=ERROR") {
		t.Errorf("errors in the log:\n%s", logged)
	}
	return o
}

// note adds what stands in the played chats now.
func (p *program) note(shown map[int64]string) {
	p.t.Helper()
	for _, chat := range []int64{education, planning, yongji, petro, clerkA, clerkB, office} {
		p.until("read the chats", func() (bool, error) {
			messages, err := p.chat(chat, 60)
			for _, m := range messages {
				if !m.Out && !strings.Contains(shown[chat], m.Body()) {
					shown[chat] += m.Body() + "\n\n"
				}
			}
			return err == nil, err
		})
	}
}

func count(plan map[int][]time.Duration) int {
	n := 0
	for _, delays := range plan {
		n += len(delays)
	}
	return n
}

// storeArgs name the rehearsal's store to the other commands.
func storeArgs(args []string) []string {
	if slices.Contains(args, "--store") {
		return append(slices.Clone(args), "--campaign", "rehearsal")
	}
	return args
}

// What may differ between two runs of the same week: the update behind an act,
// and the numbers of the messages that a notice became.
var (
	causes   = regexp.MustCompile(`"cause":"[^"]*",?`)
	messages = regexp.MustCompile(`"messages":\[[0-9,]*\]`)
)

// normal is the journal without what may differ.
func normal(export string) []string {
	export = causes.ReplaceAllString(export, "")
	return strings.Split(strings.TrimSpace(messages.ReplaceAllString(export, `"messages":[]`)), "\n")
}

// chats is everything that the bot says in every chat, as it stands now.
func (p *program) chats() map[int64][]string {
	p.t.Helper()
	var state struct {
		People, Groups []struct {
			ID int64 `json:"id"`
		}
	}
	if err := p.get("/page/state", &state); err != nil {
		p.t.Fatal(err)
	}
	all := map[int64][]string{}
	for _, c := range slices.Concat(state.People, state.Groups) {
		list, err := p.chat(c.ID, 1000)
		if err != nil {
			p.t.Fatal(err)
		}
		for _, m := range list {
			if !m.Out {
				all[c.ID] = append(all[c.ID], m.Body())
			}
		}
	}
	return all
}

// compare fails for every difference but repeats of messages, which it counts.
func (o outcome) compare(t *testing.T, wanted outcome) {
	t.Helper()
	for i := range max(len(o.journal), len(wanted.journal)) {
		if i >= len(o.journal) || i >= len(wanted.journal) || o.journal[i] != wanted.journal[i] {
			t.Fatalf("the journals part at entry %d of %d and %d:\n got %s\nwant %s", i+1, len(o.journal), len(wanted.journal), at(o.journal, i), at(wanted.journal, i))
		}
	}
	if o.board != wanted.board {
		t.Errorf("the boards differ:\n%s\n%s", o.board, wanted.board)
	}
	repeats := 0
	for _, chat := range slices.Sorted(maps.Keys(wanted.chats)) {
		repeats += wanted.repeated(t, chat, o.chats[chat])
	}
	t.Logf("%d kills: %d entries the same, %d messages came twice", kills, len(o.journal), repeats)
}

func at(lines []string, i int) string {
	if i >= len(lines) {
		return "(none)"
	}
	return lines[i]
}

// undecided is the head of an office card before its submission was decided.
var undecided = regexp.MustCompile(`^待审申报　(S[0-9]+)\n`)

// repeated counts the messages that stand once more than wanted; one that is
// missing, or that was never shown, fails. A message that came twice because of
// a kill keeps, the first time, the words that it had: the bot was killed before
// it wrote down which message to edit.
func (o outcome) repeated(t *testing.T, chat int64, got []string) int {
	t.Helper()
	want := o.chats[chat]
	left := map[string]int{}
	for _, text := range want {
		left[text]++
	}
	n := 0
	for _, text := range got {
		if _, known := left[text]; !known && !strings.Contains(o.shown[chat], text) {
			card := undecided.FindStringSubmatch(text)
			if card == nil || !slices.ContainsFunc(want, func(w string) bool { return regexp.MustCompile(card[1] + `\b`).MatchString(w) }) {
				t.Errorf("chat %d: never wanted: %s", chat, text)
			}
		}
		if left[text]--; left[text] < 0 {
			n++
		}
	}
	for text, missing := range left {
		if missing > 0 {
			t.Errorf("chat %d: missing %d times: %s", chat, missing, fmt.Sprintf("%.200s", text))
		}
	}
	return n
}
