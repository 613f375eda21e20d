"""The way in: a process enters in its role or is told in one sentence why not, and never with a password in it."""

import asyncio
from collections.abc import Callable
from typing import Any

import asyncpg
import pytest
from sqlalchemy import text
from sqlalchemy.engine import make_url
from sqlalchemy.exc import DBAPIError

from hamroh.places import Database
from tests.conftest import _named
from tests.vault.ground import Engines, one
from vault.database import ROLES, NoDatabaseError, begin, collided, engine_for, enter, is_lost, say_why
from vault.embedded import Embedded
from vault.migrate import migrate

PROCESSES = ("survivors", "operators", "rounds")


def changed(url: str, **parts: Any) -> str:
    made = make_url(url).set(**parts)
    return made.render_as_string(hide_password=False)


def moved(url: str, socket: str) -> str:
    return make_url(url).update_query_dict({"host": socket}).render_as_string(hide_password=False)


async def refused(url: str, process: str = "survivors") -> str:
    """The sentence with which the door stays shut."""
    with pytest.raises(NoDatabaseError) as shut:
        await enter(url, process)
    said = str(shut.value)
    password = make_url(url).password
    assert "\n" not in said
    assert len(said) < 200
    assert not password or str(password) not in said
    return said


@pytest.mark.parametrize("process", PROCESSES)
async def test_each_process_enters_with_its_login_in_its_own_role(ground_database: Database, process: str) -> None:
    door = await enter(ground_database.for_process(process), process)
    async with door.engine.connect() as connection:
        assert await one(connection, "select current_user") == ROLES[process]
        assert await one(connection, "show timezone") == "UTC"
    assert not door.owner
    await door.engine.dispose()


async def test_whoever_comes_as_the_owner_is_told_apart_and_kept_inside_the_role(ground_database: Database) -> None:
    door = await enter(ground_database.url, "survivors")
    assert door.owner
    async with door.engine.connect() as connection:
        assert await one(connection, "select current_user") == "hamroh_survivors"
        with pytest.raises(DBAPIError, match="permission denied"):
            await connection.execute(text("select * from staff"))
    await door.engine.dispose()


async def test_the_role_is_taken_by_every_connection_and_after_every_return_to_the_pool(
    ground_database: Database,
) -> None:
    engine = engine_for(ground_database.url, role="hamroh_rounds", pool=2)

    async def who() -> object:
        async with engine.connect() as connection:
            await connection.execute(text("select pg_sleep(0.01)"))
            return await one(connection, "select current_user")

    assert set(await asyncio.gather(*(who() for _ in range(6)))) == {"hamroh_rounds"}
    assert await who() == "hamroh_rounds"
    await engine.dispose()


async def test_a_login_of_another_process_is_refused(ground_database: Database) -> None:
    for process in PROCESSES:
        for other in set(PROCESSES) - {process}:
            assert ROLES[process] in await refused(ground_database.for_process(other), process)


async def test_a_database_without_our_tables_is_refused(server: Embedded) -> None:
    assert "hamroh migrate" in await refused(server.owner_url)


async def test_a_database_of_an_older_version_is_refused(database: Database) -> None:
    await migrate(database.url, "0001")
    assert "hamroh migrate" in await refused(database.url)


async def test_a_database_of_a_newer_version_is_refused(database: Database) -> None:
    engine = engine_for(database.url, pool=1)
    async with begin(engine) as connection:
        await connection.execute(text("update alembic_version set version_num = '9999'"))
    await engine.dispose()
    assert "9999" in await refused(database.for_process("survivors"))


WRONG: dict[str, Callable[[str], str]] = {
    "a socket that is not there": lambda url: moved(url, "/nowhere"),
    "a machine that does not exist": lambda url: moved(url, "nowhere.invalid"),
    "a port where nobody listens": lambda url: changed(url, host="127.0.0.1", port=1, query={}),
    "a wrong password": lambda url: changed(url, password="hush-hush-hush"),
    "a login that does not exist": lambda url: changed(url, username="stranger", password="hush-hush-hush"),
    "a database that does not exist": lambda url: _named(url, "hamroh_nowhere"),
}


