"""What a staff member may be shown, as values, and the desk at which it is written, in the member's own language."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from dialogs.spoken import clock_time, day_and_time
from dialogs.words import SOURCE, Catalogs
from triage.house import House
from vault import audit
from vault.cases import Case
from vault.database import Connection
from vault.orders import Due
from vault.people import Member

# Rows of buttons: the label as it is shown, and the data.
Rows = tuple[tuple[tuple[str, str], ...], ...]

# Before a time among an order's values: it is said in the reader's language when it is shown.
AT = "@at:"
# A clock time without its date is plain for so long.
_SAME_DAY = timedelta(hours=12)


@dataclass(frozen=True, slots=True)
class Card:
    """One message to a staff member; `edit` is the message it takes the place of. Only some sound.

    `mark` is what the ledger calls it (the order's kind, where it is empty) and `version` what it says of something
    that changes: an edit that would say the same again is no call. Neither ever holds a person's words.
    """

    text: str
    rows: Rows = ()
    edit: int | None = None
    sounds: bool = False
    mark: str = ""
    version: str = ""
    voice: bytes | None = None

    def kind(self, order: str) -> str:
        """How it stands in the ledger."""
        return f"{self.mark or order}#{self.version}" if self.version else self.mark or order


@dataclass(frozen=True, slots=True)
class Forgotten:
    """Messages to delete from a staff chat, and which of them are only suspected to be there."""

    ids: tuple[int, ...]
    suspected: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Nothing:
    """There is nothing to show any more."""

    why: str


Shown = Card | Forgotten | Nothing


@dataclass(frozen=True, slots=True)
class Desk:
    """Who an order is for, and the case it is about (None once erased, or where it is about none)."""

    house: House
    connection: Connection
    now: datetime
    due: Due
    member: Member | None
    case: Case | None
    words: Catalogs

    @property
    def language(self) -> str:
        """The first language of the member that the desk speaks."""
        asked = self.due.order.params.get("language")
        spoken = (str(asked),) if asked else self.member.languages if self.member else ()
        return next((code for code in spoken if code in self.words.languages), SOURCE)

    def say(self, key: str, /, **values: object) -> str:
        """A sentence of the desk. Values are set in as they are: they may be a person's own words."""
        return self.words.say(self.language, key, **values)

    def name(self, key: str) -> str:
        """The name of a flag, a class, a language. One that no catalog knows shows its id: no alert is lost for it."""
        return self.say(key) if key in self.words.english else key.partition(".")[2]

    def filled(self, value: object) -> str:
        """A value of an order, which never holds words: `@name` is a name, `@at:` a time, a list is joined."""
        if isinstance(value, Sequence) and not isinstance(value, str):
            return ", ".join(self.filled(one) for one in value)
        said = str(value)
        if said.startswith(AT):
            here = datetime.fromisoformat(said.removeprefix(AT)).astimezone(self.house.region.zone)
            return day_and_time(self.language, here)
        return self.name(said[1:]) if said.startswith("@") else said

    def row(self, *buttons: tuple[str, str]) -> tuple[tuple[str, str], ...]:
        """A row of buttons by the keys of their labels; a label may name the case or referral its data names."""
        return tuple((self.say(key, number=data.split(":")[1] if ":" in data else ""), data) for key, data in buttons)

    def clock(self, at: datetime) -> str:
        """A time of the region, with the day where it is not plain which."""
        here = at.astimezone(self.house.region.zone)
        return clock_time(here) if abs(self.now - at) < _SAME_DAY else day_and_time(self.language, here)

    @property
    def holds(self) -> bool:
        """Whether this member holds the case."""
        return self.case is not None and self.member is not None and self.case.holder == self.member.id

    async def audit(self, verb: str) -> None:
        """An audit row of what this showing reads."""
        actor = f"staff {self.member.id}" if self.member else "staff"
        await audit.note(self.connection, actor, verb, self.now, case=self.due.order.case)
