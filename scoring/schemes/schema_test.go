package schemes_test

import (
	"encoding/json"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"go.yaml.in/yaml/v4"

	"paogai/scoring/schemes"
)

// schema is as much of JSON Schema as scheme.schema.json uses.
type schema struct {
	Comment    string             `json:"$comment"`
	Ref        string             `json:"$ref"`
	Defs       map[string]*schema `json:"$defs"`
	Type       any                `json:"type"`
	Pattern    string             `json:"pattern"`
	Enum       []string           `json:"enum"`
	Properties map[string]*schema `json:"properties"`
	Required   []string           `json:"required"`
	Items      *schema            `json:"items"`
	More       *bool              `json:"additionalProperties"`
	What       string             `json:"description"`
}

func editorSchema(t *testing.T) *schema {
	t.Helper()
	data, err := os.ReadFile("scheme.schema.json")
	if err != nil {
		t.Fatal(err)
	}
	var s schema
	if err := json.Unmarshal(data, &s); err != nil {
		t.Fatal(err)
	}
	return &s
}

// faults is where a YAML value does not fit the schema.
func (s *schema) faults(root *schema, n *yaml.Node, path string) []string {
	if s.Ref != "" {
		s = root.Defs[strings.TrimPrefix(s.Ref, "#/$defs/")]
	}
	var list []string
	switch {
	case s.Type == "object" && n.Kind == yaml.MappingNode:
		seen := map[string]bool{}
		for i := 0; i < len(n.Content); i += 2 {
			key := n.Content[i].Value
			seen[key] = true
			sub, ok := s.Properties[key]
			if !ok {
				list = append(list, path+": no key "+key)
				continue
			}
			list = append(list, sub.faults(root, n.Content[i+1], path+"."+key)...)
		}
		for _, key := range s.Required {
			if !seen[key] {
				list = append(list, path+": lacks "+key)
			}
		}
	case s.Type == "array" && n.Kind == yaml.SequenceNode:
		for i, item := range n.Content {
			list = append(list, s.Items.faults(root, item, fmt.Sprintf("%s[%d]", path, i))...)
		}
	case s.Type == "object" || s.Type == "array" || n.Kind != yaml.ScalarNode:
		list = append(list, path+": wrong shape")
	case s.Enum != nil && !slices.Contains(s.Enum, n.Value):
		list = append(list, path+": none of the words: "+n.Value)
	case s.Pattern != "" && !regexp.MustCompile(s.Pattern).MatchString(n.Value):
		list = append(list, path+": does not fit: "+n.Value)
	}
	return list
}

// everyScheme is the built-in schemes, the test schemes and the example of the page.
func everyScheme(t *testing.T) map[string][]byte {
	t.Helper()
	all := map[string][]byte{"README.md": example(t), "small": []byte(small)}
	for _, id := range schemes.IDs() {
		data, err := schemes.Source(id)
		if err != nil {
			t.Fatal(err)
		}
		all[id] = data
	}
	files, err := filepath.Glob("testdata/*.yaml")
	if err != nil || len(files) != 2 {
		t.Fatalf("%v, %v", files, err)
	}
	for _, name := range files {
		data, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		all[name] = data
	}
	return all
}

func TestEverySchemeFitsTheEditorsSchema(t *testing.T) {
	s := editorSchema(t)
	for name, data := range everyScheme(t) {
		var doc yaml.Node
		if err := yaml.Unmarshal(data, &doc); err != nil {
			t.Fatal(err)
		}
		for _, fault := range s.faults(s, doc.Content[0], name) {
			t.Error(fault)
		}
	}
}

// The keys that the loader reads are those that the editors' schema offers, object by
// object, and so are the required ones: the loader's source says which they are.
func TestTheEditorsSchemaHasTheKeysOfTheLoader(t *testing.T) {
	s := editorSchema(t)
	objects := map[string]*schema{s.Comment: s}
	for name, def := range s.Defs {
		if def.Comment != "" {
			objects[def.Comment] = def
		}
		if def.What == "" || def.Type == "object" && (def.More == nil || *def.More) {
			t.Errorf("%s says nothing, or takes any key", name)
		}
	}
	read := loaderKeys(t)
	if len(read) != len(objects) {
		t.Errorf("%d kinds of object in the loader, %d in the schema", len(read), len(objects))
	}
	for what, want := range read {
		def := objects[what]
		if def == nil {
			t.Errorf("the schema has nothing for %s", what)
			continue
		}
		var keys []string
		for key, sub := range def.Properties {
			keys = append(keys, key)
			if sub.What == "" {
				t.Errorf("%s.%s says nothing", what, key)
			}
		}
		slices.Sort(keys)
		slices.Sort(want.known)
		slices.Sort(want.required)
		required := slices.Sorted(slices.Values(def.Required))
		if !slices.Equal(keys, want.known) || !slices.Equal(required, want.required) {
			t.Errorf("%s: schema %v requires %v\nloader %v requires %v", what, keys, required, want.known, want.required)
		}
	}
}

type objectKeys struct{ known, required []string }

// loaderKeys finds the calls of mapping in the loader's source.
func loaderKeys(t *testing.T) map[string]objectKeys {
	t.Helper()
	found := map[string]objectKeys{}
	files, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range files {
		if strings.HasSuffix(name, "_test.go") {
			continue
		}
		file, err := parser.ParseFile(token.NewFileSet(), name, nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		ast.Inspect(file, func(n ast.Node) bool {
			call, ok := n.(*ast.CallExpr)
			if !ok {
				return true
			}
			if sel, ok := call.Fun.(*ast.SelectorExpr); !ok || sel.Sel.Name != "mapping" {
				return true
			}
			var keys objectKeys
			for _, e := range call.Args[2].(*ast.CompositeLit).Elts {
				keys.known = append(keys.known, literal(e.(*ast.KeyValueExpr).Key))
			}
			for _, arg := range call.Args[3:] {
				keys.required = append(keys.required, literal(arg))
			}
			found[literal(call.Args[1])] = keys
			return true
		})
	}
	return found
}

func literal(e ast.Expr) string {
	text, err := strconv.Unquote(e.(*ast.BasicLit).Value)
	if err != nil {
		return err.Error()
	}
	return text
}
