package sandbox

import (
	"bytes"
	"crypto/sha256"
	"encoding/base64"
	"fmt"
	"image"
	"image/color"
	_ "image/gif" // photos that people and bots send
	"image/jpeg"
	_ "image/png" // likewise
	"mime"
	"net/http"
	"path/filepath"
	"strings"
)

// Sizes that Telegram allows a bot, in bytes.
const (
	maxUpload   = 50 << 20
	maxPhoto    = 10 << 20
	maxDownload = 20 << 20
	maxSides    = 10000 // a photo's width and height together
	thumbSide   = 320
)

// upload is a file on its way in.
type upload struct {
	name, mime string
	data       []byte
}

// media is what a message holds of a file, with the op that makes it known;
// no op when it was known before.
type media struct {
	photo    []PhotoSize
	document *Document
	ops      []*op
}

// newFile stores bytes and names them. Ids are as opaque as Telegram's.
func (s *Server) newFile(kind string, up upload) (*file, error) {
	sum, err := s.store.put(up.data)
	if err != nil {
		return nil, err
	}
	n := s.fileSeq.Add(1)
	id := sha256.Sum256(fmt.Appendf(nil, "%s %s %d", kind, sum, n))
	ext := filepath.Ext(up.name)
	if kind == "photo" {
		ext = ".jpg"
	}
	return &file{
		ID:     filePrefix(kind) + base64.RawURLEncoding.EncodeToString(id[:]),
		N:      n,
		Unique: "AQAD" + sum[:12],
		Kind:   kind,
		Path:   fmt.Sprintf("%ss/file_%d%s", kind, n, ext),
		Name:   up.name, Mime: up.mime, Sum: sum, Size: int64(len(up.data)),
	}, nil
}

func filePrefix(kind string) string {
	if kind == "photo" {
		return "AgACAgIAAxk"
	}
	return "BQACAgIAAxk"
}

// newDocument stores a file to be sent as it is.
func (s *Server) newDocument(up upload) (media, error) {
	if up.mime == "" || up.mime == "application/octet-stream" {
		up.mime = mimeOf(up)
	}
	f, err := s.newFile("document", up)
	if err != nil {
		return media{}, err
	}
	return media{document: f.document(), ops: []*op{{Kind: opFile, File: f}}}, nil
}

func mimeOf(up upload) string {
	if t := mime.TypeByExtension(filepath.Ext(up.name)); t != "" {
		t, _, _ = strings.Cut(t, ";")
		return t
	}
	t, _, _ := strings.Cut(http.DetectContentType(up.data), ";")
	return t
}

// newPhoto stores a picture and a small rendering of it. Telegram would
// recode the picture; the sandbox keeps its bytes.
func (s *Server) newPhoto(up upload) (media, *apiError) {
	if len(up.data) > maxPhoto {
		return media{}, badRequest("file of size %d bytes is too big for a photo; the maximum size is %d bytes", len(up.data), maxPhoto)
	}
	conf, _, err := image.DecodeConfig(bytes.NewReader(up.data))
	if err != nil {
		return media{}, badRequest("IMAGE_PROCESS_FAILED")
	}
	w, h := conf.Width, conf.Height
	if w == 0 || h == 0 || w+h > maxSides || w > 20*h || h > 20*w {
		return media{}, badRequest("PHOTO_INVALID_DIMENSIONS")
	}
	picture, _, err := image.Decode(bytes.NewReader(up.data))
	if err != nil {
		return media{}, badRequest("IMAGE_PROCESS_FAILED")
	}
	up.mime = http.DetectContentType(up.data)
	full, err := s.newFile("photo", up)
	if err != nil {
		return media{}, internal(err)
	}
	full.Width, full.Height = w, h
	ops := []*op{{Kind: opFile, File: full}}
	sizes := []PhotoSize{full.size()}
	if max(w, h) > thumbSide {
		small, err := s.thumbnail(picture)
		if err != nil {
			return media{}, internal(err)
		}
		full.Small = small.ID
		ops = []*op{{Kind: opFile, File: small}, {Kind: opFile, File: full}}
		sizes = []PhotoSize{small.size(), full.size()}
	}
	return media{photo: sizes, ops: ops}, nil
}

// thumbnail stores a rendering of at most thumbSide.
func (s *Server) thumbnail(src image.Image) (*file, error) {
	b := src.Bounds()
	k := float64(max(b.Dx(), b.Dy())) / thumbSide
	w, h := max(int(float64(b.Dx())/k), 1), max(int(float64(b.Dy())/k), 1)
	dst := image.NewRGBA(image.Rect(0, 0, w, h))
	for y := range h {
		for x := range w {
			c := src.At(b.Min.X+int(float64(x)*k), b.Min.Y+int(float64(y)*k))
			dst.SetRGBA(x, y, overWhite(c))
		}
	}
	var out bytes.Buffer
	if err := jpeg.Encode(&out, dst, nil); err != nil {
		return nil, fmt.Errorf("sandbox: draw a thumbnail: %w", err)
	}
	f, err := s.newFile("photo", upload{mime: "image/jpeg", data: out.Bytes()})
	if err != nil {
		return nil, err
	}
	f.Width, f.Height = w, h
	return f, nil
}

// overWhite makes c opaque: JPEG has no transparency.
func overWhite(c color.Color) color.RGBA {
	r, g, b, a := c.RGBA()
	rest := 0xffff - a
	return color.RGBA{R: uint8((r + rest) >> 8), G: uint8((g + rest) >> 8), B: uint8((b + rest) >> 8), A: 0xff}
}

func (f *file) size() PhotoSize {
	return PhotoSize{FileID: f.ID, FileUniqueID: f.Unique, Width: f.Width, Height: f.Height, FileSize: f.Size}
}

func (f *file) document() *Document {
	return &Document{FileID: f.ID, FileUniqueID: f.Unique, FileName: f.Name, MimeType: f.Mime, FileSize: f.Size}
}
