// One block of a chat: a day, a service line, a message or an album.
import { button, h, icon } from "./dom.js";
import { inlineKeyboard } from "./buttons.js";
import { richText } from "./entities.js";
import { clip, clockTime, dayKey, fullTime, hue, initial, longDay, nameOf, preview, serviceText } from "./format.js";
import { attachments, photo, photoGrid } from "./media.js";
import { openMessageMenu } from "./menus.js";
import { scrollToMessage } from "./chat.js";

/** Cuts a history into blocks {key, kind, messages, first, last, own}; see draw. */
export function blocksOf(chat, as) {
  const blocks = [];
  let day = "";
  for (const m of chat.messages) {
    if (dayKey(m.date) !== day) {
      day = dayKey(m.date);
      blocks.push({ key: "day" + day, kind: "day", messages: [], date: m.date });
    }
    const before = blocks.at(-1);
    if (serviceText(m)) blocks.push({ key: "m" + m.message_id, kind: "service", messages: [m] });
    else if (joins(before, m)) before.messages.push(m);
    else blocks.push({ key: "m" + m.message_id, kind: "message", messages: [m], own: Boolean(m.out) && m.from?.id === as });
  }
  blocks.forEach((b, i) => {
    b.first = !follows(blocks[i - 1], b);
    b.last = !follows(b, blocks[i + 1]);
  });
  return blocks;
}

const joins = (block, m) =>
  block?.kind === "message" && m.media_group_id && block.messages[0].media_group_id === m.media_group_id;

// Messages of one sender within ten minutes stand together.
function follows(a, b) {
  if (a?.kind !== "message" || b?.kind !== "message") return false;
  const [x, y] = [a.messages.at(-1), b.messages[0]];
  return x.from?.id === y.from?.id && y.date - x.date < 600;
}

/** The element of a block; group tells whether senders are named. */
export function draw(block, chat, group) {
  if (block.kind === "day") return h("div.day", { role: "separator" }, h("span", {}, longDay(block.date)));
  const m = block.messages[0];
  if (block.kind === "service") {
    return h("div.service", { "data-message": m.message_id }, h("span", {}, serviceText(m)));
  }
  const side = block.own ? "out" : "in";
  const more = button(".more-actions", "更多操作", (e) => openMessageMenu(chat, block, e.currentTarget), icon("more"));
  const row = h(`article.row.${side}`, {
    "data-message": m.message_id, "data-from": m.from?.id,
    oncontextmenu: (e) => contextMenu(e, chat, block),
  });
  if (block.first) row.classList.add("first");
  if (block.last) row.classList.add("last");
  if (group && !block.own) row.append(avatarOf(m, block.last));
  row.append(h("div.column", {}, bubble(block, group), inlineKeyboard(chat, block.messages.at(-1))), more);
  return row;
}

// Selected text and links keep the browser's own menu.
function contextMenu(e, chat, block) {
  if (e.target.closest("a, img") || String(window.getSelection())) return;
  e.preventDefault();
  openMessageMenu(chat, block, e.currentTarget.querySelector(".more-actions"));
}

const avatarOf = (m, shown) => shown
  ? h("span.avatar.small", { "data-hue": hue(m.from?.id ?? 0), "aria-hidden": "true" }, initial(nameOf(m.from)))
  : h("span.avatar-gap");

function bubble(block, group) {
  const m = block.messages[0];
  const photos = block.messages.filter((x) => x.photo);
  const words = block.messages.filter((x) => x.caption || x.text !== undefined);
  const el = h("div.bubble", {});
  if (m.sticker) el.classList.add("bare");
  if (photos.length) el.classList.add("with-photo");
  if (photos.length && !words.length) el.classList.add("only-photo");
  if (group && !block.own && block.first) el.append(h("div.sender", { "data-hue": hue(m.from?.id ?? 0) }, nameOf(m.from)));
  if (m.reply_to_message) el.append(quote(m.reply_to_message));
  if (photos.length === 1) el.append(photo(photos[0], { width: 420, height: 460 }));
  if (photos.length > 1) el.append(photoGrid(photos));
  for (const x of block.messages) el.append(...marked(x, m));
  for (const x of words) el.append(h("div.text", { dir: "auto" }, textOf(x), x === words.at(-1) ? meta(block) : null));
  if (!words.length) el.append(meta(block));
  return el;
}

// The later parts of an album can be found by their own number too.
function marked(message, first) {
  const parts = attachments(message);
  if (message !== first) parts.forEach((p) => { p.dataset.message = message.message_id; });
  return parts;
}

const textOf = (m) => m.text !== undefined
  ? richText(m.text, m.entities)
  : richText(m.caption, m.caption_entities);

function meta(block) {
  const m = block.messages.at(-1);
  const edited = block.messages.some((x) => x.edit_date);
  return h("span.meta", { title: fullTime(m.date) },
    edited ? h("span.edited", {}, "已编辑") : null,
    h("time", {}, clockTime(m.date)),
    block.own ? h("span.tick", { "aria-label": "已发出" }, "✓") : null);
}

const quote = (m) => h("button.quote", { type: "button", onclick: () => scrollToMessage(m.message_id) },
  h("strong", {}, nameOf(m.from)), h("span", {}, clip(preview(m), 60)));
