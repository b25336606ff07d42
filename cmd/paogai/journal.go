package main

import (
	"bufio"
	"context"
	"encoding/hex"
	"fmt"
	"io"
	"os"

	"paogai/scoring/schemes"
	"paogai/store"
)

// journalCmd moves and checks the journal.
type journalCmd struct {
	Export journalExportCmd `cmd:"" help:"Write the journal as JSON Lines, one entry a line."`
	Import journalImportCmd `cmd:"" help:"Read JSON Lines into an empty journal, checking every entry."`
	Verify journalVerifyCmd `cmd:"" help:"Check the hash chain and fold every entry."`
}

type journalExportCmd struct {
	storeOptions
	Out string `help:"The file to write; - is standard output." default:"-" short:"o" placeholder:"FILE"`
}

// Run writes the journal's public form.
func (c *journalExportCmd) Run(ctx context.Context, w world) error {
	backend, err := c.open(ctx)
	if err != nil {
		return err
	}
	defer backend.Close()
	out := w.out
	if c.Out != "-" {
		f, err := os.OpenFile(c.Out, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
		if err != nil {
			return inputError{err}
		}
		defer f.Close()
		out = f
	}
	buffered := bufio.NewWriter(out)
	if err := store.Export(ctx, backend, buffered); err != nil {
		return fmt.Errorf("export: %w", err)
	}
	if err := buffered.Flush(); err != nil {
		return fmt.Errorf("export: %w", err)
	}
	return nil
}

type journalImportCmd struct {
	storeOptions
	File string `arg:"" help:"The file to read; - is standard input."`
}

// Run fills an empty journal.
func (c *journalImportCmd) Run(ctx context.Context, w world) error {
	var in io.Reader = os.Stdin
	if c.File != "-" {
		f, err := os.Open(c.File)
		if err != nil {
			return inputError{err}
		}
		defer f.Close()
		in = f
	}
	backend, err := c.create(ctx)
	if err != nil {
		return err
	}
	defer backend.Close()
	head, err := store.Import(ctx, backend, in, schemes.Load)
	if err != nil {
		return badInput("%s: %w", c.File, err)
	}
	fmt.Fprintf(w.out, "%d entries imported\n", head.Seq)
	return nil
}

type journalVerifyCmd struct{ storeOptions }

// Run says how many entries hold, and the hash that stands for all of them.
func (c *journalVerifyCmd) Run(ctx context.Context, w world) error {
	backend, err := c.open(ctx)
	if err != nil {
		return err
	}
	defer backend.Close()
	head, err := store.Verify(ctx, backend, schemes.Load)
	if err != nil {
		return badInput("the journal does not hold: %w", err)
	}
	fmt.Fprintf(w.out, "%d entries, head %s\n", head.Seq, hex.EncodeToString(head.Hash[:]))
	return nil
}
