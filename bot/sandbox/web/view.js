// Which chat and which pane are on screen; the last view lives in location.hash.
import { $ } from "./dom.js";
import { entry, history, state, tell } from "./state.js";
import { markSeen, openChat } from "./sync.js";

const narrow = window.matchMedia("(max-width: 859px)");

/** Shows a chat (0: none), who speaks in it, and on narrow windows a pane. */
export async function show({ chat = state.chat, as, view = state.view }) {
  state.phone = narrow.matches;
  state.view = view;
  document.body.dataset.view = view;
  for (const tab of document.querySelectorAll("[data-tab]")) {
    tab.setAttribute("aria-current", tab.dataset.tab === view ? "page" : "false");
  }
  const same = chat === state.chat && (as === undefined || as === state.as);
  if (chat && !same) await openChat(chat, as);
  else markSeen();
  remember();
  tell("view");
}

// #1001 is a private chat, #-2001/1003 a group in which 1003 speaks.
function remember() {
  if (!state.chat) return;
  const hash = state.chat < 0 ? `#${state.chat}/${state.as}` : `#${state.chat}`;
  if (location.hash !== hash) window.history.pushState(null, "", hash);
}

function fromHash() {
  const m = /^#(-?\d+)(?:\/(\d+))?$/.exec(location.hash);
  if (!m || !entry(Number(m[1]))) return null;
  return { chat: Number(m[1]), as: m[2] ? Number(m[2]) : undefined };
}

/** Opens what the address names; else the first person, whose chat a phone keeps behind the list. */
export function mountView() {
  for (const tab of document.querySelectorAll("[data-tab]")) {
    tab.addEventListener("click", () => show({ view: tab.dataset.tab }));
  }
  window.addEventListener("popstate", () => { const to = fromHash(); if (to) show({ ...to, view: "chat" }); });
  narrow.addEventListener("change", () => show({}));
  document.addEventListener("visibilitychange", markSeen);
  $("#speaker").addEventListener("change", (e) => {
    history(state.chat).as = Number(e.target.value);
    show({ as: Number(e.target.value) });
  });
  const named = fromHash();
  if (named) return show({ ...named, view: "chat" });
  const first = [...state.people.values()].find((p) => p.featured) ?? state.people.values().next().value;
  return show({ chat: first?.id ?? 0, view: narrow.matches ? "people" : "chat" });
}
