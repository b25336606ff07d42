// Package sandbox is a Telegram Bot API server for one bot, on this machine,
// with a chat page for the people round it.
//
// It is as strict as Telegram and refuses with Telegram's own words, so that
// a bot that works here works there: the real client libraries talk to it over
// HTTP. People and groups are made by the host program; what a person does
// comes from the page, from tests or from a script, by the same functions.
//
// Everything that happens is an op: one function applies ops to the state,
// and with Config.Dir set each op is written to a log before its request is
// answered, so that a killed server goes on where it was. Ops are not synced
// to the disk: a loss of power may lose the last of them.
//
// Where Telegram's documents are silent or the network would be needed, the
// sandbox chooses and says so at the function: MarkdownV2 and files by URL
// are refused, a callback may be answered for 15 seconds and tells the content
// of its message for 48 hours, webhooks may be plain HTTP on loopback.
//
// Times in messages are Unix seconds by Config.Now. Sizes are bytes. Lengths
// of text are UTF-16 code units, as Telegram counts them.
package sandbox
