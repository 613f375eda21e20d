"""The wall, as a whole table: what each login may do with each table and each function, tried with its own password."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from hamroh.places import Database
from tests.vault.ground import Engines, one, rows
from vault.database import ROLES, Connection, engine_for
from vault.roles import LOGINS
from vault.tables import metadata
from vault.wall import calls, rights

PROCESSES = ("survivors", "operators", "rounds")
VERBS = {"s": "select", "i": "insert", "u": "update", "d": "delete"}

# What survivors' process, staff's process and rounds may do: select, insert, update. Nobody deletes.
WALL: dict[str, tuple[str, str, str]] = {
    # What both sides must know of a case without her yes, and how each writes to the other.
    "cases": ("siu", "su", "s"),
    "sides": ("si", "si", "s"),
    "case_keys": ("si", "s", ""),
    "entries": ("si", "si", ""),
    "consents": ("siu", "s", ""),
    # Hers alone: the other side may only write into it what is for her.
    "places": ("siu", "", ""),
    "survivor_case_secrets": ("siu", "", ""),
    "survivor_copies": ("si", "i", ""),
    "survivor_orders": ("siu", "i", "i"),
    "survivor_addresses": ("siu", "", ""),
    "survivor_inbox": ("siu", "", ""),
    "survivor_ledger": ("siu", "", ""),
    # The desk's alone, likewise.
    "staff": ("", "siu", "s"),
    "invites": ("", "su", ""),
    "offers": ("", "siu", "su"),
    "referrals": ("", "siu", "s"),
    "referral_moves": ("", "si", ""),
    "staff_case_secrets": ("i", "siu", ""),
    "staff_copies": ("i", "si", ""),
    "staff_orders": ("i", "siu", "i"),
    "staff_addresses": ("", "siu", ""),
    "staff_inbox": ("", "siu", ""),
    "staff_ledger": ("", "siu", ""),
    # Everybody writes the audit, only the rounds read and chain it.
    "audit": ("i", "i", "si"),
    "audit_chain": ("", "", "si"),
    "audit_anchors": ("", "", "si"),
    # Who holds a bot's sender and poller.
    "holders": ("siu", "siu", "s"),
    "alembic_version": ("s", "s", "s"),
}

FUNCTIONS = {
    "on_duty(null::text)": "survivors operators",
    "left_standing(gen_random_uuid(), now())": "operators",
    "median_wait('high')": "survivors operators",
    "erase_case(gen_random_uuid(), now())": "survivors rounds",
    "erase_due(now())": "rounds",
    "forget_plan(gen_random_uuid())": "survivors",
    "forget_strangers(now())": "rounds",
    "grows_old(now(), now())": "rounds",
    "tidy(now())": "rounds",
}


@asynccontextmanager
async def entered(database: Database, process: str) -> AsyncIterator[Connection]:
    """As an intruder with the login's password would come: without the role that our engines take."""
    engine = engine_for(database.for_process(process), pool=1)
    async with engine.connect() as connection:
        yield connection
    await engine.dispose()


async def denied(connection: Connection, sql: str) -> bool:
    """Whether the server says no for want of a right; every other objection means that the right is there."""
    try:
        await connection.execute(text(sql))
    except DBAPIError as error:
        return getattr(error.orig, "sqlstate", None) == "42501"
    else:
        return False
    finally:
        await connection.rollback()


def attempt(table: str, verb: str, column: str) -> str:
    return {
        "s": f"select count(*) from {table}",
        "i": f"insert into {table} ({column}) select null where false",
        "u": f"update {table} set {column} = null where false",
        "d": f"delete from {table} where false",
    }[verb]


async def columns(connection: Connection) -> dict[str, str]:
    """A column of each table that may be written at all."""
    query = (
        "select relname, min(attname) from pg_attribute join pg_class c on c.oid = attrelid"
        " where relnamespace = 'public'::regnamespace and relkind in ('r', 'v', 'm', 'f', 'p')"
        " and attnum > 0 and attidentity = '' group by 1"
    )
    return {str(table): f'"{column}"' for table, column in await rows(connection, query)}


async def test_every_table_stands_in_the_wall(ground_database: Database) -> None:
    async with entered(ground_database, "rounds") as connection:
        assert set(await columns(connection)) == set(WALL)
    assert set(metadata.tables) | {"alembic_version"} == set(WALL)


def test_what_the_pages_tell_of_the_wall_is_the_wall() -> None:
    told: dict[str, set[str]] = {}
    for role, table, right in rights():
        told.setdefault(f"{table} {role}", set()).add(right)
    expected = {
        f"{table} {ROLES[process]}": {VERBS[letter] for letter in letters}
        for table, of_each in WALL.items()
        for process, letters in zip(PROCESSES, of_each, strict=True)
        if letters and table != "alembic_version"
    }
    assert told == expected
    assert {(call.partition("(")[0], role) for call, role in calls()} == {
        (call.partition("(")[0], ROLES[process]) for call, who in FUNCTIONS.items() for process in who.split()
    }


@pytest.mark.parametrize("process", PROCESSES)
async def test_each_login_may_do_exactly_what_the_wall_says(ground_database: Database, process: str) -> None:
    found: dict[str, str] = {}
    async with entered(ground_database, process) as connection:
        named = await columns(connection)
        for table in WALL:
            may = [verb for verb in VERBS if not await denied(connection, attempt(table, verb, named[table]))]
            found[table] = "".join(may)
    assert found == {table: rights[PROCESSES.index(process)] for table, rights in WALL.items()}


