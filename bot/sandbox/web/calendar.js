// Choosing a day: a month at a time, from today of the rehearsal onwards.
import { $, button, fill, h, icon } from "./dom.js";
import { dayKey, nowUnix } from "./format.js";

const dayMillis = 86400000;
const parse = (key) => new Date(key + "T00:00:00Z");
const keyOf = (date) => date.toISOString().slice(0, 10);
const shift = (key, days) => keyOf(new Date(parse(key).getTime() + days * dayMillis));

// month is the first day of the month on show, chosen the day that Enter takes.
const view = { month: "", chosen: "", choose: () => {} };

/** Opens beside anchor; choose gets the day as YYYY-MM-DD. */
export function openCalendar(anchor, choose) {
  const box = $("#calendar");
  const today = dayKey(nowUnix());
  Object.assign(view, { chosen: today, month: today.slice(0, 8) + "01", choose });
  box.onkeydown = onKey;
  box.onclick = (e) => { if (e.target === box) box.close(); };
  draw();
  box.showModal();
  const at = anchor.getBoundingClientRect();
  const left = Math.min(Math.max(8, at.right - box.offsetWidth), window.innerWidth - box.offsetWidth - 8);
  box.style.setProperty("left", `${left}px`);
  box.style.setProperty("top", `${at.bottom + 8}px`);
  focusChosen();
}

function turn(months) {
  const d = parse(view.month);
  d.setUTCMonth(d.getUTCMonth() + months);
  view.month = keyOf(d);
  draw();
}

function draw() {
  const first = parse(view.month);
  fill($("#calendar"),
    h("div.calendar-head", {},
      button(".round", "上个月", () => turn(-1), icon("left")),
      h("strong", { "aria-live": "polite" }, `${first.getUTCFullYear()}年${first.getUTCMonth() + 1}月`),
      button(".round", "下个月", () => turn(1), icon("right"))),
    h("div.days", { role: "group", "aria-label": "日期" },
      [..."一二三四五六日"].map((d) => h("span.weekday", { "aria-hidden": "true" }, d)),
      days(first)),
    h("form.calendar-foot", { onsubmit: (e) => { e.preventDefault(); take($("#calendar-date").value); } },
      h("input", {
        id: "calendar-date", value: view.chosen, pattern: "\\d{4}-\\d{2}-\\d{2}", inputmode: "numeric", autocomplete: "off",
        "aria-label": "直接输入日期，如 2018-08-31", title: "如 2018-08-31", required: true,
      }),
      h("button.primary", { id: "calendar-go" }, "到这一天")));
}

// Weeks begin on Monday; days already past cannot be chosen.
function days(first) {
  const start = shift(view.month, -((first.getUTCDay() + 6) % 7));
  const today = dayKey(nowUnix());
  return Array.from({ length: 42 }, (_, i) => {
    const key = shift(start, i);
    return h("button.date", {
      type: "button", "data-date": key, disabled: key < today,
      "data-other": !key.startsWith(view.month.slice(0, 7)),
      "aria-current": key === today ? "date" : null,
      "aria-label": key, tabindex: key === view.chosen ? 0 : -1,
      onclick: () => take(key),
    }, parse(key).getUTCDate());
  });
}

function take(key) {
  if (!key) return;
  $("#calendar").close();
  view.choose(key);
}

const focusChosen = () => $(`#calendar [data-date="${view.chosen}"]`)?.focus();

function onKey(e) {
  const by = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -7, ArrowDown: 7 }[e.key];
  if (!by || !e.target.matches(".date")) return;
  e.preventDefault();
  const to = shift(view.chosen, by);
  if (to < dayKey(nowUnix())) return;
  view.chosen = to;
  view.month = to.slice(0, 8) + "01";
  draw();
  focusChosen();
}
