package store

import (
	"context"
	"crypto/sha256"
	"errors"
	"time"
)

// Position is where a journal stands after an entry: its number and the hash
// of everything up to it. The zero Position is that of an empty journal.
type Position struct {
	Seq  uint64
	Hash [sha256.Size]byte
}

// Next returns the position after line has been appended at p: the sequence
// number grows by one and Hash_n = SHA-256(Hash_{n-1} ‖ line_n).
func (p Position) Next(line []byte) Position {
	h := sha256.New()
	h.Write(p.Hash[:])
	h.Write(line)
	next := Position{Seq: p.Seq + 1}
	h.Sum(next.Hash[:0])
	return next
}

// Fence names the lease under which an append is made. A journal refuses an
// append whose lease has since been taken by a later term. The zero Fence asks
// for no such check.
type Fence struct {
	Lease string
	Term  uint64
}

// IsZero reports whether the append is unfenced.
func (f Fence) IsZero() bool { return f == Fence{} }

// The outcomes of an append, other than done.
var (
	// ErrConflict means that another writer appended first. Fold what came, decide again.
	ErrConflict = errors.New("store: another entry was appended first")
	// ErrForked means that the journal no longer holds the history that the caller knows.
	// Nothing can go on from here; the process has to stop.
	ErrForked = errors.New("store: the journal no longer holds the history this process knows")
	// ErrFenced means that the lease of the append's Fence has passed to another holder.
	ErrFenced = errors.New("store: the lease has passed to another holder")
	// ErrUnknown means that the journal did not answer in time; the entry may or may not
	// have been committed. The caller has to say exactly that.
	ErrUnknown = errors.New("store: the outcome of the append is unknown")
	// ErrDamaged means that stored bytes do not fit the hash chain.
	ErrDamaged = errors.New("store: the stored journal is damaged")
)

// Journal is the append-only truth of one campaign: lines numbered from 1
// without gaps, each chained by hash to the one before. Implementations are
// safe for concurrent use, and an acknowledged line survives a power cut.
type Journal interface {
	// Head returns the last position, zero when the journal is empty.
	Head(ctx context.Context) (Position, error)
	// Append commits line after the given position and returns the new one:
	// compare-and-set. The line is a whole entry without a line feed. Errors
	// are the outcomes above; ErrForked when the entry at after.Seq has
	// another hash or is gone.
	Append(ctx context.Context, after Position, line []byte, fence Fence) (Position, error)
	// Read calls fn with every line past the sequence number after, in order,
	// verifying the chain (ErrDamaged). It ends at the head that it found, and
	// hands back fn's error as it is. fn must not keep the line.
	Read(ctx context.Context, after uint64, fn func(Position, []byte) error) error
	// Wait returns nil when the head is past after, or the context's error.
	// It may return nil early; the caller reads and finds nothing new.
	Wait(ctx context.Context, after uint64) error
}

// Drafts keeps conversations in progress: bytes by key, durable, no history.
type Drafts interface {
	// LoadDraft returns nil, nil when there is none.
	LoadDraft(ctx context.Context, key string) ([]byte, error)
	SaveDraft(ctx context.Context, key string, data []byte) error
	// DeleteDraft of a key that is not there does nothing.
	DeleteDraft(ctx context.Context, key string) error
	// Drafts calls fn for each draft in the order of their keys.
	Drafts(ctx context.Context, fn func(key string, data []byte) error) error
}

// Update is one update received from the chat platform, as it came.
type Update struct {
	ID   int64
	Body []byte
}

// Inbox holds updates received and not yet handled: a received update is
// never lost, and a known one is never accepted again.
type Inbox interface {
	// Receive is one durable step: it keeps the fresh updates, skipping ids
	// seen before, and marks the done ones handled. It returns the ids kept
	// now, in their order of arrival.
	Receive(ctx context.Context, fresh []Update, done []int64) (accepted []int64, err error)
	// Pending returns what was kept and is not handled, in order of arrival.
	Pending(ctx context.Context) ([]Update, error)
}

// Leases lets one of several processes hold a name at a time.
type Leases interface {
	// Acquire takes the lease or, for the same holder, renews it under the
	// same term. held is false while another holder's time is not over.
	// A lease that changes hands gets a higher term.
	Acquire(ctx context.Context, name, holder string, ttl time.Duration) (term uint64, held bool, err error)
	// Release gives the lease up if holder has it.
	Release(ctx context.Context, name, holder string) error
}

// Backend is all that one store offers for one campaign, as its Open returns
// it. Consumers take the small interfaces.
type Backend interface {
	Journal
	Drafts
	Inbox
	Leases
	Close() error
}
