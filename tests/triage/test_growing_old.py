"""Staff chats that grow old: what they showed of a case goes before Telegram stops letting a bot delete it."""

from datetime import UTC, datetime, timedelta

from sqlalchemy import text

from tests.desk import gone, talks
from tests.hotline import Hotline
from triage.rounds import clear_old
from vault.database import Engine, begin


async def _grows_old(owner: Engine, hours: int, words: str = "") -> None:
    """What stands in the staff's chats was sent so many hours earlier."""
    query = text("update staff_ledger set sent_at = sent_at - make_interval(hours => :h) where kind like :kind")
    async with begin(owner) as connection:
        await connection.execute(query, {"h": hours, "kind": f"{words}%"})


async def _round(owner: Engine, now: datetime | None = None) -> None:
    async with begin(owner) as connection:
        await clear_old(connection, now or datetime.now(UTC))


async def test_what_a_chat_shows_of_a_case_goes_before_it_is_two_days_old(desk: Hotline, owner: Engine) -> None:
    operator = await desk.operator()
    she, number = await talks(desk, operator)
    await she.says("Nobody here knows.")
    await operator.reads(f"{number}: Nobody here knows.")
    await _grows_old(owner, 46)
    await she.says("I am still here.")
    await operator.reads(f"{number}: I am still here.")
    await _round(owner)
    await gone(operator, "Nobody here knows.")
    assert any("I am still here." in bubble.text for bubble in await operator.screen()), "what is young stays"


async def test_the_case_is_shown_again_from_the_vault_while_it_is_theirs(desk: Hotline, owner: Engine) -> None:
    operator = await desk.operator()
    she, number = await talks(desk, operator)
    await she.says("Nobody here knows.")
    await operator.reads(f"{number}: Nobody here knows.")
    await _grows_old(owner, 46)
    await _round(owner)
    await gone(operator, "Nobody here knows.")
    await operator.says(f"/case {number}")
    await operator.reads("she: Nobody here knows.")


async def test_nothing_goes_before_its_time_and_what_is_past_two_days_is_not_asked_for(
    desk: Hotline, owner: Engine
) -> None:
    operator = await desk.operator()
    await talks(desk, operator)
    soon = datetime.now(UTC) + timedelta(hours=45, minutes=58)
    async with begin(owner) as connection:
        await clear_old(connection, soon)
        await clear_old(connection, soon + timedelta(hours=3))
        assert await connection.scalar(text("select count(*) from staff_orders where params ? 'until'")) == 0
