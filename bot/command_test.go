package bot

import (
	"context"
	"strings"
	"testing"
	"unicode/utf8"
)

func TestCommandsAreFoundWhereverTheyStand(t *testing.T) {
	for in, want := range map[string]typed{
		"/rank":                {Name: "rank"},
		"  /Rank  3 ":          {Name: "rank", Args: "3"},
		"/rank@paogai_bot 3":   {Name: "rank", To: "paogai_bot", Args: "3"},
		"/rank@PaoGai_Bot":     {Name: "rank", To: "paogai_bot"},
		"／rank 3":              {Name: "rank", Args: "3"},
		"看看/rank":              {Name: "rank", Lead: true},
		"你好 /rank 3":           {Name: "rank", Args: "3", Lead: true},
		"👍/rank":               {Name: "rank"},
		"👨‍👩‍👧 /rank":          {Name: "rank"},
		"\u200b/rank\u200b":    {Name: "rank"},
		"\ufeff/start abc-_D1": {Name: "start", Args: "abc-_D1"},
		"！/rank，第三类":           {Name: "rank", Args: "，第三类"},
		"/why\n市教育局":           {Name: "why", Args: "市教育局"},
		"https://a.cn/x /rank": {Name: "rank", Lead: true},
		"\xff/rank":            {Name: "rank"},
	} {
		got, found := parseCommand(in)
		if !found || got != want {
			t.Errorf("%q: %+v, %v, want %+v", in, got, found, want)
		}
	}
}

func TestWhatLooksLikeACommandAndIsNone(t *testing.T) {
	for _, in := range []string{
		"", "/", "／", "//rank", "/ rank", "2018/8/31", "和 1/2", "https://example.org/rank", "a/rank", "见 ./rank",
		"/排名", "/rank/3", "/rank-3", "/rank.txt", "<b>/b</b>", "/rank@@x", "/" + strings.Repeat("a", 33), "/rank@a@b",
	} {
		if c, found := parseCommand(in); found {
			t.Errorf("%q was read as %+v", in, c)
		}
	}
}

func commandTable() *router {
	return newRouter(Routes{Commands: []Command{
		{Names: []string{"rank", "top"}, Words: []string{"排名", "排名榜"}, Handle: say("rank")},
		{Names: []string{"cancel"}, Words: []string{"取消"}, Handle: say("cancel"), Always: true},
	}})
}

func TestWhatIsUnderstood(t *testing.T) {
	group, busy := func(t *Turn) { t.Private = false }, func(t *Turn) { t.Talk.Flow = "submit" }
	for _, c := range []struct {
		in, command, args string // command "-" for nothing, "" for text
		with              func(*Turn)
	}{
		{in: "/top 3", command: "rank", args: "3"},
		{in: "/nonsense", command: "nonsense"},
		{in: "/rank@other_bot", command: "-"},
		{in: "/rank@PAOGAI_bot", command: "rank"},
		{in: "排名", command: "rank"},
		{in: "「排名」！", command: "rank"},
		{in: "🏆 排名 3", command: "", args: ""},
		{in: "排名 3", command: "rank", args: "3"},
		{in: "排名第几", command: ""},
		{in: "看看 /rank", command: "rank"},
		{in: "看看 /nonsense", command: ""},
		{in: "排名", command: "", with: group},
		{in: "@paogai_bot 排名 3", command: "rank", args: "3", with: group},
		{in: "@other_bot 排名", command: "", with: group},
		{in: "排名", command: "", with: busy},
		{in: "取消", command: "cancel", with: busy},
		{in: "/rank", command: "rank", with: busy},
		{in: "材料见 /rank", command: "", with: busy},
	} {
		turn := &Turn{Private: true, Talk: &Conversation{}}
		if c.with != nil {
			c.with(turn)
		}
		meant := commandTable().understand(turn, c.in, "paogai_bot")
		switch {
		case c.command == "-" && !meant:
		case c.command == "" && meant && turn.Kind == KindText && turn.Text == c.in:
		case meant && turn.Kind == KindCommand && turn.Command == c.command && turn.Args == c.args:
		default:
			t.Errorf("%q: meant %v, %s %q %q", c.in, meant, turn.Kind, turn.Command, turn.Args)
		}
	}
}

func TestATableWithATwiceGivenRoutePanics(t *testing.T) {
	h := func(context.Context, *Turn) error { return nil }
	for name, table := range map[string]Routes{
		"command": {Commands: []Command{{Names: []string{"a"}}, {Names: []string{"b", "a"}}}},
		"word":    {Commands: []Command{{Words: []string{"排名"}}, {Words: []string{"「排名」"}}}},
		"tap":     {Taps: []TapRoute{{"a", h}, {"a", h}}},
		"step":    {Steps: []StepRoute{{"f", "s", h}, {"f", "s", h}}},
		"verb":    {Taps: []TapRoute{{"A", h}}},
		"name":    {Commands: []Command{{Names: []string{"排名"}}}},
	} {
		func() {
			defer func() {
				if recover() == nil {
					t.Errorf("%s: no panic", name)
				}
			}()
			newRouter(table)
		}()
	}
}

func FuzzParseCommand(f *testing.F) {
	for _, seed := range []string{"/rank@paogai_bot 3", "看看／rank", "👍/a", "\xff/rank", "https://x/y /z", "/a\u200b"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, in string) {
		c, found := parseCommand(in)
		if found && (!commandName(c.Name) || c.Name != strings.ToLower(c.Name) || len(c.Args) > len(in)) {
			t.Errorf("%q was read as %+v", in, c)
		}
		if utf8.ValidString(in) && !utf8.ValidString(c.Args) {
			t.Errorf("the arguments of %q are %q", in, c.Args)
		}
		commandTable().understand(&Turn{Talk: &Conversation{}}, in, "paogai_bot")
	})
}
