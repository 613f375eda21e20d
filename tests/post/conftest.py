"""The ground under the post's tests: a database of the test's own, a side's safe with a published pair, a Telegram."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from hamroh.places import Database
from practice.server import Running, serve
from tests.post.ground import Script, Side
from tests.vault.ground import NOW, Engines, publish, ring_file
from vault.database import begin
from vault.safe import Safe
from vault.tables import DESK, SURVIVORS


@pytest.fixture
async def side(database: Database, tmp_path: Path) -> AsyncIterator[Side]:
    """The survivors' side: its process's engine, its safe, and the desk's published pair."""
    engines = Engines(database)
    safes = {name: Safe(ring_file(tmp_path, name)) for name in (SURVIVORS, DESK)}
    owner = engines.owner()
    async with begin(owner) as connection:
        for safe in safes.values():
            await publish(connection, safe, NOW)
    yield Side(engines, engines.of("survivors", 12), owner, safes[SURVIVORS])
    await engines.close()


@pytest.fixture
async def script() -> AsyncIterator[Script]:
    """A Telegram that answers as it is told."""
    written = Script()
    await written.open()
    yield written
    await written.close()


@pytest.fixture
async def telegram() -> AsyncIterator[Running]:
    """A practice Telegram of the test's own."""
    running = await serve("127.0.0.1", 0)
    yield running
    await running.close()
