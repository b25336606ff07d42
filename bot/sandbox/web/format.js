// Times, sizes and names as a Chinese reader expects them.
import { state } from "./state.js";

const weekdays = ["日", "一", "二", "三", "四", "五", "六"];
const two = (n) => String(n).padStart(2, "0");

// A Date whose UTC fields read as the rehearsal's wall clock.
const wall = (unix) => new Date((unix + state.offset * 60) * 1000);

export const clockTime = (unix) => {
  const d = wall(unix);
  return `${two(d.getUTCHours())}:${two(d.getUTCMinutes())}`;
};

export const seconds = (unix) => two(wall(unix).getUTCSeconds());

/** 2018-08-20, the day a moment falls on. */
export const dayKey = (unix) => wall(unix).toISOString().slice(0, 10);

export const weekday = (unix) => weekdays[wall(unix).getUTCDay()];

export const longDay = (unix) => {
  const d = wall(unix);
  return `${d.getUTCFullYear()}年${d.getUTCMonth() + 1}月${d.getUTCDate()}日 星期${weekday(unix)}`;
};

export const shortDay = (unix) => {
  const d = wall(unix);
  return `${d.getUTCMonth() + 1}月${d.getUTCDate()}日`;
};

export const fullTime = (unix) => `${longDay(unix)} ${clockTime(unix)}:${seconds(unix)}`;

/** The rehearsal's now in unix seconds; the computer's where there is no host. */
export const nowUnix = () => state.now ?? Math.floor(Date.now() / 1000);

/** For the list: the time today, else the day. */
export const listTime = (unix) => (dayKey(unix) === dayKey(nowUnix()) ? clockTime(unix) : shortDay(unix));

/** Minutes east of UTC written at the end of an RFC 3339 time. */
export function offsetOf(rfc3339) {
  const m = /([+-])(\d\d):(\d\d)$/.exec(rfc3339);
  if (!m) return 0;
  return (m[1] === "-" ? -1 : 1) * (Number(m[2]) * 60 + Number(m[3]));
}

export function size(bytes) {
  if (bytes === undefined || bytes === null) return "";
  if (bytes < 1024) return `${bytes} 字节`;
  if (bytes < 1024 * 1024) return `${(bytes / 1024).toFixed(1)} KB`;
  return `${(bytes / 1024 / 1024).toFixed(1)} MB`;
}

export const initial = (name) => Array.from(name || "?")[0];

/** One of seven calm avatar colours: always the same for an id, unlike its neighbour's. */
export const hue = (id) => Math.abs(Number(id)) % 7;

/** A user's name; Chinese surnames stand first. */
export function nameOf(user) {
  if (!user) return "";
  const first = user.first_name ?? "";
  const last = user.last_name ?? "";
  return /^[\u4e00-\u9fff]+$/.test(last) ? last + first : [first, last].filter(Boolean).join(" ");
}

const kinds = [
  ["photo", "照片"], ["sticker", "贴纸"], ["voice", "语音"], ["video", "视频"],
  ["location", "位置"], ["poll", "投票"], ["contact", "名片"], ["audio", "音频"], ["animation", "动图"],
];

/** One line that stands for a message in lists, quotes and the pinned bar. */
export function preview(message) {
  if (!message) return "";
  const words = (message.text ?? message.caption ?? "").replace(/\s+/g, " ").trim();
  if (message.text !== undefined) return words;
  if (message.document) return `[文件] ${words || message.document.file_name || ""}`;
  const kind = kinds.find(([field]) => message[field]);
  if (kind) return `[${kind[1]}] ${words}`.trim();
  return words || serviceText(message) || "消息";
}

/** What a service message (joined, pinned, moved) says; "" for an ordinary one. */
export function serviceText(m) {
  const who = nameOf(m.from) || m.sender_chat?.title || "";
  if (m.new_chat_members) return `${m.new_chat_members.map(nameOf).join("、")} 加入了群组`;
  if (m.left_chat_member) return `${nameOf(m.left_chat_member)} 离开了群组`;
  if (m.pinned_message) return `${who} 置顶了「${clip(preview(m.pinned_message), 24)}」`;
  if (m.new_chat_title) return `群组改名为「${m.new_chat_title}」`;
  if (m.group_chat_created || m.supergroup_chat_created) return "群组已建立";
  if (m.migrate_to_chat_id || m.migrate_from_chat_id) return "群组已升级为超级群组";
  return "";
}

export function clip(text, n) {
  const chars = Array.from(text);
  return chars.length > n ? chars.slice(0, n).join("") + "…" : text;
}
