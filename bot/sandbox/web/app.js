// Starts the page: reads the state, shows the last view, listens for events.
import { $, icon } from "./dom.js";
import { listen } from "./api.js";
import { mountBoard } from "./board.js";
import { mountChat } from "./chat.js";
import { mountClock, readClock } from "./clock.js";
import { mountComposer } from "./composer.js";
import { mountMenus } from "./menus.js";
import { failed } from "./notice.js";
import { mountPeople } from "./people.js";
import { on, state, tell } from "./state.js";
import { dispatch, loadState } from "./sync.js";
import { mountView } from "./view.js";

const icons = { "#attach": "clip", "#send": "send", "#keyboard-button": "keys", "#to-bottom": "down" };

// The still buttons of index.html get their drawings here.
function drawIcons() {
  for (const [selector, name] of Object.entries(icons)) $(selector).replaceChildren(icon(name));
  for (const el of document.querySelectorAll("[data-icon]")) el.append(icon(el.dataset.icon));
  $("#menu-button").prepend(icon("menu"));
  $("#toggle-all").append(icon("down"));
}

function connected(ok) {
  document.body.classList.toggle("offline", !ok);
}

// The stream is opened before the state is read, so that nothing falls between
// the two; what comes meanwhile waits in early.
function openStream() {
  const early = [];
  const stream = { dispatch: (event) => early.push(event) };
  stream.opened = new Promise((resolve) => {
    listen((event) => stream.dispatch(event), (ok) => { connected(ok); if (ok) resolve(); });
    setTimeout(resolve, 1500);
  });
  stream.go = () => { stream.dispatch = dispatch; early.forEach(dispatch); };
  return stream;
}

async function start() {
  drawIcons();
  for (const mount of [mountMenus, mountPeople, mountChat, mountComposer, mountClock, mountBoard]) mount();
  on("people", () => { $("#title").textContent = state.title; });
  const stream = openStream();
  await stream.opened;
  await loadState();
  await readClock();
  stream.go();
  tell("panel");
  await mountView();
  document.body.dataset.ready = "true";
}

start().catch(failed);
