package main

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"paogai/scoring"
	"paogai/store"
)

// schemeAdoptCmd re-scores a campaign by another scheme: look, then apply.
type schemeAdoptCmd struct {
	Scheme string `arg:"" name:"new" help:"The scheme to go on by: built in, or a YAML file, whose text the journal then brings along. Everything that facts rest on must be in it. A unit with an approved plan keeps its plan: tasks that are new do not apply to it."`
	storeOptions
	Apply  bool   `help:"Adopt it. The liaisons of every unit whose score, rank or grade moves are told, and the office. On the embedded file the service must be stopped for it; on Redis it may run."`
	Second string `help:"The second person of the office who agrees; needed unless the office is one person." placeholder:"NAME"`
	Reason string `help:"Why, as the journal will say." placeholder:"TEXT"`
	By     string `help:"Who adopts it, as the journal will say." default:"命令行" placeholder:"NAME"`
}

// Run shows who would move, and with --apply adopts the scheme.
func (c *schemeAdoptCmd) Run(ctx context.Context, w world) error {
	m, err := loadScheme(c.Scheme)
	if err != nil {
		return err
	}
	if c.Apply && strings.TrimSpace(c.Reason) == "" {
		return badInput("--apply needs a --reason; everyone who moves is told it")
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
	now := w.now()
	look, err := c.look(desk, m, now)
	if err != nil {
		return err
	}
	if !c.Apply {
		look += "\n什么也没有改变。采用新办法：加上 --apply --second 姓名 --reason 原因\n"
	} else {
		told, err := c.adopt(ctx, desk, m, now)
		if err != nil {
			return err
		}
		look += fmt.Sprintf("\n已采用 %s，%d 条通知待发。\n", m.ID, told)
	}
	if _, err := fmt.Fprint(w.out, look); err != nil {
		return fmt.Errorf("print who moves: %w", err)
	}
	return nil
}

// look is what the scheme would change now.
func (c *schemeAdoptCmd) look(desk *store.Desk, m method, now time.Time) (text string, err error) {
	desk.View(func(r *store.Record) {
		var next *scoring.Facts
		if next, err = r.Adopting(m.ID, m.source); err != nil {
			err = eachFault(err)
			return
		}
		facts := r.Facts()
		found := change{Differences: scoring.Diff(facts.Scheme, next.Scheme)}
		moves := scoring.NewBoard(facts, now).Moves(scoring.NewBoard(next, now))
		text = fmt.Sprintf("%s → %s\n\n%s\n%s\n%s", facts.Scheme.ID, m.ID, found.words(),
			span{at: now, known: now}.words(facts.Scheme.Zone), movesWords(moves, len(next.Units)))
	})
	return text, err
}

// eachFault gives each fault that a refusal lists a line of its own.
func eachFault(err error) error {
	var refusal *store.Refusal
	if !errors.As(err, &refusal) || len(refusal.Faults()) == 0 {
		return inputError{err}
	}
	var faults []error
	for _, fault := range refusal.Faults() {
		faults = append(faults, fmt.Errorf("scheme %s does not fit the campaign: %s", refusal.Args["scheme"], fault))
	}
	return inputError{errors.Join(faults...)}
}

// adopt commits it, and counts the notices that are queued.
func (c *schemeAdoptCmd) adopt(ctx context.Context, desk *store.Desk, m method, now time.Time) (told int, err error) {
	act := store.AdoptScheme{Scheme: m.ID, Source: m.source, Reason: c.Reason}
	if c.Second != "" {
		act.Second = store.ByOffice(c.Second)
	}
	e, err := desk.Do(ctx, store.Stamp{By: store.ByOffice(c.By), At: now}, act)
	if err != nil {
		return 0, fmt.Errorf("adopt the scheme: %w", err)
	}
	return len(e.Events) - 1, nil
}
