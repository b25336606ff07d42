package main

import (
	"context"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"strconv"
	"strings"

	"paogai/scoring"
)

// boardCmd prints who stands where.
type boardCmd struct {
	source
	asOf
	Class string `help:"Only this class, by id." placeholder:"ID"`
	JSON  bool   `name:"json" xor:"form" help:"Print an array of objects, amounts as decimal strings."`
	CSV   bool   `name:"csv" xor:"form" help:"Print a table for spreadsheets: commas, UTF-8 with a byte order mark, exact amounts."`
}

// Run prints the board as a table for people, as JSON or as CSV.
func (c *boardCmd) Run(ctx context.Context, w world) error {
	when := c.span(w)
	facts, err := c.facts(ctx, when)
	if err != nil {
		return err
	}
	board := scoring.NewBoard(facts, when.at)
	standings := board.Standings
	if c.Class != "" {
		if _, ok := facts.Scheme.Class(c.Class); !ok {
			return badInput("no class %q in %s", c.Class, facts.Scheme.ID)
		}
		standings = board.Class(c.Class)
	}
	switch {
	case c.JSON:
		return printJSON(w, standings)
	case c.CSV:
		return printCSV(w, standings)
	}
	return printBoard(w, board.Scheme, when, standings)
}

func printBoard(w world, s *scoring.Scheme, when span, standings []scoring.Standing) error {
	t := table{header: []string{"类别", "名次", "考核对象", "得分", "可得", "已得", "逾期", "完成", "等次"}, right: []int{1, 3, 4, 5, 6, 7}}
	for _, st := range standings {
		done := strconv.Itoa(st.Done) + "/" + strconv.Itoa(st.Tasks)
		t.add(st.Class, strconv.Itoa(st.Rank), st.Unit, scoring.Show(st.Score), scoring.Show(st.Hold), scoring.Show(st.Earned), strconv.Itoa(st.Late), done, st.Grade)
	}
	_, err := fmt.Fprintf(w.out, "%s\n%s\n\n%s", s.Title, when.words(s.Zone), t.String())
	if err != nil {
		return fmt.Errorf("print the board: %w", err)
	}
	return nil
}

// byteOrderMark tells spreadsheets that a file is UTF-8.
const byteOrderMark = "\ufeff"

// printCSV writes a row a unit. Done and all tasks have a column each: a
// spreadsheet would take 3/12 for a day in March.
func printCSV(w world, standings []scoring.Standing) error {
	rows := [][]string{{byteOrderMark + "类别", "名次", "考核对象", "得分", "可得", "已得", "逾期", "完成", "任务", "等次"}}
	for _, st := range standings {
		rows = append(rows, []string{
			inert(st.Class), strconv.Itoa(st.Rank), inert(st.Unit), st.Score.String(), st.Hold.String(), st.Earned.String(),
			strconv.Itoa(st.Late), strconv.Itoa(st.Done), strconv.Itoa(st.Tasks), inert(st.Grade),
		})
	}
	if err := csv.NewWriter(w.out).WriteAll(rows); err != nil {
		return fmt.Errorf("print CSV: %w", err)
	}
	return nil
}

// inert keeps a spreadsheet from taking a text for a formula.
func inert(text string) string {
	if text != "" && strings.ContainsAny(text[:1], "=+-@\t\r") {
		return "'" + text
	}
	return text
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
