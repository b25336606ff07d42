package main

import (
	"fmt"

	"paogai/scoring/schemes"
)

// schemeCmd is about assessment methods as data.
type schemeCmd struct {
	List  schemeListCmd  `cmd:"" help:"List the built-in schemes."`
	Show  schemeShowCmd  `cmd:"" help:"Print a scheme: units, tasks, milestones and rules."`
	Check schemeCheckCmd `cmd:"" help:"Report every fault of a scheme at once, with line and sentence."`
	Diff  schemeDiffCmd  `cmd:"" help:"What differs between two schemes, a line each, and who of a campaign would stand elsewhere."`
	Adopt schemeAdoptCmd `cmd:"" help:"Go on by another scheme, in two steps: without --apply it shows who would move and changes nothing."`
}

type schemeListCmd struct{}

// Run prints one line a scheme.
func (c *schemeListCmd) Run(w world) error {
	for _, id := range schemes.IDs() {
		s, err := loadScheme(id)
		if err != nil {
			return err
		}
		if _, err := fmt.Fprintf(w.out, "%s\t%s（%s）\n", s.ID, s.Title, s.Number); err != nil {
			return fmt.Errorf("print the list: %w", err)
		}
	}
	return nil
}

type schemeShowCmd struct {
	ID   string `arg:"" help:"A built-in scheme, or a YAML file."`
	JSON bool   `name:"json" help:"Print JSON."`
}

// Run prints the scheme as tables, or as JSON.
func (c *schemeShowCmd) Run(w world) error {
	s, err := loadScheme(c.ID)
	if err != nil {
		return err
	}
	if c.JSON {
		return printJSON(w, s.View())
	}
	units := table{header: []string{"类别", "考核对象"}}
	for _, u := range s.Units {
		units.add(u.Class, u.Name)
	}
	tasks := table{header: []string{"序号", "时限", "任务"}, right: []int{0}}
	for _, t := range s.Tasks {
		for _, m := range t.Milestones {
			due := "未定"
			if !m.Due.IsZero() {
				due = m.Due.String()
			}
			tasks.add(t.ID, due, clip(t.Text, 36))
		}
	}
	rules := table{header: []string{"规则", "条款", "原文"}}
	for _, r := range s.Rules {
		rules.add(r.ID, r.Article, r.Quote)
	}
	_, err = fmt.Fprintf(w.out, "%s（%s）\n%s — %s\n\n%s\n%s\n%s", s.Title, s.Number, s.InForce, s.Closes, &units, &tasks, &rules)
	if err != nil {
		return fmt.Errorf("print the scheme: %w", err)
	}
	return nil
}

// clip shortens text to n characters.
func clip(text string, n int) string {
	runes := []rune(text)
	if len(runes) <= n {
		return text
	}
	return string(runes[:n-1]) + "…"
}

type schemeCheckCmd struct {
	ID string `arg:"" help:"A built-in scheme, or a YAML file."`
}

// Run prints every finding; a fault makes the exit code 2.
func (c *schemeCheckCmd) Run(w world) error {
	data, err := sourceOf(c.ID)
	if err != nil {
		return err
	}
	faults := 0
	for _, f := range schemes.Check(data) {
		if _, err := fmt.Fprintf(w.out, "%s: %s\n", c.ID, f); err != nil {
			return fmt.Errorf("print the findings: %w", err)
		}
		if f.Severity == schemes.Fault {
			faults++
		}
	}
	if faults > 0 {
		return badInput("%s cannot be used: %d faults, listed above", c.ID, faults)
	}
	s, err := schemes.Parse(data, c.ID)
	if err != nil {
		return inputError{err}
	}
	milestones := 0
	for _, t := range s.Tasks {
		milestones += len(t.Milestones)
	}
	fmt.Fprintf(w.out, "%s can be used: %d classes, %d units, %d tasks, %d milestones, %d rules\n",
		s.ID, len(s.Classes), len(s.Units), len(s.Tasks), milestones, len(s.Rules))
	return nil
}
