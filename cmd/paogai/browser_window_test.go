package main

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/dom"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
)

// pollEvery is how often a window looks whether what it waits for has come.
const pollEvery = 40 * time.Millisecond

// window is one browser window with the page open. Everything is done in it as
// a person does it: by pointing and typing. It waits for what must come and
// never for time to pass.
type window struct {
	t     *testing.T
	ctx   context.Context
	shot  string         // folder of its screenshots
	seen  map[string]int // by chat: the last message that was expected there
	chat  string         // data-chat of the chat on screen
	close func()         // what the page complained of fails the test
	*complaints
}

// complaints are the exceptions and console errors of a page; any fails the
// test. files are what its next file chooser is answered with.
type complaints struct {
	mu    sync.Mutex
	heard []string
	files []string
}

// size of a window in CSS pixels.
type size struct {
	width, height int64
	phone         bool
}

func desktop() size { return size{width: 1440, height: 900} }
func phone() size   { return size{width: 390, height: 844, phone: true} }

// openWindow opens the page in a browser (its path) and waits until it is ready.
func openWindow(t *testing.T, browser, url string, s size) *window {
	t.Helper()
	ctx, closeIt := startBrowser(t, browser)
	w := &window{t: t, ctx: ctx, shot: pictures(t), seen: map[string]int{}, complaints: &complaints{}}
	w.close = sync.OnceFunc(func() {
		if t.Failed() {
			w.picture("failed")
		}
		closeIt()
		w.mu.Lock()
		defer w.mu.Unlock()
		for _, fault := range w.heard {
			t.Errorf("the page complained: %s", fault)
		}
	})
	t.Cleanup(w.close)
	chromedp.ListenTarget(ctx, w.listen)
	viewport := chromedp.EmulateViewport(s.width, s.height)
	if s.phone {
		viewport = chromedp.EmulateViewport(s.width, s.height, chromedp.EmulateScale(2), chromedp.EmulateMobile, chromedp.EmulateTouch)
	}
	calm := emulation.SetEmulatedMedia().WithFeatures([]*emulation.MediaFeature{
		{Name: "prefers-reduced-motion", Value: "reduce"}, // what glides cannot be hit surely
		{Name: "prefers-color-scheme", Value: "light"},
	})
	w.do("open the page", runtime.Enable(), log.Enable(), page.SetInterceptFileChooserDialog(true), viewport, calm, chromedp.Navigate(url))
	w.until("the page is ready", `document.body.dataset.ready === "true"`)
	return w
}

// listen collects what the page complains of and answers file choosers.
func (w *window) listen(event any) {
	switch e := event.(type) {
	case *runtime.EventExceptionThrown:
		w.complain(e.ExceptionDetails.Error())
	case *runtime.EventConsoleAPICalled:
		if e.Type == runtime.APITypeError || e.Type == runtime.APITypeWarning {
			for _, arg := range e.Args {
				w.complain(string(arg.Value) + arg.Description)
			}
		}
	case *log.EventEntryAdded:
		if e.Entry.Level == log.LevelError {
			w.complain(e.Entry.Text + " " + e.Entry.URL)
		}
	case *page.EventFileChooserOpened:
		go w.choose(e) // a listener must not wait for the browser
	}
}

func (c *complaints) complain(text string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.heard = append(c.heard, text)
}

// choose answers an opened file chooser.
func (w *window) choose(e *page.EventFileChooserOpened) {
	w.mu.Lock()
	files := w.files
	w.mu.Unlock()
	if err := chromedp.Run(w.ctx, dom.SetFileInputFiles(files).WithBackendNodeID(e.BackendNodeID)); err != nil {
		w.complain("file chooser: " + err.Error())
	}
}

// do runs actions, which must not fail.
func (w *window) do(what string, actions ...chromedp.Action) {
	w.t.Helper()
	ctx, cancel := context.WithTimeout(w.ctx, patience)
	defer cancel()
	if err := chromedp.Run(ctx, actions...); err != nil {
		w.t.Fatalf("%s: %v\n%s", what, err, w.onScreen())
	}
}

// until waits for a JavaScript condition.
func (w *window) until(what, condition string) {
	w.t.Helper()
	var got any
	w.read(what, condition, &got)
}

// read waits until an expression is neither false, null, 0 nor "" and decodes it.
func (w *window) read(what, expression string, into any) {
	w.t.Helper()
	ctx, cancel := context.WithTimeout(w.ctx, patience)
	defer cancel()
	if err := chromedp.Run(ctx, chromedp.Poll(expression, into, chromedp.WithPollingInterval(pollEvery), chromedp.WithPollingTimeout(0))); err != nil {
		w.t.Fatalf("waiting until %s: %v\n%s", what, err, w.onScreen())
	}
}

// onScreen is what the chat shows, for a failure's report.
func (w *window) onScreen() string {
	var text string
	ctx, cancel := context.WithTimeout(w.ctx, patience)
	defer cancel()
	_ = chromedp.Run(ctx, chromedp.Evaluate(
		`[document.querySelector("#clock-face")?.innerText, document.querySelector("#log")?.innerText.slice(-1800), document.querySelector("#toasts")?.innerText].join("\n--\n")`, &text))
	return text
}

