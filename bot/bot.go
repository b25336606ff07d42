package bot

import (
	"cmp"
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	tg "github.com/go-telegram/bot"
	"github.com/go-telegram/bot/models"
	"golang.org/x/time/rate"

	"paogai/reminders"
	"paogai/store"
	"paogai/store/archive"
)

// Options is what a bot needs. Token, Desk, Drafts, Inbox, Archive, Calendar
// and Now are required.
type Options struct {
	Token string
	// BaseURL is the Bot API's, without a slash at its end; empty for
	// Telegram's own.
	BaseURL string
	// Proxy is a URL (http, https or socks5), empty for none.
	Proxy    string
	Webhook  WebhookOptions
	Desk     *store.Desk
	Drafts   store.Drafts
	Inbox    store.Inbox
	Archive  *archive.Archive
	Calendar *reminders.Calendar
	Now      func() time.Time
	Log      *slog.Logger // nil for none
	Rand     io.Reader    // of tokens and fault ids, nil for the system's
	// Pace is how many notices a second go out; 0 for what leaves Telegram's 30
	// room for answers, rate.Inf where nobody counts.
	Pace rate.Limit
	// AlbumWait is how long the last part of an album may be ago before the
	// album is handled; 0 for 1 s.
	AlbumWait time.Duration
}

// Bot is the bot of one campaign. It delivers the reminders' notices too.
type Bot struct {
	desk    *store.Desk
	drafts  store.Drafts
	archive *archive.Archive
	now     func() time.Time
	log     *slog.Logger
	rand    io.Reader

	api      *tg.Bot
	files    *http.Client // downloads
	out      *speaker     // answers
	post     *speaker     // notices
	pace     *rate.Limiter
	in       *intake
	router   *router
	webhook  WebhookOptions
	username string

	running atomic.Bool
	abandon context.CancelFunc // ends the work that shutdown has waited for in vain
}

var _ reminders.Courier = (*Bot)(nil)

// New makes a bot and asks Telegram who it is, so that a wrong token or a
// closed way is found at once.
func New(ctx context.Context, o Options) (*Bot, error) {
	return open(ctx, o, func(b *Bot) Routes { return routes(b, o) })
}

// open makes a bot with a table of routes.
func open(ctx context.Context, o Options, table func(b *Bot) Routes) (*Bot, error) {
	work, abandon := context.WithCancel(context.WithoutCancel(ctx))
	b := &Bot{
		desk: o.Desk, drafts: o.Drafts, archive: o.Archive, now: o.Now, log: o.Log, rand: o.Rand,
		webhook: o.Webhook, pace: rate.NewLimiter(cmp.Or(o.Pace, broadcastRate), broadcastBurst), abandon: abandon,
	}
	if b.log == nil {
		b.log = slog.New(slog.DiscardHandler)
	}
	if b.rand == nil {
		b.rand = rand.Reader
	}
	lanes := newLanes(work, cmp.Or(o.AlbumWait, time.Second))
	b.in = &intake{inbox: o.Inbox, lanes: lanes, log: b.log}
	lanes.do, lanes.done = b.do, b.in.finished
	if err := b.connect(ctx, o); err != nil {
		abandon()
		return nil, err
	}
	b.router = newRouter(table(b))
	return b, nil
}

// connect sets up the way to Telegram and learns the bot's name.
func (b *Bot) connect(ctx context.Context, o Options) error {
	var clients [3]*http.Client
	for i := range clients {
		var err error
		if clients[i], err = newHTTPClient(o.Proxy, callTimeout); err != nil {
			return err
		}
	}
	b.files = clients[2]
	b.files.Timeout = downloadTimeout
	options := []tg.Option{
		tg.WithSkipGetMe(), tg.WithNotAsyncHandlers(), tg.WithUpdatesChannelCap(0),
		tg.WithHTTPClient(pollTimeout, &client{calls: clients[0], polls: clients[1], in: b.in}),
		tg.WithAllowedUpdates(wanted()),
		tg.WithDefaultHandler(func(context.Context, *tg.Bot, *models.Update) {}), // ours are in the lanes
		tg.WithErrorsHandler(b.libraryError),
	}
	if o.BaseURL != "" {
		options = append(options, tg.WithServerURL(strings.TrimRight(o.BaseURL, "/")))
	}
	api, err := tg.New(o.Token, options...)
	if err != nil {
		return fmt.Errorf("make the bot: %w", err)
	}
	b.api = api
	speaker := speaker{
		api: api, archive: o.Archive, log: b.log, holds: newHolds(), retry: firstRetry,
		refused: b.chatRefused, moved: b.chatMoved,
	}
	post := speaker
	speaker.patient = true
	b.out, b.post = &speaker, &post
	me, err := api.GetMe(ctx)
	if err != nil {
		return fmt.Errorf("ask Telegram for the bot's name: %w", err)
	}
	b.username = me.Username
	return nil
}

