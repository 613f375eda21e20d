"""The inbox: every update as it came, sealed, in order of arrival per person, until our own code marks it done."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import Integer, Select, and_, bindparam, exists, select, text, update
from sqlalchemy.dialects.postgresql import insert

from vault import tables
from vault.database import Connection
from vault.keys import PersonHash, Sealed, lock_number
from vault.safe import Safe, ToPair, sealed_place

# A try counts when our code raised; after this many the update is set aside, loudly, and blocks nobody.
TRIES = 3
# So many restarts may find a row begun before it is taken for the cause of them. A machine that dies for a reason of
# its own takes the same row with it again and again, and nothing of hers may be lost for that.
BEGUN = 12


@dataclass(frozen=True, slots=True)
class Letter:
    """One update in hand: its row, whose it is, and how often it was begun and failed."""

    side: str
    serial: int
    update_id: int
    person: PersonHash
    kept: ToPair
    tries: int
    begun: int

    def open(self, safe: Safe) -> bytes:
        """The stripped update, as JSON bytes."""
        return safe.open_own(self.kept, _place(self.side, self.update_id))


def _place(side: str, update_id: int) -> bytes:
    return sealed_place(tables.inbox[side].name, update_id)


async def take_in(
    connection: Connection, safe: Safe, update_id: int, person: PersonHash, stripped: bytes, now: datetime
) -> None:
    """Keep an update once, however often Telegram hands it over."""
    kept = safe.seal_own(stripped, _place(safe.side, update_id))
    table = tables.inbox[safe.side]
    row = insert(table).values(update_id=update_id, person=person, sealed=kept.sealed, pair=kept.pair, received_at=now)
    await connection.execute(row.on_conflict_do_nothing(index_elements=[table.c.update_id]).inline())


async def first_of_each(connection: Connection, side: str, busy: Sequence[bytes], limit: int) -> list[Letter]:
    """The first open row of each person not in hand, oldest first."""
    rows = await connection.execute(_first_of_each(side), {"busy": list(busy), "at_most": limit})
    return [
        Letter(
            side,
            row.serial,
            row.update_id,
            PersonHash(bytes(row.person)),
            ToPair(Sealed(row.sealed), row.pair),
            row.tries,
            row.begun,
        )
        for row in rows
    ]


# Asked after each update and at each ring: built once.
@cache
def _first_of_each(side: str) -> Select[Any]:
    table = tables.inbox[side]
    earlier = table.alias("earlier")
    has_earlier = exists().where(
        and_(earlier.c.person == table.c.person, earlier.c.state == "open", earlier.c.serial < table.c.serial)
    )
    return (
        select(table)
        .where(table.c.state == "open", ~has_earlier, table.c.person.not_in(bindparam("busy", expanding=True)))
        .order_by(table.c.serial)
        .limit(bindparam("at_most", type_=Integer))
    )


async def begin(connection: Connection, letter: Letter) -> Letter:
    """Mark the row begun, in a commit of its own: a crash while it is in hand can then be counted."""
    table = tables.inbox[letter.side]
    row = (
        await connection.execute(
            update(table)
            .where(table.c.serial == letter.serial)
            .values(begun=table.c.begun + 1)
            .returning(table.c.begun, table.c.tries)
        )
    ).one()
    return replace(letter, begun=row.begun, tries=row.tries)


async def lock_person(connection: Connection, person: bytes) -> None:
    """Hold the person for this transaction: nobody else thinks about her at the same time."""
    await connection.execute(text("select pg_advisory_xact_lock(:number)"), {"number": lock_number(person)})


async def still_open(connection: Connection, letter: Letter) -> bool:
    """Whether the row is still to be done, asked with the person held."""
    table = tables.inbox[letter.side]
    state = await connection.scalar(select(table.c.state).where(table.c.serial == letter.serial))
    return state == "open"


async def done(connection: Connection, letter: Letter) -> None:
    """The mark that our own code sets in the transaction that did it; the payload goes with it."""
    await _end(connection, letter, "done")


async def set_aside(connection: Connection, letter: Letter) -> None:
    """A poison update: kept sealed for whoever looks into it, in nobody's way."""
    table = tables.inbox[letter.side]
    await connection.execute(update(table).where(table.c.serial == letter.serial).values(state="aside"))


async def failed(connection: Connection, letter: Letter) -> None:
    """Our code raised: one try more is counted, and the restarts begin to count anew."""
    table = tables.inbox[letter.side]
    await connection.execute(
        update(table).where(table.c.serial == letter.serial).values(tries=table.c.tries + 1, begun=0)
    )


async def let_go(connection: Connection, letter: Letter) -> None:
    """It cannot be done yet, by no fault of the update: nothing is counted."""
    table = tables.inbox[letter.side]
    await connection.execute(update(table).where(table.c.serial == letter.serial).values(begun=0))


async def _end(connection: Connection, letter: Letter, state: str) -> None:
    table = tables.inbox[letter.side]
    await connection.execute(
        update(table).where(table.c.serial == letter.serial).values(state=state, sealed=None, pair=None)
    )
