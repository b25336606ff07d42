package bot

import (
	"bytes"
	"context"
	"fmt"
	"image"
	"image/color"
	"image/png"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/go-telegram/bot/models"

	"paogai/bot/text"
	"paogai/store"
)

func picture(t testing.TB) []byte {
	t.Helper()
	img := image.NewRGBA(image.Rect(0, 0, 40, 30))
	img.Set(3, 3, color.RGBA{R: 200, A: 255})
	var b bytes.Buffer
	ok(t, png.Encode(&b, img))
	return b.Bytes()
}

// person is somebody as the record has them.
func (p *plumb) person(id int64) store.Person {
	var who store.Person
	p.desk.View(func(r *store.Record) { who, _ = r.Person(id) })
	return who
}

func countFiles(*Bot) Routes {
	return Routes{Fallback: func(ctx context.Context, t *Turn) error {
		_, err := t.Say(ctx, Card{HTML: text.Escape(fmt.Sprintf("%s %d 个文件 %s", t.Kind, len(t.Files), t.Text))})
		return err
	}}
}

func TestAnAlbumIsOneTurn(t *testing.T) {
	p := lay(t, countFiles)
	a := p.client.Person(liaison1)
	a.SendsPhotos(picture(t), picture(t), picture(t))
	a.ExpectMessage("files 3 个文件")
	a.SendsPhotos(picture(t), picture(t))
	a.Says("说明") // whatever comes next ends the album
	a.ExpectMessage("files 2 个文件")
	a.ExpectMessage("text 0 个文件 说明")
	a.SendsDocument("纪要.txt", []byte("纪要"))
	a.ExpectMessage("files 1 个文件")
	p.idle()
	p.client.NoMore()
	p.quiet()
}

// part is one update of an album.
func part(id int64, message int, group string) *arrival {
	return &arrival{Update: models.Update{ID: id, Message: &models.Message{
		ID: message, MediaGroupID: group, Chat: models.Chat{ID: liaison1}, From: &models.User{ID: liaison1},
	}}}
}

// ledger notes what lanes do.
type ledger struct {
	mu      sync.Mutex
	done    []string
	cleared []int64
}

func (d *ledger) do(_ context.Context, j job) bool {
	d.mu.Lock()
	defer d.mu.Unlock()
	var b strings.Builder
	for _, a := range j {
		fmt.Fprint(&b, a.Message.ID)
	}
	d.done = append(d.done, b.String())
	return true
}

func (d *ledger) clear(ids []int64) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.cleared = append(d.cleared, ids...)
}

func (d *ledger) String() string {
	d.mu.Lock()
	defer d.mu.Unlock()
	return fmt.Sprint(d.done, d.cleared)
}

func TestPartsOfAnAlbumAreWaitedForAndPutInOrder(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		l, d := newLanes(t.Context(), time.Second), &ledger{}
		l.do, l.done = d.do, d.clear
		l.push(part(1, 12, "a"))
		time.Sleep(900 * time.Millisecond) // of the bubble's clock
		l.push(part(2, 11, "a"))
		time.Sleep(900 * time.Millisecond)
		synctest.Wait()
		if d.String() != "[] []" {
			t.Fatalf("handled before the wait was over: %s", d)
		}
		time.Sleep(200 * time.Millisecond)
		synctest.Wait()
		l.push(part(3, 13, "a")) // too late: a turn of its own
		l.push(part(4, 14, "b"))
		l.push(part(5, 15, ""))
		synctest.Wait()
		if d.String() != "[1112 13 14 15] [2 1 3 4 5]" {
			t.Errorf("handled as %s", d)
		}
		ok(t, l.close(t.Context()))
		if len(l.chats) != 0 {
			t.Errorf("%d lanes are left", len(l.chats))
		}
	})
}
