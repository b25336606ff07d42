package scoring

import "fmt"

// View is a scheme for reading: the JSON of the command scheme show.
type View struct {
	ID         string          `json:"id"`
	Title      string          `json:"title"`
	Number     string          `json:"number,omitempty"`
	Issuer     string          `json:"issuer,omitempty"`
	InForce    Date            `json:"in_force"`
	Closes     Date            `json:"closes"`
	Total      Points          `json:"total"`
	Classes    []ClassView     `json:"classes"`
	Units      []UnitView      `json:"units"`
	Tasks      []TaskView      `json:"tasks"`
	Items      []ItemView      `json:"items"`
	Deadlines  []DeadlineView  `json:"deadlines"`
	Rules      []RuleView      `json:"rules"`
	Grades     GradingView     `json:"grades"`
	Ladder     LadderView      `json:"ladder"`
	Parameters []ParameterView `json:"parameters"`
	Notes      []NoteView      `json:"notes"`
}

// ClassView is a class in a [View].
type ClassView struct {
	ID          string `json:"id"`
	Title       string `json:"title"`
	Factor      string `json:"factor,omitempty"`
	Share       string `json:"share,omitempty"` // of the annual appraisal, as 0.7x while x is unknown
	Consequence string `json:"consequence,omitempty"`
}

// UnitView is a unit in a [View]; Aliases are those of the document.
type UnitView struct {
	Name    string   `json:"name"`
	Class   string   `json:"class"`
	Aliases []string `json:"aliases"`
}

// TaskView is a task in a [View].
type TaskView struct {
	ID         string          `json:"id"`
	Area       string          `json:"area"`
	Topic      string          `json:"topic"`
	Text       string          `json:"text"`
	Doubtful   string          `json:"doubtful,omitempty"`
	Milestones []MilestoneView `json:"milestones"`
}

// MilestoneView is a milestone in a [View]; Due is null where the document has no date.
type MilestoneView struct {
	Due   *Date         `json:"due"`
	Kind  MilestoneKind `json:"kind"`
	Label string        `json:"label"`
	Quote string        `json:"quote,omitempty"`
}

// RuleView is a rule in a [View]. Points is null where the rule has no fixed amount.
type RuleView struct {
	ID      string   `json:"id"`
	Kind    RuleKind `json:"kind"`
	Title   string   `json:"title"`
	Article string   `json:"article"`
	Quote   string   `json:"quote"`
	Points  *Points  `json:"points"`
	Open    bool     `json:"open,omitempty"`
	Takes   bool     `json:"takes,omitempty"`
	Cap     *Points  `json:"cap,omitempty"`
	Item    string   `json:"item,omitempty"`
	Of      string   `json:"of,omitempty"`
	Share   *Points  `json:"share,omitempty"`
	Reopens bool     `json:"reopens,omitempty"`

	Gate      *GateView `json:"gate,omitempty"`
	TwoPeople bool      `json:"two_people,omitempty"`
	Assumed   string    `json:"assumed,omitempty"`
}

// GradingView is how grades are given, in a [View].
type GradingView struct {
	By      GradeBy    `json:"by"`
	Assumed bool       `json:"assumed"`
	Bands   []BandView `json:"bands"`
}

// BandView is a grade in a [View]. Least and Share are those of its [Band].
type BandView struct {
	Title   string `json:"title"`
	Least   Points `json:"least"`
	Share   Points `json:"share"`
	Failing bool   `json:"failing,omitempty"`

	Consequence string `json:"consequence,omitempty"`
}

// LadderView is the reminders in a [View]: workdays before a due date and times of day.
type LadderView struct {
	Assumed bool        `json:"assumed"`
	Stages  []StageView `json:"stages"`
	Overdue OverdueView `json:"overdue"`
}

// StageView is a reminder before a due date in a [View].
type StageView struct {
	ID       string `json:"id"`
	Workdays int    `json:"workdays"`
	At       string `json:"at"`
}

// OverdueView is the reminders after a due date in a [View].
type OverdueView struct {
	After int    `json:"after"`
	Every int    `json:"every"`
	At    string `json:"at"`
}

// ParameterView is a parameter in a [View].
type ParameterView struct {
	ID      string `json:"id"`
	Title   string `json:"title"`
	Value   string `json:"value"`
	Reason  string `json:"reason,omitempty"`
	Assumed bool   `json:"assumed"`
}

// NoteView is a doubtful reading in a [View].
type NoteView struct {
	Place string `json:"place"`
	Text  string `json:"text"`
}

// View is the scheme for reading. Lists are never nil, so that their JSON is never null.
func (s *Scheme) View() View {
	return View{
		ID: s.ID, Title: s.Title, Number: s.Number, Issuer: s.Issuer,
		InForce: s.InForce, Closes: s.Closes, Total: s.Total,
		Classes: viewEach(s.Classes, func(c *Class) ClassView {
			return ClassView{c.ID, c.Title, c.Factor, s.Share(c.ID), c.Consequence}
		}),
		Units: viewEach(s.Units, func(u *Unit) UnitView {
			return UnitView{u.Name, u.Class, append([]string{}, u.Aliases...)}
		}),
		Tasks:      viewEach(s.Tasks, (*Task).view),
		Items:      viewEach(s.Items, (*Item).view),
		Deadlines:  viewEach(s.Deadlines, func(d *Deadline) DeadlineView { return DeadlineView(*d) }),
		Rules:      viewEach(s.Rules, (*Rule).view),
		Grades:     s.Grades.view(),
		Ladder:     s.Ladder.view(),
		Parameters: viewEach(s.Parameters, func(p *Parameter) ParameterView { return ParameterView(*p) }),
		Notes:      viewEach(s.Notes, func(n *Note) NoteView { return NoteView(*n) }),
	}
}

func viewEach[T, V any](list []T, view func(*T) V) []V {
	views := make([]V, len(list))
	for i := range list {
		views[i] = view(&list[i])
	}
	return views
}

func (t *Task) view() TaskView {
	return TaskView{t.ID, t.Area, t.Topic, t.Text, t.Doubtful, viewEach(t.Milestones, (*Milestone).view)}
}

func (m *Milestone) view() MilestoneView {
	v := MilestoneView{Kind: m.Kind, Label: m.Label, Quote: m.Quote}
	if due := m.Due; !due.IsZero() {
		v.Due = &due
	}
	return v
}

func (r *Rule) view() RuleView {
	v := RuleView{
		ID: r.ID, Kind: r.Kind, Title: r.Title, Article: r.Article, Quote: r.Quote,
		Open: r.Open, Takes: r.Takes, Cap: r.Cap, Item: r.Item, Of: r.Of, Share: given(r.Share),
		Reopens: r.Reopens, TwoPeople: r.TwoPeople, Assumed: r.Assumed, Points: given(r.Points),
	}
	if g := r.Gate; g != nil {
		v.Gate = &GateView{g.Rule, g.Item, given(g.Below), g.Most, g.Grade}
	}
	return v
}

func (g *Grading) view() GradingView {
	bands := viewEach(g.Bands, func(b *Band) BandView { return BandView(*b) })
	return GradingView{g.By, g.Assumed, bands}
}

func (l *Ladder) view() LadderView {
	stages := viewEach(l.Stages, func(s *Stage) StageView {
		return StageView{s.ID, s.Workdays, clock(s.Hour, s.Minute)}
	})
	o := &l.Overdue
	return LadderView{l.Assumed, stages, OverdueView{o.After, o.Every, clock(o.Hour, o.Minute)}}
}

func clock(hour, minute int) string { return fmt.Sprintf("%02d:%02d", hour, minute) }