// click points at the one element and presses it, once it can be seen.
func (w *window) click(selector string) {
	w.t.Helper()
	w.clickOn(fmt.Sprintf("document.querySelector(%s)", quoted(selector)))
}

// clickOn clicks what a JavaScript expression finds, once it is in sight,
// enabled and nothing lies over it.
func (w *window) clickOn(element string) {
	w.t.Helper()
	var at struct{ X, Y float64 }
	w.read("one can click "+element, fmt.Sprintf(`(() => {
		const el = %s;
		if (!el || el.disabled) return null;
		el.scrollIntoView({ block: "nearest", inline: "nearest" });
		const r = el.getBoundingClientRect(), X = r.left + r.width / 2, Y = r.top + r.height / 2;
		return r.width && el.contains(document.elementFromPoint(X, Y)) ? { X, Y } : null;
	})()`, element), &at)
	w.do("click "+element, chromedp.MouseClickXY(at.X, at.Y))
}

// quiet waits until nothing that happened is unanswered or untold: the clock's
// buttons can then be pressed.
func (w *window) quiet() {
	w.t.Helper()
	w.until("the rehearsal is quiet", `document.querySelector("#top").getAttribute("aria-busy") === "false"`)
}

// picture saves what the window shows.
func (w *window) picture(name string) {
	w.t.Helper()
	var png []byte
	ctx, cancel := context.WithTimeout(w.ctx, patience)
	defer cancel()
	if err := chromedp.Run(ctx, chromedp.CaptureScreenshot(&png)); err != nil {
		w.t.Logf("picture %s: %v", name, err)
		return
	}
	if err := os.WriteFile(filepath.Join(w.shot, name+".png"), png, 0o600); err != nil {
		w.t.Errorf("picture %s: %v", name, err)
	}
}

// opens goes to somebody's chat with the bot, or to a group, by the list.
func (w *window) opens(chat int64) {
	w.t.Helper()
	w.chat = strconv.FormatInt(chat, 10)
	w.click(fmt.Sprintf(`#people [data-chat="%s"]`, w.chat))
	w.until("the chat is read", fmt.Sprintf(`document.querySelector("#chat").dataset.chat === "%s" && document.querySelector("#chat").getAttribute("aria-busy") === "false"`, w.chat))
}

// says types a message and presses the send button.
func (w *window) says(text string) {
	w.t.Helper()
	w.click("#composer-input")
	w.do("type "+text, input.InsertText(text))
	w.click("#send")
}

// sendsFile attaches a file by the paper clip and sends it.
func (w *window) sendsFile(path string) {
	w.t.Helper()
	w.mu.Lock()
	w.files = []string{path}
	w.mu.Unlock()
	w.click("#attach")
	w.clickOn(`[...document.querySelectorAll("#menu button")].find((b) => b.innerText.includes("文件"))`)
	w.until("the file lies in the tray", fmt.Sprintf(`!!document.querySelector('#tray [data-file=%s]')`, quoted(filepath.Base(path))))
	w.click("#send")
}

// message is a bubble of the chat on screen.
type message struct {
	ID   int    `json:"id"`
	Text string `json:"text"`
}

// expects waits for a message that came after the last one expected in this
// chat and holds all the words.
func (w *window) expects(words ...string) message {
	w.t.Helper()
	m := w.sees(fmt.Sprintf("id > %d", w.seen[w.chat]), words...)
	w.seen[w.chat] = m.ID
	return m
}

// sees waits for a message that holds all the words and whose id fits.
func (w *window) sees(fits string, words ...string) message {
	w.t.Helper()
	var m message
	w.read(fmt.Sprintf("a message with %s says %q", fits, words), fmt.Sprintf(`(() => {
		const words = %s;
		for (const el of document.querySelectorAll("#log article[data-message]")) {
			const id = Number(el.dataset.message), text = el.querySelector(".bubble").innerText;
			if (%s && words.every((w) => text.includes(w))) return { id, text };
		}
		return null;
	})()`, quoted(words), fits), &m)
	return m
}

// becomes waits until a message has been edited to hold all the words.
func (w *window) becomes(m message, words ...string) message {
	w.t.Helper()
	return w.sees(fmt.Sprintf("id === %d", m.ID), words...)
}

// underMessage is the selector of a button under a message.
func underMessage(m message, label string) string {
	return fmt.Sprintf(`#log [data-message="%d"] [data-button*=%s]`, m.ID, quoted(label))
}

// presses presses a button under a message.
func (w *window) presses(m message, label string) {
	w.t.Helper()
	w.quiet()
	w.click(underMessage(m, label))
}

// toasted waits for a short notice with the words.
func (w *window) toasted(words ...string) {
	w.t.Helper()
	w.until(fmt.Sprintf("a notice says %q", words), fmt.Sprintf(
		`[...document.querySelectorAll("#toasts .toast, #alert[open]")].some((el) => %s.every((w) => el.innerText.includes(w)))`, quoted(words)))
}

// quoted writes strings as JavaScript and, alone, as CSS takes them.
func quoted(v any) string {
	text, _ := json.Marshal(v) // strings and lists of strings do not fail
	return string(text)
}
