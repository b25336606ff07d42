package schemes

import (
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"
	_ "time/tzdata" // a scheme's zone must be known on a machine without zone files

	"go.yaml.in/yaml/v4"

	"paogai/scoring"
)

// reader turns YAML into a scheme and remembers on which line each thing stood.
type reader struct {
	findings
	scheme scoring.Scheme
	lines  lines
}

// lines is where the items of a scheme's lists stand, in the order of the lists.
type lines struct {
	total                                               int
	classes, units, tasks, rules, bands, stages, params []int
	deadlines                                           []int
	milestones                                          [][]int // by task
	items                                               []itemLines
	pointed                                             []bool // by rule: points are written
}

// read is the scheme that the data holds and all that the check finds. With a fault
// among the findings the scheme is incomplete.
func read(data []byte) (*scoring.Scheme, []Finding) {
	r := &reader{}
	if doc := r.parse(data); doc != nil {
		r.document(doc)
		r.check()
	}
	return &r.scheme, r.sorted()
}

func (r *reader) document(n *yaml.Node) {
	s := &r.scheme
	r.mapping(n, "the scheme", fields{
		"id": r.text(&s.ID), "title": r.text(&s.Title), "number": r.text(&s.Number),
		"issuer": r.text(&s.Issuer), "place": r.text(&s.Place),
		"zone":     parsed(r, &s.Zone, zone),
		"in_force": r.date(&s.InForce), "closes": r.date(&s.Closes),
		"total":      r.total,
		"classes":    r.each("classes", r.class),
		"units":      r.each("units", r.unit),
		"tasks":      r.each("tasks", r.task),
		"items":      r.items(&s.Items),
		"deadlines":  r.each("deadlines", r.deadline),
		"rules":      r.each("rules", r.rule),
		"grades":     r.grades,
		"ladder":     r.ladder,
		"parameters": r.each("parameters", r.parameter),
		"notes":      r.each("notes", r.note),
	}, "id", "title", "zone", "in_force", "closes", "total", "rules")
}

func zone(name string) (*time.Location, error) {
	loc, err := time.LoadLocation(name)
	if err != nil || name == "" || name == "Local" {
		return nil, fmt.Errorf("%.40q is no time zone: want a name like Asia/Shanghai", name)
	}
	return loc, nil
}

func (r *reader) total(n *yaml.Node) {
	r.lines.total = n.Line
	r.points(&r.scheme.Total)(n)
}

func (r *reader) class(n *yaml.Node) {
	var c scoring.Class
	r.mapping(n, "a class", fields{
		"id": r.text(&c.ID), "title": r.text(&c.Title), "factor": r.text(&c.Factor),
		"consequence": r.text(&c.Consequence),
	}, "id", "title")
	r.scheme.Classes = append(r.scheme.Classes, c)
	r.lines.classes = append(r.lines.classes, n.Line)
}

func (r *reader) unit(n *yaml.Node) {
	var u scoring.Unit
	r.mapping(n, "a unit", fields{
		"name": r.text(&u.Name), "class": r.text(&u.Class), "note": r.text(&u.Note),
		"aliases": r.each("aliases", func(n *yaml.Node) {
			var alias string
			r.text(&alias)(n)
			u.Aliases = append(u.Aliases, alias)
		}),
	}, "name")
	r.scheme.Units = append(r.scheme.Units, u)
	r.lines.units = append(r.lines.units, n.Line)
}

func (r *reader) task(n *yaml.Node) {
	var t scoring.Task
	var at []int
	r.mapping(n, "a task", fields{
		"id": r.text(&t.ID), "area": r.text(&t.Area), "topic": r.text(&t.Topic),
		"text": r.text(&t.Text), "doubtful": r.text(&t.Doubtful),
		"milestones": r.each("milestones", func(n *yaml.Node) {
			t.Milestones = append(t.Milestones, r.milestone(n))
			at = append(at, n.Line)
		}),
	}, "id", "area", "topic", "text", "milestones")
	r.scheme.Tasks = append(r.scheme.Tasks, t)
	r.lines.tasks = append(r.lines.tasks, n.Line)
	r.lines.milestones = append(r.lines.milestones, at)
}

