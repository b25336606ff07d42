// Command paogai runs the chat-bot front end of a reform office: a rehearsal
// on this machine, the service itself, and the views and checks that a clerk
// or an auditor needs at a command line.
package main

import (
	"context"
	"crypto/rand"
	"io"
	"os"
	"os/signal"
	"syscall"
	"time"

	_ "time/tzdata" // the scheme's zone must be there on a machine without zone files
)

// world is what a command may touch of the machine: nothing below cmd reads
// the clock, the environment or randomness by itself.
type world struct {
	out, err io.Writer
	env      func(string) string
	now      func() time.Time
	rand     io.Reader
}

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	w := world{out: os.Stdout, err: os.Stderr, env: os.Getenv, now: time.Now, rand: rand.Reader}
	code := run(ctx, os.Args[1:], w)
	stop()
	os.Exit(code)
}
