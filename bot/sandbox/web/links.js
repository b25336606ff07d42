// Where a link or a command in a message leads.
import { post } from "./api.js";
import { toast, failed } from "./notice.js";
import { state } from "./state.js";
import { show } from "./view.js";

/** The start payload of a link to our own bot ("" for none); null for any other link. */
export function startPayload(url) {
  let link;
  try {
    link = new URL(/^[a-z]+:/i.test(url) ? url : "https://" + url);
  } catch {
    return null;
  }
  const name = (link.protocol === "tg:" ? link.searchParams.get("domain") : link.pathname.slice(1)) ?? "";
  const ours = link.protocol === "tg:" || ["t.me", "telegram.me", "telegram.dog"].includes(link.hostname);
  if (!ours || name.toLowerCase() !== state.bot.username.toLowerCase()) return null;
  return link.searchParams.get("start") ?? "";
}

/** Opens a link; one to the bot opens the acting person's private chat and starts it there. */
export function followLink(url) {
  const payload = startPayload(url);
  if (payload !== null) return startBot(state.as, payload);
  if (/^(https?|mailto):/i.test(url)) window.open(url, "_blank", "noopener,noreferrer");
  else toast("演练页面打不开这种链接。");
}

/** What pressing 开始 does in a client: /start, with the payload of the link. */
export async function startBot(person, payload) {
  await show({ chat: person, view: "chat" });
  await post("start", { person, payload }).catch(failed);
}

export const runCommand = (command) => say(state.as, state.chat, command);

/** Sends one text; a refusal is shown, and told by false. */
export async function say(from, chat, text) {
  try {
    await post("send", { from, chat, text });
    return true;
  } catch (err) {
    failed(err);
    return false;
  }
}
