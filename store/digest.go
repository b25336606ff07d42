package store

import (
	"bytes"
	"cmp"
	"encoding/hex"
	"fmt"
	"maps"
	"slices"
	"strings"

	"paogai/scoring"
)

// Digest writes the whole record as canonical text: equal journals give equal
// bytes on every store, and two records that differ in anything that a query
// can tell give different ones. It is for tests and for comparing replicas.
func (r *Record) Digest() []byte {
	d := &digest{}
	d.line("head", r.head.Seq, hex.EncodeToString(r.head.Hash[:]), clock(r.lastAt))
	for _, cause := range slices.Sorted(maps.Keys(r.causes)) {
		d.line("cause", cause, r.causes[cause])
	}
	d.line("opened", d.mark(r.opened), r.onePerson, "closed", d.mark(r.closed))
	d.line("scheme", r.source)
	for _, a := range r.adoptions {
		d.line("adopted", a.From, a.To, a.Reason, a.Second, d.mark(&a.Mark))
	}
	if r.facts != nil {
		d.facts(r.facts)
	}
	d.submissions(r)
	d.people(r)
	d.notices(r)
	return d.Bytes()
}

type digest struct{ bytes.Buffer }

// line writes one fact; strings are quoted, so that no text can pass for two.
func (d *digest) line(name string, values ...any) {
	d.WriteString(name)
	for _, v := range values {
		fmt.Fprintf(d, " %q", fmt.Sprint(v))
	}
	d.WriteByte('\n')
}

func (*digest) mark(m *scoring.Mark) string {
	if m == nil {
		return "-"
	}
	return fmt.Sprintf("%d %s %s", m.Seq, clock(m.At), m.By)
}

func (d *digest) facts(f *scoring.Facts) {
	d.line("campaign", f.Scheme.ID, f.Opens, clock(f.Closed))
	for _, n := range sortedNodes(f.Dated) {
		v := f.Dated[n]
		d.line("dated", n, v.Due, v.Reason, d.mark(&v.Mark))
	}
	for _, u := range f.Units {
		d.line("unit", u.Name, u.Class, u.Plan != nil, d.mark(&u.PlanMark))
		for _, task := range slices.Sorted(maps.Keys(u.Plan)) {
			d.line("plan", task, u.Plan[task].String())
		}
		for _, n := range sortedNodes(u.Rulings) {
			v := u.Rulings[n]
			d.line("ruled", n, v.Late, v.Reason, d.mark(&v.Mark))
		}
		for _, s := range u.Submissions {
			d.line("claim", s.ID)
		}
		for _, a := range u.Adjustments {
			d.line("adjustment", a.ID, a.Unit, a.Rule, a.Ref, a.Reason, a.Count, a.Points.String(),
				d.mark(&a.Made), d.mark(a.Revoked), a.RevokeReason, a.Reopens)
		}
		for _, m := range u.Measurements {
			d.line("measured", m.Item, m.Round, m.Value.String(), d.mark(&m.Mark))
		}
		for _, x := range u.Externals {
			d.line("external", x.Item, x.Points.String(), d.mark(&x.Mark))
		}
	}
}

func (d *digest) submissions(r *Record) {
	for _, s := range r.submissionOrder {
		d.line("submission", s.ID, s.Unit, s.Node, d.mark(&s.Filed), s.State, d.mark(&s.Decided),
			s.CompletedOn, s.Reason, s.Note, len(s.ReopenedBy))
		for _, e := range s.Evidence {
			d.line("evidence", e.SHA256, e.Name, e.Size, e.MediaType, e.FileID, e.URL)
		}
	}
	for _, sum := range slices.Sorted(maps.Keys(r.evidence)) {
		for _, s := range r.evidence[sum] {
			d.line("shown", sum, s.ID)
		}
	}
	d.line("known", len(r.submissions), len(r.adjustments))
}

func (d *digest) people(r *Record) {
	for _, p := range r.peopleOrder {
		d.line("person", p.ID, p.Name, p.Role, p.Unit, d.mark(&p.Joined), p.Reachable, p.Reason)
	}
	for _, i := range r.invitationOrder {
		d.line("invitation", i.ID, i.Hash, i.Role, i.Unit, d.mark(&i.Issued), clock(i.Expires),
			i.Person, d.mark(i.Used), d.mark(i.Revoked))
	}
	for _, c := range r.chats {
		d.line("chat", c.ID, c.Purpose, c.Title, d.mark(&c.Bound))
	}
	d.line("joined", len(r.people), len(r.invitations), len(r.byHash))
}

func (d *digest) notices(r *Record) {
	for _, job := range slices.Sorted(maps.Keys(r.ticks)) {
		d.line("tick", job, clock(r.ticks[job]))
	}
	for _, n := range r.noticeOrder {
		d.line("notice", n.Notice, n.To, n.Kind, n.Unit, n.Stage, n.Tone, n.Submission, n.Person,
			n.Items, moved(n.Moves), n.Total, d.mark(&n.Queued), d.mark(n.Settled), n.Messages, n.Refused)
		for _, read := range n.Reads {
			d.line("read", read.Person, d.mark(&read.Mark))
		}
	}
	for _, n := range r.outbox {
		d.line("outstanding", n.Notice)
	}
	d.line("queued", len(r.notices))
}

func moved(moves []Moved) string {
	var b strings.Builder
	for _, m := range moves {
		fmt.Fprintf(&b, "%q %v %v;", m.Unit, m.Before, m.After)
	}
	return b.String()
}

func sortedNodes[V any](m map[scoring.Node]V) []scoring.Node {
	return slices.SortedFunc(maps.Keys(m), func(a, b scoring.Node) int {
		return cmp.Or(cmp.Compare(a.Task, b.Task), cmp.Compare(a.Milestone, b.Milestone))
	})
}
