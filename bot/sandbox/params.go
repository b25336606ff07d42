package sandbox

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"mime"
	"mime/multipart"
	"net/http"
	"net/url"
	"strconv"
	"strings"
)

// params are the arguments of a call, however they came: query, form, JSON or
// multipart. Objects and arrays stay JSON text.
type params struct {
	values map[string]string
	files  map[string]upload
}

// maxBody is above the largest file, to leave room for the other fields.
const maxBody = maxUpload + 1<<20

var errTooLarge = &apiError{code: 413, description: "Request Entity Too Large"}

// errHungUp is for a bot that went away in the middle of its request: nobody
// is there to be refused.
var errHungUp = &apiError{code: 499, description: "Client Closed Request"}

// listener notes when the connection ended before the body did.
type listener struct {
	io.Reader
	hungUp bool
}

func (l *listener) Read(p []byte) (int, error) {
	n, err := l.Reader.Read(p)
	l.hungUp = l.hungUp || errors.Is(err, io.ErrUnexpectedEOF)
	return n, err //nolint:wrapcheck // a reader passes io.EOF on as it is
}

func readParams(r *http.Request) (params, *apiError) {
	p := params{values: map[string]string{}}
	p.addForm(r.URL.Query())
	if r.Body == nil || r.Method == http.MethodGet {
		return p, nil
	}
	kind, args, _ := mime.ParseMediaType(r.Header.Get("Content-Type"))
	body := &listener{Reader: http.MaxBytesReader(nil, r.Body, maxBody)}
	var err error
	switch kind {
	case "multipart/form-data":
		err = p.readMultipart(multipart.NewReader(body, args["boundary"]))
		if err == nil { // only a body read to its end tells of a caller that goes away
			_, err = io.Copy(io.Discard, body)
		}
	case "application/json":
		err = p.readJSON(body)
	default:
		err = p.readForm(body)
	}
	var tooLarge *http.MaxBytesError
	switch {
	case body.hungUp:
		return p, errHungUp
	case errors.As(err, &tooLarge):
		return p, errTooLarge
	case err != nil:
		return p, badRequest("can't parse the request: %v", err)
	}
	for _, f := range p.files {
		if len(f.data) > maxUpload {
			return p, errTooLarge
		}
	}
	return p, nil
}

func (p *params) addForm(form url.Values) {
	for k, v := range form {
		p.values[k] = v[0]
	}
}

func (p *params) readForm(r io.Reader) error {
	data, err := io.ReadAll(r)
	if err != nil {
		return fmt.Errorf("read the form: %w", err)
	}
	form, err := url.ParseQuery(string(data))
	if err != nil {
		return fmt.Errorf("form: %w", err)
	}
	p.addForm(form)
	return nil
}

func (p *params) readJSON(r io.Reader) error {
	data, err := io.ReadAll(r)
	if err != nil {
		return fmt.Errorf("read the JSON: %w", err)
	}
	if len(data) == 0 {
		return nil
	}
	var fields map[string]json.RawMessage
	if err := json.Unmarshal(data, &fields); err != nil {
		return fmt.Errorf("JSON: %w", err)
	}
	for k, raw := range fields {
		var text string
		if json.Unmarshal(raw, &text) == nil && string(raw) != "null" {
			p.values[k] = text
		} else if string(raw) != "null" {
			p.values[k] = string(raw)
		}
	}
	return nil
}

func (p *params) readMultipart(r *multipart.Reader) error {
	for {
		part, err := r.NextRawPart()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return fmt.Errorf("multipart: %w", err)
		}
		data, err := io.ReadAll(part)
		if err != nil {
			return fmt.Errorf("part %q: %w", part.FormName(), err)
		}
		if part.FileName() == "" {
			p.values[part.FormName()] = string(data)
			continue
		}
		if p.files == nil {
			p.files = map[string]upload{}
		}
		p.files[part.FormName()] = upload{name: part.FileName(), mime: part.Header.Get("Content-Type"), data: data}
	}
}

func (p params) get(key string) string { return p.values[key] }

// int reads a number; what is no number is 0, as for Telegram.
func (p params) int(key string) int64 {
	n, err := strconv.ParseInt(strings.TrimSpace(p.values[key]), 10, 64)
	if err != nil {
		return 0
	}
	return n
}

func (p params) bool(key string) bool {
	switch strings.ToLower(p.values[key]) {
	case "true", "yes", "1":
		return true
	default:
		return false
	}
}
