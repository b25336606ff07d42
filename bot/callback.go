package bot

import (
	"errors"
	"fmt"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// MaxAction is how many bytes the data of a button may have.
const MaxAction = 64

// ErrAction says that the data of a button is not one of ours, or that an
// Action cannot be written into a button.
var ErrAction = errors.New("bot: not the data of a button")

// Action is what a button asks for: a verb of the table of routes with its
// arguments, and the revision of the conversation that it belongs to. It is
// written "verb~revision~arg~arg", the revision in base 36 and empty if 0, and
// has to fit 64 bytes.
type Action struct {
	// Verb is 1 to 20 characters of a–z, 0–9, '-' and '.'.
	Verb string
	// Args may hold any printable characters but '~'; they may be empty.
	Args []string
	// Revision is that of the conversation whose step shows the button, 0 for
	// buttons that belong to none and stay good (see Turn.Action and Do).
	Revision int64
}

// Do is an Action outside any conversation: its button stays good for ever,
// and the desk decides what a late tap still does.
func Do(verb string, args ...string) Action { return Action{Verb: verb, Args: args} }

// Arg returns an argument, empty if there is none of that index.
func (a Action) Arg(i int) string {
	if i < 0 || i >= len(a.Args) {
		return ""
	}
	return a.Args[i]
}

// Int returns an argument as a number; ok is false if it is none.
func (a Action) Int(i int) (n int, ok bool) {
	n, err := strconv.Atoi(a.Arg(i))
	return n, err == nil
}

// Encode writes the action for a button. It fails with ErrAction if a part
// has characters that it may not have or if it is over 64 bytes.
func (a Action) Encode() (string, error) {
	if !goodVerb(a.Verb) || a.Revision < 0 {
		return "", fmt.Errorf("%w: verb %q, revision %d", ErrAction, a.Verb, a.Revision)
	}
	var b strings.Builder
	b.WriteString(a.Verb)
	if a.Revision != 0 || len(a.Args) > 0 {
		b.WriteByte('~')
	}
	if a.Revision != 0 {
		b.WriteString(strconv.FormatInt(a.Revision, 36))
	}
	for _, arg := range a.Args {
		if !goodArg(arg) {
			return "", fmt.Errorf("%w: argument %q of %s", ErrAction, arg, a.Verb)
		}
		b.WriteByte('~')
		b.WriteString(arg)
	}
	if b.Len() > MaxAction {
		return "", fmt.Errorf("%w: %d bytes: %s", ErrAction, b.Len(), b.String())
	}
	return b.String(), nil
}

// DecodeAction reads what Encode wrote and nothing else.
func DecodeAction(data string) (Action, error) {
	parts := strings.Split(data, "~")
	a := Action{Verb: parts[0]}
	if len(parts) > 1 && parts[1] != "" {
		n, err := strconv.ParseInt(parts[1], 36, 64)
		if err != nil {
			return Action{}, fmt.Errorf("%w: revision %q", ErrAction, parts[1])
		}
		a.Revision = n
	}
	if len(parts) > 2 {
		a.Args = parts[2:]
	}
	again, err := a.Encode()
	if err != nil {
		return Action{}, err
	}
	if again != data {
		return Action{}, fmt.Errorf("%w: %q", ErrAction, data)
	}
	return a, nil
}

func goodVerb(s string) bool {
	const longest = 20
	return s != "" && len(s) <= longest && strings.Trim(s, "abcdefghijklmnopqrstuvwxyz0123456789-.") == ""
}

func goodArg(s string) bool {
	if !utf8.ValidString(s) {
		return false
	}
	return strings.IndexFunc(s, func(r rune) bool { return r == '~' || !unicode.IsPrint(r) }) < 0
}
