"""Who an order to a survivor is for, and what it may become: nouns of composing, with her row held."""

import json
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from dialogs.kinds import Place
from dialogs.manner import Manner, manner_of
from dialogs.screen import Button, Screen, first_line
from triage.house import House
from vault import cases, inbox, ledger
from vault.cases import Case
from vault.database import Connection
from vault.keys import PersonHash
from vault.orders import Due
from vault.tables import SURVIVORS


@dataclass(frozen=True, slots=True)
class Shown:
    """A screen to send, or to put in the place of message `edit`. `spared` stands through a wipe."""

    screen: Screen
    kind: str
    edit: int | None = None
    case: UUID | None = None
    spared: bool = False
    again: bool = False


@dataclass(frozen=True, slots=True)
class Wiped:
    """Messages to delete, and which of them are only suspected to be there."""

    ids: tuple[int, ...]
    suspected: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Fetching:
    """A file of hers to fetch, by its id for her bot."""

    file_id: str


@dataclass(frozen=True, slots=True)
class Recorded:
    """A recording of ours to send, with the buttons under it."""

    voice: bytes
    rows: tuple[tuple[Button, ...], ...]
    case: UUID


@dataclass(frozen=True, slots=True)
class Over:
    """The order may not go any more."""

    why: str


@dataclass(frozen=True, slots=True)
class Held:
    """Her window is closed: until when, in the words the operator sees; `at` where that is a time."""

    until: str
    at: datetime | None = None


Composed = Shown | Wiped | Fetching | Recorded | Over | Held


@dataclass(frozen=True, slots=True)
class Reader:
    """Who an order is for, with her row held: her chat's state, her case, her place."""

    house: House
    connection: Connection
    now: datetime
    due: Due
    address: int
    wipe: str
    case: Case | None
    place: Place

    @property
    def language(self) -> str:
        """The language she chose, or the first guess before she did."""
        return self.place.language or (self.case.language if self.case else self.house.languages()[0])

    @property
    def manner(self) -> Manner:
        """How she reads."""
        return manner_of(self.place.settings)


async def hold(connection: Connection, due: Due) -> PersonHash | None:
    """Hold her whom an order is for, for this transaction; None once she was cut from her address."""
    number = due.order.address
    assert number is not None  # noqa: S101 - orders to a survivor always name her address
    person = await cases.person_at(connection, number)
    if person is not None:
        await inbox.lock_person(connection, person)
    return person


async def read_up(house: House, connection: Connection, due: Due, now: datetime) -> Reader | None:
    number = due.order.address
    assert number is not None  # noqa: S101 - orders to a survivor always name her address
    person = await hold(connection, due)
    address = await ledger.address(connection, SURVIVORS, number)
    if address is None:
        return None
    row = await cases.place(connection, house.safe, person) if person is not None else None
    case = await cases.find(connection, row.case) if row is not None else None
    place = Place.from_json(json.loads(row.opened)) if row is not None else Place()
    return Reader(house, connection, now, due, number, address.wipe, case, place)


def first(reader: Reader) -> str:
    """The dull line that a locked screen may show, another one each time."""
    return first_line(reader.language, reader.house.words, reader.house.region, reader.due.serial)
