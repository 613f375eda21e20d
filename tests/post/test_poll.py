"""Long polling: an offset is named once and only for what is committed, and no failure ends the asking."""

import asyncio
import logging
from collections.abc import Iterable, Mapping
from typing import Any

import pytest

from post import poll
from post.allowed import KINDS
from post.poll import Poller, TokenRefusedError
from post.receive import Receiver
from practice.phone import Phone
from practice.server import Running
from tests.post.ground import (
    SHORTLY,
    TOKEN,
    Act,
    Script,
    Side,
    drops,
    hangs,
    html,
    ok,
    refuses,
    running,
    says,
    text_update,
    until,
)
from tests.vault.ground import one, rows
from vault import inbox
from vault.bell import Nudge
from vault.database import Connection, is_lost


class Hands(Receiver):
    """Takes updates into a list; drops them while it is told to."""

    def __init__(self) -> None:
        self.taken: list[int] = []
        self.fails = 0

    async def take(self, updates: Iterable[Mapping[str, Any]]) -> None:
        if self.fails:
            self.fails -= 1
            raise ConnectionError("the database is away")
        self.taken += [update["update_id"] for update in updates]


@pytest.fixture(autouse=True)
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Waits between failures are short."""
    monkeypatch.setattr(poll, "_WAITS", (0.001, 0.002, 0.003))


async def polled(side: Side, script: Script, *acts: Act) -> Hands:
    """Poll until the script is over."""
    script.acts = list(acts)
    hands = Hands()
    async with running(Poller(script.base, TOKEN, hands).run(side.engine, "survivors")) as loops:
        await until(script.over, *loops)
    return hands


async def test_the_offset_is_named_once_after_a_batch_and_never_at_the_start_or_after_an_empty_answer(
    side: Side, script: Script
) -> None:
    batches = [[10, 11], [], [], [12], [700], []]
    hands = await polled(side, script, *(ok([text_update(number) for number in batch]) for batch in batches))
    assert hands.taken == [10, 11, 12, 700]
    assert script.offsets() == [None, 12, None, None, 13, 701, None]


async def test_it_asks_for_our_kinds_alone_and_as_long_as_telegram_lets(side: Side, script: Script) -> None:
    await polled(side, script)
    assert script.asked == [("getUpdates", {"timeout": 50, "allowed_updates": list(KINDS)})]


async def test_ids_that_begin_anew_at_random_are_taken_as_they_come(side: Side, script: Script) -> None:
    hands = await polled(side, script, ok([text_update(900)]), ok([text_update(5)]), ok([]))
    assert hands.taken == [900, 5]
    assert script.offsets() == [None, 901, 6, None]


FAILURES: dict[str, Act] = {
    "another poller (409)": refuses(409),
    "too much (429)": refuses(429, retry_after=0.001),
    "too much, without a time": refuses(429),
    "a stumble (500)": refuses(500),
    "parameters that are none": says({"ok": False, "parameters": None}, 400),
    "a proxy's page (502)": html,
    "a broken line": drops,
    "an answer that is no object": says([]),
    "an answer that is nothing": says(None),
    "an answer without a result": says({"ok": True}),
}


@pytest.mark.parametrize("failure", FAILURES)
async def test_after_a_failure_the_same_is_asked_again_until_there_is_an_answer(
    side: Side, script: Script, failure: str, caplog: pytest.LogCaptureFixture
) -> None:
    fails = FAILURES[failure]
    with caplog.at_level(logging.DEBUG, "hamroh"):
        hands = await polled(side, script, ok([text_update(10)]), fails, fails, ok([text_update(11)]))
    assert hands.taken == [10, 11]
    assert script.offsets() == [None, 11, 11, 11, 12]
    assert len(caplog.records) == 2
    for hidden in (TOKEN, "canary"):
        assert hidden not in caplog.text


async def test_an_answer_that_never_comes_is_given_up(
    side: Side, script: Script, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(poll, "LONG", -14.8)
    hands = await polled(side, script, hangs, ok([text_update(10)]))
    assert hands.taken == [10]


async def test_each_failure_waits_longer_a_named_time_is_kept_and_an_answer_begins_anew(
    side: Side, script: Script, caplog: pytest.LogCaptureFixture
) -> None:
    stumbles = [refuses(500)] * 4
    with caplog.at_level(logging.WARNING, "hamroh"):
        await polled(side, script, *stumbles, refuses(429, retry_after=0.004), ok([]), refuses(500))
    waits = [record.getMessage().rpartition(" in ")[2] for record in caplog.records]
    assert waits == ["0.001 s", "0.002 s", "0.003 s", "0.003 s", "0.004 s", "0.001 s"]


@pytest.mark.parametrize("code", [401, 404])
async def test_a_token_that_telegram_does_not_know_is_told_without_the_token(
    side: Side, script: Script, code: int
) -> None:
    script.acts = [refuses(code)]
    with pytest.raises(ExceptionGroup) as ended:
        async with asyncio.timeout(SHORTLY):
            await Poller(script.base, TOKEN, Hands()).run(side.engine, "survivors")
    [refused] = ended.value.exceptions
    assert isinstance(refused, TokenRefusedError)
    assert TOKEN not in str(refused)


async def test_what_could_not_be_kept_is_asked_for_again_from_the_start(side: Side, script: Script) -> None:
    script.acts = [ok([text_update(10)]), ok([text_update(10)]), ok([])]
    hands = Hands()
    hands.fails = 1
    poller = Poller(script.base, TOKEN, hands)
    with pytest.raises(ExceptionGroup) as lost:
        await poller.run(side.engine, "survivors")
    assert all(is_lost(error) for error in lost.value.exceptions)
    async with running(poller.run(side.engine, "survivors")):
        await until(script.over)
    assert hands.taken == [10]
    assert script.offsets() == [None, None, 11, None]


async def test_of_two_pollers_of_a_bot_one_asks_and_the_other_follows(side: Side, script: Script) -> None:
    first, second = Hands(), Hands()
    script.acts = [ok([text_update(10)])]
    async with running(Poller(script.base, TOKEN, first).run(side.engine, "survivors")):
        await until(script.over)
        async with running(Poller(script.base, TOKEN, second).run(side.engine, "survivors")) as tasks:
            assert not tasks[0].done()
    assert (first.taken, second.taken) == ([10], [])
    script.over.clear()
    script.acts = [ok([text_update(11)])]
    async with running(Poller(script.base, TOKEN, second).run(side.engine, "survivors")):
        await until(script.over)
    assert second.taken == [11]


async def kept(side: Side) -> list[int]:
    async with side.owner.connect() as connection:
        return [row[0] for row in await rows(connection, "select update_id from survivor_inbox order by serial")]


async def test_a_crash_between_the_asking_and_the_commit_loses_nothing_and_doubles_nothing(
    side: Side, telegram: Running, monkeypatch: pytest.MonkeyPatch
) -> None:
    telegram.add_bot(TOKEN, "cooking_bot", "Home cooking")
    her = await Phone.open(telegram.base_url, bot="cooking_bot", user_id=5001, first_name="Amina")
    await her.start()
    nudge = Nudge()
    poller = Poller(telegram.base_url, TOKEN, Receiver(side.engine, side.safe, nudge))
    take_in, crashed = inbox.take_in, asyncio.Event()

    async def crash(connection: Connection, *given: Any) -> None:
        await take_in(connection, *given)
        crashed.set()
        raise ConnectionResetError

    with monkeypatch.context() as patched:
        patched.setattr(inbox, "take_in", crash)
        with pytest.raises(ExceptionGroup):
            await poller.run(side.engine, "survivors")
    assert crashed.is_set()
    assert await kept(side) == []
    async with running(poller.run(side.engine, "survivors")):
        async with asyncio.timeout(SHORTLY):
            await nudge.heard(None)
            assert len(await kept(side)) == 1
            await her.says("words")
            await nudge.heard(None)
    assert len(await kept(side)) == 2
    async with side.owner.connect() as connection:
        assert await one(connection, "select count(distinct person) from survivor_inbox") == 1
    await her.close()


async def test_an_update_that_telegram_hands_over_twice_is_kept_once(side: Side, script: Script) -> None:
    nudge = Nudge()
    receiver = Receiver(side.engine, side.safe, nudge)
    script.acts = [ok([text_update(10), text_update(10)]), ok([text_update(10), text_update(11)])]
    async with running(Poller(script.base, TOKEN, receiver).run(side.engine, "survivors")):
        await until(script.over)
    assert await kept(side) == [10, 11]
