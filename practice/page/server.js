// Talking to the practice server about one chat.
export class Chat {
  constructor(userId, bot) {
    this.userId = userId;
    this.base = `/practice/chats/${userId}/${encodeURIComponent(bot)}`;
  }

  // Calls back with the whole screen at once and after each change; the browser reconnects by itself.
  watch(onView, onLost) {
    const source = new EventSource(`${this.base}/events`);
    source.onmessage = (event) => onView(JSON.parse(event.data));
    source.onerror = onLost;
  }

  do(verb, form = {}) {
    return ask(`${this.base}/${verb}`, { method: "POST", body: JSON.stringify(form) });
  }

  send(kind, blob, more = {}) {
    const query = new URLSearchParams({ kind, ...more });
    return ask(`${this.base}/file?${query}`, { method: "POST", body: blob });
  }

  answer(tap) {
    return ask(`${this.base}/taps/${tap}?timeout=15`);
  }

  speak(language) {
    return ask("/practice/users", { method: "POST", body: JSON.stringify({ id: this.userId, language_code: language }) });
  }
}

export async function ask(url, options = {}) {
  const answer = await fetch(url, options);
  const form = await answer.json();
  if (!answer.ok) throw new Error(form.error ?? answer.statusText);
  return form;
}
