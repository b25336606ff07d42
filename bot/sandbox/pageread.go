package sandbox

import (
	"bytes"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"
)

// personView is a line of the page's list of people.
type personView struct {
	ID       int64     `json:"id"`
	Name     string    `json:"name"`
	Username string    `json:"username"`
	Role     string    `json:"role"`
	Unit     string    `json:"unit"`
	Featured bool      `json:"featured"`
	Blocked  bool      `json:"blocked"`
	Started  bool      `json:"started"`
	Unread   int       `json:"unread"`
	Last     *lastView `json:"last"`
}

type groupView struct {
	ID        int64     `json:"id"`
	Title     string    `json:"title"`
	Members   []int64   `json:"members"`
	Featured  bool      `json:"featured"`
	BotMember bool      `json:"bot_member"`
	Unread    int       `json:"unread"`
	Last      *lastView `json:"last"`
}

type botView struct {
	ID       int64  `json:"id"`
	Name     string `json:"name"`
	Username string `json:"username"`
}

type stateView struct {
	Title  string       `json:"title"`
	Bot    botView      `json:"bot"`
	People []personView `json:"people"`
	Groups []groupView  `json:"groups"`
	Host   bool         `json:"host"`
}

func (s *Server) pageState(*http.Request) (any, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	v := stateView{
		Title: s.cfg.Title, Bot: botView{s.bot.ID, s.bot.FirstName, s.bot.Username}, Host: s.cfg.Host != nil,
		People: make([]personView, 0, len(s.state.order)), Groups: []groupView{},
	}
	for _, id := range s.state.order {
		p, c := s.state.people[id], s.state.chats[id]
		v.People = append(v.People, personView{
			ID: id, Name: p.Name, Username: p.Username, Role: p.Role, Unit: p.Unit, Featured: p.Featured,
			Blocked: c.blocked, Started: c.started, Unread: c.unread, Last: c.lastView(),
		})
	}
	for _, id := range s.state.groups {
		c := s.state.chats[id]
		if c.migratedTo != 0 {
			continue
		}
		v.Groups = append(v.Groups, groupView{
			ID: id, Title: c.group.Title, Members: slices.Concat([]int64{}, c.group.Members),
			Featured: c.group.Featured, BotMember: c.botMember, Unread: c.unread, Last: c.lastView(),
		})
	}
	return v, nil
}

type chatView struct {
	Messages []Message      `json:"messages"`
	Pinned   *Message       `json:"pinned"`
	Keyboard *ReplyKeyboard `json:"keyboard"`
	Force    *forced        `json:"force_reply"`
	Menu     []BotCommand   `json:"menu"`
	More     bool           `json:"more"`
}

func (s *Server) pageChat(r *http.Request) (any, error) {
	q := r.URL.Query()
	id, as := number(q, "id"), number(q, "as")
	limit := min(max(int(number(q, "limit")), 0), 200)
	if limit == 0 {
		limit = 50
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	c := s.state.chats[id]
	if c == nil {
		return nil, ErrNoChat
	}
	if c.kind == "private" {
		as = id
	}
	in := c.inputFor(as)
	v := chatView{Keyboard: in.keyboard, Force: in.force, Menu: s.state.menu(c, as)}
	v.Messages, v.More = s.window(c, int(number(q, "before")), limit)
	if m := c.message(c.shownPin()); m != nil {
		p := s.view(c, m)
		v.Pinned = &p
	}
	return v, nil
}

// window is the last messages of c, or the last before a message_id, and
// whether there are older ones.
func (s *Server) window(c *chat, before, limit int) ([]Message, bool) {
	list := []Message{}
	for i := len(c.messages) - 1; i >= 0; i-- {
		m := c.messages[i].m
		if m == nil || before != 0 && m.MessageID >= before {
			continue
		}
		if len(list) == limit {
			slices.Reverse(list)
			return list, true
		}
		list = append(list, s.view(c, m))
	}
	slices.Reverse(list)
	return list, false
}

func number(q url.Values, key string) int64 {
	n, err := strconv.ParseInt(q.Get(key), 10, 64)
	if err != nil {
		return 0
	}
	return n
}

func (s *Server) pageSeen(r *http.Request) (any, error) {
	var in struct {
		Chat int64 `json:"chat"`
	}
	if err := readBody(r, &in); err != nil {
		return nil, err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	c := s.state.chats[in.Chat]
	switch {
	case c == nil:
		return nil, ErrNoChat
	case c.unread == 0:
		return ok{}, nil
	}
	return ok{}, s.commit(&op{Kind: opSeen, Chat: in.Chat})
}

// ok is an answer that says nothing.
type ok struct{}

// pageFile serves a file to the page: pictures to be shown, all others to be
// saved, never as a page of this site.
func (s *Server) pageFile(w http.ResponseWriter, r *http.Request) {
	s.mu.Lock()
	f := s.state.files[r.PathValue("id")]
	s.mu.Unlock()
	if f == nil {
		writeError(w, http.StatusNotFound, "没有这个文件。")
		return
	}
	data, err := s.store.get(f.Sum)
	if err != nil {
		writeError(w, http.StatusInternalServerError, "文件读不出来。")
		return
	}
	kind := http.DetectContentType(data)
	disposition := "attachment"
	if strings.HasPrefix(kind, "image/") {
		disposition = "inline"
	} else {
		kind = "application/octet-stream"
	}
	name := r.URL.Query().Get("name")
	if name == "" {
		name = f.Name
	}
	if name != "" {
		disposition += "; filename*=UTF-8''" + url.PathEscape(name)
	}
	w.Header().Set("Content-Type", kind)
	w.Header().Set("Content-Disposition", disposition)
	w.Header().Set("Content-Security-Policy", "sandbox; default-src 'none'")
	w.Header().Set("Cache-Control", "private, max-age=31536000, immutable")
	http.ServeContent(w, r, "", time.Time{}, bytes.NewReader(data))
}
