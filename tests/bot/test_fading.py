"""Rolling deletion: what comes after her timer has run out goes too, and nothing grows too old while she writes on."""

from datetime import UTC, datetime, timedelta

from sqlalchemy import text

from tests.bot.walking import stands, takes, walks
from tests.hotline import Hotline
from tests.people import Survivor
from tests.sight import Sight
from vault.database import begin

_FADES = "from survivor_orders where kind = 'fade' and ended_at is null and address_id = :at"


async def _falls_due(sight: Sight, she: Survivor, minutes: int) -> None:
    """She has been silent so long, and the time of what her timer ordered has come."""
    await sight.change(she, heard_at=datetime.now(UTC) - timedelta(minutes=minutes))
    query = "update survivor_orders set not_before = now() where kind = 'fade' and ended_at is null and address_id = :a"
    async with begin(sight.engine) as connection:
        await connection.execute(text(query), {"a": (await sight.one(she)).address})
        await connection.execute(text("notify hamroh_survivors"))


async def test_a_reply_that_comes_after_her_timer_has_run_out_goes_by_a_timer_of_its_own(
    line: Hotline, sight: Sight
) -> None:
    operator = await line.operator()
    she = await line.survivor("en")
    await walks(she, "timer_done", sight)
    await she.taps("person")
    await she.taps("agree")
    await stands(she, "waiting")
    await takes(operator, (await sight.one(she)).number)
    await she.sees("person_in")
    await _falls_due(sight, she, 20)
    await she.phone.sees_gone(lambda _: True, within=10)
    await operator.says("I am here.")
    await she.reads("I am here.")
    async with begin(sight.engine) as connection:
        at = await connection.scalar(text(f"select not_before {_FADES}"), {"at": (await sight.one(she)).address})
    assert timedelta(minutes=14) < at - datetime.now(UTC) <= timedelta(minutes=15)
    await _falls_due(sight, she, 40)
    await she.phone.sees_gone(lambda _: True, within=10)


async def test_while_she_writes_on_what_grows_old_goes_before_it_is_too_old(line: Hotline, sight: Sight) -> None:
    she = await line.survivor("en")
    await walks(she, "heard", sight)
    old = {bubble.message_id for bubble in await she.screen()}
    await sight.until_known(she, len(old))
    await sight.grows_old(she, hours=46)
    said = await she.says("I am still here.")
    await she.phone.sees_gone(lambda bubble: bubble.message_id in old, within=10)
    await stands(she, "heard", after=said.message_id)
    assert said.message_id in {bubble.message_id for bubble in await she.screen()}
    async with begin(sight.engine) as connection:
        at = await connection.scalar(text(f"select not_before {_FADES}"), {"at": (await sight.one(she)).address})
    assert timedelta(minutes=59) < at - datetime.now(UTC) <= timedelta(hours=1)
