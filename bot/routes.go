package bot

import (
	"paogai/bot/text"
	"paogai/store"
)

// routes is the table of everything that people can do in a chat.
func routes(b *Bot, o Options) Routes {
	f := &front{desk: o.Desk, drafts: o.Drafts, calendar: o.Calendar, rand: b.rand, username: b.Username}
	return Routes{
		Commands: f.commands(),
		Taps:     f.taps(),
		Steps:    f.steps(),
		Resume: map[string]Handler{
			flowSubmit: f.resumeSubmit,
			flowInvite: f.resumeInvite,
			flowReturn: f.askReason,
		},
		Stranger: f.stranger,
		Unknown:  f.unknown,
		Stale:    f.stale,
		Edited:   f.edited,
		Added:    f.added,
		Fallback: f.fallback,
		Explain:  f.explain,
		Apology:  f.apology,
		Menu:     menu,
		Notice:   f.notice,
	}
}

func (f *front) commands() []Command {
	office, leaders := store.PurposeOffice, store.PurposeLeaders
	return []Command{
		{Names: []string{"start"}, Words: []string{"开始"}, Handle: f.start, Open: true},
		{Names: []string{"help"}, Words: []string{"帮助", "能做什么", "菜单"}, Handle: f.bound(f.help, office, leaders)},
		{Names: []string{"me"}, Words: []string{"我", "我的身份", "我是谁"}, Handle: f.private(f.me)},
		{Names: []string{"cancel"}, Words: []string{"取消", "算了", "退出"}, Handle: f.cancel, Always: true},

		{Names: []string{"tasks"}, Words: []string{"我的任务", "任务", "待办"}, Handle: f.private(f.tasks)},
		{Names: []string{"submit"}, Words: []string{"申报", "提交", "我要申报"}, Handle: f.private(f.submit)},
		{Names: []string{"score", "why"}, Words: []string{"得分", "我的得分", "得分明细", "分数", "为什么"}, Handle: f.private(f.score)},
		{Names: []string{"rank"}, Words: []string{"排名", "排名榜", "名次"}, Handle: f.bound(f.rank, office, leaders)},

		{Names: []string{"queue"}, Words: []string{"待审", "审核", "待审核"}, Handle: f.bound(f.queue, office)},
		{Names: []string{"invite"}, Words: []string{"邀请"}, Handle: f.private(f.invite)},
		{Names: []string{"bind"}, Words: []string{"绑定"}, Handle: f.bind},
		{Names: []string{"unbind"}, Words: []string{"解除绑定"}, Handle: f.unbind},
	}
}

func (f *front) taps() []TapRoute {
	return []TapRoute{
		{"noop", f.noop},
		{"cancel", f.cancel},
		{"tasks", f.tasks},
		{"score", f.scoreTapped},
		{"rank", f.rank},

		{"submit", f.submit},
		{"file", f.submitNode},
		{"s.page", f.pickPage},
		{"s.node", f.pickTapped},
		{"s.back", f.submitBack},
		{"s.done", f.evidenceDone},
		{"s.remove", f.evidenceRemove},
		{"s.change", f.submitChange},
		{"s.confirm", f.confirm},
		{"withdraw", f.withdraw},
		{"withdraw.yes", f.withdrawYes},
		{"withdraw.no", f.withdrawNo},

		{"queue", f.queue},
		{"open", f.open},
		{"accept", f.accept},
		{"return", f.returnAsk},
		{"return.why", f.returnWhy},
		{"return.write", f.returnWrite},
		{"return.no", f.returnNo},
		{"evidence", f.evidence},

		{"invite", f.invite},
		{"inv.role", f.inviteRole},
		{"inv.class", f.inviteClass},
		{"inv.units", f.inviteUnits},
		{"inv.unit", f.inviteUnit},
		{"inv.none", f.inviteNoUnit},
		{"inv.back", f.inviteBack},
		{"inv.list", f.inPlace(f.listInvitations)},
		{"inv.revoke", f.revokeInvitation},
	}
}

func (f *front) steps() []StepRoute {
	pressed := f.step(step{noWords: text.T("bad.step.button"), noFiles: text.T("bad.step.button")})
	return []StepRoute{
		{flowSubmit, stepPick, f.step(step{words: f.pickWritten, noFiles: text.T("submit.pick.file")})},
		{flowSubmit, stepNote, f.step(step{words: f.noteWritten, files: f.noteWithFiles})},
		{flowSubmit, stepEvidence, f.step(step{words: f.evidenceWritten, files: f.evidenceSent})},
		{flowSubmit, stepPreview, f.step(step{
			noWords: text.T("submit.preview.text"), noFiles: text.T("submit.preview.file"),
		})},
		{flowInvite, stepRole, pressed},
		{flowInvite, stepUnit, f.step(step{words: f.inviteUnitWritten, noFiles: text.T("bad.step.unit")})},
		{flowReturn, stepReason, f.step(step{words: f.reasonWritten, noFiles: text.T("review.reason.file")})},
	}
}
