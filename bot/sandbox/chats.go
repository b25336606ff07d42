package sandbox

func getChat(s *Server, c *call) (any, *apiError) {
	s.mu.Lock()
	defer s.mu.Unlock()
	ch, err := s.target(c.params, "chat_id")
	if err != nil {
		return nil, err
	}
	full := struct {
		Chat
		Pinned *Message `json:"pinned_message,omitempty"`
		Colour int      `json:"accent_color_id"`
		Limit  int      `json:"max_reaction_count"`
	}{Chat: s.state.chatOf(ch), Limit: 11}
	if m := ch.message(ch.shownPin()); m != nil {
		full.Pinned = m.brief()
	}
	return full, nil
}

func getChatMember(s *Server, c *call) (any, *apiError) {
	s.mu.Lock()
	defer s.mu.Unlock()
	ch, err := s.target(c.params, "chat_id")
	if err != nil {
		return nil, err
	}
	id := c.int("user_id")
	u := s.state.user(id)
	switch {
	case id == 0:
		return nil, badRequest("invalid user_id specified")
	case u == nil:
		return nil, badRequest("user not found")
	case id == s.bot.ID && ch.kind == "private":
		return member{Status: "member", User: *u}, nil
	case id == s.bot.ID:
		return member{Status: ch.botStatus(), User: *u}, nil
	case ch.has(id):
		return member{Status: "member", User: *u}, nil
	case ch.kind == "private":
		return nil, badRequest("member not found")
	}
	return member{Status: "left", User: *u}, nil
}

func getChatMemberCount(s *Server, c *call) (any, *apiError) {
	s.mu.Lock()
	defer s.mu.Unlock()
	ch, err := s.target(c.params, "chat_id")
	if err != nil {
		return nil, err
	}
	if ch.kind == "private" {
		return 2, nil
	}
	n := len(ch.group.Members)
	if ch.botMember {
		n++
	}
	return n, nil
}

func leaveChat(s *Server, c *call) (any, *apiError) {
	s.mu.Lock()
	defer s.mu.Unlock()
	ch, err := s.writable(c.params)
	if err != nil {
		return nil, err
	}
	if ch.kind == "private" {
		return nil, badRequest("chat member status can't be changed in private chats")
	}
	bot := s.state.user(s.bot.ID)
	note := &Message{
		MessageID: s.state.nextID(ch), From: bot, Chat: s.state.chatOf(ch), Date: s.now(), LeftChatMember: bot,
	}
	return s.done(
		&op{Kind: opMessage, Message: note},
		&op{Kind: opMember, Chat: ch.id, From: s.bot.ID, ID: s.now()},
	)
}
