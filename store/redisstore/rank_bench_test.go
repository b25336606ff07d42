package redisstore

import (
	"context"
	"fmt"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/redis/go-redis/v9"

	"paogai/scoring"
	"paogai/scoring/schemes"
	"paogai/store/storetest"
)

// The same job by Redis: what units filed stands in hashes, a script works the score out
// of them by the method and puts it in the sorted set of the class, which gives the rank.
// The server keeps nothing on disk here and is reached by a socket. It does less than our
// board does: no plans, rulings, reviews that wait, adjustments' caps, moments in the
// past, nor order inside a tie. Scores are in cents, which a double holds exactly.
//
// KEYS: the unit's hash and the class's sorted set, of each unit. ARGV: now in seconds, a
// field and its value to set first ("" for none), then the units' names. A field is the
// number of a milestone; its value is when the unit completed it, in seconds.
const rankScript = `
local now, due, soft, points, task = tonumber(ARGV[1]), {%s}, {%s}, {%s}, {%s}
if ARGV[2] ~= "" then
  if ARGV[3] == "" then redis.call("HDEL", KEYS[1], ARGV[2]) else redis.call("HSET", KEYS[1], ARGV[2], ARGV[3]) end
end
for u = 1, #KEYS / 2 do
  local flat, have = redis.call("HGETALL", KEYS[2 * u - 1]), {}
  for i = 1, #flat, 2 do have[flat[i]] = tonumber(flat[i + 1]) end
  local hold, earned, late, lateTask, done = 10000 + (have.adj or 0), have.adj or 0, 0, 0, true
  for i = 1, #due do
    local at = have[tostring(i)]
    if i == 1 or task[i] ~= task[i - 1] then lateTask, done = 0, true end
    if not at then done = false end
    if not soft[i] and ((at or now) >= due[i]) then lateTask = 1 end
    if task[i] ~= task[i + 1] then
      late = late + lateTask
      if done then earned = earned + points[task[i]] end
    end
  end
  redis.call("ZADD", KEYS[2 * u], (now >= %d and earned or hold) - 500 * late, ARGV[3 + u])
end
local score = redis.call("ZSCORE", KEYS[2], ARGV[4])
return redis.call("ZCOUNT", KEYS[2], "(" .. score, "+inf") + 1`

// rankScriptOf writes a scheme's table into the script.
func rankScriptOf(f *scoring.Facts) *redis.Script {
	s := f.Scheme
	var due, soft, points, task []string
	for t := range s.Tasks {
		worth, _ := f.PointsOf(f.Units[0], s.Tasks[t].ID)
		points = append(points, worth.Shift(2).String())
		for m := range s.Tasks[t].Milestones {
			d, kind, dated := f.DueOf(scoring.Node{Task: s.Tasks[t].ID, Milestone: m + 1})
			due = append(due, strconv.FormatInt(d.End(s.Zone).Unix(), 10))
			soft = append(soft, strconv.FormatBool(!dated || kind == scoring.Soft || d.Before(f.Opens)))
			task = append(task, strconv.Itoa(t+1))
		}
	}
	list := func(l []string) string { return strings.Join(l, ",") }
	return redis.NewScript(fmt.Sprintf(rankScript, list(due), list(soft), list(points), list(task), s.Closes.End(s.Zone).Unix()))
}

// rivals is the same campaign twice: kept by us and by Redis.
type rivals struct {
	facts  *scoring.Facts
	db     *redis.Client
	script *redis.Script
	now    time.Time
}

// rivalsOf has n units with Jilin's tasks, in classes as Jilin's; each has filed for 20
// milestones.
func rivalsOf(b *testing.B, n int) *rivals {
	b.Helper()
	jilin, err := schemes.Load("jilin-2018")
	if err != nil {
		b.Fatal(err)
	}
	refs := make([]scoring.UnitRef, n)
	for i := range refs {
		refs[i] = scoring.UnitRef{Name: fmt.Sprintf("u%d", i), Class: jilin.Units[i%len(jilin.Units)].Class}
	}
	opens := scoring.Date{Year: 2018, Month: 8, Day: 15}
	r := &rivals{facts: scoring.NewFacts(jilin, opens, refs), now: opens.AddDays(100).Start(jilin.Zone)}
	server := storetest.StartRedis(b, "--appendonly", "no")
	r.db = redis.NewClient(&redis.Options{Network: "unix", Addr: server.Socket})
	b.Cleanup(func() { _ = r.db.Close() })
	r.script = rankScriptOf(r.facts)
	for i, u := range r.facts.Units {
		for k := range 20 {
			day := opens.AddDays((i + k*k) % 3 * 40)
			u.File(scoring.Submission{
				ID: fmt.Sprintf("%d-%d", i, k), Unit: u.Name, State: scoring.Accepted, CompletedOn: day,
				Node:  scoring.Node{Task: jilin.Tasks[k+40].ID, Milestone: 1},
				Filed: scoring.Mark{At: day.Start(jilin.Zone)}, Decided: scoring.Mark{At: day.Start(jilin.Zone)},
			})
		}
	}
	r.load(b)
	return r
}

// field is where a milestone's completion stands in a unit's hash, with its value.
func (r *rivals) field(s *scoring.Submission) (string, string) {
	flat := 1
	for i := range r.facts.Scheme.Tasks {
		t := &r.facts.Scheme.Tasks[i]
		if t.ID == s.Node.Task {
			return strconv.Itoa(flat + s.Node.Milestone - 1), strconv.FormatInt(s.CompletedOn.Start(r.facts.Scheme.Zone).Unix(), 10)
		}
		flat += len(t.Milestones)
	}
	return "", ""
}

