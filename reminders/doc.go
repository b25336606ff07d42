// Package reminders decides what is to be told to whom and when, and sees to
// it that it is told.
//
//	calendar   which days are worked, with China's make-up days (调休)
//	ladder     which node is due to be reminded of on which day, and which has lapsed
//	digest     one message a recipient a day, holding only what is open
//	job        a tick: the digests of one moment, committed as one entry
//	runner     when ticks happen: cron in production, stepped in a rehearsal
//	sender     the outbox: what is queued and not settled, one sender at a time
//
// The first three are pure functions of the record, the calendar and a moment.
// Days and hours are those of the scheme's zone (Asia/Shanghai for China).
// The ladder of jilin-2018 reminds 30, 15, 7, 3, 1 and 0 workdays before a
// date. What has lapsed is told on each workday of the week that begins with
// the first workday after the date, then on Mondays or the next workday.
//
// The article a reminder rests on is 第十三条（一）: a node not finished by its
// date costs the unit points, so nobody may be able to say that nobody told them.
package reminders
