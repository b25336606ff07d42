package sandbox

import (
	"encoding/json"
	"fmt"
	"strings"
)

// BotCommand is a line of the command menu.
type BotCommand struct {
	Command     string `json:"command"`
	Description string `json:"description"`
}

// commandSet is the menu of one scope and language.
type commandSet struct {
	Key  string       `json:"key"`
	List []BotCommand `json:"list"`
}

// commandScope is Telegram's BotCommandScope.
type commandScope struct {
	Type   string `json:"type"`
	ChatID any    `json:"chat_id"`
	UserID int64  `json:"user_id"`
}

func commandKey(scope, language string) string { return scope + " " + language }

// scopeKey reads the scope and language of a call. The caller holds s.mu.
func (s *Server) scopeKey(p params) (string, *apiError) {
	language := p.get("language_code")
	if language != "" && (len(language) != 2 || !isAlpha(language[0]) || !isAlpha(language[1])) {
		return "", badRequest("invalid language code specified")
	}
	scope := commandScope{Type: "default"}
	if raw := p.get("scope"); raw != "" {
		dec := json.NewDecoder(strings.NewReader(raw))
		dec.UseNumber()
		if err := dec.Decode(&scope); err != nil {
			return "", badRequest("can't parse BotCommandScope: %v", err)
		}
	}
	key := scope.Type
	switch scope.Type {
	case "default", "all_private_chats", "all_group_chats", "all_chat_administrators":
		return commandKey(key, language), nil
	case "chat", "chat_administrators", "chat_member":
	default:
		return "", badRequest("can't parse BotCommandScope: unsupported type specified")
	}
	chat := fmt.Sprint(scope.ChatID)
	c, err := s.target(params{values: map[string]string{"chat_id": chat}}, "chat_id")
	if err != nil {
		return "", err
	}
	if scope.Type != "chat" && c.kind == "private" {
		return "", badRequest("can't change commands of this scope in private chats")
	}
	key += ":" + chat
	if scope.Type == "chat_member" {
		key += fmt.Sprintf(":%d", scope.UserID)
	}
	return commandKey(key, language), nil
}

func setMyCommands(s *Server, c *call) (any, *apiError) {
	var list []BotCommand
	if err := json.Unmarshal([]byte(c.get("commands")), &list); err != nil {
		return nil, badRequest("can't parse commands JSON object")
	}
	if len(list) > 100 {
		return nil, badRequest("BOT_COMMANDS_TOO_MUCH")
	}
	for i := range list {
		if err := list[i].check(); err != nil {
			return nil, err
		}
	}
	return s.replaceCommands(c.params, list)
}

func deleteMyCommands(s *Server, c *call) (any, *apiError) {
	return s.replaceCommands(c.params, nil)
}

func (s *Server) replaceCommands(p params, list []BotCommand) (any, *apiError) {
	s.mu.Lock()
	defer s.mu.Unlock()
	key, err := s.scopeKey(p)
	if err != nil {
		return nil, err
	}
	return s.done(&op{Kind: opCommands, Commands: &commandSet{Key: key, List: list}})
}

func getMyCommands(s *Server, c *call) (any, *apiError) {
	s.mu.Lock()
	defer s.mu.Unlock()
	key, err := s.scopeKey(c.params)
	if err != nil {
		return nil, err
	}
	if list := s.state.commands[key]; list != nil {
		return list, nil
	}
	return []BotCommand{}, nil
}

// check refuses what Telegram would; a leading slash is dropped as it does.
func (b *BotCommand) check() *apiError {
	b.Command = strings.TrimPrefix(b.Command, "/")
	switch {
	case b.Command == "":
		return badRequest("command must be non-empty")
	case len(b.Command) > 32:
		return badRequest("command length must not exceed 32")
	case strings.Trim(b.Command, "abcdefghijklmnopqrstuvwxyz0123456789_") != "":
		return badRequest("BOT_COMMAND_INVALID")
	case strings.TrimSpace(b.Description) == "":
		return badRequest("command description must be non-empty")
	case utf16Len(b.Description) > 256:
		return badRequest("command description length must not exceed 256")
	}
	return nil
}

func (st *state) setCommands(set *commandSet) {
	if len(set.List) == 0 {
		delete(st.commands, set.Key)
		return
	}
	st.commands[set.Key] = set.List
}

// menu is the commands that a person sees in a chat: the narrowest scope that
// has any, Chinese before no language.
func (st *state) menu(c *chat, person int64) []BotCommand {
	scopes := []string{fmt.Sprintf("chat:%d", c.id), "all_private_chats", "default"}
	if c.kind != "private" {
		scopes = []string{
			fmt.Sprintf("chat_member:%d:%d", c.id, person),
			fmt.Sprintf("chat:%d", c.id), "all_group_chats", "default",
		}
	}
	for _, scope := range scopes {
		for _, language := range []string{"zh", ""} {
			if list := st.commands[commandKey(scope, language)]; list != nil {
				return list
			}
		}
	}
	return []BotCommand{}
}
