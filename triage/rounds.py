"""The rounds: the timed duties that no person triggers. Without a token and without a key."""

import asyncio
from datetime import UTC, datetime, timedelta

from triage.priority_table import priority_table
from vault import audit, duties, ledger, offers, orders
from vault.bell import Nudge
from vault.database import Connection, Engine, alone, begin
from vault.orders import Order, Urgency
from vault.tables import DESK

# The audit is chained in batches, at most one a second.
BATCH_EVERY = 1.0
TIDY_EVERY = timedelta(minutes=10)
# A staff chat loses what it showed of a case after this time: a few rounds before Telegram stops letting a bot delete.
SHOWN_AT_MOST = timedelta(hours=46)


async def chain(engine: Engine, come: Nudge) -> None:
    """Chain the audit when something was written; anchor its head hourly."""
    while True:
        async with begin(engine) as connection:
            await alone(connection, "rounds chain")
            while await audit.chain_batch(connection):
                pass
            await audit.anchor(connection, datetime.now(UTC))
        await asyncio.sleep(BATCH_EVERY)
        await come.heard(3600)


async def lapse(engine: Engine, come: Nudge) -> None:
    """Offers that nobody answered lapse, and the desk offers anew; asleep until the next one may."""
    rest = timedelta(seconds=priority_table().rest_s)
    while True:
        async with begin(engine) as connection:
            await alone(connection, "rounds lapse")
            now = datetime.now(UTC)
            lapsed = await offers.lapse(connection, now)
            rested = await offers.rested(connection, now, rest)
            if lapsed or rested:
                await orders.write(connection, DESK, Order("floor", None, Urgency.ALERT), now, across=True)
            at = await offers.next_event(connection, now, rest)
        await come.heard(None if at is None else max(0.05, (at - now).total_seconds()))


async def tidy(engine: Engine) -> None:
    """Forget what is past its time: update ids after 48 hours, addresses whose wipe is done, cases past retention."""
    while True:
        async with begin(engine) as connection:
            await alone(connection, "rounds tidy")
            now = datetime.now(UTC)
            await duties.tidy(connection, now)
            await duties.forget_strangers(connection, now)
            await duties.erase_due(connection, now)
            await clear_old(connection, now)
        await asyncio.sleep(TIDY_EVERY.total_seconds())


async def clear_old(connection: Connection, now: datetime) -> None:
    """What stands in a staff chat nearly 48 hours is wiped while it can be; the vault shows it again on demand."""
    old = now - SHOWN_AT_MOST
    for address, case in await duties.grows_old(connection, old, now - ledger.DELETABLE):
        wipe = Order("wipe", address, Urgency.LATER, case=case, params={"until": old.isoformat()})
        await orders.write(connection, DESK, wipe, now, across=True)
