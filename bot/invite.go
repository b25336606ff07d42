package bot

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"paogai/bot/text"
	"paogai/store"
)

// The dialog in which the office makes an invitation link: the role, then the
// unit, then the link, which is shown once and kept nowhere.
const (
	flowInvite = "invite"
	stepRole   = "role"
	stepUnit   = "unit"
)

// inviteDays is how many days an invitation made in chat is good for.
const inviteDays = 7

// inviting is what the dialog has gathered.
type inviting struct {
	Role store.Role `json:"role,omitempty"`
}

// invite begins with the roles.
func (f *front) invite(ctx context.Context, t *Turn) error {
	if t.Who.Role != store.Office {
		return f.refuseRole(ctx, t)
	}
	if t.Kind == KindCommand && t.Talk.Flow == flowInvite {
		return nil // the router shows the step again
	}
	if err := t.Talk.Begin(flowInvite, stepRole, inviting{}); err != nil {
		return err
	}
	return f.askRole(ctx, t)
}

func (f *front) askRole(ctx context.Context, t *Turn) error {
	buttons := make([]Button, 0, len(store.Roles()))
	for _, role := range store.Roles() {
		buttons = append(buttons, Button{
			Label: text.Plain("role." + string(role)), Data: t.Action("inv.role", string(role)),
		})
	}
	open := 0
	f.look(t.Now, func(v view) { open = len(v.openInvitations()) })
	rows := buttonRows(3, buttons)
	if open > 0 {
		rows = append(rows, Row(Button{
			Label: text.Plain("invite.open-button", text.A{"count": open}), Data: Do("inv.list"),
		}))
	}
	rows = append(rows, Row(cancelButton(t)))
	_, err := t.Say(ctx, Card{HTML: text.T("invite.role", text.A{"days": inviteDays}), Buttons: rows})
	return err
}

// inviteRole takes the role; leaders, scorers and auditors need no unit.
func (f *front) inviteRole(ctx context.Context, t *Turn) error {
	role := store.Role(t.Tap.Action.Arg(0))
	if role != store.Liaison && role != store.Office {
		return f.issue(ctx, t, role, "")
	}
	if err := t.Talk.Move(stepUnit, inviting{Role: role}); err != nil {
		return err
	}
	return f.askUnit(ctx, t)
}

// resumeInvite shows the present step again.
func (f *front) resumeInvite(ctx context.Context, t *Turn) error {
	if t.Talk.Step == stepUnit {
		return f.askUnit(ctx, t)
	}
	return f.askRole(ctx, t)
}

// issue makes the invitation and shows its link.
func (f *front) issue(ctx context.Context, t *Turn, role store.Role, unit string) error {
	expires := t.Now.AddDate(0, 0, inviteDays)
	token, id, err := f.issueToken(ctx, t, store.IssueInvitation{Role: role, Unit: unit, Expires: expires})
	if err != nil {
		return err
	}
	t.Talk.End()
	_, err = t.Say(ctx, Card{HTML: text.T("invite.made", text.A{
		"link": "https://t.me/" + f.username() + "?start=" + token,
		"role": roleName(role, unit), "invitation": id, "expires": expires,
	})})
	return err
}

// issueToken makes a token and the invitation for it. If this turn made one
// before it was interrupted, its token is lost with the answer that should
// have shown it: that invitation is taken back and another one made.
func (f *front) issueToken(ctx context.Context, t *Turn, act store.IssueInvitation) (token, id string, err error) {
	if token, err = store.NewToken(f.rand); err != nil {
		return "", "", fmt.Errorf("make a token: %w", err)
	}
	act.Hash = store.HashToken(token)
	stamp := t.Stamp()
	for {
		entry, err := f.desk.Do(ctx, stamp, act)
		if err != nil {
			return "", "", err //nolint:wrapcheck // the refusal is the message
		}
		id = fmt.Sprintf("I%d", entry.Seq)
		if f.hashOf(t, id) == act.Hash {
			return token, id, nil
		}
		stamp.Cause += "+" // what is asked for the next time
		take := stamp
		take.Cause += "-"
		if _, err := f.desk.Do(ctx, take, store.RevokeInvitation{Invitation: id}); err != nil && !alreadyRevoked(err) {
			return "", "", err //nolint:wrapcheck // the refusal is the message
		}
	}
}

func alreadyRevoked(err error) bool {
	var no *store.Refusal
	return errors.As(err, &no) && (no.Code == store.AlreadyRevoked || no.Code == store.InvitationUsed)
}

// hashOf is the hash that an invitation was made for.
func (f *front) hashOf(t *Turn, id string) (hash string) {
	f.look(t.Now, func(v view) {
		if i, ok := v.r.Invitation(id); ok {
			hash = i.Hash
		}
	})
	return hash
}

// openInvitations are those that somebody could still use.
func (v view) openInvitations() []*store.Invitation {
	var open []*store.Invitation
	for _, i := range v.r.Invitations() {
		if i.Used == nil && i.Revoked == nil && v.now.Before(i.Expires) {
			open = append(open, i)
		}
	}
	return open
}

// inviteListSize is how many invitations stand on one page.
const inviteListSize = 10

// listInvitations shows the open invitations, each with a button to take it back.
func (f *front) listInvitations(v view, t *Turn) Card {
	open := v.openInvitations()
	again := Row(Button{Label: text.Plain("invite.new-button"), Data: Do("invite")})
	if len(open) == 0 {
		return Card{HTML: text.T("invite.none"), Buttons: [][]Button{again}}
	}
	at, _ := t.Tap.Action.Int(0)
	p := pageOf(at, len(open), inviteListSize)
	var lines []string
	var revoke []Button
	for _, i := range open[p.first:p.end] {
		lines = append(lines, string(text.T("invite.line", text.A{
			"invitation": i.ID, "role": roleName(i.Role, i.Unit), "expires": v.local(i.Expires),
		})))
		revoke = append(revoke, Button{
			Label: text.Plain("invite.revoke-button", text.A{"invitation": i.ID}), Data: Do("inv.revoke", i.ID),
		})
	}
	rows := append(buttonRows(2, revoke), p.buttons(func(at string) Action { return Do("inv.list", at) })...)
	return Card{
		HTML: text.T("invite.list", text.A{
			"count": len(open), "lines": text.HTML(strings.Join(lines, "\n")),
		}),
		Buttons: append(rows, again),
	}
}

// revokeInvitation takes one back and turns the list over.
func (f *front) revokeInvitation(ctx context.Context, t *Turn) error {
	id := t.Tap.Action.Arg(0)
	if _, err := t.Do(ctx, store.RevokeInvitation{Invitation: id}); err != nil {
		return err
	}
	if err := t.Toast(ctx, text.Plain("invite.revoked", text.A{"invitation": id}), false); err != nil {
		return err
	}
	t.Tap.Action.Args = nil
	return f.inPlace(f.listInvitations)(ctx, t)
}
