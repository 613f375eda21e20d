"""Addresses and the ledger: where a person's chat is, which messages stand in it, and how far its wipe has come."""

import random
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import func, or_, select, update
from sqlalchemy.dialects.postgresql import insert

from vault import orders, tables
from vault.database import Connection
from vault.keys import Sealed
from vault.orders import Due
from vault.safe import Safe, ToPair, sealed_place

# The kind of what may stand in a chat, or in another, or nowhere.
SUSPECTED = "suspected"
# The kind of what Telegram refused to let go: it stands, and no wipe tries it again.
STAYS = "stays"
# Telegram dates a message in whole seconds, by its own clock.
SLACK = timedelta(seconds=5)
# How many ids beyond the newest we know may have been given out meanwhile.
BEYOND = 20
# Telegram lets a bot delete for 48 hours; a batch fails whole for one id past that, so what is older than this is never
# in a batch with what is younger.
DELETABLE = timedelta(hours=47)
# What is on the brink is tried after all the rest; past this it is too old.
LOST = timedelta(hours=48)
BATCH = 100


@dataclass(frozen=True, slots=True)
class Address:
    """A chat's row: `wipe` is `open`, `left` (only the decoy may speak) or `wiped`."""

    id: int
    wipe: str
    left_at: datetime | None
    spared: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Standing:
    """A message that stands in a chat: its id, whether ours, what it was, when Telegram dates it."""

    message_id: int
    ours: bool
    kind: str
    sent_at: datetime


async def make_address(connection: Connection, safe: Safe, chat_id: int, number: int) -> int:
    """Keep a chat id under a random number; returns the number."""
    table = tables.addresses[safe.side]
    kept = safe.seal_own(str(chat_id).encode(), sealed_place(table.name, number))
    await connection.execute(insert(table).values(id=number, sealed=kept.sealed, pair=kept.pair).inline())
    return number


def new_number(dice: random.Random) -> int:
    """A random number for an address: 62 bits, so that nothing is counted by it."""
    return dice.getrandbits(62)


async def chat_id(connection: Connection, safe: Safe, address: int) -> int:
    """Open an address: only the process with the token does."""
    table = tables.addresses[safe.side]
    row = (await connection.execute(select(table.c.sealed, table.c.pair).where(table.c.id == address))).one()
    opened = safe.open_own(ToPair(Sealed(row.sealed), row.pair), sealed_place(table.name, address))
    return int(opened)


async def address(connection: Connection, side: str, number: int) -> Address | None:
    """The state of a chat."""
    table = tables.addresses[side]
    row = (await connection.execute(select(table).where(table.c.id == number))).first()
    return None if row is None else Address(row.id, row.wipe, row.left_at, tuple(row.spared))


async def leave(connection: Connection, side: str, number: int, now: datetime, spared: Iterable[int]) -> None:
    """Quick exit: from now on only the decoy speaks here, and what it says is spared."""
    table = tables.addresses[side]
    await connection.execute(
        update(table)
        .where(table.c.id == number, table.c.wipe == "open")
        .values(wipe="left", left_at=now, spared=list(spared))
    )


async def spare(connection: Connection, side: str, number: int, message_id: int) -> None:
    """A message of the decoy's own: the wipe passes it by."""
    table = tables.addresses[side]
    await connection.execute(
        update(table).where(table.c.id == number).values(spared=func.array_append(table.c.spared, message_id))
    )


async def come_back(connection: Connection, side: str, number: int) -> None:
    """She returned: messages may stand again; the decoy's own are wiped like any other from now on."""
    table = tables.addresses[side]
    await connection.execute(update(table).where(table.c.id == number).values(wipe="open", left_at=None, spared=[]))


async def stands(
    connection: Connection,
    side: str,
    number: int,
    message_id: int,
    *,
    ours: bool,
    kind: str,
    sent_at: datetime,
    case: UUID | None = None,
) -> None:
    """A message now stands in the chat."""
    table = tables.ledger[side]
    row = insert(table).values(
        address_id=number, message_id=message_id, ours=ours, kind=kind, sent_at=sent_at, case_id=case
    )
    await connection.execute(
        row.on_conflict_do_update(
            index_elements=[table.c.address_id, table.c.message_id],
            set_={"kind": kind, "case_id": case, "gone_at": None, "ours": ours, "sent_at": sent_at},
        )
    )


