package sandbox

import (
	"fmt"
	"io"
	"net/http"
	"strconv"
)

// maxPageUpload is what the page takes at once; Telegram's people may send
// more, but nobody needs it to see what a bot does.
const maxPageUpload = 100 << 20

// pageAct is what a person does on the page.
type pageAct struct {
	From      int64  `json:"from"`
	Chat      int64  `json:"chat"`
	MessageID int    `json:"message_id"`
	Text      string `json:"text"`
	Data      string `json:"data"`
	ReplyTo   int    `json:"reply_to"`
	Person    int64  `json:"person"`
	Blocked   bool   `json:"blocked"`
	Payload   string `json:"payload"`
	Action    string `json:"action"`
	Arg       string `json:"arg"`
}

// sentView is the answer to what sends messages.
type sentView struct {
	Messages []Message `json:"messages"`
}

func (s *Server) pageSend(r *http.Request) (any, error) {
	var in pageAct
	if err := readBody(r, &in); err != nil {
		return nil, err
	}
	return s.pageSent(in, Outgoing{Text: in.Text, ReplyTo: in.ReplyTo})
}

func (s *Server) pageSent(in pageAct, out Outgoing) (any, error) {
	sent, err := s.Send(in.From, in.Chat, out)
	if err != nil {
		return nil, err
	}
	return sentView{sent}, nil
}

// pageOther sends something that the bot probably did not ask for.
func (s *Server) pageOther(out Outgoing) pageFunc {
	return func(r *http.Request) (any, error) {
		var in pageAct
		if err := readBody(r, &in); err != nil {
			return nil, err
		}
		return s.pageSent(in, out)
	}
}

func (s *Server) pageUpload(r *http.Request) (any, error) {
	r.Body = http.MaxBytesReader(nil, r.Body, maxPageUpload)
	if err := r.ParseMultipartForm(maxPageUpload); err != nil {
		return nil, fmt.Errorf("upload: %w", err)
	}
	defer func() { _ = r.MultipartForm.RemoveAll() }() // temporary files, if any
	out := Outgoing{Caption: r.FormValue("caption")}
	for _, headers := range r.MultipartForm.File {
		for _, h := range headers {
			f, err := h.Open()
			if err != nil {
				return nil, fmt.Errorf("upload: %w", err)
			}
			data, err := io.ReadAll(f)
			_ = f.Close() // only read from
			if err != nil {
				return nil, fmt.Errorf("upload: %w", err)
			}
			out.Files = append(out.Files, Upload{
				Name: h.Filename, Mime: h.Header.Get("Content-Type"), Data: data, Photo: r.FormValue("as") == "photo",
			})
		}
	}
	if len(out.Files) == 0 {
		return nil, ErrEmpty
	}
	from, err := strconv.ParseInt(r.FormValue("from"), 10, 64)
	if err != nil {
		return nil, errBadRequest
	}
	chat, err := strconv.ParseInt(r.FormValue("chat"), 10, 64)
	if err != nil {
		return nil, errBadRequest
	}
	out.ReplyTo, _ = strconv.Atoi(r.FormValue("reply_to")) // none: 0
	return s.pageSent(pageAct{From: from, Chat: chat}, out)
}

func (s *Server) pagePress(r *http.Request) (any, error) {
	var in pageAct
	if err := readBody(r, &in); err != nil {
		return nil, err
	}
	id, err := s.Press(in.From, in.Chat, in.MessageID, in.Data)
	if err != nil {
		return nil, err
	}
	return map[string]string{"callback": id}, nil
}

func (s *Server) pageEdit(r *http.Request) (any, error) {
	var in pageAct
	if err := readBody(r, &in); err != nil {
		return nil, err
	}
	return ok{}, s.Edit(in.From, in.Chat, in.MessageID, in.Text)
}

func (s *Server) pageBlock(r *http.Request) (any, error) {
	var in pageAct
	if err := readBody(r, &in); err != nil {
		return nil, err
	}
	return ok{}, s.setBlocked(in.Person, in.Blocked)
}

func (s *Server) pageStart(r *http.Request) (any, error) {
	var in pageAct
	if err := readBody(r, &in); err != nil {
		return nil, err
	}
	sent, err := s.Start(in.Person, in.Payload)
	if err != nil {
		return nil, err
	}
	return sentView{sent}, nil
}
