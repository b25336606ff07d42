package text_test

import (
	"regexp"
	"strings"
	"testing"

	"paogai/bot/text"
)

var tag = regexp.MustCompile(`</?([a-z]+)>`)

func TestMarkupIsWhatTelegramTakes(t *testing.T) {
	for _, key := range text.Keys() {
		raw := string(text.T(key))
		var open []string
		for _, m := range tag.FindAllStringSubmatch(raw, -1) {
			switch {
			case !strings.Contains(" b i u s code pre blockquote ", " "+m[1]+" "):
				t.Errorf("text %q: tag <%s> is foreign", key, m[1])
			case !strings.HasPrefix(m[0], "</"):
				open = append(open, m[1])
			case len(open) == 0 || open[len(open)-1] != m[1]:
				t.Errorf("text %q: %s closes nothing", key, m[0])
			default:
				open = open[:len(open)-1]
			}
		}
		if len(open) > 0 {
			t.Errorf("text %q: <%s> is not closed", key, open[0])
		}
		if rest := tag.ReplaceAllString(raw, ""); strings.ContainsAny(rest, "<>&") {
			t.Errorf("text %q: stray markup", key)
		}
	}
}

func TestTextsAreWrittenAlike(t *testing.T) {
	for _, key := range text.Keys() {
		raw := string(text.T(key))
		for _, wrong := range []string{"你", "  ", "...", "!", "?", "亲", "　\n"} {
			if strings.Contains(raw, wrong) {
				t.Errorf("text %q: %q is not how we write", key, wrong)
			}
		}
		if len([]rune(raw)) > 600 {
			t.Errorf("text %q is too long to be read", key)
		}
	}
}

func TestAGapShowsItself(t *testing.T) {
	if got := text.T("no.such"); got != "〔no.such〕" {
		t.Errorf("missing key: %q", got)
	}
	if got := text.Plain("unknown.command"); !strings.Contains(got, "〔command〕") {
		t.Errorf("missing value: %q", got)
	}
}

func TestWhatAPersonWroteIsEscapedInMessagesOnly(t *testing.T) {
	a := text.A{"command": `<b>&"x`}
	if got := string(text.T("unknown.command", a)); !strings.Contains(got, "&lt;b&gt;&amp;&quot;x") {
		t.Errorf("message: %q", got)
	}
	if got := text.Plain("unknown.command", a); !strings.Contains(got, `<b>&"x`) {
		t.Errorf("plain: %q", got)
	}
}
