package storetest

import (
	"bufio"
	"context"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// HaveRedis reports whether there is a redis-server to start. Without one the
// tests of a user's machine go on with what needs none, and say so; under CI
// it is a failure.
func HaveRedis(tb testing.TB) bool {
	tb.Helper()
	if _, err := exec.LookPath("redis-server"); err == nil {
		return true
	}
	if os.Getenv("CI") == "true" {
		tb.Fatal("redis-server is not installed; CI tests the real one")
	}
	tb.Log("redis-server is not installed: NOT tested on a real server, only on miniredis")
	return false
}

// RedisServer is a real redis-server of a test's own, durable unless its
// arguments say otherwise.
type RedisServer struct {
	URL    string // unix://…
	Socket string
	dir    string
	args   []string
	cmd    *exec.Cmd
}

// StartRedis starts a server in a temporary folder, reached by a socket there
// so that no port can be taken. It ends with the test. args are added to the
// settings, as in --appendfsync everysec.
func StartRedis(tb testing.TB, args ...string) *RedisServer {
	tb.Helper()
	dir, err := os.MkdirTemp("", "redis") // a short path: sockets allow about 100 bytes
	if err != nil {
		tb.Fatal(err)
	}
	s := &RedisServer{Socket: filepath.Join(dir, "s"), dir: dir}
	s.URL = "unix://" + s.Socket
	s.args = append([]string{
		"--port", "0", "--unixsocket", s.Socket, "--dir", dir, "--save", "", "--logfile", "",
		"--appendonly", "yes", "--appendfsync", "always", "--maxmemory-policy", "noeviction",
	}, args...)
	tb.Cleanup(func() {
		s.Kill(tb)
		if err := os.RemoveAll(dir); err != nil {
			tb.Error(err)
		}
	})
	s.Start(tb)
	return s
}

// Start starts the server again on the same data and returns once it answers.
func (s *RedisServer) Start(tb testing.TB) {
	tb.Helper()
	cmd := exec.CommandContext(context.WithoutCancel(tb.Context()), "redis-server", s.args...)
	out, err := cmd.StdoutPipe()
	if err != nil {
		tb.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		tb.Fatal(err)
	}
	s.cmd = cmd
	var said []string
	for lines := bufio.NewScanner(out); lines.Scan(); {
		said = append(said, lines.Text())
		if strings.Contains(lines.Text(), "now ready to accept connections") {
			go func() {
				for lines.Scan() { // let it go on talking
				}
			}()
			return
		}
	}
	tb.Fatalf("redis-server stopped at its start:\n%s", strings.Join(said, "\n"))
}

// Kill ends the server with SIGKILL.
func (s *RedisServer) Kill(tb testing.TB) {
	tb.Helper()
	if s.cmd == nil {
		return
	}
	if err := s.cmd.Process.Kill(); err != nil {
		tb.Errorf("killing redis-server: %v", err)
	}
	_ = s.cmd.Wait() // it was killed
	s.cmd = nil
}

// FreePort is a port of this machine that nobody listens on.
func FreePort(tb testing.TB) string {
	tb.Helper()
	listener, err := new(net.ListenConfig).Listen(tb.Context(), "tcp", "127.0.0.1:0")
	if err != nil {
		tb.Fatal(err)
	}
	defer func() { _ = listener.Close() }()
	_, port, err := net.SplitHostPort(listener.Addr().String())
	if err != nil {
		tb.Fatal(err)
	}
	return port
}
