// Pictures, files and the odd things that a message can carry.
import { h, icon } from "./dom.js";
import { clip, size } from "./format.js";
import { openLightbox } from "./lightbox.js";

/** The largest size of a photo message. */
const largest = (message) => message.photo.reduce((a, b) => (b.width * b.height > a.width * a.height ? b : a));

export const fileURL = (file, name) =>
  file.url || `/page/file/${encodeURIComponent(file.file_id)}${name ? "?name=" + encodeURIComponent(name) : ""}`;

/** One photo as a button that opens it large; box is the width it may take. */
export function photo(message, box) {
  const best = largest(message);
  const img = h("img", {
    src: fileURL(best), width: best.width, height: best.height, loading: "lazy", decoding: "async",
    alt: message.caption ? clip(message.caption, 40) : "图片",
  });
  const frame = h("button.photo", { type: "button", "aria-label": "看大图", onclick: () => openLightbox(img.src) }, img);
  if (box) fit(frame, best, box);
  return frame;
}

// Keeps the place of a picture before it has loaded, so that nothing jumps.
function fit(frame, best, box) {
  const scale = Math.min(1, box.width / best.width, box.height / best.height);
  frame.style.setProperty("--w", Math.max(120, Math.round(best.width * scale)) + "px");
  frame.style.setProperty("--ratio", `${best.width} / ${best.height}`);
}

/** A file with its name and size; a click downloads it. */
export function fileCard(file, fallback) {
  const name = file.file_name || fallback;
  const ext = (/\.([A-Za-z0-9]{1,5})$/.exec(name) ?? [])[1];
  return h("a.file", { href: fileURL(file, name), download: name, "data-file": name },
    h("span.file-icon", {}, ext ? ext.toUpperCase() : icon("file")),
    h("span.file-words", {}, h("span.file-name", {}, name), h("span.file-size", {}, size(file.file_size), " · 下载")));
}

/** Photos side by side: one to three in a row, the last row filling the width. */
export function photoGrid(messages) {
  const n = messages.length;
  const columns = n === 1 ? 1 : n === 2 || n === 4 ? 2 : 3;
  const grid = h("div.grid", { "data-columns": columns });
  messages.forEach((m, i) => {
    const cell = photo(m);
    cell.dataset.message = m.message_id;
    const rest = n % columns;
    if (rest && i === n - 1) cell.classList.add(rest === 1 ? "span-all" : "span-rest");
    grid.append(cell);
  });
  return grid;
}

/** The parts of a message that are neither text nor photo. */
export function attachments(message) {
  const out = [];
  if (message.document) out.push(fileCard(message.document, "文件"));
  if (message.audio) out.push(fileCard(message.audio, "音频"));
  if (message.video) out.push(fileCard(message.video, "视频"));
  if (message.animation && !message.document) out.push(fileCard(message.animation, "动图"));
  if (message.sticker) out.push(h("div.sticker", { role: "img", "aria-label": "贴纸" }, message.sticker.emoji || "🙂"));
  if (message.voice) out.push(voice(message.voice));
  if (message.location) out.push(place(message.location));
  if (message.poll) out.push(poll(message.poll));
  if (message.contact) out.push(h("div.odd", {}, icon("people"), `${message.contact.first_name} ${message.contact.phone_number}`));
  return out;
}

function voice(v) {
  const bars = Array.from({ length: 28 }, (_, i) => {
    const bar = h("i");
    bar.style.setProperty("--h", `${25 + ((i * 37) % 11) * 7}%`);
    return bar;
  });
  return h("div.voice", { "aria-label": `语音 ${v.duration} 秒` }, icon("mic"), h("span.wave", {}, bars), `${v.duration}″`);
}

const place = (l) => h("div.odd", {}, icon("place"), `位置 ${l.latitude.toFixed(4)}, ${l.longitude.toFixed(4)}`);

const poll = (p) => h("div.poll", {},
  h("strong", {}, p.question),
  p.options.map((o) => h("div.poll-option", {}, o.text)));
