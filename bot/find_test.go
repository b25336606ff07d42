package bot

import (
	"slices"
	"testing"

	"paogai/scoring"
	"paogai/scoring/schemes"
)

func jilin(t testing.TB) *scoring.Facts {
	t.Helper()
	s, err := schemes.Load("jilin-2018")
	if err != nil {
		t.Fatal(err)
	}
	return scoring.NewFacts(s, scoring.Date{Year: 2018, Month: 8, Day: 20}, nil)
}

func TestUnitsAreFoundAsPeopleNameThem(t *testing.T) {
	f := jilin(t)
	for query, want := range map[string][]string{
		"市教育局":   {"市教育局"},
		" 教育局 ":  {"市教育局"},
		"教育":     {"市教育局"},
		"SJYJ":   {"市教育局"},
		"jyj":    {"市教育局"},
		"jiaoyu": {"市教育局"},
		"政网办":    {"市政务公开办（政网办）"},
		"市政务公开办": {"市政务公开办（政网办）"},
		"永吉":     {"永吉县"},
		"yjx":    {"永吉县"},
		"供电公司":   {"供电公司"},
		"热力":     {"国电江南热力", "热力集团"},
		"石化":     {"吉林石化"},
		"公积金":    {"市住房公积金管理中心"},
		"公积中心":   {"市住房公积金管理中心"}, // characters in their order
		"发改":     {"市发改委"},
		"ｆｇｗ":    {"市发改委"},
		"月球":     nil,
		"":       nil,
		"局":      nil, // many: looked at below
	} {
		if query == "局" {
			if got := findUnits(f, query); len(got) < 10 {
				t.Errorf("局 finds %d units", len(got))
			}
			continue
		}
		if got := findUnits(f, query); !slices.Equal(got, want) {
			t.Errorf("%q finds %q, want %q", query, got, want)
		}
	}
}

func TestNodesAreFoundByNumberWordsAndPinyin(t *testing.T) {
	f := jilin(t)
	nodes := f.NodesAt(f.Unit("市教育局"), f.Opens.Start(f.Scheme.Zone))
	for query, want := range map[string][]string{
		"70": {"70"}, "第70项": {"70"}, "任务 70": {"70"}, "#70": {"70"}, "７０": {"70"}, "070": {"70"},
		"34": {"34", "34"}, "34-2": {"34"}, "15.1": {"15"}, "99": nil, "0": nil,
		"简化企业开办": {"70"}, "jhqykb": {"70"}, "企业开办 注销": {"70"}, "kuajing": {"76"}, "跨境 便利": {"76"},
		"惠民通": {"28"}, "一件事": {"49"}, "多图并审": {"57"},
		"最优服务": {"34"}, // the label of a node
		"火星":   nil, "": nil, "qqqqqq": nil,
	} {
		var got []string
		for _, n := range findNodes(nodes, query) {
			got = append(got, n.Node.Task)
		}
		if !slices.Equal(got, want) {
			t.Errorf("%q finds %q, want %q", query, got, want)
		}
	}
}

func TestACharacterIsFoundByEachOfItsReadings(t *testing.T) {
	for _, query := range []string{"yh", "yx", "hang", "xing"} {
		if matchName("银行", query) == matchNone {
			t.Errorf("银行 is not found by %q", query)
		}
	}
}

func FuzzFind(f *testing.F) {
	for _, s := range []string{"70", "jyj", "教育局", "\u202e", "第第第", "34-", "\xff", "９９９９９"} {
		f.Add(s)
	}
	facts := jilin(f)
	nodes := facts.NodesAt(facts.Units[0], facts.Opens.Start(facts.Scheme.Zone))
	f.Fuzz(func(t *testing.T, query string) {
		if len(query) > 200 {
			return
		}
		findUnits(facts, query)
		findNodes(nodes, query)
	})
}
