package sandbox

import (
	"bytes"
	"image"
	"image/color"
	"image/png"
	"io"
	"net/http"
	"strings"
	"testing"

	tg "github.com/go-telegram/bot"
	"github.com/go-telegram/bot/models"
)

// picture is a PNG of the given size.
func picture(w, h int) []byte {
	img := image.NewPaletted(image.Rect(0, 0, w, h), color.Palette{color.White, color.Black})
	var b bytes.Buffer
	_ = png.Encode(&b, img) // a buffer takes everything
	return b.Bytes()
}

func fileOf(name string, data []byte) *models.InputFileUpload {
	return &models.InputFileUpload{Filename: name, Data: bytes.NewReader(data)}
}

// Files that Telegram refuses are refused with its words.
func TestFileRefusals(t *testing.T) {
	r := newRig(t)
	r.says(alice, "hi")
	known, err := r.bot.SendDocument(r.ctx(), &tg.SendDocumentParams{ChatID: alice, Document: fileOf("a.txt", []byte("a"))})
	must(t, err)
	big := append(picture(8, 8), make([]byte, maxPhoto)...)
	for name, c := range map[string]struct {
		photo, document models.InputFile
		caption, want   string
	}{
		"document":       {document: fileOf("a.pdf", []byte("%PDF-1.4"))},
		"again by id":    {document: &models.InputFileString{Data: known.Document.FileID}},
		"empty":          {document: fileOf("a.txt", nil), want: "Bad Request: file must be non-empty"},
		"50 MB":          {document: fileOf("a.bin", make([]byte, maxUpload))},
		"over 50 MB":     {document: fileOf("a.bin", make([]byte, maxUpload+1)), want: "413 Request Entity Too Large"},
		"wrong id":       {document: &models.InputFileString{Data: "BQAC"}, want: "Bad Request: wrong file identifier/HTTP URL specified"},
		"by address":     {document: &models.InputFileString{Data: "https://example.com/a.pdf"}, want: "Bad Request: failed to get HTTP URL content"},
		"wrong kind":     {photo: &models.InputFileString{Data: known.Document.FileID}, want: "Bad Request: can't use file of type Document as Photo"},
		"photo":          {photo: fileOf("a.png", picture(10, 10))},
		"no picture":     {photo: fileOf("a.png", []byte("not a picture")), want: "Bad Request: IMAGE_PROCESS_FAILED"},
		"sides":          {photo: fileOf("a.png", picture(9000, 1001)), want: "Bad Request: PHOTO_INVALID_DIMENSIONS"},
		"thin":           {photo: fileOf("a.png", picture(210, 10)), want: "Bad Request: PHOTO_INVALID_DIMENSIONS"},
		"10 MB":          {photo: fileOf("a.png", big), want: "is too big for a photo; the maximum size is 10485760 bytes"},
		"caption 1024":   {photo: fileOf("a.png", picture(10, 10)), caption: strings.Repeat("跑", 1024)},
		"caption 1025":   {photo: fileOf("a.png", picture(10, 10)), caption: strings.Repeat("跑", 1025), want: "Bad Request: message caption is too long"},
		"caption broken": {document: fileOf("a.txt", []byte("a")), caption: "<b>", want: `Can't find end tag corresponding to start tag "b"`},
	} {
		t.Run(name, func(t *testing.T) {
			var err error
			if c.photo != nil {
				_, err = r.bot.SendPhoto(r.ctx(), &tg.SendPhotoParams{ChatID: alice, Photo: c.photo, Caption: c.caption, ParseMode: models.ParseModeHTML})
			} else {
				_, err = r.bot.SendDocument(r.ctx(), &tg.SendDocumentParams{ChatID: alice, Document: c.document, Caption: c.caption, ParseMode: models.ParseModeHTML})
			}
			wantError(t, err, c.want)
		})
	}
}

