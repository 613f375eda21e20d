"""Cases: opened with two pairs of keys, hers and the desk's; their row says what the desk may see without her yes."""

import random
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import Row, select, update
from sqlalchemy.dialects.postgresql import insert

from vault import tables
from vault.database import Connection
from vault.keys import Pair, PersonHash, Sealed, seal, unseal
from vault.safe import Safe, ToPair, seal_for, sealed_place

# Five digits: enough that a number says nothing of how many there were, short enough to say aloud.
_LOWEST, _HIGHEST = 10_000, 99_999
_THROWS, _MORE_DIGITS = 20, 4


@dataclass(frozen=True, slots=True)
class Case:
    """A case's row. `state` is a state of the life cycle, `risk` one of immediate, high, ordinary.

    lift_s: how many seconds sooner it is due in the queue than its class alone says. raised_by: the member of
    staff who raised its class by hand.
    """

    id: UUID
    number: int
    address: int | None
    region: str
    language: str
    state: str
    risk: str
    flags: tuple[str, ...]
    holder: UUID | None
    heard_at: datetime
    waits_since: datetime | None
    window_until: datetime | None
    left_at: datetime | None
    opened_at: datetime
    forced_at: datetime | None
    knocked_at: datetime | None
    keep_days: int
    lift_s: int = 0
    raised_by: UUID | None = None


def _case(row: Row[Any]) -> Case:
    return Case(
        row.id,
        row.number,
        row.address_id,
        row.region,
        row.language,
        row.state,
        row._mapping["class"],
        tuple(row.flags),
        row.holder_id,
        row.heard_at,
        row.waits_since,
        row.window_until,
        row.left_at,
        row.opened_at,
        row.forced_at,
        row.knocked_at,
        row.keep_days,
        row.lift_s,
        row.raised_by,
    )


