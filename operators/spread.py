"""The loop that spreads what came "to the desk": woken by the bell, an order a commit."""

import logging
from datetime import UTC, datetime

from post.errors import chain_of
from triage.house import House
from triage.spreading import spread
from vault import orders
from vault.bell import Nudge
from vault.database import Engine, begin, is_lost
from vault.orders import Due
from vault.tables import DESK

log = logging.getLogger("hamroh.operators")


async def spread_all(engine: Engine, house: House, come: Nudge, sending: Nudge) -> None:
    """Spread for ever; the sender is nudged after each commit."""
    while True:
        while await _one(engine, house):
            sending.ring()
        await come.heard(None)


async def _one(engine: Engine, house: House) -> bool:
    due: Due | None = None
    try:
        async with begin(engine) as connection:
            due = next(iter(await orders.to_the_desk(connection, 1)), None)
            if due is not None:
                await spread(house, connection, due, datetime.now(UTC))
    except Exception as error:
        if due is None or is_lost(error):
            raise
        # One order that cannot be spread must not hold up the alerts behind it.
        log.error("a %s order could not be spread (%s)", due.order.kind, chain_of(error))
        async with begin(engine) as connection:
            await orders.end(connection, DESK, due.order.id, "failed", datetime.now(UTC))
    return due is not None