@pytest.mark.parametrize("wrong", WRONG)
async def test_a_wrong_address_is_told_in_one_sentence_without_the_password(
    ground_database: Database, wrong: str
) -> None:
    assert "HAMROH_DATABASE_URL" in await refused(WRONG[wrong](ground_database.for_process("survivors")))


def test_the_sentence_names_the_place_and_the_kind_of_error_alone() -> None:
    error = ValueError("words of hers")
    said = say_why("postgresql+asyncpg://login:secret@db.example:6432/hotline", error)
    assert "db.example:6432/hotline" in said
    assert "ValueError" in said
    for hidden in ("secret", "words of hers", "login"):
        assert hidden not in said


async def test_a_raise_rolls_back_all_that_was_done(lookers: Engines) -> None:
    owner = lookers.owner()

    async def half() -> None:
        async with begin(owner) as connection:
            await connection.execute(text("insert into holders values ('x', 1, now())"))
            raise LookupError

    with pytest.raises(LookupError):
        await half()
    async with owner.connect() as connection:
        assert await one(connection, "select count(*) from holders") == 0


async def raised(lookers: Engines, sql: str, *, as_owner: bool = False, **values: object) -> Exception:
    """What a process meets when it runs this."""
    try:
        async with begin(lookers.owner(1) if as_owner else lookers.of("survivors", 1)) as connection:
            await connection.execute(text(sql), values)
    except Exception as error:  # noqa: BLE001 - looked at by the test
        return error
    raise AssertionError(sql)


async def test_a_backend_that_is_ended_under_us_is_a_lost_database(lookers: Engines) -> None:
    assert is_lost(await raised(lookers, "select pg_terminate_backend(pg_backend_pid())", as_owner=True))


async def test_a_server_that_is_away_is_a_lost_database(ground_database: Database) -> None:
    engine = engine_for(moved(ground_database.url, "/nowhere"), pool=1)
    with pytest.raises(OSError) as away:  # noqa: PT011 - which of its kinds is PostgreSQL's affair
        async with engine.connect():
            pass
    assert is_lost(away.value)


@pytest.mark.parametrize(
    "kind",
    [
        asyncpg.exceptions.CannotConnectNowError,
        asyncpg.exceptions.AdminShutdownError,
        asyncpg.exceptions.CrashShutdownError,
        asyncpg.exceptions.TooManyConnectionsError,
        asyncpg.exceptions.ConnectionDoesNotExistError,
        asyncpg.exceptions.ConnectionFailureError,
    ],
)
async def test_a_server_that_starts_stops_or_is_full_is_a_lost_database(kind: type[Exception]) -> None:
    error = kind("as the server says it")
    assert is_lost(error)
    wrapped = DBAPIError("select", {}, error)
    assert is_lost(wrapped)


async def test_two_transactions_that_stood_in_each_others_way_are_told_from_a_loss(lookers: Engines) -> None:
    raising = "do $$ begin raise exception using errcode = '{code}'; end $$"
    for code in ("40P01", "40001"):
        error = await raised(lookers, raising.format(code=code))
        assert collided(error)
        assert is_lost(error)
    assert not collided(await raised(lookers, "select 1 / 0"))


FAULTS = {
    "a unique row written twice": "insert into holders values ('x', 1, now()), ('x', 1, now())",
    "what the role may not do": "select * from staff",
    "a table that is not there": "select * from nowhere",
    "a text where a number belongs": "select 'a'::int",
    "a division by zero": "select 1 / 0",
}


@pytest.mark.parametrize("fault", FAULTS)
async def test_a_fault_of_our_own_is_no_lost_database(lookers: Engines, fault: str) -> None:
    assert not is_lost(await raised(lookers, FAULTS[fault]))


async def test_a_value_that_the_database_cannot_hold_is_no_lost_database(lookers: Engines) -> None:
    query = "select * from survivor_addresses where id = :number"
    assert not is_lost(await raised(lookers, query, number=2**80))
    assert not is_lost(await raised(lookers, query, number="seven"))


def test_an_error_of_the_program_is_no_lost_database() -> None:
    for fault in (ValueError(), KeyError("x"), LookupError(), RuntimeError("connection is closed")):
        assert not is_lost(fault)
    for away in (ConnectionResetError(), ConnectionRefusedError(), TimeoutError()):
        assert is_lost(away)
