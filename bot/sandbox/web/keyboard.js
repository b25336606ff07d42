// The reply keyboard that a bot can put in place of a client's own.
import { $, fill, h } from "./dom.js";
import { say } from "./links.js";
import { toast } from "./notice.js";
import { history, on, state } from "./state.js";

// Chats whose keyboard was folded away by hand, or used once.
const folded = new Set();

export function mountKeyboard() {
  on("select", draw);
  on("tools", draw);
  on("people", draw);
  $("#keyboard-button").addEventListener("click", () => {
    if (!folded.delete(state.chat)) folded.add(state.chat);
    draw();
  });
}

const label = (key) => (typeof key === "string" ? key : key.text);

function draw() {
  const kb = history(state.chat).keyboard;
  const rows = kb?.keyboard ?? [];
  const box = $("#reply-keyboard");
  const toggle = $("#keyboard-button");
  toggle.hidden = rows.length === 0;
  box.hidden = rows.length === 0 || folded.has(state.chat) || Boolean(state.people.get(state.chat)?.blocked);
  toggle.setAttribute("aria-pressed", String(!box.hidden));
  if (box.hidden) return;
  fill(box, rows.map((row) => h("div.key-row", {}, row.map((key) =>
    h("button.key", { type: "button", "data-key": label(key), onclick: () => use(kb, key) }, label(key))))));
}

function use(kb, key) {
  if (key.request_contact || key.request_location || key.request_poll || key.web_app) {
    return toast("演练页面用不了这种按键，请改用文字。");
  }
  if (kb.one_time_keyboard) {
    folded.add(state.chat);
    draw();
  }
  return say(state.as, state.chat, label(key));
}
