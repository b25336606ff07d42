package bot

import (
	"context"
	"io"
	"time"

	"paogai/reminders"
	"paogai/scoring"
	"paogai/store"
)

// front is what the handlers share: the part of the bot that people face.
type front struct {
	desk     *store.Desk
	drafts   store.Drafts
	calendar *reminders.Calendar
	rand     io.Reader
	username func() string // of the bot, for links to it
	boards   boards
	shown    shown
}

// view is the record at a moment, with what it takes to put it into words. It
// must not leave the Desk.View that it was made in.
type view struct {
	r     *store.Record
	facts *scoring.Facts // nil before the campaign is opened
	now   time.Time      // in the zone of the scheme, once there is one
	cal   *reminders.Calendar
	f     *front
}

// view makes a view of a record.
func (f *front) view(r *store.Record, now time.Time) view {
	v := view{r: r, facts: r.Facts(), now: now, cal: f.calendar, f: f}
	if v.facts != nil {
		v.now = now.In(v.facts.Scheme.Zone)
	}
	return v
}

// look calls fn with the record as of now.
func (f *front) look(now time.Time, fn func(v view)) {
	f.desk.View(func(r *store.Record) { fn(f.view(r, now)) })
}

// today is the day of the view's moment.
func (v view) today() scoring.Date { return scoring.DateOf(v.now, v.now.Location()) }

// local puts a moment into the scheme's zone.
func (v view) local(t time.Time) time.Time { return t.In(v.now.Location()) }

// unit is what has happened to a unit, nil if there is no campaign or no such
// unit in it.
func (v view) unit(name string) *scoring.UnitFacts {
	if v.facts == nil {
		return nil
	}
	return v.facts.Unit(name)
}

// answer makes a handler of a card that is built from the record.
func (f *front) answer(build func(v view, t *Turn) Card) Handler {
	return func(ctx context.Context, t *Turn) error {
		var c Card
		f.look(t.Now, func(v view) { c = build(v, t) })
		_, err := t.Say(ctx, c)
		return err
	}
}

// inPlace is answer for a tap that turns its own card over.
func (f *front) inPlace(build func(v view, t *Turn) Card) Handler {
	return func(ctx context.Context, t *Turn) error {
		var c Card
		f.look(t.Now, func(v view) { c = build(v, t) })
		_, err := t.Edit(ctx, t.Message, c)
		return err
	}
}
