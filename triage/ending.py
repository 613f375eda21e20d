"""After an order to a survivor ended or was held: the next batch of a wipe, and word to whoever wrote it."""

from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import datetime
from typing import TypedDict

from triage.gate import SHE_ANSWERS, SHE_WRITES
from triage.talk import WINDOW
from vault import cases, ledger, orders
from vault.database import Connection
from vault.orders import Due, Order, Urgency
from vault.tables import DESK, SURVIVORS


class Batch(TypedDict):
    """One call's worth of a wipe."""

    limit: int
    before: int | None
    until: datetime | None


Ended = Callable[[Connection, Due, str, datetime], Awaitable[None]]

# How an order ended, as the desk's catalog names it.
_TOLD = {"sent": "again", "given up": "given_up", "came back": "came_back"}
HELD = "held until "


async def _wiped(connection: Connection, due: Due, how: str, now: datetime) -> None:
    address = due.order.address
    assert address is not None  # noqa: S101 - a wipe always names its chat
    if how == "sent":
        await _wipe_on(connection, due.order, now, batch_of(due.order)["limit"] * 2)
    elif how == "refused":
        await _smaller(connection, due.order, address, now)
    elif how == "nothing left":
        await _write_over(connection, due, address, now)
        if due.order.params.get("left"):
            await _tell_what_stays(connection, due, address, now)


def batch_of(order: Order) -> Batch:
    """Which messages an order to wipe takes in one call: how many, below which id, older than when (None: of all)."""
    before, until = order.params.get("before"), order.params.get("until")
    return {
        "limit": int(order.params.get("limit", ledger.BATCH)),
        "before": int(before) if before else None,
        "until": datetime.fromisoformat(until) if until else None,
    }


async def _wipe_on(connection: Connection, order: Order, now: datetime, limit: int) -> None:
    params = {**order.params, "limit": min(limit, ledger.BATCH)}
    again = replace(order, kind="wipe", id=orders.new_id(), not_before=None, params=params)
    await orders.write(connection, SURVIVORS, again, now)


async def _smaller(connection: Connection, order: Order, address: int, now: datetime) -> None:
    """One id that Telegram does not let go fails its whole batch: half of it is tried, down to that one.

    It stays, ours written over, hers to be told of when she is back; a batch of all others must not stay for it.
    """
    found = await ledger.to_wipe(connection, SURVIVORS, address, now, **batch_of(order))
    if len(found) == 1:
        if not found[0].ours:
            await ledger.stays(connection, SURVIVORS, address, found[0].message_id)
        else:
            await ledger.gone(connection, SURVIVORS, address, [found[0].message_id], now)
            over = Order("overwrite", address, Urgency.LATER, message_id=found[0].message_id)
            await orders.write(connection, SURVIVORS, over, now)
    if found:
        await _wipe_on(connection, order, now, max(1, len(found) // 2))


async def _write_over(connection: Connection, due: Due, address: int, now: datetime) -> None:
    before = due.order.params.get("before")
    for message_id in await ledger.too_old(connection, SURVIVORS, address, now):
        if before is None or message_id < int(before):
            over = Order("overwrite", address, Urgency.LATER, message_id=message_id)
            await orders.write(connection, SURVIVORS, over, now)


async def _tell_what_stays(connection: Connection, due: Due, address: int, now: datetime) -> None:
    """An exit has deleted all that it can: whoever holds the case hears how much of hers only she can delete."""
    count = await ledger.left_behind(connection, SURVIVORS, address, now)
    if count and due.order.case is not None:
        news = Order("left_behind", None, Urgency.WORDS, case=due.order.case, params={"count": count})
        await orders.write(connection, DESK, news, now, across=True)


async def _written_over(connection: Connection, due: Due, how: str, now: datetime) -> None:
    if due.order.address is not None and due.order.message_id is not None and how in {"sent", "refused"}:
        await ledger.gone(connection, SURVIVORS, due.order.address, [due.order.message_id], now)


async def _answered(connection: Connection, due: Due, how: str, now: datetime) -> None:
    """Her asking for a person lets us write until she is answered; from then on no longer than anything she sends."""
    case = await cases.find(connection, due.order.case) if due.order.case and how == "sent" else None
    if case is not None and case.window_until is not None and case.window_until > now + WINDOW:
        await cases.change(connection, case.id, window_until=now + WINDOW)


async def _written(connection: Connection, due: Due, how: str, now: datetime) -> None:
    await _answered(connection, due, how, now)
    await _said(connection, due, how, now)


async def _said(connection: Connection, due: Due, how: str, now: datetime) -> None:
    """The counsellor learns what became of a reply that did not simply arrive."""
    if how == "sent" and not due.again:
        return
    if how.startswith(HELD):
        until = how.removeprefix(HELD)
        named = f"@until.{until.replace(' ', '_')}" if until in {SHE_WRITES, SHE_ANSWERS} else until
        news = Order("held", None, Urgency.WORDS, case=due.order.case, params={"until": named})
    else:
        told = {"how": _TOLD.get(how, how)}
        news = Order("not_delivered", None, Urgency.WORDS, case=due.order.case, params=told)
    await orders.write(connection, DESK, news, now, across=True)


async def _hide(connection: Connection, due: Due, now: datetime) -> None:
    """A try of what may no longer be said may stand where she has left: the ledger suspects it, a wipe tries it."""
    assert due.order.address is not None  # noqa: S101 - orders to a survivor always name her address
    found = await ledger.address(connection, SURVIVORS, due.order.address)
    if found is not None and found.wipe != "open":
        await orders.write(connection, SURVIVORS, Order("wipe", due.order.address, Urgency.EXIT), now)


async def _receipt_said(connection: Connection, due: Due, _how: str, _now: datetime) -> None:
    """Its number, and how she read, are kept no longer than it takes to say it."""
    await orders.empty(connection, SURVIVORS, due.order.id)


_KINDS: dict[str, Ended] = {
    "receipt": _receipt_said,
    "wipe": _wiped,
    "fade": _wiped,
    "overwrite": _written_over,
    "person_in": _answered,
    "words": _written,
    "referral": _said,
    "contact": _said,
    "needs": _said,
}


async def ended(connection: Connection, due: Due, how: str, now: datetime) -> None:
    """What follows from how an order ended."""
    if due.may_stand and how != "sent" and not how.startswith(HELD):
        await _hide(connection, due, now)
    follow = _KINDS.get(due.order.kind)
    if follow is not None:
        await follow(connection, due, how, now)
