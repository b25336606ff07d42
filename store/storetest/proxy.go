package storetest

import (
	"context"
	"io"
	"math/rand/v2"
	"net"
	"sync"
	"sync/atomic"
	"testing"
)

// Proxy is a network that loses replies: requests reach the server, which does
// the work, and some answers never come back.
type Proxy struct {
	// Addr is where clients connect.
	Addr string

	socket string
	mu     sync.Mutex
	random *rand.Rand
	drop   float64
	mute   bool
	lost   int
}

// StartProxy stands between clients and the server at a socket. drop is the
// share of replies that are lost, each together with its connection.
func StartProxy(tb testing.TB, socket string, drop float64) *Proxy {
	tb.Helper()
	listener, err := new(net.ListenConfig).Listen(tb.Context(), "tcp", "127.0.0.1:0")
	if err != nil {
		tb.Fatal(err)
	}
	p := &Proxy{
		Addr: listener.Addr().String(), socket: socket, drop: drop,
		random: rand.New(rand.NewPCG(20, 18)),
	}
	var wg sync.WaitGroup
	wg.Go(func() {
		for {
			client, err := listener.Accept()
			if err != nil {
				return
			}
			wg.Go(func() { p.serve(client) })
		}
	})
	tb.Cleanup(func() {
		_ = listener.Close()
		wg.Wait()
	})
	return p
}

// Mute loses every reply from now on, without closing connections.
func (p *Proxy) Mute(mute bool) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.mute = mute
}

// Lost is how many replies did not come back.
func (p *Proxy) Lost() int {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.lost
}

func (p *Proxy) serve(client net.Conn) {
	server, err := new(net.Dialer).DialContext(context.Background(), "unix", p.socket)
	if err != nil {
		_ = client.Close()
		return
	}
	var asked atomic.Bool // since the last reply began
	var wg sync.WaitGroup
	wg.Go(func() {
		_, _ = io.Copy(server, io.TeeReader(client, marker{&asked}))
		_ = server.Close()
	})
	buf := make([]byte, 64<<10)
	pass, last := true, false
	for !last {
		n, err := server.Read(buf)
		if err != nil {
			break
		}
		if asked.Swap(false) {
			pass, last = p.fate()
		}
		if pass {
			_, err = client.Write(buf[:n])
		}
		if err != nil {
			break
		}
	}
	_ = client.Close()
	_ = server.Close()
	wg.Wait()
}

// marker notes that something was written.
type marker struct{ seen *atomic.Bool }

func (m marker) Write(b []byte) (int, error) {
	m.seen.Store(true)
	return len(b), nil
}

// fate decides on one reply: whether it passes, and whether the connection
// ends with it.
func (p *Proxy) fate() (pass, last bool) {
	p.mu.Lock()
	defer p.mu.Unlock()
	switch {
	case p.mute:
		p.lost++
		return false, false
	case p.random.Float64() < p.drop:
		p.lost++
		return false, true
	}
	return true, false
}