// A person's file is fetched byte for byte; over 20 MB it is refused.
func TestDownload(t *testing.T) {
	r := newRig(t)
	data := []byte("佐证材料")
	sent, err := r.Send(alice, alice, Outgoing{Files: []Upload{{Name: "通知.txt", Data: data}}, Caption: "见附件"})
	must(t, err)
	doc := sent[0].Document
	if doc.FileName != "通知.txt" || doc.MimeType != "text/plain" || doc.FileSize != int64(len(data)) || sent[0].Caption != "见附件" {
		t.Errorf("document %+v", doc)
	}
	f, err := r.bot.GetFile(r.ctx(), &tg.GetFileParams{FileID: doc.FileID})
	must(t, err)
	got := r.fetch(t, r.bot.FileDownloadLink(f), 200)
	if !bytes.Equal(got, data) {
		t.Errorf("downloaded %q", got)
	}
	if got := r.fetch(t, r.http.URL+doc.URL, 200); !bytes.Equal(got, data) {
		t.Errorf("page downloaded %q", got)
	}
	r.fetch(t, r.http.URL+"/file/bot"+testToken+"/documents/file_99.txt", 404)
	r.fetch(t, r.http.URL+"/file/bot700001:other/"+f.FilePath, 401)

	_, err = r.bot.GetFile(r.ctx(), &tg.GetFileParams{FileID: "nothing"})
	wantError(t, err, "Bad Request: invalid file_id")
	for size, want := range map[int]string{maxDownload: "", maxDownload + 1: "Bad Request: file is too big"} {
		sent, err := r.Send(alice, alice, Outgoing{Files: []Upload{{Name: "a.bin", Data: make([]byte, size)}}})
		must(t, err)
		_, err = r.bot.GetFile(r.ctx(), &tg.GetFileParams{FileID: sent[0].Document.FileID})
		wantError(t, err, want)
	}
}

func (r *rig) fetch(t *testing.T, address string, status int) []byte {
	t.Helper()
	res, err := http.Get(address) //nolint:gosec,noctx // the test's own server
	must(t, err)
	defer func() { _ = res.Body.Close() }() // only read from
	if res.StatusCode != status {
		t.Errorf("%s: %s", address, res.Status)
	}
	body, err := io.ReadAll(res.Body)
	must(t, err)
	return body
}

// A photo comes in two sizes, the smaller first, and both can be fetched.
func TestPhotoSizes(t *testing.T) {
	r := newRig(t)
	r.says(alice, "hi")
	m, err := r.bot.SendPhoto(r.ctx(), &tg.SendPhotoParams{ChatID: alice, Photo: fileOf("board.png", picture(800, 400))})
	must(t, err)
	if len(m.Photo) != 2 || m.Photo[0].Width != 320 || m.Photo[0].Height != 160 || m.Photo[1].Width != 800 {
		t.Fatalf("sizes %+v", m.Photo)
	}
	for _, size := range m.Photo {
		f, err := r.bot.GetFile(r.ctx(), &tg.GetFileParams{FileID: size.FileID})
		must(t, err)
		conf, _, err := image.DecodeConfig(bytes.NewReader(r.fetch(t, r.bot.FileDownloadLink(f), 200)))
		must(t, err)
		if conf.Width != size.Width {
			t.Errorf("%d wide, said %d", conf.Width, size.Width)
		}
	}
	again, err := r.bot.SendPhoto(r.ctx(), &tg.SendPhotoParams{ChatID: alice, Photo: &models.InputFileString{Data: m.Photo[1].FileID}})
	must(t, err)
	if len(again.Photo) != 2 || again.Photo[0].FileID != m.Photo[0].FileID {
		t.Errorf("sent again %+v", again.Photo)
	}
}

// What a person sends as a photo and is none arrives as a document, and a
// person may send an empty file, so that bots meet both.
func TestPersonsOddFiles(t *testing.T) {
	r := newRig(t)
	sent, err := r.Send(alice, alice, Outgoing{Files: []Upload{{Name: "假图.jpg", Data: []byte("no"), Photo: true}}})
	must(t, err)
	if sent[0].Photo != nil || sent[0].Document == nil {
		t.Errorf("sent %+v", sent[0])
	}
	sent, err = r.Send(alice, alice, Outgoing{Files: []Upload{{Name: "空.pdf"}}})
	must(t, err)
	if sent[0].Document.FileSize != 0 {
		t.Errorf("sent %+v", sent[0].Document)
	}
}
