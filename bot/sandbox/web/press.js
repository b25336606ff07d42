// Inline buttons that wait for their answerCallbackQuery.
import { post } from "./api.js";
import { failed } from "./notice.js";
import { tell } from "./state.js";

// A client stops the spinner after a while even when the bot never answers.
const patience = 15000;

const waiting = new Map();
const early = new Set();

/** Names a press, so that a keyboard drawn anew still shows it as waiting. */
export const pressKey = (chat, message, data) => `${chat}:${message}:${data}`;

export const isWaiting = (key) => waiting.has(key);

/** Presses a callback button as from; again while waiting does nothing, as in a client. */
export async function press({ from, chat, message, data }) {
  const key = pressKey(chat, message, data);
  if (waiting.has(key)) return;
  waiting.set(key, "");
  tell("press", key);
  try {
    const body = await post("press", { from, chat, message_id: message, data });
    if (early.delete(body.callback)) return settle(key);
    waiting.set(key, body.callback);
    setTimeout(() => waiting.get(key) === body.callback && settle(key), patience);
  } catch (err) {
    settle(key);
    failed(err);
  }
}

function settle(key) {
  waiting.delete(key);
  tell("press", key);
}

/** Ends the wait for a callback; true if it was pressed on this page. */
export function answered(callback) {
  for (const [key, id] of waiting) {
    if (id !== callback) continue;
    settle(key);
    return true;
  }
  if (![...waiting.values()].includes("")) return false;
  early.add(callback);
  return true;
}
