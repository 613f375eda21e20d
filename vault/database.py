"""The way to PostgreSQL: an engine per process, its role, and the transactions that the entry functions open."""

from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass

from asyncpg.exceptions import InternalClientError, PostgresError
from sqlalchemy import event, text
from sqlalchemy.engine import make_url
from sqlalchemy.exc import DBAPIError, InterfaceError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine

Connection = AsyncConnection
Engine = AsyncEngine

# Group roles: what each process may do is granted to these, and logins are members of one.
ROLES = {"survivors": "hamroh_survivors", "operators": "hamroh_staff", "rounds": "hamroh_rounds"}


class NoDatabaseError(Exception):
    """The database cannot be used; the text says why in one sentence."""


# SQLSTATEs of a server that is away: connection lost, shutting down, crashed, starting up, full.
_AWAY = ("08", "57P01", "57P02", "57P03", "53300")
# And of two transactions that stood in each other's way.
_COLLISIONS = ("40P01", "40001")


def is_lost(error: BaseException) -> bool:
    """Whether the database went away under us or broke us off: no fault of the update in hand, no try is counted."""
    if isinstance(error, DBAPIError):
        cause = error.orig
        if error.connection_invalidated or (isinstance(error, InterfaceError) and "is closed" in str(cause)):
            return True
        return any(_is_away(part) for part in (cause, getattr(cause, "__cause__", None)))
    # The driver's own errors come bare while it connects; a missing or deaf socket is an OSError.
    return isinstance(error, OSError) or _is_away(error)


def _is_away(error: object) -> bool:
    # The driver's own state machine is confused when the line breaks in the middle.
    return _code(error).startswith((*_AWAY, *_COLLISIONS)) or isinstance(error, InternalClientError)


def _code(error: object) -> str:
    return str(getattr(error, "sqlstate", None) or "")


def _takes_nobody(error: BaseException) -> bool:
    """Whether a server is there and takes nobody just now: it starts or stops, or is full."""
    return _code(getattr(error, "orig", error)).startswith(("57P", "53300"))


def collided(error: BaseException) -> bool:
    """Whether two transactions stood in each other's way and this one was broken off: nothing was done, do it again."""
    return _code(getattr(error, "orig", error)) in _COLLISIONS


@dataclass(frozen=True, slots=True)
class Door:
    """How a process enters: its engine, and whether it entered as the owner (then the wall is paper)."""

    engine: AsyncEngine
    owner: bool


def _asyncpg(url: str) -> str:
    parsed = make_url(url)
    return parsed.set(drivername="postgresql+asyncpg").render_as_string(hide_password=False)


def engine_for(url: str, *, role: str | None = None, pool: int = 8) -> AsyncEngine:
    """An engine whose connections take the role at once; timestamps are UTC.

    `set role` in a process that came with the owner's login keeps its mistakes inside the role's rights; it is no wall
    against an intruder, who could set it back.
    """
    settings = {"timezone": "UTC", "application_name": role or "hamroh"}
    engine = create_async_engine(
        _asyncpg(url),
        pool_size=pool,
        max_overflow=4,
        pool_pre_ping=True,
        connect_args={"server_settings": settings, "timeout": 10},
    )
    if role is not None:

        @event.listens_for(engine.sync_engine, "connect")
        def _take_role(connection: object, _record: object) -> None:
            cursor = connection.cursor()  # type: ignore[attr-defined]
            cursor.execute(f"set role {role}")
            cursor.close()
            connection.commit()  # type: ignore[attr-defined]

    return engine


async def _member_of(connection: AsyncConnection, role: str) -> tuple[bool, bool]:
    row = (
        await connection.execute(
            text(
                "select pg_has_role(current_user, :role, 'member') as member,"
                " (select tableowner = current_user from pg_tables where tablename = 'cases') as owner"
            ),
            {"role": role},
        )
    ).one()
    return bool(row.member), bool(row.owner)


async def _check_version(connection: AsyncConnection) -> None:
    from vault.migrate import newest

    known = newest()
    found = None
    # The one privilege of which the answer is null where the table is missing.
    if await connection.scalar(text("select has_table_privilege(to_regclass('public.alembic_version'), 'select')")):
        found = await connection.scalar(text("select version_num from alembic_version"))
    if found is None or found < known:
        stands = "is not migrated yet" if found is None else f"stands at {found} and not yet at {known}"
        raise NoDatabaseError(f"the database {stands}: run `hamroh migrate` with the owner's address")
    if found > known:
        raise NoDatabaseError(f"the database stands at {found}, and this hamroh knows only {known}: run the newer one")


async def enter(url: str, process: str) -> Door:
    """Open the door for a process (`survivors`, `operators`, `rounds`); raises NoDatabaseError with one sentence.

    A server that is only starting is no wrong address: its error is raised as it is, so that the caller tries again.
    """
    role = ROLES[process]
    probe = engine_for(url, pool=1)
    try:
        async with probe.connect() as connection:
            await _check_version(connection)
            member, owner = await _member_of(connection, role)
            if not member:
                raise NoDatabaseError(f"this login may not take the role {role}: make logins with `hamroh roles`")
    except NoDatabaseError:
        raise
    except (DBAPIError, OSError, TimeoutError) as error:
        if _takes_nobody(error):
            raise
        raise NoDatabaseError(say_why(url, error)) from error
    finally:
        await probe.dispose()
    return Door(engine_for(url, role=role), owner)


def say_why(url: str, error: BaseException) -> str:
    """Why the database cannot be reached, in one sentence without a password."""
    parsed = make_url(url)
    where = f"{parsed.host or parsed.query.get('host', 'the socket')}:{parsed.port or 5432}/{parsed.database}"
    known = _KNOWN.get(_code(getattr(error, "orig", error)))
    if known is not None:
        return f"the database at {where} {known}"
    cause = type(getattr(error, "orig", None) or error).__name__
    return f"the database at {where} cannot be reached ({cause}): see HAMROH_DATABASE_URL"


# What an error's SQLSTATE means to whoever runs a command.
_KNOWN = {
    "42P01": "is not migrated yet: run `hamroh migrate` with the owner's address",
    "42501": "does not let this login do that: use the owner's address in HAMROH_DATABASE_URL",
    "28P01": "does not know this login and password: see HAMROH_DATABASE_URL",
    "3D000": "is not there: make it, or correct HAMROH_DATABASE_URL",
}


@contextmanager
def explained(url: str) -> Iterator[None]:
    """What a command may meet at the database, as one sentence without a statement: raises NoDatabaseError."""
    try:
        yield
    except (DBAPIError, PostgresError, OSError) as error:
        raise NoDatabaseError(say_why(url, error)) from None


async def alone(connection: AsyncConnection, task: str) -> None:
    """Hold a task for this transaction: whoever else asks for it waits."""
    query = text("select pg_advisory_xact_lock(hashtextextended(:name, 0))")
    await connection.execute(query, {"name": f"hamroh {task}"})


@asynccontextmanager
async def begin(engine: AsyncEngine) -> AsyncIterator[AsyncConnection]:
    """One transaction: committed at the end of the block, rolled back where it raises."""
    async with engine.begin() as connection:
        yield connection
