"""The bell between processes: LISTEN and NOTIFY with an empty payload, so that nobody polls."""

import asyncio
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
        # Not `wait_for`, which (in 3.11) swallows a cancellation that comes together with a ring.
        try:
            async with asyncio.timeout(within):
                await self._rung.wait()
        except TimeoutError:
            return
        finally:
            self._rung.clear()


async def listen(engine: Engine, who: str, *nudges: Nudge) -> None:
    """Pass every NOTIFY for `who` on to the nudges, until the listening connection is lost.

    The nudges are rung once at the start, since what came before was not heard, and once at the loss.
    """
    lost = asyncio.Event()

    def pass_on(*_: object) -> None:
        for nudge in nudges:
            nudge.ring()

    def gone(*_: object) -> None:
        lost.set()

    async with engine.connect() as connection:
        raw = await connection.get_raw_connection()
        driver: Any = raw.driver_connection
        await driver.add_listener(f"hamroh_{who}", pass_on)
        driver.add_termination_listener(gone)
        await connection.commit()
        pass_on()
        try:
            await lost.wait()
        finally:
            # The listening connection goes back to no pool.
            await connection.invalidate()
    pass_on()
