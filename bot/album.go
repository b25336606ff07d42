package bot

import (
	"cmp"
	"slices"
	"time"
)

// album gathers the parts of one album, which come as updates of their own.
// Until it is handled they stay in the inbox: a kill loses none.
type album struct {
	group string
	parts job
	timer *time.Timer
}

// gather adds a part to the lane's album. The album is handled when no part
// has come for albumWait, or when the chat goes on to something else; a part
// that comes later than that is a turn of its own. Called with l.mu held.
func (l *lanes) gather(n *lane, group string, a *arrival) {
	if n.album != nil && n.album.group != group {
		n.closeAlbum()
	}
	if n.album != nil {
		n.album.parts = append(n.album.parts, a)
		n.album.timer.Reset(l.albumWait)
		return
	}
	one := &album{group: group, parts: job{a}}
	n.album = one
	one.timer = time.AfterFunc(l.albumWait, func() {
		l.mu.Lock()
		defer l.mu.Unlock()
		if n.album == one {
			n.closeAlbum()
			l.start(n, a.chat())
		}
	})
}

// closeAlbum makes a job of the album, its parts in order of their messages.
func (n *lane) closeAlbum() {
	if n.album == nil {
		return
	}
	n.album.timer.Stop()
	slices.SortFunc(n.album.parts, func(a, b *arrival) int {
		return cmp.Compare(a.Message.ID, b.Message.ID)
	})
	n.jobs = append(n.jobs, n.album.parts)
	n.album = nil
}
