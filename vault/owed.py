"""What is still owed, and what is known to stand: the figures of whoever checks that nothing was lost."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import and_, exists, func, or_, select

from vault import tables
from vault.database import Connection
from vault.keys import PersonHash

# What a try without a clear answer is put off by at first; it is owed all the same.
_SOON = timedelta(seconds=3)


@dataclass(frozen=True, slots=True)
class Owed:
    """Of both sides together: updates not done, updates set aside, orders that wait though their time has come."""

    updates: int
    aside: int
    orders: int

    @property
    def nothing(self) -> bool:
        """Whether all that came was done and all that was ordered has ended."""
        return self.updates == self.orders == 0


async def owed(connection: Connection, now: datetime) -> Owed:
    """What both sides owe now; an order for later or held until she writes is none."""
    states = {"open": 0, "aside": 0}
    orders = 0
    for side in tables.SIDES:
        box, out = tables.inbox[side], tables.orders[side]
        for row in await connection.execute(select(box.c.state, func.count()).group_by(box.c.state)):
            states[row.state] = states.get(row.state, 0) + row[1]
        waits = (out.c.ended_at.is_(None), out.c.held_until.is_(None), out.c.not_before <= now)
        orders += await connection.scalar(select(func.count()).where(*waits)) or 0
    return Owed(states["open"], states["aside"], orders)


async def where(connection: Connection, survivor: PersonHash) -> tuple[int, UUID] | None:
    """Her address and her case, where her side would find them; nobody is held for this."""
    table = tables.places
    row = (
        await connection.execute(select(table.c.address_id, table.c.case_id).where(table.c.person == survivor))
    ).first()
    return (row.address_id, row.case_id) if row else None


async def owed_to(
    connection: Connection,
    now: datetime,
    *,
    survivor: PersonHash,
    addresses: Collection[int],
    case: UUID | None,
    staff: PersonHash,
) -> bool:
    """Whether anything that these two people sent, or that her case brought about, is still under way to somebody.

    One statement, so that nothing passes from one table to the next unseen.
    """
    hers, theirs, out, desk = (
        tables.inbox[tables.SURVIVORS], tables.inbox[tables.DESK], tables.orders[tables.SURVIVORS],
        tables.orders[tables.DESK],
    )  # fmt: skip
    here = select(tables.places.c.address_id).where(tables.places.c.person == survivor).scalar_subquery()
    soon = now + _SOON
    waits = and_(out.c.ended_at.is_(None), out.c.held_until.is_(None), out.c.not_before <= soon)
    told = and_(desk.c.ended_at.is_(None), desk.c.held_until.is_(None), desk.c.not_before <= soon)
    found: bool | None = await connection.scalar(
        select(
            or_(
                exists().where(hers.c.person == survivor, hers.c.state == "open"),
                exists().where(theirs.c.person == staff, theirs.c.state == "open"),
                exists().where(waits, or_(out.c.address_id.in_(addresses), out.c.address_id == here)),
                exists().where(told, desk.c.case_id == case),
            )
        )
    )
    return bool(found)


async def endings(connection: Connection, side: str) -> Mapping[tuple[str, str], int]:
    """How the ended orders of a side ended: how many of each kind and ending."""
    out = tables.orders[side]
    rows = await connection.execute(
        select(out.c.kind, out.c.ended, func.count())
        .where(out.c.ended_at.is_not(None))
        .group_by(out.c.kind, out.c.ended)
    )
    return {(row.kind, row.ended): row[2] for row in rows}


async def sent_again(connection: Connection, side: str, kind: str) -> int:
    """How many tries of this kind were made anew, because the one before had no clear answer."""
    out = tables.orders[side]
    anew = func.sum(out.c.tries - 1)
    found: int | None = await connection.scalar(select(anew).where(out.c.kind == kind, out.c.again))
    return found or 0


async def taken_in(connection: Connection, side: str) -> set[int]:
    """The ids of every update that is or was in this side's inbox."""
    rows = await connection.execute(select(tables.inbox[side].c.update_id))
    return {row.update_id for row in rows}


async def written(connection: Connection, kind: str, author: str) -> int:
    """How many entries of this kind an author wrote, in all cases together."""
    kept = tables.entries
    found: int | None = await connection.scalar(
        select(func.count()).select_from(kept).where(kept.c.kind == kind, kept.c.author == author)
    )
    return found or 0


async def standing(connection: Connection, side: str) -> Mapping[int, set[int]]:
    """The message ids that the ledger takes to be standing, by the number of the address."""
    table = tables.ledger[side]
    found: dict[int, set[int]] = {}
    for row in await connection.execute(
        select(table.c.address_id, table.c.message_id).where(table.c.gone_at.is_(None))
    ):
        found.setdefault(row.address_id, set()).add(row.message_id)
    return found


async def waited(connection: Connection) -> dict[str, list[float]]:
    """How long each case waited that was taken in the last six hours, in minutes, by its class."""
    kept, found = tables.cases, dict[str, list[float]]()
    recent = kept.c.taken_at > func.now() - timedelta(hours=6)
    for row in await connection.execute(
        select(kept.c["class"], kept.c.taken_at - kept.c.waits_since).where(recent, kept.c.waits_since.is_not(None))
    ):
        found.setdefault(row[0], []).append(row[1].total_seconds() / 60)
    return found
