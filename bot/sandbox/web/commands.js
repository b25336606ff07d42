// The command menu, and the list that opens when a text begins with "/".
import { $, fill, h } from "./dom.js";
import { say } from "./links.js";
import { history, on, state } from "./state.js";

let shown = [];
let chosen = -1;

export function mountCommands() {
  $("#menu-button").addEventListener("click", toggle);
  on("tools", () => { $("#menu-button").hidden = !history(state.chat).menu.length; });
  on("select", () => { $("#menu-button").hidden = !history(state.chat).menu.length; });
  document.addEventListener("pointerdown", (e) => {
    if (!e.target.closest("#commands, #menu-button, #composer-input")) closeCommands();
  });
}

function toggle() {
  if ($("#commands").hidden) draw(history(state.chat).menu);
  else closeCommands();
}

/** Shows the commands that text may become. */
export function offerCommands(text) {
  const m = /^\/([a-z0-9_]*)$/i.exec(text);
  if (!m) return closeCommands();
  draw(history(state.chat).menu.filter((c) => c.command.startsWith(m[1].toLowerCase())));
}

export function closeCommands() {
  shown = [];
  chosen = -1;
  $("#commands").hidden = true;
  $("#menu-button").setAttribute("aria-expanded", "false");
  $("#composer-input").removeAttribute("aria-activedescendant");
}

function draw(commands) {
  if (!commands.length) return closeCommands();
  shown = commands;
  chosen = -1;
  const list = $("#commands");
  fill(list, commands.map((c, i) => h("button.command-item", {
    type: "button", role: "option", id: `command-${i}`, "data-command": c.command, "aria-selected": "false",
    onclick: () => run(c),
  }, h("span.command-name", {}, "/" + c.command), h("span", {}, c.description))));
  list.hidden = false;
  $("#menu-button").setAttribute("aria-expanded", "true");
}

function run(command) {
  closeCommands();
  const input = $("#composer-input");
  if (input.value.startsWith("/")) {
    input.value = "";
    input.dispatchEvent(new Event("input"));
  }
  say(state.as, state.chat, "/" + command.command);
}

/** Arrows choose, Tab completes, Enter sends what is chosen; true if the key was used. */
export function steerCommands(e) {
  if ($("#commands").hidden) return false;
  if (e.key === "ArrowDown" || e.key === "ArrowUp") {
    const from = chosen < 0 && e.key === "ArrowUp" ? 0 : chosen;
    choose((from + (e.key === "ArrowDown" ? 1 : -1) + shown.length) % shown.length);
  } else if (e.key === "Tab" && !e.shiftKey) {
    complete(shown[Math.max(chosen, 0)]);
  } else if (e.key === "Enter" && chosen >= 0) {
    run(shown[chosen]);
  } else if (e.key === "Escape") {
    closeCommands();
  } else {
    return false;
  }
  e.preventDefault();
  return true;
}

function choose(i) {
  chosen = i;
  [...$("#commands").children].forEach((el, at) => {
    el.setAttribute("aria-selected", String(at === i));
    if (at === i) el.scrollIntoView({ block: "nearest" });
  });
  $("#composer-input").setAttribute("aria-activedescendant", `command-${i}`);
}

function complete(command) {
  const input = $("#composer-input");
  input.value = `/${command.command} `;
  input.dispatchEvent(new Event("input"));
}
