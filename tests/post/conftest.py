"""The ground under the post's tests: a database emptied for each, a side's safe with a published pair, a Telegram."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from sqlalchemy import text

from hamroh.places import Database
from post import send
from practice.server import Running, serve
from tests.conftest import Fresh
from tests.post.ground import Script, Side
from tests.post.stage import Stage
from tests.vault.ground import NOW, Engines, an_address, publish, ring_file
from vault import hold
from vault.database import begin
from vault.safe import Safe
from vault.tables import DESK, SURVIVORS, metadata


@pytest.fixture(scope="session")
async def post_database(fresh: Fresh) -> AsyncIterator[Database]:
    """One database for all of them: emptying it is quicker than making another."""
    async with fresh() as made:
        yield made


@pytest.fixture
async def side(post_database: Database, tmp_path: Path) -> AsyncIterator[Side]:
    """The survivors' side: its process's engine, its safe, and the desk's published pair."""
    engines = Engines(post_database)
    safes = {name: Safe(ring_file(tmp_path, name)) for name in (SURVIVORS, DESK)}
    owner = engines.owner()
    async with begin(owner) as connection:
        await connection.execute(text(f"truncate {', '.join(metadata.tables)}"))
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


@pytest.fixture
def stage(side: Side, monkeypatch: pytest.MonkeyPatch) -> Stage:
    """A stage; the sender's patience between tries is short."""
    monkeypatch.setattr(send, "_BACK_OFF", (0.01,))
    monkeypatch.setattr(hold, "_ASK_AGAIN", 0.01)
    return Stage(side)


@pytest.fixture
async def her(stage: Stage) -> int:
    """Amina's address."""
    async with begin(stage.side.engine) as connection:
        return await an_address(connection, stage.side.safe)


@pytest.fixture
async def him(stage: Stage) -> int:
    """Bo's address."""
    async with begin(stage.side.engine) as connection:
        return await an_address(connection, stage.side.safe, 5002, 2)
