"""The outbox: what is to be done on Telegram, one order a call, written in the transaction that causes it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import IntEnum
from functools import cache
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import (
    ColumnElement,
    DateTime,
    Integer,
    Interval,
    Row,
    Select,
    and_,
    bindparam,
    func,
    or_,
    select,
    update,
)
from sqlalchemy.dialects.postgresql import insert

from vault import tables
from vault.bell import ring
from vault.database import Connection, alone

# No call lasts longer; whoever takes over leaves a tried order alone until this has passed.
CALL_LIMIT = timedelta(seconds=20)
# What only makes sense on the message it names: where that is gone, nothing is written anew.
ONLY_EDIT = ("overwrite", "alert_over")
# Of these, what writes over a message that could not be deleted: the ledger has let go of it, and it stands.
LET_GO = ("overwrite",)
# What deletes makes no message; an order that names a message edits it.
_MAKE_NONE = ("wipe", "fade", "receipt_gone")


class Urgency(IntEnum):
    """Who goes first; an exit waits for nothing, not even a call of the same person in flight."""

    EXIT = 0
    ALERT = 1
    WORDS = 2
    SCREEN = 3
    LATER = 4


@dataclass(frozen=True, slots=True)
class Order:
    """One order. `address` None means: to the desk, whose own process decides who is told.

    `params` never holds a person's words, name or id: those are sealed entries that `entry` names.
    """

    kind: str
    address: int | None
    urgency: Urgency
    case: UUID | None = None
    entry: UUID | None = None
    part: int = 0
    message_id: int | None = None
    params: Mapping[str, Any] = field(default_factory=dict)
    not_before: datetime | None = None
    id: UUID = field(default_factory=uuid4)


@dataclass(frozen=True, slots=True)
class Due:
    """An order whose time has come, with what is known of earlier tries.

    `tried_at` is the last try when nothing is known of how it ended: it died with its process.
    """

    order: Order
    serial: int
    made_at: datetime
    tries: int
    again: bool
    tried_at: datetime | None = None

    @property
    def may_stand(self) -> bool:
        """Whether a try that nobody knows the end of may have made a message."""
        return self.tried_at is not None and self.order.message_id is None and self.order.kind not in _MAKE_NONE


def new_id() -> UUID:
    """A fresh id for an order made from another."""
    return uuid4()


async def write(connection: Connection, side: str, order: Order, now: datetime, *, across: bool = False) -> None:
    """Write an order of this side; `across` when another process must wake for it."""
    await connection.execute(
        insert(tables.orders[side])
        .values(
            id=order.id,
            address_id=order.address,
            case_id=order.case,
            kind=order.kind,
            urgency=int(order.urgency),
            entry_id=order.entry,
            part=order.part,
            message_id=order.message_id,
            params=dict(order.params),
            made_at=now,
            not_before=order.not_before or now,
        )
        .inline()
    )
    if across:
        await ring(connection, side)


def _due(row: Row[Any]) -> Due:
    order = Order(
        row.kind,
        row.address_id,
        Urgency(row.urgency),
        row.case_id,
        row.entry_id,
        row.part,
        row.message_id,
        row.params,
        row.not_before,
        row.id,
    )
    return Due(order, row.serial, row.made_at, row.tries, row.again or row.tried_at is not None, row.tried_at)


async def due(
    connection: Connection, side: str, now: datetime, busy: Sequence[int], limit: int, untried_since: datetime
) -> list[Due]:
    """The next order of each address that may go now, urgent first; an address in flight gives way only to an exit.

    A row that was tried and has no answer is left alone until `untried_since` has passed it: the call of a holder that
    died may still arrive. Only an exit does not wait for that either.
    """
    given = {"now": now, "busy": list(busy), "at_most": limit, "untried_since": untried_since}
    return [_due(row) for row in await connection.execute(_due_now(side), given)]


# Asked after each order and at each ring: built once.
@cache
def _due_now(side: str) -> Select[Any]:
    table = tables.orders[side]
    may_go = and_(
        table.c.ended_at.is_(None),
        table.c.address_id.is_not(None),
        table.c.not_before <= bindparam("now"),
        table.c.held_until.is_(None),
        or_(
            table.c.tried_at.is_(None),
            table.c.tried_at <= bindparam("untried_since"),
            table.c.urgency == int(Urgency.EXIT),
        ),
        or_(table.c.address_id.not_in(bindparam("busy", expanding=True)), table.c.urgency == int(Urgency.EXIT)),
    )
    place = func.row_number().over(partition_by=table.c.address_id, order_by=(table.c.urgency, table.c.serial))
    first = select(table, place.label("place")).where(may_go).subquery()
    return (
        select(first)
        .where(first.c.place == 1)
        .order_by(first.c.urgency, first.c.serial)
        .limit(bindparam("at_most", type_=Integer))
    )


async def to_the_desk(connection: Connection, limit: int) -> list[Due]:
    """Orders that name nobody: the staff's process spreads them, one process at a time.

    Of two, the second would wait for the first one's row, find it ended, and take that for the end of all work.
    """
    table = tables.orders[tables.DESK]
    await alone(connection, "spread")
    rows = await connection.execute(
        select(table)
        .where(table.c.ended_at.is_(None), table.c.address_id.is_(None))
        .order_by(table.c.urgency, table.c.serial)
        .limit(limit)
        .with_for_update()
    )
    return [_due(row) for row in rows]


async def of_kind(connection: Connection, side: str, kind: str) -> list[Due]:
    """Every order of this kind that has not ended, whoever it is for."""
    table = tables.orders[side]
    rows = await connection.execute(select(table).where(table.c.kind == kind, table.c.ended_at.is_(None)))
    return [_due(row) for row in rows]


async def waits(connection: Connection, side: str, address: int, kind: str | None = None) -> bool:
    """Whether something (of this kind) is still to be done at this address that nobody has tried to do yet."""
    table = tables.orders[side]
    query = select(table.c.id).where(
        table.c.address_id == address, table.c.ended_at.is_(None), table.c.tried_at.is_(None)
    )
    if kind is not None:
        query = query.where(table.c.kind == kind)
    return await connection.scalar(query.limit(1)) is not None


async def said(connection: Connection, side: str, case: UUID, key: str, since: datetime) -> bool:
    """Whether this line was ordered for the case since then, to whomever."""
    table = tables.orders[side]
    query = select(table.c.id).where(
        table.c.case_id == case, table.c.made_at >= since, table.c.params["key"].astext == key
    )
    return await connection.scalar(query.limit(1)) is not None


async def next_due_at(connection: Connection, side: str, now: datetime, untried_since: datetime) -> datetime | None:
    """When the next order falls due that is not due yet: by its own time, or because its call must be over by then."""
    found: datetime | None = await connection.scalar(_due_next(side), {"now": now, "limit": now - untried_since})
    return found


@cache
def _due_next(side: str) -> Select[tuple[datetime]]:
    table = tables.orders[side]
    falls_due = func.greatest(table.c.not_before, table.c.tried_at + bindparam("limit", type_=Interval))
    return select(func.min(falls_due)).where(
        table.c.ended_at.is_(None),
        table.c.address_id.is_not(None),
        table.c.held_until.is_(None),
        falls_due > bindparam("now", type_=DateTime(timezone=True)),
    )


async def tried(connection: Connection, side: str, order: UUID, now: datetime) -> None:
    """Committed before the call: after a crash it is known that the call may have happened."""
    table = tables.orders[side]
    values = {"tried_at": now, "tries": table.c.tries + 1, "again": _again(side)}
    await connection.execute(update(table).where(table.c.id == order).values(values))


def _again(side: str) -> ColumnElement[bool]:
    """An earlier try may have arrived: remembered when the trace of it is written over."""
    table = tables.orders[side]
    return or_(table.c.again, table.c.tried_at.is_not(None))


async def end(connection: Connection, side: str, order: UUID, how: str, now: datetime) -> None:
    """The order is over: `sent`, or why it never will be."""
    table = tables.orders[side]
    await connection.execute(
        update(table).where(table.c.id == order, table.c.ended_at.is_(None)).values(ended_at=now, ended=how)
    )


async def hold(connection: Connection, side: str, order: UUID, until: str) -> None:
    """Her window is closed: the order waits (`until` says for what) and holds nobody up."""
    table = tables.orders[side]
    values = {"held_until": until, "tried_at": None, "again": _again(side)}
    await connection.execute(update(table).where(table.c.id == order).values(values))


async def unanswered(connection: Connection, side: str, address: int) -> list[Due]:
    """What was tried at this address and has no answer yet: messages that may stand there, known to nobody."""
    table = tables.orders[side]
    rows = await connection.execute(
        select(table).where(
            table.c.address_id == address,
            table.c.ended_at.is_(None),
            table.c.tried_at.is_not(None),
            table.c.message_id.is_(None),
            table.c.kind.not_in(_MAKE_NONE),
        )
    )
    return [_due(row) for row in rows]


async def free_held(connection: Connection, side: str, address: int) -> None:
    """She wrote: what was held for her may go."""
    table = tables.orders[side]
    await connection.execute(
        update(table)
        .where(table.c.address_id == address, table.c.ended_at.is_(None), table.c.held_until.is_not(None))
        .values(held_until=None)
    )


async def try_again(
    connection: Connection, side: str, order: UUID, at: datetime, *, again: bool = False, as_new: bool = False
) -> None:
    """Let it be tried anew: at `at`; `again` when the first may have arrived, `as_new` when its message is gone."""
    table = tables.orders[side]
    values: dict[str, Any] = {"tried_at": None, "not_before": at}
    if again:
        values["again"] = True
    if as_new:
        values["message_id"] = None
    await connection.execute(update(table).where(table.c.id == order).values(values))


async def without_message(connection: Connection, side: str, order: UUID) -> None:
    """The message that it was to change is gone: it is a new one from now on."""
    table = tables.orders[side]
    await connection.execute(update(table).where(table.c.id == order).values(message_id=None))


async def overtaken(connection: Connection, side: str, due: Due) -> bool:
    """Whether a later order has changed the message that this one would change: said again, it would say what is over.

    One that rests between two tries is passed by, so that the rest of what a person is owed does not wait for it.
    """
    table = tables.orders[side]
    later = and_(table.c.address_id == due.order.address, table.c.serial > due.serial)
    changed = and_(table.c.message_id == due.order.message_id, table.c.tries > 0)
    stands = or_(table.c.ended_at.is_(None), table.c.ended == "sent")
    return await connection.scalar(select(table.c.id).where(later, changed, stands).limit(1)) is not None


async def empty(connection: Connection, side: str, order: UUID) -> None:
    """Take from it what it was to say."""
    table = tables.orders[side]
    await connection.execute(update(table).where(table.c.id == order).values(params={}))


async def postpone(connection: Connection, side: str, order: Order, now: datetime) -> None:
    """The one order of this kind that waits for this address goes at its new time; written where there is none.

    One in flight is over when its call is: what is to be done after it needs another.
    """
    table = tables.orders[side]
    waits = and_(table.c.address_id == order.address, table.c.ended_at.is_(None), table.c.tried_at.is_(None))
    moved = await connection.execute(
        update(table).where(waits, table.c.kind == order.kind).values(not_before=order.not_before or now)
    )
    if not moved.rowcount:
        await write(connection, side, order, now)


async def end_kind(connection: Connection, side: str, address: int, kind: str, how: str, now: datetime) -> None:
    """End what waits for an address of one kind, not what is in flight."""
    table = tables.orders[side]
    waits = and_(table.c.address_id == address, table.c.ended_at.is_(None), table.c.tried_at.is_(None))
    await connection.execute(update(table).where(waits, table.c.kind == kind).values(ended_at=now, ended=how))


async def end_all(
    connection: Connection,
    side: str,
    address: int,
    how: str,
    now: datetime,
    *,
    spare: Sequence[str] = (),
    in_flight: bool = False,
) -> list[UUID]:
    """End what still waits for an address (not the kinds spared, nor, without `in_flight`, what was tried); the cases
    whose words it was."""
    table = tables.orders[side]
    waits = (table.c.address_id == address, table.c.ended_at.is_(None), table.c.kind.not_in(spare))
    rows = await connection.execute(
        update(table)
        .where(*waits, *(() if in_flight else (table.c.tried_at.is_(None),)))
        .values(ended_at=now, ended=how)
        .returning(table.c.kind, table.c.case_id)
    )
    return [row.case_id for row in rows if row.kind == "words" and row.case_id is not None]
