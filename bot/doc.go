// Package bot is how people meet the campaign in Telegram: it takes updates
// in, keeps them safe until they are handled, leads each chat's conversation
// in order, turns what people do into acts of the store's desk, and shows what
// came of it. It is also the courier of the reminders.
//
// It is the only importer of go-telegram/bot, and sees the clock only through
// Options.Now.
package bot
