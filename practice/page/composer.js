// What a phone writes with: the field, its menus, the keys a bot may put below it, the big button instead of all.
import { make } from "./bubbles.js";
import { photo, sound, sticker } from "./samples.js";

export class Composer {
  constructor(phone) {
    this.phone = phone;
    this.editing = null;
    this.listen();
  }

  find(selector) { return this.phone.find(selector); }

  listen() {
    const field = this.find(".text");
    this.find(".composer").addEventListener("submit", (event) => { event.preventDefault(); this.submit(); });
    field.addEventListener("input", () => this.fit());
    field.addEventListener("keydown", (event) => {
      if (event.key === "Enter" && !event.shiftKey && !event.isComposing) { event.preventDefault(); this.submit(); }
      if (event.key === "Escape" && this.editing) this.stop();
    });
    this.find(".voice").addEventListener("click", () => this.phone.chat.send("voice", sound(), { duration: 2 }));
    this.find(".wide").addEventListener("click", () => this.phone.act("start").then(() => field.focus()));
    this.find(".editing-stop").addEventListener("click", () => this.stop());
    this.find(".file input").addEventListener("change", (event) => this.sendFile(event.target));
    for (const name of ["photo", "sticker"]) {
      const button = this.find(`[data-do=${name}]`);
      button.addEventListener("click", () => { button.closest("details").open = false; this.sendSample(name); });
    }
  }

  async sendSample(kind) {
    const blob = kind === "photo" ? await photo(this.phone.words.sample) : await sticker();
    return this.phone.chat.send(kind, blob, { name: kind });
  }

  async sendFile(input) {
    const [file] = input.files;
    input.value = "";
    input.closest("details").open = false;
    if (!file) return;
    const kind = /^image\/(png|jpeg|gif)$/.test(file.type) ? "photo" : "document";
    await this.phone.chat.send(kind, file, { name: file.name }).catch((reason) => this.phone.toast(reason.message));
  }

  submit() {
    const field = this.find(".text");
    const text = field.value.trim();
    if (!text) return;
    if (this.editing) this.phone.act("edit", { message_id: this.editing.message_id, text });
    else this.phone.act("say", { text });
    this.stop();
  }

  edit(message) {
    this.editing = message;
    this.find(".editing").hidden = false;
    this.find(".editing-text").textContent = message.text;
    this.find(".text").value = message.text;
    this.find(".text").focus();
    this.fit();
  }

  stop() {
    this.editing = null;
    this.find(".editing").hidden = true;
    this.find(".text").value = "";
    this.fit();
  }

  // The field grows with its words; the microphone gives way to the arrow.
  fit() {
    const field = this.find(".text");
    field.style.height = "auto";
    field.style.height = `${Math.min(field.scrollHeight, 120)}px`;
    this.find(".voice").hidden = this.find(".send").hidden = false;
    this.find(field.value.trim() ? ".voice" : ".send").hidden = true;
  }

  show() {
    const { blocked, started, messages, keyboard, bot } = this.phone.view;
    const fresh = !started || (messages.length === 0 && !blocked);
    this.find(".composer").hidden = blocked || fresh;
    this.find(".wide").hidden = !(blocked || fresh);
    this.find(".wide").textContent = blocked ? this.phone.words.restart : this.phone.words.start;
    this.find(".about").hidden = messages.length > 0 || !bot.description;
    this.find(".about-text").textContent = bot.description;
    this.find(".text").placeholder = keyboard?.placeholder || this.phone.words.message;
    this.find(".keys").hidden = !keyboard || blocked || fresh;
    // Drawn anew only when they change: a key or command in focus stays in focus.
    const drawn = JSON.stringify([keyboard, bot.commands]);
    if (drawn === this.drawn) return;
    this.drawn = drawn;
    this.showCommands(bot.commands);
    this.showKeys(keyboard);
  }

  showKeys(keyboard) {
    this.find(".keys").replaceChildren(...(keyboard?.rows ?? []).map((row) => {
      const strip = make("div");
      strip.append(...row.map((label) => {
        const key = make("button", "", label);
        key.type = "button";
        key.addEventListener("click", () => this.phone.act("press", { label, phone_number: "+000" }));
        return key;
      }));
      return strip;
    }));
  }

  showCommands(commands) {
    const menu = this.find(".commands");
    menu.hidden = !commands.length;
    menu.querySelector(".sheet").replaceChildren(...commands.map(({ command, description }) => {
      const button = make("button");
      button.type = "button";
      button.append(make("b", "", `/${command}`), make("span", "", description));
      button.addEventListener("click", () => { menu.open = false; this.phone.act("say", { text: `/${command}` }); });
      return button;
    }));
  }
}
