package sandbox

import (
	"bytes"
	"net/http"
	"strings"
	"time"
)

func getFile(s *Server, c *call) (any, *apiError) {
	id := c.get("file_id")
	if id == "" {
		return nil, badRequest("file_id not specified")
	}
	s.mu.Lock()
	f := s.state.files[id]
	s.mu.Unlock()
	switch {
	case f == nil:
		return nil, badRequest("invalid file_id")
	case f.Size > maxDownload:
		return nil, badRequest("file is too big")
	}
	return struct {
		ID     string `json:"file_id"`
		Unique string `json:"file_unique_id"`
		Size   int64  `json:"file_size,omitempty"`
		Path   string `json:"file_path"`
	}{f.ID, f.Unique, f.Size, f.Path}, nil
}

// serveFile answers /file/bot<token>/<path>.
func (s *Server) serveFile(w http.ResponseWriter, r *http.Request) {
	path, refused := s.token(strings.TrimPrefix(r.URL.Path, "/file/bot"))
	s.mu.Lock()
	f := s.state.paths[path]
	s.mu.Unlock()
	if refused == nil && (f == nil || f.Size > maxDownload) {
		refused = &apiError{code: 404, description: "Not Found"}
	}
	if refused != nil {
		s.refuse(w, "download", refused)
		return
	}
	fault := s.faults.draw(method{kind: plain})
	if fault.before(s, w, "download") {
		return
	}
	data, err := s.store.get(f.Sum)
	if err != nil {
		s.refuse(w, "download", internal(err))
		return
	}
	if fault.loseAnswer && hangUp(w) {
		return
	}
	w.Header().Set("Content-Type", "application/octet-stream")
	http.ServeContent(w, r, "", time.Time{}, bytes.NewReader(data))
}
