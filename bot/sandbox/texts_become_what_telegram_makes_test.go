package sandbox

import (
	"fmt"
	"math/rand/v2"
	"reflect"
	"strings"
	"testing"

	tg "github.com/go-telegram/bot"
	"github.com/go-telegram/bot/models"
)

// Control characters become spaces, marks that turn the direction vanish, and
// only spaces and line ends are trimmed.
func TestTextsAreCleanedAsTelegramDoes(t *testing.T) {
	r := newRig(t)
	r.says(alice, "/start")
	for sent, want := range map[string]string{
		"a\tb":              "a b",
		"a\r\nb":            "a\nb",
		"a\x01b\x1fc":       "a b c",
		"a\u202eb\u202cc":   "abc",
		"a\u2028b":          "ab",
		"\u3000首行缩进":        "\u3000首行缩进",
		" \n x \n ":         "x",
		"家\u200d庭 👨\u200d👩": "家\u200d庭 👨\u200d👩",
		"\u200b看得见":         "\u200b看得见",
		"שלום":              "שלום",
	} {
		m, err := r.bot.SendMessage(r.ctx(), &tg.SendMessageParams{ChatID: alice, Text: sent})
		must(t, err)
		if m.Text != want {
			t.Errorf("%q became %q, want %q", sent, m.Text, want)
		}
		if m := r.says(bob, sent); m.Text != want {
			t.Errorf("a person's %q became %q, want %q", sent, m.Text, want)
		}
	}
}

// A text that shows nothing is empty.
func TestInvisibleTextsAreEmpty(t *testing.T) {
	r := newRig(t)
	r.says(alice, "/start")
	for _, text := range []string{" ", "\n", "\u200b", "\u200b \u200f", "\u3000", "\t", "\u202e", "\r"} {
		_, err := r.bot.SendMessage(r.ctx(), &tg.SendMessageParams{ChatID: alice, Text: text})
		wantError(t, err, "Bad Request: text must be non-empty")
	}
}

// Entities given beside a text move with what is cut from it.
func TestEntitiesMoveWithTheText(t *testing.T) {
	for name, c := range map[string]struct {
		text   string
		in     Entity
		want   string // what the entity covers in the end
		offset int
	}{
		"nothing cut":       {"粗体字", Entity{Type: "bold", Offset: 0, Length: 2}, "粗体", 0},
		"space before":      {"  粗体", Entity{Type: "bold", Offset: 2, Length: 2}, "粗体", 0},
		"reaches into it":   {"  粗体", Entity{Type: "bold", Offset: 0, Length: 3}, "粗", 0},
		"space after":       {"粗体  ", Entity{Type: "bold", Offset: 1, Length: 3}, "体", 1},
		"a return before":   {"一\r\n粗体", Entity{Type: "bold", Offset: 3, Length: 2}, "粗体", 2},
		"a mark inside":     {"粗\u202e体", Entity{Type: "bold", Offset: 0, Length: 3}, "粗体", 0},
		"emoji are two":     {"😀粗", Entity{Type: "bold", Offset: 2, Length: 1}, "粗", 2},
		"emoji and a mark":  {"😀\u202d粗", Entity{Type: "bold", Offset: 3, Length: 1}, "粗", 2},
		"all of it vanish":  {"x\u202e", Entity{Type: "bold", Offset: 1, Length: 1}, "", 0},
		"beyond the end":    {"粗体", Entity{Type: "bold", Offset: 1, Length: 99}, "体", 1},
		"behind everything": {"粗体", Entity{Type: "bold", Offset: 9, Length: 1}, "", 0},
	} {
		t.Run(name, func(t *testing.T) {
			raw := fmt.Sprintf(`[{"type":"bold","offset":%d,"length":%d}]`, c.in.Offset, c.in.Length)
			f, err := rawText{text: c.text, entities: raw}.format()
			if err != nil {
				t.Fatal(err)
			}
			if c.want == "" {
				if len(f.entities) != 0 {
					t.Errorf("kept %+v", f.entities)
				}
				return
			}
			if len(f.entities) != 1 || f.entities[0].Offset != c.offset || cut16(f.text, f.entities[0].Offset, f.entities[0].Length) != c.want {
				t.Errorf("%q %+v", f.text, f.entities)
			}
		})
	}
}

