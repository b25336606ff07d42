package main

import (
	"context"
	"fmt"
	"strings"
	"time"

	"paogai/scoring"
)

// whyCmd explains one unit's score.
type whyCmd struct{ unitView }

// Run prints every line of the score with article, quote, event and person.
func (c *whyCmd) Run(ctx context.Context, w world) error {
	when := c.span(w)
	facts, unit, err := c.read(ctx, when)
	if err != nil {
		return err
	}
	why, err := scoring.Why(facts, unit, when.at)
	if err != nil {
		return inputError{err}
	}
	if c.JSON {
		return printJSON(w, why)
	}
	if _, err := fmt.Fprint(w.out, explain(why, when, facts.Scheme.Zone)); err != nil {
		return fmt.Errorf("print the explanation: %w", err)
	}
	return nil
}

func explain(why scoring.Explanation, when span, zone *time.Location) string {
	var b strings.Builder
	s := why.Standing
	class := ""
	if s.Class != "" {
		class = "第 " + s.Class + " 类"
	}
	fmt.Fprintf(&b, "%s　%s\n得分 %s　%s第 %d 名　可得 %s　已得 %s　逾期 %d 项\n\n",
		why.Unit, when.words(zone), scoring.Show(s.Score), class, s.Rank, scoring.Show(s.Hold), scoring.Show(s.Earned), s.Late)
	for _, l := range why.Lines {
		fmt.Fprintf(&b, "%8s  %s\n", signed(l.Amount), l.Text)
		if l.Uncounted != "" {
			fmt.Fprintf(&b, "          不计：%s\n", l.Uncounted)
		}
		fmt.Fprintf(&b, "          %s「%s」\n", l.Rule.Article, l.Rule.Quote)
		if l.Mark.Seq > 0 {
			fmt.Fprintf(&b, "          第 %d 条记录，%s，%s\n", l.Mark.Seq, l.Mark.At.In(zone).Format("2006-01-02 15:04:05"), l.Mark.By)
		}
	}
	fmt.Fprintf(&b, "%8s  合计\n", scoring.Show(s.Score))
	return b.String()
}

// signed shows an amount with its sign.
func signed(p scoring.Points) string {
	if p.IsNegative() {
		return scoring.Show(p)
	}
	return "+" + scoring.Show(p)
}
