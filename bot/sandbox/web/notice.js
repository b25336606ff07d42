// Short notices over the chat, and alerts that wait for 好.
import { $, fill, h } from "./dom.js";

/** Shows a line for some seconds; tone is "" or "bad". */
export function toast(text, tone = "") {
  const line = h("div.toast", { "data-tone": tone }, text);
  $("#toasts").append(line);
  const stay = 2600 + Math.min(text.length, 100) * 45;
  setTimeout(() => line.classList.add("going"), stay);
  setTimeout(() => line.remove(), stay + 300);
}

export const failed = (err) => toast(err.message, "bad");

/** A box that must be closed by hand, as answerCallbackQuery with show_alert makes. */
export function alertBox(title, text) {
  const box = $("#alert");
  fill(box,
    h("h2", {}, title),
    h("p", {}, text),
    h("form", { method: "dialog" }, h("button.primary", { autofocus: true }, "好")));
  if (!box.open) box.showModal();
}
