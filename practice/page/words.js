// What the app itself says, in the language of the phone.
const WORDS = {
  en: {
    start: "Start", restart: "Restart bot", message: "Message", bot: "bot", typing: "typing…", offline: "connecting…",
    edited: "edited", edit: "Edit", remove: "Delete for both", editing: "Editing", stop: "Stop editing", language: "Language",
    block: "Block bot", unblock: "Unblock", clear: "Delete chat", menu: "Chat menu", attach: "Attach", commands: "Commands",
    photo: "Sample photo", sticker: "Sample sticker", file: "A file…", voice: "Send a voice message", send: "Send",
    play: "Play voice message", hidden: "hidden text, show it", hiddenPhoto: "hidden photo, show it", quiet: "No notifications",
    silent: "without sound", about: "What can this bot do?", today: "Today", message_menu: "Message menu", messages: "Messages",
    contact: "Contact", location: "Location", forwarded: "Forwarded from", down: "To the newest message", lock: "Lock screen",
    sample: "sample",
  },
  ru: {
    start: "Начать", restart: "Перезапустить", message: "Сообщение", bot: "бот", typing: "печатает…", offline: "соединение…",
    edited: "изменено", edit: "Изменить", remove: "Удалить у обоих", editing: "Изменение", stop: "Не изменять", language: "Язык",
    block: "Заблокировать", unblock: "Разблокировать", clear: "Удалить чат", menu: "Меню чата", attach: "Прикрепить",
    commands: "Команды", photo: "Фото для пробы", sticker: "Стикер для пробы", file: "Файл…", voice: "Отправить голосовое",
    send: "Отправить", play: "Слушать", hidden: "скрытый текст, показать", hiddenPhoto: "скрытое фото, показать",
    quiet: "Уведомлений нет", silent: "без звука", about: "Что умеет этот бот?", today: "Сегодня", message_menu: "Меню сообщения",
    messages: "Сообщения", contact: "Контакт", location: "Место", forwarded: "Переслано от", down: "К новым сообщениям",
    lock: "Экран блокировки", sample: "проба",
  },
  uz: {
    start: "Boshlash", restart: "Qayta boshlash", message: "Xabar", bot: "bot", typing: "yozmoqda…", offline: "ulanmoqda…",
    edited: "tahrirlandi", edit: "Tahrirlash", remove: "Ikkala tomondan o‘chirish", editing: "Tahrirlash", stop: "Bekor qilish",
    language: "Til", block: "Bloklash", unblock: "Blokdan chiqarish", clear: "Chatni o‘chirish", menu: "Chat menyusi",
    attach: "Biriktirish", commands: "Buyruqlar", photo: "Namuna rasm", sticker: "Namuna stiker", file: "Fayl…",
    voice: "Ovozli xabar yuborish", send: "Yuborish", play: "Tinglash", hidden: "yashirin matn, ko‘rsatish",
    hiddenPhoto: "yashirin rasm, ko‘rsatish", quiet: "Bildirishnoma yo‘q", silent: "ovozsiz", about: "Bu bot nima qila oladi?",
    today: "Bugun", message_menu: "Xabar menyusi", messages: "Xabarlar", contact: "Kontakt", location: "Joy",
    forwarded: "Uzatildi:", down: "Yangi xabarlarga", lock: "Qulflangan ekran", sample: "namuna",
  },
};

export const words = (language) => WORDS[language] ?? WORDS.en;

// A phone shows the time of its own place; without a zone that of the browser.
export const hour = (seconds, language, timeZone) =>
  new Date(seconds * 1000).toLocaleTimeString(language || "en", { hour: "2-digit", minute: "2-digit", hour12: false, timeZone });

// Browsers know no Uzbek months.
const MONTHS = ["yanvar", "fevral", "mart", "aprel", "may", "iyun", "iyul", "avgust", "sentabr", "oktabr", "noyabr", "dekabr"];

export function day(seconds, language, timeZone) {
  const date = new Date(seconds * 1000);
  if (language !== "uz") return date.toLocaleDateString(language || "en", { day: "numeric", month: "long", timeZone });
  const [month, number] = date.toLocaleDateString("en-US", { day: "numeric", month: "numeric", timeZone }).split("/");
  return `${number}-${MONTHS[month - 1]}`;
}
