// The buttons under a message.
import { h, icon } from "./dom.js";
import { followLink } from "./links.js";
import { safeURL } from "./entities.js";
import { failed, toast } from "./notice.js";
import { isWaiting, press, pressKey } from "./press.js";
import { on, state } from "./state.js";

/** Rows of buttons for message in chat, or null where it has none. */
export function inlineKeyboard(chat, message) {
  const rows = message.reply_markup?.inline_keyboard;
  if (!rows?.length) return null;
  return h("div.inline-keyboard", { role: "group", "aria-label": "消息按钮" },
    rows.map((row) => h("div.inline-row", {}, row.map((b) => oneButton(chat, message, b)))));
}

function oneButton(chat, message, b) {
  if (b.url) return linkButton(b);
  const key = b.callback_data === undefined ? null : pressKey(chat, message.message_id, b.callback_data);
  return h("button.inline-button", {
    type: "button", "data-button": b.text, "data-style": b.style, "data-press": key,
    "aria-busy": key && isWaiting(key) ? "true" : null,
    onclick: () => act(chat, message, b),
  }, h("span", {}, b.text), b.copy_text ? icon("copy") : null);
}

function linkButton(b) {
  const href = safeURL(b.url);
  return h("a.inline-button", {
    href, "data-button": b.text, "data-style": b.style, target: "_blank", rel: "noopener noreferrer",
    onclick: (e) => { e.preventDefault(); followLink(href); },
  }, h("span", {}, b.text), icon("external"));
}

function act(chat, message, b) {
  if (b.callback_data !== undefined) {
    return press({ from: state.as, chat, message: message.message_id, data: b.callback_data });
  }
  if (b.copy_text) return copy(b.copy_text.text);
  toast("演练页面用不了这种按钮，请改用其他方式。");
}

/** Puts text on the clipboard and says so. */
export function copy(text) {
  return navigator.clipboard.writeText(text).then(
    () => toast("已复制"),
    () => failed(new Error("浏览器不让复制，请手动选取文字。")));
}

on("press", (key) => {
  for (const el of document.querySelectorAll("[data-press]")) {
    if (el.dataset.press !== key) continue;
    if (isWaiting(key)) el.setAttribute("aria-busy", "true");
    else el.removeAttribute("aria-busy");
  }
});