async def to_wipe(
    connection: Connection,
    side: str,
    number: int,
    now: datetime,
    *,
    case: UUID | None = None,
    before: int | None = None,
    until: datetime | None = None,
    limit: int = BATCH,
) -> list[Standing]:
    """The newest messages that a wipe may still delete, spared ones left out; when none is left, those on the brink.

    Of one case where it is given; only ids below `before`, or older than `until`, where that is given (what came after
    her return, or after a case waits again, stands).
    """
    table = tables.ledger[side]
    spared = await _spared(connection, side, number)
    query = select(table).where(
        table.c.address_id == number,
        table.c.gone_at.is_(None),
        table.c.kind != STAYS,
        table.c.message_id.not_in(spared),
    )
    if case is not None:
        query = query.where(table.c.case_id == case)
    if before is not None:
        query = query.where(table.c.message_id < before)
    if until is not None:
        query = query.where(table.c.sent_at < until)
    young, brink = table.c.sent_at > now - DELETABLE, table.c.sent_at > now - LOST
    newest = query.order_by(table.c.message_id.desc()).limit(limit)
    rows = (await connection.execute(newest.where(young))).all() or await connection.execute(newest.where(brink))
    return [Standing(row.message_id, row.ours, row.kind, row.sent_at) for row in rows]


async def oldest(connection: Connection, side: str, number: int, since: datetime) -> datetime | None:
    """When the oldest message that stands in a chat was sent, of those sent after `since`."""
    table = tables.ledger[side]
    found: datetime | None = await connection.scalar(
        select(func.min(table.c.sent_at)).where(
            table.c.address_id == number,
            table.c.gone_at.is_(None),
            table.c.kind != STAYS,
            table.c.sent_at > since,
        )
    )
    return found


async def too_old(connection: Connection, side: str, number: int, now: datetime) -> list[int]:
    """Our own messages that Telegram no longer lets us delete: they can still be overwritten."""
    table = tables.ledger[side]
    spared = await _spared(connection, side, number)
    rows = await connection.execute(
        select(table.c.message_id).where(
            table.c.address_id == number,
            table.c.ours,
            table.c.gone_at.is_(None),
            table.c.sent_at <= now - LOST,
            table.c.message_id.not_in(spared),
        )
    )
    return [row.message_id for row in rows]


async def left_behind(connection: Connection, side: str, number: int, now: datetime) -> int:
    """How many messages of the other side's stand that no bot can delete, too old or refused: nobody but they can."""
    table = tables.ledger[side]
    lost = or_(table.c.sent_at <= now - LOST, table.c.kind == STAYS)
    query = select(func.count()).where(table.c.address_id == number, ~table.c.ours, table.c.gone_at.is_(None), lost)
    return await connection.scalar(query) or 0


async def stays(connection: Connection, side: str, number: int, message_id: int) -> None:
    """Telegram refuses to delete this one: it stands, and is passed by."""
    table = tables.ledger[side]
    await connection.execute(
        update(table).where(table.c.address_id == number, table.c.message_id == message_id).values(kind=STAYS)
    )


async def gone(
    connection: Connection,
    side: str,
    number: int,
    ids: Sequence[int],
    now: datetime,
    suspected: Sequence[int] = (),
) -> None:
    """These messages stand no more. One that was only `suspected` when the call began and is known for certain by now
    came after it, and stands."""
    table = tables.ledger[side]
    meant = or_(table.c.message_id.not_in(suspected), table.c.kind == SUSPECTED)
    await connection.execute(
        update(table).where(table.c.address_id == number, table.c.message_id.in_(ids), meant).values(gone_at=now)
    )


async def case_of(connection: Connection, side: str, number: int, message_id: int) -> UUID | None:
    """Which case a standing message belongs to."""
    table = tables.ledger[side]
    found: UUID | None = await connection.scalar(
        select(table.c.case_id).where(table.c.address_id == number, table.c.message_id == message_id)
    )
    return found


def suspected_of(found: Sequence[Standing]) -> tuple[int, ...]:
    """The ids of those that are not certain."""
    return tuple(standing.message_id for standing in found if standing.kind == SUSPECTED)


async def kind_at(connection: Connection, side: str, number: int, message_id: int) -> str | None:
    """What stands under a message id; None when nothing does."""
    table = tables.ledger[side]
    found: str | None = await connection.scalar(
        select(table.c.kind).where(
            table.c.address_id == number, table.c.message_id == message_id, table.c.gone_at.is_(None)
        )
    )
    return found


