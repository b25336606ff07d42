package sandbox

import (
	"encoding/json"
	"strconv"
	"strings"
)

// albumBase makes media_group_id as long as Telegram's.
const albumBase = 13000000000000000

// albumID names the n-th album.
func albumID(n int64) string { return strconv.FormatInt(albumBase+n, 10) }

// albumNumber is n of albumID.
func albumNumber(id string) int64 {
	n, err := strconv.ParseInt(id, 10, 64)
	if err != nil {
		return 0
	}
	return n - albumBase
}

// inputMedia is a file of an album or of an edit.
type inputMedia struct {
	Type      string          `json:"type"`
	Media     string          `json:"media"`
	Caption   string          `json:"caption"`
	ParseMode string          `json:"parse_mode"`
	Entities  json.RawMessage `json:"caption_entities"`
}

// draft reads the file and caption of m.
func (s *Server) mediaDraft(p params, m inputMedia) (draft, *apiError) {
	if m.Type != "photo" && m.Type != "document" {
		return draft{}, badRequest("can't parse InputMedia: type \"%s\" is not known to the sandbox", m.Type)
	}
	f, err := captionText(params{values: map[string]string{
		"caption": m.Caption, "parse_mode": m.ParseMode, "caption_entities": string(m.Entities),
	}})
	if err != nil {
		return draft{}, err
	}
	found, err := s.media(p, m.Type, m.Media, "")
	return draft{formatted: f, caption: true, media: found}, err
}

func sendMediaGroup(s *Server, c *call) (any, *apiError) {
	var items []inputMedia
	if err := json.Unmarshal([]byte(c.get("media")), &items); err != nil {
		return nil, badRequest("can't parse media JSON object")
	}
	switch {
	case len(items) == 0:
		return nil, badRequest("there are no messages to send")
	case len(items) > 10:
		return nil, badRequest("too many messages to send as an album")
	}
	for _, m := range items {
		if m.Type != items[0].Type {
			return nil, badRequest("document can't be mixed with other media types")
		}
	}
	drafts := make([]draft, 0, len(items))
	for _, m := range items {
		d, err := s.mediaDraft(c.params, m)
		if err != nil {
			return nil, err
		}
		drafts = append(drafts, d)
	}
	if len(drafts) > 1 {
		s.mu.Lock()
		album := albumID(s.state.albums + 1)
		s.mu.Unlock()
		for i := range drafts {
			drafts[i].album = album
		}
	}
	sent, err := s.send(c.params, drafts)
	if err != nil {
		return nil, err
	}
	return sent, nil
}

// media reads a file of a call: uploaded under field, attached by attach://,
// or known by its id.
func (s *Server) media(p params, kind, ref, field string) (media, *apiError) {
	if name, ok := strings.CutPrefix(ref, "attach://"); ok {
		field = name
	}
	if up, ok := p.files[field]; ok && field != "" {
		return s.uploaded(kind, up)
	}
	switch {
	case ref == "":
		return media{}, badRequest("there is no %s in the request", kind)
	case strings.HasPrefix(ref, "http://"), strings.HasPrefix(ref, "https://"):
		return media{}, badRequest("failed to get HTTP URL content")
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	f := s.state.files[ref]
	if f == nil {
		return media{}, badRequest("wrong file identifier/HTTP URL specified")
	}
	if f.Kind != kind {
		return media{}, badRequest("can't use file of type %s as %s", title(f.Kind), title(kind))
	}
	if kind == "document" {
		return media{document: f.document()}, nil
	}
	sizes := []PhotoSize{f.size()}
	if small := s.state.files[f.Small]; small != nil {
		sizes = []PhotoSize{small.size(), f.size()}
	}
	return media{photo: sizes}, nil
}

func (s *Server) uploaded(kind string, up upload) (media, *apiError) {
	if len(up.data) == 0 {
		return media{}, badRequest("file must be non-empty")
	}
	if kind == "photo" {
		return s.newPhoto(up)
	}
	m, err := s.newDocument(up)
	if err != nil {
		return m, internal(err)
	}
	return m, nil
}

func title(s string) string { return strings.ToUpper(s[:1]) + s[1:] }
