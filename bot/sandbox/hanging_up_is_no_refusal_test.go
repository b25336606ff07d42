package sandbox

import (
	"fmt"
	"io"
	"net"
	"strings"
	"testing"
)

// A bot that is stopped in the middle of a request is not refused: nothing is
// counted, nobody is told, and nothing was done. A whole request that makes no
// sense is refused.
func TestHangingUpIsNoRefusal(t *testing.T) {
	for name, c := range map[string]struct {
		kind, body string
		length     int
		refused    bool
	}{
		"a cut form":         {"application/x-www-form-urlencoded", "chat_id=1001&te", 99, false},
		"a cut object":       {"application/json", `{"chat_id":1001,`, 99, false},
		"a cut part":         {"multipart/form-data; boundary=x", "--x\r\nContent-Disposition: form-data; name=\"text\"\r\n\r\nhal", 999, false},
		"a broken object":    {"application/json", `{"chat_id":1001,`, 16, true},
		"a part without end": {"multipart/form-data; boundary=x", "--x\r\nContent-Disposition: form-data; name=\"text\"\r\n\r\nhal", 55, true},
	} {
		t.Run(name, func(t *testing.T) {
			refused := make(chan string, 1)
			r := newRig(t, func(cfg *Config) { cfg.OnRefusal = func(_, why string) { refused <- why } })
			r.says(alice, "/start")
			conn, err := net.Dial("tcp", strings.TrimPrefix(r.http.URL, "http://"))
			must(t, err)
			_, err = fmt.Fprintf(conn, "POST /bot%s/sendMessage HTTP/1.1\r\nHost: x\r\nContent-Type: %s\r\nContent-Length: %d\r\n\r\n%s",
				testToken, c.kind, c.length, c.body)
			must(t, err)
			must(t, conn.(*net.TCPConn).CloseWrite())
			_, err = io.Copy(io.Discard, conn) // until the server is done
			must(t, err)
			must(t, conn.Close())
			if got := len(refused) == 1; got != c.refused {
				t.Errorf("refused %v (%v)", got, r.Refusals())
			}
			if len(r.History(alice)) != 1 {
				t.Error("something was sent")
			}
		})
	}
}
