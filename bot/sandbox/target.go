package sandbox

import "strconv"

// target finds the chat of a call's chat_id. The caller holds s.mu.
func (s *Server) target(p params, key string) (*chat, *apiError) {
	raw := p.get(key)
	if raw == "" {
		return nil, badRequest("%s is empty", key)
	}
	id, err := strconv.ParseInt(raw, 10, 64)
	if err != nil {
		return nil, badRequest("chat not found")
	}
	c := s.state.chats[id]
	switch {
	case c == nil, !s.state.met(c):
		return nil, badRequest("chat not found")
	case c.migratedTo != 0:
		return nil, migrated(c.migratedTo)
	}
	return c, nil
}

// met tells whether the bot knows of a chat: it was in the group, or the
// person wrote to it or is with it in a group.
func (st *state) met(c *chat) bool {
	if c.kind != "private" {
		return c.botMember || c.botGone || c.migratedTo != 0
	}
	if c.started || c.blocked {
		return true
	}
	for _, id := range st.groups {
		if g := st.chats[id]; g.botMember && g.has(c.id) {
			return true
		}
	}
	return false
}

// writable finds the chat of a call and checks that the bot may write there.
// The caller holds s.mu.
func (s *Server) writable(p params) (*chat, *apiError) {
	c, err := s.target(p, "chat_id")
	if err != nil {
		return nil, err
	}
	switch {
	case c.kind == "private" && !c.started:
		return nil, forbidden("bot can't initiate conversation with a user")
	case c.blocked:
		return nil, forbidden("bot was blocked by the user")
	case c.kind != "private" && c.botStatus() == "left":
		return nil, forbidden("bot is not a member of the " + c.kind + " chat")
	case c.kind != "private" && !c.botMember:
		return nil, forbidden("bot was kicked from the " + c.kind + " chat")
	}
	return c, nil
}

// existing finds the message of a call; what names the wish in the refusal.
func existing(c *chat, p params, what string) (*Message, *apiError) {
	if p.get("message_id") == "" {
		return nil, badRequest("message identifier is not specified")
	}
	m := c.message(int(p.int("message_id")))
	if m == nil {
		return nil, badRequest("message to %s not found", what)
	}
	return m, nil
}
