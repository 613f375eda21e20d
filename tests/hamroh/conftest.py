"""What the front door's tests share: commands given as a deployer gives them, an empty database, and our own log."""

import asyncio
import logging
import os
import re
import secrets
from collections.abc import AsyncIterator, Callable, Iterator
from pathlib import Path

import pytest
from sqlalchemy import text

from hamroh.__main__ import main
from vault.database import engine_for
from vault.embedded import Embedded

# A command's exit status, what it printed, and what it said on standard error.
Told = tuple[int, str, str]
Command = Callable[..., Told]


@pytest.fixture
def own_log() -> Iterator[None]:
    """A command sets up its own logging; the tests' comes back after it."""
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    yield
    root.handlers[:] = handlers
    root.setLevel(level)


@pytest.fixture
def command(
    own_log: None, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> Command:
    """Give a command with this address and these settings, and nothing of our own environment's."""
    for name in [name for name in os.environ if name.startswith("HAMROH_")]:
        monkeypatch.delenv(name)

    def give(*words: str, url: str = "", **environ: str) -> Told:
        given = {"HAMROH_DATA_DIR": str(tmp_path), "HAMROH_DATABASE_URL": url, **environ}
        for name, value in given.items():
            monkeypatch.setenv(name, value)
        capsys.readouterr()
        status = main(list(words))
        said = capsys.readouterr()
        assert "Traceback" not in said.err
        return status, said.out, said.err

    return give


@pytest.fixture
async def empty(server: Embedded) -> AsyncIterator[str]:
    """The owner's address of a database in which there is nothing yet."""
    name = f"empty_{secrets.token_hex(4)}"
    engine = engine_for(server.owner_url, pool=1).execution_options(isolation_level="AUTOCOMMIT")
    async with engine.connect() as connection:
        await connection.execute(text(f"create database {name}"))
        yield re.sub(r"/\w+\?", f"/{name}?", server.owner_url)
        await connection.execute(text(f"drop database {name} with (force)"))
    await engine.dispose()


class Overheard(logging.Handler):
    """What is logged, and a bell for who waits for it."""

    def __init__(self) -> None:
        super().__init__()
        self.lines: list[str] = []
        self.bell = asyncio.Event()

    def emit(self, record: logging.LogRecord) -> None:
        """Note the line and wake who waits."""
        self.lines.append(record.getMessage())
        self.bell.set()
        self.bell = asyncio.Event()

    async def hears(self, words: str, times: int = 1) -> None:
        """Wait until a line with these words was said so often."""
        async with asyncio.timeout(60):
            while sum(words in line for line in self.lines) < times:
                await self.bell.wait()


@pytest.fixture
def overheard() -> Iterator[Overheard]:
    """Our own log lines."""
    handler = Overheard()
    log = logging.getLogger("hamroh")
    level = log.level
    log.addHandler(handler)
    log.setLevel(logging.INFO)
    yield handler
    log.removeHandler(handler)
    log.setLevel(level)
