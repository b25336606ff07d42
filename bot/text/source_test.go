package text_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"paogai/bot/text"
)

// use is one call of text.T or text.Plain in the source of package bot.
type use struct {
	at     token.Position
	plain  bool
	key    string   // literal key, or the literal beginning of one made of a code
	made   bool     // the key goes on with something that is no literal
	places []string // the names of the literal values
	open   bool     // there are values that are not written out here
}

// uses finds every look-up of a text in the programs' sources.
func uses(t *testing.T) []use {
	t.Helper()
	set := token.NewFileSet()
	var all []use
	names, err := filepath.Glob("../*.go")
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range names {
		if strings.HasSuffix(name, "_test.go") {
			continue
		}
		file, err := parser.ParseFile(set, name, nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		ast.Inspect(file, func(n ast.Node) bool {
			if call, ok := n.(*ast.CallExpr); ok {
				if u, ok := useOf(t, set, call); ok {
					all = append(all, u)
				}
			}
			return true
		})
	}
	return all
}

func useOf(t *testing.T, set *token.FileSet, call *ast.CallExpr) (use, bool) {
	t.Helper()
	sel, ok := call.Fun.(*ast.SelectorExpr)
	if !ok {
		return use{}, false
	}
	pkg, ok := sel.X.(*ast.Ident)
	if !ok || pkg.Name != "text" || !slices.Contains([]string{"T", "Plain", "Has"}, sel.Sel.Name) {
		return use{}, false
	}
	u := use{at: set.Position(call.Pos()), plain: sel.Sel.Name == "Plain"}
	u.key, u.made = keyOf(call.Args[0])
	if u.key == "" {
		t.Errorf("%v: the key of a text must begin with a literal", u.at)
		return use{}, false
	}
	u.open = sel.Sel.Name == "Has"
	for _, arg := range call.Args[1:] {
		lit, ok := arg.(*ast.CompositeLit)
		if !ok {
			u.open = true
			continue
		}
		for _, e := range lit.Elts {
			key, _ := keyOf(e.(*ast.KeyValueExpr).Key)
			u.places = append(u.places, key)
		}
	}
	return u, true
}

func keyOf(e ast.Expr) (key string, made bool) {
	switch e := e.(type) {
	case *ast.BasicLit:
		key, _ = strconv.Unquote(e.Value)
		return key, false
	case *ast.BinaryExpr:
		key, _ = keyOf(e.X)
		return key, true
	}
	return "", false
}

func TestEveryTextIsUsedAndEveryUseHasItsText(t *testing.T) {
	used := map[string]bool{}
	for _, u := range uses(t) {
		any := false
		for _, key := range text.Keys() {
			if key == u.key && !u.made || u.made && strings.HasPrefix(key, u.key) {
				used[key], any = true, true
			}
		}
		if !any {
			t.Errorf("%v: no text %q", u.at, u.key)
		}
	}
	for _, key := range text.Keys() {
		if !used[key] {
			t.Errorf("text %q is used nowhere", key)
		}
	}
}

func TestValuesFitTheirText(t *testing.T) {
	for _, u := range uses(t) {
		if u.made || !text.Has(u.key) {
			continue
		}
		want := text.Places(u.key)
		for _, p := range u.places {
			if !slices.Contains(want, p) {
				t.Errorf("%v: text %q has no place %q", u.at, u.key, p)
			}
		}
		for _, p := range want {
			if !u.open && !slices.Contains(u.places, p) {
				t.Errorf("%v: text %q gets no value for %q", u.at, u.key, p)
			}
		}
	}
}

func TestPlainTextsHaveNoMarkup(t *testing.T) {
	for _, u := range uses(t) {
		if !u.plain {
			continue
		}
		for _, key := range text.Keys() {
			if key == u.key && !u.made || u.made && strings.HasPrefix(key, u.key) {
				if raw := string(text.T(key)); strings.ContainsAny(raw, "<>&") {
					t.Errorf("%v: text %q has markup but is used as plain text", u.at, key)
				}
			}
		}
	}
}

func TestNoChineseOutsideTheCatalogue(t *testing.T) {
	set := token.NewFileSet()
	err := filepath.WalkDir("..", func(name string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() && name != ".." {
			return filepath.SkipDir
		}
		if !strings.HasSuffix(name, ".go") || strings.HasSuffix(name, "_test.go") || allowed[filepath.Base(name)] {
			return nil
		}
		file, err := parser.ParseFile(set, name, nil, 0)
		if err != nil {
			return err
		}
		ast.Inspect(file, func(n ast.Node) bool {
			if lit, ok := n.(*ast.BasicLit); ok && lit.Kind == token.STRING && chinese(lit.Value) {
				t.Errorf("%v: a sentence outside the catalogue: %s", set.Position(lit.Pos()), lit.Value)
			}
			return true
		})
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

// allowed are the files whose Chinese is what people say to the bot, or the
// names of files, and not what it says to them.
var allowed = map[string]bool{"find.go": true, "routes.go": true, "evidence.go": true}

func chinese(s string) bool {
	return strings.ContainsFunc(s, func(r rune) bool { return r >= 0x4E00 && r <= 0x9FFF })
}
