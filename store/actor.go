package store

import (
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// System is the By of what the program does by itself.
const System = "system"

// ByPerson is the By of a person who acts in chat, by their user id.
func ByPerson(id int64) string { return "tg:" + strconv.FormatInt(id, 10) }

// ByOffice is the By of the office on the command line.
func ByOffice(name string) string { return "office:" + name }

// PersonOf returns the user id in a By of the form tg:<user id>.
func PersonOf(by string) (id int64, ok bool) {
	digits, found := strings.CutPrefix(by, "tg:")
	if !found || digits == "" || digits[0] < '1' || digits[0] > '9' { // a number has one form
		return 0, false
	}
	id, err := strconv.ParseInt(digits, 10, 64)
	return id, err == nil
}

func isOffice(by string) bool {
	name, found := strings.CutPrefix(by, "office:")
	return found && strings.TrimSpace(name) != "" && utf8.RuneCountInString(name) <= MaxName &&
		!strings.ContainsFunc(name, unicode.IsControl)
}

func validBy(by string) bool {
	_, person := PersonOf(by)
	return person || by == System || isOffice(by)
}
