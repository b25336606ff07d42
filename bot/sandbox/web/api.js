// The page API of the sandbox: requests, uploads, and the stream of events.

/** Asks for JSON; a refusal becomes an Error with the server's sentence. */
async function request(path, options) {
  let response;
  try {
    response = await fetch(path, options);
  } catch {
    throw new Error("连不上演练程序，请确认它还在运行。");
  }
  const body = await response.json().catch(() => ({}));
  if (!response.ok) throw new Error(body.error || `演练程序答复了 ${response.status}，请重试。`);
  return body;
}

export function get(path, query = {}) {
  const pairs = Object.entries(query).filter(([, v]) => v !== undefined && v !== null && v !== "");
  const search = new URLSearchParams(pairs).toString();
  return request(`/page/${path}${search ? "?" + search : ""}`);
}

export function post(path, body) {
  return request(`/page/${path}`, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify(body),
  });
}

/** files: File[]; as: "photo" or "document"; more than one makes an album. */
export function upload({ from, chat, caption, as, files, replyTo }) {
  const form = new FormData();
  form.append("from", from);
  form.append("chat", chat);
  form.append("caption", caption);
  form.append("as", as);
  if (replyTo) form.append("reply_to", replyTo);
  for (const file of files) form.append("files", file, file.name);
  return request("/page/upload", { method: "POST", body: form });
}

/**
 * Listens for events for as long as the page lives. The browser reconnects by
 * itself with the last id; where it gives up (a refusal) we begin again, and
 * then onevent hears a reset, because events may have been missed.
 */
export function listen(onevent, onstatus) {
  const source = new EventSource("/page/events");
  source.onopen = () => onstatus(true);
  source.onmessage = (e) => onevent(JSON.parse(e.data));
  source.addEventListener("reset", () => onevent({ type: "reset" }));
  source.onerror = () => {
    onstatus(false);
    if (source.readyState !== EventSource.CLOSED) return;
    source.close();
    setTimeout(() => {
      listen(onevent, onstatus);
      onevent({ type: "reset" });
    }, 1500);
  };
}
