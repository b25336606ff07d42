package main

import (
	"context"
	"fmt"
	"os"
	"time"

	"paogai/scoring"
	"paogai/store"
)

// source is where a view takes the campaign from: a file in the journal's
// public form, or a store.
type source struct {
	Journal string `help:"Read this file (JSON Lines), or - for standard input, instead of a store." placeholder:"FILE" type:"existingfile"`
	Scheme  string `help:"The scheme that the journal must be of: built in, or a YAML file." placeholder:"ID|FILE"`
	storeOptions
}

// facts are those of the campaign as of a moment, by what was known at another.
func (s *source) facts(ctx context.Context, when span) (*scoring.Facts, error) {
	var m method
	if s.Scheme != "" {
		var err error
		if m, err = loadScheme(s.Scheme); err != nil {
			return nil, err
		}
	}
	record, err := s.record(ctx, m, when.known)
	if err != nil {
		return nil, err
	}
	facts := record.Facts()
	switch {
	case facts == nil && m.Scheme == nil:
		return nil, badInput("no campaign is open at %s; open one with \"paogai open\"", when.known.Format(time.RFC3339))
	case facts == nil:
		return scoring.NewFacts(m.Scheme, m.InForce, nil), nil
	case m.Scheme != nil && m.ID != facts.Scheme.ID:
		return nil, badInput("the journal is of scheme %s, not %s", facts.Scheme.ID, m.ID)
	case m.source != "" && record.SchemeSource() != "" && m.source != record.SchemeSource():
		return nil, badInput("the journal brings another version of %s along than %s holds; leave --scheme out, or compare them by \"paogai scheme diff\"", m.ID, s.Scheme)
	case when.known.After(when.at):
		return facts.Hindsight(when.at), nil
	}
	return facts, nil
}

// record folds the campaign as it stood at known.
func (s *source) record(ctx context.Context, m method, known time.Time) (*store.Record, error) {
	if s.Journal == "" {
		return s.stored(ctx, m, known)
	}
	in := os.Stdin
	if s.Journal != "-" {
		f, err := os.Open(s.Journal)
		if err != nil {
			return nil, inputError{err}
		}
		defer f.Close()
		in = f
	}
	record, err := store.ReadJournal(in, m.schemes, known)
	if err != nil {
		return nil, badInput("%s: %w", s.Journal, err)
	}
	return record, nil
}

// stored folds the store's journal.
func (s *source) stored(ctx context.Context, m method, known time.Time) (*store.Record, error) {
	backend, err := s.open(ctx)
	if err != nil {
		return nil, err
	}
	defer backend.Close()
	record, err := store.Replay(ctx, backend, m.schemes, known)
	if err != nil {
		return nil, fmt.Errorf("read the journal: %w", err)
	}
	return record, nil
}

// unitView is what the views of one unit take from the command line.
type unitView struct {
	Unit string `arg:"" help:"The unit: its name, an alias or its short form, as 教育局."`
	source
	asOf
	JSON bool `name:"json" help:"Print JSON, amounts as decimal strings."`
}

// read is the campaign as of the moment asked for, with the unit's full name.
func (v *unitView) read(ctx context.Context, when span) (facts *scoring.Facts, unit string, err error) {
	if facts, err = v.facts(ctx, when); err != nil {
		return nil, "", err
	}
	u, ok := facts.Find(v.Unit)
	if !ok {
		return nil, "", badInput("no unit %q in this campaign of %s; see \"paogai board\" for the names", v.Unit, facts.Scheme.ID)
	}
	return facts, u.Name, nil
}
