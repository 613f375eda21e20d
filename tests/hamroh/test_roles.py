"""`hamroh roles`: a login for each process, each opening its own door and no other."""

import asyncio
import re
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from hamroh.places import Database
from tests.hamroh.conftest import Command
from vault.database import enter
from vault.embedded import Embedded, login_passwords
from vault.roles import make_logins
from vault.settings import read_settings


@pytest.fixture
async def logins(server: Embedded, server_folder: Path) -> AsyncIterator[None]:
    """The logins belong to the whole server: the other tests' passwords come back."""
    yield
    await make_logins(server.owner_url, login_passwords(server_folder))


def test_roles_prints_an_address_for_each_process_that_opens_its_own_door_alone(
    command: Command, database: Database, logins: None
) -> None:
    status, told, _ = command("roles", url=database.url)
    assert status == 0
    urls = dict(re.findall(r"^(\w+): HAMROH_DATABASE_URL=(\S+)$", told, re.M))
    assert urls.keys() == {"survivors", "operators", "rounds"}

    async def enters(url: str, process: str) -> bool:
        door = await enter(url, process)
        await door.engine.dispose()
        return door.owner

    for process, url in urls.items():
        assert not asyncio.run(enters(url, process))
        assert read_settings({"HAMROH_DATABASE_URL": url}).database_url == url
    passwords = [url.split(":")[2].partition("@")[0] for url in urls.values()]
    assert len(set(passwords)) == 3


def test_roles_has_nothing_to_do_for_the_embedded_server(command: Command) -> None:
    status, told, _ = command("roles")
    assert status == 0
    assert "The embedded database has its logins already" in told


def test_a_login_that_may_not_make_others_is_told_so(command: Command, database: Database) -> None:
    status, told, refused = command("roles", url=database.for_process("rounds"))
    assert (status, told) == (2, "")
    assert "does not let this login do that: use the owner's address" in refused
