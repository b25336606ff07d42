package scoring

import (
	"container/heap"
	"math"
	"time"
)

// lapses is when the standing of each unit can next change by time alone, the first on
// top: a heap that always holds every unit. Moments are whole seconds since 1970, which
// ends of days are.
type lapses struct {
	next []int64 // by unit number
	heap []int32 // unit numbers
	spot []int32 // of each unit in the heap
}

// never is the moment of a unit that time alone does not change.
const never = math.MaxInt64

func newLapses(units int) *lapses {
	l := &lapses{make([]int64, units), make([]int32, units), make([]int32, units)}
	for i := range l.heap {
		l.next[i], l.heap[i], l.spot[i] = never, int32(i), int32(i)
	}
	return l
}

// set says when unit i changes next; the zero time is never.
func (l *lapses) set(i int32, next time.Time) {
	at := int64(never)
	if !next.IsZero() {
		at = next.Unix()
	}
	if at != l.next[i] {
		l.next[i] = at
		heap.Fix(l, int(l.spot[i]))
	}
}

// by hands over the units that change until a moment, and takes them to change no more.
// It costs in proportion to their number.
func (l *lapses) by(at time.Time, lapse func(i int32)) {
	for now := at.Unix(); len(l.heap) > 0 && l.next[l.heap[0]] <= now; {
		i := l.heap[0]
		l.set(i, time.Time{})
		lapse(i)
	}
}

// Len, Less, Swap, Push and Pop make the heap one of container/heap. Its units are always
// the same, so that nothing is pushed or popped.

func (l *lapses) Len() int           { return len(l.heap) }
func (l *lapses) Less(a, b int) bool { return l.next[l.heap[a]] < l.next[l.heap[b]] }
func (l *lapses) Swap(a, b int) {
	l.heap[a], l.heap[b] = l.heap[b], l.heap[a]
	l.spot[l.heap[a]], l.spot[l.heap[b]] = int32(a), int32(b)
}
func (l *lapses) Push(any) {}
func (l *lapses) Pop() any { return nil }
