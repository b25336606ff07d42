package bot

import (
	"context"
	"fmt"
	"time"

	"paogai/store"
)

// Routes is the table of everything that people can do in a chat. It is
// filled in routes.go; whatever stands twice in it panics at start.
type Routes struct {
	Commands []Command
	Taps     []TapRoute
	Steps    []StepRoute
	// Resume shows the present step of a flow again, after a command was
	// answered in the middle of it.
	Resume map[string]Handler

	// Stranger answers people who have not joined, whatever they do but for
	// open commands.
	Stranger Handler
	// Unknown answers commands that are not in the table.
	Unknown Handler
	// Stale answers buttons of steps that are over and data that is not ours.
	Stale Handler
	// Edited answers messages changed afterwards, Added a group that the bot
	// was put into.
	Edited, Added Handler
	// Fallback answers whatever no other route takes, in private chats.
	Fallback Handler

	// Explain makes the sentence for an error that is a decision and no fault;
	// ok is false for faults.
	Explain func(err error) (c Card, ok bool)
	// Apology is for faults; id stands in the log too.
	Apology func(id string) Card
	// Menu is the list of commands that a person sees. Strangers get that of
	// the zero Person.
	Menu func(who store.Person) []MenuItem
	// Notice renders a notice that the reminders want delivered; ok is false
	// if it has no meaning any more. It is called inside Desk.View.
	Notice func(r *store.Record, n store.Notice, now time.Time) (c Card, ok bool)
}

// Command is one command and all the ways to give it.
type Command struct {
	// Names are written after a slash; the first is what Turn.Command says.
	Names []string
	// Words are Chinese words that give the command when a message in a
	// private chat is nothing else, or the word, a space and arguments.
	Words  []string
	Handle Handler
	// Open commands are for people who have not joined too.
	Open bool
	// Always lets Words count in the middle of a dialog as well: for those
	// that lead out of it.
	Always bool
}

// TapRoute handles the buttons of a verb.
type TapRoute struct {
	Verb   string
	Handle Handler
}

// StepRoute handles what is written or sent at a step of a dialog.
type StepRoute struct {
	Flow, Step string
	Handle     Handler
}

// MenuItem is a line of the command menu.
type MenuItem struct{ Command, Words string }

// router is the table made ready for look-ups.
type router struct {
	Routes
	commands map[string]*Command
	words    map[string]*Command
	taps     map[string]Handler
	steps    map[[2]string]Handler
}

func newRouter(table Routes) *router {
	r := &router{
		Routes: table, commands: map[string]*Command{}, words: map[string]*Command{},
		taps: map[string]Handler{}, steps: map[[2]string]Handler{},
	}
	for i := range table.Commands {
		c := &table.Commands[i]
		for _, name := range c.Names {
			if !commandName(name) {
				panic(fmt.Sprintf("bot: /%s cannot be a command", name))
			}
			register(r.commands, name, c)
		}
		for _, word := range c.Words {
			register(r.words, foldWord(word), c)
		}
	}
	for _, t := range table.Taps {
		if !goodVerb(t.Verb) {
			panic(fmt.Sprintf("bot: %q cannot be a verb", t.Verb))
		}
		register(r.taps, t.Verb, t.Handle)
	}
	for _, s := range table.Steps {
		register(r.steps, [2]string{s.Flow, s.Step}, s.Handle)
	}
	return r
}

// register panics on a second entry: two routes for one thing are a mistake
// in the table that no run should get past.
func register[K comparable, V any](m map[K]V, key K, v V) {
	if _, twice := m[key]; twice {
		panic(fmt.Sprintf("bot: route %v is registered twice", key))
	}
	m[key] = v
}

// route hands the turn to its handler.
func (r *router) route(ctx context.Context, t *Turn) error {
	h := r.pick(t)
	if h == nil {
		return nil
	}
	before := t.Talk.Revision
	if err := h(ctx, t); err != nil {
		return err
	}
	if t.Kind == KindCommand && t.Talk.Active() && t.Talk.Revision == before {
		if again := r.Resume[t.Talk.Flow]; again != nil {
			return again(ctx, t)
		}
	}
	return nil
}

// pick chooses the handler of a turn; nil leaves it unanswered.
func (r *router) pick(t *Turn) Handler {
	command := r.commands[t.Command]
	switch {
	case t.Kind == KindEdited && !t.Private:
		return nil
	case t.Kind == KindAdded:
		return r.Added
	case t.Kind == KindCommand && command != nil && (t.Known || command.Open):
		return command.Handle
	case !t.Known && (t.Private || t.Kind == KindTap || t.Kind == KindCommand && command != nil):
		return r.Stranger
	case !t.Known:
		return nil
	case t.Kind == KindTap:
		return r.pickTap(t)
	case t.Kind == KindEdited:
		return r.Edited
	case t.Kind == KindCommand && t.Private:
		return r.Unknown
	case t.Kind == KindCommand:
		return nil
	}
	if h := r.steps[[2]string{t.Talk.Flow, t.Talk.Step}]; h != nil {
		return h
	}
	if t.Private {
		return r.Fallback
	}
	return nil
}

// pickTap takes buttons of the present step and of none.
func (r *router) pickTap(t *Turn) Handler {
	a := t.Tap.Action
	h := r.taps[a.Verb]
	if h == nil || a.Revision != 0 && a.Revision != t.Talk.Revision {
		return r.Stale
	}
	return h
}
