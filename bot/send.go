package bot

import (
	"context"
	"log/slog"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	tg "github.com/go-telegram/bot"
	"github.com/go-telegram/bot/models"

	"paogai/store/archive"
)

// speaker shows cards. There are two: the patient one answers people and
// waits as long as it takes, the impatient one is the courier's.
type speaker struct {
	api     *tg.Bot
	archive *archive.Archive
	log     *slog.Logger
	holds   *holds
	patient bool
	retry   time.Duration // the first pause before trying again
	// refused and moved are told what a call brought to light about a chat.
	refused func(ctx context.Context, chat int64, why error)
	moved   func(ctx context.Context, from, to int64)
}

// show sends a card and returns its messages: files first, then the text, the
// last one carrying the buttons.
func (s *speaker) show(ctx context.Context, chat int64, c Card) ([]int, error) {
	markup, err := markupOf(c)
	if err != nil {
		return nil, err
	}
	ids, err := s.sendFiles(ctx, chat, c.Documents, c.Quiet)
	if err != nil {
		return ids, err
	}
	html := string(c.HTML)
	if c.Photo != nil {
		captioned := units(html) <= captionLimit
		photo := single{media: *c.Photo, quiet: c.Quiet}
		if captioned {
			photo.html, photo.markup = html, markup
		}
		id, err := s.sendFile(ctx, chat, photo)
		if err != nil || captioned {
			return append(ids, id), err
		}
		ids = append(ids, id)
	}
	if html == "" && len(ids) > 0 {
		return ids, nil
	}
	more, err := s.sendText(ctx, chat, splitHTML(html, textLimit), c.Quiet, markup)
	return append(ids, more...), err
}

// sendText sends the parts of a text, the last one with the markup.
func (s *speaker) sendText(
	ctx context.Context, chat int64, parts []string, quiet bool, markup models.ReplyMarkup,
) ([]int, error) {
	ids := make([]int, 0, len(parts))
	for i, part := range parts {
		p := &tg.SendMessageParams{
			Text: part, ParseMode: models.ParseModeHTML, DisableNotification: quiet,
			LinkPreviewOptions: noPreview(part),
		}
		if i == len(parts)-1 {
			p.ReplyMarkup = markup
		}
		err := s.call(ctx, chat, func(ctx context.Context, chat int64) error {
			p.ChatID = chat
			m, err := s.api.SendMessage(ctx, p)
			if err == nil {
				ids = append(ids, m.ID)
			}
			return err //nolint:wrapcheck // call looks into it
		})
		if err != nil {
			return ids, err
		}
	}
	return ids, nil
}

// edit turns a message into the card's text and buttons; its files and photo
// stay as they are. Text that needs more messages goes on below.
func (s *speaker) edit(ctx context.Context, chat int64, message int, c Card) (int, error) {
	markup, err := markupOf(c)
	if err != nil {
		return 0, err
	}
	if _, inline := markup.(*models.InlineKeyboardMarkup); markup != nil && !inline {
		return s.again(ctx, chat, c)
	}
	parts := splitHTML(string(c.HTML), textLimit)
	first := markup
	if len(parts) > 1 {
		first = nil
	}
	err = s.editText(ctx, chat, message, parts[0], first)
	switch {
	case badRequest(err, "message is not modified"):
	case badRequest(err, "there is no text in the message to edit") && units(string(c.HTML)) <= captionLimit:
		err = s.editCaption(ctx, chat, message, string(c.HTML), markup)
		if err == nil || badRequest(err, "message is not modified") {
			return message, nil
		}
		return s.again(ctx, chat, c)
	case badRequest(err, "message to edit not found", "message can't be edited", "MESSAGE_ID_INVALID",
		"there is no text in the message to edit"):
		return s.again(ctx, chat, c)
	case err != nil:
		return 0, err
	}
	if len(parts) == 1 {
		return message, nil
	}
	ids, err := s.sendText(ctx, chat, parts[1:], c.Quiet, markup)
	if err != nil {
		return 0, err
	}
	return ids[len(ids)-1], nil
}

// again shows a card anew where its message cannot be edited.
func (s *speaker) again(ctx context.Context, chat int64, c Card) (int, error) {
	ids, err := s.show(ctx, chat, c)
	if err != nil {
		return 0, err
	}
	return ids[len(ids)-1], nil
}

