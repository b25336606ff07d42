package schemes

import (
	"github.com/shopspring/decimal"
	"go.yaml.in/yaml/v4"

	"paogai/scoring"
)

// limits is where a grade by score begins and ends, as written: both are stated so that
// holes and overlaps show. nil means without limit.
type limits struct{ from, below *scoring.Points }

func (r *reader) grades(n *yaml.Node) {
	g := &r.scheme.Grades
	var written []limits
	r.mapping(n, "grades", fields{
		"assumed": r.truth(&g.Assumed),
		"by":      oneOf(r, &g.By, scoring.ByScore, scoring.ByShare),
		"bands": r.each("bands", func(n *yaml.Node) {
			band, limit := r.band(n)
			g.Bands = append(g.Bands, band)
			written = append(written, limit)
			r.lines.bands = append(r.lines.bands, n.Line)
		}),
	}, "assumed", "by", "bands")
	switch {
	case len(g.Bands) == 0:
		r.fault(n.Line, "there are no grades")
	case g.By == scoring.ByScore:
		r.checkBounds(written)
	case g.By == scoring.ByShare:
		r.checkShares(n.Line, written)
	}
	r.checkFailing()
}

func (r *reader) band(n *yaml.Node) (scoring.Band, limits) {
	var b scoring.Band
	var limit limits
	r.mapping(n, "a grade", fields{
		"title": r.text(&b.Title), "failing": r.truth(&b.Failing), "share": r.points(&b.Share),
		"from": r.optional(&limit.from), "below": r.optional(&limit.below), "consequence": r.text(&b.Consequence),
	}, "title")
	if limit.from != nil {
		b.Least = *limit.from
	}
	return b, limit
}

// checkBounds wants grades by score, best first, to cover every score exactly once.
func (r *reader) checkBounds(written []limits) {
	last := len(written) - 1
	for i, limit := range written {
		line, title := r.lines.bands[i], r.scheme.Grades.Bands[i].Title
		if !r.scheme.Grades.Bands[i].Share.IsZero() {
			r.fault(line, "grade %s has a share, but grades are given by score", title)
		}
		if i == 0 && limit.below != nil {
			r.fault(line, "no grade holds scores from %s: the first must have no %q", limit.below, "below")
		}
		if i == last && limit.from != nil {
			r.fault(line, "no grade holds scores below %s: the last must have no %q", limit.from, "from")
		}
		if limit.from != nil && limit.below != nil && !limit.from.LessThan(*limit.below) {
			r.fault(line, "grade %s is empty: from %s is not less than below %s", title, limit.from, limit.below)
		}
		if i == last {
			break
		}
		r.checkSeam(i, limit.from, written[i+1].below)
	}
}

// checkSeam wants the i-th grade to begin where the next one ends.
func (r *reader) checkSeam(i int, from, below *scoring.Points) {
	line := r.lines.bands[i+1]
	better, worse := r.scheme.Grades.Bands[i].Title, r.scheme.Grades.Bands[i+1].Title
	switch {
	case from == nil || below == nil:
		r.fault(line, "grades %s and %s have no limit between them", better, worse)
	case below.LessThan(*from):
		r.fault(line, "scores from %s to below %s are in no grade: a hole between %s and %s", below, from, worse, better)
	case below.GreaterThan(*from):
		r.fault(line, "scores from %s to below %s are in two grades: %s and %s overlap", from, below, worse, better)
	}
}

// checkShares wants grades by share to be positive and to sum to 100 percent.
func (r *reader) checkShares(line int, written []limits) {
	total := scoring.Points{}
	for i, band := range r.scheme.Grades.Bands {
		if written[i] != (limits{}) {
			r.fault(r.lines.bands[i], "grade %s has limits of score, but grades are given by share", band.Title)
		}
		if !band.Share.IsPositive() {
			r.fault(r.lines.bands[i], "grade %s needs a share above 0", band.Title)
		}
		total = total.Add(band.Share)
	}
	if !total.Equal(decimal.NewFromInt(100)) {
		r.fault(line, "the shares of the grades sum to %s, not to 100", total)
	}
}

// checkFailing wants no better grade to fail, and titles to differ.
func (r *reader) checkFailing() {
	bands := r.scheme.Grades.Bands
	seen := map[string]bool{}
	for i, band := range bands {
		if band.Failing && i < len(bands)-1 {
			r.fault(r.lines.bands[i], "grade %s fails, but a worse one follows: only the last may", band.Title)
		}
		if seen[band.Title] {
			r.fault(r.lines.bands[i], "two grades are called %s", band.Title)
		}
		seen[band.Title] = true
	}
}