async def is_gone(connection: Connection, side: str, number: int, message_id: int) -> bool:
    """Whether a message of this chat is known to stand no more."""
    table = tables.ledger[side]
    found = await connection.scalar(
        select(table.c.gone_at).where(table.c.address_id == number, table.c.message_id == message_id)
    )
    return found is not None


async def standing(
    connection: Connection, side: str, mark: str, *, number: int | None = None, case: UUID | None = None
) -> list[tuple[int, Standing]]:
    """Our messages of this kind (what follows a `#` in it is left aside) that stand, with the addresses they stand at.

    In one chat where `number` is given, of one case where `case` is.
    """
    table = tables.ledger[side]
    query = select(table).where(
        table.c.ours,
        table.c.gone_at.is_(None),
        or_(table.c.kind == mark, table.c.kind.startswith(f"{mark}#", autoescape=True)),
    )
    if number is not None:
        query = query.where(table.c.address_id == number)
    if case is not None:
        query = query.where(table.c.case_id == case)
    rows = await connection.execute(query.order_by(table.c.message_id))
    return [(row.address_id, Standing(row.message_id, row.ours, row.kind, row.sent_at)) for row in rows]


async def where_shown(connection: Connection, side: str, case: UUID) -> list[int]:
    """The addresses at which something of a case still stands."""
    table = tables.ledger[side]
    rows = await connection.execute(
        select(table.c.address_id).where(table.c.case_id == case, table.c.gone_at.is_(None)).distinct()
    )
    return [row.address_id for row in rows]


async def suspect(connection: Connection, side: str, number: int, due: Due) -> None:
    """Take for standing what an order's last try may have left: the ids of its time that no ledger knows for certain.

    A bot's private chats share one counter, and a deletion passes over the ids of other chats: what is named here too
    much does no harm, what is missing could never be wiped.
    """
    if due.tried_at is None:
        return
    table = tables.ledger[side]
    for message_id in await neighbours(connection, side, due.tried_at, await _upto(connection, side, due.tried_at)):
        row = insert(table).values(
            address_id=number, message_id=message_id, ours=True, kind=SUSPECTED, sent_at=due.tried_at,
            case_id=due.order.case,
        )  # fmt: skip
        # One suspected before, when the id was not given out yet, is suspected anew; what is certain stays as it is.
        anew = row.on_conflict_do_update(
            index_elements=[table.c.address_id, table.c.message_id],
            set_={"gone_at": None, "sent_at": due.tried_at, "case_id": due.order.case},
            where=table.c.kind == SUSPECTED,
        )
        await connection.execute(anew.inline())


async def _upto(connection: Connection, side: str, tried_at: datetime) -> int:
    """The first id that is surely younger than this try; where none is known yet, a few beyond the newest known."""
    table = tables.ledger[side]
    certain = table.c.kind != SUSPECTED
    over = tried_at + orders.CALL_LIMIT + SLACK
    younger: int | None = await connection.scalar(
        select(func.min(table.c.message_id)).where(certain, table.c.sent_at > over)
    )
    if younger is not None:
        return younger
    newest: int | None = await connection.scalar(select(func.max(table.c.message_id)).where(certain))
    return (newest or 0) + BEYOND + 1


async def neighbours(connection: Connection, side: str, since: datetime, upto: int) -> list[int]:
    """Ids below `upto` that stand in no chat for certain, after the last surely older than `since`; at most a batch."""
    table = tables.ledger[side]
    below = (table.c.kind != SUSPECTED, table.c.message_id < upto)
    before = await connection.scalar(
        select(func.max(table.c.message_id)).where(*below, table.c.sent_at < since - SLACK)
    )
    if before is None:
        before = max(0, (await connection.scalar(select(func.min(table.c.message_id)).where(*below)) or upto) - BEYOND)
    known = await connection.execute(select(table.c.message_id).where(*below, table.c.message_id > before))
    taken = {row.message_id for row in known}
    return [number for number in range(before + 1, upto) if number not in taken][:BATCH]


async def _spared(connection: Connection, side: str, number: int) -> list[int]:
    table = tables.addresses[side]
    found = await connection.scalar(select(table.c.spared).where(table.c.id == number))
    return list(found or [])
