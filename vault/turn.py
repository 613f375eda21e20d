"""The turn of the day pairs: a new one daily, what older ones sealed re-sealed, what is seven days old dropped.

Done at start and each day by UTC. Each step is committed under the side's lock before the next one begins, and can be
repeated after a crash. Re-sealing only ever updates rows, so that an erased row stays gone.
"""

import logging
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import Column, Table, and_, select, update
from sqlalchemy.dialects.postgresql import insert

from vault import tables
from vault.database import Connection, Engine, alone, begin
from vault.keys import CannotOpenError, Sealed, seal, unseal
from vault.ring import PAIR_LIFE, DayPair, Ring, RingError, UnknownPairError, new_day_pair
from vault.safe import Safe, has_published, sealed_place

log = logging.getLogger("hamroh.vault")

_BATCH = 500
# No transaction lasts so long: whoever read the pair before this one as the newest has committed what was sealed to it.
_SETTLED = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class _Kept:
    """A column that one side seals to its day pairs: its table, its key, and what its place is named after."""

    table: Table
    key: Column[Any]
    named: Column[Any]


def _kept(side: str) -> tuple[_Kept, ...]:
    secrets, homes, box = tables.case_secrets[side], tables.addresses[side], tables.inbox[side]
    common = (
        _Kept(secrets, secrets.c.case_id, secrets.c.case_id),
        _Kept(homes, homes.c.id, homes.c.id),
        _Kept(box, box.c.serial, box.c.update_id),
    )
    if side == tables.SURVIVORS:
        return common
    people, invited = tables.staff, tables.invites
    return (*common, _Kept(people, people.c.id, people.c.id), _Kept(invited, invited.c.id, invited.c.id))


async def _publish(connection: Connection, side: str, pairs: Iterable[DayPair]) -> None:
    """What is in the ring and not published yet: today's pair, and one whose publishing a crash prevented."""
    kept = tables.sides
    found = await connection.execute(select(kept.c.pair).where(kept.c.side == side))
    published = {row.pair for row in found}
    for pair in pairs:
        if pair.id not in published:
            row = insert(kept).values(pair=pair.id, side=side, day=pair.day, public=pair.pair.public)
            await connection.execute(row.inline())


async def _keep_ring(connection: Connection, safe: Safe, now: datetime) -> None:
    """A pair for today in the ring, written before anything is sealed to it; then every pair is published."""
    known = await has_published(connection, safe.side)
    with safe.file.locked():
        ring = safe.file.read()
        newest = ring.newest()
        if newest is None and known:
            # An empty ring here is a folder that is not mounted, or lost: a new one would lose every case for good.
            raise RingError(f"the ring of the {safe.side} side is not in {safe.file.path.parent}: bring it back")
        if newest is None or newest.day.date() < now.astimezone(UTC).date():
            ring = ring.with_pair(new_day_pair(now))
        safe.file.write(ring)
    safe.read_again()
    await _publish(connection, safe.side, safe.ring.pairs.values())


async def _reseal(connection: Connection, safe: Safe, kept: _Kept, after: object) -> object:
    """Re-seal the next rows by their key; the last key, or None when there were no more."""
    table, newest = kept.table, safe.newest()
    query = select(kept.key, kept.named, table.c.sealed, table.c.pair).where(
        table.c.sealed.is_not(None), table.c.pair != newest.id
    )
    if after is not None:
        query = query.where(kept.key > after)
    query = query.order_by(kept.key).limit(_BATCH).with_for_update(skip_locked=True)
    rows = (await connection.execute(query)).all()
    for row in rows:
        place = sealed_place(table.name, row[1])
        try:
            opened = unseal(Sealed(bytes(row.sealed)), safe.private(row.pair), place)
        except (UnknownPairError, CannotOpenError) as error:
            # It stands in nobody's way: whoever needs it meets the same refusal there.
            log.error("a row of %s cannot be opened (%s): it is left as it is", table.name, type(error).__name__)
            continue
        await connection.execute(
            update(table)
            .where(and_(kept.key == row[0], table.c.pair == row.pair))
            .values(sealed=seal(opened, newest.pair.public, place), pair=newest.id)
        )
    return rows[-1][0] if rows else None


async def _named(connection: Connection, side: str) -> set[UUID]:
    """Every pair that some row still names."""
    found: set[UUID] = set()
    for kept in _kept(side):
        rows = await connection.execute(select(kept.table.c.pair).where(kept.table.c.pair.is_not(None)).distinct())
        found.update(row.pair for row in rows)
    return found


def _outlived(ring: Ring, named: set[UUID], now: datetime) -> frozenset[UUID]:
    """The pairs to drop: seven days old by their date, named by no row, and long not the newest any more."""
    settled = [kept.day for kept in ring.pairs.values() if now - kept.day >= _SETTLED]
    today = now.astimezone(UTC).date()
    return frozenset(
        kept.id
        for kept in ring.pairs.values()
        if today - kept.day.date() >= PAIR_LIFE and kept.id not in named and kept.day < max(settled, default=kept.day)
    )


async def _drop(connection: Connection, safe: Safe, now: datetime) -> None:
    named = await _named(connection, safe.side)
    with safe.file.locked():
        ring = safe.file.read()
        old = _outlived(ring, named, now)
        if old:
            safe.file.write(ring.without(old))
    safe.read_again()


@asynccontextmanager
async def _alone(engine: Engine, side: str) -> AsyncIterator[Connection]:
    """One step of the turn: a transaction under the side's lock."""
    async with begin(engine) as connection:
        await alone(connection, f"turn {side}")
        yield connection


async def turn(engine: Engine, safe: Safe, now: datetime) -> None:
    """One turn of this side; every process of the side may do it, one after the other.

    A pair is dropped only after what it sealed is committed under a newer one: a file cannot be rolled back. Raises
    RingError when the ring that the database knows is not there.
    """
    async with _alone(engine, safe.side) as connection:
        await _keep_ring(connection, safe, now)
    for kept in _kept(safe.side):
        last: object = None
        more = True
        while more:
            # A batch a commit: nobody waits long for a row that is held while it is sealed anew.
            async with _alone(engine, safe.side) as connection:
                last = await _reseal(connection, safe, kept, last)
            more = last is not None
    async with _alone(engine, safe.side) as connection:
        await _drop(connection, safe, now)
