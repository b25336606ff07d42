package main

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"time"

	"golang.org/x/sync/errgroup"

	"paogai/bot"
	"paogai/reminders"
	"paogai/store"
	"paogai/store/archive"
	"paogai/store/redisstore"
)

// serveCmd runs the service against Telegram.
type serveCmd struct {
	storeOptions
	TokenFile  string `help:"A file that holds the bot's token. Default: the environment variable PAOGAI_TOKEN." type:"existingfile" placeholder:"FILE"`
	BaseURL    string `name:"base-url" help:"Another address of the Bot API, as a relay's." default:"https://api.telegram.org" env:"PAOGAI_BASE_URL"`
	Proxy      string `help:"Reach the Bot API through this proxy: http://, https:// or socks5://." env:"PAOGAI_PROXY" placeholder:"URL"`
	WebhookURL string `name:"webhook-url" help:"Let Telegram deliver to this public https address instead of polling. The secret is taken from PAOGAI_WEBHOOK_SECRET." placeholder:"URL"`
	Listen     string `help:"Where to listen for the webhook." default:"127.0.0.1:8443" placeholder:"HOST:PORT"`
	Holder     string `help:"This process's name among replicas. Default: host and process number." placeholder:"NAME"`
}

// Run serves until it is interrupted.
func (c *serveCmd) Run(ctx context.Context, w world) error {
	token, err := c.token(w)
	if err != nil {
		return err
	}
	if c.WebhookURL != "" && w.env("PAOGAI_WEBHOOK_SECRET") == "" {
		return badInput("--webhook-url needs a secret of 1 to 256 letters, digits, _ or - in PAOGAI_WEBHOOK_SECRET")
	}
	backend, err := c.open(ctx)
	if err != nil {
		return err
	}
	defer backend.Close()
	desk, err := newDesk(ctx, w, backend)
	if err != nil {
		return err
	}
	return c.serve(ctx, w, service{token: token, backend: backend, desk: desk})
}

// token is the bot's secret; it is never taken from the command line, where
// other users of the machine could read it.
func (c *serveCmd) token(w world) (string, error) {
	token := w.env("PAOGAI_TOKEN")
	if c.TokenFile != "" {
		data, err := os.ReadFile(c.TokenFile)
		if err != nil {
			return "", inputError{err}
		}
		token = string(data)
	}
	token = strings.TrimSpace(token)
	if token == "" {
		return "", badInput("no bot token: put it into a file and name it by --token-file, or set PAOGAI_TOKEN")
	}
	return token, nil
}

// service is what serves the campaign.
type service struct {
	token   string
	backend store.Backend
	desk    *store.Desk
}

func (c *serveCmd) serve(ctx context.Context, w world, s service) error {
	log := logger(w)
	redisstore.LogTo(log)
	files, err := archive.Open(filepath.Join(c.Data, "evidence"))
	if err != nil {
		return fmt.Errorf("open the evidence: %w", err)
	}
	calendar, err := reminders.Embedded()
	if err != nil {
		return fmt.Errorf("read the calendar: %w", err)
	}
	b, err := bot.New(ctx, bot.Options{
		Token: s.token, BaseURL: strings.TrimRight(c.BaseURL, "/"), Proxy: c.Proxy,
		Webhook: bot.WebhookOptions{URL: c.WebhookURL, Secret: w.env("PAOGAI_WEBHOOK_SECRET")},
		Desk:    s.desk, Drafts: s.backend, Inbox: s.backend, Archive: files, Calendar: calendar,
		Now: w.now, Log: log, Rand: w.rand,
	})
	if err != nil {
		return fmt.Errorf("reach Telegram: %w", err)
	}
	runner, err := reminders.New(reminders.Options{Desk: s.desk, Calendar: calendar, Now: w.now, Log: log})
	if err != nil {
		return fmt.Errorf("set up the reminders: %w", err)
	}
	sender := reminders.NewSender(reminders.SenderOptions{
		Desk: s.desk, Leases: s.backend, Courier: b, Now: w.now, Holder: c.holder(), Log: log,
	})
	parts := []func(context.Context) error{b.Run, runner.Run, sender.Run, s.desk.Follow}
	if c.WebhookURL != "" {
		parts = append(parts, func(ctx context.Context) error { return c.webhook(ctx, b) })
	}
	if checked, ok := s.backend.(*redisstore.Store); ok {
		parts = append(parts, func(ctx context.Context) error { return watchDurability(ctx, checked) })
	}
	log.Info("serving", "store", c.kind(), "polling", c.WebhookURL == "")
	group, ctx := errgroup.WithContext(ctx)
	for _, part := range parts {
		group.Go(func() error { return part(ctx) })
	}
	if err := group.Wait(); err != nil {
		return fmt.Errorf("serve: %w", err)
	}
	return nil
}

// durabilityPause is how often a running service looks whether its Redis still
// keeps what it acknowledges.
const durabilityPause = time.Minute

// watchDurability ends the service once the server's settings would let it lose
// what people were told is recorded. A server that does not answer is not
// judged: the acts themselves say so.
func watchDurability(ctx context.Context, s *redisstore.Store) error {
	tick := time.NewTicker(durabilityPause)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return nil
		case <-tick.C:
			if err := s.Durable(ctx); errors.Is(err, redisstore.ErrNotDurable) {
				return inputError{err}
			}
		}
	}
}

// kind names the store without its address, which may hold a password.
func (c *serveCmd) kind() string {
	if c.Store == "" {
		return "embedded"
	}
	return "redis"
}

func (c *serveCmd) holder() string {
	if c.Holder != "" {
		return c.Holder
	}
	host, err := os.Hostname()
	if err != nil {
		host = "paogai"
	}
	return fmt.Sprintf("%s-%d", host, os.Getpid())
}

// webhook listens for Telegram's deliveries.
func (c *serveCmd) webhook(ctx context.Context, b *bot.Bot) error {
	u, err := url.Parse(c.WebhookURL)
	if err != nil || u.Scheme != "https" {
		return badInput("--webhook-url must be an https address")
	}
	var config net.ListenConfig
	listener, err := config.Listen(ctx, "tcp", c.Listen)
	if err != nil {
		return inputError{err}
	}
	mux := http.NewServeMux()
	mux.Handle("/"+strings.TrimPrefix(u.Path, "/"), b.Webhook())
	server := &http.Server{Handler: mux, ReadHeaderTimeout: 10 * time.Second, ReadTimeout: 30 * time.Second}
	stop := context.AfterFunc(ctx, func() { _ = server.Close() })
	defer stop()
	if err := server.Serve(listener); !errors.Is(err, http.ErrServerClosed) {
		return fmt.Errorf("listen for the webhook: %w", err)
	}
	return nil
}
