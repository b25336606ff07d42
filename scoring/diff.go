package scoring

import (
	"fmt"
	"strings"
)

// Difference is one thing that two schemes do not have alike. Part is what it is in ("unit",
// "task", "milestone", "rule", "item", "parameter", "class", "grade", "reminder", "deadline",
// "note", or "scheme" for the head), ID which one; of a milestone it is the task and its number, as
// 15-2. Field is the key of the YAML, "" where one of the two schemes has none of that ID:
// then Before or After, its title, is empty. So are values that are left out.
type Difference struct {
	Part   string `json:"part"`
	ID     string `json:"id"`
	Field  string `json:"field,omitempty"`
	Before string `json:"before"`
	After  string `json:"after"`
}

// Diff is what differs from a to b: what a has in its order, then what b adds.
func Diff(a, b *Scheme) []Difference {
	before, after := partsOf(a), partsOf(b)
	added := make(map[partID]*part, len(after))
	for i := range after {
		added[after[i].partID] = &after[i]
	}
	var list []Difference
	for i := range before {
		p := &before[i]
		q, stays := added[p.partID]
		if !stays {
			list = append(list, Difference{Part: p.part, ID: p.id, Before: p.title()})
			continue
		}
		delete(added, p.partID)
		for n, f := range p.fields {
			if g := q.fields[n]; f.value != g.value {
				list = append(list, Difference{p.part, p.id, f.key, f.value, g.value})
			}
		}
	}
	for i := range after {
		if p := &after[i]; added[p.partID] == p {
			list = append(list, Difference{Part: p.part, ID: p.id, After: p.title()})
		}
	}
	return list
}

// part is a piece of a scheme laid flat: all of one kind have the same fields, and the first
// is what it is called.
type part struct {
	partID
	fields []field
}

type partID struct{ part, id string }

type field struct{ key, value string }

func (p *part) title() string { return p.fields[0].value }

// parts collects the pieces of a scheme.
type parts []part

// add takes the fields as key and value, one after the other. Zero values are left out.
func (p *parts) add(kind, id string, pairs ...any) {
	piece := part{partID: partID{kind, id}}
	for i := 0; i+1 < len(pairs); i += 2 {
		piece.fields = append(piece.fields, field{fmt.Sprint(pairs[i]), plain(pairs[i+1])})
	}
	*p = append(*p, piece)
}

// plain is a value in words; what a scheme leaves out is empty.
func plain(v any) string {
	switch v := v.(type) {
	case Points:
		if v.IsZero() {
			return ""
		}
		return v.String()
	case *Points:
		if v == nil {
			return ""
		}
		return v.String()
	case bool:
		if !v {
			return ""
		}
	}
	return fmt.Sprint(v)
}

func partsOf(s *Scheme) parts {
	var p parts
	p.add("scheme", "", "id", s.ID, "title", s.Title, "number", s.Number, "issuer", s.Issuer, "place", s.Place,
		"zone", s.Zone, "in_force", s.InForce, "closes", s.Closes, "total", s.Total, "grades.by", s.Grades.By)
	for _, c := range s.Classes {
		p.add("class", c.ID, "title", c.Title, "factor", c.Factor, "consequence", c.Consequence)
	}
	for _, u := range s.Units {
		p.add("unit", u.Name, "name", u.Name, "class", u.Class, "aliases", strings.Join(u.Aliases, "、"), "note", u.Note)
	}
	p.tasks(s.Tasks)
	s.EachItem(p.item)
	for i := range s.Rules {
		p.rule(&s.Rules[i])
	}
	for _, b := range s.Grades.Bands {
		p.add("grade", b.Title, "title", b.Title, "from", b.Least, "share", b.Share, "failing", b.Failing,
			"consequence", b.Consequence)
	}
	p.ladder(&s.Ladder)
	for _, v := range s.Parameters {
		p.add("parameter", v.ID, "title", v.Title, "value", v.Value, "assumed", v.Assumed, "reason", v.Reason)
	}
	for _, d := range s.Deadlines {
		p.add("deadline", d.ID, "title", d.Title, "who", d.Who, "due", d.Due, "article", d.Article, "quote", d.Quote)
	}
	for _, n := range s.Notes {
		p.add("note", n.Text, "place", n.Place)
	}
	return p
}

func (p *parts) tasks(tasks []Task) {
	for _, t := range tasks {
		p.add("task", t.ID, "text", t.Text, "area", t.Area, "topic", t.Topic, "doubtful", t.Doubtful)
		for i, m := range t.Milestones {
			p.add("milestone", fmt.Sprintf("%s-%d", t.ID, i+1), "label", m.Label, "due", m.Due, "kind", m.Kind, "quote", m.Quote)
		}
	}
}

func (p *parts) item(i *Item) {
	bands := make([]string, len(i.Bands))
	for n, b := range i.Bands {
		bands[n] = fmt.Sprintf("%d–%d=%s", b.From, b.To, b.Points)
	}
	rounds := make([]string, len(i.Rounds))
	for n, r := range i.Rounds {
		rounds[n] = r.ID + "=" + r.Weight.String()
	}
	inside := make([]string, len(i.Items))
	for n := range i.Items {
		inside[n] = i.Items[n].ID
	}
	p.add("item", i.ID, "title", i.Title, "kind", i.Kind, "full", i.Full, "weight", i.Weight, "missing", i.Missing,
		"by", i.By, "note", i.Note, "items", strings.Join(inside, " "), "bands", strings.Join(bands, " "),
		"rounds", strings.Join(rounds, " "), "least-first", i.LeastFirst, "article", i.Article, "quote", i.Quote,
		"assumed", i.Assumed)
}

func (p *parts) rule(r *Rule) {
	gate := ""
	if g := r.Gate; g != nil {
		gate = strings.Join(strings.Fields(fmt.Sprintf("%s %s %s %s %s", g.Rule, g.Item, plain(g.Below), plain(g.Most), g.Grade)), " ")
	}
	p.add("rule", r.ID, "title", r.Title, "kind", r.Kind, "points", r.Points, "open", r.Open, "takes", r.Takes,
		"cap", r.Cap, "item", r.Item, "of", r.Of, "share", r.Share, "reopens", r.Reopens, "gate", gate,
		"two_people", r.TwoPeople, "article", r.Article, "quote", r.Quote, "assumed", r.Assumed)
}

func (p *parts) ladder(l *Ladder) {
	for _, s := range l.Stages {
		p.add("reminder", s.ID, "workdays", s.Workdays, "at", clock(s.Hour, s.Minute), "tone", s.Tone, "audience", s.Audience)
	}
	o := &l.Overdue
	p.add("reminder", "overdue", "after", o.After, "every", o.Every, "at", clock(o.Hour, o.Minute), "tone", o.Tone, "audience", o.Audience)
}
