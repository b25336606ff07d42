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
