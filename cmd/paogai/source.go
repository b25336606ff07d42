package main

import (
	"context"
	"fmt"
	"io"
	"os"
	"time"

	"paogai/scoring"
	"paogai/scoring/schemes"
	"paogai/store"
)

// source is where a view takes the campaign from: a file in the journal's
// public form, or a store.
type source struct {
	Journal string `help:"Read this file (JSON Lines), or - for standard input, instead of a store." placeholder:"FILE" type:"existingfile"`
	Scheme  string `help:"The scheme that the journal must be of." placeholder:"ID"`
	storeOptions
}

// facts are those of the campaign as they stood at the moment: entries after
// it do not count.
func (s *source) facts(ctx context.Context, at time.Time) (*scoring.Facts, error) {
	record, err := s.record(ctx, at)
	if err != nil {
		return nil, err
	}
	facts := record.Facts()
	switch {
	case facts == nil && s.Scheme == "":
		return nil, badInput("no campaign is open at %s; open one with \"paogai open\"", at.Format(time.RFC3339))
	case facts == nil:
		scheme, err := loadScheme(s.Scheme)
		if err != nil {
			return nil, err
		}
		return scoring.NewFacts(scheme, scheme.InForce, nil), nil
	case s.Scheme != "" && facts.Scheme.ID != s.Scheme:
		return nil, badInput("the journal is of scheme %s, not %s", facts.Scheme.ID, s.Scheme)
	}
	return facts, nil
}

func (s *source) record(ctx context.Context, at time.Time) (*store.Record, error) {
	if s.Journal == "" {
		return s.stored(ctx, at)
	}
	f, err := os.Open(s.Journal)
	if err != nil {
		return nil, inputError{err}
	}
	defer f.Close()
	record, err := store.ReadJournal(f, schemes.Load, at)
	if err != nil {
		return nil, badInput("%s: %w", s.Journal, err)
	}
	return record, nil
}

// stored folds the store's journal until the moment.
func (s *source) stored(ctx context.Context, at time.Time) (*store.Record, error) {
	backend, err := s.open(ctx)
	if err != nil {
		return nil, err
	}
	defer backend.Close()
	lines, feed := io.Pipe()
	go func() { feed.CloseWithError(store.Export(ctx, backend, feed)) }()
	record, err := store.ReadJournal(lines, schemes.Load, at)
	lines.CloseWithError(err) // ends an export that nobody reads on
	if err != nil {
		return nil, fmt.Errorf("read the journal: %w", err)
	}
	return record, nil
}
