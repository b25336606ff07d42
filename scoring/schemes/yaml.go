package schemes

import (
	"bytes"
	"errors"
	"io"
	"slices"
	"strings"

	"go.yaml.in/yaml/v4"
	"go.yaml.in/yaml/v4/plugin/loaderlimits"

	"paogai/scoring"
)

// maxDepth is how deep a scheme may nest; its shape needs five levels.
const maxDepth = 20

// parse turns YAML into a tree, nil if that is not possible.
func (r *reader) parse(data []byte) *yaml.Node {
	if len(data) > MaxSize {
		r.fault(0, "the file has %d bytes; a scheme may have at most %d", len(data), MaxSize)
		return nil
	}
	r.tabs(data)
	limits := loaderlimits.New(loaderlimits.DepthValue(maxDepth))
	loader, err := yaml.NewLoader(bytes.NewReader(data), yaml.WithPlugin(limits))
	if err != nil {
		r.fault(0, "the file cannot be read: %v", err)
		return nil
	}
	var doc, more yaml.Node
	if err := loader.Load(&doc); err != nil {
		r.broken(err)
		return nil
	}
	if err := loader.Load(&more); err == nil {
		r.fault(more.Line, "the file holds more than one document")
		return nil
	} else if !errors.Is(err, io.EOF) {
		r.broken(err)
		return nil
	}
	if len(doc.Content) != 1 {
		r.fault(0, "the file is empty")
		return nil
	}
	return doc.Content[0]
}

// broken reports that the text is not YAML.
func (r *reader) broken(err error) {
	var at *yaml.LoadError
	switch {
	case errors.Is(err, io.EOF):
		r.fault(0, "the file is empty")
	case errors.As(err, &at):
		r.fault(max(at.Mark.Line, 0), "this is not YAML as a scheme needs it: %s", at.Message)
	default:
		r.fault(0, "this is not YAML as a scheme needs it: %v", err)
	}
}

// fields tells what to do with the value of each key of a mapping.
type fields map[string]func(*yaml.Node)

// mapping reads a mapping strictly: every key known, none twice, and those in required
// there. what names it in findings.
func (r *reader) mapping(n *yaml.Node, what string, known fields, required ...string) {
	if !r.plain(n) {
		return
	}
	if n.Kind != yaml.MappingNode {
		r.fault(n.Line, "%s must be a mapping of keys and values", what)
		return
	}
	seen := map[string]bool{}
	for i := 0; i+1 < len(n.Content); i += 2 {
		key, value := n.Content[i], n.Content[i+1]
		set, ok := known[key.Value]
		switch {
		case !r.plain(key):
		case key.Kind != yaml.ScalarNode || !ok:
			r.fault(key.Line, "%s has no key %.40q%s", what, key.Value, meant(key.Value, known))
		case seen[key.Value]:
			r.fault(key.Line, "key %q stands twice in %s", key.Value, what)
		case r.plain(value):
			set(value)
		}
		seen[key.Value] = true
	}
	for _, key := range required {
		if !seen[key] {
			r.fault(n.Line, "%s lacks the key %q", what, key)
		}
	}
}

// plain reports whether a node is free of aliases, anchors and tags, none of which a
// scheme needs.
func (r *reader) plain(n *yaml.Node) bool {
	switch {
	case n.Kind == yaml.AliasNode || n.Anchor != "":
		r.fault(n.Line, "anchors and aliases are not allowed")
	case n.Style&yaml.TaggedStyle != 0:
		r.fault(n.Line, "tags such as %.40s are not allowed", n.Tag)
	default:
		return true
	}
	return false
}

// each reads a list, item by item.
func (r *reader) each(what string, item func(*yaml.Node)) func(*yaml.Node) {
	return func(n *yaml.Node) {
		if n.Kind != yaml.SequenceNode {
			r.fault(n.Line, "%s must be a list", what)
			return
		}
		for _, child := range n.Content {
			if r.plain(child) {
				item(child)
			}
		}
	}
}

// parsed reads a scalar by a function that may refuse it.
func parsed[T any](r *reader, into *T, parse func(string) (T, error)) func(*yaml.Node) {
	return func(n *yaml.Node) {
		if n.Kind != yaml.ScalarNode {
			r.fault(n.Line, "here must be one value, not a list or a mapping")
			return
		}
		value, err := parse(n.Value)
		if err != nil {
			r.fault(n.Line, "%v", err)
			return
		}
		*into = value
	}
}

var errBlank = errors.New("here must be a text, without blanks around it")

func (r *reader) text(into *string) func(*yaml.Node) {
	return parsed(r, into, func(s string) (string, error) {
		if s == "" || s != strings.TrimSpace(s) {
			return "", errBlank
		}
		return s, nil
	})
}

func (r *reader) date(into *scoring.Date) func(*yaml.Node) {
	return parsed(r, into, scoring.ParseDate)
}

func (r *reader) points(into *scoring.Points) func(*yaml.Node) {
	return parsed(r, into, scoring.ParsePoints)
}

func (r *reader) truth(into *bool) func(*yaml.Node) {
	return parsed(r, into, func(s string) (bool, error) {
		if s != "true" && s != "false" {
			return false, errors.New("here must be true or false")
		}
		return s == "true", nil
	})
}

// oneOf reads one of a few words.
func oneOf[T ~string](r *reader, into *T, words ...T) func(*yaml.Node) {
	return parsed(r, into, func(s string) (T, error) {
		if slices.Contains(words, T(s)) {
			return T(s), nil
		}
		list := make([]string, len(words))
		for i, w := range words {
			list[i] = string(w)
		}
		return "", errors.New("here must be one of " + strings.Join(list, ", "))
	})
}
