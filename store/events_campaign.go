package store

import (
	"strconv"
	"time"

	"paogai/scoring"
)

// CampaignOpened is campaign.opened: the campaign of a scheme begins. Without
// Units all of the scheme's units take part. OnePerson marks an office of one.
// Source is the YAML of a scheme that is not built in, so that the journal can
// be read wherever it goes.
type CampaignOpened struct {
	Scheme    string       `json:"scheme"`
	Opens     scoring.Date `json:"opens"`
	Units     []UnitEntry  `json:"units,omitempty"`
	OnePerson bool         `json:"one_person,omitempty"`
	Source    string       `json:"source,omitempty"`
}

// UnitEntry names a unit and its class; "" is the scheme's own class for it.
type UnitEntry struct {
	Name  string `json:"name"`
	Class ID     `json:"class"`
}

// Type is campaign.opened.
func (CampaignOpened) Type() string { return "campaign.opened" }

func (e CampaignOpened) apply(r *Record, m scoring.Mark) (func(), error) {
	if r.opened != nil {
		return nil, refuse(AlreadyOpen, "scheme", r.facts.Scheme.ID)
	}
	scheme, err := r.scheme(e.Scheme, e.Source)
	if err != nil {
		return nil, err
	}
	switch {
	case e.Opens.IsZero():
		return nil, refuse(DateMissing, "field", "opens")
	case e.Opens.After(scheme.Closes):
		return nil, refuse(BadOpens, "opens", e.Opens.String(), "closes", scheme.Closes.String())
	}
	units, err := campaignUnits(scheme, e.Units)
	if err != nil {
		return nil, err
	}
	r.facts = scoring.NewFacts(scheme, e.Opens, units)
	r.opened, r.onePerson, r.source = &m, e.OnePerson, e.Source
	return func() { r.facts, r.opened, r.onePerson, r.source = nil, nil, false, "" }, nil
}

// campaignUnits resolves the list of units against the scheme.
func campaignUnits(scheme *scoring.Scheme, listed []UnitEntry) ([]scoring.UnitRef, error) {
	var units []scoring.UnitRef
	if len(listed) == 0 {
		for _, u := range scheme.Units {
			units = append(units, scoring.UnitRef{Name: u.Name, Class: u.Class})
		}
	}
	seen := make(map[string]bool, len(listed))
	for _, entry := range listed {
		ref, err := campaignUnit(scheme, entry)
		if err != nil {
			return nil, err
		}
		if seen[ref.Name] {
			return nil, refuse(RepeatedUnit, "unit", ref.Name)
		}
		seen[ref.Name] = true
		units = append(units, ref)
	}
	if len(units) == 0 {
		return nil, refuse(NoUnits, "scheme", scheme.ID)
	}
	return units, nil
}

// campaignUnit takes one of the scheme's units, or another one with a class of
// the scheme: a county may join that the document does not name.
func campaignUnit(scheme *scoring.Scheme, entry UnitEntry) (scoring.UnitRef, error) {
	ref := scoring.UnitRef{Name: entry.Name, Class: string(entry.Class)}
	for i := range scheme.Units {
		if known := &scheme.Units[i]; known.Name == entry.Name && ref.Class == "" {
			ref.Class = known.Class
		}
	}
	if err := named(entry.Name); err != nil || cleanLine(entry.Name) != entry.Name {
		return ref, refuse(NameBad, "name", short(entry.Name), "most", strconv.Itoa(MaxName))
	}
	classless := ref.Class == "" && len(scheme.Classes) == 0
	if _, known := scheme.Class(ref.Class); !known && !classless {
		return ref, refuse(UnknownClass, "unit", ref.Name, "class", short(ref.Class))
	}
	return ref, nil
}

// CampaignEnded is campaign.closed: scores stand as they are. Second is who
// confirmed it, if the office has two people.
type CampaignEnded struct {
	Second string `json:"second,omitempty"`
}

// Type is campaign.closed.
func (CampaignEnded) Type() string { return "campaign.closed" }

func (e CampaignEnded) apply(r *Record, m scoring.Mark) (func(), error) {
	if err := r.running(); err != nil {
		return nil, err
	}
	r.closed, r.facts.Closed = &m, m.At
	return func() {
		r.closed = nil
		r.facts.Closed = time.Time{}
	}, nil
}

// running refuses what scores rest on before the opening and after the close.
func (r *Record) running() error {
	switch {
	case r.opened == nil:
		return refuse(NotOpen)
	case r.closed != nil:
		return refuse(CampaignClosed, "at", clock(r.closed.At))
	}
	return nil
}

// unit finds a unit of the campaign by its name or one that the scheme knows.
func (r *Record) unit(name string) (*scoring.UnitFacts, error) {
	if u := r.facts.Unit(name); u != nil {
		return u, nil
	}
	if known, ok := r.facts.Scheme.Unit(name); ok {
		if u := r.facts.Unit(known.Name); u != nil {
			return u, nil
		}
	}
	return nil, refuse(UnknownUnit, "unit", short(name))
}

// node finds a milestone of the scheme.
func (r *Record) node(task ID, milestone int) (scoring.Node, error) {
	n := scoring.Node{Task: string(task), Milestone: milestone}
	t, ok := r.facts.Scheme.Task(n.Task)
	if !ok {
		return n, refuse(UnknownTask, "task", short(n.Task))
	}
	if milestone < 1 || milestone > len(t.Milestones) {
		return n, refuse(UnknownMilestone, "task", n.Task,
			"milestone", strconv.Itoa(milestone), "count", strconv.Itoa(len(t.Milestones)))
	}
	return n, nil
}

// unitNode is running, unit and node together.
func (r *Record) unitNode(unit string, task ID, milestone int) (*scoring.UnitFacts, scoring.Node, error) {
	if err := r.running(); err != nil {
		return nil, scoring.Node{}, err
	}
	u, err := r.unit(unit)
	if err != nil {
		return nil, scoring.Node{}, err
	}
	n, err := r.node(task, milestone)
	return u, n, err
}
