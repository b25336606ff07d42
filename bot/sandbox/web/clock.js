// The top: the rehearsal's clock and what moves it.
import { $, fill, h, icon } from "./dom.js";
import { get, post } from "./api.js";
import { openCalendar } from "./calendar.js";
import { clockTime, longDay, offsetOf, seconds } from "./format.js";
import { failed } from "./notice.js";
import { on, state, tell } from "./state.js";

const clock = { view: null, stepping: "", drawn: "", reading: false, again: false };

export function mountClock() {
  on("clock", read);
}

/** Reads the clock, and with it the zone that every time on the page is written in. */
export const readClock = read;

// Events can come faster than answers; one read at a time, and one more after it.
async function read() {
  $("#clock").hidden = !state.host;
  if (!state.host) return;
  if (clock.reading) { clock.again = true; return; }
  clock.reading = true;
  try {
    clock.view = await get("clock");
    draw();
  } catch (err) {
    failed(err);
  } finally {
    clock.reading = false;
  }
  if (clock.again) { clock.again = false; read(); }
}

function draw() {
  const { now, note, actions, busy } = clock.view;
  const unix = Math.floor(Date.parse(now) / 1000);
  const first = state.now === null;
  const moved = !first && state.now !== unix;
  Object.assign(state, { now: unix, offset: offsetOf(now) });
  const face = $("#clock-face");
  fill(face,
    h("span.clock-day", {}, longDay(unix)),
    h("span.clock-time", {}, clockTime(unix), h("small", {}, ":" + seconds(unix))));
  face.setAttribute("datetime", now);
  $("#clock-note").textContent = note ?? "";
  if (moved) flash(face);
  drawActions(actions ?? [], Boolean(busy));
  if (first || moved) tell("tick");
}

function flash(el) {
  el.classList.remove("moved");
  requestAnimationFrame(() => el.classList.add("moved"));
}

function drawActions(actions, busy) {
  const waits = busy || clock.stepping !== "";
  $("#top").setAttribute("aria-busy", String(waits));
  const mark = JSON.stringify([actions, waits, clock.stepping]);
  if (clock.drawn === mark) return; // a button replaced between press and release gets no click
  clock.drawn = mark;
  const box = $("#clock-actions");
  const focused = box.contains(document.activeElement) ? document.activeElement.dataset.action : null;
  fill(box, actions.map((a) => h("button.action", {
    type: "button", "data-action": a.id, "data-kind": a.kind, disabled: waits,
    "aria-busy": clock.stepping === a.id ? "true" : null,
    "aria-haspopup": a.kind === "date" ? "dialog" : null,
    onclick: (e) => press(a, e.currentTarget),
  }, a.kind === "date" ? icon("calendar") : null, a.label)));
  if (focused) $(`[data-action="${CSS.escape(focused)}"]`, box)?.focus({ preventScroll: true });
}

function press(action, anchor) {
  if (action.kind === "date") return openCalendar(anchor, (day) => step(action.id, day));
  return step(action.id, "");
}

async function step(action, arg) {
  clock.stepping = action;
  draw();
  try {
    await post("step", { action, arg });
  } catch (err) {
    failed(err);
  }
  clock.stepping = "";
  await read();
  tell("panel");
}
