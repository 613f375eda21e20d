"""What may come from a person's phone, as values: neither framework's types are known here."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Said:
    """Typed words; `edited` when an earlier message was changed into these."""

    text: str
    edited: bool = False


@dataclass(frozen=True, slots=True)
class Pressed:
    """A tapped button: its data, and the message it stood under."""

    data: str


@dataclass(frozen=True, slots=True)
class Voice:
    """A voice note: Telegram's id of it for this bot, and its length in seconds."""

    file_id: str
    seconds: int


@dataclass(frozen=True, slots=True)
class Unreadable:
    """A sticker, a picture, a contact card, anything that holds no words for us."""


@dataclass(frozen=True, slots=True)
class Blocked:
    """She stopped and blocked the bot: an exit."""


@dataclass(frozen=True, slots=True)
class Unblocked:
    """She may be written to again; what was to be deleted is tried again."""


Saying = Said | Pressed | Voice | Unreadable | Blocked | Unblocked


@dataclass(frozen=True, slots=True)
class Came:
    """One thing that came in: from which chat, as which message (None for a block), dated by Telegram."""

    chat: int
    message_id: int | None
    at: datetime
    language_code: str
    saying: Saying
    reply_to: int | None = None


def rest_of(text: str) -> str:
    """What follows the first word of a message."""
    return text.strip().split(maxsplit=1)[1].strip() if len(text.split()) > 1 else ""


def command_of(text: str) -> str:
    """The command a message begins with, without the bot's name and without what follows; "" for words."""
    word = text.strip().split(maxsplit=1)[0] if text.strip() else ""
    return word.split("@", maxsplit=1)[0].lower() if word.startswith("/") else ""
