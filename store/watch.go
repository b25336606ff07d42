package store

import (
	"slices"
	"sync"
)

// watchers hands committed entries on, in order and outside the desk's locks,
// so that a watcher may act. Whoever finds entries waiting delivers them; a
// second goroutine leaves its own to the first.
type watchers struct {
	mu         sync.Mutex
	list       []*watcher
	waiting    []Entry
	delivering bool
}

type watcher struct{ fn func(Entry) }

// Watch calls fn with every entry committed or followed from now on, after it
// was folded. fn may act on the desk; it holds up later entries, so what takes
// long belongs elsewhere.
func (d *Desk) Watch(fn func(Entry)) (stop func()) {
	w := &watcher{fn}
	d.watch.mu.Lock()
	defer d.watch.mu.Unlock()
	d.watch.list = append(slices.Clone(d.watch.list), w)
	return func() {
		d.watch.mu.Lock()
		defer d.watch.mu.Unlock()
		d.watch.list = without(d.watch.list, w)
	}
}

func (w *watchers) add(e Entry) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if len(w.list) > 0 {
		w.waiting = append(w.waiting, e)
	}
}

func (w *watchers) deliver() {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.delivering {
		return
	}
	w.delivering = true
	defer func() { w.delivering = false }()
	for len(w.waiting) > 0 {
		e, list := w.waiting[0], w.list
		w.waiting = w.waiting[1:]
		w.tell(list, e)
	}
}

// tell calls the watchers with the lock released, and takes it again whatever
// they do.
func (w *watchers) tell(list []*watcher, e Entry) {
	w.mu.Unlock()
	defer w.mu.Lock()
	for _, one := range list {
		one.fn(e)
	}
}
