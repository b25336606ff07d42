package store

import (
	"strconv"
	"strings"

	"paogai/scoring"
)

// AdjustmentMade is adjustment.made: points given or taken by a rule, for a
// matter (事项). Count left out is 1. Points stand exactly where the rule
// leaves the amount open. Second is who confirmed, where two people must.
type AdjustmentMade struct {
	Adjustment ID      `json:"adjustment"`
	Unit       string  `json:"unit"`
	Rule       string  `json:"rule"`
	Ref        string  `json:"ref"`
	Reason     string  `json:"reason"`
	Count      *int    `json:"count,omitempty"`
	Points     *Amount `json:"points,omitempty"`
	Second     string  `json:"second,omitempty"`
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
	r.adjustments[a.ID] = a
	u.Adjustments = append(u.Adjustments, a)
	return func() {
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
		if other.Rule == a.Rule && other.Ref == a.Ref && other.Revoked == nil {
			return refuse(RepeatedMatter, "unit", u.Name, "rule", a.Rule, "ref", a.Ref,
				"adjustment", other.ID, "by", other.Made.By, "at", clock(other.Made.At))
		}
	}
	if err := bounded(a.Ref, MaxReason, ReasonLong); err != nil {
		return err
	}
	return bounded(a.Reason, MaxReason, ReasonLong)
}

// pointsOf returns the amount for a count that the event gives, zero where the
// rule fixes it.
func (r *Record) pointsOf(e AdjustmentMade) (scoring.Points, error) {
	rule, known := r.facts.Scheme.Rule(e.Rule)
	switch {
	case !known || rule.Kind != scoring.AdjustmentRule:
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
	return func() { a.Revoked, a.RevokeReason = nil, "" }, nil
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

func (e MeasurementRecorded) apply(r *Record, _ scoring.Mark) (func(), error) {
	return nil, r.unmeasured(e.Unit, e.Indicator)
}

// ExternalScored is external.scored: an outside body's points for an item.
type ExternalScored struct {
	Unit   string `json:"unit"`
	Item   string `json:"item"`
	Points Amount `json:"points"`
}

// Type is external.scored.
func (ExternalScored) Type() string { return "external.scored" }

func (e ExternalScored) apply(r *Record, _ scoring.Mark) (func(), error) {
	return nil, r.unmeasured(e.Unit, e.Item)
}

// unmeasured refuses indicators and items: schemes of tasks have none.
func (r *Record) unmeasured(unit, indicator string) error {
	if err := r.running(); err != nil {
		return err
	}
	if _, err := r.unit(unit); err != nil {
		return err
	}
	return refuse(NotMeasured, "indicator", short(indicator))
}
