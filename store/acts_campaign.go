package store

import (
	"paogai/scoring"
)

func (OpenCampaign) kind() Kind             { return KindOpen }
func (OpenCampaign) units(*Record) []string { return nil }

func (a OpenCampaign) decide(r *Record, _ Stamp) ([]Event, error) {
	opens := a.Opens
	if opens.IsZero() {
		scheme, err := r.scheme(a.Scheme, a.Source)
		if err != nil {
			return nil, err
		}
		opens = scheme.InForce
	}
	if err := r.ownID(a.Scheme, a.Source); err != nil {
		return nil, err
	}
	e := CampaignOpened{Scheme: a.Scheme, Opens: opens, OnePerson: a.OnePerson, Source: a.Source}
	for _, u := range a.Units {
		e.Units = append(e.Units, UnitEntry{Name: u.Name, Class: ID(u.Class)})
	}
	return []Event{e}, nil
}

func (CloseCampaign) kind() Kind             { return KindClose }
func (CloseCampaign) units(*Record) []string { return nil }

func (a CloseCampaign) decide(r *Record, s Stamp) ([]Event, error) {
	if err := r.running(); err != nil {
		return nil, err
	}
	if err := r.second(s, a, a.Second, "campaign.closed"); err != nil {
		return nil, err
	}
	return []Event{CampaignEnded(a)}, nil
}

// second asks for another person who may do the same act, unless the office is
// one person.
func (r *Record) second(s Stamp, a Act, second, rule string) error {
	if r.onePerson {
		return nil
	}
	if second == "" || second == s.By || r.allowed(second, a) != nil {
		return refuse(NeedsSecond, "rule", rule)
	}
	return nil
}

func (ApprovePlan) kind() Kind                 { return KindPlan }
func (a ApprovePlan) units(r *Record) []string { return r.full(a.Unit) }

func (a ApprovePlan) decide(*Record, Stamp) ([]Event, error) {
	points := make(map[string]Amount, len(a.Points))
	for task, p := range a.Points {
		points[task] = Amount{p}
	}
	return []Event{PlanApproved{Unit: a.Unit, Points: points}}, nil
}

func (DateMilestone) kind() Kind             { return KindDate }
func (DateMilestone) units(*Record) []string { return nil }

func (a DateMilestone) decide(*Record, Stamp) ([]Event, error) {
	why := CleanText(a.Reason)
	if err := reason(why); err != nil {
		return nil, err
	}
	return []Event{MilestoneDated{Task: ID(a.Task), Milestone: a.Milestone, Due: a.Due, Reason: why}}, nil
}

func (RuleMilestone) kind() Kind                 { return KindRule }
func (a RuleMilestone) units(r *Record) []string { return r.full(a.Unit) }

func (a RuleMilestone) decide(r *Record, _ Stamp) ([]Event, error) {
	u, n, err := r.unitNode(a.Unit, ID(a.Task), a.Milestone)
	if err != nil {
		return nil, err
	}
	if err := r.applies(u, n); err != nil {
		return nil, err
	}
	why := CleanText(a.Reason)
	if err := reason(why); err != nil {
		return nil, err
	}
	return []Event{MilestoneRuled{
		Unit: u.Name, Task: ID(n.Task), Milestone: n.Milestone, Late: a.Late, Reason: why,
	}}, nil
}

func (r *Record) applies(u *scoring.UnitFacts, n scoring.Node) error {
	if !r.facts.Applies(u, n.Task) {
		return refuse(TaskNotApplicable, "unit", u.Name, "task", n.Task)
	}
	return nil
}

// full names the unit in full for the table of rights, as it stands if the
// campaign does not know it.
func (r *Record) full(unit string) []string {
	if r.facts != nil {
		if u, err := r.unit(unit); err == nil {
			unit = u.Name
		}
	}
	return []string{unit}
}