func (r *rivals) load(b *testing.B) {
	b.Helper()
	for from := 0; from < len(r.facts.Units); from += 1000 {
		pipe := r.db.Pipeline()
		for _, u := range r.facts.Units[from:min(from+1000, len(r.facts.Units))] {
			for _, s := range u.Submissions {
				field, value := r.field(s)
				pipe.HSet(b.Context(), "unit:"+u.Name, field, value)
			}
		}
		if _, err := pipe.Exec(b.Context()); err != nil {
			b.Fatal(err)
		}
	}
	if err := r.script.Load(b.Context(), r.db).Err(); err != nil {
		b.Fatal(err)
	}
	for from := 0; from < len(r.facts.Units); from += 1000 {
		if _, err := r.byRedis(b.Context(), r.db, r.facts.Units[from:min(from+1000, len(r.facts.Units))], "", "").Int(); err != nil {
			b.Fatal(err)
		}
	}
}

// byRedis scores units after setting a field of the first, and asks for the first's rank.
func (r *rivals) byRedis(ctx context.Context, db redis.Scripter, units []*scoring.UnitFacts, field, value string) *redis.Cmd {
	keys, args := make([]string, 0, 2*len(units)), make([]any, 0, 3+len(units))
	args = append(args, r.now.Unix(), field, value)
	for _, u := range units {
		keys = append(keys, "unit:"+u.Name, "class:"+u.Class)
		args = append(args, u.Name)
	}
	return r.script.EvalSha(ctx, db, keys, args...)
}

// turn has a submission of some unit returned, or accepted again the next time round.
func (r *rivals) turn(i int) (u *scoring.UnitFacts, s *scoring.Submission, field, value string) {
	u = r.facts.Units[i*7919%len(r.facts.Units)]
	s = u.Submissions[i%len(u.Submissions)]
	field, value = r.field(s)
	if i/len(r.facts.Units)%2 == 0 {
		s.State, value = scoring.Returned, ""
	} else {
		s.State = scoring.Accepted
	}
	return u, s, field, value
}

// agree checks that both give every unit the same rank.
func (r *rivals) agree(b *testing.B, l *scoring.Live) {
	b.Helper()
	l.MoveTo(r.now)
	for i := range min(len(r.facts.Units), 500) {
		u := r.facts.Units[i]
		want, _, _ := l.Rank(u.Name)
		if got, err := r.byRedis(b.Context(), r.db, []*scoring.UnitFacts{u}, "", "").Int(); err != nil || got != want {
			b.Fatalf("%s: rank %d here, %d by Redis (%v)", u.Name, want, got, err)
		}
	}
}

// BenchmarkRankRedis applies one entry and reads the unit's rank: here, by Redis one at a
// time, and by Redis in pipelines of 100, which hide the way there. "times-ours" is the
// ratio in this run.
func BenchmarkRankRedis(b *testing.B) {
	if !storetest.HaveRedis(b) {
		return
	}
	for _, n := range []int{95, 10_000} {
		r := rivalsOf(b, n)
		l := scoring.NewLive(r.facts, r.now)
		r.agree(b, l)
		var ours float64
		perEntry := func(b *testing.B) float64 { return float64(b.Elapsed().Nanoseconds()) / float64(b.N) }
		b.Run(fmt.Sprintf("units=%d/ours", n), func(b *testing.B) {
			b.ReportAllocs()
			for i := 0; b.Loop(); i++ {
				u, s, _, _ := r.turn(i)
				l.Changed(u.Name, s.Decided.At)
				l.MoveTo(r.now)
				l.Rank(u.Name)
			}
			ours = perEntry(b)
		})
		b.Run(fmt.Sprintf("units=%d/redis", n), func(b *testing.B) {
			for i := 0; b.Loop(); i++ {
				u, _, field, value := r.turn(i)
				if err := r.byRedis(b.Context(), r.db, []*scoring.UnitFacts{u}, field, value).Err(); err != nil {
					b.Fatal(err)
				}
			}
			b.ReportMetric(perEntry(b)/ours, "times-ours")
		})
		b.Run(fmt.Sprintf("units=%d/redis-pipelined", n), func(b *testing.B) {
			pipe := r.db.Pipeline()
			for i := 0; b.Loop(); i++ {
				u, _, field, value := r.turn(i)
				r.byRedis(b.Context(), pipe, []*scoring.UnitFacts{u}, field, value)
				if i%100 == 99 {
					if _, err := pipe.Exec(b.Context()); err != nil {
						b.Fatal(err)
					}
				}
			}
			b.ReportMetric(perEntry(b)/ours, "times-ours")
		})
	}
}

// BenchmarkBoardRedis scores and ranks all 95 units afresh. Our side reads 20 submissions
// a unit with their history; theirs, the last state of each milestone.
func BenchmarkBoardRedis(b *testing.B) {
	if !storetest.HaveRedis(b) {
		return
	}
	r := rivalsOf(b, 95)
	var ours float64
	b.Run("ours", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			scoring.NewBoard(r.facts, r.now)
		}
		ours = float64(b.Elapsed().Nanoseconds()) / float64(b.N)
	})
	b.Run("redis", func(b *testing.B) {
		for b.Loop() {
			if err := r.byRedis(b.Context(), r.db, r.facts.Units, "", "").Err(); err != nil {
				b.Fatal(err)
			}
		}
		b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/ours, "times-ours")
	})
}
