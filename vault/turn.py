"""The turn of the day pairs: a new one daily, what older ones sealed re-sealed, what is seven days old dropped.

Done at start and each day by UTC, under the side's lock; each step can be repeated after a crash. Re-sealing only ever
updates rows, so that an erased row stays gone.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Column, Table, and_, select, text, update
from sqlalchemy.dialects.postgresql import insert

from vault import tables
from vault.database import Connection, Engine, begin
from vault.keys import Sealed, seal, unseal
from vault.ring import PAIR_LIFE, DayPair, new_day_pair
from vault.safe import Safe, sealed_place


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


async def _publish(connection: Connection, side: str, pair: DayPair) -> None:
    row = insert(tables.sides).values(pair=pair.id, side=side, day=pair.day, public=pair.pair.public)
    await connection.execute(row.on_conflict_do_nothing().inline())


def _turn_ring(safe: Safe, now: datetime) -> None:
    """A pair for today in the ring, written before anything is sealed to it."""
    with safe.file.locked():
        ring = safe.file.read()
        newest = ring.newest()
        if newest is None or newest.day.date() < now.date():
            ring = ring.with_pair(new_day_pair(now))
        safe.file.write(ring)
    safe.read_again()


async def _reseal(connection: Connection, safe: Safe, kept: _Kept, newest: DayPair) -> int:
    table = kept.table
    rows = (
        await connection.execute(
            select(kept.key, kept.named, table.c.sealed, table.c.pair)
            .where(table.c.sealed.is_not(None), table.c.pair != newest.id)
            .limit(500)
            .with_for_update(skip_locked=True)
        )
    ).all()
    for row in rows:
        place = sealed_place(table.name, row[1])
        opened = unseal(Sealed(bytes(row.sealed)), safe.private(row.pair), place)
        await connection.execute(
            update(table)
            .where(and_(kept.key == row[0], table.c.pair == row.pair))
            .values(sealed=seal(opened, newest.pair.public, place), pair=newest.id)
        )
    return len(rows)


async def _named(connection: Connection, side: str) -> set[UUID]:
    """Every pair that some row still names."""
    found: set[UUID] = set()
    for kept in _kept(side):
        rows = await connection.execute(select(kept.table.c.pair).where(kept.table.c.pair.is_not(None)).distinct())
        found.update(row.pair for row in rows)
    return found


async def _drop(connection: Connection, safe: Safe, now: datetime) -> None:
    named = await _named(connection, safe.side)
    with safe.file.locked():
        ring = safe.file.read()
        newest = ring.newest()
        old = {
            kept.id
            for kept in ring.pairs.values()
            if now - kept.day >= PAIR_LIFE and kept.id not in named and kept != newest
        }
        if old:
            safe.file.write(ring.without(frozenset(old)))
    safe.read_again()


async def turn(engine: Engine, safe: Safe, now: datetime) -> None:
    """One turn of this side; every process of the side may do it, one after the other."""
    async with begin(engine) as connection:
        await connection.execute(
            text("select pg_advisory_xact_lock(hashtextextended(:name, 0))"), {"name": f"hamroh turn {safe.side}"}
        )
        _turn_ring(safe, now)
        for pair in safe.ring.pairs.values():
            await _publish(connection, safe.side, pair)
        for kept in _kept(safe.side):
            while await _reseal(connection, safe, kept, safe.newest()):
                pass
        await _drop(connection, safe, now)
