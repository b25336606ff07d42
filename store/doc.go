// Package store keeps the record of one campaign. A person's act that is
// allowed becomes an entry in an append-only journal; the journal folds into a
// record held in memory; the scoring package reads the record's facts. There
// is one way to change anything (Desk.Do) and one fold (Record), so that every
// replica and every store that holds the same journal holds the same record.
//
// Journals, drafts, inboxes and leases are small interfaces; the subfolders
// implement them on bbolt and on Redis.
package store
