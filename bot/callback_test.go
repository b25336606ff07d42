package bot

import (
	"errors"
	"math"
	"reflect"
	"strconv"
	"strings"
	"testing"
)

func itoa(n int64) string { return strconv.FormatInt(n, 10) }

func TestActionsComeBackAsTheyWere(t *testing.T) {
	for _, a := range []Action{
		Do("rank"), Do("rank", "3"), Do("file.pick", "70", "1"), Do("unit", "市教育局"), Do("x", "", ""), Do("x", ""),
		{Verb: "confirm", Revision: 1},
		{Verb: "confirm", Revision: math.MaxInt64, Args: []string{"S17", "a b"}},
		Do("x", strings.Repeat("九", 20)+"a"), // 64 bytes
	} {
		data, err := a.Encode()
		ok(t, err)
		if len(data) > MaxAction {
			t.Errorf("%q has %d bytes", data, len(data))
		}
		back, err := DecodeAction(data)
		ok(t, err)
		if !reflect.DeepEqual(a, back) {
			t.Errorf("%+v came back as %+v", a, back)
		}
	}
}

func TestActionsThatNoButtonCanCarry(t *testing.T) {
	for _, a := range []Action{
		{},
		Do("Rank"), Do("a~b"), Do("rank", "a~b"), Do("rank", "a\nb"), Do("rank", "\xff"), Do("rank", "\u200b"),
		{Verb: "rank", Revision: -1},
		Do(strings.Repeat("a", 21)), Do("x", strings.Repeat("九", 20)+"ab"), // 65 bytes
	} {
		if data, err := a.Encode(); !errors.Is(err, ErrAction) {
			t.Errorf("%+v became %q, %v", a, data, err)
		}
	}
}

func TestForeignDataIsRefused(t *testing.T) {
	for _, data := range []string{
		"", "~", "Rank", "rank~", "rank~0", "rank~01", "rank~A", "rank~-1", "rank~+1", "rank~zzzzzzzzzzzzzzz",
		"rank~~\n", `{"a":1}`, "rank 3", "rank~~a~" + strings.Repeat("b", 60),
	} {
		if a, err := DecodeAction(data); !errors.Is(err, ErrAction) {
			t.Errorf("%q was read as %+v, %v", data, a, err)
		}
	}
}

func TestArguments(t *testing.T) {
	a := Do("x", "7", "七")
	if n, ok := a.Int(0); n != 7 || !ok {
		t.Errorf("argument 0 is %d, %v", n, ok)
	}
	if _, ok := a.Int(1); ok {
		t.Error("七 is a number")
	}
	if a.Arg(2) != "" || a.Arg(-1) != "" {
		t.Error("there are more arguments than given")
	}
}

func FuzzDecodeAction(f *testing.F) {
	for _, seed := range []string{"rank", "rank~1z~3", "x~~市教育局", "~~~", "a~0"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, data string) {
		a, err := DecodeAction(data)
		if err != nil {
			return
		}
		again, err := a.Encode()
		if err != nil || again != data {
			t.Errorf("%q was read and written as %q, %v", data, again, err)
		}
	})
}
