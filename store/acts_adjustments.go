package store

func (MakeAdjustment) kind() Kind                 { return KindAdjust }
func (a MakeAdjustment) units(r *Record) []string { return r.full(a.Unit) }

func (a MakeAdjustment) decide(r *Record, s Stamp) ([]Event, error) {
	if err := r.running(); err != nil {
		return nil, err
	}
	why := CleanText(a.Reason)
	if err := reason(why); err != nil {
		return nil, err
	}
	if rule, known := r.facts.Scheme.Rule(a.Rule); known && rule.TwoPeople {
		if err := r.second(s, a, a.Second, rule.ID); err != nil {
			return nil, err
		}
	}
	e := AdjustmentMade{
		Adjustment: ID("A" + r.nextSeq()), Unit: r.full(a.Unit)[0], Rule: a.Rule,
		Ref: cleanLine(a.Ref), Reason: why, Second: a.Second,
	}
	for _, id := range a.Reopens {
		e.Reopens = append(e.Reopens, ID(id))
	}
	if a.Count != 0 {
		e.Count = &a.Count
	}
	if a.Points != nil {
		e.Points = &Amount{*a.Points}
	}
	return []Event{e}, nil
}

func (RevokeAdjustment) kind() Kind { return KindRevokeAdjustment }

func (a RevokeAdjustment) units(r *Record) []string {
	if made := r.adjustments[a.Adjustment]; made != nil {
		return []string{made.Unit}
	}
	return nil
}

func (a RevokeAdjustment) decide(*Record, Stamp) ([]Event, error) {
	why := CleanText(a.Reason)
	if err := reason(why); err != nil {
		return nil, err
	}
	return []Event{AdjustmentRevoked{Adjustment: ID(a.Adjustment), Reason: why}}, nil
}

func (RecordMeasurement) kind() Kind                 { return KindMeasure }
func (a RecordMeasurement) units(r *Record) []string { return r.full(a.Unit) }

func (a RecordMeasurement) decide(r *Record, _ Stamp) ([]Event, error) {
	return []Event{MeasurementRecorded{
		Unit: r.full(a.Unit)[0], Indicator: a.Indicator, Round: ID(a.Round), Value: Amount{a.Value},
	}}, nil
}

func (ScoreExternal) kind() Kind                 { return KindExternal }
func (a ScoreExternal) units(r *Record) []string { return r.full(a.Unit) }

func (a ScoreExternal) decide(r *Record, _ Stamp) ([]Event, error) {
	return []Event{ExternalScored{Unit: r.full(a.Unit)[0], Item: a.Item, Points: Amount{a.Points}}}, nil
}
