package reminders

import (
	"fmt"
	"strings"
	"time"

	"github.com/robfig/cron/v3"
)

// schedule is the times of several cron specs together.
type schedule struct {
	specs []cron.Schedule
	zone  *time.Location
}

var _ cron.Schedule = schedule{}

// parseSchedule reads specs separated by ";", meant in zone.
func parseSchedule(spec string, zone *time.Location) (schedule, error) {
	s := schedule{zone: zone}
	for text := range strings.SplitSeq(spec, ";") {
		one, err := cron.ParseStandard(strings.TrimSpace(text))
		if err != nil {
			return schedule{}, fmt.Errorf("schedule %q: %w", text, err)
		}
		s.specs = append(s.specs, one)
	}
	return s, nil
}

// Next is the first time after t, zero if there is none.
func (s schedule) Next(t time.Time) time.Time {
	var next time.Time
	for _, one := range s.specs {
		at := one.Next(t.In(s.zone))
		if next.IsZero() || !at.IsZero() && at.Before(next) {
			next = at
		}
	}
	return next
}

// last is the latest time after from and up to to, zero if there is none.
func (s schedule) last(from, to time.Time) time.Time {
	var last time.Time
	for at := s.Next(from); !at.IsZero() && !at.After(to); at = s.Next(at) {
		last = at
	}
	return last
}
