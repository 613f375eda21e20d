"""The rounds: the timed duties that no person triggers. Without a token and without a key."""

import asyncio
from datetime import UTC, datetime, timedelta

from triage.priority_table import priority_table
from vault import audit, duties, offers, orders
from vault.bell import Nudge
from vault.database import Engine, begin
from vault.orders import Order, Urgency
from vault.tables import DESK

# The audit is chained in batches, at most one a second.
BATCH_EVERY = 1.0
TIDY_EVERY = timedelta(minutes=10)


async def chain(engine: Engine, come: Nudge) -> None:
    """Chain the audit when something was written; anchor its head hourly."""
    while True:
        async with begin(engine) as connection:
            await duties.alone(connection, "chain")
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
            await duties.alone(connection, "lapse")
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
            await duties.alone(connection, "tidy")
            await duties.tidy(connection, datetime.now(UTC))
            await duties.erase_due(connection, datetime.now(UTC))
        await asyncio.sleep(TIDY_EVERY.total_seconds())
