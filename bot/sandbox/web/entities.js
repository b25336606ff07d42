// Telegram's message entities as elements. Offsets are UTF-16 units, which is
// what a JavaScript string counts in. User text only becomes text nodes.
import { h } from "./dom.js";
import { followLink, runCommand } from "./links.js";

const wraps = {
  bold: "strong", italic: "em", underline: "u", strikethrough: "s",
  code: "code", blockquote: "blockquote", expandable_blockquote: "blockquote.long",
  hashtag: "span.tag", cashtag: "span.tag", mention: "span.mention", text_mention: "span.mention",
  phone_number: "span.tag", custom_emoji: "span",
};

/** A fragment with text laid out as entities say. */
export function richText(text, entities = []) {
  const sorted = entities
    .filter((e) => e.length > 0 && e.offset >= 0 && e.offset < text.length)
    .sort((a, b) => a.offset - b.offset || b.length - a.length);
  const out = document.createDocumentFragment();
  out.append(...span({ text, sorted, literal: false }, 0, text.length, 0));
  return out;
}

// Renders text[start:end]; sorted[from:] are the entities that begin in it.
function span(job, start, end, from) {
  const nodes = [];
  let at = start;
  for (let i = from; i < job.sorted.length; i++) {
    const e = job.sorted[i];
    if (e.offset >= end) break;
    if (e.offset < at) continue;
    nodes.push(...plain(job, at, e.offset));
    const stop = Math.min(e.offset + e.length, end);
    const inner = { ...job, literal: job.literal || isLiteral(e) };
    nodes.push(wrap(e, job.text.slice(e.offset, stop), span(inner, e.offset, stop, i + 1)));
    at = stop;
  }
  nodes.push(...plain(job, at, end));
  return nodes;
}

const isLiteral = (e) => ["code", "pre", "url", "text_link", "bot_command", "mention", "email"].includes(e.type);

function wrap(entity, raw, children) {
  switch (entity.type) {
    case "pre":
      return h("pre", { "data-language": entity.language }, h("code", {}, children));
    case "spoiler":
      return spoiler(children);
    case "url":
      return anchor(raw, children);
    case "text_link":
      return anchor(entity.url, children);
    case "email":
      return h("a", { href: "mailto:" + raw }, children);
    case "bot_command":
      return command(raw);
    default:
      return h(wraps[entity.type] ?? "span", {}, children);
  }
}

function spoiler(children) {
  const reveal = (e) => e.currentTarget.classList.add("shown");
  return h("button.spoiler", { type: "button", "aria-label": "点按显示隐藏的文字", onclick: reveal }, children);
}

function anchor(url, children) {
  const href = safeURL(url);
  if (!href) return h("span", {}, children);
  return h("a", {
    href, target: "_blank", rel: "noopener noreferrer",
    onclick: (e) => { e.preventDefault(); followLink(href); },
  }, children);
}

/** The address if it is one that may be opened from a chat, else "". */
export function safeURL(url) {
  const full = /^[a-z][a-z0-9+.-]*:/i.test(url) ? url : "https://" + url;
  try {
    const parsed = new URL(full);
    return ["http:", "https:", "tg:", "mailto:"].includes(parsed.protocol) ? parsed.href : "";
  } catch {
    return "";
  }
}

const command = (raw) => h("button.command", { type: "button", onclick: () => runCommand(raw) }, raw);

// Links and commands that carry no entity are found as a Telegram client finds them.
const found = /(https?:\/\/[^\s<>"'，。；、）」』】]+)|(?<![\w/])(t\.me\/[^\s<>"'，。；、）」』】]+)|(?<![\w/.])(\/[a-z0-9_]{1,32}(?:@\w+)?)(?![\w/])/g;

function plain(job, start, end) {
  const text = job.text.slice(start, end);
  if (!text) return [];
  if (job.literal) return [text];
  const nodes = [];
  let at = 0;
  for (const m of text.matchAll(found)) {
    if (m.index > at) nodes.push(text.slice(at, m.index));
    nodes.push(m[3] ? command(m[3]) : anchor(m[0], [m[0]]));
    at = m.index + m[0].length;
  }
  if (at < text.length) nodes.push(text.slice(at));
  return nodes;
}
