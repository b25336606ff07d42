package scoring

// RuleKind tells what a rule is for.
type RuleKind string

// The kinds of rule. A scheme has at most one base rule and one late rule; those of tasks
// have both. Floors, ceilings and gates apply to the score as a whole, gates last.
const (
	BaseRule       RuleKind = "base"       // the points that a unit starts from
	LateRule       RuleKind = "late"       // what a task with a late milestone costs
	GradeRule      RuleKind = "grade"      // how grades are given
	FactorRule     RuleKind = "factor"     // how results count elsewhere
	AdjustmentRule RuleKind = "adjustment" // what a clerk may add or take off
	FloorRule      RuleKind = "floor"      // the least that a score can be (保底)
	CeilingRule    RuleKind = "ceiling"    // the most that a score can be (封顶)
	GateRule       RuleKind = "gate"       // a condition that holds a score or a grade down (门槛)
	// RenormaliseRule says that what is missing is left out and the rest scaled up (缺项折算).
	RenormaliseRule RuleKind = "renormalise"
	ItemRule        RuleKind = "item" // what an item says; such a rule stands in its item only
)

// Rule is one rule of the document, with its article and exact words.
type Rule struct {
	ID, Title      string
	Article, Quote string
	Kind           RuleKind
	Points         Points  // signed amount per count, or the limit of a floor or ceiling; zero where Open
	Open           bool    // the amount is left to the office: the event gives it
	Takes          bool    // an open amount is taken off
	Cap            *Points // the most that all adjustments by this rule give or take, nil for no limit
	Item           string  // the item that a deduction is taken from, "" for the score as a whole
	Of             string  // the rule that this one is a share of: one cap and one list of matters for both
	Share          Points  // of the other rule's amount, as 0.5
	Reopens        bool    // an adjustment may name acceptances that no longer count
	Gate           *Gate   // of a gate
	TwoPeople      bool    // a parameter of ours: a second person must confirm
	Assumed        string  // what in the reading of this rule is ours, if anything
}

// Gate holds a score or a grade down while an adjustment by Rule stands, or while Item is
// worth less than Below. Most is the most that the score can then be, nil for no limit;
// Grade the best grade, "" for no limit.
type Gate struct {
	Rule, Item string
	Below      Points
	Most       *Points
	Grade      string
}
