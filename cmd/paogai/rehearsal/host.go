package rehearsal

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"time"

	"paogai/bot/sandbox"
	"paogai/scoring"
	"paogai/store"
)

var _ sandbox.Host = (*Stage)(nil)

// What the page's buttons ask for.
const (
	toReminder = "reminder"
	toDeadline = "deadline"
	toTomorrow = "day"
	toDate     = "date"
)

// Clock is the top of the page. It is busy while the clock moves and while
// anything that happened is not answered or told yet.
func (s *Stage) Clock() sandbox.ClockView {
	busy := s.moving.Load() || s.server.Pending() > 0
	s.desk.View(func(r *store.Record) { busy = busy || len(r.Outbox()) > 0 })
	return sandbox.ClockView{
		Now:  s.clock.Now(),
		Note: "演练：时间只在点按时前进，所有数据均为" + marker,
		Busy: busy,
		Actions: []sandbox.Action{
			{ID: toReminder, Label: "到下一个提醒", Kind: "button"},
			{ID: toDeadline, Label: "到下一个时限", Kind: "button"},
			{ID: toTomorrow, Label: "+1 天", Kind: "button"},
			{ID: toDate, Label: "选日期", Kind: "date"},
		},
	}
}

// Step moves the clock; its errors are sentences for the page.
func (s *Stage) Step(ctx context.Context, action, arg string) error {
	s.stepping.Lock()
	defer s.stepping.Unlock()
	ctx = context.WithoutCancel(ctx) // a page that is closed does not stop the clock half-way
	s.moving.Store(true)
	defer s.server.Changed()
	defer s.moving.Store(false)
	target, err := s.target(action, arg)
	if err != nil {
		return err
	}
	if err := s.advance(ctx, target); err != nil {
		s.opts.Log.Error("step", "action", action, "err", err)
		return errors.New("时间没有走到：系统内部错误，请查看命令行窗口的日志")
	}
	return nil
}

func (s *Stage) target(action, arg string) (time.Time, error) {
	now := s.clock.Now()
	switch action {
	case toReminder:
		if at, ok := s.runner.NextReminder(now); ok {
			return at, nil
		}
		return time.Time{}, errors.New("本考核周期内没有后续提醒了")
	case toDeadline:
		if at, ok := s.nextDeadline(now); ok {
			return at, nil
		}
		return time.Time{}, errors.New("本考核周期内没有后续时限了")
	case toTomorrow:
		return now.AddDate(0, 0, 1), nil
	case toDate:
		day, err := scoring.ParseDate(arg)
		if err != nil {
			return time.Time{}, errors.New("请选择一个日期，如 2018-09-01")
		}
		at := day.Start(now.Location()).Add(9 * time.Hour)
		if !at.After(now) {
			return time.Time{}, fmt.Errorf("时间只能向前：请选择 %s 以后的日期", now.Format("2006-01-02"))
		}
		return at, nil
	}
	return time.Time{}, fmt.Errorf("没有「%s」这个操作", action)
}

// nextDeadline is the next midnight at which milestones lapse.
func (s *Stage) nextDeadline(now time.Time) (time.Time, bool) {
	var next time.Time
	s.desk.View(func(r *store.Record) {
		facts := r.Facts()
		for _, t := range facts.Scheme.Tasks {
			for i := range t.Milestones {
				due, kind, dated := facts.DueOf(scoring.Node{Task: t.ID, Milestone: i + 1})
				if !dated || kind == scoring.Soft || due.Before(facts.Opens) {
					continue
				}
				end := due.End(facts.Scheme.Zone)
				if end.After(now) && (next.IsZero() || end.Before(next)) {
					next = end
				}
			}
		}
	})
	return next, !next.IsZero()
}

// Panel is the live board of a class.
func (s *Stage) Panel(_ context.Context, tab string) (sandbox.Panel, error) {
	now := s.clock.Now()
	var board *scoring.Board
	waiting := 0
	s.desk.View(func(r *store.Record) {
		board = r.Board(now)
		waiting = len(r.Queue())
	})
	title := ""
	if class, ok := board.Scheme.Class(tab); ok {
		title = class.Title
	} else if tab = ""; len(board.Scheme.Classes) > 0 {
		tab, title = board.Scheme.Classes[0].ID, board.Scheme.Classes[0].Title
	}
	p := sandbox.Panel{
		Title: title + "排名榜", Active: tab,
		Note:    fmt.Sprintf("截至 %s　待审 %d 件　%s", now.Format("2006-01-02 15:04:05"), waiting, marker),
		Columns: []sandbox.Column{{Label: "名次", Align: "right"}, {Label: "单位", Align: "left"}, {Label: "得分", Align: "right"}, {Label: "逾期", Align: "right"}, {Label: "完成", Align: "right"}, {Label: "等次", Align: "left"}},
	}
	for _, c := range board.Scheme.Classes {
		p.Tabs = append(p.Tabs, sandbox.Tab{ID: c.ID, Label: c.Title})
	}
	for _, st := range board.Class(tab) {
		p.Rows = append(p.Rows, sandbox.Row{Key: st.Unit, Tone: tone(board.Scheme, st), Cells: []string{
			strconv.Itoa(st.Rank), st.Unit, scoring.Show(st.Score), strconv.Itoa(st.Late),
			strconv.Itoa(st.Done) + "/" + strconv.Itoa(st.Tasks), st.Grade,
		}})
	}
	return p, nil
}

// tone colours a row: bad for the failing grade, warn for anything late, good
// for the best grade.
func tone(s *scoring.Scheme, st scoring.Standing) string {
	for i, band := range s.Grades.Bands {
		if band.Title != st.Grade {
			continue
		}
		switch {
		case band.Failing:
			return "bad"
		case st.Late > 0:
			return "warn"
		case i == 0:
			return "good"
		}
	}
	return ""
}
