"""The ground under the vault's tests: a database whose changes are rolled back, and the rings of both sides."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from hamroh.places import Database
from tests.conftest import Fresh
from tests.vault.ground import Engines, Sides, publish, ring_file
from vault.database import Connection, Engine, engine_for
from vault.safe import Safe
from vault.tables import DESK, SURVIVORS


@pytest.fixture(scope="session")
async def ground_database(fresh: Fresh) -> AsyncIterator[Database]:
    """One database for every test that changes nothing in it, or rolls back what it changes."""
    async with fresh() as made:
        yield made


@pytest.fixture(scope="session")
async def ground(ground_database: Database) -> AsyncIterator[Engine]:
    """The owner's engine on it."""
    opened = engine_for(ground_database.url, pool=2)
    yield opened
    await opened.dispose()


@pytest.fixture
async def hand(ground: Engine) -> AsyncIterator[Connection]:
    """The owner's hand in a transaction that is rolled back."""
    async with ground.connect() as connection:
        kept = await connection.begin()
        yield connection
        await kept.rollback()


@pytest.fixture
async def sides(hand: Connection, tmp_path: Path) -> Sides:
    """Both sides with a ring and a published pair each, in the test's transaction."""
    safes = {side: Safe(ring_file(tmp_path, side)) for side in (SURVIVORS, DESK)}
    for safe in safes.values():
        await publish(hand, safe)
    return Sides(safes[SURVIVORS], safes[DESK])


@pytest.fixture
async def lookers(ground_database: Database) -> AsyncIterator[Engines]:
    """Engines by process on the shared database: for looking, and for what is rolled back."""
    opened = Engines(ground_database)
    yield opened
    await opened.close()


@pytest.fixture
async def engines(database: Database) -> AsyncIterator[Engines]:
    """Engines by process, each with its own login in its own role, on a database of the test's own."""
    opened = Engines(database)
    yield opened
    await opened.close()
