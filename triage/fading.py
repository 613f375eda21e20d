"""What goes from her chat: a hundred at a time after an exit, and by itself on her timer, long before it is too old."""

from datetime import datetime, timedelta

from triage import ending, plan_lines, setting
from triage.reader import Composed, Held, Over, Reader, Wiped
from triage.talk import Talk
from vault import ledger, orders
from vault.database import Connection
from vault.orders import Order, Urgency
from vault.tables import SURVIVORS

# While she goes on writing her timer never comes to an end, so what is this old goes by its age: some tries before the
# hour past which a batch may fail.
OLDEST = timedelta(hours=46)


async def later(talk: Talk) -> None:
    """Her timer runs from the last thing she sent."""
    at = await _next(talk.connection, talk.address, talk.now + setting.timer(talk.place), talk.now - ledger.LOST)
    fade = Order("fade", talk.address, Urgency.LATER, case=talk.case.id, not_before=at)
    await orders.postpone(talk.connection, SURVIVORS, fade, talk.now)


async def takes_this_too(reader: Reader) -> None:
    """What comes by itself, after her timer had run out, goes with a timer of its own."""
    if reader.case is None or await orders.waits(reader.connection, SURVIVORS, reader.address, "fade"):
        return
    at = reader.now + setting.timer(reader.place)
    fade = Order("fade", reader.address, Urgency.LATER, case=reader.case.id, not_before=at)
    await orders.write(reader.connection, SURVIVORS, fade, reader.now)


async def _next(connection: Connection, address: int, silent: datetime, since: datetime) -> datetime:
    """When something must go next: all of it once she has been silent so long, or the oldest sent since then, by its
    age."""
    oldest = await ledger.oldest(connection, SURVIVORS, address, since)
    return silent if oldest is None else min(silent, oldest + OLDEST)


async def wipe(reader: Reader) -> Composed:
    """The newest hundred that may still be deleted; the next hundred is a new order.

    Where she came back before an exit had deleted all, its wipe is over: it would take what she is shown now, and what
    stands above her return is another's to delete.
    """
    if reader.wipe == "open" and reader.due.order.params.get("left"):
        return Over("came back")
    found = await ledger.to_wipe(
        reader.connection, SURVIVORS, reader.address, reader.now, **ending.batch_of(reader.due.order)
    )
    if not found:
        return Over("nothing left")
    return Wiped(tuple(standing.message_id for standing in found), ledger.suspected_of(found))


async def fade(reader: Reader) -> Composed:
    """Her timer: some time after she fell silent both sides' messages go; while she writes only what grows old does."""
    if reader.case is None or reader.wipe != "open":
        return Over("nothing left")
    silent = reader.case.heard_at + setting.timer(reader.place)
    if silent > reader.now + timedelta(seconds=1):
        before = reader.now - OLDEST
        old = Order("wipe", reader.address, Urgency.LATER, params={"until": before.isoformat()})
        await orders.write(reader.connection, SURVIVORS, old, reader.now)
        return Held("the timer", await _next(reader.connection, reader.address, silent, before))
    await plan_lines.let_go(reader)
    return await wipe(reader)
