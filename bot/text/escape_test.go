package text_test

import (
	"strings"
	"testing"
	"unicode/utf8"

	"paogai/bot/text"
)

func TestCleanTakesOutWhatCannotBeSeen(t *testing.T) {
	for _, c := range []struct{ name, in, want string }{
		{"zero width", "完\u200b成\ufeff了\u2060", "完成了"},
		{"override", "abc\u202efdp.exe", "abcfdp.exe"},
		{"control", "a\x00b\x07\r\nc\t", "ab\nc\t"},
		{"soft hyphen", "a\u00adb", "ab"},
		{"tag characters", "x\U000E0041\U000E0042", "x"},
		{"broken bytes", "a\xffb", "a�b"},
		{"a family stays one", "👨‍👩‍👧", "👨‍👩‍👧"},
		{"a heart keeps its colour", "❤️", "❤️"},
		{"right to left is set apart", "שלום", "\u2068שלום\u2069"},
		{"plain", "<b>一般</b>", "<b>一般</b>"},
	} {
		if got := text.Clean(c.in); got != c.want {
			t.Errorf("%s: got %q, want %q", c.name, got, c.want)
		}
	}
}

func FuzzEscape(f *testing.F) {
	for _, s := range []string{"", "<b>", "a&b", `"`, "\u202e<i", "שלום<", "\xff<", "👨‍👩‍👧"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		got := string(text.Escape(s))
		if strings.ContainsAny(got, `<>"`) || !utf8.ValidString(got) {
			t.Fatalf("%q came out as %q", s, got)
		}
		if text.Strip(got) != text.Clean(s) {
			t.Fatalf("%q does not come back: %q", s, text.Strip(got))
		}
	})
}

func TestALinkIsReadableAndLeadsWhereItSays(t *testing.T) {
	long := "https://a.example/" + strings.Repeat("x", 100)
	for _, c := range []struct{ url, want string }{
		{"https://a.example", `<a href="https://a.example">https://a.example</a>`},
		{"https://a.example/%E6%95%99?a=1&b=%22", `<a href="https://a.example/%E6%95%99?a=1&amp;b=%22">https://a.example/教?a=1&amp;b=&quot;</a>`},
		{"https://a.example/教", `<a href="https://a.example/%E6%95%99">https://a.example/教</a>`},
		{"https://a%2Eb/%zz", `<a href="https://a%2Eb/%zz">https://a%2Eb/%zz</a>`},
		{"https://a.example/%ff", `<a href="https://a.example/%ff">https://a.example/%ff</a>`},
		{"https://a.example/%E2%80%AEx", `<a href="https://a.example/%E2%80%AEx">https://a.example/x</a>`},
		{long, `<a href="` + long + `">` + long[:55] + "…" + long[len(long)-24:] + "</a>"},
	} {
		if got := string(text.Link(c.url)); got != c.want {
			t.Errorf("%s:\n got %s\nwant %s", c.url, got, c.want)
		}
	}
}
