"""One sender and one poller per bot at a time: an advisory lock on a connection of its own, with a beat.

The lock lives and dies with the connection, and the holder's work commits on that same connection: who lost the lock
commits nothing. A holder that fell silent (a hung machine, a half-open socket) is ended by whoever waits.
"""

import asyncio
import hashlib
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta

from sqlalchemy import func, select, text
from sqlalchemy.dialects.postgresql import insert

from vault import tables
from vault.database import Connection, Engine

BEAT = timedelta(seconds=5)
SILENT = timedelta(seconds=20)
_ASK_AGAIN = 1.0


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
        """One transaction on the holding connection; raises ConnectionError once that is lost."""
        async with self._one:
            if self._connection.invalidated:
                # It would be opened anew, without the lock that somebody else may hold by now.
                raise ConnectionError("the task is not held any more")
            async with self._connection.begin():
                yield self._connection

    async def beat(self) -> None:
        """Show life, for as long as the task is held."""
        while True:
            async with self.begin() as connection:
                await _beat(connection, self._task)
            await asyncio.sleep(BEAT.total_seconds())


async def _beat(connection: Connection, task: str) -> None:
    """Show life, by the database's clock: those of two machines need not agree."""
    backend = await connection.scalar(text("select pg_backend_pid()"))
    row = insert(tables.holders).values(task=task, backend=backend, beat_at=func.now())
    await connection.execute(
        row.on_conflict_do_update(index_elements=["task"], set_={"backend": backend, "beat_at": func.now()})
    )


async def _end_silent(connection: Connection, task: str) -> None:
    """End the backend that holds the task when it showed no life for too long."""
    table = tables.holders
    silent = select(table.c.backend).where(table.c.task == task, table.c.beat_at < func.now() - SILENT)
    backend = await connection.scalar(silent)
    if backend is None:
        return
    # The backend is the login's own, and the role that we took is only a member's: it may not end it.
    await connection.execute(text("set local role none"))
    ends = text(
        "select pg_terminate_backend(l.pid) from pg_locks l join pg_stat_activity a on a.pid = l.pid"
        " where l.locktype = 'advisory' and l.pid = :pid and pg_has_role(a.usesysid, 'usage')"
        " and ((l.classid::bigint << 32) | l.objid::bigint) = :number"
    )
    await connection.execute(ends, {"pid": backend, "number": _number(task)})


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
            await asyncio.sleep(_ASK_AGAIN)
        hold = Hold(connection, task)
        try:
            async with hold.begin() as held:
                await _beat(held, task)
            yield hold
        finally:
            # The connection goes back to no pool: the lock must not outlive the holder.
            await connection.invalidate()
