"""What one side must know across the wall: a few owner-owned functions, and nothing else of the other's tables."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import text

from vault.database import Connection


async def on_duty(connection: Connection, language: str) -> int:
    """How many operators on duty speak this language."""
    found: int = await connection.scalar(text("select on_duty(:language)"), {"language": language})
    return found


async def on_duty_at_all(connection: Connection) -> int:
    """How many operators are on duty, whatever they speak."""
    found: int = await connection.scalar(text("select on_duty(null)"))
    return found


async def median_wait(connection: Connection, risk: str) -> int | None:
    """The median wait of the last hours for a person of this class, in whole minutes; None while nothing is known."""
    found: int | None = await connection.scalar(text("select median_wait(:risk)"), {"risk": risk})
    return found


async def erase_case(connection: Connection, case: UUID, now: datetime) -> None:
    """Destroy both halves and all words of a case, cut her from it, and order the receivers to forget. One commit."""
    await connection.execute(text("select erase_case(:case, :now)"), {"case": case, "now": now})


@dataclass(frozen=True, slots=True)
class LeftStanding:
    """What still stands in a chat that she left: how much a bot may delete yet, how much not any more, and when the
    oldest of the first was sent."""

    deletable: int
    lost: int
    oldest: datetime | None


async def left_standing(connection: Connection, case: UUID, lost_before: datetime) -> LeftStanding:
    """What still stands in her chat since she left, the decoy's own messages left out; what was sent before
    `lost_before` a bot may not delete any more."""
    row = (
        await connection.execute(
            text("select * from left_standing(:case, :lost_before)"), {"case": case, "lost_before": lost_before}
        )
    ).one()
    return LeftStanding(row.deletable, row.lost, row.oldest)


async def forget_plan(connection: Connection, case: UUID) -> None:
    """Take the safety plan that she showed back from the desk: its entry and every copy of it."""
    await connection.execute(text("select forget_plan(:case)"), {"case": case})
