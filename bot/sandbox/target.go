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
	case c == nil:
		return nil, badRequest("chat not found")
	case c.kind != "private" && !c.botMember && !c.botKicked && c.migratedTo == 0:
		return nil, badRequest("chat not found")
	}
	return c, nil
}

// writable finds the chat of a call and checks that the bot may write there.
// The caller holds s.mu.
func (s *Server) writable(p params) (*chat, *apiError) {
	c, err := s.target(p, "chat_id")
	if err != nil {
		return nil, err
	}
	switch {
	case c.migratedTo != 0:
		return nil, migrated(c.migratedTo)
	case c.kind == "private" && !c.started:
		return nil, forbidden("bot can't initiate conversation with a user")
	case c.blocked:
		return nil, forbidden("bot was blocked by the user")
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
