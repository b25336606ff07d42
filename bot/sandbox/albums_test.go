package sandbox

import (
	"bytes"
	"strings"
	"testing"

	tg "github.com/go-telegram/bot"
	"github.com/go-telegram/bot/models"
)

func item(caption string) models.InputMedia {
	return &models.InputMediaPhoto{Media: "attach://f" + caption, Caption: caption, MediaAttachment: bytes.NewReader(picture(9, 9))}
}

// An album of the bot is several messages with one media_group_id, refused as
// a whole.
func TestMediaGroup(t *testing.T) {
	r := newRig(t)
	r.says(alice, "hi")
	doc := &models.InputMediaDocument{Media: "attach://d", MediaAttachment: strings.NewReader("d")}
	var eleven []models.InputMedia
	for i := range 11 {
		eleven = append(eleven, item(strings.Repeat("x", i+1)))
	}
	for name, c := range map[string]struct {
		media []models.InputMedia
		want  string
	}{
		"two":       {media: []models.InputMedia{item("一"), item("二")}},
		"none":      {media: nil, want: "Bad Request: there are no messages to send"},
		"eleven":    {media: eleven, want: "Bad Request: too many messages to send as an album"},
		"mixed":     {media: []models.InputMedia{item("一"), doc}, want: "Bad Request: document can't be mixed with other media types"},
		"caption":   {media: []models.InputMedia{item("一"), item(strings.Repeat("x", 1025))}, want: "Bad Request: message caption is too long"},
		"no upload": {media: []models.InputMedia{item("一"), &models.InputMediaPhoto{Media: "nothing"}}, want: "Bad Request: wrong file identifier/HTTP URL specified"},
	} {
		t.Run(name, func(t *testing.T) {
			before := len(r.History(alice))
			sent, err := r.bot.SendMediaGroup(r.ctx(), &tg.SendMediaGroupParams{ChatID: alice, Media: c.media})
			wantError(t, err, c.want)
			if c.want != "" && len(r.History(alice)) != before {
				t.Error("part of a refused album was sent")
			}
			if c.want == "" && (len(sent) != 2 || sent[0].MediaGroupID == "" || sent[0].MediaGroupID != sent[1].MediaGroupID || sent[1].Caption != "二") {
				t.Errorf("sent %+v", sent)
			}
		})
	}
}

// An album of a person is one update a file, with one media_group_id; photos
// and documents do not share an album.
func TestPersonsAlbum(t *testing.T) {
	r := newRig(t)
	photo := Upload{Name: "a.png", Data: picture(9, 9), Photo: true}
	doc := Upload{Name: "a.pdf", Data: []byte("%PDF")}
	_, err := r.Send(alice, alice, Outgoing{Files: []Upload{photo, photo, doc}, Caption: "三个"})
	must(t, err)
	updates := r.updates(t, 0)
	if len(updates) != 3 {
		t.Fatalf("%d updates", len(updates))
	}
	a, b, c := updates[0].Message, updates[1].Message, updates[2].Message
	if a.MediaGroupID == "" || a.MediaGroupID != b.MediaGroupID || c.MediaGroupID != "" {
		t.Errorf("groups %q %q %q", a.MediaGroupID, b.MediaGroupID, c.MediaGroupID)
	}
	if a.Caption != "三个" || b.Caption != "" {
		t.Errorf("captions %q %q", a.Caption, b.Caption)
	}
	_, err = r.Send(alice, alice, Outgoing{Files: []Upload{doc, doc}})
	must(t, err)
	if next := r.updates(t, updates[2].ID+1)[0].Message.MediaGroupID; next == "" || next == a.MediaGroupID {
		t.Errorf("the second album is %q after %q", next, a.MediaGroupID)
	}
	_, err = r.Send(alice, alice, Outgoing{Files: make([]Upload, 11)})
	wantError(t, err, string(ErrManyFiles))
}
