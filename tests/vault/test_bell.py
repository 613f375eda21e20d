"""The bell: wakes whoever waits, loses no ring, says nothing, and swallows no cancellation."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from sqlalchemy import text

from tests.vault.ground import Engines
from vault.bell import ROUNDS, Nudge, listen, ring
from vault.database import Connection, Engine, begin

SHORTLY = 10


async def test_a_ring_before_the_waiting_is_heard() -> None:
    nudge = Nudge()
    nudge.ring()
    async with asyncio.timeout(SHORTLY):
        await nudge.heard(None)


async def test_a_ring_during_the_waiting_is_heard() -> None:
    nudge = Nudge()
    waiting = asyncio.ensure_future(nudge.heard(None))
    await asyncio.sleep(0)
    nudge.ring()
    async with asyncio.timeout(SHORTLY):
        await waiting


async def test_many_rings_are_one_and_the_next_waiting_waits_again() -> None:
    nudge = Nudge()
    for _ in range(3):
        nudge.ring()
    await nudge.heard(None)
    with pytest.raises(TimeoutError):
        async with asyncio.timeout(0.01):
            await nudge.heard(None)


async def test_without_a_ring_the_waiting_ends_in_time_and_quietly() -> None:
    async with asyncio.timeout(SHORTLY):
        await Nudge().heard(0.001)


async def test_a_cancellation_that_comes_together_with_a_ring_is_not_swallowed() -> None:
    for within in (None, 60.0):
        nudge = Nudge()
        waiting = asyncio.ensure_future(nudge.heard(within))
        await asyncio.sleep(0)
        nudge.ring()
        waiting.cancel()
        with pytest.raises(asyncio.CancelledError):
            await waiting


async def test_every_ring_is_followed_by_a_look_however_they_fall() -> None:
    nudge, asked, looked = Nudge(), 0, 0

    async def look() -> None:
        nonlocal looked
        while looked < 200:
            await nudge.heard(0.0001)
            looked = asked

    looking = asyncio.ensure_future(look())
    for _ in range(200):
        asked += 1
        nudge.ring()
        await asyncio.sleep(0)
    async with asyncio.timeout(SHORTLY):
        await looking


@asynccontextmanager
async def listening(engine: Engine, who: str, *nudges: Nudge) -> AsyncIterator[asyncio.Task[None]]:
    """A listener that listens already."""
    task = asyncio.ensure_future(listen(engine, who, *nudges))
    async with asyncio.timeout(SHORTLY):
        for nudge in nudges:
            await nudge.heard(None)
    yield task
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)


async def ring_once(engine: Engine, who: str, *, commit: bool = True) -> None:
    async with engine.connect() as connection:
        await ring(connection, who)
        await (connection.commit() if commit else connection.rollback())


@pytest.mark.parametrize("who", ["survivors", "desk", ROUNDS])
async def test_a_ring_reaches_whoever_listens_once_it_is_committed(lookers: Engines, who: str) -> None:
    first, second = Nudge(), Nudge()
    async with listening(lookers.of("rounds"), who, first, second):
        await ring_once(lookers.of("survivors"), who)
        async with asyncio.timeout(SHORTLY):
            await first.heard(None)
            await second.heard(None)


async def test_what_is_rolled_back_rings_no_bell_and_neither_does_a_ring_for_others(lookers: Engines) -> None:
    nudge = Nudge()
    survivors = lookers.of("survivors")
    async with listening(lookers.of("operators"), "desk", nudge):
        await ring_once(survivors, "desk", commit=False)
        await ring_once(survivors, "survivors")
        with pytest.raises(TimeoutError):
            async with asyncio.timeout(0.1):
                await nudge.heard(None)
        await ring_once(survivors, "desk")
        async with asyncio.timeout(SHORTLY):
            await nudge.heard(None)


async def test_a_ring_says_nothing_but_that_it_rang(lookers: Engines) -> None:
    heard: asyncio.Queue[object] = asyncio.Queue()
    async with lookers.owner(1).connect() as connection:
        driver = (await connection.get_raw_connection()).driver_connection
        assert driver is not None
        await driver.add_listener("hamroh_desk", lambda *said: heard.put_nowait(said[-1]))
        await connection.commit()
        await ring_once(lookers.of("survivors"), "desk")
        async with asyncio.timeout(SHORTLY):
            assert await heard.get() == ""
        await connection.invalidate()


async def test_nobody_can_be_rung_whom_we_do_not_know(hand: Connection) -> None:
    with pytest.raises(ValueError, match="stranger"):
        await ring(hand, "stranger; drop table audit")


async def test_the_loss_of_the_line_ends_the_listening_and_rings_once_more(lookers: Engines) -> None:
    nudge = Nudge()
    async with listening(lookers.of("operators", 1), "desk", nudge) as task:
        async with begin(lookers.owner()) as connection:
            ends = "select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'hamroh_staff'"
            ends += " and datname = current_database()"
            await connection.execute(text(ends))
        async with asyncio.timeout(SHORTLY):
            await nudge.heard(None)
            await task


async def test_a_listener_that_is_stopped_gives_its_connection_to_no_pool(lookers: Engines) -> None:
    engine = lookers.of("operators", 1)
    async with listening(engine, "desk", Nudge()):
        pass
    async with engine.connect() as connection:
        channels = await connection.execute(text("select * from pg_listening_channels()"))
        assert channels.all() == []
