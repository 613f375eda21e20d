"""A call to Telegram as a value, and what may come back: neither framework is known here."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID


class Method(StrEnum):
    """What we ever ask of a chat."""

    SEND = "send"
    EDIT = "edit"
    DELETE = "delete"
    FETCH = "fetch"


@dataclass(frozen=True, slots=True)
class Span:
    """Part of a text, in UTF-16 units as Telegram counts: `spoiler`, `bold` or `italic`."""

    kind: str
    offset: int
    length: int


@dataclass(frozen=True, slots=True)
class Key:
    """One inline button: its label and its data (at most 64 bytes)."""

    label: str
    data: str


@dataclass(frozen=True, slots=True)
class Call:
    """One call. `ids` are the messages to edit (one) or delete (at most 100); a send makes a new one, of text or of a
    voice note; a fetch brings the file that `file_id` names for this bot."""

    method: Method
    chat: int
    text: str = ""
    spans: tuple[Span, ...] = ()
    rows: tuple[tuple[Key, ...], ...] = ()
    ids: tuple[int, ...] = ()
    silent: bool = False
    protect: bool = True
    voice: bytes | None = None
    file_id: str = ""


class RefusedError(Exception):
    """Telegram said no, clearly: it did not happen. `why` is Telegram's own sentence, without any of ours."""

    def __init__(self, code: int, why: str, retry_after: float | None = None) -> None:
        super().__init__(code, why)
        self.code = code
        self.why = why.lower()
        self.retry_after = retry_after

    @property
    def already(self) -> bool:
        """It stands as we wanted it: an edit that changes nothing, a deletion of what is gone."""
        return "message is not modified" in self.why or "message to delete not found" in self.why

    @property
    def message_gone(self) -> bool:
        """There is nothing to edit any more."""
        return "message to edit not found" in self.why or "message can't be edited" in self.why

    @property
    def unreachable(self) -> bool:
        """She blocked the bot, never started it, or her account is gone."""
        return self.code == 403 or "chat not found" in self.why


class UnclearError(Exception):
    """No clear answer (a time-out, a lost connection, a 5xx): it may have happened."""


@dataclass(frozen=True, slots=True)
class Go:
    """What an order became: the call, what the ledger is to say of the new message, and which of the ids of a deletion
    are only suspected to stand there."""

    call: Call
    kind: str
    case: UUID | None = None
    spared: bool = False
    suspected: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Drop:
    """The order may not go any more, and why."""

    why: str


@dataclass(frozen=True, slots=True)
class Wait:
    """Her window is closed: held until this, in words; `at` where it is a time, None where only she can open it."""

    until: str
    at: datetime | None = None


Prepared = Go | Drop | Wait
