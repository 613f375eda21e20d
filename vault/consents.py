"""Consents: one row for each thing asked, with her answer, and the time she took it back."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy import select, update
from sqlalchemy.dialects.postgresql import insert

from vault import tables
from vault.database import Connection

PERSON = "person"
REFERRAL = "referral"
CONTACT = "contact"
LONGER = "keep_longer"
PLAN = "plan"


async def answer(
    connection: Connection,
    case: UUID,
    kind: str,
    said: bool,
    now: datetime,
    *,
    receiver: str | None = None,
    fields: Sequence[str] = (),
) -> UUID:
    """Write down her answer to one question; a later answer to the same question stands beside it."""
    row = uuid4()
    await connection.execute(
        insert(tables.consents)
        .values(
            id=row,
            case_id=case,
            kind=kind,
            receiver=receiver,
            fields=list(fields),
            answer="yes" if said else "no",
            answered_at=now,
        )
        .inline()
    )
    return row


async def stands(connection: Connection, case: UUID, kind: str, receiver: str | None = None) -> bool:
    """Whether her newest answer to this question is yes and was not taken back."""
    table = tables.consents
    query = select(table.c.answer, table.c.withdrawn_at).where(table.c.case_id == case, table.c.kind == kind)
    if receiver is not None:
        query = query.where(table.c.receiver == receiver)
    row = (await connection.execute(query.order_by(table.c.answered_at.desc()).limit(1))).first()
    return row is not None and row.answer == "yes" and row.withdrawn_at is None


async def newest(connection: Connection, case: UUID, kind: str, receiver: str) -> UUID | None:
    """Her newest yes to this question that she did not take back: what a referral is sent on."""
    table = tables.consents
    query = (
        select(table.c.id)
        .where(table.c.case_id == case, table.c.kind == kind, table.c.receiver == receiver)
        .where(table.c.answer == "yes", table.c.withdrawn_at.is_(None))
        .order_by(table.c.answered_at.desc())
        .limit(1)
    )
    found: UUID | None = await connection.scalar(query)
    return found


async def withdraw(connection: Connection, case: UUID, kind: str, now: datetime) -> None:
    """She took her yes back."""
    table = tables.consents
    await connection.execute(
        update(table)
        .where(table.c.case_id == case, table.c.kind == kind, table.c.withdrawn_at.is_(None))
        .values(withdrawn_at=now)
    )
