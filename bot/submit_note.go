package bot

import (
	"context"
	"unicode/utf8"

	"paogai/bot/text"
	"paogai/store"
)

// askNote asks for what was done.
func (f *front) askNote(ctx context.Context, t *Turn) error {
	data, err := loadSubmitting(t)
	if err != nil {
		return err
	}
	var c Card
	f.look(t.Now, func(v view) { c = v.noteCard(t, data) })
	_, err = t.Say(ctx, c)
	return err
}

// longestTask is how many characters of a task's text are shown with a question.
const longestTask = 600

func (v view) noteCard(t *Turn, data submitting) Card {
	u := v.unit(t.Who.Unit)
	if u == nil {
		return Card{HTML: text.T("campaign.none")}
	}
	s := v.facts.NodeAt(u, data.Node, v.now)
	words := text.T("submit.note", text.A{
		"task": data.Node.Task, "topic": s.Task.Topic, "text": text.Cut(s.Task.Text, longestTask),
		"node": text.Join("，", nodeName(s), v.nodeStatus(u, s)),
	})
	if last := lastOf(u, data.Node); last != nil && returned(u, data.Node) {
		words = text.Join("\n\n", words, text.T("submit.note.returned", text.A{
			"submission": last.ID, "reason": last.Reason,
		}))
	}
	if data.Note != "" {
		words = text.Join("\n\n", words, text.T("submit.note.old", text.A{"note": data.Note}))
	}
	return Card{HTML: words, Buttons: [][]Button{Row(backButton(t, "s.back"), cancelButton(t))}}
}

// noteWritten takes the note.
func (f *front) noteWritten(ctx context.Context, t *Turn) error {
	data, err := loadSubmitting(t)
	if err != nil {
		return err
	}
	note := store.CleanText(t.Text)
	switch n := utf8.RuneCountInString(note); {
	case data.TooLong != 0 && t.Message == data.TooLong+1:
		data.TooLong = t.Message
		return t.Talk.Keep(data) // the rest of it: see longNote
	case n == 0:
		_, err := t.Say(ctx, Card{HTML: text.T("submit.note.empty")})
		return err
	case n > store.MaxNote:
		return f.longNote(ctx, t, data, n)
	}
	data.Note, data.TooLong = note, 0
	return f.moveSubmit(ctx, t, stepEvidence, data)
}

// longNote refuses a note for its length. What is longer than a message comes
// as several, one right after the other: the rest must not be taken for a note
// of its own.
func (f *front) longNote(ctx context.Context, t *Turn, data submitting, n int) error {
	data.TooLong = t.Message
	if err := t.Talk.Keep(data); err != nil {
		return err
	}
	_, err := t.Say(ctx, Card{HTML: text.T("submit.note.long", text.A{"count": n})})
	return err
}

// noteWithFiles takes files that came before the note; words beside them are
// the note.
func (f *front) noteWithFiles(ctx context.Context, t *Turn) error {
	data, err := loadSubmitting(t)
	if err != nil {
		return err
	}
	if err := f.addFiles(ctx, t, &data); err != nil {
		return err
	}
	if store.CleanText(t.Text) != "" {
		if err := t.Talk.Keep(data); err != nil {
			return err
		}
		return f.noteWritten(ctx, t)
	}
	if err := t.Talk.Keep(data); err != nil {
		return err
	}
	if len(data.Evidence) == 0 {
		return nil // what was wrong with them has been said
	}
	_, err = t.Say(ctx, Card{HTML: text.T("submit.note.kept", text.A{"count": len(data.Evidence)})})
	return err
}
