package bot

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"

	tg "github.com/go-telegram/bot"

	"paogai/store"
	"paogai/store/archive"
)

// The codes of EvidenceError.
const (
	EvidenceEmpty     = "empty"      // nothing in it
	EvidenceTooBig    = "too-big"    // over MaxEvidence, which is Telegram's limit for bots
	EvidenceUnwelcome = "unwelcome"  // of a type that is not taken, or that its name belies
	EvidenceNoPicture = "no-picture" // called a picture, and none
	EvidenceGone      = "gone"       // Telegram no longer has it
)

// MaxEvidence is the largest file that a bot can get, in bytes.
const MaxEvidence = 20 << 20

// EvidenceError says why a file cannot be evidence: a decision, not a fault.
type EvidenceError struct {
	Code      string
	Name      string
	MediaType string // what the file really is, if that was found
	Size      int64  // bytes, as far as known
}

// Error names the file and the code.
func (e *EvidenceError) Error() string {
	return fmt.Sprintf("evidence %q (%s): %s", e.Name, e.MediaType, e.Code)
}

// fetch brings a file into the archive. The address it is fetched from holds
// the bot's token, so it appears nowhere, not even in errors.
func (b *Bot) fetch(ctx context.Context, in Incoming) (store.Evidence, error) {
	e := store.Evidence{Name: in.fileName(), FileID: in.FileID}
	if in.Size > MaxEvidence {
		return store.Evidence{}, &EvidenceError{Code: EvidenceTooBig, Name: e.Name, Size: in.Size}
	}
	link, err := b.locate(ctx, in, e.Name)
	if err != nil {
		return store.Evidence{}, err
	}
	err = b.out.call(ctx, nobody, func(ctx context.Context, _ int64) error {
		body, err := b.download(ctx, link)
		if err != nil {
			return err
		}
		defer func() { _ = body.Close() }()
		return b.keep(ctx, &e, body)
	})
	var no *EvidenceError
	if errors.Is(err, tg.ErrorNotFound) {
		err = &EvidenceError{Code: EvidenceGone}
	}
	if errors.As(err, &no) {
		no.Name, no.MediaType, no.Size = e.Name, e.MediaType, max(e.Size, in.Size)
		return store.Evidence{}, no
	}
	if err != nil {
		return store.Evidence{}, fmt.Errorf("fetch %q: %w", e.Name, err)
	}
	return e, nil
}

// locate asks Telegram where the file is.
func (b *Bot) locate(ctx context.Context, in Incoming, name string) (link string, err error) {
	err = b.out.call(ctx, nobody, func(ctx context.Context, _ int64) error {
		f, err := b.api.GetFile(ctx, &tg.GetFileParams{FileID: in.FileID})
		if err == nil {
			link = b.api.FileDownloadLink(f)
		}
		return err //nolint:wrapcheck // call looks into it
	})
	switch {
	case badRequest(err, "file is too big"):
		return "", &EvidenceError{Code: EvidenceTooBig, Name: name, Size: in.Size}
	case badRequest(err, "file"):
		return "", &EvidenceError{Code: EvidenceGone, Name: name, Size: in.Size}
	case err != nil:
		return "", fmt.Errorf("locate %q: %w", name, err)
	}
	return link, nil
}

// download opens the file at Telegram.
func (b *Bot) download(ctx context.Context, link string) (io.ReadCloser, error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, link, http.NoBody)
	if err != nil {
		return nil, errors.New("the address of a file cannot be used") // err shows it
	}
	resp, err := b.files.Do(req)
	if err != nil {
		return nil, bare(err)
	}
	switch resp.StatusCode {
	case http.StatusOK:
		return resp.Body, nil
	case http.StatusNotFound:
		err = tg.ErrorNotFound
	default:
		err = fmt.Errorf("the file server answered %d", resp.StatusCode)
	}
	_ = resp.Body.Close()
	return nil, err
}

// keep puts what is downloaded into the archive if it is welcome there.
func (b *Bot) keep(ctx context.Context, e *store.Evidence, body io.Reader) error {
	head := make([]byte, headSize)
	n, err := io.ReadFull(body, head)
	if err != nil && !errors.Is(err, io.ErrUnexpectedEOF) && !errors.Is(err, io.EOF) {
		return bare(err)
	}
	var code string
	if e.MediaType, code = sniff(head[:n], e.Name); code != "" {
		return &EvidenceError{Code: code}
	}
	e.SHA256, e.Size, err = b.archive.Put(ctx, io.MultiReader(bytes.NewReader(head[:n]), body), MaxEvidence)
	if errors.Is(err, archive.ErrTooLarge) {
		e.Size = MaxEvidence + 1
		return &EvidenceError{Code: EvidenceTooBig}
	}
	if err != nil {
		return bare(err)
	}
	return b.checkPicture(e)
}

// checkPicture refuses a file that begins like a picture and is none.
func (b *Bot) checkPicture(e *store.Evidence) error {
	r, err := b.archive.Get(e.SHA256)
	if err != nil {
		return fmt.Errorf("look at the archive: %w", err)
	}
	defer func() { _ = r.Close() }()
	if !decodes(e.MediaType, r) {
		return &EvidenceError{Code: EvidenceNoPicture}
	}
	return nil
}

// bare takes the address out of an error of net/http.
func bare(err error) error {
	var u *url.Error
	if errors.As(err, &u) {
		return u.Err
	}
	return err
}

// fileName is what the file is called; photos have no name of their own.
func (in Incoming) fileName() string {
	switch {
	case in.Name != "":
		return in.Name
	case in.What == "photo":
		return "照片.jpg"
	case in.What == "video", in.What == "animation":
		return "视频.mp4"
	}
	return "文件"
}
