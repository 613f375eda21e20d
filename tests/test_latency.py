"""How fast a message travels with real processes, and how little they do when nobody writes."""

import asyncio
import sys
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from time import monotonic, process_time

import pytest
from sqlalchemy import text

from hamroh.phones import STAFF_BOT, SURVIVORS_BOT
from hamroh.practice import Practice, both_listen, invited, processes, set_up_practice
from practice.phone import Bubble
from tests.people import Operator, Survivor
from vault.database import Engine, engine_for

SOON = 0.3  # seconds: the figure that is promised, at the median
MESSAGES, EXITS = 50, 10
# A machine that does other things beside may be slow for a while: then it is measured again, with regard to them.
TRIES = 3
QUIET = 10.0  # seconds of watching those who have nothing to do


@dataclass(frozen=True, slots=True)
class Talk:
    """A survivor and the operator who talks with her, and everything real behind them."""

    practice: Practice
    she: Survivor
    operator: Operator


@pytest.fixture(scope="module")
async def talk(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Talk]:
    """All processes as they run for real, and two people in the middle of a talk."""
    folder: Path = tmp_path_factory.mktemp("real")
    async with AsyncExitStack() as open_things:
        practice = await open_things.enter_async_context(set_up_practice(folder, 0))
        await open_things.enter_async_context(processes(practice))
        await both_listen(practice)
        base = practice.telegram.base_url
        operator = await Operator.new(base, STAFF_BOT, 2001, "en")
        she = await Survivor.new(base, SURVIVORS_BOT, 1001, "en")
        open_things.push_async_callback(operator.close)
        open_things.push_async_callback(she.close)
        await operator.enrols(await invited(practice, "operator", ("en",)))
        await operator.goes_on_duty()
        await she.arrives()
        await she.asks_for_a_person()
        await operator.takes()
        await she.sees("person_in")
        yield Talk(practice, she, operator)


def tell(figures: str) -> None:
    """For who reads along (`pytest -s`), and in the report of a failure."""
    sys.stdout.write(f"\n{figures}\n")


async def measured(what: str, once: Callable[[int], Awaitable[float]], times: int) -> float:
    """The median of so many, in seconds of a machine that does nothing else; of the best try."""
    best = float("inf")
    for attempt in range(TRIES):
        before = crowd()
        took = [await once(attempt * times + number) for number in range(times)]
        crowded = max(1.0, (before + crowd()) / 2)
        best = min(best, median(took) / crowded)
        tell(
            f"{what}: median {median(took) * 1000:.0f} ms, worst {max(took) * 1000:.0f} ms of {times}, "
            f"each core shared by {crowded:.1f}"
        )
        if best < SOON:
            break
    return best


def crowd() -> float:
    """Among how many each core is shared now: how much longer some counting takes than it costs."""
    begun, spent = monotonic(), process_time()
    for _ in range(20):
        sum(range(100_000))
    return (monotonic() - begun) / (process_time() - spent)


async def test_what_she_writes_is_on_the_operators_phone_at_once(talk: Talk) -> None:
    async def once(number: int) -> float:
        async with asyncio.TaskGroup() as both:
            arrives = both.create_task(talk.operator.reads(f"message {number}."))
            begun = monotonic()
            await talk.she.says(f"This is message {number}.")
            await arrives
        return monotonic() - begun

    assert await measured("from her phone to the operator's", once, MESSAGES) < SOON


async def test_the_way_out_hides_the_screen_at_once(talk: Talk) -> None:
    she, label = talk.she, talk.she.word("exit")

    async def once(_number: int) -> float:
        shown = await she.phone.sees(lambda bubble: label in bubble.labels, within=10, called="the way out")

        def hidden(bubble: Bubble) -> bool:
            return bubble.message_id == shown.message_id and label not in bubble.labels

        begun = monotonic()
        await she.phone.taps(label, message_id=shown.message_id, answer_within=0)
        await she.phone.sees(hidden, within=10, called="the book")
        took = monotonic() - begun
        start = await she.says("/start")
        for key, screen in ((f"language.{she.language}", "greet"), ("yes", "safe_now")):
            await she.phone.sees(she.word(screen), within=10, after=start.message_id)
            await she.taps(key)
        await she.phone.sees(she.word("person_in"), within=10, after=start.message_id)
        return took

    assert await measured("from the way out to the book", once, EXITS) < SOON


async def commits(engine: Engine) -> int:
    """How many transactions the server has committed for this database."""
    async with engine.connect() as connection:
        found: int = await connection.scalar(
            text("select xact_commit from pg_stat_database where datname = current_database()")
        )
        return found


async def test_nobody_writes_and_nobody_is_busy(talk: Talk) -> None:
    engine = engine_for(talk.practice.database.url, pool=1).execution_options(isolation_level="AUTOCOMMIT")
    telegram = talk.practice.telegram.telegram
    try:
        async with engine.connect() as connection:
            # The server's own housekeeping would count too.
            await connection.execute(text("alter system set autovacuum = off"))
            await connection.execute(text("select pg_reload_conf()"))
        # An idle backend counts what it did last only after ten seconds.
        await telegram.clock.until(telegram.clock.now() + 11)
        before, calls = await commits(engine), telegram.journal.seq
        await telegram.clock.until(telegram.clock.now() + QUIET)
        done, called = await commits(engine) - before, telegram.journal.seq - calls
    finally:
        await engine.dispose()
    tell(f"in {QUIET:.0f} quiet seconds: {done} transactions, {called} calls to Telegram")
    # Four tasks are held and beat every 5 seconds; asking for the figures is a transaction too.
    assert done <= 16
    assert called <= 2
