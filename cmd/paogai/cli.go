package main

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/alecthomas/kong"

	"paogai/store"
)

// Exit codes of the program.
const (
	exitOK    = 0
	exitFault = 1 // something failed that the caller could not have avoided
	exitInput = 2 // the command line, a file or a request was wrong
)

// cli is the command line: one field a command.
type cli struct {
	Demo    demoCmd    `cmd:"" help:"Rehearse on this machine: a chat page, a stepped clock, no Telegram needed (演练)."`
	Serve   serveCmd   `cmd:"" help:"Run the service against Telegram."`
	Open    openCmd    `cmd:"" help:"Open a campaign (考核周期) by a scheme."`
	Invite  inviteCmd  `cmd:"" help:"Make a one-time invitation bound to a role and a unit."`
	Board   boardCmd   `cmd:"" help:"Print the board (排名榜) at a moment."`
	Why     whyCmd     `cmd:"" help:"Explain one unit's score: every point by article, event and person."`
	Whatif  whatifCmd  `cmd:"" help:"What a unit's score, rank and grade would be if tasks were done, or ruled late. Nothing is written."`
	Scheme  schemeCmd  `cmd:"" help:"Look at, check, compare and adopt assessment methods (考核办法)."`
	Journal journalCmd `cmd:"" help:"Export, import or verify the journal."`
}

// inputError is a fault of what the caller gave; the program exits with 2.
type inputError struct{ err error }

func (e inputError) Error() string { return e.err.Error() }
func (e inputError) Unwrap() error { return e.err }

// badInput makes an [inputError] as fmt.Errorf makes an error.
func badInput(format string, args ...any) error {
	return inputError{fmt.Errorf(format, args...)}
}

// run parses the arguments, runs the one command and returns the exit code.
// Every error is one sentence on the error stream; of several each has its line.
func run(ctx context.Context, args []string, w world) int {
	var c cli
	exited := -1
	parser, err := kong.New(&c,
		kong.Name("paogai"),
		kong.Description("paogai (跑改): submissions, reminders, scores and ranks of a 「只跑一次」 reform campaign, in a chat."),
		kong.Writers(w.out, w.err),
		kong.Exit(func(code int) { exited = code }),
		kong.ConfigureHelp(kong.HelpOptions{Compact: true}),
		kong.BindTo(ctx, (*context.Context)(nil)),
		kong.Bind(w),
		kong.Vars{"data": defaultData},
	)
	if err != nil {
		return complain(w, err)
	}
	if len(args) == 0 {
		args = []string{"--help"}
	}
	command, err := parser.Parse(args)
	if exited >= 0 { // --help has been printed
		return exited
	}
	if err != nil {
		return complain(w, inputError{err})
	}
	if err := command.Run(); err != nil {
		return complain(w, err)
	}
	return exitOK
}

// complain prints err, a line a fault, and tells the exit code that it deserves.
func complain(w world, err error) int {
	if errors.Is(err, context.Canceled) {
		return exitOK
	}
	for line := range strings.Lines(err.Error()) {
		fmt.Fprintf(w.err, "paogai: %s\n", strings.TrimRight(line, "\n"))
	}
	var input inputError
	var refusal *store.Refusal
	if errors.As(err, &input) || errors.As(err, &refusal) {
		return exitInput
	}
	return exitFault
}
