"""`hamroh migrate`: an empty database brought to this version, and what it refuses."""

import asyncio
import re

import pytest
from sqlalchemy import text

from tests.hamroh.conftest import Command
from vault.database import engine_for
from vault.embedded import Embedded
from vault.migrate import newest


async def stands_at(url: str) -> str:
    """The revision of a database."""
    engine = engine_for(url, pool=1)
    async with engine.connect() as connection:
        found: str = await connection.scalar(text("select version_num from alembic_version"))
    await engine.dispose()
    return found


def test_migrate_brings_an_empty_database_to_this_version_and_does_no_harm_twice(command: Command, empty: str) -> None:
    for _ in range(2):
        assert command("migrate", url=empty) == (0, "The database is at this version.\n", "")
    assert asyncio.run(stands_at(empty)) == newest()


@pytest.mark.parametrize(
    "words", [("migrate",), ("roles",), ("invite", "--role", "operator", "--name", "x", "--languages", "uz")]
)
def test_a_database_that_is_not_there_is_told_without_its_password(command: Command, words: tuple[str, ...]) -> None:
    status, _, refused = command(*words, url="postgresql+asyncpg://owner:canary@127.0.0.1:1/hamroh")
    assert status == 2
    assert re.fullmatch(r"hamroh: the database at 127\.0\.0\.1:1/hamroh cannot be reached \(.*\): .*\n", refused)
    assert "canary" not in refused


def test_a_wrong_password_is_told_without_it(command: Command, server: Embedded) -> None:
    wrong = re.sub(r":[^:@/]+@", ":canary@", server.owner_url)
    status, _, refused = command("migrate", url=wrong)
    assert status == 2
    assert "does not know this login and password" in refused
    assert "canary" not in refused
