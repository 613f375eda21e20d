"""What was written in a case: each entry is copied once for every half that may read it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy import func, select
from sqlalchemy.dialects.postgresql import insert

from vault import tables
from vault.cases import ErasedError, private_half, public_half
from vault.database import Connection
from vault.keys import seal, unseal
from vault.safe import Safe, sealed_place

HERS = (tables.SURVIVORS,)
DESKS = (tables.DESK,)
BOTH = (tables.SURVIVORS, tables.DESK)


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing written: `kind` is one of the table's, `author` survivor, staff or program."""

    id: UUID
    kind: str
    author: str
    at: datetime
    text: str


async def _copy(connection: Connection, case: UUID, entry: UUID, side: str, words: bytes) -> None:
    public = await public_half(connection, case, side)
    if public is None:
        raise ErasedError
    table = tables.copies[side]
    sealed = seal(words, public, sealed_place(table.name, entry))
    row = insert(table).values(entry_id=entry, case_id=case, sealed=sealed).on_conflict_do_nothing()
    await connection.execute(row.inline())


async def write(
    connection: Connection, case: UUID, kind: str, author: str, words: str, halves: Sequence[str], now: datetime
) -> UUID:
    """Write an entry and a copy for each half; raises ErasedError."""
    entry = uuid4()
    await connection.execute(
        insert(tables.entries).values(id=entry, case_id=case, kind=kind, author=author, at=now).inline()
    )
    for side in halves:
        await _copy(connection, case, entry, side, words.encode())
    return entry


async def copy_to(connection: Connection, case: UUID, entry: UUID, side: str, text: str) -> None:
    """Another form of an entry for the other side: what it needs of it, sealed to its half."""
    await _copy(connection, case, entry, side, text.encode())


async def read(connection: Connection, safe: Safe, case: UUID, entry: UUID) -> str:
    """One entry's words, as this side may read them; raises ErasedError once they are gone."""
    table = tables.copies[safe.side]
    sealed = await connection.scalar(select(table.c.sealed).where(table.c.entry_id == entry))
    if sealed is None:
        raise ErasedError
    private = await private_half(connection, safe, case)
    return unseal(bytes(sealed), private, sealed_place(table.name, entry)).decode()


async def read_all(
    connection: Connection, safe: Safe, case: UUID, kinds: Sequence[str], limit: int | None = 200
) -> list[Entry]:
    """The case's entries that this side may read, oldest first; the newest `limit` of them (None: all)."""
    kept, copy = tables.entries, tables.copies[safe.side]
    rows = (
        await connection.execute(
            select(kept, copy.c.sealed)
            .join(copy, copy.c.entry_id == kept.c.id)
            .where(kept.c.case_id == case, kept.c.kind.in_(kinds))
            .order_by(kept.c.at.desc())
            .limit(limit)
        )
    ).all()
    if not rows:
        return []
    private = await private_half(connection, safe, case)
    return [
        Entry(
            row.id,
            row.kind,
            row.author,
            row.at,
            unseal(bytes(row.sealed), private, sealed_place(copy.name, row.id)).decode(),
        )
        for row in reversed(rows)
    ]


async def of_kind(connection: Connection, side: str, case: UUID, kind: str) -> list[UUID]:
    """The entries of this kind that this side may read, oldest first."""
    kept, copy = tables.entries, tables.copies[side]
    rows = await connection.execute(
        select(kept.c.id)
        .join(copy, copy.c.entry_id == kept.c.id)
        .where(kept.c.case_id == case, kept.c.kind == kind)
        .order_by(kept.c.at)
    )
    return [row.id for row in rows]


async def share(connection: Connection, safe: Safe, case: UUID, kinds: Sequence[str], since: datetime) -> int:
    """Her yes to a person: what she wrote in this talk is sealed a second time, to the desk's half."""
    shared = 0
    for entry in await read_all(connection, safe, case, kinds, None):
        if entry.at >= since:
            await _copy(connection, case, entry.id, tables.DESK, entry.text.encode())
            shared += 1
    return shared


async def count(connection: Connection, case: UUID) -> dict[tuple[str, str], int]:
    """How many entries of each kind and author the case holds."""
    kept = tables.entries
    rows = await connection.execute(
        select(kept.c.kind, kept.c.author, func.count())
        .where(kept.c.case_id == case)
        .group_by(kept.c.kind, kept.c.author)
    )
    return {(row.kind, row.author): row[2] for row in rows}
