package schemes

import (
	"errors"
	"strconv"

	"go.yaml.in/yaml/v4"

	"paogai/scoring"
)

// itemLines is where an item and its bands stand.
type itemLines struct {
	line  int
	bands []int
}

// items reads a list of items. Their lines are kept in the order in which
// [scoring.Scheme.EachItem] visits: a group before what is in it.
func (r *reader) items(into *[]scoring.Item) func(*yaml.Node) {
	return r.each("items", func(n *yaml.Node) {
		at := len(r.lines.items)
		r.lines.items = append(r.lines.items, itemLines{line: n.Line})
		var i scoring.Item
		var order string
		r.mapping(n, "an item", fields{
			"id": r.text(&i.ID), "title": r.text(&i.Title),
			"article": r.text(&i.Article), "quote": r.text(&i.Quote),
			"kind": oneOf(r, &i.Kind, scoring.GroupItem, scoring.DeductionItem, scoring.ConstantItem,
				scoring.ExternalItem, scoring.IndicatorItem),
			"full": r.points(&i.Full), "weight": r.points(&i.Weight),
			"missing": oneOf(r, &i.Missing, scoring.Pending, scoring.CountFull, scoring.CountZero, scoring.Renormalise),
			"by":      r.text(&i.By), "note": r.text(&i.Note), "assumed": r.text(&i.Assumed),
			"order": oneOf(r, &order, mostFirst, leastFirst),
			"items": r.items(&i.Items),
			"bands": r.each("bands", func(n *yaml.Node) {
				i.Bands = append(i.Bands, r.rankBand(n))
				r.lines.items[at].bands = append(r.lines.items[at].bands, n.Line)
			}),
			"rounds": r.each("rounds", func(n *yaml.Node) { i.Rounds = append(i.Rounds, r.round(n)) }),
		}, "id", "kind", "title", "full")
		i.LeastFirst = order == leastFirst
		*into = append(*into, i)
	})
}

// In which order the values of an indicator rank.
const (
	mostFirst  = "most-first"
	leastFirst = "least-first"
)

func (r *reader) rankBand(n *yaml.Node) scoring.RankBand {
	var b scoring.RankBand
	r.mapping(n, "a rank band", fields{
		"from": parsed(r, &b.From, rank), "to": parsed(r, &b.To, rank), "points": r.points(&b.Points),
	}, "from", "points")
	return b
}

func (r *reader) round(n *yaml.Node) scoring.Round {
	var round scoring.Round
	r.mapping(n, "a round", fields{"id": r.text(&round.ID), "weight": r.points(&round.Weight)}, "id", "weight")
	return round
}

func rank(s string) (int, error) {
	n, err := strconv.Atoi(s)
	if err != nil || n < 1 || n > 1_000_000 || s != strconv.Itoa(n) {
		return 0, errors.New("here must be a rank: a whole number from 1")
	}
	return n, nil
}

// optional reads points that may be left out.
func (r *reader) optional(into **scoring.Points) func(*yaml.Node) {
	return func(n *yaml.Node) {
		*into = new(scoring.Points)
		r.points(*into)(n)
	}
}

func (r *reader) rule(n *yaml.Node) {
	var rule scoring.Rule
	pointed := false
	r.mapping(n, "a rule", fields{
		"id": r.text(&rule.ID), "title": r.text(&rule.Title), "article": r.text(&rule.Article),
		"quote": r.text(&rule.Quote), "open": r.truth(&rule.Open), "takes": r.truth(&rule.Takes),
		"two_people": r.truth(&rule.TwoPeople), "assumed": r.text(&rule.Assumed),
		"kind": oneOf(r, &rule.Kind, scoring.BaseRule, scoring.LateRule, scoring.GradeRule,
			scoring.FactorRule, scoring.AdjustmentRule, scoring.FloorRule, scoring.CeilingRule,
			scoring.GateRule, scoring.RenormaliseRule),
		"points": func(n *yaml.Node) {
			pointed = true
			r.points(&rule.Points)(n)
		},
		"cap": r.optional(&rule.Cap), "item": r.text(&rule.Item),
		"of": r.text(&rule.Of), "share": r.points(&rule.Share), "reopens": r.truth(&rule.Reopens),
		"gate": func(n *yaml.Node) {
			rule.Gate = &scoring.Gate{}
			r.gate(n, rule.Gate)
		},
	}, "id", "kind", "title", "article", "quote")
	r.scheme.Rules = append(r.scheme.Rules, rule)
	r.lines.rules = append(r.lines.rules, n.Line)
	r.lines.pointed = append(r.lines.pointed, pointed)
}

func (r *reader) gate(n *yaml.Node, g *scoring.Gate) {
	r.mapping(n, "a gate", fields{
		"rule": r.text(&g.Rule), "item": r.text(&g.Item), "below": r.points(&g.Below),
		"most": r.optional(&g.Most), "grade": r.text(&g.Grade),
	})
}
