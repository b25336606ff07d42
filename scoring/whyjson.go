package scoring

import (
	"encoding/json"
	"fmt"
	"time"
)

// LineView is a [Line] in JSON. Seq, At and By name the entry behind it; of a date that
// passed there is only At.
type LineView struct {
	Amount    Points `json:"amount"`
	Rule      string `json:"rule"`
	Title     string `json:"title"`
	Article   string `json:"article"`
	Quote     string `json:"quote"`
	Text      string `json:"text"`
	Uncounted string `json:"uncounted,omitempty"`
	Task      string `json:"task,omitempty"`
	Milestone int    `json:"milestone,omitempty"`
	Item      string `json:"item,omitempty"`
	Ref       string `json:"ref,omitempty"`
	Seq       uint64 `json:"seq,omitempty"`
	At        string `json:"at,omitempty"`
	By        string `json:"by,omitempty"`
}

// ExplanationView is an [Explanation] in JSON: the standing as the board has it, and the
// lines, whose amounts sum to the score.
type ExplanationView struct {
	Standing
	At          string `json:"at"`
	Provisional bool   `json:"provisional"`
	Pending     int    `json:"pending"`
	Consequence string `json:"consequence,omitempty"`
	Lines       []Line `json:"lines"`
}

// MarshalJSON writes the view of the explanation.
func (e Explanation) MarshalJSON() ([]byte, error) {
	view := ExplanationView{
		Standing: e.Standing, At: e.At.Format(time.RFC3339), Provisional: e.Standing.Provisional,
		Pending: e.Standing.Pending, Consequence: e.Standing.Consequence, Lines: e.Lines,
	}
	if view.Lines == nil {
		view.Lines = []Line{}
	}
	return encoded(view)
}

// MarshalJSON writes the view of the line.
func (l Line) MarshalJSON() ([]byte, error) {
	view := LineView{
		Amount: l.Amount, Text: l.Text, Uncounted: l.Uncounted, Task: l.Task, Milestone: l.Milestone,
		Item: l.Item, Ref: l.Ref, Seq: l.Mark.Seq, By: l.Mark.By,
	}
	if l.Rule != nil {
		view.Rule, view.Title, view.Article, view.Quote = l.Rule.ID, l.Rule.Title, l.Rule.Article, l.Rule.Quote
	}
	if !l.Mark.At.IsZero() {
		view.At = l.Mark.At.Format(time.RFC3339)
	}
	return encoded(view)
}

func encoded(view any) ([]byte, error) {
	data, err := json.Marshal(view)
	if err != nil {
		return nil, fmt.Errorf("write the explanation: %w", err)
	}
	return data, nil
}
