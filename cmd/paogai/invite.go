package main

import (
	"context"
	"fmt"
	"log/slog"
	"os"
	"strings"
	"time"

	"paogai/scoring"
	"paogai/scoring/schemes"
	"paogai/store"
)

// openCmd begins a campaign.
type openCmd struct {
	storeOptions
	Scheme    string       `help:"The scheme to run by: built in, or a YAML file, whose text the journal then brings along." required:"" placeholder:"ID|FILE"`
	Units     string       `help:"A file with the units that take part, a line each, with the class behind a tab where the scheme has classes: for a scheme that names none, or to leave some out. Default: all of the scheme's." placeholder:"FILE" type:"existingfile"`
	Opens     scoring.Date `help:"The first day of the campaign; milestones due before it make nobody late. Default: the day the scheme came into force." placeholder:"YYYY-MM-DD"`
	OnePerson bool         `help:"This office has one person: nothing needs a second one's word."`
	By        string       `help:"Who opens it, as the journal will say." default:"命令行" placeholder:"NAME"`
}

// Run opens the campaign in an empty journal.
func (c *openCmd) Run(ctx context.Context, w world) error {
	scheme, err := loadScheme(c.Scheme)
	if err != nil {
		return err
	}
	units, err := unitsOf(c.Units)
	if err != nil {
		return err
	}
	backend, err := c.create(ctx)
	if err != nil {
		return err
	}
	defer backend.Close()
	desk, err := newDesk(ctx, w, backend)
	if err != nil {
		return err
	}
	act := store.OpenCampaign{Scheme: scheme.ID, Source: scheme.source, Opens: c.Opens, Units: units, OnePerson: c.OnePerson}
	if _, err := desk.Do(ctx, store.Stamp{By: "office:" + c.By, At: w.now()}, act); err != nil {
		return fmt.Errorf("open the campaign: %w", err)
	}
	fmt.Fprintf(w.out, "Campaign %s is open. Invite the office next: paogai invite --role office\n", scheme.ID)
	return nil
}

// unitsOf reads a list of units: a name a line, and its class behind a tab.
func unitsOf(file string) ([]scoring.UnitRef, error) {
	if file == "" {
		return nil, nil
	}
	data, err := os.ReadFile(file)
	if err != nil {
		return nil, inputError{err}
	}
	var units []scoring.UnitRef
	for line := range strings.Lines(strings.TrimPrefix(string(data), byteOrderMark)) {
		name, class, _ := strings.Cut(line, "\t")
		if name = strings.TrimSpace(name); name != "" {
			units = append(units, scoring.UnitRef{Name: name, Class: strings.TrimSpace(class)})
		}
	}
	if len(units) == 0 {
		return nil, badInput("%s: no units in it; write one a line", file)
	}
	return units, nil
}

// inviteCmd makes an invitation.
type inviteCmd struct {
	storeOptions
	Role string        `help:"What the person will be: ${enum}." enum:"liaison,office,leader,scorer,auditor" required:""`
	Unit string        `help:"Their unit: needed for a liaison." placeholder:"UNIT"`
	For  time.Duration `help:"How long the invitation is good." default:"168h" placeholder:"DURATION"`
	Bot  string        `help:"The bot's user name, to print the link whole." env:"PAOGAI_BOT" placeholder:"NAME"`
	By   string        `help:"Who invites, as the journal will say." default:"命令行" placeholder:"NAME"`
}

// Run commits the invitation and prints its link: the only time that the token
// is seen, since the journal keeps its hash.
func (c *inviteCmd) Run(ctx context.Context, w world) error {
	backend, err := c.open(ctx)
	if err != nil {
		return err
	}
	defer backend.Close()
	desk, err := newDesk(ctx, w, backend)
	if err != nil {
		return err
	}
	token, err := store.NewToken(w.rand)
	if err != nil {
		return fmt.Errorf("make a token: %w", err)
	}
	now := w.now()
	act := store.IssueInvitation{Hash: store.HashToken(token), Role: store.Role(c.Role), Unit: c.Unit, Expires: now.Add(c.For)}
	if _, err := desk.Do(ctx, store.Stamp{By: "office:" + c.By, At: now}, act); err != nil {
		return fmt.Errorf("invite: %w", err)
	}
	if c.Bot == "" {
		fmt.Fprintf(w.out, "Send the bot this message: /start %s\nOnce, by one person, until %s.\n", token, act.Expires.Format(time.RFC3339))
		return nil
	}
	fmt.Fprintf(w.out, "https://t.me/%s?start=%s\nOnce, by one person, until %s.\n", c.Bot, token, act.Expires.Format(time.RFC3339))
	return nil
}

// newDesk replays the journal into a desk.
func newDesk(ctx context.Context, w world, journal store.Journal) (*store.Desk, error) {
	desk, err := store.NewDesk(ctx, store.DeskOptions{Journal: journal, Schemes: schemes.Load, Log: logger(w)})
	if err != nil {
		return nil, fmt.Errorf("replay the journal: %w", err)
	}
	return desk, nil
}

// logger writes to the error stream.
func logger(w world) *slog.Logger {
	return slog.New(slog.NewTextHandler(w.err, &slog.HandlerOptions{Level: slog.LevelInfo}))
}
