"""One sender and one poller per bot at a time: an advisory lock on a connection of its own, with a beat.

The lock lives and dies with the connection, and the holder's work commits on that same connection: who lost the lock
commits nothing. A holder that fell silent (a hung machine, a half-open socket) is ended by whoever waits.
"""

import asyncio
import hashlib
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta

from sqlalchemy import select, text
from sqlalchemy.dialects.postgresql import insert

from vault import tables
from vault.database import Connection, Engine

BEAT = timedelta(seconds=5)
SILENT = timedelta(seconds=20)


def _number(task: str) -> int:
    return int.from_bytes(hashlib.sha256(f"hamroh hold {task}".encode()).digest()[:8], "big", signed=True)


class Hold:
    """A task held: its connection, on which all that the holder commits is committed, one transaction at a time."""

    def __init__(self, connection: Connection, task: str) -> None:
        self._connection = connection
        self._task = task
        self._one = asyncio.Lock()

    @asynccontextmanager
    async def begin(self) -> AsyncIterator[Connection]:
        """One transaction on the holding connection."""
        async with self._one, self._connection.begin():
            yield self._connection

    async def beat(self) -> None:
        """Show life, for as long as the task is held."""
        while True:
            async with self.begin() as connection:
                await _beat(connection, self._task)
            await asyncio.sleep(BEAT.total_seconds())


async def _beat(connection: Connection, task: str) -> None:
    backend = await connection.scalar(text("select pg_backend_pid()"))
    now = datetime.now(UTC)
    row = insert(tables.holders).values(task=task, backend=backend, beat_at=now)
    await connection.execute(
        row.on_conflict_do_update(index_elements=["task"], set_={"backend": backend, "beat_at": now})
    )


async def _end_silent(connection: Connection, task: str) -> None:
    """End the backend that holds the task when it showed no life for too long."""
    table = tables.holders
    row = (await connection.execute(select(table).where(table.c.task == task))).first()
    if row is not None and datetime.now(UTC) - row.beat_at > SILENT:
        holds = text(
            "select pg_terminate_backend(l.pid) from pg_locks l where l.locktype = 'advisory' and l.pid = :pid"
            " and ((l.classid::bigint << 32) | l.objid::bigint) = :number"
        )
        await connection.execute(holds, {"pid": row.backend, "number": _number(task)})


@asynccontextmanager
async def holding(engine: Engine, task: str) -> AsyncIterator[Hold]:
    """Wait for the task and hold it; the lock is let go with the connection."""
    async with engine.connect() as connection:
        while True:
            async with connection.begin():
                got = await connection.scalar(text("select pg_try_advisory_lock(:n)"), {"n": _number(task)})
                if not got:
                    await _end_silent(connection, task)
            if got:
                break
            await asyncio.sleep(1)
        hold = Hold(connection, task)
        try:
            async with hold.begin() as held:
                await _beat(held, task)
            yield hold
        finally:
            # The connection goes back to no pool: the lock must not outlive the holder.
            await connection.invalidate()
