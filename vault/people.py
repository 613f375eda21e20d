"""Staff: invited with a one-time code of which only the hash is kept, enrolled, on duty or off."""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import Row, select, update
from sqlalchemy.dialects.postgresql import insert

from vault import tables
from vault.database import Connection
from vault.keys import PersonHash, Sealed
from vault.safe import Safe, ToPair, seal_for, sealed_place

INVITE_LIFE = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Member:
    """A staff member, without the name: that is opened only where it is shown to a supervisor.

    asked_for: the command whose words the desk has just asked for, which the next words without one are.
    """

    id: UUID
    address: int
    role: str
    languages: tuple[str, ...]
    region: str
    service: str | None
    current_case: UUID | None
    on_duty_since: datetime | None
    asked_for: str | None = None


def _member(row: Row[Any]) -> Member:
    return Member(
        row.id,
        row.address_id,
        row.role,
        tuple(row.languages),
        row.region,
        row.service_id,
        row.current_case,
        row.on_duty_since,
        row.asked_for,
    )


def hash_code(code: str) -> bytes:
    """The hash a code is kept as; a code has 80 random bits, so a plain hash is enough."""
    return hashlib.sha256(code.strip().upper().encode()).digest()


def new_code() -> str:
    """A one-time code: sixteen letters and digits that are not mistaken for one another, as Telegram's start allows."""
    letters = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"
    return "".join(secrets.choice(letters) for _ in range(16))


@dataclass(frozen=True, slots=True)
class Invited:
    """What an invitation grants."""

    role: str
    name: str
    languages: tuple[str, ...]
    region: str
    service: str | None = None


async def invite(connection: Connection, invited: Invited, code: str, now: datetime) -> None:
    """Keep an invitation; raises OtherSideSilentError before the desk's first start."""
    row = uuid4()
    kept = await seal_for(connection, tables.DESK, invited.name.encode(), sealed_place(tables.invites.name, row))
    await connection.execute(
        insert(tables.invites)
        .values(
            id=row,
            code_hash=hash_code(code),
            role=invited.role,
            languages=list(invited.languages),
            region=invited.region,
            service_id=invited.service,
            sealed=kept.sealed,
            pair=kept.pair,
            made_at=now,
            expires_at=now + INVITE_LIFE,
        )
        .inline()
    )


async def use_invite(
    connection: Connection, safe: Safe, code: str, person: PersonHash, address: int, now: datetime
) -> Member | None:
    """Enrol a person by a code, once; None when the code is unknown, used or too old."""
    table = tables.invites
    row = (
        await connection.execute(
            update(table)
            .where(table.c.code_hash == hash_code(code), table.c.used_at.is_(None), table.c.expires_at > now)
            .values(used_at=now)
            .returning(table)
        )
    ).first()
    if row is None:
        return None
    name = safe.open_own(ToPair(Sealed(row.sealed), row.pair), sealed_place(table.name, row.id))
    return await _enrol(connection, safe, row, name, person, address, now)


async def _enrol(
    connection: Connection, safe: Safe, row: Row[Any], name: bytes, person: PersonHash, address: int, now: datetime
) -> Member:
    table = tables.staff
    earlier = await connection.scalar(select(table.c.id).where(table.c.person == person))
    member = earlier or uuid4()
    kept = safe.seal_own(name, sealed_place(table.name, member))
    values = {
        "person": person,
        "address_id": address,
        "role": row.role,
        "languages": row.languages,
        "region": row.region,
        "service_id": row.service_id,
        "sealed": kept.sealed,
        "pair": kept.pair,
        "enrolled_at": now,
        "left_at": None,
        # Whoever begins anew, or in another role, is not on duty by what was before.
        "on_duty_since": None,
        "asked_for": None,
    }
    enrolled = insert(table).values(id=member, **values)
    await connection.execute(enrolled.on_conflict_do_update(index_elements=[table.c.person], set_=values))
    found = await find(connection, person)
    assert found is not None  # noqa: S101 - enrolled in this transaction
    return found


async def find(connection: Connection, person: PersonHash) -> Member | None:
    """The staff member behind a keyed hash."""
    table = tables.staff
    row = (await connection.execute(select(table).where(table.c.person == person, table.c.left_at.is_(None)))).first()
    return None if row is None else _member(row)


async def member(connection: Connection, number: UUID) -> Member | None:
    """The staff member of this number."""
    table = tables.staff
    row = (await connection.execute(select(table).where(table.c.id == number, table.c.left_at.is_(None)))).first()
    return None if row is None else _member(row)


async def at(connection: Connection, address: int) -> Member | None:
    """The staff member whose chat this is."""
    table = tables.staff
    row = (
        await connection.execute(select(table).where(table.c.address_id == address, table.c.left_at.is_(None)))
    ).first()
    return None if row is None else _member(row)


async def address_of(connection: Connection, person: PersonHash) -> int | None:
    """Where a person's staff chat is, enrolled or not."""
    table = tables.staff
    found: int | None = await connection.scalar(select(table.c.address_id).where(table.c.person == person))
    return found


async def on_duty(connection: Connection, roles: tuple[str, ...]) -> list[Member]:
    """Who is on duty in these roles, longest first."""
    table = tables.staff
    rows = await connection.execute(
        select(table)
        .where(table.c.role.in_(roles), table.c.on_duty_since.is_not(None), table.c.left_at.is_(None))
        .order_by(table.c.on_duty_since)
    )
    return [_member(row) for row in rows]


async def in_roles(connection: Connection, roles: tuple[str, ...]) -> list[Member]:
    """Everybody enrolled in these roles, on duty or not."""
    table = tables.staff
    rows = await connection.execute(
        select(table).where(table.c.role.in_(roles), table.c.left_at.is_(None)).order_by(table.c.enrolled_at)
    )
    return [_member(row) for row in rows]


async def of_service(connection: Connection, service: str) -> list[Member]:
    """Everybody who receives for a service."""
    table = tables.staff
    rows = await connection.execute(
        select(table).where(table.c.service_id == service, table.c.left_at.is_(None)).order_by(table.c.enrolled_at)
    )
    return [_member(row) for row in rows]


async def change(connection: Connection, number: UUID, **values: Any) -> None:
    """Set columns of a staff member's row."""
    table = tables.staff
    await connection.execute(update(table).where(table.c.id == number).values(values))
