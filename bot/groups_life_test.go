package bot

import (
	"context"
	"testing"

	"paogai/store"
)

// greeting answers what groups bring.
func greeting(*Bot) Routes {
	return Routes{
		Commands: []Command{
			{Names: []string{"rank"}, Words: []string{"排名"}, Handle: say("排名榜")},
			{Names: []string{"bind"}, Handle: func(ctx context.Context, t *Turn) error {
				_, err := t.Do(ctx, store.BindChat{Chat: t.Chat, Purpose: store.PurposeOffice, Title: t.Title})
				return err
			}},
		},
		Added:    say("大家好"),
		Stranger: say("请先加入"),
		Unknown:  say("没有这个命令"),
		Fallback: say("听不懂"),
		Edited:   say("改过的不算"),
	}
}

// bound is the group that the office is bound to.
func (p *plumb) bound() int64 {
	var c store.Chat
	p.desk.View(func(r *store.Record) { c, _ = r.ChatFor(store.PurposeOffice) })
	return c.ID
}

func TestAGroupComesMovesAndGoes(t *testing.T) {
	p := lay(t, greeting)
	b := p.client.Person(clerk1).In(office)
	ok(t, p.server.RemoveBot(office, clerk1))
	ok(t, p.server.AddBot(office, clerk1))
	b.ExpectMessage("大家好")
	b.Says("/bind@paogai_bot")
	p.idle()
	if p.bound() != office {
		t.Fatalf("bound to %d", p.bound())
	}
	moved, err := p.server.Migrate(office)
	ok(t, err)
	p.idle()
	if p.bound() != moved {
		t.Errorf("bound to %d, the group is %d now", p.bound(), moved)
	}
	ok(t, p.server.RemoveBot(moved, clerk1))
	p.idle()
	if p.bound() != 0 {
		t.Errorf("still bound to %d", p.bound())
	}
	p.client.NoMore()
	p.quiet()
}

func TestGroupsAreLeftInPeace(t *testing.T) {
	p := lay(t, greeting)
	b := p.client.Person(clerk1).In(office)
	for _, words := range []string{"排名", "/nonsense", "/rank@other_bot", "今天开会", "2018/8/31"} {
		b.Says(words)
	}
	b.Says("/rank@paogai_bot")
	b.ExpectMessage("排名榜")
	p.idle()
	p.client.NoMore()
	p.quiet()
}

func TestEditedMessagesAreAnsweredInPrivateOnly(t *testing.T) {
	p := lay(t, greeting)
	a, b := p.client.Person(liaison1), p.client.Person(clerk1).In(office)
	m := a.Says("/rank")
	a.ExpectMessage("排名榜")
	a.Edits(m, "/rank 3")
	a.ExpectMessage("改过的不算")
	m = b.Says("/rank@paogai_bot")
	b.ExpectMessage("排名榜")
	b.Edits(m, "/rank@paogai_bot 3")
	p.idle()
	p.client.NoMore()
	p.quiet()
}

func TestAMoveThatIsNoticedTwiceIsRecordedOnceAndQuietly(t *testing.T) {
	p := lay(t, greeting)
	b := p.client.Person(clerk1).In(office)
	b.Says("/bind@paogai_bot")
	p.idle()
	p.bot.chatMoved(t.Context(), office, -100501) // a call finds out first
	head := p.head()
	moved, err := p.server.Migrate(office) // then the update tells it
	ok(t, err)
	p.idle()
	p.bot.chatMoved(t.Context(), office, moved)
	if p.bound() != -100501 || p.head() != head {
		t.Errorf("bound to %d, %d entries more", p.bound(), p.head()-head)
	}
	p.client.NoMore()
	p.quiet()
}

func TestAMoveToAGroupThatIsBoundAlreadyLetsTheOldOneGo(t *testing.T) {
	p := lay(t, greeting)
	p.client.Person(clerk1).In(office).Says("/bind@paogai_bot")
	p.idle()
	_, err := p.desk.Do(t.Context(), store.Stamp{By: store.ByOffice("甲"), At: noon()},
		store.BindChat{Chat: -100501, Purpose: store.PurposeLeaders, Title: "群"})
	ok(t, err)
	ok(t, p.bot.follow(t.Context(), office, -100501))
	ok(t, p.bot.leave(t.Context(), office)) // and once more
	if p.bound() != 0 {
		t.Errorf("bound to %d", p.bound())
	}
	p.quiet()
}

// head is the number of the last entry.
func (p *plumb) head() (seq uint64) {
	p.desk.View(func(r *store.Record) { seq = r.Head().Seq })
	return seq
}
