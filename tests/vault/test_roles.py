"""Logins: one for each process, in its own role and no other, with whatever password it is given."""

import pytest
from sqlalchemy import text
from sqlalchemy.engine import make_url

from hamroh.places import Database
from tests.vault.ground import Engines, one, rows
from vault.database import ROLES, engine_for
from vault.embedded import Embedded
from vault.roles import LOGINS, make_logins, url_for


async def test_each_login_is_in_its_own_role_and_no_other(lookers: Engines) -> None:
    async with lookers.owner().connect() as connection:
        found = await rows(
            connection,
            "select member::regrole::text, roleid::regrole::text from pg_auth_members"
            " where member::regrole::text = any(:logins)",
            logins=list(LOGINS.values()),
        )
    assert set(found) == {(login, ROLES[process]) for process, login in LOGINS.items()}


def test_the_address_of_a_process_is_the_owners_with_its_own_login() -> None:
    owner = "postgresql+asyncpg://owner:secret@db.example:6432/hotline?ssl=require"
    passwords = dict.fromkeys(LOGINS.values(), "a:b@c/d?e#f %é")
    for process, login in LOGINS.items():
        made = make_url(url_for(owner, process, passwords))
        assert (made.username, made.password) == (login, "a:b@c/d?e#f %é")
        assert (made.host, made.port, made.database) == ("db.example", 6432, "hotline")
        assert made.query["ssl"] == "require"


@pytest.mark.parametrize("password", ["o'brien\\", ":name %s $1 -- ;", "пароль"])
async def test_any_password_is_taken_word_for_word_and_making_twice_renews_it(
    server: Embedded, ground_database: Database, password: str
) -> None:
    kept = {login: str(make_url(server.url_for(login)).password) for login in LOGINS.values()}
    changed = {**kept, LOGINS["rounds"]: password}
    try:
        await make_logins(ground_database.url, changed)
        engine = engine_for(url_for(ground_database.url, "rounds", changed), pool=1)
        async with engine.connect() as connection:
            assert await one(connection, "select session_user") == LOGINS["rounds"]
        await engine.dispose()
    finally:
        await make_logins(ground_database.url, kept)


async def test_passwords_are_kept_as_scram_never_as_they_are(lookers: Engines) -> None:
    async with lookers.owner().connect() as connection:
        found = await connection.execute(
            text("select rolpassword from pg_authid where rolname = any(:logins)"), {"logins": list(LOGINS.values())}
        )
        assert all(str(row[0]).startswith("SCRAM-SHA-256$") for row in found)
