package scoring

import "time"

// Scheme is one assessment method (考核办法) as data. It is read by package schemes, does
// not change afterwards, and may be shared. One made by hand needs [Scheme.Index].
type Scheme struct {
	ID, Title      string
	Number, Issuer string         // 文号 and 发文机关
	Place          string         // the city whose units these are, as 吉林市
	Zone           *time.Location // in which every date of the scheme is meant
	InForce        Date           // the day it came into force
	Closes         Date           // the last day of the campaign
	Total          Points         // the full marks that base, tasks and items sum to: 100
	Classes        []Class
	Units          []Unit // may be empty: then they are given when a campaign opens
	Tasks          []Task
	Items          []Item
	Rules          []Rule
	Grades         Grading
	Ladder         Ladder
	Parameters     []Parameter
	Notes          []Note
	Deadlines      []Deadline

	index index
}

// Class is a group of units that are ranked among each other (类别).
type Class struct {
	ID, Title   string
	Factor      string // weight in the annual appraisal as the document has it, "" for none
	Consequence string // what follows from the failing grade, in the document's words
}

// Unit is one assessed body (考核对象). Aliases are other names that the document itself
// implies; short forms such as 教育局 for 市教育局 are derived by [Scheme.Unit].
type Unit struct {
	Name, Class string
	Aliases     []string
	Note        string
}

// Task is one row of the document's table (改革任务). ID is its number, Area and Topic its
// 一级指标 and 二级指标, Text its 三级指标 in full. Doubtful says what in the reading of a
// damaged row is ours, if anything.
type Task struct {
	ID, Area, Topic, Text string
	Milestones            []Milestone
	Doubtful              string
}

// MilestoneKind tells how binding a milestone is.
type MilestoneKind string

// The kinds of milestone.
const (
	Fixed MilestoneKind = "fixed" // a due date that makes late
	Soft  MilestoneKind = "soft"  // 力争: a date that never makes late
	Open  MilestoneKind = "open"  // no date in the document; the office may give one
)

// Milestone is one dated node of a task (时限节点). Due is zero if the document has none.
// Quote is the document's own wording of the time limit.
type Milestone struct {
	Due   Date
	Kind  MilestoneKind
	Label string
	Quote string
}

// Parameter is a value that the document leaves open, with our reason for choosing it.
type Parameter struct {
	ID, Title, Value, Reason string
	Assumed                  bool
}

// Deadline is a day by which others than the units have to act, or the units have to hand
// in material. No score depends on it.
type Deadline struct {
	ID, Title, Who string
	Due            Date
	Article, Quote string
}

// Note is a doubtful reading of the document.
type Note struct{ Place, Text string }
