package store

import (
	"slices"
	"strconv"
	"strings"

	"paogai/scoring"
)

// AdjustmentMade is adjustment.made: points given or taken by a rule, for a
// matter (事项). Count left out is 1. Points stand exactly where the rule
// leaves the amount open. Second is who confirmed, where two people must.
// Reopens names acceptances of the unit that no longer count from now on,
// where the rule says so (弄虚作假).
type AdjustmentMade struct {
	Adjustment ID      `json:"adjustment"`
	Unit       string  `json:"unit"`
	Rule       string  `json:"rule"`
	Ref        string  `json:"ref"`
	Reason     string  `json:"reason"`
	Count      *int    `json:"count,omitempty"`
	Points     *Amount `json:"points,omitempty"`
	Second     string  `json:"second,omitempty"`
	Reopens    []ID    `json:"reopens,omitempty"`
}

// Type is adjustment.made.
func (AdjustmentMade) Type() string { return "adjustment.made" }

func (e AdjustmentMade) apply(r *Record, m scoring.Mark) (func(), error) {
	if err := r.running(); err != nil {
		return nil, err
	}
	u, err := r.unit(e.Unit)
	if err != nil {
		return nil, err
	}
	a := &scoring.Adjustment{
		ID: string(e.Adjustment), Unit: u.Name, Rule: e.Rule,
		Ref: strings.TrimSpace(e.Ref), Reason: e.Reason, Count: 1, Made: m,
	}
	if e.Count != nil {
		a.Count = *e.Count
	}
	if err := r.checkAdjustment(u, a); err != nil {
		return nil, err
	}
	if a.Points, err = r.pointsOf(e); err != nil {
		return nil, err
	}
	reopened, err := r.reopened(u, e)
	if err != nil {
		return nil, err
	}
	for _, s := range reopened {
		a.Reopens = append(a.Reopens, s.ID)
		a.Reopen(s.Submission)
	}
	r.adjustments[a.ID] = a
	u.Adjustments = append(u.Adjustments, a)
	return func() {
		for _, s := range reopened {
			s.ReopenedBy = dropLast(s.ReopenedBy)
			s.State = scoring.Accepted
		}
		u.Adjustments = dropLast(u.Adjustments)
		delete(r.adjustments, a.ID)
	}, nil
}

func (r *Record) checkAdjustment(u *scoring.UnitFacts, a *scoring.Adjustment) error {
	switch {
	case !validID(a.ID):
		return refuse(UnknownAdjustment, "adjustment", short(a.ID))
	case r.adjustments[a.ID] != nil:
		return refuse(RepeatedAdjustment, "adjustment", a.ID)
	case a.Count < 1 || a.Count > MaxCount:
		return refuse(CountBad, "count", strconv.Itoa(a.Count), "most", strconv.Itoa(MaxCount))
	case a.Ref == "":
		return refuse(RefMissing)
	}
	for _, other := range u.Adjustments {
		if r.root(other.Rule) == r.root(a.Rule) && other.Ref == a.Ref && other.Revoked == nil {
			return refuse(RepeatedMatter, "unit", u.Name, "rule", a.Rule, "ref", a.Ref,
				"adjustment", other.ID, "by", other.Made.By, "at", clock(other.Made.At))
		}
	}
	if err := bounded(a.Ref, MaxReason, ReasonLong); err != nil {
		return err
	}
	return bounded(a.Reason, MaxReason, ReasonLong)
}

// root is the rule that a rule is a share of, or the rule itself; nil if there
// is no such rule.
func (r *Record) root(id string) *scoring.Rule {
	rule, known := r.facts.Scheme.Rule(id)
	if !known {
		return nil
	}
	return r.facts.Scheme.Root(rule)
}

// pointsOf returns the amount for a count that the event gives, zero where the
// rule fixes it.
func (r *Record) pointsOf(e AdjustmentMade) (scoring.Points, error) {
	rule := r.root(e.Rule)
	switch {
	case rule == nil || rule.Kind != scoring.AdjustmentRule:
		return scoring.Points{}, refuse(UnknownRule, "rule", short(e.Rule))
	case !rule.Open && e.Points != nil:
		return scoring.Points{}, refuse(PointsFixed, "rule", rule.ID, "points", rule.Points.String())
	case !rule.Open:
		return scoring.Points{}, nil
	case e.Points == nil:
		return scoring.Points{}, refuse(PointsMissing, "rule", rule.ID)
	case !e.Points.IsPositive():
		return scoring.Points{}, refuse(PointsBad, "rule", rule.ID, "points", e.Points.String())
	}
	return e.Points.Points, nil
}

