package scoring

import (
	"strings"
	"time"
	"unicode/utf8"

	"github.com/shopspring/decimal"
)

// index is what lookups in a scheme rest on.
type index struct {
	tasks, units, rules, classes map[string]int

	numbered [1000]int32 // of tasks whose id is a short number: the place in Tasks and 1

	offsets []int                 // of each task's first milestone in the list of all
	nodes   int                   // how many milestones there are
	ends    []time.Time           // of each milestone: when its due day is over
	split   []Points              // of each task while no plan is approved
	kinds   map[RuleKind][]string // rule ids
	closes  time.Time             // when the closing day is over

	items     map[string]*Item
	itemCount int
	measured  bool // there are indicators
}

// Index makes the scheme's lookups work. The loader calls it; so must whoever makes a
// scheme by hand, once, before sharing it.
func (s *Scheme) Index() {
	if s.Zone == nil {
		s.Zone = time.UTC
	}
	x := index{
		tasks: map[string]int{}, units: map[string]int{}, rules: map[string]int{},
		classes: map[string]int{}, kinds: map[RuleKind][]string{},
		closes: s.Closes.End(s.Zone),
	}
	for i := range s.Classes {
		x.classes[s.Classes[i].ID] = i
	}
	for i := range s.Rules {
		x.rules[s.Rules[i].ID] = i
		x.kinds[s.Rules[i].Kind] = append(x.kinds[s.Rules[i].Kind], s.Rules[i].ID)
	}
	for i := range s.Tasks {
		x.tasks[s.Tasks[i].ID] = i
		if n, ok := shortNumber(s.Tasks[i].ID); ok {
			x.numbered[n] = int32(i + 1)
		}
		x.offsets = append(x.offsets, x.nodes)
		x.nodes += len(s.Tasks[i].Milestones)
		for _, m := range s.Tasks[i].Milestones {
			x.ends = append(x.ends, m.Due.End(s.Zone))
		}
	}
	x.units = unitNames(s.Units, s.Place)
	s.indexItems(&x)
	s.index = x
	s.index.split = equalSplit(s.PlanTotal(), len(s.Tasks))
}

// task is where a task stands among the scheme's. Most methods number their tasks, and a
// board asks this of every submission.
func (x *index) task(id string) (i int, known bool) {
	if n, ok := shortNumber(id); ok {
		return int(x.numbered[n]) - 1, x.numbered[n] > 0
	}
	i, known = x.tasks[id]
	return i, known
}

// shortNumber reads a number of one to three digits without leading zeros.
func shortNumber(id string) (n int, ok bool) {
	if len(id) == 0 || len(id) > 3 || id[0] == '0' {
		return 0, false
	}
	for i := range len(id) {
		if id[i] < '0' || id[i] > '9' {
			return 0, false
		}
		n = 10*n + int(id[i]-'0')
	}
	return n, true
}

// equalSplit divides total into n parts at 0.01, the remainder going 0.01 each to the
// first parts.
func equalSplit(total Points, n int) []Points {
	parts := make([]Points, n)
	if n == 0 {
		return parts
	}
	cents := total.Shift(2).IntPart()
	each, rest := cents/int64(n), cents%int64(n)
	for i := range parts {
		parts[i] = decimal.New(each, -2)
		if int64(i) < rest {
			parts[i] = decimal.New(each+1, -2)
		}
	}
	return parts
}

// unitNames maps names, aliases and short forms to units. Full names and aliases win
// over short forms, and a short form that fits two units fits none.
func unitNames(units []Unit, place string) map[string]int {
	names := map[string]int{}
	for i, u := range units {
		names[u.Name] = i
		for _, alias := range u.Aliases {
			names[alias] = i
		}
	}
	short := map[string]int{}
	for i, u := range units {
		for _, name := range append([]string{u.Name}, u.Aliases...) {
			for _, form := range shortForms(name, place) {
				if other, taken := short[form]; taken && other != i {
					short[form] = -1
					continue
				}
				short[form] = i
			}
		}
	}
	for form, i := range short {
		if _, taken := names[form]; !taken && i >= 0 {
			names[form] = i
		}
	}
	return names
}

// shortForms is what people call a unit beside its name: 教育局 and 吉林市教育局 for
// 市教育局, 组织部 for 市委组织部, 永吉 for 永吉县, 中国移动 for 中国移动吉林市分公司.
func shortForms(name, place string) []string {
	var forms []string
	if bare, ok := strings.CutPrefix(name, "市"); ok {
		forms = append(forms, bare)
		if place != "" {
			forms = append(forms, strings.TrimSuffix(place, "市")+name, place+bare)
		}
		for _, prefix := range []string{"委", "直", "政府"} {
			if core, ok := strings.CutPrefix(bare, prefix); ok {
				forms = append(forms, core)
			}
		}
	} else {
		for _, suffix := range []string{place + "分公司", "县", "市", "区"} {
			if core, ok := strings.CutSuffix(name, suffix); ok {
				forms = append(forms, core)
			}
		}
	}
	long := forms[:0]
	for _, form := range forms {
		if utf8.RuneCountInString(form) > 1 {
			long = append(long, form)
		}
	}
	return long
}

// at looks id up in an index of list.
func at[T any](list []T, index map[string]int, id string) (*T, bool) {
	i, ok := index[id]
	if !ok {
		return nil, false
	}
	return &list[i], true
}

// Task is the task with this id.
func (s *Scheme) Task(id string) (*Task, bool) { return at(s.Tasks, s.index.tasks, id) }

// Rule is the rule with this id.
func (s *Scheme) Rule(id string) (*Rule, bool) { return at(s.Rules, s.index.rules, id) }

// Class is the class with this id.
func (s *Scheme) Class(id string) (*Class, bool) { return at(s.Classes, s.index.classes, id) }

// Unit is the unit with this name, alias or short form. Blanks around it do not matter.
func (s *Scheme) Unit(name string) (*Unit, bool) {
	return at(s.Units, s.index.units, strings.TrimSpace(name))
}

// RuleOf is the first rule of a kind, nil if there is none.
func (s *Scheme) RuleOf(kind RuleKind) *Rule {
	ids := s.index.kinds[kind]
	if len(ids) == 0 {
		return nil
	}
	r, _ := s.Rule(ids[0])
	return r
}

// Milestone is the milestone that n names, with its task.
func (s *Scheme) Milestone(n Node) (*Task, *Milestone, bool) {
	t, ok := s.Task(n.Task)
	if !ok || n.Milestone < 1 || n.Milestone > len(t.Milestones) {
		return nil, nil, false
	}
	return t, &t.Milestones[n.Milestone-1], true
}
