"""Time that passes for one person alone, for rehearsals: everything about her lies so much further back.

Only the owner may do this. No process of the product calls it: to them it looks as if she had been silent.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import Column, DateTime, Table, func, select, update

from vault import tables
from vault.bell import ROUNDS, ring
from vault.database import Connection


def _moments(table: Table) -> list[Column[object]]:
    return [column for column in table.columns if isinstance(column.type, DateTime)]


async def _earlier(connection: Connection, table: Table, column: str, of: object, by: timedelta) -> None:
    values = {moment.name: moment - by for moment in _moments(table)}
    await connection.execute(update(table).where(table.c[column] == of).values(values))


async def pass_for(connection: Connection, case: UUID, addresses: Sequence[int], by: timedelta) -> None:
    """So much time goes by for her; who sleeps until a moment of hers is woken."""
    await _earlier(connection, tables.cases, "id", case, by)
    for table in (tables.entries, tables.consents):
        await _earlier(connection, table, "case_id", case, by)
    for address in addresses:
        for table in (tables.orders[tables.SURVIVORS], tables.ledger[tables.SURVIVORS]):
            await _earlier(connection, table, "address_id", address, by)
        await _earlier(connection, tables.addresses[tables.SURVIVORS], "id", address, by)
    for who in (tables.SURVIVORS, ROUNDS):
        await ring(connection, who)


async def next_moment(connection: Connection, addresses: Sequence[int], now: datetime) -> datetime | None:
    """When the next order to her falls due that is not due yet."""
    table = tables.orders[tables.SURVIVORS]
    found: datetime | None = await connection.scalar(
        select(func.min(table.c.not_before)).where(
            table.c.address_id.in_(addresses),
            table.c.ended_at.is_(None),
            table.c.held_until.is_(None),
            table.c.not_before > now,
        )
    )
    return found