// Telegram keeps a hundred entities and drops the rest without a word.
func TestAHundredEntitiesAreKept(t *testing.T) {
	r := newRig(t)
	r.says(alice, "/start")
	m, err := r.bot.SendMessage(r.ctx(), &tg.SendMessageParams{
		ChatID: alice, Text: strings.Repeat("<b>x</b> ", 101), ParseMode: models.ParseModeHTML,
	})
	must(t, err)
	if len(m.Entities) != 100 || m.Entities[99].Offset != 198 {
		t.Errorf("%d entities", len(m.Entities))
	}
}

// The length that counts is of UTF-16 units without tags.
func TestLengthsAreCountedInUTF16WithoutTags(t *testing.T) {
	r := newRig(t)
	r.says(alice, "/start")
	for name, c := range map[string]struct {
		text string
		fits bool
	}{
		"4096 Chinese":     {strings.Repeat("跑", 4096), true},
		"4097 Chinese":     {strings.Repeat("跑", 4097), false},
		"2048 emoji":       {strings.Repeat("😀", 2048), true},
		"2049 emoji":       {strings.Repeat("😀", 2049), false},
		"tags are free":    {strings.Repeat("<b>x</b>", 4096), true},
		"references are 1": {strings.Repeat("&lt;", 4096), true},
		"and one more":     {strings.Repeat("&lt;", 4097), false},
		"space is cut":     {" " + strings.Repeat("x", 4096) + "\n", true},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := r.bot.SendMessage(r.ctx(), &tg.SendMessageParams{ChatID: alice, Text: c.text, ParseMode: models.ParseModeHTML})
			want := "Bad Request: message is too long"
			if c.fits {
				want = ""
			}
			wantError(t, err, want)
		})
	}
}

// tree writes random nested tags; it returns the HTML and adds the entities
// that must come of it.
type tree struct {
	rng      *rand.Rand
	html     strings.Builder
	text     strings.Builder
	units    int
	entities []Entity
}

func (tr *tree) words() {
	for range 1 + tr.rng.IntN(4) {
		w := []string{"跑", "a", "😀", "<", "&", ">", "\"", "é"}[tr.rng.IntN(8)]
		tr.html.WriteString(strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;", "\"", "&quot;").Replace(w))
		tr.text.WriteString(w)
		tr.units += utf16Len(w)
	}
}

func (tr *tree) grow(depth int) {
	tr.words()
	if depth == 0 {
		return
	}
	kinds := []struct{ open, name, kind string }{
		{"b", "b", "bold"},
		{"em", "em", "italic"},
		{"U", "u", "underline"},
		{"s", "S", "strikethrough"},
		{`span class="tg-spoiler"`, "span", "spoiler"},
		{"code", "code", "code"},
		{"blockquote", "blockquote", "blockquote"},
	}
	k := kinds[tr.rng.IntN(len(kinds))]
	at, start := len(tr.entities), tr.units
	tr.entities = append(tr.entities, Entity{})
	tr.html.WriteString("<" + k.open + ">")
	for range 1 + tr.rng.IntN(2) {
		tr.grow(depth - 1)
	}
	tr.html.WriteString("</" + k.name + ">")
	tr.entities[at] = Entity{Type: k.kind, Offset: start, Length: tr.units - start}
	tr.words()
}

// Any tree of tags comes out as its text and its entities.
func TestTreesOfTagsComeOutWhole(t *testing.T) {
	for seed := range uint64(300) {
		tr := &tree{rng: rand.New(rand.NewPCG(seed, 7))}
		tr.grow(1 + int(seed%4))
		text, entities, err := parseHTML(tr.html.String())
		if err != nil || text != tr.text.String() || !reflect.DeepEqual(entities, tr.entities) {
			t.Fatalf("seed %d: %s\n%q %+v %v\nwant %+v", seed, tr.html.String(), text, entities, err, tr.entities)
		}
	}
}

// A tree cut off anywhere is refused or still well formed, never taken with
// entities outside the text.
func TestTreesCutAnywhereAreRefusedOrWhole(t *testing.T) {
	for seed := range uint64(60) {
		tr := &tree{rng: rand.New(rand.NewPCG(seed, 8))}
		tr.grow(3)
		html := tr.html.String()
		for i := range html {
			text, entities, err := parseHTML(html[:i])
			if err != nil {
				continue
			}
			for _, e := range entities {
				if e.Offset < 0 || e.Offset+e.Length > utf16Len(text) {
					t.Fatalf("%s: %+v", html[:i], e)
				}
			}
		}
	}
}
