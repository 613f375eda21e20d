"""What the rounds may do to tables they cannot write: owner-owned functions, one process at a time."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import text

from vault.database import Connection


async def tidy(connection: Connection, now: datetime) -> None:
    """Forget update ids and ended orders after 48 hours, and addresses that are wiped, empty or a week old."""
    await connection.execute(text("select tidy(:now)"), {"now": now})


async def forget_strangers(connection: Connection, now: datetime) -> None:
    """Forget lines of staff chats that are of no use any more, and the chats of those who never enrolled."""
    await connection.execute(text("select forget_strangers(:now)"), {"now": now})


async def grows_old(connection: Connection, old: datetime, lost: datetime) -> list[tuple[int, UUID]]:
    """Staff chats (their addresses) with the cases of which something older than `old` still stands there.

    What is older than `lost` is left out: Telegram no longer lets a bot delete it.
    """
    rows = await connection.execute(text("select * from grows_old(:old, :lost)"), {"old": old, "lost": lost})
    return [(row.address_id, row.case_id) for row in rows]


async def erase_due(connection: Connection, now: datetime) -> int:
    """Erase the cases that rested as long as they may be kept; how many."""
    erased: int = await connection.scalar(text("select erase_due(:now)"), {"now": now})
    return erased
