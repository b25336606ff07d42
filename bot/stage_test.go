package bot_test

import (
	"bytes"
	"context"
	"fmt"
	"image"
	"image/color"
	"image/jpeg"
	"log/slog"
	"net/http/httptest"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"paogai/bot"
	"paogai/bot/sandbox"
	"paogai/bot/sandbox/sandboxtest"
	"paogai/reminders"
	"paogai/scoring"
	"paogai/scoring/schemes"
	"paogai/store"
	"paogai/store/archive"
	"paogai/store/boltstore"
)

// The people and the group of the stage.
const (
	edu      = int64(1001) // 联络员, 市教育局
	county   = int64(1002) // 联络员, 永吉县
	clerkA   = int64(2001) // 跑改办
	clerkEdu = int64(2002) // 跑改办, of 市教育局
	clerkB   = int64(2003) // 跑改办
	leader   = int64(3001) // 领导
	nobody   = int64(9001) // has not joined
	another  = int64(9002) // has not joined either
	group    = int64(-501)
	lounge   = int64(-502)

	stageToken = "700001:stage-token"
)

// stage is a whole bot on a campaign of the Jilin method that opens on
// 2018-08-20, talking to people through the sandbox.
type stage struct {
	*sandboxtest.Client
	t      *testing.T
	server *sandbox.Server
	desk   *store.Desk
	bot    *bot.Bot
	sender *reminders.Sender
	runner *reminders.Runner
	clock  *clock
	log    *faults
}

// clock is the time of the stage, moved by hand.
type clock struct {
	mu  sync.Mutex
	now time.Time
}

func (c *clock) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.now
}

func (c *clock) set(t time.Time) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.now = t
}

// faults keeps what is logged at all as a warning or worse.
type faults struct {
	mu    sync.Mutex
	lines bytes.Buffer
}

func (f *faults) Write(p []byte) (int, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.lines.Write(p)
}

// at is a moment in Jilin.
func at(words string) time.Time {
	t, err := time.ParseInLocation(time.DateTime, words, time.FixedZone("CST", 8*3600))
	if err != nil {
		panic(err)
	}
	return t
}

// open sets the stage. An unexpected message, a refusal by the sandbox or a
// warning in the log fails the test.
func open(t *testing.T) *stage {
	t.Helper()
	s := &stage{t: t, clock: &clock{now: at("2018-08-20 10:00:00")}, log: &faults{}}
	log := slog.New(slog.NewTextHandler(s.log, &slog.HandlerOptions{Level: slog.LevelWarn}))
	var err error
	s.server, err = sandbox.New(sandbox.Config{
		Token: stageToken, BotName: "跑改办", BotUsername: "paogai_bot", Now: s.clock.Now,
		OnRefusal: func(method, why string) { t.Errorf("the sandbox refused %s: %s", method, why) },
	})
	must(t, err)
	s.cast()
	web := httptest.NewServer(s.server.Handler())
	t.Cleanup(web.Close)
	t.Cleanup(func() { must(t, s.server.Close()) }) // before the web: it ends what is still asked for
	db, err := boltstore.Open(filepath.Join(t.TempDir(), "data"), boltstore.Options{})
	must(t, err)
	t.Cleanup(func() { must(t, db.Close()) })
	s.desk, err = store.NewDesk(t.Context(), store.DeskOptions{Journal: db, Schemes: schemes.Load})
	must(t, err)
	s.campaign()
	files, err := archive.Open(t.TempDir())
	must(t, err)
	calendar, err := reminders.Embedded()
	must(t, err)
	s.Client = sandboxtest.Open(t, s.server)
	s.bot, err = bot.New(t.Context(), bot.Options{
		Token: stageToken, BaseURL: web.URL, Desk: s.desk, Drafts: db, Inbox: db, Archive: files,
		Calendar: calendar, Now: s.clock.Now, Log: log, AlbumWait: 20 * time.Millisecond,
	})
	must(t, err)
	s.sender = reminders.NewSender(reminders.SenderOptions{
		Desk: s.desk, Leases: db, Courier: s.bot, Now: s.clock.Now, Holder: "stage", Log: log,
	})
	s.runner, err = reminders.New(reminders.Options{Desk: s.desk, Calendar: calendar, Now: s.clock.Now, Log: log})
	must(t, err)
	s.run()
	return s
}

