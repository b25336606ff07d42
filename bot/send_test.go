package bot

import (
	"fmt"
	"strings"
	"testing"

	"paogai/bot/text"
)

// speakerTable gives the tests a bot that speaks when they tell it to.
func speakerTable(*Bot) Routes { return Routes{} }

func strict(t *testing.T) func(*setting) {
	return func(s *setting) {
		s.sandbox.OnRefusal = func(method, description string) { t.Errorf("%s was refused: %s", method, description) }
	}
}

func TestLongCardsComeInParts(t *testing.T) {
	p := lay(t, speakerTable, strict(t))
	var html strings.Builder
	for i := range 400 {
		fmt.Fprintf(&html, "<b>%d</b> %s\n\n", i, text.Escape(`<时限> & "节点" 😀`))
	}
	card := Card{HTML: text.HTML(html.String()), Buttons: [][]Button{Row(Button{Label: "下一页", Data: Do("next")})}}
	ids, err := p.bot.out.show(t.Context(), liaison1, card)
	ok(t, err)
	var seen string
	h := p.server.History(liaison1)
	for _, m := range h[len(h)-len(ids):] {
		seen += m.Text + "\n\n"
		if last := m.MessageID == ids[len(ids)-1]; last != (m.ReplyMarkup != nil) {
			t.Error("the buttons are not under the last part, or under others too")
		}
	}
	if len(ids) < 2 || seen != text.Strip(html.String()) {
		t.Errorf("%d parts of %d bytes, of %d", len(ids), len(seen), html.Len())
	}
	card.HTML = "新 " + card.HTML
	id, err := p.bot.out.edit(t.Context(), liaison1, ids[0], card)
	ok(t, err)
	if id == ids[0] || id <= ids[len(ids)-1] {
		t.Errorf("the buttons of a long edit are on message %d", id)
	}
}

func TestWhatPeopleWriteRendersAsItself(t *testing.T) {
	p := lay(t, speakerTable, strict(t))
	for _, words := range []string{
		`<b>粗</b> & &lt; &amp;lt; "引" 'x'`, "_斜_ *粗* `码` [链](https://a.cn)", "a < b > c", "</b></i>", "𠀀😀👨‍👩‍👧",
		"&#60;script&#62;", "@paogai_bot /rank #标签",
	} {
		_, err := p.bot.out.show(t.Context(), liaison1, Card{HTML: "<i>" + text.Escape(words) + "</i>"})
		ok(t, err)
		h := p.server.History(liaison1)
		if got := h[len(h)-1].Text; got != words {
			t.Errorf("%q came out as %q", words, got)
		}
	}
}

func TestEdits(t *testing.T) {
	p := lay(t, speakerTable)
	out := p.bot.out
	ids, err := out.show(t.Context(), liaison1, Card{HTML: "一"})
	ok(t, err)
	for _, words := range []text.HTML{"一", "二", "二"} { // the same again is no fault
		id, err := out.edit(t.Context(), liaison1, ids[0], Card{HTML: words})
		ok(t, err)
		if id != ids[0] {
			t.Errorf("%s became message %d", words, id)
		}
	}
	id, err := out.edit(t.Context(), liaison1, 9999, Card{HTML: "三"})
	ok(t, err)
	h := p.server.History(liaison1)
	if last := h[len(h)-1]; last.MessageID != id || last.Text != "三" {
		t.Errorf("a message that is gone was replaced by %+v", last)
	}
}

func TestAPhotoWithACaptionIsEditedInItsCaption(t *testing.T) {
	p := lay(t, speakerTable)
	photo := &Media{Bytes: picture(t), Name: "榜.png", Picture: true}
	ids, err := p.bot.out.show(t.Context(), liaison1, Card{HTML: "<b>榜</b>", Photo: photo})
	ok(t, err)
	id, err := p.bot.out.edit(t.Context(), liaison1, ids[0], Card{HTML: "新榜"})
	ok(t, err)
	h := p.server.History(liaison1)
	if last := h[len(h)-1]; id != ids[0] || len(ids) != 1 || last.Caption != "新榜" {
		t.Errorf("messages %v became %d: %+v", ids, id, last)
	}
	long := text.HTML(strings.Repeat("长", captionLimit+1))
	if ids, err = p.bot.out.show(t.Context(), liaison1, Card{HTML: long, Photo: photo}); err != nil || len(ids) != 2 {
		t.Errorf("a long caption became messages %v, %v", ids, err)
	}
}

func TestFilesGoAsAlbums(t *testing.T) {
	p := lay(t, speakerTable, strict(t))
	var files []Media
	for i := range 12 {
		files = append(files, Media{Bytes: picture(t), Name: fmt.Sprint(i, ".png"), Picture: true})
	}
	files = append(files, Media{Bytes: []byte("纪要"), Name: "纪要.txt"})
	ids, err := p.bot.out.show(t.Context(), liaison1, Card{HTML: "材料", Documents: files})
	ok(t, err)
	groups := map[string]int{}
	for _, m := range p.server.History(liaison1) {
		if !m.Out {
			groups[m.MediaGroupID]++
		}
	}
	if len(ids) != 14 || len(groups) != 3 || groups[""] != 2 {
		t.Errorf("%d messages in groups %v", len(ids), groups)
	}
}

func TestAFileThatTelegramForgotComesFromTheArchive(t *testing.T) {
	p := lay(t, speakerTable)
	sum, _, err := p.bot.archive.Put(t.Context(), strings.NewReader("纪要"), 100)
	ok(t, err)
	doc := Media{FileID: "no-such-file", SHA256: sum, Name: "纪要.txt"}
	ids, err := p.bot.out.show(t.Context(), liaison1, Card{Documents: []Media{doc, doc}})
	ok(t, err)
	h := p.server.History(liaison1)
	if last := h[len(h)-1]; len(ids) != 2 || last.Document == nil || last.Document.FileName != "纪要.txt" {
		t.Errorf("messages %v, the last %+v", ids, last)
	}
}

func TestABlockedPersonIsNoted(t *testing.T) {
	p := lay(t, func(*Bot) Routes { return Routes{Fallback: say("好")} })
	reachable := func() bool {
		p.idle()
		return p.person(liaison1).Reachable
	}
	ok(t, p.server.Block(liaison1))
	if reachable() {
		t.Error("liaison1 blocked the bot and can be reached")
	}
	ok(t, p.server.Unblock(liaison1))
	if !reachable() {
		t.Error("liaison1 let the bot in again and cannot be reached")
	}
	p.quiet()
}
