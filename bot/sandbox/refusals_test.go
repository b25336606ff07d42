package sandbox

import (
	"bytes"
	"strconv"
	"strings"
	"testing"

	tg "github.com/go-telegram/bot"
	"github.com/go-telegram/bot/models"
)

func keys(data string) *models.InlineKeyboardMarkup {
	return &models.InlineKeyboardMarkup{InlineKeyboard: [][]models.InlineKeyboardButton{{{Text: "键", CallbackData: data}}}}
}

// What Telegram refuses in a text is refused with Telegram's words.
func TestSendMessageRefusals(t *testing.T) {
	r := newRig(t)
	r.says(alice, "hi")
	must(t, r.AddPerson(Person{ID: 1003, Name: "没见过的人"}))
	must(t, r.AddGroup(Group{ID: -501, Title: "没有机器人的群", Members: []int64{alice}}))
	html := models.ParseModeHTML
	for name, c := range map[string]struct {
		p    tg.SendMessageParams
		want string
	}{
		"good":            {tg.SendMessageParams{ChatID: alice, Text: "好"}, ""},
		"64 bytes":        {tg.SendMessageParams{ChatID: alice, Text: "好", ReplyMarkup: keys(strings.Repeat("x", 64))}, ""},
		"65 bytes":        {tg.SendMessageParams{ChatID: alice, Text: "好", ReplyMarkup: keys(strings.Repeat("x", 65))}, "Bad Request: BUTTON_DATA_INVALID"},
		"66 bytes of 22":  {tg.SendMessageParams{ChatID: alice, Text: "好", ReplyMarkup: keys(strings.Repeat("跑", 22))}, "Bad Request: BUTTON_DATA_INVALID"},
		"no act":          {tg.SendMessageParams{ChatID: alice, Text: "好", ReplyMarkup: keys("")}, "Text buttons are unallowed in the inline keyboard"},
		"4096":            {tg.SendMessageParams{ChatID: alice, Text: strings.Repeat("跑", 4096)}, ""},
		"4097":            {tg.SendMessageParams{ChatID: alice, Text: strings.Repeat("跑", 4097)}, "Bad Request: message is too long"},
		"2049 emoji":      {tg.SendMessageParams{ChatID: alice, Text: strings.Repeat("😀", 2049)}, "Bad Request: message is too long"},
		"4096 with tags":  {tg.SendMessageParams{ChatID: alice, Text: "<b>" + strings.Repeat("x", 4096) + "</b>", ParseMode: html}, ""},
		"empty":           {tg.SendMessageParams{ChatID: alice}, "Bad Request: message text is empty"},
		"only space":      {tg.SendMessageParams{ChatID: alice, Text: " \n "}, "Bad Request: text must be non-empty"},
		"only tags":       {tg.SendMessageParams{ChatID: alice, Text: "<b></b>", ParseMode: html}, "Bad Request: text must be non-empty"},
		"foreign tag":     {tg.SendMessageParams{ChatID: alice, Text: "<p>x</p>", ParseMode: html}, `Bad Request: can't parse entities: Unsupported start tag "p" at byte offset 0`},
		"markdown":        {tg.SendMessageParams{ChatID: alice, Text: "*x*", ParseMode: models.ParseModeMarkdown}, "the sandbox reads HTML only"},
		"no such mode":    {tg.SendMessageParams{ChatID: alice, Text: "x", ParseMode: "BBCode"}, "Bad Request: unsupported parse_mode"},
		"nobody":          {tg.SendMessageParams{ChatID: 9999, Text: "x"}, "Bad Request: chat not found"},
		"by name":         {tg.SendMessageParams{ChatID: "@channel", Text: "x"}, "Bad Request: chat not found"},
		"foreign group":   {tg.SendMessageParams{ChatID: -501, Text: "x"}, "Bad Request: chat not found"},
		"no chat":         {tg.SendMessageParams{ChatID: "", Text: "x"}, "Bad Request: chat_id is empty"},
		"never met":       {tg.SendMessageParams{ChatID: 1003, Text: "x"}, "Bad Request: chat not found"},
		"writes first":    {tg.SendMessageParams{ChatID: bob, Text: "x"}, "Forbidden: bot can't initiate conversation with a user"},
		"own group":       {tg.SendMessageParams{ChatID: group, Text: "x"}, ""},
		"answers nothing": {tg.SendMessageParams{ChatID: alice, Text: "x", ReplyParameters: &models.ReplyParameters{MessageID: 999}}, "Bad Request: message to be replied not found"},
		"answers lenient": {tg.SendMessageParams{ChatID: alice, Text: "x", ReplyParameters: &models.ReplyParameters{MessageID: 999, AllowSendingWithoutReply: true}}, ""},
		"no markup":       {tg.SendMessageParams{ChatID: alice, Text: "x", ReplyMarkup: []int{1}}, "Bad Request: object expected as reply markup"},
		"bad address":     {tg.SendMessageParams{ChatID: alice, Text: "x", ReplyMarkup: models.InlineKeyboardMarkup{InlineKeyboard: [][]models.InlineKeyboardButton{{{Text: "x", URL: "nowhere"}}}}}, "is invalid: Wrong HTTP URL"},
		"reply keyboard":  {tg.SendMessageParams{ChatID: alice, Text: "x", ReplyMarkup: models.ReplyKeyboardMarkup{Keyboard: [][]models.KeyboardButton{{{Text: "一"}}}}}, ""},
		"empty reply key": {tg.SendMessageParams{ChatID: alice, Text: "x", ReplyMarkup: models.ReplyKeyboardMarkup{Keyboard: [][]models.KeyboardButton{{{}}}}}, "keyboard button text must be non-empty"},
		"101 buttons":     {tg.SendMessageParams{ChatID: alice, Text: "x", ReplyMarkup: manyKeys(101)}, "Bad Request: reply markup is too long"},
		"broken encoding": {tg.SendMessageParams{ChatID: alice, Text: "\xff"}, "Bad Request: strings must be encoded in UTF-8"},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := r.bot.SendMessage(r.ctx(), &c.p)
			wantError(t, err, c.want)
		})
	}
}

