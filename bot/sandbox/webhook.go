package sandbox

import (
	"net"
	"net/url"
	"slices"
	"strings"
)

// webhook is where updates are delivered to.
type webhook struct {
	URL            string `json:"url"`
	Secret         string `json:"secret,omitempty"`
	MaxConnections int    `json:"max_connections"`
}

func (st *state) setWebhook(h *webhook) { st.hook = h }

// setWebhook takes HTTPS as Telegram does, and plain HTTP on loopback, which
// only a local Bot API server would.
func setWebhook(s *Server, c *call) (any, *apiError) {
	address := c.get("url")
	if address == "" {
		return deleteWebhook(s, c)
	}
	if err := checkWebhook(address, c.get("secret_token")); err != nil {
		return nil, err
	}
	h := &webhook{URL: address, Secret: c.get("secret_token"), MaxConnections: int(c.int("max_connections"))}
	if h.MaxConnections == 0 {
		h.MaxConnections = 40
	}
	h.MaxConnections = min(max(h.MaxConnections, 1), 100)
	return s.changeWebhook(c, h)
}

func deleteWebhook(s *Server, c *call) (any, *apiError) {
	return s.changeWebhook(c, nil)
}

func (s *Server) changeWebhook(c *call, h *webhook) (any, *apiError) {
	s.mu.Lock()
	defer s.mu.Unlock()
	ops, err := s.allowedOps(c.params)
	if err != nil {
		return nil, err
	}
	if c.bool("drop_pending_updates") {
		ops = append(ops, &op{Kind: opConfirm, ID: s.state.updates.last + 1})
	}
	if h != nil && s.poll != nil {
		close(s.poll.wake) // it sees the webhook and answers so
		s.poll = nil
	}
	result, err := s.done(append(ops, &op{Kind: opWebhook, Webhook: h})...)
	s.hooks.restart()
	return result, err
}

func checkWebhook(address, secret string) *apiError {
	u, err := url.Parse(address)
	if err != nil || u.Host == "" {
		return badRequest("invalid webhook URL specified")
	}
	ip := net.ParseIP(u.Hostname())
	loopback := u.Hostname() == "localhost" || ip != nil && ip.IsLoopback()
	if u.Scheme != "https" && (u.Scheme != "http" || !loopback) {
		return badRequest("bad webhook: An HTTPS URL must be provided for webhook")
	}
	if port := u.Port(); !loopback && port != "" && !slices.Contains([]string{"80", "88", "443", "8443"}, port) {
		return badRequest("bad webhook: Webhook can be set up only on ports 80, 88, 443 or 8443")
	}
	if len(secret) > 256 {
		return badRequest("secret token is too long")
	}
	if strings.ContainsFunc(secret, func(r rune) bool {
		return r > 127 || !isAlnum(byte(r)) && r != '_' && r != '-'
	}) {
		return badRequest("secret token contains unallowed characters")
	}
	return nil
}

func getWebhookInfo(s *Server, _ *call) (any, *apiError) {
	s.mu.Lock()
	defer s.mu.Unlock()
	info := struct {
		URL            string   `json:"url"`
		Certificate    bool     `json:"has_custom_certificate"`
		Pending        int      `json:"pending_update_count"`
		ErrorDate      int64    `json:"last_error_date,omitempty"`
		ErrorMessage   string   `json:"last_error_message,omitempty"`
		MaxConnections int      `json:"max_connections,omitempty"`
		Allowed        []string `json:"allowed_updates,omitempty"`
	}{Pending: len(s.state.updates.list)}
	if h := s.state.hook; h != nil {
		info.URL, info.MaxConnections = h.URL, h.MaxConnections
		info.ErrorDate, info.ErrorMessage = s.hooks.errorDate, s.hooks.errorText
	}
	for _, kind := range []string{"message", "edited_message", "callback_query", "my_chat_member"} {
		if s.state.allowed[kind] {
			info.Allowed = append(info.Allowed, kind)
		}
	}
	return info, nil
}
