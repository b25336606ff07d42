package redisstore

import (
	"context"
	"errors"
	"fmt"
	"strconv"

	"github.com/redis/go-redis/v9"

	"paogai/store"
)

// id is the stream's id of an entry.
func id(seq uint64) string { return strconv.FormatUint(seq, 10) + "-0" }

// Append implements store.Journal. Beyond the interface's own errors it gives
// ErrRefused (with the server's words) and ErrUnreachable, both with nothing
// changed.
func (s *Store) Append(ctx context.Context, after store.Position, line []byte, fence store.Fence) (store.Position, error) {
	next := after.Next(line)
	term := ""
	if !fence.IsZero() {
		term = strconv.FormatUint(fence.Term, 10)
	}
	args := []any{
		id(after.Seq), after.Hash[:],
		id(next.Seq), newNonce(), next.Hash[:], line,
		fence.Lease, term, s.replicas,
	}
	var verdict string
	if err := s.write(ctx, func(ctx context.Context) (err error) {
		verdict, err = s.commit(ctx, args)
		return err
	}); err != nil {
		return store.Position{}, err
	}
	switch verdict {
	case "done":
		s.learn(next)
		return next, nil
	case "conflict":
		return store.Position{}, fmt.Errorf("%w: the journal is past %d", store.ErrConflict, after.Seq)
	case "fenced":
		return store.Position{}, fmt.Errorf("%w: %s is no longer at term %d", store.ErrFenced, fence.Lease, fence.Term)
	case "forked":
		return store.Position{}, fmt.Errorf("%w: entry %d is gone or another one", store.ErrForked, after.Seq)
	}
	return store.Position{}, fmt.Errorf("%w: the script answered %q", ErrRefused, verdict)
}

var errNoReplica = errors.New("redisstore: no replica has confirmed the entry")

// commit runs the script once. Where replicas have to hold the entry it waits
// for them on the same connection, as WAIT counts that connection's writes.
func (s *Store) commit(ctx context.Context, args []any) (verdict string, err error) {
	at := []string{s.keys.journal, s.keys.terms, s.keys.touch}
	if s.replicas == 0 {
		return s.scripts.append.Run(ctx, s.db, at, args...).Text() //nolint:wrapcheck // classified by write
	}
	conn, err := s.conn(ctx)
	if err != nil {
		return "", err
	}
	defer func() { _ = conn.Close() }()
	verdict, err = s.scripts.append.Run(ctx, conn, at, args...).Text()
	if err != nil || verdict != "done" {
		return verdict, err //nolint:wrapcheck // classified by write
	}
	n, err := conn.Wait(ctx, s.replicas, s.replicaTime).Result()
	if err == nil && n < int64(s.replicas) {
		err = errNoReplica
	}
	return verdict, err //nolint:wrapcheck // classified by write
}

// conn is one connection to the server that has the campaign.
func (s *Store) conn(ctx context.Context) (*redis.Conn, error) {
	switch db := s.db.(type) {
	case *redis.Client:
		return db.Conn(), nil
	case *redis.ClusterClient:
		node, err := db.MasterForKey(ctx, s.keys.journal)
		if err != nil {
			return nil, err //nolint:wrapcheck // classified by write
		}
		return node.Conn(), nil
	default:
		return nil, fmt.Errorf("redisstore: no connection from %T", db)
	}
}

// learn remembers the furthest position seen; followers check that it stays.
func (s *Store) learn(p store.Position) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if p.Seq > s.known.Seq {
		s.known = p
	}
}

func (s *Store) furthest() store.Position {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.known
}
