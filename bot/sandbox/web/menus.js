// Small menus that open at a button: of a message, of a chat, of odd things to send.
import { $, fill, h, icon } from "./dom.js";
import { copy } from "./buttons.js";
import { post } from "./api.js";
import { failed } from "./notice.js";
import { entry, state, tell } from "./state.js";

/** items: [{icon, label, act, tone}] (falsy ones are skipped), shown at anchor. */
export function openMenu(anchor, items) {
  const menu = $("#menu");
  const choose = (item) => { closeMenu(); item.act(); };
  fill(menu, items.filter(Boolean).map((item) =>
    h("button.menu-item", { type: "button", role: "menuitem", "data-menu": item.label, "data-tone": item.tone, onclick: () => choose(item) },
      icon(item.icon), item.label)));
  menu.onkeydown = (e) => moveFocus(e, menu);
  menu.hidden = false;
  place(menu, anchor.getBoundingClientRect());
  menu.opener = anchor;
  menu.firstElementChild?.focus({ preventScroll: true });
}

// Below the anchor where there is room, else above; never off the window.
function place(menu, at) {
  const { width, height } = menu.getBoundingClientRect();
  const below = at.bottom + 6;
  const top = below + height < window.innerHeight - 8 ? below : Math.max(8, at.top - height - 6);
  const left = Math.min(Math.max(8, at.right - width), window.innerWidth - width - 8);
  menu.style.setProperty("top", `${top}px`);
  menu.style.setProperty("left", `${left}px`);
}

function moveFocus(e, menu) {
  if (e.key === "Tab") return closeMenu();
  const step = { ArrowDown: 1, ArrowUp: -1 }[e.key];
  if (!step) return;
  e.preventDefault();
  const items = [...menu.children];
  items[(items.indexOf(document.activeElement) + step + items.length) % items.length].focus();
}

export function closeMenu() {
  const menu = $("#menu");
  if (menu.hidden) return;
  menu.hidden = true;
  menu.opener?.focus({ preventScroll: true });
}

/** Closes the menu on Escape or a press elsewhere. */
export function mountMenus() {
  document.addEventListener("pointerdown", (e) => { if (!e.target.closest("#menu")) closeMenu(); });
  document.addEventListener("keydown", (e) => { if (e.key === "Escape") closeMenu(); });
}

export function openMessageMenu(chat, block, anchor) {
  const m = block.messages[0];
  const editable = block.messages.find((x) => x.text ?? x.caption) ?? (m.photo || m.document ? m : null);
  const words = block.messages.map((x) => x.text ?? x.caption ?? "").filter(Boolean).join("\n");
  openMenu(anchor, [
    { icon: "reply", label: "回复", act: () => tell("reply", m) },
    block.own && editable && { icon: "edit", label: "编辑", act: () => tell("revise", editable) },
    words && { icon: "copy", label: "复制文字", act: () => copy(words) },
  ]);
}

const odd = [["sticker", "贴纸", "smile"], ["voice", "语音", "mic"], ["location", "位置", "place"], ["poll", "投票", "poll"]];

/** 试试别的: things that a bot for filing evidence does not expect. */
export function openOddMenu(anchor) {
  const { chat, as } = state;
  openMenu(anchor, odd.map(([kind, label, name]) => ({
    icon: name, label: `发一个${label}`,
    act: () => post(kind, { from: as, chat }).catch(failed),
  })));
}

/** What the person can do with the chat as a whole. */
export function openChatMenu(anchor) {
  const person = entry(state.chat);
  const block = (blocked) => post("block", { person: person.id, blocked }).catch(failed);
  openMenu(anchor, [
    person.blocked
      ? { icon: "restore", label: "恢复接收机器人消息", act: () => block(false) }
      : { icon: "block", label: "停用机器人", tone: "bad", act: () => block(true) },
  ]);
}