// run starts the bot, and stops it with the test.
func (s *stage) run() {
	ctx, cancel := context.WithCancel(context.WithoutCancel(s.t.Context()))
	ended := make(chan error, 1)
	go func() { ended <- s.bot.Run(ctx) }()
	s.t.Cleanup(func() {
		s.quiet()
		cancel()
		must(s.t, <-ended)
	})
}

// cast puts the people into the sandbox.
func (s *stage) cast() {
	for id, name := range map[int64]string{
		edu: "市教育局联络员", county: "永吉县联络员", clerkA: "跑改办甲", clerkEdu: "跑改办丙", clerkB: "跑改办乙", leader: "市领导", nobody: "来访者", another: "来访者乙",
	} {
		must(s.t, s.server.AddPerson(sandbox.Person{ID: id, Name: name}))
	}
	everybody := []int64{edu, clerkA, clerkEdu, clerkB, leader, nobody}
	must(s.t, s.server.AddGroup(sandbox.Group{ID: group, Title: "跑改办工作群", Members: everybody, BotMember: true}))
	must(s.t, s.server.AddGroup(sandbox.Group{ID: lounge, Title: "领导群", Members: everybody, BotMember: true}))
}

// campaign opens it with two approved plans.
func (s *stage) campaign() {
	s.office(store.OpenCampaign{Scheme: "jilin-2018", Opens: scoring.Date{Year: 2018, Month: 8, Day: 20}})
	s.plan("市教育局", "49:20", "70:10", "71:10", "72:10", "34:20", "27:10", "20:10", "6:10")
	s.plan("永吉县", "70:50", "71:50")
}

func (s *stage) plan(unit string, shares ...string) {
	points := map[string]scoring.Points{}
	for _, share := range shares {
		task, amount, _ := strings.Cut(share, ":")
		p, err := scoring.ParsePoints(amount)
		must(s.t, err)
		points[task] = p
	}
	s.office(store.ApprovePlan{Unit: unit, Points: points})
}

// office lets the office act from the command line.
func (s *stage) office(a store.Act) store.Entry {
	s.t.Helper()
	e, err := s.desk.Do(s.t.Context(), store.Stamp{By: "office:root", At: s.clock.Now()}, a)
	must(s.t, err)
	return e
}

// invite makes a way in and returns its token.
func (s *stage) invite(role store.Role, unit string) string {
	s.t.Helper()
	token := "token-" + strconv.Itoa(int(s.head())+1)
	s.office(store.IssueInvitation{
		Hash: store.HashToken(token), Role: role, Unit: unit, Expires: s.clock.Now().AddDate(0, 0, 7),
	})
	return token
}

// joined are people who are in already; each has opened the bot.
func (s *stage) joined(ids ...int64) []*sandboxtest.Person {
	s.t.Helper()
	names := map[int64]store.Person{
		edu: {Name: "市教育局联络员", Role: store.Liaison, Unit: "市教育局"}, county: {Name: "永吉县联络员", Role: store.Liaison, Unit: "永吉县"},
		clerkA: {Name: "跑改办甲", Role: store.Office}, clerkEdu: {Name: "跑改办丙", Role: store.Office, Unit: "市教育局"},
		clerkB: {Name: "跑改办乙", Role: store.Office}, leader: {Name: "市领导", Role: store.Leader},
	}
	people := make([]*sandboxtest.Person, len(ids))
	for i, id := range ids {
		who := names[id]
		token := s.invite(who.Role, who.Unit)
		_, err := s.desk.Do(s.t.Context(), store.Stamp{By: store.ByPerson(id), At: s.clock.Now()},
			store.Join{Hash: store.HashToken(token), Person: id, Name: who.Name})
		must(s.t, err)
		people[i] = s.Person(id)
		people[i].Starts("")
		people[i].ExpectMessage("您已经加入了")
	}
	for _, n := range s.outbox() { // what the joining told the others is not what tests are about
		_, err := s.desk.Do(s.t.Context(), store.Stamp{By: store.System, At: s.clock.Now()}, store.SettleNotice{Notice: n.Notice, Refused: "stage"})
		must(s.t, err)
	}
	return people
}

