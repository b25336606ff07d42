// The left: who takes part in the rehearsal, and the groups.
import { $, fill, h } from "./dom.js";
import { hue, initial, listTime } from "./format.js";
import { on, state, unreadTotal } from "./state.js";
import { show } from "./view.js";

let expanded = false;

export function mountPeople() {
  on("people", draw);
  on("select", draw);
  on("tick", draw);
  $("#toggle-all").addEventListener("click", () => { expanded = !expanded; draw(); if (expanded) $("#search").focus(); });
  $("#search").addEventListener("input", drawOthers);
  $("#people").addEventListener("keydown", arrows);
}

function draw() {
  const people = [...state.people.values()];
  const others = people.filter((p) => !p.featured);
  keep($("#featured"), people.filter((p) => p.featured || isOpenOutsider(p)).map(item));
  keep($("#groups"), [...state.groups.values()].map(item));
  $("#groups-head").hidden = state.groups.size === 0;
  const toggle = $("#toggle-all");
  toggle.hidden = others.length === 0;
  toggle.setAttribute("aria-expanded", String(expanded));
  fill($("span", toggle), `全部 ${people.length} 人`);
  $("#others").hidden = !expanded || others.length === 0;
  drawOthers();
  badge();
}

// Whoever is on screen stands in the short list too.
const isOpenOutsider = (p) => !expanded && !p.featured && p.id === state.chat;

function drawOthers() {
  if (!expanded) return;
  const words = $("#search").value.trim().toLowerCase().split(/\s+/).filter(Boolean);
  const fits = (p) => {
    const hay = [p.name, p.role, p.unit, p.username].join(" ").toLowerCase();
    return words.every((w) => hay.includes(w));
  };
  const found = [...state.people.values()].filter((p) => (words.length ? fits(p) : !p.featured));
  keep($("#other-list"), found.map(item));
  $("#none-found").hidden = found.length > 0;
}

// Draws what changed of a list and leaves the focus where it was. The rest stays
// in its place: an element replaced between press and release gets no click.
function keep(list, items) {
  const same = list.children.length === items.length && items.every((li, i) => chatOf(li) === chatOf(list.children[i]));
  const focused = list.contains(document.activeElement) ? document.activeElement.dataset.chat : null;
  if (same) items.forEach((li, i) => { if (!list.children[i].isEqualNode(li)) list.children[i].replaceWith(li); });
  else fill(list, items);
  if (focused) $(`[data-chat="${focused}"]`, list)?.focus({ preventScroll: true });
}

const chatOf = (li) => li.firstElementChild.dataset.chat;

function item(x) {
  const group = x.id < 0;
  const name = group ? x.title : x.name;
  const unread = x.unread || 0;
  return h("li", {}, h("button.person", {
    type: "button", "data-chat": x.id, "data-person": group ? null : x.id, "data-group": group ? x.id : null,
    "data-unread": unread, "aria-current": x.id === state.chat ? "true" : null,
    "aria-label": [name, x.role, x.unit, unread ? `${unread} 条未读` : ""].filter(Boolean).join("，"),
    onclick: () => show({ chat: x.id, view: "chat" }),
  },
  h("span.avatar", { "data-hue": hue(x.id), "data-group": group, "aria-hidden": "true" }, initial(name)),
  h("span.person-words", {},
    h("span.line", {},
      h("strong", {}, name),
      x.last?.date ? h("time", {}, listTime(x.last.date)) : null),
    h("span.unit", {}, group ? `${(x.members ?? []).length} 名成员` : [x.role, x.unit].filter(Boolean).join(" · ")),
    h("span.line", {},
      h("span.latest", {}, x.blocked ? "已停用机器人" : x.last?.text || "还没有消息"),
      unread ? h("span.badge", { "aria-hidden": "true" }, unread > 99 ? "99+" : unread) : null))));
}

function arrows(e) {
  const step = { ArrowDown: 1, ArrowUp: -1 }[e.key];
  if (!step || !e.target.matches(".person")) return;
  e.preventDefault();
  const all = [...document.querySelectorAll("#people .person")];
  all[all.indexOf(e.target) + step]?.focus();
}

function badge() {
  const total = unreadTotal();
  document.title = (total ? `(${total}) ` : "") + (state.title || "演练");
  const mark = $("#tab-badge");
  mark.hidden = total === 0;
  mark.textContent = total > 99 ? "99+" : total;
}