// defaultLabel names a milestone that needs no name of its own.
const defaultLabel = "完成"

func (r *reader) milestone(n *yaml.Node) scoring.Milestone {
	m := scoring.Milestone{Label: defaultLabel}
	r.mapping(n, "a milestone", fields{
		"due": r.date(&m.Due), "label": r.text(&m.Label), "quote": r.text(&m.Quote),
		"kind": oneOf(r, &m.Kind, scoring.Fixed, scoring.Soft, scoring.Open),
	}, "kind", "quote")
	return m
}

func (r *reader) parameter(n *yaml.Node) {
	var p scoring.Parameter
	r.mapping(n, "a parameter", fields{
		"id": r.text(&p.ID), "title": r.text(&p.Title), "value": r.text(&p.Value),
		"reason": r.text(&p.Reason), "assumed": r.truth(&p.Assumed),
	}, "id", "title", "value", "assumed")
	r.scheme.Parameters = append(r.scheme.Parameters, p)
	r.lines.params = append(r.lines.params, n.Line)
}

func (r *reader) deadline(n *yaml.Node) {
	var d scoring.Deadline
	r.mapping(n, "a deadline", fields{
		"id": r.text(&d.ID), "title": r.text(&d.Title), "who": r.text(&d.Who), "due": r.date(&d.Due),
		"article": r.text(&d.Article), "quote": r.text(&d.Quote),
	}, "id", "title", "who", "due", "article", "quote")
	r.scheme.Deadlines = append(r.scheme.Deadlines, d)
	r.lines.deadlines = append(r.lines.deadlines, n.Line)
}

func (r *reader) note(n *yaml.Node) {
	var note scoring.Note
	r.mapping(n, "a note", fields{"place": r.text(&note.Place), "text": r.text(&note.Text)}, "place", "text")
	r.scheme.Notes = append(r.scheme.Notes, note)
}

func (r *reader) ladder(n *yaml.Node) {
	l := &r.scheme.Ladder
	r.mapping(n, "the ladder", fields{
		"assumed": r.truth(&l.Assumed),
		"stages":  r.each("stages", r.stage),
		"overdue": func(n *yaml.Node) {
			o := &l.Overdue
			r.mapping(n, "overdue", fields{
				"after": parsed(r, &o.After, days), "every": parsed(r, &o.Every, days),
				"at": r.clock(&o.Hour, &o.Minute), "tone": r.text(&o.Tone), "audience": r.text(&o.Audience),
			}, "after", "every", "at", "tone", "audience")
		},
	}, "assumed", "stages", "overdue")
}

func (r *reader) stage(n *yaml.Node) {
	var s scoring.Stage
	r.mapping(n, "a stage", fields{
		"id": r.text(&s.ID), "workdays": parsed(r, &s.Workdays, days),
		"at": r.clock(&s.Hour, &s.Minute), "tone": r.text(&s.Tone), "audience": r.text(&s.Audience),
	}, "id", "workdays", "at", "tone", "audience")
	r.scheme.Ladder.Stages = append(r.scheme.Ladder.Stages, s)
	r.lines.stages = append(r.lines.stages, n.Line)
}

// days reads a count of working days, up to a year of them.
func days(s string) (int, error) {
	n, err := strconv.Atoi(s)
	if err != nil || n < 0 || n > 366 || strings.HasPrefix(s, "+") {
		return 0, errors.New("here must be a number of days from 0 to 366")
	}
	return n, nil
}

// clock reads a time of day as HH:MM.
func (r *reader) clock(hour, minute *int) func(*yaml.Node) {
	return func(n *yaml.Node) {
		var t time.Time
		parsed(r, &t, func(s string) (time.Time, error) {
			t, err := time.Parse("15:04", s)
			if err != nil || len(s) != len("15:04") {
				return t, errors.New("here must be a time of day as HH:MM")
			}
			return t, nil
		})(n)
		*hour, *minute = t.Hour(), t.Minute()
	}
}
