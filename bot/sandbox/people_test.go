package sandbox

import (
	"strings"
	"testing"
)

// What a chat client would not let a person do is refused in Chinese, and
// changes nothing.
func TestPersonRefusals(t *testing.T) {
	r := newRig(t)
	own := r.says(alice, "原文")
	photo, err := r.Send(alice, alice, Outgoing{Files: []Upload{{Data: picture(9, 9), Photo: true}}})
	must(t, err)
	sticker, err := r.Send(alice, alice, Outgoing{Sticker: true})
	must(t, err)
	others, err := r.Send(bob, group, Outgoing{Text: "别人的"})
	must(t, err)
	before := r.Pending()
	long := strings.Repeat("长", 1025)
	for name, c := range map[string]struct {
		err  error
		want PersonError
	}{
		"nobody":          {second(r.Send(5, 5, Outgoing{Text: "x"})), ErrNoPerson},
		"foreign chat":    {second(r.Send(alice, bob, Outgoing{Text: "x"})), ErrNoChat},
		"no such group":   {second(r.Send(alice, -9, Outgoing{Text: "x"})), ErrNoChat},
		"empty":           {second(r.Send(alice, alice, Outgoing{Text: " \n"})), ErrEmpty},
		"broken encoding": {second(r.Send(alice, alice, Outgoing{Text: "\xff"})), ErrEmpty},
		"long caption":    {second(r.Send(alice, alice, Outgoing{Caption: long, Files: []Upload{{Name: "a"}}})), ErrLongWords},
		"answers nothing": {second(r.Send(alice, alice, Outgoing{Text: "x", ReplyTo: 999})), ErrNoMessage},
		"edit nothing":    {r.Edit(alice, alice, 999, "x"), ErrNoMessage},
		"edit others'":    {r.Edit(alice, group, others[0].MessageID, "x"), ErrNotYours},
		"edit a sticker":  {r.Edit(alice, alice, sticker[0].MessageID, "x"), ErrNotYours},
		"edit to nothing": {r.Edit(alice, alice, own.MessageID, " "), ErrEmpty},
		"edit unchanged":  {r.Edit(alice, alice, own.MessageID, "原文 "), ErrUnchanged},
		"long new words":  {r.Edit(alice, alice, photo[0].MessageID, long), ErrLongWords},
		"block nobody":    {r.Block(5), ErrNoPerson},
		"block a group":   {r.Block(group), ErrNoPerson},
		"bot to nobody":   {r.AddBot(alice, alice), ErrNoGroup},
		"migrate nothing": {second(r.Migrate(alice)), ErrNoGroup},
	} {
		if c.err == nil || c.err.Error() != string(c.want) {
			t.Errorf("%s: %v; want %s", name, c.err, c.want)
		}
	}
	if r.Pending() != before {
		t.Errorf("%d updates came of refusals", r.Pending()-before)
	}
}

// second is the error of a call with two results.
func second[T any](_ T, err error) error { return err }

// A person's edit is an update of its own kind, with the new text.
func TestPersonEdits(t *testing.T) {
	r := newRig(t)
	text := r.says(alice, "原文")
	photo, err := r.Send(alice, alice, Outgoing{Files: []Upload{{Data: picture(9, 9), Photo: true}}, Caption: "原图"})
	must(t, err)
	must(t, r.Edit(alice, alice, text.MessageID, "新文 /rank"))
	must(t, r.Edit(alice, alice, photo[0].MessageID, "新图"))
	list := r.updates(t, 0)[2:]
	if m := list[0].EditedMessage; m == nil || m.Text != "新文 /rank" || m.EditDate == 0 || m.Entities[0].Type != "bot_command" {
		t.Errorf("edited %+v", m)
	}
	if m := list[1].EditedMessage; m == nil || m.Caption != "新图" || m.Photo == nil {
		t.Errorf("edited %+v", m)
	}
}

// Adding the same again changes nothing; a changed group keeps the bot as
// acts in the chat left it.
func TestIdempotentSetup(t *testing.T) {
	r := newRig(t)
	events := 0
	r.state.publish = func(Event) { events++ } // nobody else uses this server
	must(t, r.AddPerson(Person{ID: alice, Name: "教育局联络员", Username: "edu_liaison", Unit: "市教育局"}))
	must(t, r.AddGroup(Group{ID: group, Title: "跑改办群", Members: []int64{alice, bob}, BotMember: true}))
	if events != 0 {
		t.Errorf("%d events of nothing", events)
	}
	must(t, r.RemoveBot(group, alice))
	must(t, r.AddGroup(Group{ID: group, Title: "新名", Members: []int64{alice, bob}, BotMember: true}))
	if c := r.state.chats[group]; c.botMember || c.group.Title != "新名" {
		t.Errorf("group %+v", c.group)
	}
}

// The other kinds arrive as what they are.
func TestOtherKinds(t *testing.T) {
	r := newRig(t)
	for name, out := range map[string]Outgoing{
		"贴纸": {Sticker: true}, "语音": {Voice: true},
		"位置": {Location: &Location{Latitude: 43.8, Longitude: 126.5}},
		"名片": {Contact: &Contact{PhoneNumber: "1", FirstName: "x"}},
		"投票": {Poll: []string{"问", "是", "否"}},
	} {
		sent, err := r.Send(alice, alice, out)
		must(t, err)
		m := r.updates(t, -1)[0].Message
		if got := m.summary(); !strings.Contains(got, name) || sent[0].MessageID != m.MessageID {
			t.Errorf("%s came as %s", name, got)
		}
	}
}
