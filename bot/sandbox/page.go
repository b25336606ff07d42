package sandbox

import (
	"embed"
	"encoding/json"
	"errors"
	"fmt"
	"net"
	"net/http"
	"strings"
)

//go:embed web
var webFiles embed.FS

// pageFunc answers a request of the page with JSON or a PersonError.
type pageFunc func(r *http.Request) (any, error)

// pageRoutes serves the page and its API, on loopback only.
func (s *Server) pageRoutes() http.Handler {
	mux := http.NewServeMux()
	for pattern, fn := range map[string]pageFunc{
		"GET /page/state":     s.pageState,
		"GET /page/chat":      s.pageChat,
		"GET /page/clock":     s.pageClock,
		"GET /page/panel":     s.pagePanel,
		"POST /page/step":     s.pageStep,
		"POST /page/seen":     s.pageSeen,
		"POST /page/send":     s.pageSend,
		"POST /page/upload":   s.pageUpload,
		"POST /page/press":    s.pagePress,
		"POST /page/edit":     s.pageEdit,
		"POST /page/block":    s.pageBlock,
		"POST /page/start":    s.pageStart,
		"POST /page/sticker":  s.pageOther(Outgoing{Sticker: true}),
		"POST /page/voice":    s.pageOther(Outgoing{Voice: true}),
		"POST /page/location": s.pageOther(Outgoing{Location: &Location{Latitude: 43.8378, Longitude: 126.5494}}),
		"POST /page/poll":     s.pageOther(Outgoing{Poll: []string{"今天办完了吗？", "办完了", "还没有"}}),
	} {
		mux.HandleFunc(pattern, jsonHandler(fn))
	}
	mux.HandleFunc("GET /page/events", s.pageEvents)
	mux.HandleFunc("GET /page/file/{id}", s.pageFile)
	mux.Handle("GET /", static())
	return guard(mux)
}

// static serves the page at / and its parts under /web/. They change with the
// binary, so that a browser must ask each time.
func static() http.Handler {
	files := http.FileServerFS(webFiles)
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Cache-Control", "no-cache")
		w.Header().Set("Content-Security-Policy",
			"default-src 'self'; img-src 'self' data: blob:; style-src 'self' 'unsafe-inline'; frame-ancestors 'none'")
		if r.URL.Path == "/" {
			http.ServeFileFS(w, r, webFiles, "web/index.html")
			return
		}
		files.ServeHTTP(w, r)
	})
}

// guard refuses requests that another site may have made: a Host that is not
// loopback (DNS rebinding) and posts from another origin.
func guard(next http.Handler) http.Handler {
	cross := http.NewCrossOriginProtection()
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("X-Content-Type-Options", "nosniff")
		w.Header().Set("Referrer-Policy", "no-referrer")
		switch {
		case !loopbackHost(r.Host):
			writeError(w, http.StatusForbidden, "演练页面只能在本机打开。")
		case cross.Check(r) != nil:
			writeError(w, http.StatusForbidden, "拒绝来自其他网站的请求。")
		default:
			next.ServeHTTP(w, r)
		}
	})
}

func loopbackHost(host string) bool {
	if h, _, err := net.SplitHostPort(host); err == nil {
		host = h
	}
	host = strings.Trim(host, "[]")
	ip := net.ParseIP(host)
	return strings.EqualFold(host, "localhost") || ip != nil && ip.IsLoopback()
}

func jsonHandler(fn pageFunc) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		result, err := fn(r)
		var sorry PersonError
		var large *http.MaxBytesError
		switch {
		case errors.As(err, &large):
			writeError(w, http.StatusRequestEntityTooLarge, "文件太大：一次最多上传 100 MB。")
		case errors.As(err, &sorry):
			writeError(w, http.StatusBadRequest, string(sorry))
		case err != nil:
			writeError(w, http.StatusInternalServerError, "演练服务器内部错误："+err.Error())
		default:
			writeJSON(w, http.StatusOK, result)
		}
	}
}

func writeError(w http.ResponseWriter, status int, sentence string) {
	writeJSON(w, status, map[string]string{"error": sentence})
}

func writeJSON(w http.ResponseWriter, status int, v any) {
	w.Header().Set("Content-Type", "application/json; charset=utf-8")
	w.Header().Set("Cache-Control", "no-store")
	w.WriteHeader(status)
	_ = json.NewEncoder(w).Encode(v) // the page has gone: nothing to tell it
}

// errBadRequest is for requests that the page would never make.
const errBadRequest PersonError = "请求格式不对。"

// maxJSON is enough for any text.
const maxJSON = 1 << 20

func readBody(r *http.Request, into any) error {
	body := http.MaxBytesReader(nil, r.Body, maxJSON)
	err := json.NewDecoder(body).Decode(into)
	var large *http.MaxBytesError
	switch {
	case errors.As(err, &large):
		return fmt.Errorf("read the request: %w", large)
	case err != nil:
		return errBadRequest
	}
	return nil
}
