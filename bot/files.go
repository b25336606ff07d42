package bot

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"strconv"

	tg "github.com/go-telegram/bot"
	"github.com/go-telegram/bot/models"
)

// albumSize is how many files one album takes.
const albumSize = 10

// errNoFile says that a Media has neither an id nor bytes that we could send.
var errNoFile = errors.New("bot: the file is not here")

// single is one file to send with what belongs to it.
type single struct {
	media  Media
	html   string // replaces the media's caption
	markup models.ReplyMarkup
	quiet  bool
}

// sendFiles sends files in order: neighbours of a kind as albums.
func (s *speaker) sendFiles(ctx context.Context, chat int64, files []Media, quiet bool) ([]int, error) {
	var ids []int
	for len(files) > 0 {
		n := 1
		for n < len(files) && n < albumSize && files[n].Picture == files[0].Picture {
			n++
		}
		var sent []int
		var err error
		if n == 1 {
			var id int
			id, err = s.sendFile(ctx, chat, single{media: files[0], quiet: quiet})
			sent = []int{id}
		} else {
			sent, err = s.sendAlbum(ctx, chat, files[:n], quiet)
		}
		if err != nil {
			return ids, err
		}
		ids, files = append(ids, sent...), files[n:]
	}
	return ids, nil
}

// sendFile sends one file: by Telegram's id for it if that still works, else
// from the archive.
func (s *speaker) sendFile(ctx context.Context, chat int64, f single) (int, error) {
	if f.media.FileID != "" {
		id, err := s.sendFileBy(ctx, chat, f, func() (models.InputFile, io.Closer, error) {
			return &models.InputFileString{Data: f.media.FileID}, nil, nil
		})
		if !unknownFile(err) || !f.media.stored() {
			return id, err
		}
	}
	return s.sendFileBy(ctx, chat, f, func() (models.InputFile, io.Closer, error) {
		r, err := s.open(f.media)
		if err != nil {
			return nil, nil, err
		}
		return &models.InputFileUpload{Filename: f.media.fileName(), Data: r}, r, nil
	})
}

// sendFileBy sends a file that source opens anew for each try.
func (s *speaker) sendFileBy(
	ctx context.Context, chat int64, f single, source func() (models.InputFile, io.Closer, error),
) (id int, err error) {
	caption, mode := f.media.caption()
	if f.html != "" {
		caption, mode = f.html, models.ParseModeHTML
	}
	err = s.call(ctx, chat, func(ctx context.Context, chat int64) error {
		file, closer, err := source()
		if err != nil {
			return err
		}
		if closer != nil {
			defer func() { _ = closer.Close() }()
		}
		var m *models.Message
		if f.media.Picture {
			m, err = s.api.SendPhoto(ctx, &tg.SendPhotoParams{
				ChatID: chat, Photo: file, Caption: caption, ParseMode: mode,
				ReplyMarkup: f.markup, DisableNotification: f.quiet,
			})
		} else {
			m, err = s.api.SendDocument(ctx, &tg.SendDocumentParams{
				ChatID: chat, Document: file, Caption: caption, ParseMode: mode,
				ReplyMarkup: f.markup, DisableNotification: f.quiet,
			})
		}
		if err == nil {
			id = m.ID
		}
		return err //nolint:wrapcheck // call looks into it
	})
	return id, err
}

// sendAlbum sends two to ten files of one kind: by their ids if all have one
// that works, else from the archive, pictures together and documents one by
// one, for in an album Telegram would show the form's names instead of theirs.
func (s *speaker) sendAlbum(ctx context.Context, chat int64, files []Media, quiet bool) ([]int, error) {
	known, stored := true, true
	for _, f := range files {
		known, stored = known && f.FileID != "", stored && f.stored()
	}
	if known {
		ids, err := s.sendAlbumBy(ctx, chat, files, quiet, false)
		if !unknownFile(err) || !stored {
			return ids, err
		}
	}
	if files[0].Picture && stored {
		return s.sendAlbumBy(ctx, chat, files, quiet, true)
	}
	ids := make([]int, 0, len(files))
	for _, f := range files {
		id, err := s.sendFile(ctx, chat, single{media: f, quiet: quiet})
		if err != nil {
			return ids, err
		}
		ids = append(ids, id)
	}
	return ids, nil
}

func (s *speaker) sendAlbumBy(ctx context.Context, chat int64, files []Media, quiet, upload bool) (ids []int, err error) {
	err = s.call(ctx, chat, func(ctx context.Context, chat int64) error {
		p := &tg.SendMediaGroupParams{ChatID: chat, DisableNotification: quiet}
		for i, f := range files {
			source, r := f.FileID, io.Reader(nil)
			if upload {
				opened, err := s.open(f)
				if err != nil {
					return err
				}
				defer func() { _ = opened.Close() }()
				source, r = "attach://picture"+strconv.Itoa(i), opened
			}
			p.Media = append(p.Media, f.input(source, r))
		}
		sent, err := s.api.SendMediaGroup(ctx, p)
		for _, m := range sent {
			ids = append(ids, m.ID)
		}
		return err //nolint:wrapcheck // call looks into it
	})
	return ids, err
}

// open reads a file that we hold ourselves.
func (s *speaker) open(m Media) (io.ReadCloser, error) {
	if m.SHA256 == "" {
		if m.Bytes == nil {
			return nil, fmt.Errorf("%w: %s", errNoFile, m.Name)
		}
		return io.NopCloser(bytes.NewReader(m.Bytes)), nil
	}
	r, err := s.archive.Get(m.SHA256)
	if err != nil {
		return nil, fmt.Errorf("%w: %s: %w", errNoFile, m.Name, err)
	}
	return r, nil
}

func (m Media) stored() bool { return m.SHA256 != "" || m.Bytes != nil }

func (m Media) fileName() string {
	if m.Name == "" {
		return "file"
	}
	return m.Name
}

// caption is the file's own caption, cut to a length that always fits.
func (m Media) caption() (string, models.ParseMode) {
	const longest = 200
	runes := []rune(m.Caption)
	return string(runes[:min(len(runes), longest)]), ""
}

func (m Media) input(source string, r io.Reader) models.InputMedia {
	caption, _ := m.caption()
	if m.Picture {
		return &models.InputMediaPhoto{Media: source, Caption: caption, MediaAttachment: r}
	}
	return &models.InputMediaDocument{Media: source, Caption: caption, MediaAttachment: r}
}

// unknownFile tells that Telegram does not know the id of a file, or knows it
// as something else.
func unknownFile(err error) bool {
	return badRequest(err, "file identifier", "wrong remote file", "file_id", "can't use file of type",
		"FILE_REFERENCE", "type of file mismatch", "MEDIA_EMPTY")
}
