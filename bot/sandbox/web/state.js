// What the page knows, and who wants to hear when it changes.

/**
 * chat is the chat on screen (a person's id: their private chat with the bot;
 * negative: a group; 0: none); as is the person who speaks there.
 * offset is the rehearsal's time zone in minutes east of UTC, now its clock;
 * phone: the window shows one pane at a time, view says which.
 */
export const state = {
  title: "",
  bot: { id: 0, name: "", username: "" },
  people: new Map(),
  groups: new Map(),
  host: false,
  chat: 0,
  as: 0,
  offset: -new Date().getTimezoneOffset(),
  now: null,
  view: "people",
  phone: false,
  chats: new Map(),
};

const listeners = new Map();

/** Calls fn whenever topic is told: people, select, chat, tools, action, view, clock, panel. */
export function on(topic, fn) {
  if (!listeners.has(topic)) listeners.set(topic, []);
  listeners.get(topic).push(fn);
}

export function tell(topic, detail) {
  for (const fn of listeners.get(topic) ?? []) fn(detail);
}

/** The history kept of a chat; made empty when first asked for. */
export function history(id) {
  if (!state.chats.has(id)) {
    state.chats.set(id, {
      id, messages: [], pinned: null, keyboard: null, menu: [], more: false,
      loaded: false, waiting: null, action: null, draft: "",
    });
  }
  return state.chats.get(id);
}

/** A person or a group by chat id. */
export const entry = (id) => (id < 0 ? state.groups.get(id) : state.people.get(id));

/** The person who acts in the chat on screen. */
export const speaker = () => state.people.get(state.as);

/** The unread count of everything in the list. */
export function unreadTotal() {
  let sum = 0;
  for (const p of state.people.values()) if (p.featured) sum += p.unread || 0; // the script reads for the others
  for (const g of state.groups.values()) sum += g.unread || 0;
  return sum;
}
