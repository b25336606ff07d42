// Keeps the page's state equal to the server's: first read, events, resets.
import { get, post } from "./api.js";
import { preview } from "./format.js";
import { alertBox, failed, toast } from "./notice.js";
import { answered } from "./press.js";
import { entry, history, state, tell } from "./state.js";

const pageSize = 50;

/** Reads people, groups and the bot; chats already read stay. */
export async function loadState() {
  const s = await get("state");
  const bot = { ...state.bot, ...s.bot, name: s.bot?.name ?? s.bot?.first_name ?? "机器人" };
  Object.assign(state, { title: s.title ?? "", bot, host: Boolean(s.host) });
  state.people = new Map((s.people ?? []).map((p) => [p.id, p]));
  state.groups = new Map((s.groups ?? []).map((g) => [g.id, g]));
  tell("people");
}

/** Shows a chat; in a group, as is who speaks (the last who did, or the first member). */
export async function openChat(id, as) {
  if (!entry(id)) return;
  state.chat = id;
  state.as = id > 0 ? id : memberOf(id, as, history(id).as);
  history(id).as = state.as;
  tell("select");
  try {
    if (!history(id).loaded) await loadChat(id);
    else if (id < 0 || history(id).stale) await loadTools(id);
  } catch (err) {
    failed(err);
  }
  markSeen();
}

// The first of the wished-for people who is in the group, else its first member.
function memberOf(id, ...wished) {
  const members = (entry(id).members ?? []).filter((m) => state.people.has(m));
  return wished.find((p) => members.includes(p)) ?? members[0] ?? 0;
}

const asOf = (id) => (id < 0 ? history(id).as : undefined);

// Events that come while the answer is on its way are applied after it.
async function loadChat(id) {
  const chat = history(id);
  if (chat.waiting) return;
  chat.waiting = [];
  try {
    const body = await get("chat", { id, limit: pageSize, as: asOf(id) });
    Object.assign(chat, {
      messages: body.messages ?? [], pinned: body.pinned ?? null, keyboard: body.keyboard ?? null,
      menu: body.menu ?? [], more: Boolean(body.more), loaded: true, stale: false,
    });
  } finally {
    const late = chat.waiting;
    chat.waiting = null;
    late.forEach(apply);
  }
  if (id === state.chat) tell("chat", { opened: true });
  if (id === state.chat) tell("tools");
}

/** Reads the page of messages before the oldest one known. */
export async function loadOlder() {
  const chat = history(state.chat);
  if (!chat.loaded || !chat.more || chat.fetching) return;
  chat.fetching = true;
  try {
    const before = chat.messages[0]?.message_id;
    const body = await get("chat", { id: chat.id, before, limit: pageSize, as: asOf(chat.id) });
    chat.messages = [...(body.messages ?? []), ...chat.messages];
    chat.more = Boolean(body.more) && (body.messages ?? []).length > 0;
    if (chat.id === state.chat) tell("chat", { older: true });
  } catch (err) {
    failed(err);
  } finally {
    chat.fetching = false;
  }
}

/** Reads again what surrounds a chat: reply keyboard, command menu, pinned message. */
async function loadTools(id) {
  const chat = history(id);
  chat.stale = false;
  const body = await get("chat", { id, limit: 1, as: asOf(id) });
  Object.assign(chat, { pinned: body.pinned ?? null, keyboard: body.keyboard ?? null, menu: body.menu ?? [] });
  if (id === state.chat) tell("tools");
}

/** Tells the server that the chat on screen has been read. */
export function markSeen() {
  const open = entry(state.chat);
  const shown = document.visibilityState === "visible" && (state.view === "chat" || !state.phone);
  if (!open?.unread || !shown) return;
  open.unread = 0;
  tell("people");
  post("seen", { chat: state.chat }).catch(() => {});
}

// After a reset anything may have changed: the chats are read anew when shown.
async function reset() {
  for (const chat of state.chats.values()) chat.loaded = false;
  await loadState();
  tell("clock");
  tell("panel");
  if (state.chat) await openChat(state.chat, state.as);
}

/** Takes one event of the stream. */
export function dispatch(event) {
  const chat = event.chat && state.chats.get(event.chat);
  if (chat?.waiting) chat.waiting.push(event);
  else apply(event);
}

const quiet = (promise) => promise.catch(failed);

const handlers = {
  message: ({ chat, message }) => { upsert(chat, message); newest(chat, message); },
  edit: ({ chat, message }) => upsert(chat, message, true),
  delete: ({ chat, message_id: id }) => remove(chat, id),
  pin: ({ chat }) => refresh(chat),
  menu: ({ chat }) => (chat ? refresh(chat) : [...state.chats.keys()].forEach(refresh)),
  unread: ({ chat, unread }) => setUnread(chat, unread),
  toast: hearAnswer,
  action: ({ chat, action }) => tell("action", { chat, action }),
  member: () => quiet(reread()),
  people: () => quiet(reread()),
  host: () => { tell("clock"); tell("panel"); },
  reset: () => quiet(reset()),
};

function apply(event) {
  handlers[event.type]?.(event);
}

// A group that became a supergroup goes on under another id.
async function reread() {
  const open = state.groups.get(state.chat);
  await loadState();
  if (!open || entry(state.chat)) return;
  const heir = [...state.groups.values()].find((g) => g.title === open.title);
  if (heir) await openChat(heir.id, state.as);
}

// A burst of messages is followed by one reading; a chat out of sight is read
// again when it is opened.
function refresh(id) {
  const chat = history(id);
  if (chat.stale || !chat.loaded) return;
  chat.stale = true;
  setTimeout(() => { if (chat.stale && id === state.chat) quiet(loadTools(id)); }, 60);
}

// An edit of a message that was never read here is none of our business.
function upsert(id, message, onlyKnown = false) {
  const chat = history(id);
  const at = chat.messages.findIndex((m) => m.message_id >= message.message_id);
  if (at >= 0 && chat.messages[at].message_id === message.message_id) chat.messages[at] = message;
  else if (onlyKnown) return;
  else if (at < 0) chat.messages.push(message);
  else chat.messages.splice(at, 0, message);
  if (chat.pinned?.message_id === message.message_id) {
    chat.pinned = message;
    if (id === state.chat) tell("tools");
  }
  if (id === state.chat) tell("chat", { message });
}

function newest(id, message) {
  const item = entry(id);
  if (item) item.last = { text: preview(message), date: message.date };
  tell("people");
  if (message.out) return;
  tell("action", { chat: id, action: "" });
  refresh(id); // a message of the bot may have brought or taken a reply keyboard
}

function remove(id, messageID) {
  const chat = history(id);
  chat.messages = chat.messages.filter((m) => m.message_id !== messageID);
  if (id === state.chat) tell("chat", {});
}

function setUnread(id, unread) {
  const item = entry(id);
  if (!item) return;
  item.unread = unread;
  if (id === state.chat) markSeen();
  tell("people");
}

// The answer to a press is shown to whoever pressed, and only to them.
function hearAnswer({ person, text, alert, callback }) {
  const pressedHere = answered(callback);
  if (!text || (!pressedHere && person !== state.as)) return;
  if (alert) alertBox(state.bot.name, text);
  else toast(text);
}