@pytest.mark.parametrize("process", PROCESSES)
async def test_no_login_may_empty_refer_to_or_watch_a_table(ground_database: Database, process: str) -> None:
    async with entered(ground_database, process) as connection:
        for table in WALL:
            for right in ("truncate", "references", "trigger", "maintain"):
                query = "select has_table_privilege(:table, :right)"
                assert not await one(connection, query, table=table, right=right), (table, right)
        query = "select has_any_column_privilege(relname, 'update'), relname from pg_class"
        query += " where relnamespace = 'public'::regnamespace and relkind = 'r'"
        for may, name in await rows(connection, query):
            assert may == ("u" in WALL[name][PROCESSES.index(process)]), name


@pytest.mark.parametrize("process", PROCESSES)
async def test_each_login_may_call_exactly_its_own_functions(ground_database: Database, process: str) -> None:
    async with entered(ground_database, process) as connection:
        for call, who in FUNCTIONS.items():
            assert await denied(connection, f"select {call}") == (process not in who.split()), call


async def test_there_are_no_other_functions_and_each_runs_with_a_path_of_its_own(lookers: Engines) -> None:
    async with lookers.owner().connect() as connection:
        found = await rows(
            connection,
            "select proname, prosecdef, proconfig::text, proowner::regrole::text, "
            "has_function_privilege('public', oid, 'execute') from pg_proc where pronamespace = 'public'::regnamespace",
        )
    assert {str(row[0]) for row in found} == {call.partition("(")[0] for call in FUNCTIONS}
    for name, definer, path, owned_by, public in found:
        assert definer, name
        assert path == '{"search_path=public, pg_temp"}', name
        assert owned_by not in {*ROLES.values(), *LOGINS.values()}, name
        assert not public, name


async def test_a_table_of_the_callers_own_does_not_stand_in_for_ours(ground_database: Database) -> None:
    async with entered(ground_database, "survivors") as connection:
        await connection.execute(text("create temp table staff (role text, languages text[])"))
        await connection.execute(text("set local search_path = pg_temp, public"))
        assert await one(connection, "select public.on_duty(null)") == 0
        await connection.rollback()


SNEAKING = [
    "set role {other}",
    "set session authorization {other}",
    "create table mine (id int)",
    "create function mine() returns int language sql as 'select 1'",
    "create schema mine",
    "create role mine",
    "alter table sides disable row level security",
    "drop policy everybody_reads on sides",
    "alter function erase_case(uuid, timestamptz) owner to current_user",
    "copy (select 1) to program 'true'",
    "copy (select 1) to '/tmp/mine'",
    "select pg_read_file('/etc/hostname')",
    "select rolpassword from pg_authid",
]


@pytest.mark.parametrize("process", PROCESSES)
async def test_no_login_reaches_over_the_wall(ground_database: Database, process: str) -> None:
    async with entered(ground_database, process) as connection:
        for role in {*ROLES.values(), *LOGINS.values(), "owner"} - {ROLES[process], LOGINS[process]}:
            for sql in SNEAKING:
                assert await denied(connection, sql.format(other=role)), sql


async def test_neither_logins_nor_their_roles_have_powers_of_their_own(lookers: Engines) -> None:
    async with lookers.owner().connect() as connection:
        found = await rows(
            connection,
            "select rolname, rolcanlogin, rolsuper or rolcreatedb or rolcreaterole or rolreplication or rolbypassrls"
            " from pg_roles where rolname like 'hamroh%'",
        )
    assert {(name, login) for name, login, _ in found} == {
        *((role, False) for role in ROLES.values()),
        *((login, True) for login in LOGINS.values()),
    }
    assert not any(powers for _, _, powers in found)


PUBLISH = "insert into sides values (gen_random_uuid(), '{side}', now(), '\\x00')"


@pytest.mark.parametrize(
    ("process", "side", "may"),
    [
        ("survivors", "survivors", True),
        ("survivors", "desk", False),
        ("operators", "desk", True),
        ("operators", "survivors", False),
        ("rounds", "survivors", False),
        ("rounds", "desk", False),
    ],
)
async def test_a_side_publishes_for_itself_alone(ground_database: Database, process: str, side: str, may: bool) -> None:
    async with entered(ground_database, process) as connection:
        assert await denied(connection, PUBLISH.format(side=side)) != may


async def test_whoever_takes_the_role_with_the_owners_login_meets_the_same_wall(lookers: Engines) -> None:
    async with lookers.owner(1).connect() as connection:
        for process, role in ROLES.items():
            await connection.execute(text(f"set role {role}"))
            await connection.commit()
            other = "desk" if process == "survivors" else "survivors"
            assert await denied(connection, PUBLISH.format(side=other))
            assert await denied(connection, "delete from audit")


async def test_the_owner_alone_publishes_for_anybody(hand: Connection) -> None:
    await hand.execute(text(PUBLISH.format(side="desk")))
    await hand.execute(text(PUBLISH.format(side="survivors")))
    assert await one(hand, "select count(*) from sides") == 2