func manyKeys(n int) models.InlineKeyboardMarkup {
	var m models.InlineKeyboardMarkup
	for i := range n {
		m.InlineKeyboard = append(m.InlineKeyboard, []models.InlineKeyboardButton{{Text: "x", CallbackData: strconv.Itoa(i)}})
	}
	return m
}

// Edits are refused where there is nothing to edit or nothing changes.
func TestEditRefusals(t *testing.T) {
	r := newRig(t)
	own := r.says(alice, "mine")
	ctx := r.ctx()
	text, err := r.bot.SendMessage(ctx, &tg.SendMessageParams{ChatID: alice, Text: "<b>一</b>", ParseMode: models.ParseModeHTML, ReplyMarkup: keys("a")})
	must(t, err)
	file, err := r.bot.SendDocument(ctx, &tg.SendDocumentParams{
		ChatID: alice, Caption: "说明", Document: &models.InputFileUpload{Filename: "a.txt", Data: strings.NewReader("a")},
	})
	must(t, err)
	const same = "Bad Request: message is not modified: specified new message content and reply markup " +
		"are exactly the same as a current content and reply markup of the message"
	edit := func(id int, text string, markup models.ReplyMarkup) error {
		_, err := r.bot.EditMessageText(ctx, &tg.EditMessageTextParams{
			ChatID: alice, MessageID: id, Text: text, ParseMode: models.ParseModeHTML, ReplyMarkup: markup,
		})
		return err
	}
	wantError(t, edit(text.ID, "<b>一</b>", keys("a")), same)
	wantError(t, edit(text.ID, " <strong>一</strong> ", keys("a")), same)
	wantError(t, edit(text.ID, "<b>一</b>", keys("b")), "")
	wantError(t, edit(text.ID, "<i>一</i>", keys("b")), "")
	wantError(t, edit(text.ID, "<i>一</i>", nil), "") // the keyboard goes
	wantError(t, edit(text.ID, "<i>一</i>", nil), same)
	wantError(t, edit(text.ID, strings.Repeat("x", 4097), nil), "Bad Request: message is too long")
	wantError(t, edit(text.ID, "x", models.ReplyKeyboardRemove{RemoveKeyboard: true}), "Bad Request: inline keyboard expected")
	wantError(t, edit(own.MessageID, "x", nil), "Bad Request: message can't be edited")
	wantError(t, edit(9999, "x", nil), "Bad Request: message to edit not found")
	wantError(t, edit(file.ID, "x", nil), "Bad Request: there is no text in the message to edit")

	caption := func(id int, text string) error {
		_, err := r.bot.EditMessageCaption(ctx, &tg.EditMessageCaptionParams{ChatID: alice, MessageID: id, Caption: text})
		return err
	}
	wantError(t, caption(file.ID, "说明"), same)
	wantError(t, caption(file.ID, "新"), "")
	wantError(t, caption(file.ID, strings.Repeat("x", 1025)), "Bad Request: message caption is too long")
	wantError(t, caption(text.ID, "x"), "Bad Request: there is no caption in the message to edit")

	_, err = r.bot.EditMessageReplyMarkup(ctx, &tg.EditMessageReplyMarkupParams{ChatID: alice, MessageID: text.ID, ReplyMarkup: keys("c")})
	wantError(t, err, "")
	_, err = r.bot.EditMessageMedia(ctx, &tg.EditMessageMediaParams{ChatID: alice, MessageID: file.ID, Media: &models.InputMediaPhoto{
		Media: "attach://p", Caption: "图", MediaAttachment: bytes.NewReader(picture(8, 8)),
	}})
	wantError(t, err, "")
	if m := last(r, alice, file.ID); m.Photo == nil || m.Document != nil || m.Caption != "图" {
		t.Errorf("after the edit of the media: %+v", m)
	}
}

// last is a message of a chat as it stands.
func last(r *rig, chat int64, id int) Message {
	for _, m := range r.History(chat) {
		if m.MessageID == id {
			return m
		}
	}
	return Message{}
}
