package sandbox

import (
	"strings"
	"testing"
)

// The rest of the methods answer as Telegram does.
func TestOtherMethods(t *testing.T) {
	r := newRig(t)
	r.says(alice, "1")
	r.says(alice, "2")
	for _, c := range []struct {
		method string
		args   []any
		want   string // in the result, or the whole description
	}{
		{"deleteMessages", []any{"chat_id", alice, "message_ids", "[1,99]"}, "true"},
		{"deleteMessages", []any{"chat_id", alice, "message_ids", "[]"}, "Bad Request: message identifiers are not specified"},
		{"deleteMessage", []any{"chat_id", alice}, "Bad Request: message identifier is not specified"},
		{"pinChatMessage", []any{"chat_id", alice, "message_id", 2}, "true"},
		{"pinChatMessage", []any{"chat_id", alice, "message_id", 2}, "true"},
		{"unpinAllChatMessages", []any{"chat_id", alice}, "true"},
		{"unpinChatMessage", []any{"chat_id", alice, "message_id", 2}, "Bad Request: message to unpin not found"},
		{"getChatMemberCount", []any{"chat_id", group}, "3"},
		{"getChatMemberCount", []any{"chat_id", alice}, "2"},
		{"getChatMember", []any{"chat_id", alice, "user_id", r.Server.bot.ID}, `"status":"member"`},
		{"getChatMember", []any{"chat_id", alice, "user_id", bob}, "Bad Request: member not found"},
		{"getChatMember", []any{"chat_id", alice}, "Bad Request: invalid user_id specified"},
		{"getMyCommands", []any{"language_code", "zh"}, "[]"},
		{"getMyCommands", []any{"language_code", "zh-hans"}, "Bad Request: invalid language code specified"},
		{"getMyCommands", []any{"scope", `{"type":"all"}`}, "Bad Request: can't parse BotCommandScope: unsupported type specified"},
		{"setMyCommands", []any{"commands", "x"}, "Bad Request: can't parse commands JSON object"},
		{"getFile", nil, "Bad Request: file_id not specified"},
		{"editMessageText", []any{"inline_message_id", "x", "text", "y"}, "Bad Request: MESSAGE_ID_INVALID"},
		{"editMessageMedia", []any{"chat_id", alice, "message_id", 2, "media", "x"}, "Bad Request: can't parse InputMedia: invalid character 'x' looking for beginning of value"},
		{"editMessageMedia", []any{"chat_id", alice, "message_id", 2, "media", `{"type":"video"}`}, `Bad Request: can't parse InputMedia: type "video" is not known to the sandbox`},
		{"sendPhoto", []any{"chat_id", alice}, "Bad Request: there is no photo in the request"},
		{"sendMessage", []any{"chat_id", alice, "text", "x", "entities", "{"}, "Bad Request: can't parse entities JSON object"},
		{"sendMessage", []any{"chat_id", alice, "text", "  粗 体  ", "entities", `[{"type":"bold","offset":2,"length":9}]`}, `"entities":[{"type":"bold","offset":0,"length":3}]`},
		{"sendMessage", []any{"chat_id", alice, "text", "x", "reply_parameters", "2"}, "Bad Request: can't parse reply parameters JSON object"},
		{"sendMessage", []any{"chat_id", alice, "text", "x", "reply_to_message_id", 2}, `"reply_to_message":{"message_id":2`},
		{"sendMessage", []any{"chat_id", alice, "text", "x", "reply_markup", `{"remove_keyboard":true}`}, `"text":"x"`},
		{"sendMessage", []any{"chat_id", alice, "text", "x", "reply_markup", `{"force_reply":true}`}, `"text":"x"`},
		{"sendMessage", []any{"chat_id", alice, "text", "x", "reply_markup", `{"keyboard":[["一"]]}`}, `"text":"x"`},
		{"copyMessage", []any{"chat_id", alice, "from_chat_id", 77, "message_id", 2}, "Bad Request: chat not found"},
		{"leaveChat", []any{"chat_id", alice}, "Bad Request: chat member status can't be changed in private chats"},
		{"leaveChat", []any{"chat_id", group}, "true"},
		{"sendMessage", []any{"chat_id", group, "text", "x"}, "Forbidden: bot is not a member of the group chat"},
	} {
		a := r.call(t, c.method, c.args...)
		if a.OK && !strings.Contains(string(a.Result), c.want) || !a.OK && a.Description != c.want {
			t.Errorf("%s %v: %s%s; want %s", c.method, c.args, a.Result, a.Description, c.want)
		}
	}
}
