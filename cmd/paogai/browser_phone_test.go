package main

import "fmt"

// walk goes through the page on a phone: the list, a chat, the board, each
// filling the window.
func walk(w *window) {
	w.t.Helper()
	w.pane("people")
	w.picture("20-phone-people")
	w.opens(educationDesk)
	w.pane("chat")
	w.expects("申报回执")
	w.says("/rank")
	w.expects("第三类排名", "← 本单位")
	w.quiet()
	w.picture("21-phone-chat")
	w.click(`[data-tab="board"]`)
	w.pane("board")
	w.class("3")
	w.picture("22-phone-board")
	w.click(`[data-tab="people"]`)
	w.pane("people")
	w.opens(officeRoom)
	w.pane("chat")
	w.picture("23-phone-room")
	w.click(`[data-tab="people"]`)
	w.opens(yongjiDesk)
	w.picture("24-phone-reminder")
}

// pane waits until one pane is on the screen, alone and not wider than it.
func (w *window) pane(name string) {
	w.t.Helper()
	w.until("only "+name+" is shown", fmt.Sprintf(`["people", "chat", "board"].every((id) =>
		(document.getElementById(id).getClientRects().length > 0) === (id === "%s"))
		&& document.querySelector('[data-tab="%s"]').getAttribute("aria-current") === "page"
		&& document.documentElement.scrollWidth <= 390`, name, name))
}
