package bot

import (
	"context"
	"strconv"

	"paogai/bot/text"
	"paogai/store"
)

// unitsAtOnce is how many units are offered as buttons after a search.
const unitsAtOnce = 30

// askUnit asks for the unit, offering the classes to look through.
func (f *front) askUnit(ctx context.Context, t *Turn) error {
	var data inviting
	if err := t.Talk.Load(&data); err != nil {
		return err
	}
	c := Card{HTML: text.T("invite.unit", text.A{"role": text.T("role." + string(data.Role))})}
	c.Buttons = f.classButtons(t, data.Role)
	_, err := t.Say(ctx, c)
	return err
}

// classButtons lead to the units of a class; someone of the office may belong
// to no unit at all.
func (f *front) classButtons(t *Turn, role store.Role) [][]Button {
	var classes []Button
	f.look(t.Now, func(v view) {
		if v.facts == nil {
			return
		}
		counts := map[string]int{}
		for _, u := range v.facts.Units {
			counts[u.Class]++
		}
		for i, c := range v.facts.Scheme.Classes {
			classes = append(classes, Button{
				Label: text.Plain("invite.class-button", text.A{"class": c.Title, "count": counts[c.ID]}),
				Data:  t.Action("inv.class", strconv.Itoa(i)),
			})
		}
	})
	rows := buttonRows(2, classes)
	if role == store.Office {
		rows = append(rows, Row(Button{Label: text.Plain("button.skip-unit"), Data: t.Action("inv.none")}))
	}
	return append(rows, Row(backButton(t, "inv.back"), cancelButton(t)))
}

// inviteBack goes from the unit to the role.
func (f *front) inviteBack(ctx context.Context, t *Turn) error {
	if err := t.Talk.Move(stepRole, inviting{}); err != nil {
		return err
	}
	return f.askRole(ctx, t)
}

// inviteClass shows the units of a class.
func (f *front) inviteClass(ctx context.Context, t *Turn) error {
	at, _ := t.Tap.Action.Int(0)
	c := Card{}
	f.look(t.Now, func(v view) {
		if v.facts == nil || at < 0 || at >= len(v.facts.Scheme.Classes) {
			return
		}
		class := v.facts.Scheme.Classes[at]
		var names []string
		for _, u := range v.facts.Units {
			if u.Class == class.ID {
				names = append(names, u.Name)
			}
		}
		c.HTML = text.T("invite.units", text.A{"class": class.Title, "count": len(names)})
		c.Buttons = v.unitButtons(names, func(i string) Action { return t.Action("inv.unit", i) })
	})
	c.Buttons = append(c.Buttons, Row(backButton(t, "inv.units"), cancelButton(t)))
	_, err := t.Edit(ctx, t.Message, c)
	return err
}

// inviteUnits goes back from a class to all of them.
func (f *front) inviteUnits(ctx context.Context, t *Turn) error {
	var data inviting
	if err := t.Talk.Load(&data); err != nil {
		return err
	}
	_, err := t.Edit(ctx, t.Message, Card{
		HTML:    text.T("invite.unit", text.A{"role": text.T("role." + string(data.Role))}),
		Buttons: f.classButtons(t, data.Role),
	})
	return err
}

// unitButtons offer units, each known by its place in the campaign: names are
// too long for the data of a button.
func (v view) unitButtons(names []string, to func(place string) Action) [][]Button {
	var buttons []Button
	for i, u := range v.facts.Units {
		for _, name := range names {
			if u.Name == name {
				buttons = append(buttons, Button{Label: name, Data: to(strconv.Itoa(i))})
			}
		}
	}
	return buttonRows(2, buttons)
}

// unitAt is the name of the unit at a place of the campaign.
func (v view) unitAt(a Action, arg int) (string, bool) {
	i, ok := a.Int(arg)
	if !ok || v.facts == nil || i < 0 || i >= len(v.facts.Units) {
		return "", false
	}
	return v.facts.Units[i].Name, true
}

// inviteUnit takes the unit that was tapped.
func (f *front) inviteUnit(ctx context.Context, t *Turn) error {
	var data inviting
	if err := t.Talk.Load(&data); err != nil {
		return err
	}
	unit, ok := "", false
	f.look(t.Now, func(v view) { unit, ok = v.unitAt(t.Tap.Action, 0) })
	if !ok {
		return f.stale(ctx, t)
	}
	return f.issue(ctx, t, data.Role, unit)
}

// inviteNoUnit is for people of the office who belong to no assessed unit.
func (f *front) inviteNoUnit(ctx context.Context, t *Turn) error {
	return f.issue(ctx, t, store.Office, "")
}

// inviteUnitWritten looks for the unit that was written.
func (f *front) inviteUnitWritten(ctx context.Context, t *Turn) error {
	var data inviting
	if err := t.Talk.Load(&data); err != nil {
		return err
	}
	var found []string
	c := Card{}
	f.look(t.Now, func(v view) {
		if v.facts == nil {
			return
		}
		found = findUnits(v.facts, t.Text)
		args := text.A{"query": text.Cut(t.Text, titleLength), "count": len(found)}
		if len(found) == 0 || len(found) > unitsAtOnce {
			c = Card{HTML: text.T("invite.no-match", args), Buttons: f.classButtons(t, data.Role)}
			return
		}
		c.HTML = text.T("invite.matches", args)
		c.Buttons = v.unitButtons(found, func(i string) Action { return t.Action("inv.unit", i) })
		c.Buttons = append(c.Buttons, Row(backButton(t, "inv.units"), cancelButton(t)))
	})
	if len(found) == 1 {
		return f.issue(ctx, t, data.Role, found[0])
	}
	_, err := t.Say(ctx, c)
	return err
}
