package main

import (
	"encoding/json"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"paogai/scoring"
)

// row is a unit on the page's board.
type row struct {
	Class string   // data-board-tab
	Cells []string // rank, unit, score, late, done/tasks, grade
}

func (r row) score() string { return r.Cells[2] }
func (r row) late() int     { return leading(r.Cells[3]) }
func (r row) done() int     { return leading(r.Cells[4]) }

// leading is the whole number that a cell begins with.
func leading(cell string) int {
	head, _, _ := strings.Cut(cell, "/")
	n, err := strconv.Atoi(head)
	if err != nil {
		return -1
	}
	return n
}

// class shows a class on the board and returns its rows by unit.
func (w *window) class(id string) map[string]row {
	w.t.Helper()
	w.click(fmt.Sprintf(`[data-board-tab="%s"]`, id))
	w.quiet()
	var cells [][]string
	w.read("the board shows class "+id, fmt.Sprintf(`(() => {
		if (!document.querySelector('[data-board-tab="%s"][aria-selected="true"]')) return null;
		return [...document.querySelectorAll("#board-body tr")].map((tr) => [...tr.children].map((td) => td.innerText));
	})()`, id), &cells)
	rows := map[string]row{}
	for _, c := range cells {
		rows[c[1]] = row{Class: id, Cells: c}
	}
	return rows
}

// standing shows a unit's class and returns its row.
func (w *window) standing(unit string) row {
	w.t.Helper()
	scheme, err := loadScheme("jilin-2018")
	if err != nil {
		w.t.Fatal(err)
	}
	u, ok := scheme.Unit(unit)
	if !ok {
		w.t.Fatalf("no unit %s", unit)
	}
	r, ok := w.class(u.Class)[unit]
	if !ok {
		w.t.Fatalf("%s is not on the board of class %s", unit, u.Class)
	}
	return r
}

// steps presses one of the clock's buttons and waits until the clock stands
// there and everything on the way has been told.
func (w *window) steps(action, to string) {
	w.t.Helper()
	w.quiet()
	w.click(fmt.Sprintf(`[data-action="%s"]`, action))
	w.until("the clock shows "+to, fmt.Sprintf(`document.querySelector("#clock-face").getAttribute("datetime") === "%s"`, to))
	w.quiet()
}

// number reads the number in brackets of a pattern.
func number(t *testing.T, pattern, text string) int {
	t.Helper()
	found := regexp.MustCompile(pattern).FindStringSubmatch(text)
	if found == nil {
		t.Fatalf("no %s in:\n%s", pattern, text)
	}
	n, err := strconv.Atoi(found[1])
	if err != nil {
		t.Fatal(err)
	}
	return n
}

// points reads an amount.
func points(t *testing.T, text string) scoring.Points {
	t.Helper()
	p, err := scoring.ParsePoints(text)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// sameOnTheCommandLine compares what the page showed at the deadline with what
// `paogai board` makes of the same data.
func sameOnTheCommandLine(t *testing.T, dir string, shown map[string]row) {
	t.Helper()
	out := newSession(t).ok("board", "--data", dir, "--at", lapse, "--json")
	var board []struct {
		Unit, Class, Grade string
		Rank, Late, Done   int
		Score              scoring.Points
	}
	if err := json.Unmarshal([]byte(out), &board); err != nil {
		t.Fatal(err)
	}
	if len(board) != len(shown) || len(board) != 95 {
		t.Errorf("%d units on the command line, %d on the page", len(board), len(shown))
	}
	for _, b := range board {
		r := shown[b.Unit]
		want := []string{strconv.Itoa(b.Rank), b.Unit, scoring.Show(b.Score), strconv.Itoa(b.Late), strconv.Itoa(b.Done), b.Grade}
		if len(r.Cells) != 6 {
			t.Errorf("%s is not on the page", b.Unit)
			continue
		}
		got := append([]string(nil), r.Cells...)
		got[4], _, _ = strings.Cut(got[4], "/")
		if r.Class != b.Class || !slices.Equal(got, want) {
			t.Errorf("the page has %s %q, the command line %s %q", r.Class, got, b.Class, want)
		}
	}
}
