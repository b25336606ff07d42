package sandbox

import "time"

// firstUpdate is the update_id before the first; Telegram's are large too.
const firstUpdate = 700000000

// Person is somebody who can talk to the bot. Role and Unit are shown on the
// page; Featured stands in its list from the start.
type Person struct {
	ID       int64  `json:"id"`
	Name     string `json:"name"`
	Username string `json:"username,omitempty"`
	Role     string `json:"role,omitempty"`
	Unit     string `json:"unit,omitempty"`
	Featured bool   `json:"featured,omitempty"`
}

func (p Person) user() User {
	return User{ID: p.ID, FirstName: p.Name, Username: p.Username, LanguageCode: "zh-hans"}
}

// Group is a chat of several people; its ID is negative. BotMember: the bot
// was there before anyone looked. BotAdmin: it sees every message and may
// delete what others sent.
type Group struct {
	ID        int64   `json:"id"`
	Title     string  `json:"title"`
	Members   []int64 `json:"members"`
	BotMember bool    `json:"bot_member,omitempty"`
	BotAdmin  bool    `json:"bot_admin,omitempty"`
	Featured  bool    `json:"featured,omitempty"`
}

// state is all that the server knows. Server.mu guards it; only apply
// changes it.
type state struct {
	bot       User
	people    map[int64]*Person
	order     []int64 // people as they were added
	groups    []int64 // groups likewise
	chats     map[int64]*chat
	shared    int // the last message_id of private chats and basic groups
	albums    int64
	calls     int64 // callbacks made so far
	callbacks map[string]*callback
	oldest    []*callback      // by age
	files     map[string]*file // by id
	paths     map[string]*file // by path
	lastFile  int64
	updates   queue
	allowed   map[string]bool // nil: the default
	hook      *webhook
	commands  map[string][]BotCommand
	publish   func(Event)    // nil while a log is replayed
	arrived   func(*pending) // likewise
}

// callback is a pressed button that nobody answered yet.
type callback struct {
	id         string
	from, chat int64
	wall       int64
}

func (cb *callback) expired(wall int64) bool { return wall-cb.wall > callbackLife.Milliseconds() }

// What Telegram does not publish: how long a callback may be answered (bots
// report ten to twenty seconds), and how old a message may be whose content
// comes with its callback.
const (
	callbackLife = 15 * time.Second
	legible      = 48 * time.Hour
)

func newState(bot User) *state {
	return &state{
		bot:       bot,
		people:    map[int64]*Person{},
		chats:     map[int64]*chat{},
		callbacks: map[string]*callback{},
		files:     map[string]*file{},
		paths:     map[string]*file{},
		commands:  map[string][]BotCommand{},
		updates:   queue{last: firstUpdate},
	}
}

// emit tells the watchers, unless a log is being replayed.
func (st *state) emit(e Event) {
	if st.publish != nil {
		st.publish(e)
	}
}

func (st *state) addPerson(p Person) {
	if st.people[p.ID] == nil {
		st.order = append(st.order, p.ID)
		st.chats[p.ID] = &chat{id: p.ID, kind: "private"}
	}
	st.people[p.ID] = &p
	st.emit(Event{Type: "people"})
}

func (st *state) addGroup(g Group) {
	c := st.chats[g.ID]
	if c == nil {
		c = &chat{id: g.ID, kind: "group"}
		st.chats[g.ID] = c
		st.groups = append(st.groups, g.ID)
	}
	c.group = g
	c.botMember = g.BotMember
	st.emit(Event{Type: "people"})
}

// chatOf is c in Telegram's shape.
func (st *state) chatOf(c *chat) Chat {
	if c.kind == "private" {
		p := st.people[c.id]
		return Chat{ID: c.id, Type: c.kind, FirstName: p.Name, Username: p.Username}
	}
	return Chat{ID: c.id, Type: c.kind, Title: c.group.Title}
}

// nextID is the message_id that the next message of c gets.
func (st *state) nextID(c *chat) int {
	if c.kind == "supergroup" {
		return c.lastID + 1
	}
	return st.shared + 1
}

// user returns a person or the bot.
func (st *state) user(id int64) *User {
	if id == st.bot.ID {
		u := st.bot
		return &u
	}
	if p := st.people[id]; p != nil {
		u := p.user()
		return &u
	}
	return nil
}
