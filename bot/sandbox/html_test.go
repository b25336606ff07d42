package sandbox

import (
	"reflect"
	"strings"
	"testing"
	"unicode/utf8"
)

// HTML is refused with Telegram's words and offsets in bytes.
func TestParseHTMLRefusals(t *testing.T) {
	for in, want := range map[string]string{
		"<p>x</p>":                  `Unsupported start tag "p" at byte offset 0`,
		"跑<改>":                      `Unsupported start tag "改" at byte offset 3`,
		"3 < 4":                     `Unsupported start tag "" at byte offset 2`,
		"x <":                       `Unclosed start tag at byte offset 2`,
		"x <b":                      `Unclosed start tag at byte offset 2`,
		"<b>x":                      `Can't find end tag corresponding to start tag "b"`,
		"<b><i>x</i>":               `Can't find end tag corresponding to start tag "b"`,
		"x</b>":                     `Unexpected end tag at byte offset 1`,
		"<b>x</i>":                  `Unmatched end tag at byte offset 4, expected "</b>", found "</i>"`,
		"<b>x</b":                   `Unclosed end tag at byte offset 4`,
		"<a href=\"x>y</a>":         `Unclosed start tag at byte offset 0`,
		"<a =x>y</a>":               `Empty attribute name in the tag "a" at byte offset 0`,
		"<a href=a/b>y</a>":         `Unexpected end of name token at byte offset 8`,
		"<a href":                   `Unclosed start tag "a" at byte offset 0`,
		"<a href=":                  `Unclosed start tag "a" at byte offset 0`,
		"<span>x</span>":            `Tag "span" must have class "tg-spoiler" at byte offset 0`,
		"<SCRIPT>":                  `Unsupported start tag "script" at byte offset 0`,
		"&lt;b&gt; <br/> and <b>x>": `Unsupported start tag "br/" at byte offset 10`,
	} {
		_, _, err := parseHTML(in)
		if err == nil || err.Error() != want {
			t.Errorf("%s: %v; want %s", in, err, want)
		}
	}
}

// HTML becomes text and entities with offsets in UTF-16 code units.
func TestParseHTML(t *testing.T) {
	for in, want := range map[string]formatted{
		"a &lt;b&gt; &amp; &quot;&#20013;&#x4e2d;&nbsp;&": {text: "a <b> & \"中中&nbsp;&"},
		"😀<b>粗</b>":                               {"😀粗", []Entity{{Type: "bold", Offset: 2, Length: 1}}},
		"<b>一<i>二</i></b>":                        {"一二", []Entity{{Type: "bold", Length: 2}, {Type: "italic", Offset: 1, Length: 1}}},
		"<a href=\"https://a.cn/?x&amp;y\">链</a>": {"链", []Entity{{Type: "text_link", Length: 1, URL: "https://a.cn/?x&y"}}},

		"<pre><code class=\"language-go\">x</code></pre>": {"x", []Entity{{Type: "pre", Length: 1, Language: "go"}}},
		"<blockquote expandable>x</blockquote>":           {"x", []Entity{{Type: "expandable_blockquote", Length: 1}}},
		"<span class='tg-spoiler'>x</span>":               {"x", []Entity{{Type: "spoiler", Length: 1}}},
		"<STRONG >x</ STRONG>":                            {},
		"<STRONG >x</STRONG >":                            {"x", []Entity{{Type: "bold", Length: 1}}},

		"<a>x</a>": {text: "x"},
		"<u></u>x": {text: "x"},
	} {
		text, entities, err := parseHTML(in)
		if want.text == "" {
			if err == nil {
				t.Errorf("%s: not refused", in)
			}
			continue
		}
		if err != nil || text != want.text || !reflect.DeepEqual(entities, want.entities) {
			t.Errorf("%s: %q %+v %v", in, text, entities, err)
		}
	}
}

// Telegram finds commands, mentions, hashtags and addresses by itself.
func TestDetected(t *testing.T) {
	for text, want := range map[string]string{
		"/start":               "bot_command /start",
		"/start@paogai_bot x":  "bot_command /start@paogai_bot",
		"请发 /rank 3":           "bot_command /rank",
		"中文/rank":              "",
		"😀/rank":               "bot_command /rank",
		"a/b /x/y":             "",
		"/":                    "",
		"@edu_li 你好":           "mention @edu_li",
		"a@b.cn":               "",
		"#跑改 #12":              "hashtag #跑改",
		"见https://a.cn/x?y=1。": "",
		"见 https://a.cn/x。":    "url https://a.cn/x",
		"http://x":             "",
	} {
		var got []string
		for _, e := range withDetected(text, nil) {
			got = append(got, e.Type+" "+cut16(text, e.Offset, e.Length))
		}
		if strings.Join(got, "|") != want {
			t.Errorf("%s: %q", text, got)
		}
	}
	code := []Entity{{Type: "code", Length: 6}}
	if got := withDetected("/start", code); len(got) != 1 {
		t.Errorf("inside code: %+v", got)
	}
}

// A person's long note arrives in pieces of at most 4096.
func TestLongNoteIsSplit(t *testing.T) {
	r := newRig(t)
	sent, err := r.Send(alice, alice, Outgoing{Text: strings.Repeat("长", 5000)})
	must(t, err)
	if len(sent) != 2 || utf16Len(sent[0].Text) != 4096 || utf16Len(sent[1].Text) != 904 {
		t.Errorf("%d messages", len(sent))
	}
}

// Whatever comes, the parser ends, and what it takes is well-formed text with
// entities inside it; an escaped text comes out as it was.
func FuzzParseHTML(f *testing.F) {
	for _, seed := range []string{"<b>x</b>", "&#x1F600;<a href='a.cn'>y</a", "<<>>&;", "<pre><code class=language-go>"} {
		f.Add(seed)
	}
	escape := strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;")
	f.Fuzz(func(t *testing.T, in string) {
		if !utf8.ValidString(in) {
			return
		}
		if text, entities, err := parseHTML(escape.Replace(in)); err != nil || text != in || entities != nil {
			t.Fatalf("escaped: %q %v %v", text, entities, err)
		}
		raw := rawText{text: in, mode: "HTML"}
		out, err := raw.format()
		if err != nil {
			return
		}
		total := utf16Len(out.text)
		for _, e := range out.entities {
			if e.Offset < 0 || e.Length <= 0 || e.Offset+e.Length > total || !utf8.ValidString(out.text) {
				t.Fatalf("entity %+v in %q", e, out.text)
			}
		}
	})
}
