"""One holder of a task at a time: whoever is killed, hangs or loses the line is followed, and commits nothing more."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager

import pytest
from sqlalchemy import text

from tests.vault.ground import Engines, one, rows
from vault import hold as holds
from vault.database import Connection, Engine, begin, is_lost
from vault.hold import Hold, holding

TASK = "send survivors"
SHORTLY = 10


@pytest.fixture(autouse=True)
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever waits asks again at once."""
    monkeypatch.setattr(holds, "_ASK_AGAIN", 0.01)


async def backend(hold: Hold) -> int:
    async with hold.begin() as connection:
        return int(str(await one(connection, "select pg_backend_pid()")))


async def tell(owner: Engine, sql: str, **values: object) -> None:
    async with begin(owner) as connection:
        await connection.execute(text(sql), values)


@asynccontextmanager
async def held(engine: Engine, task: str = TASK) -> AsyncIterator[Hold]:
    """Held within a short time, or the test fails."""
    async with AsyncExitStack() as stack:
        async with asyncio.timeout(SHORTLY):
            hold = await stack.enter_async_context(holding(engine, task))
        yield hold


async def test_of_many_who_want_a_task_exactly_one_has_it_at_a_time(engines: Engines) -> None:
    inside, most, turns = 0, 0, 0

    async def want(engine: Engine) -> None:
        nonlocal inside, most, turns
        async with held(engine) as hold:
            inside += 1
            most = max(most, inside)
            async with hold.begin() as connection:
                await one(connection, "select pg_sleep(0.01)")
            turns += 1
            inside -= 1

    await asyncio.gather(*(want(engines.of("survivors", 1)) for _ in range(4)))
    assert (most, turns) == (1, 4)


async def test_two_tasks_are_held_side_by_side(engines: Engines) -> None:
    survivors = engines.of("survivors")
    async with held(survivors), held(survivors, "poll survivors"), held(engines.of("operators"), "send desk"):
        pass


async def test_what_a_holder_commits_is_committed_on_the_holding_connection(engines: Engines) -> None:
    async with held(engines.of("survivors")) as hold:
        first = await backend(hold)
        assert await asyncio.gather(*(backend(hold) for _ in range(5))) == [first] * 5
        async with engines.owner().connect() as connection:
            query = "select backend from holders where task = :task"
            assert await one(connection, query, task=TASK) == first


async def test_after_the_hold_the_lock_is_gone_with_its_connection(engines: Engines) -> None:
    async with held(engines.of("survivors")) as hold:
        pid = await backend(hold)
    async with engines.owner().connect() as connection:
        query = "select pid from pg_locks where locktype = 'advisory' and pid = :pid"
        assert await rows(connection, query, pid=pid) == []
    async with held(engines.of("survivors")):
        pass


async def test_the_successor_of_a_killed_holder_has_the_task_and_the_killed_one_commits_nothing(
    engines: Engines,
) -> None:
    owner = engines.owner()
    async with held(engines.of("survivors")) as killed:
        await tell(owner, "select pg_terminate_backend(:pid)", pid=await backend(killed))
        async with held(engines.of("survivors")) as successor:
            for _ in range(3):
                with pytest.raises(Exception) as lost:  # noqa: PT011 - which of the kinds of loss is not promised
                    async with killed.begin() as connection:
                        await connection.execute(text("insert into holders values ('mine', 1, now())"))
                assert is_lost(lost.value)
            await backend(successor)
    async with owner.connect() as connection:
        assert await one(connection, "select count(*) from holders where task = 'mine'") == 0


@pytest.mark.parametrize("process", ["survivors", "operators"])
async def test_a_holder_that_fell_silent_is_ended_by_whoever_waits(engines: Engines, process: str) -> None:
    owner = engines.owner()
    async with held(engines.of(process)) as silent:
        pid = await backend(silent)
        await tell(owner, "update holders set beat_at = now() - interval '21 seconds'")
        async with held(engines.of(process)) as successor:
            assert await backend(successor) != pid
            with pytest.raises(Exception) as lost:  # noqa: PT011 - which of the kinds of loss is not promised
                await backend(silent)
            assert is_lost(lost.value)


async def test_a_holder_that_beats_is_left_in_peace(engines: Engines, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = asyncio.Event()
    end_silent = holds._end_silent

    async def noticed(connection: Connection, task: str) -> None:
        await end_silent(connection, task)
        asked.set()

    monkeypatch.setattr(holds, "_end_silent", noticed)
    owner = engines.owner()
    async with held(engines.of("survivors")) as alive:
        pid = await backend(alive)
        await tell(owner, "update holders set beat_at = now() - interval '19 seconds'")
        waiting = asyncio.ensure_future(_enter(engines.of("survivors")))
        async with asyncio.timeout(SHORTLY):
            await asked.wait()
        assert await backend(alive) == pid
        assert not waiting.done()
    await waiting


async def _enter(engine: Engine) -> None:
    async with held(engine):
        pass


async def test_a_silent_holder_of_another_task_is_nobodys_business(engines: Engines) -> None:
    async with held(engines.of("survivors"), "poll survivors") as other:
        await tell(engines.owner(), "update holders set beat_at = now() - interval '1 hour'")
        async with held(engines.of("survivors")):
            await backend(other)


async def test_a_holder_that_came_with_the_owners_login_is_waited_for_not_stumbled_over(engines: Engines) -> None:
    owner = engines.owner()
    async with held(owner):
        await tell(owner, "update holders set beat_at = now() - interval '21 seconds'")
        with pytest.raises(TimeoutError):
            async with asyncio.timeout(0.3), holding(engines.of("survivors"), TASK):
                pass
    async with held(engines.of("survivors")):
        pass


async def test_the_beat_shows_life_until_the_hold_ends(engines: Engines, monkeypatch: pytest.MonkeyPatch) -> None:
    owner = engines.owner()
    async with held(engines.of("survivors")) as hold:
        await tell(owner, "update holders set beat_at = now() - interval '1 hour'")
        beating = asyncio.ensure_future(hold.beat())
        async with asyncio.timeout(SHORTLY), owner.connect() as connection:
            while not await one(connection, "select beat_at > now() - interval '5 seconds' from holders"):
                await connection.rollback()
        beating.cancel()
        with pytest.raises(asyncio.CancelledError):
            await beating
        await backend(hold)


async def test_whoever_gives_up_waiting_leaves_no_lock_behind(engines: Engines) -> None:
    waiter = engines.of("survivors", 1)
    async with held(engines.of("survivors")):
        with pytest.raises(TimeoutError):
            async with asyncio.timeout(0.2), holding(waiter, TASK):
                pass
    async with held(engines.of("operators")):
        pass
    async with waiter.connect() as connection:
        assert await rows(connection, "select pid from pg_locks where locktype = 'advisory'") == []
