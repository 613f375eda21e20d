"""What a lock screen shows when a message arrives: the sender and the text, spoilers masked."""

from practice.call import Json
from practice.telegram import Chat, Message, Note
from practice.text import units

MASK = "▒"

# What an app writes for a message without words, by its language: practice wording, close to the Android client's.
_KINDS = {
    "en": {"voice": "Voice message", "photo": "Photo", "document": "File", "sticker": "Sticker", "video": "Video"},
    "ru": {
        "voice": "Голосовое сообщение",
        "photo": "Фотография",
        "document": "Файл",
        "sticker": "Стикер",
        "video": "Видео",
    },
    "uz": {"voice": "Ovozli xabar", "photo": "Rasm", "document": "Fayl", "sticker": "Stiker", "video": "Video"},
}


def masked(text: str, entities: list[Json]) -> str:
    """The text with every letter under a spoiler replaced, its length in letters kept."""
    hidden = [
        range(entity["offset"], entity["offset"] + entity["length"])
        for entity in entities
        if entity["type"] == "spoiler"
    ]
    shown, at = [], 0
    for letter in text:
        covered = any(at in spoiler for spoiler in hidden) and not letter.isspace()
        shown.append(MASK if covered else letter)
        at += units(letter)
    return "".join(shown)


def preview(chat: Chat, message: Message) -> str:
    """One line: newlines become blanks."""
    words = " ".join(masked(message.text, message.entities).split())
    if message.media is None:
        return words
    names = _KINDS.get(chat.user.language_code, _KINDS["en"])
    name = names.get(message.media.kind, names["document"])
    return f"{name}, {words}" if words else name


def notify(chat: Chat, message: Message, at: float) -> None:
    """A new message rings (or shows without a sound); an edit never does."""
    sender = chat.bot.name_for(chat.user.language_code)
    chat.notes.append(Note(len(chat.notes) + 1, at, message.id, sender, preview(chat, message), message.silent))
