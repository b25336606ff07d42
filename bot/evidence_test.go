package bot

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"

	"paogai/bot/sandbox"
	"paogai/bot/text"
)

// keepFiles fetches what is sent and says what came of it.
func keepFiles(*Bot) Routes {
	return Routes{
		Fallback: func(ctx context.Context, t *Turn) error {
			e, err := t.Fetch(ctx, t.Files[0])
			if err != nil {
				return err
			}
			_, err = t.Say(ctx, Card{HTML: text.Escape(fmt.Sprint("收到 ", e.Name, " ", e.MediaType, " ", e.Size, " ", e.SHA256[:8]))})
			return err
		},
		Explain: func(err error) (Card, bool) {
			var no *EvidenceError
			if errors.As(err, &no) {
				return Card{HTML: text.Escape("不收 " + no.Name + "：" + no.Code)}, true
			}
			return Card{}, false
		},
	}
}

func TestEvidenceIsKnownByItsContent(t *testing.T) {
	p := lay(t, keepFiles)
	a := p.client.Person(liaison1)
	png := picture(t)
	html := []byte("<!DOCTYPE html><html><script>alert(1)</script></html>")
	exe := append([]byte("MZ\x90\x00\x03"), make([]byte, 200)...)
	for _, c := range []struct {
		name string
		data []byte
		want string
	}{
		{"纪要.pdf", []byte("%PDF-1.7\n..."), "收到 纪要.pdf application/pdf 12"},
		{"表.txt", []byte("第一行\n第二行"), "收到 表.txt text/plain"},
		{"版式.ofd", zipped(t, "OFD.xml"), "收到 版式.ofd application/ofd"},
		{"公文.docx", zipped(t, "[Content_Types].xml", "word/document.xml"), "wordprocessingml"},
		{"公文.wps", append([]byte("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"), make([]byte, 600)...), "x-ole-storage"},
		{"图.png", png, "收到 图.png image/png"},
		{"空.pdf", nil, "不收 空.pdf：empty"},
		{"工具.exe", exe, "不收 工具.exe：unwelcome"},
		{"工具.pdf", exe, "不收 工具.pdf：unwelcome"},
		{"脚本.txt", []byte("#!/bin/sh\nrm -rf /\n"), "不收 脚本.txt：unwelcome"},
		{"批处理.bat", []byte("del c:\\*.*"), "不收 批处理.bat：unwelcome"},
		{"页.html", html, "不收 页.html：unwelcome"},
		{"页.txt", html, "不收 页.txt：unwelcome"},
		{"图.svg", []byte(`<svg xmlns="http://www.w3.org/2000/svg"></svg>`), "不收 图.svg：unwelcome"},
		{"图.jpg", []byte(`<svg xmlns="http://www.w3.org/2000/svg"></svg>`), "不收 图.jpg：no-picture"},
		{"照片.jpg", []byte("这不是照片"), "不收 照片.jpg：no-picture"},
		{"半张.png", png[:20], "不收 半张.png：no-picture"},
		{"假.pdf", []byte("并非 PDF"), "不收 假.pdf：unwelcome"},
	} {
		if len(c.data) == 0 {
			if _, code := sniff(nil, c.name); code != EvidenceEmpty { // Telegram itself refuses empty files
				t.Errorf("%s: %q", c.name, code)
			}
			continue
		}
		a.SendsDocument(c.name, c.data)
		a.ExpectMessage(c.want)
	}
	p.idle()
	p.client.NoMore()
	p.quiet()
}

func TestAPhotoGetsAName(t *testing.T) {
	p := lay(t, keepFiles)
	a := p.client.Person(liaison1)
	a.SendsPhotos(picture(t))
	a.ExpectMessage("收到 照片.jpg image/")
	p.idle()
	p.quiet()
}

func TestOver20MegabytesIsRefused(t *testing.T) {
	p := lay(t, keepFiles)
	a := p.client.Person(liaison1)
	a.SendsDocument("大.pdf", append([]byte("%PDF-1.7\n"), make([]byte, MaxEvidence)...))
	a.ExpectMessage("不收 大.pdf：too-big")
	_, err := p.bot.fetch(t.Context(), Incoming{FileID: "never-was", Name: "无.pdf"})
	var no *EvidenceError
	if !errors.As(err, &no) || no.Code != EvidenceGone {
		t.Errorf("a file that Telegram does not have: %v", err)
	}
	p.idle()
	p.quiet()
}

func TestNoErrorShowsTheToken(t *testing.T) {
	p := lay(t, keepFiles)
	p.stop()
	p.http.Close()
	p.bot.out.retry = 0
	_, err := p.bot.fetch(t.Context(), Incoming{FileID: "x", Name: "x.pdf"})
	if err == nil || strings.Contains(err.Error(), plumbToken) {
		t.Errorf("locating: %v", err)
	}
	_, err = p.bot.download(t.Context(), p.http.URL+"/file/bot"+plumbToken+"/x")
	if err == nil || strings.Contains(err.Error(), plumbToken) {
		t.Errorf("downloading: %v", err)
	}
}

func TestADownloadThatBreaksOffIsTriedAgain(t *testing.T) {
	p := lay(t, keepFiles, func(s *setting) {
		s.sandbox.Faults = sandbox.Faults{Seed: 5, ServerError: 0.3, Drop: 0.2}
	})
	a := p.client.Person(liaison1)
	for i := range 8 {
		a.SendsDocument(fmt.Sprint(i, ".pdf"), bytes.Repeat([]byte("%PDF-1.7\n"), 1000+i))
		a.ExpectMessage("收到 " + fmt.Sprint(i, ".pdf"))
	}
	p.idle()
}
