// One phone on the desk: its lock screen, its chat, its composer.
import { line, make } from "./bubbles.js";
import { Composer } from "./composer.js";
import { Chat } from "./server.js";
import { day, hour, words } from "./words.js";

export class Phone {
  constructor(given, place) {
    this.given = given;
    this.chat = new Chat(given.user_id, given.bot);
    this.zone = given.time_zone;
    this.opened = new Set();
    this.lines = new Map();
    this.stuck = true; // at the newest message, and staying there
    this.root = document.getElementById("phone").content.firstElementChild.cloneNode(true);
    this.root.id = `phone-${given.id}`;
    this.root.dataset.place = place % 4;
    this.composer = new Composer(this);
    this.listen();
    this.chat.watch((view) => this.show(view), () => this.lost());
  }

  find(selector) { return this.root.querySelector(selector); }

  // Acts of the person; what the phone does not offer is told on it.
  async act(verb, form) {
    try {
      return await this.chat.do(verb, form);
    } catch (reason) {
      return this.toast(reason.message);
    }
  }

  listen() {
    const list = this.find(".messages");
    this.find(".language").addEventListener("change", (event) => this.chat.speak(event.target.value));
    this.find(".down").addEventListener("click", () => this.toEnd(true));
    list.addEventListener("scroll", () => {
      this.stuck = this.atEnd();
      this.find(".down").hidden = this.stuck;
    });
    new ResizeObserver(() => this.settle()).observe(list);
    const menu = this.find(".phone-menu");
    const pick = (name, act) => this.find(`[data-do=${name}]`).addEventListener("click", () => { menu.open = false; act(); });
    pick("block", () => this.act(this.view.blocked ? "unblock" : "block"));
    pick("clear", () => this.act("delete_chat"));
  }

  async tap(message, row, column, button) {
    button.classList.add("waiting");
    const done = await this.act("tap", { message_id: message.message_id, row, column });
    if (done?.url && /^https?:/.test(done.url)) window.open(done.url, "_blank", "noopener");
    const answer = done?.tap && (await this.chat.answer(done.tap).catch(() => null));
    button.classList.remove("waiting");
    if (!answer?.text) return;
    if (!answer.show_alert) return this.toast(answer.text);
    this.find(".alert p").textContent = answer.text;
    this.find(".alert").showModal();
  }

  toast(text) {
    const node = this.find(".toast");
    node.textContent = text;
    node.hidden = false;
    clearTimeout(this.toastTimer);
    this.toastTimer = setTimeout(() => { node.hidden = true; }, 4000);
  }

  lost() {
    if (this.view) this.find(".status").textContent = this.words.offline;
  }

  show(view) {
    const first = !this.view;
    const language = view.user.language_code;
    const turned = this.language !== language;
    this.view = view;
    this.language = language;
    this.words = words(language);
    if (turned) this.label();
    this.showHead();
    this.showNote(first);
    this.showMessages(first, turned);
    this.composer.show();
    this.settle();
  }

  // Everything that the app itself says, once more in a new language.
  label() {
    const say = this.words;
    this.root.lang = this.language;
    this.root.ariaLabel = this.given.title;
    this.find(".title").textContent = this.given.title;
    this.find(".lock").ariaLabel = say.lock;
    this.find(".no-note").textContent = say.quiet;
    this.find(".messages").ariaLabel = say.messages;
    this.find(".text").placeholder = this.find(".text").ariaLabel = say.message;
    this.find(".pick-name").textContent = say.language;
    this.find(".language").value = this.language;
    this.find(".file-name").textContent = say.file;
    this.find(".editing-name").textContent = say.editing;
    this.find(".about-title").textContent = say.about;
    const named = { ".phone-menu > summary": "menu", ".attach > summary": "attach", ".commands > summary": "commands", ".voice": "voice", ".send": "send", ".editing-stop": "stop", ".down": "down" };
    for (const [selector, name] of Object.entries(named)) {
      this.find(selector).ariaLabel = this.find(selector).title = say[name];
    }
    for (const name of ["photo", "sticker", "clear"]) this.find(`[data-do=${name}]`).textContent = say[name];
  }

