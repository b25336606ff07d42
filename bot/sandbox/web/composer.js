// Writing: text, reply, revision of one's own message, who speaks.
import { $, button, fill, h, icon } from "./dom.js";
import { post } from "./api.js";
import { clearTray, hasFiles, mountTray, sendTray } from "./attach.js";
import { closeCommands, mountCommands, offerCommands, steerCommands } from "./commands.js";
import { clip, nameOf, preview } from "./format.js";
import { startBot, startPayload } from "./links.js";
import { mountKeyboard } from "./keyboard.js";
import { openOddMenu } from "./menus.js";
import { failed } from "./notice.js";
import { entry, history, on, state } from "./state.js";

const input = () => $("#composer-input");
const work = { reply: null, revise: null, chat: 0 };

export function mountComposer() {
  const box = input();
  $("#composer").addEventListener("submit", (e) => { e.preventDefault(); send(); });
  box.addEventListener("keydown", onKey);
  box.addEventListener("input", onInput);
  $("#odd").addEventListener("click", (e) => openOddMenu(e.currentTarget));
  on("select", switchChat);
  on("tools", onInput);
  on("people", showSpeakers);
  on("people", showBlocked);
  on("reply", (m) => aim({ reply: m }));
  on("revise", (m) => aim({ revise: m }));
  mountTray(onInput);
  mountCommands();
  mountKeyboard();
}

// Half-written text stays with its chat.
function switchChat() {
  if (work.chat) history(work.chat).draft = work.revise ? "" : input().value;
  if (work.chat !== state.chat) {
    Object.assign(work, { chat: state.chat, reply: null, revise: null });
    input().value = history(state.chat).draft;
    clearTray();
  }
  closeCommands();
  showSpeakers();
  showBlocked();
  showAim();
  onInput();
}

function showSpeakers() {
  const group = state.groups.get(state.chat);
  const select = $("#speaker");
  $("#speaker-box").hidden = !group;
  if (!group) return;
  const members = (group.members ?? []).map((id) => state.people.get(id)).filter(Boolean);
  fill(select, members.map((p) => h("option", { value: p.id, selected: p.id === state.as }, [p.name, p.unit || p.role].filter(Boolean).join(" · "))));
  select.value = state.as;
}

function showBlocked() {
  const blocked = Boolean(state.people.get(state.chat)?.blocked);
  $("#composer").hidden = blocked;
  const bar = $("#blocked");
  bar.hidden = !blocked;
  if (!blocked) return fill(bar);
  const restore = () => post("block", { person: state.chat, blocked: false }).catch(failed);
  return fill(bar, h("span", {}, "已停用机器人，收不到它的消息"), h("button.primary", { type: "button", onclick: restore }, "恢复"));
}

function aim({ reply = null, revise = null }) {
  if (revise || work.revise) input().value = revise?.text ?? revise?.caption ?? "";
  Object.assign(work, { reply, revise });
  showAim();
  onInput();
  input().focus();
}

function showAim() {
  const m = work.revise ?? work.reply;
  const bar = $("#aim");
  bar.hidden = !m;
  if (!m) return;
  fill(bar, icon(work.revise ? "edit" : "reply"),
    h("span.aim-words", {},
      h("strong", {}, work.revise ? "修改消息" : `回复 ${nameOf(m.from)}`),
      h("span", {}, clip(preview(m), 80))),
    button(".round", "取消", () => aim({}), icon("close")));
}

function onInput() {
  const box = input();
  box.style.setProperty("height", "auto");
  box.style.setProperty("height", Math.min(box.scrollHeight, 180) + "px");
  box.placeholder = hint();
  $("#send").disabled = !box.value.trim() && !hasFiles();
  offerCommands(box.value);
  offerLink(box.value.trim());
}

function hint() {
  if (hasFiles()) return "添加说明…";
  const asked = history(state.chat).keyboard?.input_field_placeholder;
  if (asked) return asked;
  if (state.chat < 0) return `以 ${entry(state.as)?.name ?? ""} 的身份发言…`;
  return state.phone ? "输入消息" : "输入消息，或输入 / 查看命令";
}

// Someone who was sent an invitation pastes it here, as they would tap it elsewhere.
function offerLink(text) {
  const payload = /^(https?:\/\/|tg:|t\.me\/)\S+$/i.test(text) ? startPayload(text) : null;
  const bar = $("#link-offer");
  bar.hidden = !payload;
  if (!payload) return;
  const open = () => { input().value = ""; onInput(); startBot(state.as, payload); };
  fill(bar, h("span", {}, "这是打开机器人的链接"),
    h("button.primary", { type: "button", id: "open-link", onclick: open }, `以 ${entry(state.as)?.name} 的身份打开`));
}

// While an input method composes, Enter belongs to it.
function onKey(e) {
  if (e.isComposing || e.keyCode === 229) return;
  if (steerCommands(e)) return;
  if (e.key === "Enter" && !e.shiftKey) {
    e.preventDefault();
    send();
  } else if (e.key === "Escape" && (work.reply || work.revise)) {
    aim({});
  } else if (e.key === "ArrowUp" && !input().value) {
    reviseLast(e);
  }
}

function reviseLast(e) {
  const last = history(state.chat).messages.findLast((m) => m.out && m.from?.id === state.as && m.text !== undefined);
  if (!last) return;
  e.preventDefault();
  aim({ revise: last });
}

async function send() {
  const text = input().value;
  if (!text.trim() && !hasFiles()) return;
  const { reply, revise } = work;
  const job = { from: state.as, chat: state.chat };
  Object.assign(work, { reply: null, revise: null });
  input().value = "";
  showAim();
  onInput();
  try {
    if (hasFiles()) await sendTray({ ...job, caption: text.trim(), replyTo: reply?.message_id });
    else if (revise) await post("edit", { ...job, message_id: revise.message_id, text });
    else await post("send", { ...job, text, reply_to: reply?.message_id });
  } catch (err) {
    giveBack({ text, reply, revise });
    failed(err);
  }
}

// What was not accepted is not lost.
function giveBack({ text, reply, revise }) {
  if (!input().value) input().value = text;
  Object.assign(work, { reply, revise });
  showAim();
  onInput();
}
