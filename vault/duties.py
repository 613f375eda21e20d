"""What the rounds may do to tables they cannot write: owner-owned functions, one process at a time."""

from datetime import datetime

from sqlalchemy import text

from vault.database import Connection


async def alone(connection: Connection, duty: str) -> None:
    """Hold a duty for this transaction."""
    await connection.execute(
        text("select pg_advisory_xact_lock(hashtextextended(:name, 0))"), {"name": f"hamroh rounds {duty}"}
    )


async def tidy(connection: Connection, now: datetime) -> None:
    """Forget update ids and ended orders after 48 hours, and addresses that are wiped, empty or a week old."""
    await connection.execute(text("select tidy(:now)"), {"now": now})


async def erase_due(connection: Connection, now: datetime) -> int:
    """Erase the cases that rested as long as they may be kept; how many."""
    erased: int = await connection.scalar(text("select erase_due(:now)"), {"now": now})
    return erased
