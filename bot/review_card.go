package bot

import (
	"strings"

	"paogai/bot/text"
	"paogai/scoring"
	"paogai/store"
)

// foldedNote is how many characters of the note stand on a decided card, so
// that it fits the message that it is edited into.
const foldedNote = 200

// reviewCard is a submission as the office sees it: waiting, with the whole of
// it and the buttons to decide; decided, with who did and when, and folded.
func (v view) reviewCard(id string) (Card, bool) {
	s, ok := v.r.Submission(id)
	u := v.unitOf(s)
	if !ok || u == nil {
		return Card{}, false
	}
	node := v.facts.NodeAt(u, s.Node, v.now)
	args := text.A{
		"submission": s.ID, "unit": s.Unit, "task": s.Node.Task, "label": nodeLabel(node),
		"at": v.local(s.Filed.At), "filer": v.who(s.Filed.By), "timing": v.filedTiming(s.Submission, node),
		"count": len(s.Evidence), "lines": evidenceLines(s.Evidence),
	}
	if s.State != scoring.Waiting {
		return Card{HTML: text.Join("\n\n",
			text.Join("\n", text.T("review.head.decided", args), v.decision(s)),
			text.T("review.body", args, text.A{"title": title(node.Task), "note": text.Cut(s.Note, foldedNote)}),
		)}, true
	}
	return Card{
		HTML: text.Join("\n\n",
			text.T("review.head.waiting", args),
			text.T("review.body", args, text.A{"title": cutTitle(node.Task, longestTask), "note": s.Note}),
			v.twins(s)),
		Buttons: reviewButtons(s),
	}, true
}

func reviewButtons(s *store.Submission) [][]Button {
	rows := [][]Button{Row(
		Button{Label: text.Plain("button.accept"), Data: Do("accept", s.ID)},
		Button{Label: text.Plain("button.return"), Data: Do("return", s.ID)},
	)}
	if n := len(files(s)); n > 0 {
		rows = append(rows, Row(Button{
			Label: text.Plain("button.evidence", text.A{"count": n}), Data: Do("evidence", s.ID),
		}))
	}
	return rows
}

// twins warns of evidence that was used before.
func (v view) twins(s *store.Submission) text.HTML {
	sums := make([]string, len(s.Evidence))
	for i, e := range s.Evidence {
		sums[i] = e.SHA256
	}
	var lines []string
	for _, twin := range v.r.Twins(s.Unit, s.Node.Task, sums...) {
		if twin.Submission.ID == s.ID {
			continue
		}
		for i, sum := range sums {
			if sum == twin.SHA256 {
				lines = append(lines, string(text.T("review.twin", text.A{
					"number": i + 1, "submission": twin.Submission.ID, "unit": twin.Submission.Unit,
					"task": twin.Submission.Node.Task, "at": v.local(twin.Submission.Filed.At),
				})))
			}
		}
	}
	return text.HTML(strings.Join(lines, "\n"))
}

// decision says who decided on a submission; nothing while it waits.
func (v view) decision(s *store.Submission) text.HTML {
	if s.State == scoring.Waiting {
		return ""
	}
	args := text.A{"by": v.who(s.Decided.By), "at": v.local(s.Decided.At)}
	switch s.State {
	case scoring.Reopened:
		for _, a := range s.ReopenedBy {
			if a.Revoked == nil {
				return text.T("review.reopened", text.A{
					"by": v.who(a.Made.By), "at": v.local(a.Made.At), "reason": a.Reason,
				})
			}
		}
	case scoring.Accepted:
		return text.T("review.accepted", args)
	case scoring.Returned:
		return text.T("review.returned", args, text.A{"reason": s.Reason})
	}
	return text.T("review.withdrawn", args)
}

// files are the pieces of evidence that are no links.
func files(s *store.Submission) []store.Evidence {
	var list []store.Evidence
	for _, e := range s.Evidence {
		if e.URL == "" {
			list = append(list, e)
		}
	}
	return list
}

// media are a submission's files, to be shown.
func media(s *store.Submission) []Media {
	var list []Media
	for _, e := range files(s) {
		list = append(list, Media{
			FileID: e.FileID, SHA256: e.SHA256, Name: e.Name,
			Picture: isPhoto(e), Caption: text.Plain("review.evidence.caption", text.A{
				"submission": s.ID, "name": e.Name, "sum": text.ShortSum(e.SHA256),
			}),
		})
	}
	return list
}

// isPhoto tells a photo from a document: Telegram's handle of the one cannot
// be sent as the other.
func isPhoto(e store.Evidence) bool {
	return e.Name == Incoming{What: "photo"}.fileName() && strings.HasPrefix(e.MediaType, "image/")
}
