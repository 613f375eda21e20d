"""Migrations: up, down and up again at every step, and what they build is what the models say."""

import asyncio
from collections.abc import AsyncIterator

import pytest
import sqlalchemy
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import text

from tests.conftest import _named
from tests.vault.ground import Engines, rows
from vault.database import Engine, engine_for
from vault.embedded import Embedded
from vault.migrate import climb, config, is_newest, migrate, newest
from vault.tables import metadata

STEPS = [script.revision for script in ScriptDirectory.from_config(config()).walk_revisions()][::-1]


@pytest.fixture
async def empty(server: Embedded) -> AsyncIterator[Engine]:
    """A database with nothing in it."""
    owner = engine_for(server.owner_url, pool=1).execution_options(isolation_level="AUTOCOMMIT")
    async with owner.connect() as connection:
        await connection.execute(text("create database t_stairs"))
        engine = engine_for(_named(server.owner_url, "t_stairs"), pool=2)
        yield engine
        await engine.dispose()
        await connection.execute(text("drop database t_stairs with (force)"))
    await owner.dispose()


async def picture(engine: Engine) -> set[tuple[object, ...]]:
    """All that a revision builds: tables, columns, constraints, indexes, functions, policies, grants."""
    queries = (
        "select 'column', c.relname, a.attname, format_type(a.atttypid, a.atttypmod), a.attnotnull,"
        " a.attidentity::text, pg_get_expr(d.adbin, d.adrelid)"
        " from pg_attribute a join pg_class c on c.oid = a.attrelid"
        " left join pg_attrdef d on d.adrelid = c.oid and d.adnum = a.attnum"
        " where c.relnamespace = 'public'::regnamespace and c.relkind = 'r' and a.attnum > 0 and not a.attisdropped",
        "select 'constraint', conname, pg_get_constraintdef(oid) from pg_constraint"
        " where connamespace = 'public'::regnamespace",
        "select 'index', indexname, indexdef from pg_indexes where schemaname = 'public'",
        "select 'function', proname, prosrc, proacl::text from pg_proc where pronamespace = 'public'::regnamespace",
        "select 'policy', polname, pg_get_expr(polwithcheck, polrelid) from pg_policy",
        "select 'guarded', relname, relrowsecurity from pg_class where relnamespace = 'public'::regnamespace",
        "select 'grant', relname, relacl::text from pg_class where relnamespace = 'public'::regnamespace"
        " and relkind = 'r'",
    )
    async with engine.connect() as connection:
        found = [row for query in queries for row in await rows(connection, query)]
    return {row for row in found if "alembic_version" not in str(row)}


async def test_every_step_goes_up_down_and_up_again_to_the_same_picture(empty: Engine) -> None:
    below = "base"
    for step in STEPS:
        await climb(empty, step)
        built = await picture(empty)
        await climb(empty, below)
        await climb(empty, step)
        assert await picture(empty) == built, step
        below = step
    assert await is_newest(empty)


async def test_all_the_way_down_nothing_of_ours_is_left(empty: Engine) -> None:
    await climb(empty)
    await climb(empty, "base")
    assert await picture(empty) == set()
    await climb(empty)
    assert await is_newest(empty)


async def test_climbing_where_one_stands_changes_nothing(empty: Engine) -> None:
    await climb(empty)
    built = await picture(empty)
    await climb(empty)
    await climb(empty, newest())
    assert await picture(empty) == built


async def test_the_models_are_what_the_migrations_build(lookers: Engines) -> None:
    def differences(connection: sqlalchemy.Connection) -> object:
        options = {"compare_type": True, "compare_server_default": True}
        return compare_metadata(MigrationContext.configure(connection, opts=options), metadata)

    async with lookers.owner().connect() as connection:
        assert await connection.run_sync(differences) == []


async def test_an_older_database_is_not_the_newest(empty: Engine) -> None:
    await climb(empty, STEPS[0])
    assert not await is_newest(empty)


async def test_a_migration_that_raises_leaves_the_database_as_it_was(
    empty: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    await climb(empty, STEPS[0])
    built = await picture(empty)
    with monkeypatch.context() as patched:
        patched.setattr("alembic.op.execute", _raise)
        with pytest.raises(LookupError):
            await climb(empty)
    assert await picture(empty) == built
    assert not await is_newest(empty)


def _raise(*_: object) -> None:
    raise LookupError


async def test_two_who_migrate_at_once_climb_one_after_the_other(empty: Engine, server: Embedded) -> None:
    await asyncio.gather(*(migrate(_named(server.owner_url, "t_stairs")) for _ in range(3)))
    assert await is_newest(empty)
