package main

import (
	"context"
	"fmt"
	"strconv"
	"strings"
	"time"

	"paogai/scoring"
)

// whatifCmd foretells a unit's place.
type whatifCmd struct {
	unitView
	Done []string `help:"Tasks, as 15,34, all of whose milestones are filed and accepted now: at --at, or today if that is in the future, or at --known if that is earlier still. What is overdue by then is done and stays late; a claim that waits is accepted as of the day of its filing." placeholder:"TASKS"`
	Late []string `help:"Tasks, as 27, all of whose milestones are ruled late." placeholder:"TASKS"`
}

// Run prints the standing before and after, and the distances.
func (c *whatifCmd) Run(ctx context.Context, w world) error {
	when := c.span(w)
	facts, unit, err := c.read(ctx, when)
	if err != nil {
		return err
	}
	now := w.now()
	for _, t := range []time.Time{when.at, when.known} {
		if t.Before(now) {
			now = t
		}
	}
	outlook, err := scoring.WhatIf(facts, scoring.Supposition{Unit: unit, Done: c.Done, Late: c.Late, When: now}, when.at)
	if err != nil {
		return inputError{err}
	}
	if c.JSON {
		return printJSON(w, outlook)
	}
	if _, err := fmt.Fprint(w.out, foretell(&outlook, when, facts.Scheme)); err != nil {
		return fmt.Errorf("print the outlook: %w", err)
	}
	return nil
}

func foretell(o *scoring.Outlook, when span, s *scoring.Scheme) string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s　%s\n假设（按 %s 办理计）：\n", o.After.Unit, when.words(s.Zone), scoring.DateOf(o.When, s.Zone))
	for _, step := range o.Steps {
		fmt.Fprintf(&b, "  %s\n", stepWords(s, step))
	}
	if len(o.Steps) == 0 {
		b.WriteString("  没有\n")
	}
	t := table{header: []string{"", "得分", "可得", "已得", "名次", "等次", "逾期", "完成"}, right: []int{1, 2, 3, 4, 6, 7}}
	for _, row := range []struct {
		title string
		st    *scoring.Standing
	}{{"原来", &o.Before}, {"假设后", &o.After}} {
		t.add(row.title, scoring.Show(row.st.Score), scoring.Show(row.st.Hold), scoring.Show(row.st.Earned), strconv.Itoa(row.st.Rank),
			row.st.Grade, strconv.Itoa(row.st.Late), strconv.Itoa(row.st.Done)+"/"+strconv.Itoa(row.st.Tasks))
	}
	b.WriteString("\n" + t.String() + "\n" + distances(o))
	return b.String()
}

func stepWords(s *scoring.Scheme, step scoring.Step) string {
	words := "任务 " + step.Node.Task
	if task, ok := s.Task(step.Node.Task); ok && len(task.Milestones) > 1 {
		words += "（" + task.Milestones[step.Node.Milestone-1].Label + "）"
	}
	switch day := step.Completed.String(); {
	case step.Ruled:
		return words + "　认定逾期"
	case step.Was:
		words += "　早已通过，" + day + " 完成"
	case step.Waited:
		words += "　待审的申报通过，" + day + " 完成"
	default:
		words += "　申报并通过，" + day + " 完成"
	}
	if step.Late {
		words += "，仍逾期"
	}
	return words
}

// distances says how far it is to the unit above and to the failing grade.
func distances(o *scoring.Outlook) string {
	text := "已是本类第一名。\n"
	if a := o.Above; a != nil {
		text = fmt.Sprintf("与上一名 %s（第 %d 名）差 %s 分。\n", a.Unit, a.Rank, scoring.Show(a.Gap))
	}
	switch f := o.Failing; {
	case f == nil:
	case f.Points != nil && f.Points.IsNegative():
		text += fmt.Sprintf("已在%s线下 %s 分。\n", f.Grade, scoring.Show(f.Points.Neg()))
	case f.Points != nil:
		text += fmt.Sprintf("距%s线还有 %s 分。\n", f.Grade, scoring.Show(*f.Points))
	case *f.Places < 0:
		text += fmt.Sprintf("已%s，差 %d 名。\n", f.Grade, -*f.Places)
	default:
		text += fmt.Sprintf("再退 %d 名仍不致%s。\n", *f.Places, f.Grade)
	}
	return text
}
