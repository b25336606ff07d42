package bot

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"paogai/bot/text"
	"paogai/store"
)

// mostEvidence is how many pieces a submission made in chat may have: two albums.
const mostEvidence = 20

// longestName is how many characters of a file's name are shown in a list.
const longestName = 60

// longestLink is how many bytes a link may have.
const longestLink = 2000

// askEvidence asks for evidence, or shows what there is.
func (f *front) askEvidence(ctx context.Context, t *Turn) error {
	data, err := loadSubmitting(t)
	if err != nil {
		return err
	}
	_, err = t.Say(ctx, evidenceCard(t, data))
	return err
}

func evidenceCard(t *Turn, data submitting) Card {
	controls := [][]Button{
		Row(Button{Label: text.Plain("button.done"), Data: t.Action("s.done")}),
		Row(backButton(t, "s.back"), cancelButton(t)),
	}
	if len(data.Evidence) == 0 {
		return Card{HTML: text.T("submit.evidence"), Buttons: controls[1:]}
	}
	remove := make([]Button, len(data.Evidence))
	for i, e := range data.Evidence {
		remove[i] = Button{
			Label: text.Plain("submit.evidence.remove", text.A{"number": i + 1}),
			Data:  t.Action("s.remove", text.ShortSum(e.SHA256)),
		}
	}
	return Card{
		HTML: text.T("submit.evidence.have", text.A{
			"count": len(data.Evidence), "lines": evidenceLines(data.Evidence),
		}),
		Buttons: append(append(controls[:1:1], buttonRows(2, remove)...), controls[1]),
	}
}

// evidenceLines list pieces of evidence with size and short SHA-256.
func evidenceLines(evidence []store.Evidence) text.HTML {
	lines := make([]string, len(evidence))
	for i, e := range evidence {
		if e.URL != "" {
			lines[i] = string(text.T("submit.evidence.link", text.A{"number": i + 1, "url": text.Link(e.URL)}))
			continue
		}
		lines[i] = string(text.T("submit.evidence.line", text.A{
			"number": i + 1, "name": text.Cut(e.Name, longestName), "size": text.Size(e.Size), "sum": text.ShortSum(e.SHA256),
		}))
	}
	return text.HTML(strings.Join(lines, "\n"))
}

// evidenceSent takes files.
func (f *front) evidenceSent(ctx context.Context, t *Turn) error {
	data, err := loadSubmitting(t)
	if err != nil {
		return err
	}
	before := len(data.Evidence)
	if err := f.addFiles(ctx, t, &data); err != nil {
		return err
	}
	return f.showAdded(ctx, t, data, before)
}

// showAdded shows the evidence again if there is more of it now. The step is
// the same but the card is a new one: the buttons of the card before stay good.
func (f *front) showAdded(ctx context.Context, t *Turn, data submitting, before int) error {
	if len(data.Evidence) == before {
		return nil // what was wrong has been said
	}
	if err := t.Talk.Keep(data); err != nil {
		return err
	}
	_, err := t.Say(ctx, evidenceCard(t, data))
	return err
}

// addFiles brings the turn's files into the archive and adds them; of each that
// is refused it says why.
func (f *front) addFiles(ctx context.Context, t *Turn, data *submitting) error {
	for _, file := range t.Files {
		if len(data.Evidence) >= mostEvidence {
			_, err := t.Say(ctx, Card{HTML: text.T("submit.evidence.full", text.A{"most": mostEvidence})})
			return err
		}
		piece, err := t.Fetch(ctx, file)
		var bad *EvidenceError
		if errors.As(err, &bad) {
			if _, err := t.Say(ctx, Card{HTML: evidenceText(bad)}); err != nil {
				return err
			}
			continue
		}
		if err != nil {
			return err
		}
		if err := data.add(ctx, t, piece); err != nil {
			return err
		}
	}
	return nil
}

