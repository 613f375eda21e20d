"""Offers: the rows behind the alerts, one open for each case and member; written by the desk, lapsed by the rounds."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID, uuid4

from sqlalchemy import and_, func, select, update
from sqlalchemy.dialects.postgresql import insert

from vault import database, tables
from vault.database import Connection


@dataclass(frozen=True, slots=True)
class Offered:
    """A case shown to a member: rung for (and until when), or only in the list; `lapsed_at` when nobody answered."""

    id: UUID
    case: UUID
    staff: UUID
    rung_at: datetime | None
    lapses_at: datetime | None
    lapsed_at: datetime | None


async def alone(connection: Connection) -> None:
    """One at a time decides who is offered what, in this transaction."""
    await database.alone(connection, "offers")


async def standing(connection: Connection) -> list[Offered]:
    """Every open offer."""
    table = tables.offers
    rows = await connection.execute(select(table).where(table.c.ended_at.is_(None)))
    return [Offered(row.id, row.case_id, row.staff_id, row.rung_at, row.lapses_at, row.lapsed_at) for row in rows]


async def make(connection: Connection, case: UUID, staff: UUID, now: datetime, lapses_at: datetime | None) -> None:
    """Show a case to a member; rung for when it has a time to lapse at."""
    await connection.execute(
        insert(tables.offers)
        .values(
            id=uuid4(),
            case_id=case,
            staff_id=staff,
            made_at=now,
            rung_at=now if lapses_at is not None else None,
            lapses_at=lapses_at,
        )
        .inline()
    )


async def ring(connection: Connection, offer: UUID, now: datetime, lapses_at: datetime) -> None:
    """Ring for an offer that was only shown, or that lapsed a while ago."""
    table = tables.offers
    await connection.execute(
        update(table).where(table.c.id == offer).values(rung_at=now, lapses_at=lapses_at, lapsed_at=None)
    )


async def end(connection: Connection, offers: Sequence[UUID], now: datetime) -> None:
    """These offers are over: taken, waiting no more, or withdrawn for an immediate case."""
    if offers:
        table = tables.offers
        await connection.execute(update(table).where(table.c.id.in_(offers)).values(ended_at=now))


async def lapse(connection: Connection, now: datetime) -> int:
    """Mark the rung offers that nobody answered in time; how many."""
    table = tables.offers
    done = await connection.execute(
        update(table)
        .where(table.c.ended_at.is_(None), table.c.lapsed_at.is_(None), table.c.lapses_at <= now)
        .values(lapsed_at=now)
    )
    return int(done.rowcount)


async def rested(connection: Connection, now: datetime, rest: timedelta) -> int:
    """How many who let an offer lapse have just rested long enough to be asked again; they count once."""
    table = tables.offers
    done = await connection.execute(
        update(table)
        .where(table.c.ended_at.is_(None), table.c.lapsed_at <= now - rest, table.c.lapses_at.is_not(None))
        .values(lapses_at=None)
    )
    return int(done.rowcount)


async def next_event(connection: Connection, now: datetime, rest: timedelta) -> datetime | None:
    """When the next rung offer lapses, or somebody who let one lapse may be asked again."""
    table = tables.offers
    open_ = table.c.ended_at.is_(None)
    lapses = await connection.scalar(
        select(func.min(table.c.lapses_at)).where(and_(open_, table.c.lapsed_at.is_(None)))
    )
    rested = await connection.scalar(
        select(func.min(table.c.lapsed_at)).where(and_(open_, table.c.lapses_at.is_not(None)))
    )
    events = [at for at in (lapses, rested + rest if rested else None) if at is not None]
    return min(events, default=None)
