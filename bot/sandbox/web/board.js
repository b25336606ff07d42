// The right: the host's live panel. Rows glide to their new place, and what
// changed lights up, so that one sees the ranks move.
import { $, fill, h } from "./dom.js";
import { get } from "./api.js";
import { failed } from "./notice.js";
import { on, state } from "./state.js";

const board = { tab: "", tabs: "", panel: null, rows: new Map(), reading: false, again: false };
const calm = window.matchMedia("(prefers-reduced-motion: reduce)");

export function mountBoard() {
  on("panel", read);
}

async function read() {
  document.body.classList.toggle("no-host", !state.host);
  if (!state.host) return;
  if (board.reading) { board.again = true; return; }
  board.reading = true;
  try {
    draw(await get("panel", { tab: board.tab }));
  } catch (err) {
    failed(err);
  } finally {
    board.reading = false;
  }
  if (board.again) { board.again = false; read(); }
}

function draw(panel) {
  const before = board.panel;
  board.panel = panel;
  $("#board-title").textContent = panel.title ?? "";
  const note = $("#board-note");
  note.textContent = panel.note ?? "";
  note.hidden = !panel.note;
  drawTabs(panel);
  if (before?.active !== panel.active) drawAfresh(panel);
  else update(panel);
}

// Tabs that stay the same are left alone: an element that is replaced between
// press and release gets no click.
function drawTabs({ tabs, active }) {
  const box = $("#board-tabs");
  const mark = JSON.stringify([tabs, active]);
  if (board.tabs === mark) return;
  board.tabs = mark;
  const focused = box.contains(document.activeElement);
  const choose = (id) => { board.tab = id; read(); };
  box.hidden = !(tabs?.length > 1);
  fill(box, (tabs ?? []).map((t) => h("button", {
    type: "button", role: "tab", id: "board-tab-" + t.id, "data-board-tab": t.id, "aria-controls": "board-body",
    "aria-selected": String(t.id === active), tabindex: t.id === active ? 0 : -1, onclick: () => choose(t.id),
  }, t.label)));
  box.onkeydown = (e) => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[e.key];
    const next = step && tabs[tabs.findIndex((t) => t.id === active) + step];
    if (next) choose(next.id);
  };
  if (focused) $('[aria-selected="true"]', box)?.focus({ preventScroll: true });
}

const aligned = (panel, i) => panel.columns[i]?.align || "left";

function drawAfresh(panel) {
  board.rows = new Map();
  fill($("#board-head"), h("tr", {}, panel.columns.map((c, i) => h("th", { scope: "col", "data-align": aligned(panel, i) }, c.label))));
  $("#board-body").replaceChildren();
  for (const row of panel.rows ?? []) $("#board-body").append(makeRow(panel, row));
  $("#board-empty").hidden = (panel.rows ?? []).length > 0;
}

function makeRow(panel, row) {
  const tr = h("tr", { "data-row": row.key, "data-tone": row.tone || null },
    row.cells.map((c, i) => h("td", { "data-align": aligned(panel, i) }, c)));
  board.rows.set(row.key, tr);
  return tr;
}

// First, last, invert, play: measure, put in order, glide from the old place.
function update(panel) {
  const body = $("#board-body");
  const olds = new Map([...board.rows].map(([key, tr]) => [key, { top: tr.offsetTop, at: tr.sectionRowIndex }]));
  const rows = panel.rows ?? [];
  const kept = new Set(rows.map((r) => r.key));
  for (const [key, tr] of board.rows) if (!kept.has(key)) { tr.remove(); board.rows.delete(key); }
  rows.forEach((row, i) => {
    const tr = board.rows.get(row.key) ?? makeRow(panel, row);
    change(tr, row);
    if (body.children[i] !== tr) body.insertBefore(tr, body.children[i] ?? null);
  });
  $("#board-empty").hidden = rows.length > 0;
  for (const row of rows) if (olds.has(row.key)) glide(board.rows.get(row.key), olds.get(row.key));
}

function change(tr, row) {
  if (row.tone) tr.dataset.tone = row.tone;
  else delete tr.dataset.tone;
  row.cells.forEach((text, i) => {
    const cell = tr.children[i];
    if (!cell || cell.textContent === text) return;
    cell.textContent = text;
    restart(cell, "changed");
  });
}

function restart(el, name) {
  el.classList.remove(name);
  requestAnimationFrame(() => el.classList.add(name));
}

function glide(tr, old) {
  const by = old.top - tr.offsetTop;
  if (!by) return;
  const rose = tr.sectionRowIndex < old.at;
  if (tr.sectionRowIndex !== old.at) restart(tr, rose ? "rose" : "fell");
  if (tr.sectionRowIndex !== old.at) tr.classList.remove(rose ? "fell" : "rose");
  if (calm.matches || !tr.animate) return;
  tr.animate([{ transform: `translateY(${by}px)` }, { transform: "none" }], { duration: 620, easing: "cubic-bezier(.2,.8,.2,1)" });
}
