"""What the vault's tests build on: rings, published pairs, cases, and engines by process."""

import random
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import text
from sqlalchemy.dialects.postgresql import insert

from hamroh.places import Database
from vault import cases, ledger, tables
from vault.cases import Case
from vault.database import ROLES, Connection, Engine, engine_for
from vault.keys import PersonHash
from vault.ring import DayPair, RingFile, new_day_pair
from vault.safe import Safe

NOW = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)
KEYS = {"survivors": b"s" * 32, "desk": b"d" * 32}
ROUNDS = "rounds"


@dataclass(frozen=True, slots=True)
class Sides:
    """The safe of each side."""

    hers: Safe
    desks: Safe


@dataclass(slots=True)
class Engines:
    """Opened by the process's name, in its role; closed together."""

    database: Database
    _open: list[Engine] = field(default_factory=list)

    def of(self, process: str, pool: int = 4) -> Engine:
        """An engine as this process opens it."""
        return self._keep(engine_for(self.database.for_process(process), role=ROLES[process], pool=pool))

    def owner(self, pool: int = 4) -> Engine:
        """An engine of the owner's."""
        return self._keep(engine_for(self.database.url, pool=pool))

    def _keep(self, engine: Engine) -> Engine:
        self._open.append(engine)
        return engine

    async def close(self) -> None:
        """Let every connection go."""
        for engine in self._open:
            await engine.dispose()


def ring_file(folder: Path, side: str, copy: Path | None = None) -> RingFile:
    """The ring's file of a side, with a key that the test knows."""
    return RingFile(folder, side, KEYS[side], copy)


def add_pair(safe: Safe, now: datetime = NOW) -> DayPair:
    """A pair of this day in the ring, in every place it is kept."""
    made = new_day_pair(now)
    safe.file.write(safe.file.read().with_pair(made))
    safe.read_again()
    return made


async def publish(connection: Connection, safe: Safe, now: datetime = NOW) -> DayPair:
    """A pair of this day, in the ring and published."""
    made = add_pair(safe, now)
    row = insert(tables.sides).values(pair=made.id, side=safe.side, day=made.day, public=made.pair.public)
    await connection.execute(row.inline())
    return made


async def become(connection: Connection, process: str) -> None:
    """Take the role of a process (or of the owner again) for the rest of the transaction."""
    await connection.execute(text(f"set local role {ROLES.get(process, 'none')}"))


async def an_address(connection: Connection, safe: Safe, chat: int = 5001, seed: int = 1) -> int:
    """A chat kept under a random number."""
    return await ledger.make_address(connection, safe, chat, ledger.new_number(random.Random(seed)))


async def a_case(
    connection: Connection, safe: Safe, chat: int = 5001, *, now: datetime = NOW, place: bytes = b"{}"
) -> tuple[Case, PersonHash, int]:
    """A person's case, with her address and her place, as the survivors' side opens it."""
    address = await an_address(connection, safe, chat, chat)
    case = await cases.open_case(
        connection, address=address, region="bukhara", language="uz", now=now, dice=random.Random(chat)
    )
    person = safe.person("chat", str(chat))
    await cases.keep_place(connection, person, address, case.id, place)
    return case, person, address


async def rows(connection: Connection, sql: str, **values: object) -> Sequence[tuple[Any, ...]]:
    """What a query finds, as plain tuples."""
    return [tuple(row) for row in await connection.execute(text(sql), values)]


async def one(connection: Connection, sql: str, **values: object) -> Any:
    """The one value that a query finds."""
    return await connection.scalar(text(sql), values)
