package bot

import (
	"fmt"
	"strings"
	"testing"

	"paogai/bot/text"
)

func TestShortTextIsLeftAlone(t *testing.T) {
	for _, html := range []string{"", "<b>a</b>", strings.Repeat("𠀀", 2048), strings.Repeat("&lt;", 4096)} {
		if got := splitHTML(html, textLimit); len(got) != 1 || got[0] != html {
			t.Errorf("%.20q… became %d parts", html, len(got))
		}
	}
}

func TestLongTextIsCutBetweenItems(t *testing.T) {
	var items []string
	for i := range 300 {
		items = append(items, fmt.Sprintf("<b>%d</b> 改革任务\n<i>完成时限 &lt;2018&gt;</i>", i))
	}
	parts := splitHTML(strings.Join(items, "\n\n"), textLimit)
	if len(parts) < 2 {
		t.Fatal("it was not cut")
	}
	if got := strings.Join(parts, "\n\n"); got != strings.Join(items, "\n\n") {
		t.Error("the parts are not the whole")
	}
}

func TestACutInsideATagClosesAndReopensIt(t *testing.T) {
	parts := splitHTML(`<b>粗<a href="https://a.cn/">`+strings.Repeat("长", 5000)+`</a></b>尾`, textLimit)
	if len(parts) != 2 {
		t.Fatalf("%d parts", len(parts))
	}
	if !strings.HasSuffix(parts[0], "长</a></b>") || !strings.HasPrefix(parts[1], `<b><a href="https://a.cn/">长`) {
		t.Errorf("cut as %.40q … %.40q", parts[0][len(parts[0])-40:], parts[1])
	}
}

func TestTextOfManyMarksIsCutBeforeTelegramForgetsThem(t *testing.T) {
	for _, part := range splitHTML(strings.Repeat("<b>a</b> ", 250), textLimit) {
		if n := strings.Count(part, "<b>"); n > markLimit {
			t.Errorf("a part has %d marks", n)
		}
	}
}

func FuzzSplitHTML(f *testing.F) {
	f.Add("一\n\n二", "a & b < c", uint8(7))
	f.Add("𠀀𠀀 𠀀\n", "<script>", uint8(2))
	f.Add("\u202e x", strings.Repeat("长", 40), uint8(30))
	f.Fuzz(func(t *testing.T, a, b string, limit uint8) {
		most := int(limit)%60 + 2
		html := string(text.Escape(a)) + "<b>" + string(text.Escape(b)) + "\n\n<i>" + string(text.Escape(a)) + "</i></b>" +
			string(text.Escape(b))
		var seen strings.Builder
		for _, part := range splitHTML(html, most) {
			if units(part) > most {
				t.Errorf("%q has %d units, %d allowed", part, units(part), most)
			}
			if open := strings.Count(part, "<b>") - strings.Count(part, "</b>"); open != 0 {
				t.Errorf("%q leaves %d tags open", part, open)
			}
			seen.WriteString(text.Strip(part))
		}
		blank := strings.NewReplacer("\n", "", " ", "")
		if got, want := blank.Replace(seen.String()), blank.Replace(text.Strip(html)); got != want {
			t.Errorf("%q is left of %q", got, want)
		}
	})
}
