// Files on their way: chosen, dropped or pasted, looked at, then sent.
import { $, button, fill, h, icon } from "./dom.js";
import { upload } from "./api.js";
import { size } from "./format.js";
import { openMenu } from "./menus.js";
import { state } from "./state.js";

const albumMax = 10;
const tray = { files: [], as: "photo", changed: () => {} };

export const hasFiles = () => tray.files.length > 0;

const isPicture = (f) => /^image\/(jpeg|png|webp|gif|bmp)$/.test(f.type);

/** changed is called whenever files come or go. */
export function mountTray(changed) {
  tray.changed = changed;
  const picker = $("#file-picker");
  picker.addEventListener("change", () => { add([...picker.files]); picker.value = ""; });
  $("#attach").addEventListener("click", (e) => openMenu(e.currentTarget, [
    { icon: "image", label: "照片", act: () => pick("photo", "image/*") },
    { icon: "file", label: "文件", act: () => pick("document", "") },
  ]));
  $("#composer-input").addEventListener("paste", (e) => {
    const files = [...(e.clipboardData?.files ?? [])];
    if (!files.length) return;
    e.preventDefault();
    tray.as = "photo";
    add(files);
  });
  mountDrop($("#chat"));
}

function pick(as, accept) {
  tray.as = as;
  const picker = $("#file-picker");
  picker.accept = accept;
  picker.click();
}

function mountDrop(pane) {
  const carries = (e) => [...(e.dataTransfer?.types ?? [])].includes("Files");
  pane.addEventListener("dragover", (e) => {
    if (!carries(e) || !state.chat) return;
    e.preventDefault();
    pane.classList.add("dropping");
  });
  pane.addEventListener("dragleave", (e) => { if (!pane.contains(e.relatedTarget)) pane.classList.remove("dropping"); });
  pane.addEventListener("drop", (e) => {
    if (!carries(e)) return;
    e.preventDefault();
    pane.classList.remove("dropping");
    if (!tray.files.length) tray.as = "photo";
    add([...e.dataTransfer.files]);
    $("#composer-input").focus();
  });
}

function add(files) {
  tray.files.push(...files);
  draw();
}

export function clearTray() {
  tray.files = [];
  tray.as = "photo";
  draw();
}

// Photos are sent as photos only where all are pictures.
const allPictures = () => tray.files.every(isPicture);
const sendAs = () => (allPictures() ? tray.as : "document");

function draw() {
  const box = $("#tray");
  box.hidden = !hasFiles();
  if (hasFiles()) {
    fill(box,
      h("div.tray-head", {},
        h("strong", {}, headline()),
        allPictures() ? modes() : h("span.hint", {}, "以文件发送"),
        button(".round", "全部取消", clearTray, icon("close"))),
      h("ul.tray-files", {}, tray.files.map(card)));
  }
  tray.changed();
}

function headline() {
  const n = tray.files.length;
  if (n === 1) return "发送 1 个附件";
  return n > albumMax ? `发送 ${n} 个附件，分 ${Math.ceil(n / albumMax)} 组` : `${n} 个附件，作为一组发送`;
}

function modes() {
  const one = (as, label) => h("button", {
    type: "button", "aria-pressed": String(tray.as === as), "data-as": as,
    onclick: () => { tray.as = as; draw(); },
  }, label);
  return h("div.segmented", { role: "group", "aria-label": "发送方式" }, one("photo", "照片"), one("document", "原文件"));
}

function card(file) {
  const remove = () => { tray.files.splice(tray.files.indexOf(file), 1); draw(); };
  return h("li.tray-file", { "data-file": file.name },
    isPicture(file) ? thumb(file) : h("span.thumb", {}, icon("file")),
    h("span.tray-name", { title: file.name }, file.name),
    h("span.tray-size", {}, size(file.size)),
    button(".remove", `去掉 ${file.name}`, remove, icon("close")));
}

// Drawn on a canvas, so that no blob: address is needed under a strict policy.
function thumb(file) {
  const canvas = h("canvas.thumb", { width: 176, height: 128, role: "img", "aria-label": file.name });
  createImageBitmap(file).then((bitmap) => {
    const scale = Math.max(canvas.width / bitmap.width, canvas.height / bitmap.height);
    const [w, hgt] = [bitmap.width * scale, bitmap.height * scale];
    canvas.getContext("2d").drawImage(bitmap, (canvas.width - w) / 2, (canvas.height - hgt) / 2, w, hgt);
  }, () => canvas.classList.add("broken"));
  return canvas;
}

/** Sends what is in the tray, ten to an album; on failure the rest stays in it. */
export async function sendTray({ from, chat, caption, replyTo }) {
  const as = sendAs();
  const box = $("#tray");
  box.setAttribute("aria-busy", "true");
  try {
    for (let words = caption; tray.files.length; words = "") {
      await upload({ from, chat, caption: words, as, replyTo, files: tray.files.slice(0, albumMax) });
      tray.files = tray.files.slice(albumMax);
    }
    clearTray();
  } finally {
    box.removeAttribute("aria-busy");
    draw();
  }
}
