"""Logins: one for each process, a member of its group role, made by the owner."""

from collections.abc import Mapping

from sqlalchemy import text
from sqlalchemy.engine import make_url

from vault.database import ROLES, alone, engine_for

# The login of each process, by the process's name on the command line.
LOGINS = {"survivors": "hamroh_survivors_login", "operators": "hamroh_staff_login", "rounds": "hamroh_rounds_login"}


async def make_logins(owner_url: str, passwords: Mapping[str, str]) -> None:
    """Make or renew the logins with these passwords (by login); each may take its own group role and no other."""
    engine = engine_for(owner_url, pool=1)
    try:
        async with engine.begin() as connection:
            # One at a time: two processes that start together would trip over the same catalog rows.
            await alone(connection, "roles")
            for process, login in LOGINS.items():
                quoted = await connection.scalar(text("select quote_literal(:word)"), {"word": passwords[login]})
                await connection.execute(
                    text(f"do $$ begin create role {login} login; exception when duplicate_object then null; end $$")
                )
                await connection.execute(text(f"alter role {login} login password {quoted}".replace(":", r"\:")))
                await connection.execute(text(f"grant {ROLES[process]} to {login}"))
    finally:
        await engine.dispose()


def url_for(owner_url: str, process: str, passwords: Mapping[str, str]) -> str:
    """The address that a process connects to, made from the owner's."""
    login = LOGINS[process]
    changed = make_url(owner_url).set(username=login, password=passwords[login])
    return changed.render_as_string(hide_password=False)
