package store

import (
	"runtime"
	"sync"
)

// How far a replay works ahead of the fold.
const (
	stretchLines = 256     // lines that are parsed in one go
	stretchBytes = 1 << 20 // or as many bytes, whichever comes first
	aheadMost    = 16      // stretches
	parsersMost  = 4       // goroutines; the fold is the bottleneck before that
)

// parsed is one line of a journal and what it says. It is for reading until
// whoever gets it returns; the entry may be kept.
type parsed struct {
	num   int // of the line in a file, 0 in a journal
	at    Position
	line  []byte
	entry Entry
	err   error // why there is no entry

	start, end int // of the line in its stretch
}

// stretch is some lines in a row.
type stretch struct {
	data  []byte
	lines []parsed
	ready chan struct{} // gets one value when the lines are parsed
}

func newStretch() *stretch { return &stretch{ready: make(chan struct{}, 1)} }

func (s *stretch) add(num int, at Position, line []byte) {
	start := len(s.data)
	s.data = append(s.data, line...)
	s.lines = append(s.lines, parsed{num: num, at: at, start: start, end: len(s.data)})
}

func (s *stretch) full() bool { return len(s.lines) >= stretchLines || len(s.data) >= stretchBytes }

func (s *stretch) parse(r *lineReader) {
	for i := range s.lines {
		p := &s.lines[i]
		p.line = s.data[p.start:p.end]
		p.entry, p.err = r.entry(p.line)
	}
	s.ready <- struct{}{}
}

// empty makes the stretch fit to be used again; what was read is let go.
func (s *stretch) empty() {
	clear(s.lines)
	s.data, s.lines = s.data[:0], s.lines[:0]
}

// emitter takes one line after another, and an error ends the reading.
type emitter func(num int, at Position, line []byte) error

// replay reads lines in one goroutine, parses them in others, and hands them to
// take in their order and in the caller's. So what take makes of them is the
// same as without; only the parsing, which is most of the work, is shared. The
// error is the first of take's, else that of read.
func replay(read func(emitter) error, take func(*parsed) error) error {
	p := &pipeline{
		work: make(chan *stretch, aheadMost), ahead: make(chan *stretch, aheadMost),
		free: make(chan *stretch, aheadMost), stop: make(chan struct{}),
	}
	var all sync.WaitGroup
	var broken error
	all.Go(func() { broken = p.feed(read) })
	for range min(max(1, runtime.GOMAXPROCS(0)-1), parsersMost) {
		all.Go(p.parse)
	}
	err := p.drain(take)
	all.Wait()
	if err == nil {
		err = broken
	}
	return err
}

// pipeline is a replay under way.
type pipeline struct {
	work  chan *stretch // to be parsed
	ahead chan *stretch // the same, in order, to be taken
	free  chan *stretch // to be used again
	stop  chan struct{} // closed when take has failed
}

// feed cuts what is read into stretches.
func (p *pipeline) feed(read func(emitter) error) error {
	defer close(p.ahead)
	defer close(p.work)
	s := newStretch()
	err := read(func(num int, at Position, line []byte) error {
		if s.add(num, at, line); !s.full() {
			return nil
		}
		sent := s
		select { // never send one twice, even if this is the last
		case s = <-p.free:
		default:
			s = newStretch()
		}
		if !p.send(sent) {
			return errStop
		}
		return nil
	})
	if len(s.lines) > 0 {
		p.send(s) // what stands before a fault is taken
	}
	return err
}

// send reports false when nobody takes any more.
func (p *pipeline) send(s *stretch) bool {
	for _, to := range []chan *stretch{p.work, p.ahead} {
		select {
		case to <- s:
		case <-p.stop:
			return false
		}
	}
	return true
}

func (p *pipeline) parse() {
	r := newLineReader()
	for s := range p.work {
		s.parse(r)
	}
}

// drain takes everything in order, until take fails.
func (p *pipeline) drain(take func(*parsed) error) (err error) {
	for s := range p.ahead {
		<-s.ready
		for i := 0; err == nil && i < len(s.lines); i++ {
			if err = take(&s.lines[i]); err != nil {
				close(p.stop)
			}
		}
		s.empty()
		select {
		case p.free <- s:
		default:
		}
	}
	return err
}
