"""Migrations: climbed by the owner, one process at a time, before any front starts."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, text

from vault.database import Engine, engine_for

_FOLDER = Path(__file__).parent / "migrations"


def config(connection: Connection | None = None) -> Config:
    """Alembic's settings, with the connection the scripts run on."""
    made = Config()
    # Alembic reads the location through a formatter in which a percent sign is special.
    made.set_main_option("script_location", str(_FOLDER).replace("%", "%%"))
    made.set_main_option("path_separator", "os")
    if connection is not None:
        made.attributes["connection"] = connection
    return made


def newest() -> str:
    """The newest revision that this version knows."""
    return ScriptDirectory.from_config(config()).get_current_head() or ""


def _climb(connection: Connection, revision: str) -> None:
    connection.execute(text("select pg_advisory_xact_lock(hashtextextended('hamroh migrate', 0))"))
    made = config(connection)
    stands = MigrationContext.configure(connection).get_current_revision() or ""
    if revision == "base" or (revision != "head" and revision < stands):
        command.downgrade(made, revision)
    else:
        command.upgrade(made, revision)


async def climb(engine: Engine, revision: str = "head") -> None:
    """Bring the database to a revision, up or down, in one transaction under a lock."""
    async with engine.begin() as connection:
        # A migration that cannot have its locks soon must not stand in the way of the running hotline.
        await connection.execute(text("set local lock_timeout = '10s'"))
        await connection.run_sync(_climb, revision)


async def migrate(url: str, revision: str = "head") -> None:
    """`climb` for an owner's address."""
    engine = engine_for(url, pool=1)
    try:
        await climb(engine, revision)
    finally:
        await engine.dispose()


async def is_newest(engine: Engine) -> bool:
    """Whether the database stands at the newest revision this version knows."""
    async with engine.connect() as connection:
        found = await connection.scalar(text("select version_num from alembic_version"))
    return bool(found == newest())
