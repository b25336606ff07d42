package sandbox

// supergroupBase makes ids of supergroups as long as Telegram's.
const supergroupBase = 1002000000000

// AddBot lets a member add the bot to a group.
func (s *Server) AddBot(group, by int64) error { return s.setBot(group, by, true) }

// RemoveBot lets a member remove the bot from a group.
func (s *Server) RemoveBot(group, by int64) error { return s.setBot(group, by, false) }

func (s *Server) setBot(group, by int64, in bool) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	c, err := s.speaker(by, group)
	if err != nil {
		return err
	}
	if c.kind == "private" {
		return ErrNoGroup
	}
	if c.botMember == in {
		return nil
	}
	bot := s.state.user(s.bot.ID)
	m := &Message{MessageID: s.state.nextID(c), From: s.state.user(by), Chat: s.state.chatOf(c), Date: s.now()}
	member := &op{Kind: opMember, Chat: c.id, From: by, On: in, ID: s.now()}
	note := &op{Kind: opMessage, Message: m}
	if in {
		m.NewChatMembers = []User{*bot}
		return s.commit(member, note)
	}
	m.LeftChatMember = bot
	return s.commit(note, member)
}

// Migrate makes a basic group a supergroup and returns its new id. The bot is
// told in both; writing to the old id is refused with the new one.
func (s *Server) Migrate(group int64) (int64, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	c := s.state.chats[group]
	switch {
	case c == nil || c.kind != "group":
		return 0, ErrNoGroup
	case c.migratedTo != 0:
		return c.migratedTo, nil
	}
	to := -(supergroupBase - group%supergroupBase)
	from := s.state.user(s.bot.ID)
	if len(c.group.Members) > 0 {
		from = s.state.user(c.group.Members[0])
	}
	old := &Message{MessageID: s.state.nextID(c), From: from, Chat: s.state.chatOf(c), Date: s.now(), MigrateToChatID: to}
	chat := Chat{ID: to, Type: "supergroup", Title: c.group.Title}
	fresh := &Message{MessageID: 1, From: from, Chat: chat, Date: s.now(), MigrateFromChatID: group}
	err := s.commit(
		&op{Kind: opMessage, Message: old},
		&op{Kind: opMigrate, Chat: group, To: to},
		&op{Kind: opMessage, Message: fresh},
	)
	return to, err
}
