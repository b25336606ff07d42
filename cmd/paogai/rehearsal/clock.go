package rehearsal

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"sync"
	"time"

	"paogai/scoring"
)

// Clock is the rehearsal's time. It only moves forward, when it is set, and
// survives the process in its file.
type Clock struct {
	mu   sync.Mutex
	path string
	face face
}

// face is what stands in the clock's file.
type face struct {
	Now   time.Time    `json:"now"`
	Opens scoring.Date `json:"opens"` // the campaign's first day
	Seed  uint64       `json:"seed"`
}

// openClock reads the clock of an earlier run, or starts a new one.
func openClock(dir string, start face) (*Clock, error) {
	c := &Clock{path: filepath.Join(dir, "rehearsal.json"), face: start}
	data, err := os.ReadFile(c.path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return c, c.save()
	case err != nil:
		return nil, fmt.Errorf("rehearsal: read the clock: %w", err)
	}
	if err := json.Unmarshal(data, &c.face); err != nil {
		return nil, fmt.Errorf("rehearsal: the clock in %s cannot be read (%w); move the folder away to start anew", c.path, err)
	}
	c.face.Now = c.face.Now.In(start.Now.Location())
	return c, nil
}

// Now is the rehearsal's present moment.
func (c *Clock) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.face.Now
}

// Opens is the first day of the rehearsed campaign.
func (c *Clock) Opens() scoring.Date { return c.face.Opens }

// Seed is what the sample and the script were drawn from.
func (c *Clock) Seed() uint64 { return c.face.Seed }

// Set moves the clock forward to t and keeps it; an earlier t changes nothing.
func (c *Clock) Set(t time.Time) error {
	c.mu.Lock()
	defer c.mu.Unlock()
	if !t.After(c.face.Now) {
		return nil
	}
	c.face.Now = t
	return c.save()
}

// save replaces the file as a whole, so that a kill leaves the old or the new.
func (c *Clock) save() error {
	data, err := json.Marshal(c.face)
	if err != nil {
		return fmt.Errorf("rehearsal: keep the clock: %w", err)
	}
	tmp := c.path + ".new"
	if err := os.WriteFile(tmp, data, 0o600); err != nil {
		return fmt.Errorf("rehearsal: keep the clock: %w", err)
	}
	if err := os.Rename(tmp, c.path); err != nil {
		return fmt.Errorf("rehearsal: keep the clock: %w", err)
	}
	return nil
}
