"""Referrals: their rows and every move they made; what is sent stands in a sealed entry of the case."""

import random
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import Row, func, select, update
from sqlalchemy.dialects.postgresql import insert

from vault import tables
from vault.database import Connection

# Letters and digits that are not mistaken for one another when said aloud.
_LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"


@dataclass(frozen=True, slots=True)
class Referral:
    """A referral's row; `entry` names the sealed fields, `consent` her yes to exactly these."""

    id: UUID
    case: UUID
    number: str
    service: str
    kind: str
    sender: UUID
    receiver: UUID | None
    priority: str
    fields: tuple[str, ...]
    entry: UUID | None
    consent: UUID | None
    state: str
    reason: str | None
    due_at: datetime | None


def _referral(row: Row[Any]) -> Referral:
    return Referral(
        row.id,
        row.case_id,
        row.number,
        row.service_id,
        row.service_kind,
        row.sender_id,
        row.receiver_id,
        row.priority,
        tuple(row.fields),
        row.entry_id,
        row.consent_id,
        row.state,
        row.reason,
        row.due_at,
    )


def new_number(dice: random.Random) -> str:
    """A referral's number: random, so that it says nothing of the case or of how many there are."""
    return "R" + "".join(dice.choice(_LETTERS) for _ in range(6))


async def draft(connection: Connection, made: Referral, now: datetime) -> None:
    """Keep a new draft."""
    await connection.execute(
        insert(tables.referrals)
        .values(
            id=made.id,
            case_id=made.case,
            number=made.number,
            service_id=made.service,
            service_kind=made.kind,
            sender_id=made.sender,
            priority=made.priority,
            fields=list(made.fields),
            entry_id=made.entry,
            state=made.state,
            made_at=now,
        )
        .inline()
    )


async def find(connection: Connection, number: str) -> Referral | None:
    """The referral of this number, held for this transaction."""
    table = tables.referrals
    row = (await connection.execute(select(table).where(table.c.number == number).with_for_update())).first()
    return None if row is None else _referral(row)


async def of_case(connection: Connection, case: UUID) -> list[Referral]:
    """The referrals of a case, oldest first."""
    table = tables.referrals
    rows = await connection.execute(select(table).where(table.c.case_id == case).order_by(table.c.made_at))
    return [_referral(row) for row in rows]


async def for_service(connection: Connection, service: str, states: tuple[str, ...]) -> list[Referral]:
    """What a service has before it, oldest first."""
    table = tables.referrals
    rows = await connection.execute(
        select(table).where(table.c.service_id == service, table.c.state.in_(states)).order_by(table.c.made_at)
    )
    return [_referral(row) for row in rows]


async def sent_at(connection: Connection, referral: Referral) -> datetime | None:
    """When it was sent to the service; None where it never was."""
    table = tables.referral_moves
    sent = table.c.referral_id == referral.id, table.c.went_to == "sent"
    found: datetime | None = await connection.scalar(select(func.min(table.c.at)).where(*sent))
    return found


async def move(
    connection: Connection, referral: Referral, state: str, actor: str, now: datetime, **values: Any
) -> None:
    """Write a move down beside the new state; `values` sets further columns of the row."""
    await connection.execute(
        update(tables.referrals).where(tables.referrals.c.id == referral.id).values(state=state, **values)
    )
    await connection.execute(
        insert(tables.referral_moves)
        .values(
            id=uuid4(),
            referral_id=referral.id,
            came_from=referral.state,
            went_to=state,
            actor=actor,
            reason=values.get("reason"),
            at=now,
        )
        .inline()
    )
