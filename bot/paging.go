package bot

import (
	"strconv"

	"paogai/bot/text"
)

// page is a stretch of a list that is read with buttons.
type page struct {
	at, of     int // from 1
	first, end int // the stretch, as a slice would have it
}

// pageOf is the page of a list, the nearest if there is none of that number.
func pageOf(at, length, size int) page {
	p := page{of: max(1, (length+size-1)/size)}
	p.at = min(max(at, 1), p.of)
	p.first = (p.at - 1) * size
	p.end = min(p.first+size, length)
	return p
}

// buttons lead to the pages beside it; to makes the action for a page's number.
// There are none if there is one page only.
func (p page) buttons(to func(at string) Action) [][]Button {
	if p.of == 1 {
		return nil
	}
	row := make([]Button, 0, 3)
	if p.at > 1 {
		row = append(row, Button{Label: text.Plain("button.prev"), Data: to(strconv.Itoa(p.at - 1))})
	}
	row = append(row, Button{
		Label: text.Plain("button.page", text.A{"page": p.at, "pages": p.of}), Data: Do("noop"),
	})
	if p.at < p.of {
		row = append(row, Button{Label: text.Plain("button.next"), Data: to(strconv.Itoa(p.at + 1))})
	}
	return [][]Button{row}
}