// add takes a piece of evidence, but not twice.
func (s *submitting) add(ctx context.Context, t *Turn, piece store.Evidence) error {
	if s.has(piece.SHA256) {
		_, err := t.Say(ctx, Card{HTML: text.T("submit.evidence.same", text.A{"name": piece.Name})})
		return err
	}
	s.Evidence = append(s.Evidence, piece)
	return nil
}

func (s *submitting) has(sum string) bool {
	return slices.ContainsFunc(s.Evidence, func(e store.Evidence) bool { return e.SHA256 == sum })
}

// evidenceWritten takes links; other words are not evidence.
func (f *front) evidenceWritten(ctx context.Context, t *Turn) error {
	data, err := loadSubmitting(t)
	if err != nil {
		return err
	}
	links, bad := linksIn(t.Text)
	switch {
	case bad != "":
		_, err := t.Say(ctx, Card{HTML: text.T("file.link", text.A{"url": text.Cut(bad, longestTask)})})
		return err
	case len(links) == 0:
		_, err := t.Say(ctx, Card{HTML: text.T("submit.evidence.text")})
		return err
	}
	before := len(data.Evidence)
	for _, link := range links {
		if len(data.Evidence) >= mostEvidence {
			if _, err := t.Say(ctx, Card{HTML: text.T("submit.evidence.full", text.A{"most": mostEvidence})}); err != nil {
				return err
			}
			break
		}
		if err := data.add(ctx, t, linkEvidence(link)); err != nil {
			return err
		}
	}
	return f.showAdded(ctx, t, data, before)
}

// linksIn finds the links in a text, and the first word that wants to be one
// and is not.
func linksIn(words string) (links []string, bad string) {
	for _, word := range strings.Fields(store.CleanText(words)) {
		at := strings.Index(strings.ToLower(word), "http")
		if at < 0 || !strings.Contains(word[at:], ":/") {
			continue
		}
		link := strings.TrimRight(word[at:], "，。；、）)》」”,;")
		u, err := url.Parse(link)
		if err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Hostname() == "" || len(link) > longestLink {
			return nil, link
		}
		links = append(links, link)
	}
	return links, ""
}

// linkEvidence is a link as evidence: known by the SHA-256 of its text.
func linkEvidence(link string) store.Evidence {
	sum := sha256.Sum256([]byte(link))
	return store.Evidence{
		SHA256: hex.EncodeToString(sum[:]), Name: text.Cut(link, longestLinkName), Size: int64(len(link)),
		MediaType: "text/uri-list", URL: link,
	}
}

// longestLinkName is how many characters of a link serve as its name.
const longestLinkName = 100

// evidenceRemove takes a piece out again.
func (f *front) evidenceRemove(ctx context.Context, t *Turn) error {
	data, err := loadSubmitting(t)
	if err != nil {
		return err
	}
	at := slices.IndexFunc(data.Evidence, func(e store.Evidence) bool {
		return text.ShortSum(e.SHA256) == t.Tap.Action.Arg(0)
	})
	if at < 0 {
		return t.Toast(ctx, text.Plain("tap.done"), false)
	}
	data.Evidence = slices.Delete(data.Evidence, at, at+1)
	if err := t.Talk.Keep(data); err != nil {
		return err
	}
	words := text.Plain("submit.evidence.gone", text.A{"number": strconv.Itoa(at + 1)})
	if err := t.Toast(ctx, words, false); err != nil {
		return err
	}
	_, err = t.Edit(ctx, t.Message, evidenceCard(t, data))
	return err
}

// evidenceDone goes on to the preview.
func (f *front) evidenceDone(ctx context.Context, t *Turn) error {
	data, err := loadSubmitting(t)
	if err != nil {
		return err
	}
	if len(data.Evidence) == 0 {
		return t.Toast(ctx, text.Plain("submit.evidence.none"), true)
	}
	return f.moveSubmit(ctx, t, stepPreview, data)
}
