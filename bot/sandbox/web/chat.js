// The middle: head, pinned bar and the messages of the chat on screen.
import { $, button, fill, h, icon } from "./dom.js";
import { clip, hue, initial, preview } from "./format.js";
import { startBot } from "./links.js";
import { blocksOf, draw } from "./message.js";
import { openChatMenu } from "./menus.js";
import { entry, history, on, state } from "./state.js";
import { loadOlder, markSeen } from "./sync.js";

const nearBottom = 120;
const actions = {
  typing: "正在输入", upload_photo: "正在发送图片", upload_document: "正在发送文件",
  record_voice: "正在录音", upload_voice: "正在发送语音", find_location: "正在定位",
};

const drawn = { chat: 0, as: 0, blocks: new Map() };
let actionTimer = 0;

export function mountChat() {
  on("select", () => { showHead(); showMessages({ opened: true }); showPinned(); showAction(""); });
  on("people", showHead);
  on("chat", showMessages);
  on("tools", () => { showPinned(); showStart(); });
  on("view", () => { if (state.view === "chat") { toBottom(); markSeen(); } });
  on("action", ({ chat, action }) => { if (chat === state.chat) showAction(action); });
  const list = $("#messages");
  list.addEventListener("scroll", onScroll, { passive: true });
  $("#to-bottom").addEventListener("click", () => toBottom("smooth"));
  $("#pinned").addEventListener("click", () => scrollToMessage(history(state.chat).pinned?.message_id));
  new ResizeObserver(() => { if (list.dataset.stick === "1") toBottom(); }).observe(list);
}

function showHead() {
  $("#chat").dataset.chat = state.chat;
  const item = entry(state.chat);
  const head = $("#chat-head");
  if (!item) return fill(head);
  const group = state.chat < 0;
  const under = group
    ? `${(item.members ?? []).length} 名成员`
    : [item.role, item.unit].filter(Boolean).join(" · ");
  fill(head,
    h("span.avatar", { "data-hue": hue(state.chat), "data-group": group, "aria-hidden": "true" }, initial(item.title ?? item.name)),
    h("div.head-words", {},
      h("h2", {}, group ? item.title : item.name, group ? null : h("span.with", {}, `与 ${state.bot.name} 的对话`)),
      h("p", { id: "chat-status", "data-rest": under }, under)),
    group ? null : button(".round#chat-menu", "对话选项", (e) => openChatMenu(e.currentTarget), icon("more")));
}

function showPinned() {
  const { pinned } = history(state.chat);
  const bar = $("#pinned");
  bar.hidden = !pinned;
  if (pinned) fill(bar, icon("pin"), h("span.pinned-words", {}, h("strong", {}, "置顶消息"), h("span", {}, clip(preview(pinned), 90))));
}

// A chat in which nothing was said yet offers what a client offers: 开始.
function showStart() {
  const chat = history(state.chat);
  const empty = chat.loaded && chat.messages.length === 0;
  const box = $("#empty");
  box.hidden = !empty;
  if (!empty) return;
  const person = state.people.get(state.chat);
  fill(box, h("p", {}, person ? `${person.name} 还没有和 ${state.bot.name} 说过话` : "这个群里还没有消息"),
    person ? h("button.primary", { type: "button", id: "start", onclick: () => startBot(state.chat, "") }, "开始") : null);
}

/** Draws what changed; keeps the place, or follows the end when it was in sight. */
function showMessages(why = {}) {
  const list = $("#messages");
  const chat = history(state.chat);
  const changedChat = drawn.chat !== state.chat || drawn.as !== state.as;
  if (changedChat) {
    Object.assign(drawn, { chat: state.chat, as: state.as, blocks: new Map() });
    $("#log").replaceChildren();
  }
  const follow = why.opened || changedChat || list.dataset.stick === "1" || (why.message?.out && why.message.from?.id === state.as);
  const fromEnd = list.scrollHeight - list.scrollTop;
  reconcile(blocksOf(chat, state.as), { animate: Boolean(why.message) });
  showStart();
  $("#loading").hidden = chat.loaded;
  $("#chat").setAttribute("aria-busy", String(!chat.loaded));
  if (follow) toBottom();
  else if (why.older) list.scrollTop = list.scrollHeight - fromEnd;
}

// Elements of blocks that did not change stay, with their focus and pictures.
function reconcile(blocks, { animate }) {
  const log = $("#log");
  const next = new Map();
  let after = null;
  for (const block of blocks) {
    const mark = JSON.stringify([block.messages, block.first, block.last, block.own]);
    const old = drawn.blocks.get(block.key);
    const el = old?.mark === mark ? old.el : draw(block, state.chat, state.chat < 0);
    if (old && el !== old.el) replace(old.el, el);
    else if (after ? after.nextSibling !== el : log.firstChild !== el) log.insertBefore(el, after ? after.nextSibling : log.firstChild);
    if (!old && animate) el.classList.add("arriving");
    next.set(block.key, { mark, el });
    after = el;
  }
  for (const [key, { el }] of drawn.blocks) if (!next.has(key)) el.remove();
  drawn.blocks = next;
}

// A button pressed from the keyboard keeps the focus when its message is edited.
function replace(old, el) {
  const focused = old.contains(document.activeElement) ? document.activeElement.dataset.button : null;
  old.replaceWith(el);
  if (!focused) return;
  const all = [...el.querySelectorAll("[data-button]")];
  (all.find((b) => b.dataset.button === focused) ?? all[0])?.focus({ preventScroll: true });
}

function toBottom(behavior = "instant") {
  const list = $("#messages");
  list.dataset.stick = "1";
  list.scrollTo({ top: list.scrollHeight, behavior });
}

function onScroll() {
  const list = $("#messages");
  const left = list.scrollHeight - list.scrollTop - list.clientHeight;
  list.dataset.stick = left < nearBottom ? "1" : "0";
  $("#to-bottom").hidden = left < nearBottom * 3;
  if (list.scrollTop < 200) loadOlder();
}

/** Brings a message into sight and makes it glow; older pages are read as needed. */
export async function scrollToMessage(id) {
  if (!id) return;
  const find = () => $(`#log [data-message="${id}"]`);
  while (!find() && history(state.chat).more) await loadOlder();
  const el = find();
  if (!el) return;
  $("#messages").dataset.stick = "0";
  el.scrollIntoView({ block: "center", behavior: "smooth" });
  el.classList.remove("glow");
  requestAnimationFrame(() => el.classList.add("glow"));
}

// Telegram's chat actions fade after five seconds or at the next message.
function showAction(action) {
  clearTimeout(actionTimer);
  const words = actions[action] ?? (action ? "正在处理" : "");
  const status = $("#chat-status");
  if (status) fill(status, words ? h("span.busy", {}, words, h("i.dots", {}, h("i"), h("i"), h("i"))) : status.dataset.rest);
  if (words) actionTimer = setTimeout(() => showAction(""), 5000);
}
