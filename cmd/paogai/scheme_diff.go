package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"strconv"
	"strings"
	"time"

	"paogai/scoring"
)

// schemeDiffCmd compares two schemes, and what they make of a campaign.
type schemeDiffCmd struct {
	A       string `arg:"" help:"A built-in scheme, or a YAML file."`
	B       string `arg:"" help:"The other one."`
	Journal string `help:"Show who of the campaign in this file (JSON Lines) would stand elsewhere. Default: of the one in --data or --store, if there is one." placeholder:"FILE" type:"existingfile"`
	storeOptions
	asOf
	JSON bool `name:"json" help:"Print JSON; moves is null where there is no campaign."`
}

// change is what a scheme would change, as JSON has it.
type change struct {
	Differences []scoring.Difference `json:"differences"`
	Moves       []scoring.Move       `json:"moves"`

	units int // of the board; 0 without a campaign
}

// Run prints the differences, then who would move.
func (c *schemeDiffCmd) Run(ctx context.Context, w world) error {
	a, err := loadScheme(c.A)
	b, errB := loadScheme(c.B)
	if err := errors.Join(err, errB); err != nil {
		return inputError{err}
	}
	found := change{Differences: scoring.Diff(a.Scheme, b.Scheme)}
	if found.Differences == nil {
		found.Differences = []scoring.Difference{}
	}
	when := c.span(w)
	if c.campaign() {
		if err := c.moves(ctx, when, &found, a, b); err != nil {
			return err
		}
	}
	if c.JSON {
		return printJSON(w, found)
	}
	text := found.words()
	if found.units > 0 {
		text += "\n" + when.words(a.Zone) + "\n" + movesWords(found.Moves, found.units)
	}
	if _, err := fmt.Fprint(w.out, text); err != nil {
		return fmt.Errorf("print the differences: %w", err)
	}
	return nil
}

// campaign reports whether one was named, or lies where it does by default.
func (c *schemeDiffCmd) campaign() bool {
	_, err := os.Stat(c.dataFile())
	return c.Journal != "" || c.Store != "" || c.Data != defaultData || err == nil
}

// moves puts the campaign under both schemes.
func (c *schemeDiffCmd) moves(ctx context.Context, when span, found *change, a, b method) error {
	from := source{Journal: c.Journal, storeOptions: c.storeOptions}
	record, err := from.record(ctx, a, when.known)
	if err != nil {
		return err
	}
	facts := record.Facts()
	if facts == nil {
		return badInput("no campaign is open at %s", when.known.Format(time.RFC3339))
	}
	if when.known.After(when.at) {
		facts = facts.Hindsight(when.at)
	}
	var boards [2]*scoring.Board
	var faults []error
	for i, s := range []method{a, b} {
		under, unfit := facts.Under(s.Scheme)
		for _, fault := range unfit {
			faults = append(faults, fmt.Errorf("%s does not fit the campaign: %s", s.ID, fault))
		}
		if under != nil {
			boards[i] = scoring.NewBoard(under, when.at)
		}
	}
	if len(faults) > 0 {
		return inputError{errors.Join(faults...)}
	}
	found.Moves, found.units = boards[0].Moves(boards[1]), len(boards[1].Standings)
	if found.Moves == nil {
		found.Moves = []scoring.Move{}
	}
	return nil
}

// partName is what a part of a scheme is called.
func partName(part string) string {
	names := map[string]string{
		"scheme": "办法", "class": "类别", "unit": "单位", "task": "任务", "milestone": "节点", "item": "考核项", "rule": "规则",
		"grade": "等次", "reminder": "提醒", "parameter": "参数", "deadline": "期限", "note": "存疑",
	}
	if name, ok := names[part]; ok {
		return name
	}
	return part
}

// Widths to which texts are shortened in a line.
const (
	idWidth    = 24
	valueWidth = 32
)

// words is a line for each difference.
func (c *change) words() string {
	if len(c.Differences) == 0 {
		return "两个办法没有差别。\n"
	}
	var b strings.Builder
	for _, d := range c.Differences {
		name := partName(d.Part)
		if d.ID != "" {
			name += " " + clip(d.ID, idWidth)
		}
		switch {
		case d.Field != "":
			fmt.Fprintf(&b, "改  %s　%s：%s → %s\n", name, d.Field, value(d.Before), value(d.After))
		case d.Before != "":
			fmt.Fprintf(&b, "删  %s　%s\n", name, clip(d.Before, valueWidth))
		default:
			fmt.Fprintf(&b, "增  %s　%s\n", name, clip(d.After, valueWidth))
		}
	}
	return b.String()
}

func value(text string) string {
	if text == "" {
		return "（无）"
	}
	return clip(text, valueWidth)
}

// movesWords is a table of who moves, of so many units.
func movesWords(moves []scoring.Move, units int) string {
	if len(moves) == 0 {
		return fmt.Sprintf("%d 个单位的得分、名次、等次都不变。\n", units)
	}
	t := table{header: []string{"类别", "考核对象", "得分", "", "名次", "", "等次", ""}, right: []int{2, 4}}
	for _, m := range moves {
		before, after := stood(m.Before), stood(m.After)
		t.add(m.Class, m.Unit, before[0], "→ "+after[0], before[1], "→ "+after[1], before[2], "→ "+after[2])
	}
	return fmt.Sprintf("%d 个单位中 %d 个有变动：\n\n%s", units, len(moves), t.String())
}

// stood is score, rank and grade; dashes for a unit that does not take part.
func stood(st *scoring.Standing) [3]string {
	if st == nil {
		return [3]string{"—", "—", "—"}
	}
	return [3]string{scoring.Show(st.Score), strconv.Itoa(st.Rank), st.Grade}
}
