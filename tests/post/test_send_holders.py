"""The sender and its rivals: one sends, and what a dead one tried is made again once its call must be over."""

import asyncio
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import text

from tests.post.ground import SHORTLY, until
from tests.post.stage import Gate, Stage, sent
from vault import orders
from vault.database import begin, is_lost
from vault.orders import CALL_LIMIT
from vault.tables import SURVIVORS

SECOND = timedelta(seconds=1)


async def test_of_two_senders_one_sends_and_when_it_dies_the_other_goes_on(stage: Stage, her: int) -> None:
    other = Stage(stage.side)
    async with stage.sends() as [first]:
        await stage.order("one", address=her)
        await stage.is_over(first)
        async with other.sends() as [second]:
            await stage.order("two", address=her)
            await stage.is_over(first)
            assert other.said == []
            first.cancel()
            await asyncio.wait([first])
            await other.order("three", address=her)
            await other.is_over(second)
    assert (stage.said, other.said) == (["one", "two"], ["three"])


async def test_who_lost_the_line_in_the_middle_of_a_call_commits_nothing_and_the_next_makes_it_again(
    stage: Stage, her: int
) -> None:
    gate = Gate()
    stage.meets["screen"] = [gate]
    await stage.order("screen", address=her)
    sending = asyncio.ensure_future(stage.sender().run(stage.side.engine))
    await until(gate.begun, sending)
    pid = await stage.ask("select backend from holders where task = 'send survivors'")
    assert await stage.ask("select pg_terminate_backend(:pid, 5000)", pid=pid)
    gate.opened.set()
    with pytest.raises(ExceptionGroup) as lost:
        async with asyncio.timeout(SHORTLY):
            await sending
    assert all(is_lost(error) for error in lost.value.exceptions)
    assert await stage.ends() == {"screen": None}
    assert await stage.standing(her) == []
    async with begin(stage.side.owner) as connection:
        await connection.execute(text("update survivor_orders set tried_at = tried_at - interval '20 seconds'"))
    await sent(stage)
    assert stage.said == ["screen", "screen"]


async def test_what_a_dead_sender_tried_is_left_alone_until_its_call_must_be_over_and_then_made_without_a_ring(
    stage: Stage, her: int
) -> None:
    tried = await stage.order("screen", address=her)
    at = datetime.now(UTC) - CALL_LIMIT + SECOND / 2
    async with begin(stage.side.engine) as connection:
        await orders.tried(connection, SURVIVORS, tried, at)
    async with stage.sends() as loops:
        await stage.ask("select pg_sleep(0.1)")
        assert stage.said == []
        await stage.is_over(*loops)
        assert datetime.now(UTC) >= at + CALL_LIMIT
    assert stage.said == ["screen"]
