"""What every test may ask for: a real PostgreSQL, a fresh database of its own, and a whole hotline over real HTTP."""

import asyncio
import gc
import secrets
import ssl
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from functools import cache
from pathlib import Path

import pytest
from sqlalchemy import text

from dialogs.region import Region, read_region
from dialogs.words import load
from hamroh.places import PRACTICE, Database
from tests.hotline import Hotline
from vault.database import Connection, Engine, engine_for
from vault.embedded import Embedded, login_passwords
from vault.migrate import migrate
from vault.roles import LOGINS, make_logins

TEMPLATE = "hamroh_template"
Fresh = Callable[[], AbstractAsyncContextManager[Database]]


# Nothing that is imported or collected is garbage, and looking through it would take a quarter of that time.
gc.disable()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Those of the whole house first: they last longest, and nobody waits for one of them alone at the end."""
    items.sort(key=lambda item: len(item.path.parts))


def pytest_collection_finish() -> None:
    """From here on there is garbage."""
    gc.enable()


def pytest_addoption(parser: pytest.Parser) -> None:
    """`--update`: the stories are written as they happen now, to be read and committed."""
    parser.addoption("--update", action="store_true", help="write the transcripts of tests/stories anew")


@pytest.fixture(scope="session", autouse=True)
def _what_is_shipped_is_read_once() -> Iterator[None]:
    """Catalogs and regions take half a second at each start of a front, and no test changes the shipped ones. The
    frameworks read the machine's certificates three times more, for a Telegram that speaks plain HTTP here."""
    shipped = cache(load)
    regions = cache(read_region)

    def region(folder: Path, private: Path | None) -> Region:
        return regions(folder, private) if private in (None, PRACTICE) else read_region(folder, private)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("hamroh.fronts.load", shipped)
        patch.setattr("tests.people.load", shipped)
        patch.setattr("hamroh.places.read_region", region)
        patch.setattr("ssl.create_default_context", cache(ssl.create_default_context))
        yield


def _named(url: str, name: str) -> str:
    """The same address for another database of the server."""
    head, _, tail = url.partition("?")
    return f"{head.rpartition('/')[0]}/{name}?{tail}"


@pytest.fixture(scope="session")
def server_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the run's server keeps its data and passwords."""
    return tmp_path_factory.mktemp("pg")


@pytest.fixture(scope="session")
def server(server_folder: Path) -> Iterator[Embedded]:
    """One embedded server for the whole run; thrown away, so nothing is flushed."""
    joined = Embedded.join(server_folder, fsync=False)
    yield joined
    joined.leave()


@pytest.fixture(scope="session")
async def keeper(server: Embedded) -> AsyncIterator[Connection]:
    """The owner's hand on the server, which makes and drops databases."""
    engine = engine_for(server.owner_url, pool=1).execution_options(isolation_level="AUTOCOMMIT")
    async with engine.connect() as connection:
        yield connection
    await engine.dispose()


@pytest.fixture(scope="session")
async def template(server: Embedded, server_folder: Path, keeper: Connection) -> str:
    """A migrated database that each test's own is copied from."""
    await keeper.execute(text(f"create database {TEMPLATE}"))
    url = _named(server.owner_url, TEMPLATE)
    await migrate(url)
    await make_logins(url, login_passwords(server_folder))
    return url


@pytest.fixture(scope="session")
def fresh(server: Embedded, keeper: Connection, template: str) -> Fresh:
    """Makes databases copied from the template, with the owner and each process's own login; dropped at the end."""

    @asynccontextmanager
    async def made() -> AsyncIterator[Database]:
        name = f"t_{secrets.token_hex(6)}"
        await keeper.execute(text(f"create database {name} template {TEMPLATE} strategy file_copy"))
        yield Database(
            _named(template, name),
            by_process={process: _named(server.url_for(login), name) for process, login in LOGINS.items()},
        )
        await keeper.execute(text(f"drop database {name} with (force)"))

    return made


@pytest.fixture
async def database(fresh: Fresh) -> AsyncIterator[Database]:
    """A database of the test's own."""
    async with fresh() as made:
        yield made


@pytest.fixture
async def owner(database: Database) -> AsyncIterator[Engine]:
    """The owner's hand in the test's database, for looking."""
    engine = engine_for(database.url, pool=2)
    yield engine
    await engine.dispose()


@pytest.fixture
async def hotline(database: Database, tmp_path: Path) -> AsyncIterator[Hotline]:
    """A practice Telegram and all three processes, in this process's loop, on the test's own database."""
    running = await Hotline.open(database, tmp_path)
    try:
        yield running
    finally:
        await running.close()
    await asyncio.sleep(0)
