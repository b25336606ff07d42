package sandbox

import (
	"encoding/json"
	"net/http"
	"strconv"
	"strings"
)

// call is one request of the bot.
type call struct {
	params
	r *http.Request
}

// handler does a method. Its result is written as JSON.
type handler func(s *Server, c *call) (any, *apiError)

// method is a row of the table of methods.
type method struct {
	name string // as Telegram spells it
	do   handler
	kind methodKind
}

// methodKind says which limits count a method.
type methodKind int

const (
	plain   methodKind = iota
	writing            // a message is sent or edited: 30/s, 1/s a chat, 20/min a group
	waiting            // getUpdates: no limit
)

// methods are all that the sandbox knows, by lower-case name.
func methods() map[string]method {
	table := map[string]method{}
	for _, m := range []method{
		{"getMe", getMe, plain},
		{"getUpdates", getUpdates, waiting},
		{"setWebhook", setWebhook, plain},
		{"deleteWebhook", deleteWebhook, plain},
		{"getWebhookInfo", getWebhookInfo, plain},
		{"sendMessage", sendMessage, writing},
		{"sendPhoto", sendPhoto, writing},
		{"sendDocument", sendDocument, writing},
		{"sendMediaGroup", sendMediaGroup, writing},
		{"copyMessage", copyMessage, writing},
		{"editMessageText", editMessageText, writing},
		{"editMessageCaption", editMessageCaption, writing},
		{"editMessageReplyMarkup", editMessageReplyMarkup, writing},
		{"editMessageMedia", editMessageMedia, writing},
		{"deleteMessage", deleteMessage, plain},
		{"deleteMessages", deleteMessages, plain},
		{"pinChatMessage", pinChatMessage, plain},
		{"unpinChatMessage", unpinChatMessage, plain},
		{"unpinAllChatMessages", unpinAllChatMessages, plain},
		{"sendChatAction", sendChatAction, plain},
		{"answerCallbackQuery", answerCallbackQuery, plain},
		{"getFile", getFile, plain},
		{"setMyCommands", setMyCommands, plain},
		{"getMyCommands", getMyCommands, plain},
		{"deleteMyCommands", deleteMyCommands, plain},
		{"getChat", getChat, plain},
		{"getChatMember", getChatMember, plain},
		{"getChatMemberCount", getChatMemberCount, plain},
		{"leaveChat", leaveChat, plain},
	} {
		table[strings.ToLower(m.name)] = m
	}
	return table
}

func (s *Server) routes() http.Handler {
	mux := http.NewServeMux()
	table := methods()
	page := s.pageRoutes()
	mux.HandleFunc("/", func(w http.ResponseWriter, r *http.Request) {
		switch path := r.URL.Path; {
		case strings.HasPrefix(path, "/bot"):
			s.serveAPI(w, r, table)
		case strings.HasPrefix(path, "/file/bot"):
			s.serveFile(w, r)
		default:
			page.ServeHTTP(w, r)
		}
	})
	return mux
}

// token checks the token of a path after "/bot" or "/file/bot" and returns
// what follows it.
func (s *Server) token(path string) (rest string, refused *apiError) {
	token, rest, ok := strings.Cut(path, "/")
	id, _, shaped := strings.Cut(token, ":")
	if _, err := strconv.ParseInt(id, 10, 64); !ok || !shaped || err != nil {
		return "", &apiError{code: 404, description: "Not Found"}
	}
	if token != s.cfg.Token {
		return "", &apiError{code: 401, description: "Unauthorized"}
	}
	return rest, nil
}

func (s *Server) serveAPI(w http.ResponseWriter, r *http.Request, table map[string]method) {
	name, refused := s.token(strings.TrimPrefix(r.URL.Path, "/bot"))
	m, known := table[strings.ToLower(name)]
	switch {
	case refused != nil:
	case !known:
		refused = &apiError{code: 404, description: "Not Found: method not found"}
	default:
		name = m.name
	}
	s.count(name, refused)
	if refused != nil {
		s.refuse(w, name, refused)
		return
	}
	fault := s.faults.draw(m)
	if fault.before(s, w, name) {
		return
	}
	args, refused := readParams(r)
	if refused == errHungUp {
		return
	}
	c := &call{params: args, r: r}
	if refused == nil && m.kind != waiting {
		refused = s.limits.admit(m, args)
	}
	if refused != nil {
		s.refuse(w, name, refused)
		return
	}
	result, refused := m.do(s, c)
	switch {
	case fault.loseAnswer && hangUp(w):
	case refused != nil:
		s.refuse(w, name, refused)
	default:
		s.reply(w, result)
	}
}

// count adds a call to the counters.
func (s *Server) count(name string, refused *apiError) {
	if refused != nil && refused.code != 404 {
		return // of another bot
	}
	s.stats.Lock()
	s.stats.calls[name]++
	s.stats.Unlock()
}

// rawJSON is a result that is JSON already.
type rawJSON []byte

func (s *Server) reply(w http.ResponseWriter, result any) {
	body, raw := result.(rawJSON)
	if !raw {
		var err error
		if body, err = json.Marshal(result); err != nil {
			s.refuse(w, "", internal(err))
			return
		}
	}
	w.Header().Set("Content-Type", "application/json")
	out := make([]byte, 0, len(body)+32)
	out = append(out, `{"ok":true,"result":`...)
	out = append(out, body...)
	out = append(out, '}')
	_, _ = w.Write(out) // the bot has gone: it asks again
}

// refusal is how Telegram writes one.
type refusal struct {
	OK          bool               `json:"ok"`
	Code        int                `json:"error_code"`
	Description string             `json:"description"`
	Parameters  *refusalParameters `json:"parameters,omitempty"`
}

type refusalParameters struct {
	RetryAfter int   `json:"retry_after,omitempty"`
	MigrateTo  int64 `json:"migrate_to_chat_id,omitempty"`
}

func (s *Server) refuse(w http.ResponseWriter, name string, e *apiError) {
	s.stats.Lock()
	s.stats.refusals[name+": "+e.description]++
	s.stats.Unlock()
	if s.cfg.OnRefusal != nil {
		s.cfg.OnRefusal(name, e.description)
	}
	out := refusal{Code: e.code, Description: e.description}
	if e.retryAfter != 0 || e.migrateTo != 0 {
		out.Parameters = &refusalParameters{RetryAfter: e.retryAfter, MigrateTo: e.migrateTo}
	}
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(e.code)
	_ = json.NewEncoder(w).Encode(out) // the bot has gone: nothing to tell it
}

func getMe(s *Server, _ *call) (any, *apiError) {
	return struct {
		User
		CanJoinGroups  bool `json:"can_join_groups"`
		CanReadAll     bool `json:"can_read_all_group_messages"`
		SupportsInline bool `json:"supports_inline_queries"`
		CanConnect     bool `json:"can_connect_to_business"`
		HasMainWebApp  bool `json:"has_main_web_app"`
	}{User: s.bot, CanJoinGroups: true}, nil
}