  showHead() {
    const { bot, busy, blocked, now } = this.view;
    this.find(".name").textContent = bot.name;
    this.find(".avatar").textContent = this.find(".note-icon").textContent = [...bot.name][0] ?? "";
    this.find(".status").textContent = busy ? this.words.typing : this.words.bot;
    this.find(".status").classList.toggle("busy", busy);
    this.find("[data-do=block]").textContent = blocked ? this.words.unblock : this.words.block;
    this.find(".lock .clock").textContent = hour(now, this.language, this.zone);
    // Typing ends by itself; the server only tells of its beginning.
    clearTimeout(this.busyTimer);
    if (busy) this.busyTimer = setTimeout(() => { this.view.busy = false; this.showHead(); }, 5000);
  }

  showNote(first) {
    const { note } = this.view;
    this.find(".note").hidden = !note;
    this.find(".no-note").hidden = Boolean(note);
    if (!note) return;
    const rings = !first && note.seq > (this.noteSeq ?? 0);
    this.noteSeq = Math.max(note.seq, this.noteSeq ?? 0);
    this.find(".note-sender").textContent = note.sender;
    this.find(".note-text").textContent = note.text;
    this.find(".note-time").textContent = hour(note.at, this.language, this.zone);
    this.find(".note-bell").textContent = note.silent ? "🔕" : "";
    this.find(".note-bell").ariaLabel = note.silent ? this.words.silent : "";
    const strip = this.find(".note");
    if (rings) { strip.classList.remove("new"); void strip.offsetWidth; strip.classList.add("new"); }
  }

  // Only what changed is drawn anew, so that open menus, focus and opened spoilers stay.
  showMessages(first, turned) {
    const list = this.find(".messages");
    const kept = new Set(this.view.messages.map(({ message_id: id }) => id));
    for (const [id, { node }] of this.lines) {
      if (kept.has(id)) continue;
      this.lines.delete(id);
      if (this.composer.editing?.message_id === id) this.composer.stop();
      node.classList.add("gone");
      node.inert = true;
      node.getAnimations().length ? node.addEventListener("animationend", () => node.remove()) : node.remove();
    }
    place(list, this.inOrder(turned, first));
  }

  inOrder(turned, first) {
    const nodes = [];
    const days = new Map();
    let lastDay = "";
    this.view.messages.forEach((message, index, all) => {
      const today = day(message.date, this.language, this.zone);
      if (today !== lastDay) {
        days.set(today, this.days?.get(today) ?? make("li", "day", today));
        nodes.push(days.get(today));
      }
      lastDay = today;
      const node = this.drawn(message, turned, first);
      const next = all[index + 1];
      node.classList.toggle("last", !next || next.mine !== message.mine || day(next.date, this.language, this.zone) !== today);
      node.classList.toggle("menu-up", index >= all.length - 2 && all.length > 3);
      nodes.push(node);
    });
    for (const [name, node] of this.days ?? []) if (!days.has(name)) node.remove();
    this.days = days;
    return nodes;
  }

  drawn(message, turned, first) {
    const known = this.lines.get(message.message_id);
    const text = JSON.stringify(message);
    if (known && known.text === text && !turned) return known.node;
    const node = line(message, this);
    if (!known && !first) node.classList.add("new");
    if (!known && message.mine) this.stuck = true; // who writes wants to see what was written
    if (known) known.node.replaceWith(node);
    this.lines.set(message.message_id, { node, text });
    return node;
  }

  atEnd() {
    const list = this.find(".messages");
    return list.scrollHeight - list.scrollTop - list.clientHeight < 60;
  }

  toEnd(gently) {
    const list = this.find(".messages");
    list.scrollTo({ top: list.scrollHeight, behavior: gently ? "smooth" : "auto" });
  }

  settle() {
    if (this.stuck) this.toEnd(false);
  }
}

// Puts nodes in order and touches none that stands where it should: a moved node would lose its focus.
function place(list, nodes) {
  let at = list.firstChild;
  for (const node of nodes) {
    while (at?.classList.contains("gone")) at = at.nextSibling;
    if (at === node) at = at.nextSibling;
    else list.insertBefore(node, at);
  }
}
