package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"syscall"
	"time"

	"paogai/cmd/paogai/rehearsal"
	"paogai/scoring"
)

// demoCmd starts a rehearsal.
type demoCmd struct {
	Data     string `help:"Keep the rehearsal in this folder and go on from it. Default: a new temporary folder." placeholder:"DIR"`
	Scheme   string `help:"The scheme to rehearse: built in, or a YAML file. One that names no units gets made-up ones." default:"jilin-2018" placeholder:"ID|FILE"`
	At       moment `help:"Where the clock of a new rehearsal starts. Default: 09:00 on 2018-08-20, or on the scheme's first day where that is none of its days." placeholder:"TIME"`
	Listen   string `help:"Address of the page, on loopback." default:"127.0.0.1:0" placeholder:"HOST:PORT"`
	Open     bool   `help:"Open the page in the browser."`
	Seed     uint64 `help:"What the sample is drawn from." default:"1"`
	Store    string `help:"Keep the journal in this Redis instead of the folder." placeholder:"URL"`
	Campaign string `help:"The campaign's name in that Redis." default:"rehearsal"`
	Verbose  bool   `help:"Log what the program does." short:"v"`
}

// rehearsalOpens is where the rehearsal begins unless it is told otherwise: the
// next real deadline is then that of 2018-08-31.
const rehearsalOpens = "2018-08-20"

// Run plays until it is interrupted.
func (c *demoCmd) Run(ctx context.Context, w world) error {
	scheme, err := loadScheme(c.Scheme)
	if err != nil {
		return err
	}
	opens, at, err := c.begin(scheme.Scheme)
	if err != nil {
		return err
	}
	dir, err := c.folder(w)
	if err != nil {
		return err
	}
	backend, err := storeOptions{Data: dir, Store: c.Store, Campaign: c.Campaign}.create(ctx)
	if err != nil {
		return err
	}
	defer backend.Close()
	listener, err := listenLoopback(ctx, c.Listen)
	if err != nil {
		return err
	}
	defer listener.Close()
	level := slog.LevelWarn
	if c.Verbose {
		level = slog.LevelInfo
	}
	return rehearsal.Run(ctx, rehearsal.Options{
		Dir: dir, Backend: backend, Scheme: scheme.Scheme, Source: scheme.source, Opens: opens, At: at, Seed: c.Seed, Listener: listener,
		Log:  slog.New(slog.NewTextHandler(w.err, &slog.HandlerOptions{Level: level})),
		Wall: w.now, Rand: w.rand,
	}, func(url string) {
		fmt.Fprintf(w.out, "演练已开始，请用浏览器打开：\n\n    %s\n\n数据在 %s；按 Ctrl+C 结束。\n", url, dir)
		if c.Open {
			openBrowser(ctx, url)
		}
	})
}

// begin is the campaign's first day and the clock's first moment: the sample's,
// unless an earlier moment is asked for.
func (c *demoCmd) begin(s *scoring.Scheme) (scoring.Date, time.Time, error) {
	opens, err := scoring.ParseDate(rehearsalOpens)
	if err != nil {
		return scoring.Date{}, time.Time{}, fmt.Errorf("the rehearsal's first day: %w", err)
	}
	if opens.Before(s.InForce) || opens.After(s.Closes) {
		opens = s.InForce
	}
	at := c.At.Time
	if at.IsZero() {
		at = opens.Start(s.Zone).Add(rehearsal.Hour)
	}
	if day := scoring.DateOf(at, s.Zone); day.Before(opens) {
		opens = day
	}
	if earliest := opens.Start(s.Zone).Add(rehearsal.Hour); at.Before(earliest) {
		at = earliest
	}
	if opens.Before(s.InForce) {
		return opens, at, badInput("--at %s is before %s came into force on %s", c.At.Format(time.RFC3339), s.ID, s.InForce)
	}
	return opens, at, nil
}

// folder is where the rehearsal is kept.
func (c *demoCmd) folder(w world) (string, error) {
	dir := c.Data
	if dir == "" {
		dir = filepath.Join(os.TempDir(), "paogai-rehearsal-"+w.now().Format("20060102-150405")+fmt.Sprintf("-%d", os.Getpid()))
	}
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return "", inputError{err}
	}
	return dir, nil
}

// listenLoopback refuses an address that others could reach: whoever opens the
// page can speak as anybody in the rehearsal.
func listenLoopback(ctx context.Context, address string) (net.Listener, error) {
	host, _, err := net.SplitHostPort(address)
	if err != nil {
		return nil, badInput("--listen %s: %w", address, err)
	}
	if ip := net.ParseIP(host); host != "localhost" && (ip == nil || !ip.IsLoopback()) {
		return nil, badInput("--listen %s: the rehearsal listens on loopback only, as 127.0.0.1:8018", address)
	}
	var config net.ListenConfig
	listener, err := config.Listen(ctx, "tcp", address)
	if errors.Is(err, syscall.EADDRINUSE) {
		return nil, badInput("--listen %s: another program listens there; choose another port", address)
	}
	if err != nil {
		return nil, inputError{err}
	}
	return listener, nil
}

// openBrowser asks the desktop to show the page; where it cannot, the URL on
// the screen is enough.
func openBrowser(ctx context.Context, url string) {
	name, args := "xdg-open", []string{url}
	switch runtime.GOOS {
	case "darwin":
		name = "open"
	case "windows":
		name, args = "rundll32", []string{"url.dll,FileProtocolHandler", url}
	}
	_ = exec.CommandContext(ctx, name, args...).Start()
}
