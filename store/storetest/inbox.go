package storetest

import (
	"fmt"
	"slices"
	"sync"
	"testing"

	"paogai/store"
)

func updates(ids ...int64) []store.Update {
	var us []store.Update
	for _, id := range ids {
		us = append(us, store.Update{ID: id, Body: fmt.Appendf(nil, `{"update_id":%d}`, id)})
	}
	return us
}

// receive is one Receive whose accepted ids are known beforehand.
func receive(t *testing.T, in store.Inbox, fresh, done, want []int64) {
	t.Helper()
	got, err := in.Receive(t.Context(), updates(fresh...), done)
	if err != nil || !slices.Equal(got, want) {
		t.Fatalf("Receive(%v, %v) accepted %v (%v), want %v", fresh, done, got, err, want)
	}
}

func wantPending(t *testing.T, in store.Inbox, want ...int64) {
	t.Helper()
	got, err := in.Pending(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	var ids []int64
	for _, u := range got {
		ids = append(ids, u.ID)
		if string(u.Body) != fmt.Sprintf(`{"update_id":%d}`, u.ID) {
			t.Errorf("update %d has the body %q", u.ID, u.Body)
		}
	}
	if !slices.Equal(ids, want) {
		t.Fatalf("pending %v, want %v", ids, want)
	}
}

type ids = []int64

func acceptsOnce(t *testing.T, f *Fixture) {
	receive(t, f, nil, nil, nil)
	wantPending(t, f)
	receive(t, f, ids{10, 11}, nil, ids{10, 11})
	receive(t, f, ids{10, 11, 12}, nil, ids{12})
	receive(t, f, ids{13, 13}, nil, ids{13}) // twice in one answer
	receive(t, f, ids{10}, ids{10}, nil)
	receive(t, f, ids{10}, nil, nil) // handled ones stay known
	receive(t, f, nil, ids{10, 10}, nil)
	wantPending(t, f, 11, 12, 13)
	receive(t, f, ids{14, 15}, ids{11, 14}, ids{14, 15}) // kept first, then marked
	wantPending(t, f, 12, 13, 15)
	receive(t, f, nil, ids{99}, nil) // handled without ever being kept
	receive(t, f, ids{99}, nil, nil)
	receive(t, f, nil, ids{12, 13, 15}, nil)
	wantPending(t, f)
	receive(t, f, ids{10, 11, 12, 13, 14, 15, 99}, nil, nil)
}

func pendingInOrder(t *testing.T, f *Fixture) {
	receive(t, f, ids{900, 7}, nil, ids{900, 7})
	receive(t, f, ids{-3, 1 << 40}, nil, ids{-3, 1 << 40})
	receive(t, f, ids{8}, ids{7}, ids{8})
	wantPending(t, f, 900, -3, 1<<40, 8)
	if got, err := f.Receive(t.Context(), []store.Update{{ID: 5}}, nil); err != nil || len(got) != 1 {
		t.Fatalf("an update without a body: %v, %v", got, err)
	}
	got, err := f.Pending(t.Context())
	if err != nil || len(got) != 5 || got[4].ID != 5 || len(got[4].Body) != 0 {
		t.Fatalf("pending %v (%v), want an update 5 without a body at the end", got, err)
	}
}

func acceptsOnceFromMany(t *testing.T, f *Fixture) {
	const callers, each = 6, 30
	accepted := make([][]int64, callers)
	var wg sync.WaitGroup
	for c := range callers {
		wg.Go(func() {
			for id := int64(1); id <= each; id++ {
				got, err := f.Receive(t.Context(), updates(id), nil)
				if err != nil {
					t.Errorf("receive: %v", err)
				}
				accepted[c] = append(accepted[c], got...)
			}
		})
	}
	wg.Wait()
	all := slices.Concat(accepted...)
	slices.Sort(all)
	if len(all) != each || len(slices.Compact(all)) != each {
		t.Errorf("%d ids were accepted for %d updates", len(all), each)
	}
	got, err := f.Pending(t.Context())
	if err != nil || len(got) != each {
		t.Errorf("%d updates pending (%v), want %d", len(got), err, each)
	}
}