async def _free_number(connection: Connection, dice: random.Random) -> int:
    """A number that no case has had; a digit more where so many throws in a row fell on one that is taken."""
    table = tables.cases
    throws = 0
    while True:
        more = 10 ** min(throws // _THROWS, _MORE_DIGITS)
        throws += 1
        number = dice.randint(_LOWEST * more, (_HIGHEST + 1) * more - 1)
        if await connection.scalar(select(table.c.id).where(table.c.number == number)) is None:
            return number


async def _make_halves(connection: Connection, case: UUID) -> None:
    """Make both pairs, seal each private half to its side's newest day pair, and forget them."""
    for side in tables.SIDES:
        pair = Pair.new()
        secrets = tables.case_secrets[side]
        kept = await seal_for(connection, side, pair.private, sealed_place(secrets.name, case))
        await connection.execute(insert(tables.case_keys).values(case_id=case, half=side, public=pair.public).inline())
        await connection.execute(insert(secrets).values(case_id=case, sealed=kept.sealed, pair=kept.pair).inline())


async def open_case(
    connection: Connection, *, address: int, region: str, language: str, now: datetime, dice: random.Random
) -> Case:
    """A new case: raises OtherSideSilentError while the desk has never published a key."""
    case = uuid4()
    number = await _free_number(connection, dice)
    values = {
        "id": case,
        "number": number,
        "address_id": address,
        "region": region,
        "language": language,
        "state": "with_program",
        "class": "ordinary",
        "opened_at": now,
        "heard_at": now,
    }
    await connection.execute(insert(tables.cases).values(values).inline())
    await _make_halves(connection, case)
    found = await find(connection, case)
    assert found is not None  # noqa: S101 - inserted in this transaction
    return found


async def find(connection: Connection, case: UUID, *, lock: bool = False) -> Case | None:
    """The case's row, held for this transaction where `lock` says so; None once it is erased."""
    table = tables.cases
    query = select(table).where(table.c.id == case, table.c.erased_at.is_(None))
    row = (await connection.execute(query.with_for_update() if lock else query)).first()
    return None if row is None else _case(row)


async def by_number(connection: Connection, number: int, *, lock: bool = False) -> Case | None:
    """The case that staff call by this number."""
    table = tables.cases
    query = select(table).where(table.c.number == number, table.c.erased_at.is_(None))
    row = (await connection.execute(query.with_for_update() if lock else query)).first()
    return None if row is None else _case(row)


async def waiting(connection: Connection) -> list[Case]:
    """Every case that waits for a person."""
    table = tables.cases
    rows = await connection.execute(select(table).where(table.c.state == "waiting", table.c.erased_at.is_(None)))
    return [_case(row) for row in rows]


async def held_by(connection: Connection, holder: UUID) -> list[Case]:
    """The open cases of an operator, oldest first."""
    table = tables.cases
    rows = await connection.execute(
        select(table)
        .where(table.c.holder_id == holder, table.c.closed_at.is_(None), table.c.erased_at.is_(None))
        .order_by(table.c.taken_at)
    )
    return [_case(row) for row in rows]


async def change(connection: Connection, case: UUID, **values: Any) -> None:
    """Set columns of the case's row (`risk` is the column `class`)."""
    if "risk" in values:
        values["class"] = values.pop("risk")
    table = tables.cases
    await connection.execute(update(table).where(table.c.id == case).values(values))


async def public_half(connection: Connection, case: UUID, half: str) -> bytes | None:
    """The public half to seal to; None once the case is erased."""
    keys = tables.case_keys
    found: bytes | None = await connection.scalar(
        select(keys.c.public).where(keys.c.case_id == case, keys.c.half == half)
    )
    return found


async def private_half(connection: Connection, safe: Safe, case: UUID) -> bytes:
    """This side's private half of the case: opens what the case sealed to it. Raises ErasedError once it is gone."""
    secrets = tables.case_secrets[safe.side]
    row = (await connection.execute(select(secrets).where(secrets.c.case_id == case))).first()
    if row is None:
        raise ErasedError
    return safe.open_own(ToPair(Sealed(row.sealed), row.pair), sealed_place(secrets.name, case))


class ErasedError(Exception):
    """The case was erased: its keys and words are gone."""


@dataclass(frozen=True, slots=True)
class PlaceRow:
    """Where a person's place lies: her address, her case, and the place sealed to her half."""

    person: PersonHash
    address: int
    case: UUID
    opened: bytes


async def place(connection: Connection, safe: Safe, person: PersonHash) -> PlaceRow | None:
    """Her place, opened; her row is held for this transaction."""
    table = tables.places
    row = (await connection.execute(select(table).where(table.c.person == person).with_for_update())).first()
    if row is None:
        return None
    private = await private_half(connection, safe, row.case_id)
    opened = unseal(bytes(row.sealed), private, sealed_place(table.name, bytes(person)))
    return PlaceRow(person, row.address_id, row.case_id, opened)


async def person_at(connection: Connection, address: int) -> PersonHash | None:
    """Whose address this is; None once she was cut from it."""
    table = tables.places
    found = await connection.scalar(select(table.c.person).where(table.c.address_id == address))
    return None if found is None else PersonHash(bytes(found))


async def keep_place(connection: Connection, person: PersonHash, address: int, case: UUID, written: bytes) -> None:
    """Keep her place, sealed to her half."""
    table = tables.places
    public = await public_half(connection, case, tables.SURVIVORS)
    if public is None:
        raise ErasedError
    sealed = seal(written, public, sealed_place(table.name, bytes(person)))
    row = insert(table).values(person=person, address_id=address, case_id=case, sealed=sealed)
    await connection.execute(
        row.on_conflict_do_update(
            index_elements=[table.c.person],
            set_={"sealed": sealed, "address_id": address, "case_id": case},
        )
    )


async def numbers(connection: Connection, cases: Sequence[UUID]) -> dict[UUID, int]:
    """The numbers that staff call these cases by."""
    table = tables.cases
    rows = await connection.execute(select(table.c.id, table.c.number).where(table.c.id.in_(cases)))
    return {row.id: row.number for row in rows}
