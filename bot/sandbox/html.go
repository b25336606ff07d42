package sandbox

import (
	"fmt"
	"strings"
)

// htmlError is why text is not Telegram's HTML; offsets in it are bytes.
type htmlError string

func (e htmlError) Error() string { return string(e) }

func htmlErrorf(format string, args ...any) error {
	return htmlError(fmt.Sprintf(format, args...))
}

// openTag is a start tag that waits for its end.
type openTag struct {
	name, argument string
	offset         int // UTF-16
}

// htmlParser turns Telegram's HTML into text and entities. It goes through
// the bytes exactly as Telegram's parser does, so that the same input is
// refused with the same words at the same offset.
type htmlParser struct {
	in       string
	i        int
	out      strings.Builder
	units    int // UTF-16 length of out
	open     []openTag
	entities []Entity
}

// parseHTML returns the text without tags and its entities, in order of
// offset, the longer first.
func parseHTML(in string) (string, []Entity, error) {
	p := &htmlParser{in: in}
	p.out.Grow(len(in))
	for p.i < len(in) {
		if err := p.step(); err != nil {
			return "", nil, err
		}
	}
	if n := len(p.open); n > 0 {
		return "", nil, htmlErrorf("Can't find end tag corresponding to start tag %q", p.open[n-1].name)
	}
	sortEntities(p.entities)
	return p.out.String(), p.entities, nil
}

// at returns the byte at i, 0 past the end, as in a C string.
func (p *htmlParser) at(i int) byte {
	if i < len(p.in) {
		return p.in[i]
	}
	return 0
}

func (p *htmlParser) step() error {
	switch c := p.in[p.i]; c {
	case '&':
		if r, next := decodeEntity(p.in, p.i); r != 0 {
			p.write(r)
			p.i = next
			return nil
		}
		p.write('&')
		p.i++
	case '<':
		if p.at(p.i+1) == '/' {
			return p.endTag()
		}
		return p.startTag()
	default:
		end := len(p.in)
		if n := strings.IndexAny(p.in[p.i:], "<&"); n >= 0 {
			end = p.i + n
		}
		p.out.WriteString(p.in[p.i:end])
		p.units += utf16Len(p.in[p.i:end])
		p.i = end
	}
	return nil
}

func (p *htmlParser) write(r rune) {
	p.out.WriteRune(r)
	p.units += units(r)
}

func (p *htmlParser) startTag() error {
	begin := p.i
	p.i++
	for !isSpace(p.at(p.i)) && p.at(p.i) != '>' {
		p.i++
	}
	if p.i >= len(p.in) {
		return htmlErrorf("Unclosed start tag at byte offset %d", begin)
	}
	tag := openTag{name: strings.ToLower(p.in[begin+1 : p.i]), offset: p.units}
	if !knownTag(tag.name) {
		return htmlErrorf("Unsupported start tag %s at byte offset %d", quoted(tag.name), begin)
	}
	for p.at(p.i) != '>' {
		if err := p.attribute(&tag, begin); err != nil {
			return err
		}
	}
	if tag.name == "span" && tag.argument != "spoiler" {
		return htmlErrorf("Tag \"span\" must have class \"tg-spoiler\" at byte offset %d", begin)
	}
	p.i++
	p.open = append(p.open, tag)
	return nil
}

// attribute reads one attribute of tag, or the space before its end.
func (p *htmlParser) attribute(tag *openTag, begin int) error {
	p.skipSpace()
	if p.at(p.i) == '>' {
		return nil
	}
	start := p.i
	for !isSpace(p.at(p.i)) && !strings.ContainsRune("=>/\"'", rune(p.at(p.i))) {
		p.i++
	}
	name := p.in[start:p.i]
	if name == "" {
		return htmlErrorf("Empty attribute name in the tag \"%s\" at byte offset %d", tag.name, begin)
	}
	p.skipSpace()
	if p.at(p.i) != '=' {
		if p.i >= len(p.in) {
			return htmlErrorf("Unclosed start tag \"%s\" at byte offset %d", tag.name, begin)
		}
		tag.set(name, "")
		return nil
	}
	p.i++
	p.skipSpace()
	if p.i >= len(p.in) {
		return htmlErrorf("Unclosed start tag \"%s\" at byte offset %d", tag.name, begin)
	}
	value, err := p.attributeValue()
	if err != nil {
		return err
	}
	if p.i >= len(p.in) {
		return htmlErrorf("Unclosed start tag at byte offset %d", begin)
	}
	tag.set(name, value)
	return nil
}

func (p *htmlParser) attributeValue() (string, error) {
	quote := p.at(p.i)
	if quote != '"' && quote != '\'' {
		start := p.i
		for isAlnum(p.at(p.i)) || p.at(p.i) == '.' || p.at(p.i) == '-' {
			p.i++
		}
		if !isSpace(p.at(p.i)) && p.at(p.i) != '>' {
			return "", htmlErrorf("Unexpected end of name token at byte offset %d", start)
		}
		return strings.ToLower(p.in[start:p.i]), nil
	}
	p.i++
	var value strings.Builder
	for p.i < len(p.in) && p.in[p.i] != quote {
		if r, next := decodeEntity(p.in, p.i); r != 0 {
			value.WriteRune(r)
			p.i = next
			continue
		}
		value.WriteByte(p.in[p.i])
		p.i++
	}
	if p.i < len(p.in) {
		p.i++
	}
	return value.String(), nil
}

func (p *htmlParser) skipSpace() {
	for p.i < len(p.in) && isSpace(p.in[p.i]) {
		p.i++
	}
}

func (p *htmlParser) endTag() error {
	begin := p.i
	if len(p.open) == 0 {
		return htmlErrorf("Unexpected end tag at byte offset %d", begin)
	}
	p.i += 2
	for !isSpace(p.at(p.i)) && p.at(p.i) != '>' {
		p.i++
	}
	name := strings.ToLower(p.in[begin+2 : min(p.i, len(p.in))])
	p.skipSpace()
	if p.at(p.i) != '>' {
		return htmlErrorf("Unclosed end tag at byte offset %d", begin)
	}
	p.i++
	tag := p.open[len(p.open)-1]
	if name != "" && name != tag.name {
		return htmlErrorf("Unmatched end tag at byte offset %d, expected \"</%s>\", found \"</%s>\"", begin, tag.name, name)
	}
	p.open = p.open[:len(p.open)-1]
	p.close(tag)
	return nil
}

// close adds the entity of a tag whose text has ended.
func (p *htmlParser) close(tag openTag) {
	e := Entity{Type: tagEntity(tag.name), Offset: tag.offset, Length: p.units - tag.offset}
	if e.Length == 0 {
		return
	}
	switch tag.name {
	case "a":
		e.URL = tag.argument
		if e.URL == "" || !validLink(e.URL) {
			return // Telegram drops a link without a usable address, not the text
		}
	case "tg-emoji":
		e.CustomEmojiID = tag.argument
	case "code":
		if n := len(p.open); n > 0 && p.open[n-1].name == "pre" && tag.argument != "" {
			p.open[n-1].argument = tag.argument
			return
		}
	case "pre":
		e.Language = tag.argument
	case "blockquote":
		if tag.argument != "" {
			e.Type = "expandable_blockquote"
		}
	}
	p.entities = append(p.entities, e)
}
