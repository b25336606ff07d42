package scoring

// Ladder says when people are reminded of a due date (提醒阶梯). The document is silent:
// all of it is a parameter of ours.
type Ladder struct {
	Stages  []Stage // farthest from the due date first
	Overdue Overdue
	Assumed bool
}

// Stage is one reminder before a due date, at Hour:Minute of the day that is Workdays
// working days before it; 0 is the due day itself, or the last working day before it.
type Stage struct {
	ID             string
	Workdays       int
	Hour, Minute   int
	Tone, Audience string
}

// Overdue says how a late milestone is followed up: first on the After-th working day
// after the due date, then every Every working days (0: never again) for a week, then each
// Monday or the next working day, until it is done.
type Overdue struct {
	After, Every   int
	Hour, Minute   int
	Tone, Audience string
}

// GradeBy tells what grades (等次) are given by.
type GradeBy string

// What grades may be given by.
const (
	ByScore GradeBy = "score" // the exact score against thresholds
	ByShare GradeBy = "share" // the place in the class, as a share of its units
)

// Grading is how grades are given (第八条 names them and sets no thresholds).
type Grading struct {
	By      GradeBy
	Bands   []Band // best first
	Assumed bool
}

// Band is one grade. By score, it takes scores of at least Least; by share, it takes
// ranks up to the sum of its own and the better bands' Share (percent) of the class. The
// last band takes the rest. Failing marks the grade that has consequences (不达标).
type Band struct {
	Title       string
	Least       Points
	Share       Points
	Failing     bool
	Consequence string // of the failing grade, where the class does not say its own
}
