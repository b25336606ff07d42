// Package schemes holds the built-in assessment methods as data, reads and checks them.
//
// A scheme is YAML. Reading is strict: unknown and doubled keys, aliases, anchors and
// tags, and files above [MaxSize] are faults, each named with its line. The check also
// finds what contradicts itself, before a campaign opens.
package schemes

import (
	"embed"
	"errors"
	"fmt"
	"strings"

	"paogai/scoring"
)

// MaxSize is how large a scheme may be, in bytes.
const MaxSize = 1 << 20

// ErrUnknown says that no built-in scheme has that id.
var ErrUnknown = errors.New("no built-in scheme of that id")

// builtin holds one file <id>.yaml for each built-in scheme.
//
//go:embed *.yaml
var builtin embed.FS

// IDs is the ids of the built-in schemes, sorted.
func IDs() []string {
	files, err := builtin.ReadDir(".")
	if err != nil {
		return nil // an embedded folder that was compiled in can be read
	}
	ids := make([]string, len(files))
	for i, file := range files {
		ids[i] = strings.TrimSuffix(file.Name(), ".yaml")
	}
	return ids
}

// Source is the YAML of the built-in scheme of this id, or an error that wraps
// [ErrUnknown].
func Source(id string) ([]byte, error) {
	data, err := builtin.ReadFile(id + ".yaml")
	if err != nil {
		return nil, fmt.Errorf("%.80q: %w", id, ErrUnknown)
	}
	return data, nil
}

// Load is the built-in scheme of this id, or an error that wraps [ErrUnknown].
func Load(id string) (*scoring.Scheme, error) {
	data, err := Source(id)
	if err != nil {
		return nil, err
	}
	return Parse(data, id)
}

// Parse reads a scheme. The error is an [*Invalid] that names every fault; warnings do
// not keep a scheme from being read.
func Parse(data []byte, name string) (*scoring.Scheme, error) {
	s, findings := read(data)
	var faults []Finding
	for _, f := range findings {
		if f.Severity == Fault {
			faults = append(faults, f)
		}
	}
	if len(faults) > 0 {
		return nil, &Invalid{name, faults}
	}
	s.Index()
	return s, nil
}

// Check is everything that is wrong or doubtful with a scheme's data, by line.
func Check(data []byte) []Finding {
	_, findings := read(data)
	return findings
}
