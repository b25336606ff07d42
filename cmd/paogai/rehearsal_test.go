package main

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"mime/multipart"
	"net"
	"net/http"
	"os"
	"os/exec"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"paogai/bot/sandbox"
)

// program is a rehearsal in a process of its own, talked to as its page talks.
// It can be killed at any moment; what is asked of it then is asked again once
// it is back.
type program struct {
	t    *testing.T
	args []string
	url  string

	mu    sync.Mutex
	cmd   *exec.Cmd
	log   bytes.Buffer
	kills int
}

// startProgram runs a rehearsal on the folder (and store) until the test ends.
func startProgram(t *testing.T, args ...string) *program {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	address := listener.Addr().String()
	if err := listener.Close(); err != nil {
		t.Fatal(err)
	}
	p := &program{t: t, url: "http://" + address, args: append([]string{"demo", "--listen", address}, args...)}
	if err := p.start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { p.stop(os.Interrupt) })
	return p
}

// start runs the process and waits until the stage is set.
func (p *program) start() error {
	cmd := exec.Command(os.Args[0], p.args...)
	cmd.Env = append(os.Environ(), asProgram+"=1")
	out, err := cmd.StdoutPipe()
	if err != nil {
		return err
	}
	cmd.Stderr = &p.log
	if err := cmd.Start(); err != nil {
		return err
	}
	p.cmd = cmd
	ready := make(chan struct{})
	go func() {
		lines := bufio.NewScanner(out)
		for lines.Scan() {
			if strings.Contains(lines.Text(), p.url) {
				close(ready)
			}
		}
	}()
	select {
	case <-ready:
		return nil
	case <-time.After(time.Minute):
		return fmt.Errorf("the rehearsal did not start:\n%s", p.log.String())
	}
}

// stop ends the process by a signal and waits for it.
func (p *program) stop(s os.Signal) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.cmd == nil {
		return
	}
	_ = p.cmd.Process.Signal(s)
	_ = p.cmd.Wait()
	p.cmd = nil
}

// kill ends the process by SIGKILL and starts it again on the same data.
func (p *program) kill() {
	p.stop(syscall.SIGKILL)
	p.mu.Lock()
	defer p.mu.Unlock()
	p.kills++
	if err := p.start(); err != nil {
		p.t.Error(err)
	}
}

// errAway says that the process was not there, or went while it was asked.
var errAway = errors.New("the program is away")

// ask makes one request of the page. A refusal of the page is its sentence.
func (p *program) ask(method, path, kind string, body io.Reader, into any) error {
	request, err := http.NewRequestWithContext(p.t.Context(), method, p.url+path, body)
	if err != nil {
		return err
	}
	request.Header.Set("Content-Type", kind)
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		return errAway
	}
	defer response.Body.Close()
	data, err := io.ReadAll(response.Body)
	switch {
	case err != nil:
		return errAway
	case response.StatusCode != http.StatusOK:
		return fmt.Errorf("%s: %s", path, data)
	case into == nil:
		return nil
	}
	return json.Unmarshal(data, into)
}

func (p *program) get(path string, into any) error {
	return p.ask(http.MethodGet, path, "", nil, into)
}

func (p *program) post(path string, body map[string]any, into any) error {
	data, err := json.Marshal(body)
	if err != nil {
		return err
	}
	return p.ask(http.MethodPost, path, "application/json", bytes.NewReader(data), into)
}

// upload sends one file as a person.
func (p *program) upload(chat int64, name string, data []byte) error {
	var body bytes.Buffer
	form := multipart.NewWriter(&body)
	for field, value := range map[string]string{"from": fmt.Sprint(chat), "chat": fmt.Sprint(chat), "as": "document"} {
		if err := form.WriteField(field, value); err != nil {
			return err
		}
	}
	part, err := form.CreateFormFile("files", name)
	if err != nil {
		return err
	}
	if _, err := part.Write(data); err != nil {
		return err
	}
	if err := form.Close(); err != nil {
		return err
	}
	return p.ask(http.MethodPost, "/page/upload", form.FormDataContentType(), &body, nil)
}

// chat is the last messages of a chat, oldest first.
func (p *program) chat(id int64, limit int) ([]sandbox.Message, error) {
	var page struct {
		Messages []sandbox.Message `json:"messages"`
	}
	err := p.get(fmt.Sprintf("/page/chat?id=%d&limit=%d", id, limit), &page)
	return page.Messages, err
}

// until tries again and again, through kills, until the condition holds.
func (p *program) until(what string, holds func() (bool, error)) {
	p.t.Helper()
	again := time.NewTicker(15 * time.Millisecond)
	defer again.Stop()
	limit := time.After(2 * time.Minute)
	var last error
	for {
		done, err := holds()
		if done {
			return
		}
		last = err
		if err != nil && !errors.Is(err, errAway) {
			p.t.Fatalf("%s: %v", what, err)
		}
		select {
		case <-again.C:
		case <-limit:
			p.t.Fatalf("%s: not within two minutes (%v)\n%s", what, last, p.log.String())
		}
	}
}

// quiet waits until everything that happened is answered and told.
func (p *program) quiet() {
	p.t.Helper()
	p.until("quiet", func() (bool, error) {
		var clock sandbox.ClockView
		err := p.get("/page/clock", &clock)
		return err == nil && !clock.Busy, err
	})
}