// wanted are the kinds of updates that we ask for.
func wanted() []string {
	return []string{
		models.AllowedUpdateMessage, models.AllowedUpdateEditedMessage,
		models.AllowedUpdateCallbackQuery, models.AllowedUpdateMyChatMember,
	}
}

// Username is the bot's, without @.
func (b *Bot) Username() string { return b.username }

// Run takes updates in until the context ends, first those that an earlier
// run received and did not finish. It then waits for what is being handled,
// ten seconds at most; what is left stays in the inbox.
func (b *Bot) Run(ctx context.Context) error {
	defer b.abandon()
	replayed, err := b.in.replay(context.WithoutCancel(ctx))
	if err != nil {
		return err
	}
	if replayed > 0 {
		b.log.Info("going on with updates received before", "updates", replayed)
	}
	b.running.Store(true)
	var greeting sync.WaitGroup
	greeting.Go(func() { b.greet(ctx) })
	if b.webhook.URL != "" {
		err = b.setWebhook(ctx)
		if err == nil {
			<-ctx.Done()
		}
	} else {
		err = b.poll(ctx)
	}
	b.running.Store(false)
	if ctx.Err() != nil {
		err = nil
	}
	greeting.Wait()
	return errors.Join(err, b.finish(context.WithoutCancel(ctx)))
}

func (b *Bot) poll(ctx context.Context) error {
	err := b.out.call(ctx, nobody, func(ctx context.Context, _ int64) error {
		_, err := b.api.DeleteWebhook(ctx, &tg.DeleteWebhookParams{}) // or polling is refused
		return err                                                    //nolint:wrapcheck // call looks into it
	})
	if err != nil {
		return fmt.Errorf("end the webhook: %w", err)
	}
	b.api.Start(ctx)
	return nil
}

// greet sets the command menu of people who have not joined.
func (b *Bot) greet(ctx context.Context) {
	if err := b.menuForStrangers(ctx); err != nil && ctx.Err() == nil {
		b.log.Warn("the command menu is not set", "error", b.masked(err))
	}
}

// finish ends the work in good order.
func (b *Bot) finish(ctx context.Context) error {
	const grace = 10 * time.Second
	ctx, cancel := context.WithTimeout(ctx, 2*grace)
	defer cancel()
	patience := time.AfterFunc(grace, b.abandon)
	defer patience.Stop()
	closed := b.in.lanes.close(ctx)
	if err := errors.Join(closed, b.in.flush(ctx)); err != nil {
		return fmt.Errorf("end the bot: %w", err)
	}
	return nil
}

// Idle waits until every update received so far is handled and cleared: for
// the rehearsal and for tests. What Telegram still holds is not known here.
func (b *Bot) Idle(ctx context.Context) error {
	if err := b.in.lanes.below(ctx, 1); err != nil {
		return err
	}
	return b.in.flush(ctx)
}

// libraryError logs what goes wrong while polling.
func (b *Bot) libraryError(err error) {
	switch {
	case !b.running.Load():
	case errors.Is(err, tg.ErrorConflict):
		b.log.Error("another process takes this bot's updates: end it, or the two will share them", "error", b.masked(err))
	default:
		b.log.Warn("polling", "error", b.masked(err))
	}
}

// chatRefused notes a person who blocked the bot.
func (b *Bot) chatRefused(ctx context.Context, chat int64, why error) {
	if err := b.setReachable(ctx, chat, false, "blocked"); err != nil {
		b.log.Warn("who can be reached is not recorded", "chat", chat, "why", b.masked(why), "error", err)
	}
}

// chatMoved notes a group that has a new id.
func (b *Bot) chatMoved(ctx context.Context, from, to int64) {
	if err := b.follow(ctx, from, to); err != nil {
		b.log.Warn("a group's new id is not recorded", "from", from, "to", to, "error", err)
	}
}
