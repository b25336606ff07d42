// Building elements. Text only ever becomes text nodes: nothing here parses HTML.

/**
 * h("button.primary#send", {type: "button", onclick: f}, "发送") makes an element.
 * The first argument is a tag with optional .classes and #id; props named on… become
 * listeners, true/false switch an attribute, null and undefined are left out.
 */
export function h(spec, props = {}, ...children) {
  const [name, id] = spec.split("#");
  const [tag, ...classes] = name.split(".");
  const el = document.createElement(tag);
  if (id) el.id = id;
  if (classes.length) el.classList.add(...classes);
  for (const [name, value] of Object.entries(props ?? {})) setProp(el, name, value);
  append(el, children);
  return el;
}

function setProp(el, name, value) {
  if (value === null || value === undefined || value === false) return;
  if (name.startsWith("on")) el.addEventListener(name.slice(2), value);
  else if (name === "value") el.value = value;
  else el.setAttribute(name, value === true ? "" : String(value));
}

function append(el, children) {
  for (const child of children.flat(Infinity)) {
    if (child === null || child === undefined || child === false) continue;
    el.append(child instanceof Node ? child : String(child));
  }
}

/** A button that never submits a form; label is what a screen reader says. */
export function button(spec, label, onclick, ...children) {
  return h("button" + spec, { type: "button", "aria-label": label, title: label, onclick }, ...children);
}

export const $ = (selector, root = document) => root.querySelector(selector);

/** Replaces everything inside el. */
export function fill(el, ...children) {
  el.replaceChildren();
  append(el, children);
  return el;
}

const paths = {
  send: "M3.4 20.6 21.5 12 3.4 3.4 3.4 10l11 2-11 2z",
  clip: "M16.5 6.5v9.8a4.5 4.5 0 0 1-9 0V5.6a3 3 0 0 1 6 0v9.6a1.5 1.5 0 0 1-3 0V6.5",
  more: "M12 5.5v.01M12 12v.01M12 18.5v.01",
  close: "M6 6l12 12M18 6 6 18",
  reply: "M10 8V4L3 11l7 7v-4c5 0 8.5 1.6 11 5-1-5-4-10-11-11z",
  edit: "M4 20h4L19.5 8.5a2.1 2.1 0 0 0-3-3L5 17z",
  copy: "M9 9h10v11H9zM5 15V4h10",
  pin: "M9 4h6l-1 6 3 3v2H7v-2l3-3zM12 15v6",
  menu: "M4 7h16M4 12h16M4 17h10",
  down: "M6 9l6 6 6-6",
  left: "M15 5l-7 7 7 7",
  right: "M9 5l7 7-7 7",
  file: "M6 3h8l5 5v13H6zM14 3v5h5",
  save: "M12 4v11M7 11l5 5 5-5M5 20h14",
  image: "M4 5h16v14H4zM4 16l5-5 4 4 3-3 4 4M15.5 9v.01",
  plus: "M12 5v14M5 12h14",
  people: "M9 11a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7zM2.5 20c.4-4 3-6 6.5-6s6.1 2 6.5 6M16 4.5a3.3 3.3 0 0 1 0 6.2M18 14.5c2 .8 3.2 2.6 3.5 5.5",
  chat: "M4 5h16v11H11l-5 4v-4H4z",
  board: "M5 20v-8h4v8M10 20V5h4v15M15 20v-5h4v5M3 20h18",
  search: "M11 18a7 7 0 1 0 0-14 7 7 0 0 0 0 14zM16 16l4.5 4.5",
  keys: "M3 6h18v12H3zM7 10v.01M11 10v.01M15 10v.01M8 14h8",
  external: "M8 16 18 6M10 6h8v8",
  block: "M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18zM6 6l12 12",
  calendar: "M4 6h16v14H4zM4 10h16M8 3.5v4M16 3.5v4",
  mic: "M12 14a3 3 0 0 0 3-3V6a3 3 0 0 0-6 0v5a3 3 0 0 0 3 3zM6 11a6 6 0 0 0 12 0M12 17v4",
  place: "M12 21c5-5.5 7-8.5 7-11.5a7 7 0 0 0-14 0C5 12.5 7 15.5 12 21zM12 12a2.5 2.5 0 1 0 0-5 2.5 2.5 0 0 0 0 5z",
  poll: "M5 6h9M5 12h14M5 18h6",
  smile: "M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18zM8.5 14c1.8 2.6 5.2 2.6 7 0M9 9.5v.01M15 9.5v.01",
  restore: "M4 12a8 8 0 1 0 2.6-5.9M4 4v4h4",
};

/** A line icon that takes the colour of the text round it. */
export function icon(name) {
  const ns = "http://www.w3.org/2000/svg";
  const svg = document.createElementNS(ns, "svg");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("aria-hidden", "true");
  svg.classList.add("icon", "icon-" + name);
  const path = document.createElementNS(ns, "path");
  path.setAttribute("d", paths[name]);
  svg.append(path);
  return svg;
}
