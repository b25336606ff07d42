package store

import (
	"slices"

	"paogai/scoring"
)

// AdoptScheme makes the campaign go on by another scheme: a built-in one by its
// id, any other with its YAML as Source. Everything is scored by it from then
// on, and everyone whose score, rank or grade moves is told. Second is the other
// person of the office who confirmed, as By is written.
type AdoptScheme struct {
	Scheme, Source, Reason, Second string
}

func (AdoptScheme) kind() Kind             { return KindAdopt }
func (AdoptScheme) units(*Record) []string { return nil }

func (a AdoptScheme) decide(r *Record, s Stamp) ([]Event, error) {
	next, err := r.Adopting(a.Scheme, a.Source)
	if err != nil {
		return nil, err
	}
	why := CleanText(a.Reason)
	if err := reason(why); err != nil {
		return nil, err
	}
	if err := r.second(s, a, a.Second, SchemeAdopted{}.Type()); err != nil {
		return nil, err
	}
	moves := scoring.NewBoard(r.facts, s.At).Moves(scoring.NewBoard(next, s.At))
	event := SchemeAdopted{Scheme: a.Scheme, Source: a.Source, Reason: why, Second: a.Second}
	return append([]Event{event}, r.rescored(moves, s.By)...), nil
}

// Adopting is Under for the act of adopting: a built-in scheme is named, not
// brought along, and one that the campaign runs by already changes nothing.
func (r *Record) Adopting(id, source string) (*scoring.Facts, error) {
	next, err := r.Under(id, source)
	switch {
	case err != nil:
		return nil, err
	case r.facts.Scheme.ID == id && r.source == source:
		return nil, refuse(SchemeSame, "scheme", id)
	}
	return next, r.ownID(id, source)
}

// ownID refuses a scheme from outside that takes the name of a built-in one.
func (r *Record) ownID(id, source string) error {
	if s, err := r.schemes(id); source != "" && err == nil && s != nil {
		return refuse(SchemeTaken, "scheme", id)
	}
	return nil
}

// Moved is a unit whose score, rank or grade a change of scheme moved: how it
// stood before and after. Before is nil for a unit that joined by it.
type Moved struct {
	Unit   string `json:"unit"`
	Before *Stood `json:"before,omitempty"`
	After  *Stood `json:"after,omitempty"`
}

// Stood is a standing as people are told of it: the score to two decimals.
type Stood struct {
	Score string `json:"score"`
	Rank  int    `json:"rank"`
	Grade string `json:"grade"`
}

// maxMoved is how many moves the notice to the office lists; Total says how
// many there are.
const maxMoved = 100

// rescored tells the liaisons of every unit that moved, and the office of all.
func (r *Record) rescored(moves []scoring.Move, by string) []Event {
	var events []Event
	tell := func(chat int64, n NoticeQueued) {
		n.Notice, n.Kind, n.To = r.noticeID(len(events)), NoticeRescored, chat
		events = append(events, n)
	}
	list := make([]Moved, len(moves))
	liaisons := map[string][]int64{}
	for _, p := range r.peopleOrder {
		if p.Role == Liaison && p.Reachable {
			liaisons[p.Unit] = append(liaisons[p.Unit], p.ID)
		}
	}
	for i, m := range moves {
		list[i] = Moved{m.Unit, stood(m.Before), stood(m.After)}
		for _, chat := range liaisons[m.Unit] {
			tell(chat, NoticeQueued{Unit: m.Unit, Moves: slices.Clone(list[i : i+1]), Total: 1})
		}
	}
	for _, chat := range r.officeChats("", by) {
		tell(chat, NoticeQueued{Moves: list[:min(len(list), maxMoved)], Total: len(list)})
	}
	return events
}

func stood(st *scoring.Standing) *Stood {
	if st == nil {
		return nil
	}
	return &Stood{scoring.Show(st.Score), st.Rank, st.Grade}
}
