package store

import (
	"errors"
	"fmt"
	"strings"

	"paogai/scoring"
	"paogai/scoring/schemes"
)

// SchemeAdopted is scheme.adopted: the campaign goes on by another scheme, or
// by another version of it, and all of it is scored by that. Source is the YAML
// of a scheme that is not built in. Second is who confirmed, if the office has
// two people.
type SchemeAdopted struct {
	Scheme string `json:"scheme"`
	Source string `json:"source,omitempty"`
	Reason string `json:"reason"`
	Second string `json:"second,omitempty"`
}

// Type is scheme.adopted.
func (SchemeAdopted) Type() string { return "scheme.adopted" }

func (e SchemeAdopted) apply(r *Record, m scoring.Mark) (func(), error) {
	next, err := r.Under(e.Scheme, e.Source)
	if err != nil {
		return nil, err
	}
	if err := bounded(e.Reason, MaxReason, ReasonLong); err != nil {
		return nil, err
	}
	before, source := r.facts, r.source
	r.facts, r.source = next, e.Source
	r.adoptions = append(r.adoptions, Adoption{From: before.Scheme.ID, To: next.Scheme.ID, Reason: e.Reason, Second: e.Second, Mark: m})
	return func() {
		r.facts, r.source = before, source
		r.adoptions = dropLast(r.adoptions)
	}, nil
}

// Adoption is a change of scheme during the campaign.
type Adoption struct {
	From, To       string // ids of schemes
	Reason, Second string
	Mark           scoring.Mark
}

// scheme is the one whose text is given, else the built-in one of this id. A
// journal that brings its scheme along is read by it, whatever is built in.
func (r *Record) scheme(id, source string) (*scoring.Scheme, error) {
	if source == "" {
		s, err := r.schemes(id)
		if err != nil || s == nil {
			return nil, refuse(UnknownScheme, "scheme", short(id))
		}
		return s, nil
	}
	s, err := schemes.Parse([]byte(source), short(id))
	var invalid *schemes.Invalid
	switch {
	case errors.As(err, &invalid):
		faults := make([]string, len(invalid.Faults))
		for i, f := range invalid.Faults {
			faults[i] = f.String()
		}
		return nil, refuse(BadScheme, "scheme", short(id), "faults", joined(faults))
	case err != nil:
		return nil, refuse(BadScheme, "scheme", short(id), "faults", err.Error())
	case s.ID != id:
		return nil, refuse(BadScheme, "scheme", short(id), "faults", "its text is that of "+short(s.ID))
	}
	return s, nil
}

// betweenFaults separates the faults in the argument "faults" of a refusal.
const betweenFaults = ";\n"

func joined(faults []string) string { return strings.Join(faults, betweenFaults) }

// Faults is each of the faults that the refusal lists, nil if it lists none.
func (r *Refusal) Faults() []string {
	if r.Args["faults"] == "" {
		return nil
	}
	return strings.Split(r.Args["faults"], betweenFaults)
}

// Under is the campaign's facts under another scheme, built in or given by its
// YAML, as they would stand if it was adopted. The record is not changed. The
// error is a *Refusal: with the code SchemeUnfit it names everything that facts
// or people rest on and that the scheme does not have.
func (r *Record) Under(id, source string) (*scoring.Facts, error) {
	if err := r.running(); err != nil {
		return nil, err
	}
	scheme, err := r.scheme(id, source)
	if err != nil {
		return nil, err
	}
	next, faults := r.facts.Under(scheme)
	if next != nil {
		faults = r.stranded(next)
	}
	if len(faults) > 0 {
		return nil, refuse(SchemeUnfit, "scheme", scheme.ID, "faults", joined(faults))
	}
	return next, nil
}

// stranded names the units that people are of, or are invited to, and that
// would be no more.
func (r *Record) stranded(next *scoring.Facts) []string {
	gone := func(unit string) bool { return unit != "" && r.facts.Unit(unit) != nil && next.Unit(unit) == nil }
	var faults []string
	for _, p := range r.peopleOrder {
		if gone(p.Unit) {
			faults = append(faults, fmt.Sprintf("it has no unit %s, which %s (%s) is of", p.Unit, p.Name, ByPerson(p.ID)))
		}
	}
	for _, i := range r.invitationOrder {
		if i.Used == nil && i.Revoked == nil && gone(i.Unit) {
			faults = append(faults, fmt.Sprintf("it has no unit %s, which the invitation %s is to", i.Unit, i.ID))
		}
	}
	return faults
}

// SchemeSource is the YAML of the campaign's scheme, "" if that is built in.
func (r *Record) SchemeSource() string { return r.source }

// Adoptions lists the changes of scheme, in order.
func (r *Record) Adoptions() []Adoption { return r.adoptions }
