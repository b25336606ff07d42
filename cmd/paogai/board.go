package main

import (
	"context"
	"encoding/json"
	"fmt"
	"strconv"

	"paogai/scoring"
)

// boardCmd prints who stands where.
type boardCmd struct {
	source
	At    moment `help:"The moment of the board, with its zone, as 2018-09-01T00:00:00+08:00. Default: now." placeholder:"TIME"`
	Class string `help:"Only this class, by id." placeholder:"ID"`
	JSON  bool   `name:"json" help:"Print an array of objects, amounts as decimal strings."`
}

// Run prints the board as a table, or as JSON.
func (c *boardCmd) Run(ctx context.Context, w world) error {
	at := c.At.or(w.now)
	facts, err := c.facts(ctx, at)
	if err != nil {
		return err
	}
	board := scoring.NewBoard(facts, at)
	standings := board.Standings
	if c.Class != "" {
		if _, ok := facts.Scheme.Class(c.Class); !ok {
			return badInput("no class %q in %s", c.Class, facts.Scheme.ID)
		}
		standings = board.Class(c.Class)
	}
	if c.JSON {
		return printJSON(w, standings)
	}
	return printBoard(w, board, standings)
}

func printBoard(w world, board *scoring.Board, standings []scoring.Standing) error {
	t := table{header: []string{"类别", "名次", "考核对象", "得分", "可得", "已得", "逾期", "完成", "等次"}, right: []int{1, 3, 4, 5, 6, 7}}
	for _, s := range standings {
		done := strconv.Itoa(s.Done) + "/" + strconv.Itoa(s.Tasks)
		t.add(s.Class, strconv.Itoa(s.Rank), s.Unit, scoring.Show(s.Score), scoring.Show(s.Hold), scoring.Show(s.Earned), strconv.Itoa(s.Late), done, s.Grade)
	}
	_, err := fmt.Fprintf(w.out, "%s\n截至 %s\n\n%s", board.Scheme.Title, board.At.In(board.Scheme.Zone).Format("2006-01-02 15:04:05 -07:00"), t.String())
	if err != nil {
		return fmt.Errorf("print the board: %w", err)
	}
	return nil
}

// printJSON writes v, indented, in the characters that people read.
func printJSON(w world, v any) error {
	enc := json.NewEncoder(w.out)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	if err := enc.Encode(v); err != nil {
		return fmt.Errorf("print JSON: %w", err)
	}
	return nil
}
