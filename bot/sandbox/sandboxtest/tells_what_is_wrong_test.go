package sandboxtest_test

import (
	"fmt"
	"runtime"
	"strings"
	"testing"

	"paogai/bot/sandbox"
	"paogai/bot/sandbox/sandboxtest"
)

// broken is a test that a helper ends; it keeps the last words.
type broken struct {
	testing.TB
	words string
}

func (b *broken) Helper() {}

func (b *broken) Fatalf(format string, args ...any) {
	b.words = fmt.Sprintf(format, args...)
	runtime.Goexit()
}

// ends runs what a test does and returns what it failed with.
func ends(t *testing.T, s *sandbox.Server, act func(c *sandboxtest.Client)) string {
	t.Helper()
	b := &broken{TB: t}
	done := make(chan struct{})
	go func() {
		defer close(done)
		act(sandboxtest.Open(b, s))
	}()
	<-done
	return b.words
}

// What a person cannot do ends the test at once, with the chat to look at.
func TestAHelperTellsWhatIsWrong(t *testing.T) {
	s := serve(t)
	c := sandboxtest.Open(t, s)
	p := c.Person(1001)
	p.Says("/submit")
	m := p.ExpectMessage("确认")
	for name, x := range map[string]struct {
		act  func(c *sandboxtest.Client)
		want []string
	}{
		"a missing button": {func(c *sandboxtest.Client) { c.Person(1001).Click(m, "取消") }, []string{`no button "取消"`, "联络员甲: /submit"}},
		"a gone message":   {func(c *sandboxtest.Client) { c.Person(1001).Click(sandbox.Message{MessageID: 999}, "x") }, []string{"999 is gone", "/submit"}},
		"no buttons":       {func(c *sandboxtest.Client) { c.Person(1002).ClickLast("x") }, []string{"no message has buttons"}},
		"empty words":      {func(c *sandboxtest.Client) { c.Person(1001).Says("") }, []string{"could not send", string(sandbox.ErrEmpty)}},
		"a strange group":  {func(c *sandboxtest.Client) { c.Person(1002).In(-5).Says("x") }, []string{"could not send", string(sandbox.ErrNotMember)}},
		"a bad link":       {func(c *sandboxtest.Client) { c.Person(1002).Starts("a b") }, []string{"could not start", string(sandbox.ErrBadPayload)}},
		"another's words":  {func(c *sandboxtest.Client) { c.Person(1001).Edits(m, "x") }, []string{"could not edit", string(sandbox.ErrNotYours)}},
	} {
		words := ends(t, s, x.act)
		for _, want := range x.want {
			if !strings.Contains(words, want) {
				t.Errorf("%s: %q lacks %q", name, words, want)
			}
		}
	}
	if err := p.PressData(m, "nothing"); err == nil {
		t.Error("a button that is not there was pressed")
	}
	if err := p.PressData(m, "y"); err != nil {
		t.Error(err)
	}
	p.ExpectToast("收到")
}

// A person sends what people send, and reads it back.
func TestAPersonSendsAnything(t *testing.T) {
	s := serve(t)
	c := sandboxtest.Open(t, s)
	p := c.Person(1001)
	if p.ID() != 1001 {
		t.Errorf("id %d", p.ID())
	}
	first := p.Says("一")
	if reply := p.Replies(first, "答"); reply.ReplyTo == nil || reply.ReplyTo.MessageID != first.MessageID {
		t.Errorf("reply %+v", reply)
	}
	p.Edits(first, "二")
	p.Sends(sandbox.Outgoing{Sticker: true})
	p.SendsPhotos([]byte("no picture"), []byte("nor this"))
	list := p.History()
	if len(list) != 5 || list[0].Text != "二" || list[2].Sticker == nil || list[4].MediaGroupID == "" {
		t.Errorf("history %+v", list)
	}
	if script := c.Transcript(1001); !strings.Contains(script, "[photo.jpg]") || strings.Count(script, "\n") != 5 {
		t.Errorf("transcript\n%s", script)
	}
	p.ExpectMessage("photo.jpg")
	p.ExpectMessage("photo.jpg")
	p.NoMore()
}