func (s *stage) outbox() (list []store.Notice) {
	s.desk.View(func(r *store.Record) { list = r.Outbox() })
	return list
}

func (s *stage) head() (seq uint64) {
	s.desk.View(func(r *store.Record) { seq = r.Head().Seq })
	return seq
}

// until waits for the record to come to something.
func (s *stage) until(come func(r *store.Record) bool) {
	s.t.Helper()
	news := make(chan struct{}, 1)
	defer s.desk.Watch(func(store.Entry) {
		select {
		case news <- struct{}{}:
		default:
		}
	})()
	limit := time.After(10 * time.Second)
	for {
		there := false
		s.desk.View(func(r *store.Record) { there = come(r) })
		if there {
			return
		}
		select {
		case <-news:
		case <-limit:
			s.t.Fatal("the record did not come to it")
		}
	}
}

// submission is one as the record has it.
func (s *stage) submission(id string) (found store.Submission) {
	s.t.Helper()
	s.desk.View(func(r *store.Record) {
		if sub, ok := r.Submission(id); ok {
			found = *sub
			copied := *sub.Submission
			found.Submission = &copied
		}
	})
	if found.Submission == nil {
		s.t.Fatalf("there is no submission %s", id)
	}
	return found
}

// deliver sends the notices that wait.
func (s *stage) deliver() {
	s.t.Helper()
	s.idle()
	must(s.t, s.sender.Drain(s.t.Context()))
}

// idle waits until the bot has handled all that it was told.
func (s *stage) idle() {
	s.t.Helper()
	must(s.t, s.bot.Idle(s.t.Context()))
}

// set puts the clock to a moment, once the bot has answered all before it.
func (s *stage) set(words string) {
	s.t.Helper()
	s.idle()
	s.clock.set(at(words))
}

// to moves the clock: reminders whose moments lie between are sent.
func (s *stage) to(words string) {
	s.t.Helper()
	s.idle()
	from, until := s.clock.Now(), at(words)
	for next, _ := s.runner.Next(from); !next.IsZero() && !next.After(until); next, _ = s.runner.Next(from) {
		s.clock.set(next)
		must(s.t, s.runner.Step(s.t.Context(), from, next))
		s.deliver()
		from = next
	}
	s.clock.set(until)
}

// file files for a node without the chat and returns the submission's id.
func (s *stage) file(person int64, unit, task string, milestone int, evidence ...store.Evidence) string {
	s.t.Helper()
	if evidence == nil {
		sum := store.HashToken(fmt.Sprint(unit, task, milestone, s.head()))
		evidence = []store.Evidence{{SHA256: sum, Name: "报告.pdf", Size: 2048, MediaType: "application/pdf", URL: "https://example.org/" + task}}
	}
	e, err := s.desk.Do(s.t.Context(), store.Stamp{By: store.ByPerson(person), At: s.clock.Now()}, store.FileSubmission{
		Unit: unit, Task: task, Milestone: milestone, Note: "已完成并公布", Evidence: evidence,
	})
	must(s.t, err)
	return "S" + strconv.FormatUint(e.Seq, 10)
}

// quiet fails the test for whatever was not expected.
func (s *stage) quiet() {
	s.t.Helper()
	s.NoMore()
	s.log.mu.Lock()
	defer s.log.mu.Unlock()
	if s.log.lines.Len() > 0 {
		s.t.Errorf("the log has:\n%s", s.log.lines.String())
	}
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// picture is a small JPEG; another shade is another file.
func picture(shade uint8) []byte {
	m := image.NewGray(image.Rect(0, 0, 64, 48))
	for i := range m.Pix {
		m.Pix[i] = shade + uint8(i%7)
	}
	m.SetGray(1, 1, color.Gray{Y: 255})
	var b bytes.Buffer
	if err := jpeg.Encode(&b, m, nil); err != nil {
		panic(err)
	}
	return b.Bytes()
}

// paper is a small PDF, of the size given.
func paper(words string, size int) []byte {
	data := []byte("%PDF-1.4\n% " + words + "\n")
	return append(data, bytes.Repeat([]byte(" "), max(0, size-len(data)))...)
}

type storeRecord = store.Record

// accept is the office's word that a submission is done.
func accept(id string) store.Act { return store.AcceptSubmission{Submission: id} }
