package bot

import (
	"cmp"

	"paogai/bot/text"
	"paogai/store"
)

// movesShown is how many units a notice of a new scheme lists.
const movesShown = 20

// rescoredNotice tells of a new scheme, and how the unit, or for the office every
// unit, stood before and after. It tells of the moment of adopting, whatever came
// since.
func (v view) rescoredNotice(n store.Notice) (Card, bool) {
	var adopted store.Adoption
	for _, a := range v.r.Adoptions() {
		if a.Mark.Seq == n.Queued.Seq {
			adopted = a
		}
	}
	if adopted.To == "" {
		return Card{}, false
	}
	lines := []text.HTML{text.T("notice.rescored.none")}
	if len(n.Moves) > 0 {
		lines = nil
	}
	for _, m := range n.Moves[:min(len(n.Moves), movesShown)] {
		lines = append(lines, movedLine(m))
	}
	if n.Total > movesShown {
		lines = append(lines, text.T("notice.rescored.more", text.A{"total": n.Total}))
	}
	return Card{HTML: text.T("notice.rescored", text.A{
		"change": text.T("notice.rescored.change", text.A{
			"from": adopted.From, "to": adopted.To, "by": v.who(adopted.Mark.By), "at": v.local(adopted.Mark.At),
		}),
		"reason": adopted.Reason, "moves": text.Join("\n", lines...), "ref": ref(n),
	})}, true
}

// movedLine is how one unit stood before and after.
func movedLine(m store.Moved) text.HTML {
	switch {
	case m.After == nil:
		return text.T("notice.rescored.left", text.A{"unit": m.Unit})
	case m.Before == nil:
		return text.T("notice.rescored.joined", text.A{"unit": m.Unit, "after": m.After.Score, "rank-after": m.After.Rank})
	}
	grades := text.HTML("")
	if m.Before.Grade != m.After.Grade {
		grades = text.T("notice.rescored.grades", text.A{
			"before": cmp.Or(m.Before.Grade, "—"), "after": cmp.Or(m.After.Grade, "—"),
		})
	}
	return text.T("notice.rescored.unit", text.A{
		"unit": m.Unit, "before": m.Before.Score, "after": m.After.Score,
		"rank-before": m.Before.Rank, "rank-after": m.After.Rank, "grades": grades,
	})
}
