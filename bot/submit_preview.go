package bot

import (
	"context"

	"paogai/bot/text"
	"paogai/scoring"
	"paogai/store"
)

// askPreview shows the whole before it is sent, with a way to change each part.
func (f *front) askPreview(ctx context.Context, t *Turn) error {
	data, err := loadSubmitting(t)
	if err != nil {
		return err
	}
	var c Card
	f.look(t.Now, func(v view) { c = v.preview(t, data) })
	_, err = t.Say(ctx, c)
	return err
}

func (v view) preview(t *Turn, data submitting) Card {
	u := v.unit(t.Who.Unit)
	if u == nil {
		return Card{HTML: text.T("campaign.none")}
	}
	s := v.facts.NodeAt(u, data.Node, v.now)
	change := func(label, step string) Button {
		return Button{Label: label, Data: t.Action("s.change", step)}
	}
	return Card{
		HTML: text.T("submit.preview", text.A{
			"unit": u.Name, "task": data.Node.Task, "title": title(s.Task), "label": nodeLabel(s), "due": dueDay(s),
			"note": data.Note, "count": len(data.Evidence), "lines": evidenceLines(data.Evidence),
			"timing": v.timing(s),
		}),
		Buttons: [][]Button{
			Row(Button{Label: text.Plain("button.confirm"), Data: t.Action("s.confirm")}),
			Row(change(text.Plain("submit.change.node"), stepPick),
				change(text.Plain("submit.change.note"), stepNote),
				change(text.Plain("submit.change.evidence"), stepEvidence)),
			Row(cancelButton(t)),
		},
	}
}

// timing says whether filing now is in time, before it is done.
func (v view) timing(s scoring.NodeState) text.HTML {
	switch {
	case !s.HasDue:
		return text.T("submit.timing.open")
	case s.Kind == scoring.Soft:
		return text.T("submit.timing.soft")
	case s.Historical:
		return text.T("submit.timing.historical")
	case s.Due.Before(v.today()):
		return text.T("submit.timing.late", text.A{"days": daysBetween(s.Due, v.today())})
	}
	return text.T("submit.timing.in", text.A{"left": v.left(s.Due)})
}

// confirm files the submission. A tap that comes twice files once: the desk
// knows its cause.
func (f *front) confirm(ctx context.Context, t *Turn) error {
	data, err := loadSubmitting(t)
	if err != nil {
		return err
	}
	entry, err := t.Do(ctx, store.FileSubmission{
		Unit: t.Who.Unit, Task: data.Node.Task, Milestone: data.Node.Milestone,
		Note: data.Note, Evidence: data.Evidence,
	})
	if err != nil {
		return err
	}
	t.Talk.End()
	if err := t.Toast(ctx, text.Plain("submit.sent"), false); err != nil {
		return err
	}
	var c Card
	f.look(t.Now, func(v view) { c = v.receipt(submissionOf(entry)) })
	_, err = t.Say(ctx, c)
	return err
}

// submissionOf is the id of the submission that an entry filed.
func submissionOf(e store.Entry) string {
	for _, event := range e.Events {
		if filed, ok := event.(store.SubmissionFiled); ok {
			return string(filed.Submission)
		}
	}
	return ""
}
