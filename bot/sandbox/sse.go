package sandbox

import (
	"bytes"
	"encoding/json"
	"net/http"
	"time"
)

// heartbeat keeps a silent stream from being taken for dead.
const heartbeat = 20 * time.Second

// pageEvents streams events to the page. A page that was away says where it
// was by Last-Event-ID; if that is too long ago it is told to read anew.
func (s *Server) pageEvents(w http.ResponseWriter, r *http.Request) {
	since := r.Header.Get("Last-Event-ID")
	watcher, known := s.hub.watch(since)
	defer s.hub.unwatch(watcher)
	w.Header().Set("Content-Type", "text/event-stream")
	w.Header().Set("Cache-Control", "no-store")
	out := http.NewResponseController(w)
	first := []byte(": hello\n\n")
	if !known {
		first = []byte("data: {\"type\":\"reset\"}\n\n")
	}
	if _, err := w.Write(first); err != nil || out.Flush() != nil {
		return
	}
	beat := time.NewTicker(heartbeat)
	defer beat.Stop()
	for {
		var chunk []byte
		select {
		case <-r.Context().Done():
			return
		case <-watcher.done:
			return
		case <-beat.C:
			chunk = []byte(": beat\n\n")
		case <-watcher.wake:
			chunk = s.frames(watcher.take())
		}
		if _, err := w.Write(chunk); err != nil || out.Flush() != nil {
			return
		}
	}
}

// frames writes events in the stream's form.
func (s *Server) frames(events []Event) []byte {
	var b bytes.Buffer
	for _, e := range events {
		if e.Type == eventIdle {
			continue
		}
		if e.Message != nil {
			m := s.viewNow(e.Chat, e.Message)
			e.Message = &m
		}
		body, err := json.Marshal(e)
		if err != nil {
			continue // Event has no value that JSON cannot write
		}
		b.WriteString("id: " + s.hub.id(e) + "\ndata: ")
		b.Write(body)
		b.WriteString("\n\n")
	}
	return b.Bytes()
}

// viewNow is view with the pins of this moment.
func (s *Server) viewNow(chatID int64, m *Message) Message {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.view(s.state.chats[chatID], m)
}
