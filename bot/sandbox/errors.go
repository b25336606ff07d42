package sandbox

import "fmt"

// apiError is a refusal as Telegram writes it.
type apiError struct {
	code        int
	description string
	retryAfter  int
	migrateTo   int64
}

func (e *apiError) Error() string { return e.description }

func badRequest(format string, args ...any) *apiError {
	return &apiError{code: 400, description: "Bad Request: " + fmt.Sprintf(format, args...)}
}

func forbidden(what string) *apiError {
	return &apiError{code: 403, description: "Forbidden: " + what}
}

func conflict(what string) *apiError {
	return &apiError{code: 409, description: "Conflict: " + what}
}

func tooMany(seconds int) *apiError {
	return &apiError{
		code:        429,
		description: fmt.Sprintf("Too Many Requests: retry after %d", seconds),
		retryAfter:  seconds,
	}
}

func migrated(to int64) *apiError {
	return &apiError{
		code:        400,
		description: "Bad Request: group chat was upgraded to a supergroup chat",
		migrateTo:   to,
	}
}

// internal hides the cause: the log of the host has it by the returned error.
func internal(err error) *apiError {
	return &apiError{code: 500, description: "Internal Server Error: " + err.Error()}
}

// PersonError is why a person's act did not happen, a Chinese sentence for
// the page, as a chat client would show it.
type PersonError string

func (e PersonError) Error() string { return string(e) }

// What stops a person.
const (
	ErrNoPerson   PersonError = "没有这个人，请先在演练中添加。"
	ErrNoChat     PersonError = "没有这个会话。"
	ErrNotMember  PersonError = "您不在这个群里，不能发言。"
	ErrBlocked    PersonError = "您已停用机器人，请先恢复再发送。"
	ErrEmpty      PersonError = "消息是空的，请写点内容再发送。"
	ErrNoMessage  PersonError = "这条消息已不存在。"
	ErrNoButton   PersonError = "这个按钮已失效，请看最新的消息。"
	ErrNotYours   PersonError = "只能修改自己发的文字消息。"
	ErrNoGroup    PersonError = "没有这个群。"
	ErrMigrated   PersonError = "这个群已升级，请到新群里发言。"
	ErrManyFiles  PersonError = "一次最多发送 10 个文件。"
	ErrLongWords  PersonError = "说明文字最多 1024 字，请缩短后再发。"
	ErrUnchanged  PersonError = "内容没有变化。"
	ErrBadPayload PersonError = "邀请链接的参数不合要求：只能用字母、数字、_ 和 -，最多 64 个。"
)
