// One message as a bubble: its words with their marks, its file, its buttons.
import { hour } from "./words.js";

export const make = (tag, className = "", text = "") => {
  const node = document.createElement(tag);
  if (className) node.className = className;
  if (text) node.textContent = text;
  return node;
};

const TICKS = '<svg viewBox="0 0 22 14" aria-hidden="true"><path d="M1 8l4 4 8-10M10 11l1 1 8-10"/></svg>';
const PLAY = '<svg viewBox="0 0 24 24" aria-hidden="true"><path d="M8 5v14l11-7z"/></svg>';

// The phone knows which spoilers are open and what its buttons do.
export function line(message, phone) {
  const node = make("li", `line${message.mine ? " mine" : ""}`);
  node.dataset.id = message.message_id;
  const bubble = make("div", "bubble");
  const media = message.media && fileOf(message.media, message, phone);
  if (message.media?.kind === "sticker") bubble.classList.add("bare");
  if (message.forwarded_from) bubble.append(make("span", "from", `${phone.words.forwarded} ${message.forwarded_from}`));
  if (message.reply_to) bubble.append(make("span", "quote", message.reply_to.text || "…"));
  if (media) bubble.append(media);
  if (message.text) bubble.append(marked(message, phone));
  bubble.append(meta(message, phone));
  node.append(bubble);
  if (message.buttons.length) node.append(buttons(message, phone));
  if (message.mine) node.append(ownMenu(message, phone));
  return node;
}

function meta(message, phone) {
  const node = make("span", "meta");
  if (message.edited) node.append(make("span", "edited", phone.words.edited));
  node.append(make("time", "", hour(message.date, phone.language, phone.zone)));
  if (message.mine) node.insertAdjacentHTML("beforeend", TICKS);
  return node;
}

// Offsets are UTF-16 units, as JavaScript counts; the text is cut at every edge of a mark.
function marked(message, phone) {
  const { text, entities } = message;
  const edges = new Set([0, text.length]);
  for (const { offset, length } of entities) edges.add(offset).add(offset + length);
  const cuts = [...edges].sort((a, b) => a - b);
  const node = make("span", "words");
  cuts.slice(0, -1).forEach((from, index) => {
    const over = entities.filter((entity) => entity.offset <= from && entity.offset + entity.length >= cuts[index + 1]);
    node.append(piece(text.slice(from, cuts[index + 1]), over, message, phone));
  });
  return node;
}

function piece(text, over, message, phone) {
  if (!over.length) return document.createTextNode(text);
  const link = over.find(({ type }) => type === "text_link" || type === "url");
  const href = link && (link.url ?? (text.includes("://") ? text : `https://${text}`));
  const safe = href && /^https?:/.test(href);
  const node = make(safe ? "a" : "span", over.map(({ type }) => type).join(" "), text);
  if (safe) Object.assign(node, { href, target: "_blank", rel: "noopener noreferrer" });
  const spoiler = over.find(({ type }) => type === "spoiler");
  if (spoiler) cover(node, `${message.message_id}:${spoiler.offset}`, phone, phone.words.hidden);
  return node;
}

// A covered piece is a button until it is opened; screen readers do not hear what is under it.
function cover(node, key, phone, label) {
  if (phone.opened.has(key)) return;
  node.classList.add("shut");
  node.dataset.spoiler = key;
  Object.assign(node, { tabIndex: 0, role: "button", ariaLabel: label });
  const open = (event) => {
    if (event.type === "keydown" && event.key !== "Enter" && event.key !== " ") return;
    event.preventDefault();
    phone.opened.add(key);
    for (const twin of phone.root.querySelectorAll(`[data-spoiler="${key}"]`)) {
      twin.classList.remove("shut");
      for (const name of ["tabindex", "role", "aria-label", "data-spoiler"]) twin.removeAttribute(name);
    }
  };
  node.addEventListener("click", open);
  node.addEventListener("keydown", open);
}

function buttons(message, phone) {
  const grid = make("div", "buttons");
  message.buttons.forEach((labels, row) => {
    const strip = make("div");
    labels.forEach((given, column) => {
      const button = make("button", `${given.style}${given.url ? " link" : ""}`, given.label);
      button.type = "button";
      button.addEventListener("click", () => phone.tap(message, row, column, button));
      strip.append(button);
    });
    grid.append(strip);
  });
  return grid;
}

function ownMenu(message, phone) {
  const menu = make("details", "menu own");
  const summary = make("summary", "", "⋯");
  summary.ariaLabel = phone.words.message_menu;
  const sheet = make("div", "sheet");
  const add = (label, act, className = "") => {
    const button = make("button", className, label);
    button.type = "button";
    button.addEventListener("click", () => { menu.open = false; act(); });
    sheet.append(button);
  };
  if (!message.media) add(phone.words.edit, () => phone.composer.edit(message));
  add(phone.words.remove, () => phone.act("delete", { message_ids: [message.message_id] }), "grave");
  menu.append(summary, sheet);
  return menu;
}

function fileOf(media, message, phone) {
  if (media.kind === "voice" || media.kind === "audio") return voice(media, phone);
  if (media.kind === "photo" || media.kind === "sticker") return picture(media, message, phone);
  if (media.kind === "contact") return make("div", "paper", `${phone.words.contact}: ${media.first_name} ${media.phone_number}`);
  if (media.kind === "location") return make("div", "paper", `${phone.words.location}: ${media.latitude}, ${media.longitude}`);
  const link = make("a", "paper", `${media.name || media.kind} (${Math.ceil(media.size / 1024)} KB)`);
  return Object.assign(link, { href: media.url, download: media.name || media.kind });
}

function picture(media, message, phone) {
  const image = make("img");
  image.alt = media.kind === "sticker" ? media.emoji ?? "" : phone.words.photo;
  if (media.width && media.kind === "photo") Object.assign(image, { width: media.width, height: media.height });
  image.src = media.url;
  image.addEventListener("error", () => image.replaceWith(make("span", "emoji", media.emoji ?? "▧")));
  image.addEventListener("load", () => phone.settle());
  if (media.spoiler) cover(image, `${message.message_id}:photo`, phone, phone.words.hiddenPhoto);
  return image;
}

function voice(media, phone) {
  const node = make("div", "voice-note");
  const play = make("button");
  play.type = "button";
  play.ariaLabel = phone.words.play;
  play.innerHTML = PLAY;
  play.addEventListener("click", () => new Audio(media.url).play());
  const length = `0:${String(media.duration ?? 0).padStart(2, "0")}`;
  node.append(play, make("span", "wave"), make("span", "length", length));
  return node;
}
