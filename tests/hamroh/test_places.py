"""Where things lie: a process enters only a database whose tables it knows."""

import pytest
from sqlalchemy import text

from hamroh.places import Database, enter_at_version
from vault.database import Engine, NoDatabaseError
from vault.roles import LOGINS


@pytest.mark.parametrize("process", LOGINS)
async def test_each_process_enters_a_migrated_database_with_its_own_login(database: Database, process: str) -> None:
    door = await enter_at_version(database, process)
    await door.engine.dispose()
    assert not door.owner


@pytest.mark.parametrize("process", LOGINS)
async def test_a_database_of_another_version_is_refused_in_one_sentence(
    database: Database, owner: Engine, process: str
) -> None:
    async with owner.begin() as connection:
        await connection.execute(text("update alembic_version set version_num = '0001'"))
    with pytest.raises(NoDatabaseError, match=r"^the database is at another version: run `hamroh migrate`"):
        await enter_at_version(database, process)
