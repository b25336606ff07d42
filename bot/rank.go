package bot

import (
	"context"
	"strconv"
	"strings"

	"paogai/bot/text"
	"paogai/scoring"
	"paogai/store"
)

// rank shows who stands where: a liaison's own class with the own place; for
// everybody else all classes in short, or one of them whole.
func (f *front) rank(ctx context.Context, t *Turn) error {
	return f.answer(func(v view, t *Turn) Card {
		if v.facts == nil {
			return Card{HTML: text.T("campaign.none")}
		}
		asked := strings.TrimSpace(t.Args)
		if t.Kind == KindTap {
			asked = t.Tap.Action.Arg(0)
		}
		if t.Who.Role == store.Liaison {
			return v.ownRank(t.Who.Unit, asked)
		}
		return v.anyRank(asked)
	})(ctx, t)
}

// ownRank is a liaison's own class.
func (v view) ownRank(unit, asked string) Card {
	u := v.unit(unit)
	if u == nil {
		return Card{HTML: text.T("campaign.none")}
	}
	if class, ok := v.classAsked(asked); asked != "" && (!ok || class != u.Class) {
		return Card{HTML: text.T("rank.not-yours", text.A{"class": className(v.facts.Scheme, u.Class)})}
	}
	return v.classRank(u.Class, unit)
}

// anyRank is all classes in short, or the one that was asked for.
func (v view) anyRank(asked string) Card {
	if asked == "" && len(v.facts.Scheme.Classes) > 1 {
		return v.summary()
	}
	class, ok := v.classAsked(asked)
	if !ok {
		return Card{HTML: text.T("rank.no-class", text.A{
			"query": text.Cut(asked, titleLength), "classes": v.classIDs(),
		})}
	}
	return v.classRank(class, "")
}

// classAsked finds a class by its id or title: 3, 第三类, 三类, 三.
func (v view) classAsked(asked string) (string, bool) {
	asked = foldQuery(asked)
	if len(v.facts.Scheme.Classes) == 0 {
		return "", asked == ""
	}
	for _, c := range v.facts.Scheme.Classes {
		if asked == c.ID || asked != "" && strings.Contains(c.Title, asked) {
			return c.ID, true
		}
	}
	return "", false
}

func (v view) classIDs() string {
	ids := make([]string, len(v.facts.Scheme.Classes))
	for i, c := range v.facts.Scheme.Classes {
		ids[i] = c.ID
	}
	return strings.Join(ids, " ")
}

// classRank is one class whole, with the place of one of its units if named.
func (v view) classRank(class, own string) Card {
	return Card{HTML: text.T("rank.title", text.A{
		"class": className(v.facts.Scheme, class), "count": len(v.board().Class(class)), "at": v.now,
		"lines": v.rankText(ranking{class, own}, rankLines),
	})}
}

// rankLines are the lines of a class, the own place and what waits for review.
func rankLines(board *scoring.Board, r ranking) text.HTML {
	standings := board.Class(r.class)
	lines := make([]text.HTML, len(standings))
	waiting := 0
	for i, st := range standings {
		lines[i] = rankLine(st, st.Unit == r.own)
		waiting += st.Waiting
	}
	words := text.Join("\n", lines...)
	if st, ok := board.Unit(r.own); ok {
		words = text.Join("\n\n", words, text.T("rank.mine", text.A{
			"unit": st.Unit, "rank": st.Rank, "score": st.Score, "grade": st.Grade,
		}))
	}
	if waiting > 0 {
		words = text.Join("\n\n", words, text.T("rank.waiting", text.A{"count": waiting}))
	}
	return words
}

func rankLine(st scoring.Standing, own bool) text.HTML {
	late := text.HTML("")
	if st.Late > 0 {
		late = text.T("rank.late", text.A{"count": st.Late})
	}
	args := text.A{"rank": st.Rank, "unit": st.Unit, "score": st.Score, "late": late}
	if own {
		return text.T("rank.line.mine", args)
	}
	return text.T("rank.line", args)
}

// summary is all classes in short, with a button to each.
func (v view) summary() Card {
	board := v.board()
	var parts []text.HTML
	var buttons []Button
	for _, class := range v.facts.Scheme.Classes {
		standings := board.Class(class.ID)
		if len(standings) == 0 {
			continue
		}
		parts = append(parts, classSummary(class.Title, standings))
		buttons = append(buttons, Button{
			Label: text.Plain("rank.class.button", text.A{"class": class.Title}), Data: Do("rank", class.ID),
		})
	}
	return Card{
		HTML: text.T("rank.summary", text.A{
			"count": len(board.Standings), "at": v.now, "classes": text.Join("\n\n", parts...),
		}),
		Buttons: buttonRows(3, buttons),
	}
}

// classSummary is the first three of a class and the last.
func classSummary(name string, standings []scoring.Standing) text.HTML {
	const first = 3
	late := 0
	for _, st := range standings {
		late += st.Late
	}
	var lines []text.HTML
	last := standings[len(standings)-1]
	if last.Rank == 1 {
		lines = append(lines, text.T("rank.class.tie", text.A{"count": len(standings), "score": last.Score}))
	} else {
		for _, st := range standings[:min(first, len(standings))] {
			lines = append(lines, text.T("rank.class.line", text.A{
				"rank": strconv.Itoa(st.Rank), "unit": st.Unit, "score": st.Score,
			}))
		}
		if len(standings) > first {
			lines = append(lines, text.T("rank.class.last", text.A{
				"rank": strconv.Itoa(last.Rank), "unit": last.Unit, "score": last.Score,
			}))
		}
	}
	return text.T("rank.class", text.A{
		"class": name, "count": len(standings), "late": late, "lines": text.Join("\n", lines...),
	})
}
