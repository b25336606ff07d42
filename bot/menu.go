package bot

import (
	"context"
	"fmt"

	tg "github.com/go-telegram/bot"
	"github.com/go-telegram/bot/models"

	"paogai/store"
)

// menuFor shows a person's commands in their private chat.
func (b *Bot) menuFor(ctx context.Context, person int64) error {
	var who store.Person
	b.desk.View(func(r *store.Record) { who, _ = r.Person(person) })
	return b.setMenu(ctx, person, b.router.menu(who), &models.BotCommandScopeChat{ChatID: person})
}

// menuForStrangers shows what people see who have not joined.
func (b *Bot) menuForStrangers(ctx context.Context) error {
	return b.setMenu(ctx, nobody, b.router.menu(store.Person{}), &models.BotCommandScopeAllPrivateChats{})
}

func (r *router) menu(who store.Person) []MenuItem {
	if r.Menu == nil {
		return nil
	}
	return r.Menu(who)
}

func (b *Bot) setMenu(ctx context.Context, chat int64, items []MenuItem, scope models.BotCommandScope) error {
	p := &tg.SetMyCommandsParams{Commands: []models.BotCommand{}, Scope: scope}
	for _, item := range items {
		p.Commands = append(p.Commands, models.BotCommand{Command: item.Command, Description: item.Words})
	}
	err := b.out.call(ctx, chat, func(ctx context.Context, _ int64) error {
		_, err := b.api.SetMyCommands(ctx, p)
		return err //nolint:wrapcheck // call looks into it
	})
	if err != nil {
		return fmt.Errorf("set the menu: %w", err)
	}
	return nil
}
