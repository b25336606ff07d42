package boltstore

import (
	"context"
	"crypto/sha256"
	"encoding/binary"
	"fmt"

	bolt "go.etcd.io/bbolt"

	"paogai/store"
)

// A batch is how much one reading transaction copies out before the caller's
// function sees it, so that the function may write and no reader stays open.
const (
	batchEntries = 512
	batchBytes   = 4 << 20
)

func number(n uint64) []byte { return binary.BigEndian.AppendUint64(nil, n) }

// headOf returns the last position in the journal's bucket.
func (s *Store) headOf(b *bolt.Bucket) (store.Position, error) {
	k, v := b.Cursor().Last()
	if k == nil {
		return store.Position{}, nil
	}
	return s.positionOf(k, v)
}

func (s *Store) positionOf(k, v []byte) (store.Position, error) {
	if len(k) != 8 || len(v) < sha256.Size {
		return store.Position{}, damaged(s.path, fmt.Sprintf("the journal holds an entry of a wrong shape at key %x", k))
	}
	p := store.Position{Seq: binary.BigEndian.Uint64(k)}
	copy(p.Hash[:], v)
	return p, nil
}

// Head implements store.Journal.
func (s *Store) Head(ctx context.Context) (head store.Position, err error) {
	if err := ctx.Err(); err != nil {
		return head, wrap(err)
	}
	err = s.view(func(tx *bolt.Tx) error {
		head, err = s.headOf(tx.Bucket([]byte(bucketJournal)))
		return err
	})
	return head, err
}

// Append implements store.Journal.
func (s *Store) Append(ctx context.Context, after store.Position, line []byte, fence store.Fence) (store.Position, error) {
	if err := ctx.Err(); err != nil {
		return store.Position{}, wrap(err)
	}
	next := after.Next(line)
	err := s.update(func(tx *bolt.Tx) error {
		if err := checkFence(tx, fence); err != nil {
			return err
		}
		b := tx.Bucket([]byte(bucketJournal))
		if err := s.checkHead(b, after); err != nil {
			return err
		}
		b.FillPercent = 1 // entries only ever come at the end
		return wrap(b.Put(number(next.Seq), append(next.Hash[:], line...)))
	})
	if err != nil {
		return store.Position{}, err
	}
	s.announce()
	return next, nil
}

// checkHead compares the caller's position with the journal's.
func (s *Store) checkHead(b *bolt.Bucket, after store.Position) error {
	head, err := s.headOf(b)
	if err != nil {
		return err
	}
	if after.Seq > head.Seq {
		return fmt.Errorf("%w: entry %d is gone, the journal ends at %d", store.ErrForked, after.Seq, head.Seq)
	}
	known, err := s.at(b, after.Seq)
	switch {
	case err != nil:
		return err
	case known.Hash != after.Hash:
		return fmt.Errorf("%w: entry %d is another one", store.ErrForked, after.Seq)
	case after.Seq < head.Seq:
		return fmt.Errorf("%w: the journal is at %d, not %d", store.ErrConflict, head.Seq, after.Seq)
	}
	return nil
}

// at returns the stored position of one entry, zero for 0.
func (s *Store) at(b *bolt.Bucket, seq uint64) (store.Position, error) {
	if seq == 0 {
		return store.Position{}, nil
	}
	k := number(seq)
	v := b.Get(k)
	if v == nil {
		return store.Position{}, s.damagedAt(seq, "is missing")
	}
	return s.positionOf(k, v)
}

// Read implements store.Journal. store.ErrForked: there is no entry after.
func (s *Store) Read(ctx context.Context, after uint64, fn func(store.Position, []byte) error) error {
	var at, head store.Position
	err := s.view(func(tx *bolt.Tx) (err error) {
		b := tx.Bucket([]byte(bucketJournal))
		if head, err = s.headOf(b); err != nil {
			return err
		}
		if after > head.Seq {
			return fmt.Errorf("%w: entry %d is gone, the journal ends at %d", store.ErrForked, after, head.Seq)
		}
		at, err = s.at(b, after)
		return err
	})
	var batch batch
	for err == nil && at.Seq < head.Seq {
		if err := ctx.Err(); err != nil {
			return wrap(err)
		}
		if err := s.view(func(tx *bolt.Tx) error {
			batch.fill(tx.Bucket([]byte(bucketJournal)), at.Seq, head.Seq)
			return nil
		}); err != nil {
			return err
		}
		at, err = s.walk(&batch, at, fn)
	}
	return err
}

// walk verifies a batch that follows at and hands it on.
func (s *Store) walk(batch *batch, at store.Position, fn func(store.Position, []byte) error) (store.Position, error) {
	if len(batch.ends) == 0 {
		return at, s.settle(s.damagedAt(at.Seq+1, "is missing"))
	}
	for i := range batch.ends {
		seq, value := batch.entry(i)
		if seq != at.Seq+1 {
			return at, s.settle(s.damagedAt(at.Seq+1, "is missing"))
		}
		if len(value) < sha256.Size {
			return at, s.settle(s.damagedAt(seq, "has no hash"))
		}
		line := value[sha256.Size:]
		next := at.Next(line)
		if string(next.Hash[:]) != string(value[:sha256.Size]) {
			return at, s.settle(s.damagedAt(seq, "does not fit the hash chain"))
		}
		if err := fn(next, line); err != nil {
			return at, err
		}
		at = next
	}
	return at, nil
}

// batch holds copies of some entries, in one buffer that is used again.
type batch struct {
	data []byte
	seqs []uint64
	ends []int
}

func (b *batch) fill(from *bolt.Bucket, after, last uint64) {
	b.data, b.seqs, b.ends = b.data[:0], b.seqs[:0], b.ends[:0]
	c := from.Cursor()
	for k, v := c.Seek(number(after + 1)); len(k) == 8; k, v = c.Next() {
		seq := binary.BigEndian.Uint64(k)
		if seq > last || len(b.ends) == batchEntries || len(b.data) >= batchBytes {
			break
		}
		b.data = append(b.data, v...)
		b.seqs = append(b.seqs, seq)
		b.ends = append(b.ends, len(b.data))
	}
}

func (b *batch) entry(i int) (seq uint64, value []byte) {
	start := 0
	if i > 0 {
		start = b.ends[i-1]
	}
	return b.seqs[i], b.data[start:b.ends[i]]
}

// Wait implements store.Journal; an append in this process is the only kind.
func (s *Store) Wait(ctx context.Context, after uint64) error {
	for {
		s.mu.Lock()
		changed := s.changed
		s.mu.Unlock()
		head, err := s.Head(ctx)
		if err != nil {
			return err
		}
		switch {
		case head.Seq > after:
			return nil
		case head.Seq < after:
			return fmt.Errorf("%w: entry %d is gone, the journal ends at %d", store.ErrForked, after, head.Seq)
		}
		select {
		case <-changed:
		case <-ctx.Done():
			return wrap(ctx.Err())
		}
	}
}

// announce wakes everyone in Wait.
func (s *Store) announce() {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.closed {
		return
	}
	close(s.changed)
	s.changed = make(chan struct{})
}