func (s *speaker) editText(
	ctx context.Context, chat int64, message int, html string, markup models.ReplyMarkup,
) error {
	p := &tg.EditMessageTextParams{
		MessageID: message, Text: html, ParseMode: models.ParseModeHTML,
		LinkPreviewOptions: noPreview(html), ReplyMarkup: markup,
	}
	return s.call(ctx, chat, func(ctx context.Context, chat int64) error {
		p.ChatID = chat
		_, err := s.api.EditMessageText(ctx, p)
		return err //nolint:wrapcheck // call looks into it
	})
}

func (s *speaker) editCaption(
	ctx context.Context, chat int64, message int, html string, markup models.ReplyMarkup,
) error {
	p := &tg.EditMessageCaptionParams{
		MessageID: message, Caption: html, ParseMode: models.ParseModeHTML, ReplyMarkup: markup,
	}
	return s.call(ctx, chat, func(ctx context.Context, chat int64) error {
		p.ChatID = chat
		_, err := s.api.EditMessageCaption(ctx, p)
		return err //nolint:wrapcheck // call looks into it
	})
}

// answer answers a tap. One that Telegram no longer knows (an old one, or one
// answered before a restart) needs no answer.
func (s *speaker) answer(ctx context.Context, tap, words string, alert bool) error {
	p := &tg.AnswerCallbackQueryParams{CallbackQueryID: tap, Text: words, ShowAlert: alert}
	err := s.call(ctx, nobody, func(ctx context.Context, _ int64) error {
		_, err := s.api.AnswerCallbackQuery(ctx, p)
		return err //nolint:wrapcheck // call looks into it
	})
	if badRequest(err, "query is too old", "query ID is invalid", "QUERY_ID_INVALID") {
		return nil
	}
	return err
}

func (s *speaker) pin(ctx context.Context, chat int64, message int) error {
	return s.call(ctx, chat, func(ctx context.Context, chat int64) error {
		_, err := s.api.PinChatMessage(ctx, &tg.PinChatMessageParams{
			ChatID: chat, MessageID: message, DisableNotification: true,
		})
		return err //nolint:wrapcheck // call looks into it
	})
}

// noPreview keeps Telegram from showing the page that a text links to; nil for
// a text that cannot hold a link: in every link there is :// or a letter right
// after a dot.
func noPreview(html string) *models.LinkPreviewOptions {
	linked := strings.Contains(html, "://")
	for rest := html; !linked; {
		var dotted bool
		if _, rest, dotted = strings.Cut(rest, "."); !dotted {
			return nil
		}
		r, _ := utf8.DecodeRuneInString(rest)
		linked = unicode.IsLetter(r)
	}
	return &models.LinkPreviewOptions{IsDisabled: tg.True()}
}

// markupOf makes what stands under a card, nil if nothing does.
func markupOf(c Card) (models.ReplyMarkup, error) {
	switch {
	case len(c.Buttons) > 0:
		return inlineKeyboard(c.Buttons)
	case len(c.Keyboard) > 0:
		k := &models.ReplyKeyboardMarkup{ResizeKeyboard: true, IsPersistent: true}
		for _, row := range c.Keyboard {
			keys := make([]models.KeyboardButton, 0, len(row))
			for _, words := range row {
				keys = append(keys, models.KeyboardButton{Text: words})
			}
			k.Keyboard = append(k.Keyboard, keys)
		}
		return k, nil
	case c.Ask != "":
		return &models.ForceReply{ForceReply: true, InputFieldPlaceholder: c.Ask, Selective: true}, nil
	}
	return nil, nil //nolint:nilnil // no markup and no fault
}

func inlineKeyboard(rows [][]Button) (models.ReplyMarkup, error) {
	k := &models.InlineKeyboardMarkup{}
	for _, row := range rows {
		keys := make([]models.InlineKeyboardButton, 0, len(row))
		for _, b := range row {
			key := models.InlineKeyboardButton{Text: b.Label, URL: b.URL}
			if b.URL == "" {
				data, err := b.Data.Encode()
				if err != nil {
					return nil, err
				}
				key.CallbackData = data
			}
			keys = append(keys, key)
		}
		if len(keys) > 0 {
			k.InlineKeyboard = append(k.InlineKeyboard, keys)
		}
	}
	return k, nil
}
