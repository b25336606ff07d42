package rehearsal

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"path/filepath"
	"sync"
	"sync/atomic"
	"time"

	"golang.org/x/sync/errgroup"
	"golang.org/x/time/rate"

	"paogai/bot"
	"paogai/bot/sandbox"
	"paogai/reminders"
	"paogai/scoring"
	"paogai/scoring/schemes"
	"paogai/store"
	"paogai/store/archive"
)

// token is the bot's in the rehearsal; the chat server knows no other.
const token = "700001:rehearsal"

// Hour is the time of day at which the clock of a new rehearsal starts, on the
// campaign's first day.
const Hour = 9 * time.Hour

// Options are what a rehearsal is made of. All but Rand is needed.
type Options struct {
	Dir      string        // kept: the chats, the evidence, the clock
	Backend  store.Backend // the campaign's store, empty or of an earlier run
	Scheme   *scoring.Scheme
	Source   string       // the scheme's YAML, if it is not built in
	Opens    scoring.Date // first day of the campaign
	At       time.Time    // how far the clock goes at the start, if it is not past it
	Seed     uint64
	Listener net.Listener // of the page, on loopback
	Log      *slog.Logger
	Wall     func() time.Time // the clock on the wall, for limits and pauses
	Rand     io.Reader        // of tokens; nil: the system's
}

// Stage is a running rehearsal.
type Stage struct {
	opts    Options
	clock   *Clock
	players []Player
	season  *season

	desk   *store.Desk
	server *sandbox.Server
	bot    *bot.Bot
	runner *reminders.Runner
	sender *reminders.Sender

	stepping sync.Mutex  // one step at a time, and none before the stage is set
	moving   atomic.Bool // the clock is on its way
}

// Run plays until ctx is done. ready is called once the page answers and the
// stage is set.
func Run(ctx context.Context, o Options, ready func(url string)) error {
	s, err := set(ctx, o)
	if err != nil {
		return err
	}
	defer s.server.Close()
	return s.play(ctx, func() { ready("http://" + o.Listener.Addr().String() + "/") })
}

// set builds the stage: the sample in the journal and the people at the chat
// server. The bot comes when that server answers.
func set(ctx context.Context, o Options) (*Stage, error) {
	if o.Rand == nil {
		o.Rand = rand.Reader
	}
	clock, err := openClock(o.Dir, face{Now: o.Opens.Start(o.Scheme.Zone).Add(Hour), Opens: o.Opens, Seed: o.Seed})
	if err != nil {
		return nil, err
	}
	s := &Stage{opts: o, clock: clock, players: cast(o.Scheme)}
	s.season = newSeason(clock.Seed(), clock.Opens().Start(o.Scheme.Zone), s.players)
	opening := sample{scheme: o.Scheme, source: o.Source, opens: clock.Opens(), seed: clock.Seed(), players: s.players}
	if err := write(ctx, o.Backend, opening.draw()); err != nil {
		return nil, err
	}
	s.desk, err = store.NewDesk(ctx, store.DeskOptions{Journal: o.Backend, Schemes: schemes.Load, Log: o.Log})
	if err != nil {
		return nil, fmt.Errorf("rehearsal: %w", err)
	}
	s.server, err = sandbox.New(sandbox.Config{
		Token: token, BotName: "跑改", BotUsername: "paogai_bot", Title: "跑改 · 演练",
		Now: clock.Now, LimitNow: o.Wall, Dir: filepath.Join(o.Dir, "chat"), Host: s,
	})
	if err != nil {
		return nil, fmt.Errorf("rehearsal: the chat server: %w", err)
	}
	if err := seat(s.server, s.players); err != nil {
		return nil, errors.Join(err, s.server.Close())
	}
	return s, nil
}

// write appends what the journal does not hold yet of the opening: all of it,
// or what an interrupted first start left out.
func write(ctx context.Context, journal store.Journal, opening []store.Entry) error {
	head, err := journal.Head(ctx)
	if err != nil {
		return fmt.Errorf("rehearsal: %w", err)
	}
	for head.Seq < uint64(len(opening)) {
		line, err := opening[head.Seq].MarshalLine()
		if err != nil {
			return fmt.Errorf("rehearsal: the sample: %w", err)
		}
		if head, err = journal.Append(ctx, head, line, store.Fence{}); err != nil {
			return fmt.Errorf("rehearsal: the sample: %w", err)
		}
	}
	return nil
}

// connect makes the bot and the reminders.
func (s *Stage) connect(ctx context.Context) error {
	files, err := archive.Open(filepath.Join(s.opts.Dir, "evidence"))
	if err != nil {
		return fmt.Errorf("rehearsal: %w", err)
	}
	calendar, err := reminders.Embedded()
	if err != nil {
		return fmt.Errorf("rehearsal: %w", err)
	}
	s.bot, err = bot.New(ctx, bot.Options{
		Token: token, BaseURL: "http://" + s.opts.Listener.Addr().String(),
		Desk: s.desk, Drafts: s.opts.Backend, Inbox: s.opts.Backend, Archive: files, Calendar: calendar,
		Now: s.clock.Now, Log: s.opts.Log, Rand: s.opts.Rand, Pace: rate.Inf,
	})
	if err != nil {
		return fmt.Errorf("rehearsal: the bot: %w", err)
	}
	s.runner, err = reminders.New(reminders.Options{Desk: s.desk, Calendar: calendar, Now: s.clock.Now, Log: s.opts.Log})
	if err != nil {
		return fmt.Errorf("rehearsal: %w", err)
	}
	s.sender = reminders.NewSender(reminders.SenderOptions{
		Desk: s.desk, Leases: s.opts.Backend, Courier: s.bot, Now: s.clock.Now, Holder: "rehearsal", Log: s.opts.Log,
	})
	return nil
}

// play runs every part until ctx is done or one fails. Steps wait until the
// stage is set.
func (s *Stage) play(ctx context.Context, ready func()) error {
	page := &http.Server{Handler: s.server.Handler(), ReadHeaderTimeout: 10 * time.Second}
	defer s.desk.Watch(func(store.Entry) { s.server.Changed() })()
	defer s.whenIdle(s.server.Changed)()
	s.stepping.Lock()
	group, ctx := errgroup.WithContext(ctx)
	group.Go(func() error {
		if err := page.Serve(s.opts.Listener); !errors.Is(err, http.ErrServerClosed) {
			return fmt.Errorf("the page: %w", err)
		}
		return nil
	})
	group.Go(func() error {
		<-ctx.Done()
		return page.Close()
	})
	group.Go(func() error {
		defer s.stepping.Unlock()
		if err := s.connect(ctx); err != nil {
			return err
		}
		group.Go(func() error { return s.bot.Run(ctx) })
		group.Go(func() error { return s.sender.Run(ctx) })
		if err := s.begin(ctx); err != nil {
			return err
		}
		ready()
		return nil
	})
	if err := group.Wait(); err != nil && !errors.Is(err, context.Canceled) {
		return fmt.Errorf("rehearsal: %w", err)
	}
	return nil
}

// begin lets everybody open their chat with the bot, as Telegram wants before
// a bot may write, and finishes a step that a kill cut short.
func (s *Stage) begin(ctx context.Context) error {
	for _, p := range s.players {
		if len(s.server.History(p.ID)) == 0 {
			if _, err := s.server.Start(p.ID, ""); err != nil {
				return fmt.Errorf("rehearsal: %s opens the chat: %w", p.Name, err)
			}
		}
	}
	target := s.clock.Now()
	if s.opts.At.After(target) {
		target = s.opts.At
	}
	return s.advance(ctx, target)
}
