package rehearsal

import (
	"fmt"
	"strings"

	"paogai/bot/sandbox"
	"paogai/scoring"
	"paogai/store"
)

// The groups of the rehearsal.
const (
	officeGroup  int64 = -5001
	leadersGroup int64 = -5002
)

// scriptOffice is the office member who reviews what the script files.
const scriptOffice = "office:演练"

// Player is somebody in the rehearsal. A featured one is played at the page;
// the others act by the script.
//
// Name is how the chat server knows them, Called how the campaign does, where
// their unit or office stands before it.
type Player struct {
	ID       int64
	Name     string
	Called   string
	Role     store.Role
	Unit     string
	Featured bool
}

// madeUp is how many units a rehearsal has of a scheme that names none.
const madeUp = 12

// unitsOf is who takes part: the scheme's units, or made-up ones.
func unitsOf(s *scoring.Scheme) []scoring.Unit {
	if len(s.Units) > 0 {
		return s.Units
	}
	units := make([]scoring.Unit, madeUp)
	for i := range units {
		units[i].Name = fmt.Sprintf("示例单位%02d", i+1)
		if n := len(s.Classes); n > 0 {
			units[i].Class = s.Classes[i*n/madeUp].ID
		}
	}
	return units
}

// cast returns everybody: the featured first, then a liaison for each unit
// that nobody plays, in their order.
func cast(s *scoring.Scheme) []Player {
	units := unitsOf(s)
	players := featured(s)
	played := map[string]bool{}
	for _, p := range players {
		if p.Role == store.Liaison {
			played[p.Unit] = true
		}
	}
	for i, u := range units {
		if !played[u.Name] {
			players = append(players, Player{ID: 2001 + int64(i), Name: u.Name + "联络员", Called: "联络员", Role: store.Liaison, Unit: u.Name})
		}
	}
	return players
}

// featured are the people of the page. Units that the scheme does not have
// give way to its first ones.
func featured(s *scoring.Scheme) []Player {
	units := unitsOf(s)
	var players []Player
	wanted := []string{"市教育局", "市发改委", "永吉县", "吉林石化"}
	taken := map[string]bool{}
	for _, name := range wanted {
		if u, ok := s.Unit(name); ok {
			taken[u.Name] = true
		}
	}
	spare := 0
	for i, name := range wanted {
		u, ok := s.Unit(name)
		for !ok && spare < len(units) {
			u, ok = &units[spare], !taken[units[spare].Name]
			spare++
		}
		if ok {
			taken[u.Name] = true
			players = append(players, Player{ID: 1001 + int64(i), Name: u.Name + "联络员", Called: "联络员", Role: store.Liaison, Unit: u.Name, Featured: true})
		}
	}
	return append(players,
		Player{ID: 1011, Name: "跑改办甲", Called: "甲", Role: store.Office, Featured: true},
		Player{ID: 1012, Name: "跑改办乙", Called: "乙", Role: store.Office, Unit: secondment(s), Featured: true},
		Player{ID: 1021, Name: "市领导", Called: "市领导", Role: store.Leader, Featured: true},
	)
}

// secondment is the unit that the second clerk comes from: a clerk never
// decides on their own unit, and the rehearsal lets one see that.
func secondment(s *scoring.Scheme) string {
	if u, ok := s.Unit("市发改委"); ok {
		return u.Name
	}
	return ""
}

// roleTitle is the role as the page shows it.
func roleTitle(r store.Role) string {
	switch r {
	case store.Liaison:
		return "联络员"
	case store.Office:
		return "跑改办"
	case store.Leader:
		return "领导"
	case store.Scorer:
		return "评分部门"
	case store.Auditor:
		return "监督"
	}
	return string(r)
}

// seat puts the cast and their groups into the chat server.
func seat(server *sandbox.Server, players []Player) error {
	var clerks, leaders []int64
	for _, p := range players {
		err := server.AddPerson(sandbox.Person{
			ID: p.ID, Name: p.Name, Role: roleTitle(p.Role), Unit: strings.TrimSpace(p.Unit), Featured: p.Featured,
		})
		if err != nil {
			return err
		}
		switch p.Role {
		case store.Office:
			clerks = append(clerks, p.ID)
		case store.Leader:
			leaders = append(leaders, p.ID)
		}
	}
	for _, g := range []sandbox.Group{
		{ID: officeGroup, Title: "跑改办工作群（演练）", Members: clerks, BotMember: true, Featured: true},
		{ID: leadersGroup, Title: "市领导群（演练）", Members: append(leaders, clerks[0]), BotMember: true, Featured: true},
	} {
		if err := server.AddGroup(g); err != nil {
			return err
		}
	}
	return nil
}
