"""Waiting for a person: what she is told of the wait is true, whoever is or is not there."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from dialogs.bundle import Region
from hamroh.places import region_of
from tests.bot.walking import alerted, stands, takes, walks
from tests.conftest import Fresh
from tests.hotline import Hotline
from tests.sight import Sight, failed
from vault.database import Engine, engine_for


def _starts(region: Region) -> set[str]:
    return {f"{shift.starts:%H:%M}" for shift in region.shifts}


@pytest.mark.parametrize("language", ["en", "ru", "uz"])
async def test_nobody_on_duty_is_said_with_the_next_shift(line: Hotline, sight: Sight, language: str) -> None:
    she = await line.survivor(language)
    shown = await walks(she, "waiting", sight)
    before, after = she.word("nobody").split("{time}")
    said = next(text for text in shown.text.split("\n") if text.startswith(before))
    time = said.removeprefix(before).removesuffix(after)
    assert time.rpartition(", ")[2] in _starts(region_of(line.settings))
    assert "102" in shown.text, "what to do if it gets worse"
    assert she.word("waiting.window") in shown.text


async def test_somebody_off_duty_is_nobody(line: Hotline, sight: Sight) -> None:
    operator = await line.operator(on_duty=False)
    await operator.says("/queue")
    await operator.phone.sees(lambda bubble: not bubble.mine, within=10)
    she = await line.survivor("en")
    shown = await walks(she, "waiting", sight)
    assert "Nobody is on duty now" in shown.text


async def test_with_somebody_on_duty_and_nothing_known_the_wait_is_not_guessed(line: Hotline, sight: Sight) -> None:
    operator = await line.operator()
    she = await line.survivor("en")
    shown = await walks(she, "waiting", sight)
    assert she.word("wait_unknown") in shown.text
    await takes(operator, (await sight.one(she)).number)
    await operator.says("/close helped")
    await operator.sees("closed")
    other = await line.survivor("en")
    again = await walks(other, "waiting", sight)
    assert other.word("wait_unknown") in again.text, "one case taken says nothing of the next"


async def test_after_three_cases_the_median_of_their_waits_is_said(line: Hotline, sight: Sight) -> None:
    operator = await line.operator()
    for minutes in (3, 7, 30):
        she = await line.survivor("uz")
        await walks(she, "not_partner", sight)
        await sight.change(she, risk="high")
        await she.taps("person")
        await she.taps("agree")
        await she.sees("leave_msg")
        await sight.change(she, waits_since=datetime.now(UTC) - timedelta(minutes=minutes))
        await takes(operator, (await sight.one(she)).number)
        await operator.says("/close helped")
        await operator.sees("closed")
        await she.sees("person_out")
    last = await line.survivor("ru")
    await walks(last, "menu", sight)
    await sight.change(last, risk="high")
    await last.taps("person")
    await last.taps("agree")
    shown = await last.sees("leave_msg")
    assert last.word("wait_n").replace("{n}", "7") in shown.text


async def test_she_may_stop_waiting_and_the_alert_is_over(line: Hotline, sight: Sight) -> None:
    operator = await line.operator()
    she = await line.survivor("ru")
    await walks(she, "waiting", sight)
    number = (await sight.one(she)).number
    await alerted(operator, number)
    await she.taps("stop")
    await she.sees("menu.need")
    await operator.reads(f"Waits no more: {number}")
    await operator.says(f"/take {number}")
    await operator.sees("taken.late")


async def test_while_she_waits_words_are_taken_and_numbers_are_words(line: Hotline, sight: Sight) -> None:
    she = await line.survivor("en")
    await walks(she, "waiting", sight)
    for said in ("1", "yes", "no", "are there women only"):
        last = await she.says(said)
        await she.phone.sees(she.word("left_words.person"), after=last.message_id, within=10)
    assert await sight.words("desk", await sight.one(she)) == ["1", "yes", "no", "are there women only"]
    await she.taps("back")
    await stands(she, "waiting")


@pytest.fixture
async def unstarted(fresh: Fresh, tmp_path: Path) -> AsyncIterator[tuple[Hotline, Engine]]:
    """A line of the test's own, of which the survivors' process alone runs, on a database that saw no other."""
    async with fresh() as database:
        running = await Hotline.open(database, tmp_path, start=("survivors",))
        engine = engine_for(database.url, pool=2)
        try:
            yield running, engine
        finally:
            await engine.dispose()
            await running.close()


async def test_a_desk_that_has_never_been_started_keeps_nobody_from_arriving(unstarted: tuple[Hotline, Engine]) -> None:
    """Her first message lies in the inbox until the desk has a key, and then goes on as if nothing had been."""
    running, engine = unstarted
    she = await running.survivor("en")
    await she.says("/start")
    await running.start("operators")
    await running.start("rounds")
    await she.sees("greet")
    await she.taps("language.en")
    await she.taps("yes")
    await she.taps("danger")
    await she.sees("danger.told")
    assert (await Sight(running, engine).one(she)).state == "waiting"
    assert failed(running) == []