// reopened finds the acceptances that the event names: the unit's own, each once.
func (r *Record) reopened(u *scoring.UnitFacts, e AdjustmentMade) ([]*Submission, error) {
	if rule, known := r.facts.Scheme.Rule(e.Rule); len(e.Reopens) > 0 && known && !rule.Reopens {
		return nil, refuse(ReopensNothing, "rule", rule.ID)
	}
	var list []*Submission
	for _, id := range e.Reopens {
		s := r.submissions[string(id)]
		switch {
		case s == nil || s.Unit != u.Name:
			return nil, refuse(UnknownSubmission, "submission", short(string(id)))
		case s.State != scoring.Accepted || slices.Contains(list, s):
			return nil, refuse(NotAccepted, "submission", s.ID, "state", string(s.State))
		}
		list = append(list, s)
	}
	return list, nil
}

// AdjustmentRevoked is adjustment.revoked: it counts for nothing from now on.
type AdjustmentRevoked struct {
	Adjustment ID     `json:"adjustment"`
	Reason     string `json:"reason"`
}

// Type is adjustment.revoked.
func (AdjustmentRevoked) Type() string { return "adjustment.revoked" }

func (e AdjustmentRevoked) apply(r *Record, m scoring.Mark) (func(), error) {
	if err := r.running(); err != nil {
		return nil, err
	}
	a := r.adjustments[string(e.Adjustment)]
	switch {
	case a == nil:
		return nil, refuse(UnknownAdjustment, "adjustment", short(string(e.Adjustment)))
	case a.Revoked != nil:
		return nil, refuse(AlreadyRevoked, "id", a.ID)
	}
	if err := bounded(e.Reason, MaxReason, ReasonLong); err != nil {
		return nil, err
	}
	a.Revoked, a.RevokeReason = &m, e.Reason
	restored := r.restored(a)
	return func() {
		for _, s := range restored {
			s.State = scoring.Reopened
		}
		a.Revoked, a.RevokeReason = nil, ""
	}, nil
}

// restored lets the acceptances count again that a revoked adjustment reopened.
func (r *Record) restored(a *scoring.Adjustment) []*Submission {
	var list []*Submission
	for _, id := range a.Reopens {
		s := r.submissions[id]
		s.State = scoring.Accepted
		list = append(list, s)
	}
	return list
}

// MeasurementRecorded is measurement.recorded: an indicator's value in a round.
type MeasurementRecorded struct {
	Unit      string `json:"unit"`
	Indicator string `json:"indicator"`
	Round     ID     `json:"round"`
	Value     Amount `json:"value"`
}

// Type is measurement.recorded.
func (MeasurementRecorded) Type() string { return "measurement.recorded" }

func (e MeasurementRecorded) apply(r *Record, m scoring.Mark) (func(), error) {
	u, item, err := r.measured(e.Unit, e.Indicator, scoring.IndicatorItem)
	if err != nil {
		return nil, err
	}
	round := string(e.Round)
	if !validID(round) || !item.HasRound(round) {
		return nil, refuse(UnknownRound, "indicator", item.ID, "round", short(round))
	}
	u.Measurements = append(u.Measurements, scoring.Measurement{
		Item: item.ID, Round: round, Value: e.Value.Points, Mark: m,
	})
	return func() { u.Measurements = dropLast(u.Measurements) }, nil
}

// ExternalScored is external.scored: an outside body's points for an item.
type ExternalScored struct {
	Unit   string `json:"unit"`
	Item   string `json:"item"`
	Points Amount `json:"points"`
}

// Type is external.scored.
func (ExternalScored) Type() string { return "external.scored" }

func (e ExternalScored) apply(r *Record, m scoring.Mark) (func(), error) {
	u, item, err := r.measured(e.Unit, e.Item, scoring.ExternalItem)
	if err != nil {
		return nil, err
	}
	if e.Points.IsNegative() || e.Points.GreaterThan(item.Full) {
		return nil, refuse(ItemPoints, "item", item.ID, "points", e.Points.String(), "full", item.Full.String())
	}
	u.Externals = append(u.Externals, scoring.External{Item: item.ID, Points: e.Points.Points, Mark: m})
	return func() { u.Externals = dropLast(u.Externals) }, nil
}

// measured finds a unit and an item of a kind whose value comes from outside.
func (r *Record) measured(unit, id string, kind scoring.ItemKind) (*scoring.UnitFacts, *scoring.Item, error) {
	if err := r.running(); err != nil {
		return nil, nil, err
	}
	u, err := r.unit(unit)
	if err != nil {
		return nil, nil, err
	}
	item, ok := r.facts.Scheme.Item(id)
	if !ok || item.Kind != kind {
		return nil, nil, refuse(NotMeasured, "indicator", short(id))
	}
	return u, item, nil
}
