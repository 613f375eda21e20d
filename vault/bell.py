"""The bell between processes: LISTEN and NOTIFY with an empty payload, so that nobody polls."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from sqlalchemy import text

from vault.database import Connection, Engine

ROUNDS = "rounds"
_CHANNELS = frozenset({"survivors", "desk", ROUNDS})


async def ring(connection: Connection, who: str) -> None:
    """Wake the process of this side (or the rounds) when this transaction commits."""
    if who not in _CHANNELS:
        raise ValueError(who)
    await connection.execute(text(f"notify hamroh_{who}"))


class Nudge:
    """A bell inside the process: set by whoever has work for a loop, waited on by the loop."""

    def __init__(self) -> None:
        self._rung = asyncio.Event()

    def ring(self) -> None:
        """There may be work."""
        self._rung.set()

    async def heard(self, within: float | None) -> None:
        """Wait for a ring, at most `within` seconds (None: for ever), and be ready for the next one."""
        try:
            await asyncio.wait_for(self._rung.wait(), within)
        except TimeoutError:
            return
        finally:
            self._rung.clear()


@asynccontextmanager
async def listening(engine: Engine, who: str, *nudges: Nudge) -> AsyncIterator[None]:
    """Pass every NOTIFY for `who` on to the nudges; rung once at start, since what came before was not heard.

    When the listening connection is lost the nudges are rung as well: the loops then meet the loss themselves.
    """

    def pass_on(*_: object) -> None:
        for nudge in nudges:
            nudge.ring()

    async with engine.connect() as connection:
        raw = await connection.get_raw_connection()
        driver: Any = raw.driver_connection
        await driver.add_listener(f"hamroh_{who}", pass_on)
        driver.add_termination_listener(pass_on)
        await connection.commit()
        pass_on()
        try:
            yield
        finally:
            if not driver.is_closed():
                await driver.remove_listener(f"hamroh_{who}", pass_on)
                driver.remove_termination_listener(pass_on)
