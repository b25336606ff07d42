package main

import (
	"slices"
	"strings"

	"github.com/mattn/go-runewidth"
)

// table aligns columns by the width that characters take on a terminal, where
// a Chinese one takes two cells.
type table struct {
	header []string
	right  []int // columns aligned to the right, from 0
	rows   [][]string
}

func (t *table) add(cells ...string) { t.rows = append(t.rows, cells) }

// String is the table, a line a row, without trailing blanks.
func (t *table) String() string {
	all := append([][]string{t.header}, t.rows...)
	widths := make([]int, len(t.header))
	for _, row := range all {
		for i, cell := range row {
			widths[i] = max(widths[i], runewidth.StringWidth(cell))
		}
	}
	var b strings.Builder
	for _, row := range all {
		var line strings.Builder
		for i, cell := range row {
			if i > 0 {
				line.WriteString("  ")
			}
			if slices.Contains(t.right, i) {
				line.WriteString(runewidth.FillLeft(cell, widths[i]))
			} else {
				line.WriteString(runewidth.FillRight(cell, widths[i]))
			}
		}
		b.WriteString(strings.TrimRight(line.String(), " "))
		b.WriteByte('\n')
	}
	return b.String()
}
