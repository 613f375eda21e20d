"""The worker: each person's updates in their order, a try counts only when it should, and poison blocks nobody."""

import asyncio
import logging
from collections import Counter
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import text, update

from post import work
from post.receive import Receiver
from post.work import AT_ONCE, Hand, Worker
from tests.post.ground import SHORTLY, Side, running, text_update, until
from tests.vault.ground import one, rows
from vault import inbox, tables
from vault.bell import Nudge
from vault.database import begin
from vault.safe import OtherSideSilentError
from vault.tables import DESK, SURVIVORS

AMINA, BO = 5001, 5002
Feed = Callable[[str, Hand], Awaitable[None]]


async def done(_: str, hand: Hand) -> None:
    """Our code did it."""
    await hand.done()


async def set_aside(_: str, hand: Hand) -> None:
    """Our code answered what could not be read."""
    await hand.set_aside()


@dataclass(slots=True)
class Bench:
    """A worker with a feed of the test's own: what was fed and set aside, in order."""

    side: Side
    feed: Feed = done
    aside: Feed = set_aside
    come: Nudge = field(default_factory=Nudge)
    fed: list[str] = field(default_factory=list)
    given_up: list[str] = field(default_factory=list)
    committed: int = 0

    async def comes(self, *updates: tuple[int, str]) -> None:
        """These updates came in: whose, and what was said."""
        last = await self._one("select coalesce(max(update_id), 0) from survivor_inbox")
        raw = [text_update(last + number, words, chat) for number, (chat, words) in enumerate(updates, 1)]
        await Receiver(self.side.engine, self.side.safe, self.come).take(raw)

    def worker(self) -> Worker:
        """A fresh worker, as a process makes it."""
        return Worker(
            self.side.engine, self.side.safe, self.come, self._feed, self._aside, lambda: setattr(self, "committed", 1)
        )

    async def _feed(self, raw: Mapping[str, Any], hand: Hand) -> None:
        self.fed.append(raw["message"]["text"])
        await self.feed(raw["message"]["text"], hand)

    async def _aside(self, raw: Mapping[str, Any], hand: Hand) -> None:
        self.given_up.append(raw["message"]["text"])
        await self.aside(raw["message"]["text"], hand)

    async def works(self) -> None:
        """Work until nothing is open any more."""
        async with running(self.worker().run()) as [loop]:
            await self.is_over(loop)

    async def is_over(self, *loops: asyncio.Future[object]) -> None:
        """Nothing is open any more; a loop that ended has something to say."""
        async with asyncio.timeout(SHORTLY):
            while await self._one("select count(*) from survivor_inbox where state = 'open'"):
                for loop in loops:
                    if loop.done():
                        loop.result()

    async def _one(self, sql: str) -> Any:
        async with self.side.owner.connect() as connection:
            return await one(connection, sql)

    async def states(self) -> list[tuple[Any, ...]]:
        """The state, tries and times begun of each update, in the order they came."""
        async with self.side.owner.connect() as connection:
            return list(await rows(connection, "select state, tries, begun from survivor_inbox order by serial"))


@pytest.fixture
def bench(side: Side, monkeypatch: pytest.MonkeyPatch) -> Bench:
    """A worker's bench; waits after a loss are short."""
    monkeypatch.setattr(work, "_LOST_WAIT", 0.001)
    monkeypatch.setattr(work, "_SILENT_WAIT", 0.001)
    return Bench(side)


async def test_an_update_is_fed_once_and_done_by_the_mark_our_code_sets(bench: Bench) -> None:
    await bench.comes((AMINA, "one"))
    await bench.works()
    assert bench.fed == ["one"]
    assert bench.committed
    assert await bench.states() == [("done", 0, 1)]
    assert await bench._one("select count(sealed) from survivor_inbox") == 0


async def test_what_came_before_the_start_and_what_comes_later_is_fed(bench: Bench) -> None:
    await bench.comes((AMINA, "before"))
    async with running(bench.worker().run()) as [loop]:
        await bench.is_over(loop)
        await bench.comes((AMINA, "after"))
        await bench.is_over(loop)
    assert bench.fed == ["before", "after"]


async def test_a_person_is_heard_in_order_one_thing_at_a_time(bench: Bench) -> None:
    inside = 0

    async def alone(_: str, hand: Hand) -> None:
        nonlocal inside
        inside += 1
        assert inside == 1
        await hand.connection.execute(text("select pg_sleep(0.005)"))
        await hand.done()
        inside -= 1

    bench.feed = alone
    await bench.comes(*((AMINA, f"{number}") for number in range(6)))
    await bench.works()
    assert bench.fed == [f"{number}" for number in range(6)]


async def test_two_people_are_heard_at_once(bench: Bench) -> None:
    both = asyncio.Barrier(2)

    async def together(_: str, hand: Hand) -> None:
        await both.wait()
        await hand.done()

    bench.feed = together
    await bench.comes((AMINA, "hers"), (BO, "his"))
    await bench.works()
    assert sorted(bench.fed) == ["hers", "his"]


async def test_no_more_than_so_many_are_in_hand_at_once_and_everybody_has_a_turn(bench: Bench) -> None:
    inside, most = 0, 0

    async def crowded(_: str, hand: Hand) -> None:
        nonlocal inside, most
        inside += 1
        most = max(most, inside)
        await hand.done()
        inside -= 1

    bench.feed = crowded
    await bench.comes(*((6000 + number, f"{number}") for number in range(AT_ONCE + 10)))
    await bench.works()
    assert len(bench.fed) == AT_ONCE + 10
    assert most <= AT_ONCE


async def test_poison_is_given_up_after_three_tries_and_blocks_nobody(
    bench: Bench, caplog: pytest.LogCaptureFixture
) -> None:
    async def choke(words: str, hand: Hand) -> None:
        if words == "poison":
            raise ValueError(f"canary: {words}")
        await hand.done()

    bench.feed = choke
    await bench.comes((AMINA, "poison"), (BO, "his"), (AMINA, "hers"), (BO, "his too"))
    with caplog.at_level(logging.INFO, "hamroh"):
        await bench.works()
    assert Counter(bench.fed) == {"poison": 3, "hers": 1, "his": 1, "his too": 1}
    assert bench.given_up == ["poison"]
    assert [state for state, *_ in await bench.states()] == ["aside", "done", "done", "done"]
    assert "set aside" in caplog.text
    for hidden in ("canary", "poison", "5001"):
        assert hidden not in caplog.text


async def test_a_framework_that_returns_without_the_mark_has_failed(bench: Bench) -> None:
    async def swallow(_: str, _hand: Hand) -> None:
        """The framework caught what our code raised, and says nothing."""

    bench.feed = swallow
    await bench.comes((AMINA, "one"))
    await bench.works()
    assert bench.fed == ["one"] * 3
    assert bench.given_up == ["one"]


async def test_what_a_failed_try_did_is_undone(bench: Bench) -> None:
    async def half(_: str, hand: Hand) -> None:
        await hand.connection.execute(text("insert into holders values (:task, 1, now())"), {"task": f"{uuid4()}"})
        if len(bench.fed) < 3:
            raise LookupError
        await hand.done()

    bench.feed = half
    await bench.comes((AMINA, "one"))
    await bench.works()
    assert await bench._one("select count(*) from holders") == 1
    assert await bench.states() == [("done", 2, 1)]


async def test_a_lost_database_is_no_try_and_no_restart(bench: Bench) -> None:
    async def lose(_: str, hand: Hand) -> None:
        if len(bench.fed) == 1:
            raise ConnectionResetError
        if len(bench.fed) < 7:
            pid = await one(hand.connection, "select pg_backend_pid()")
            async with begin(bench.side.owner) as connection:
                await connection.execute(text("select pg_terminate_backend(:pid, 5000)"), {"pid": pid})
        await hand.done()

    bench.feed = lose
    await bench.comes((AMINA, "one"))
    await bench.works()
    assert len(bench.fed) == 7
    assert bench.given_up == []
    assert await bench.states() == [("done", 0, 1)]


async def test_a_database_that_is_away_when_we_look_is_looked_into_again(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    first_of_each, looked = inbox.first_of_each, 0

    async def away(*given: Any) -> Any:
        nonlocal looked
        looked += 1
        if looked < 4:
            raise ConnectionRefusedError
        return await first_of_each(*given)

    monkeypatch.setattr(inbox, "first_of_each", away)
    await bench.comes((AMINA, "one"))
    await bench.works()
    assert bench.fed == ["one"]


async def test_a_fault_of_our_own_while_looking_ends_the_worker(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    async def broken(*_: Any) -> Any:
        raise LookupError

    monkeypatch.setattr(inbox, "first_of_each", broken)
    with pytest.raises(ExceptionGroup) as ended:
        async with asyncio.timeout(SHORTLY):
            await bench.worker().run()
    assert ended.group_contains(LookupError)


async def killed_in_hand(bench: Bench) -> None:
    """A process that dies while it has the update in hand."""
    in_hand = asyncio.Event()

    async def hang(_: str, _hand: Hand) -> None:
        in_hand.set()
        await asyncio.Event().wait()

    feed, bench.feed = bench.feed, hang
    async with running(bench.worker().run()):
        async with asyncio.timeout(SHORTLY):
            await in_hand.wait()
    bench.feed = feed


async def test_an_update_that_restart_after_restart_found_begun_is_given_up(bench: Bench) -> None:
    await bench.comes((AMINA, "one"), (AMINA, "two"))
    for deaths in range(1, inbox.BEGUN + 1):
        await killed_in_hand(bench)
        assert (await bench.states())[0] == ("open", 0, deaths)
    await bench.works()
    assert bench.given_up == ["one"]
    assert bench.fed == [*["one"] * inbox.BEGUN, "two"]


async def test_two_restarts_are_no_reason_yet_and_a_failed_try_counts_them_anew(bench: Bench) -> None:
    await bench.comes((AMINA, "one"))
    await killed_in_hand(bench)
    await killed_in_hand(bench)

    async def once(_: str, hand: Hand) -> None:
        if len(bench.fed) == 3:
            raise LookupError
        await hand.done()

    bench.feed = once
    await bench.works()
    assert bench.given_up == []
    assert await bench.states() == [("done", 1, 1)]


async def test_poison_whose_answer_fails_too_goes_aside_without_one(
    bench: Bench, caplog: pytest.LogCaptureFixture
) -> None:
    async def choke(words: str, hand: Hand) -> None:
        if words == "poison":
            raise ValueError("canary")
        await hand.done()

    bench.feed = bench.aside = choke
    await bench.comes((AMINA, "poison"), (AMINA, "hers"))
    with caplog.at_level(logging.INFO, "hamroh"):
        await bench.works()
    assert bench.given_up == ["poison"]
    assert bench.fed == ["poison"] * 3 + ["hers"]
    assert [state for state, *_ in await bench.states()] == ["aside", "done"]
    assert "without an answer" in caplog.text
    assert "canary" not in caplog.text


async def test_an_update_that_cannot_be_opened_goes_aside_and_blocks_nobody(bench: Bench) -> None:
    await bench.comes((AMINA, "closed"), (AMINA, "hers"), (BO, "his"))
    box = tables.inbox[SURVIVORS]
    async with begin(bench.side.owner) as connection:
        await connection.execute(update(box).where(box.c.update_id == 1).values(pair=uuid4()))
    await bench.works()
    assert sorted(bench.fed) == ["hers", "his"]
    assert [state for state, *_ in await bench.states()] == ["aside", "done", "done"]


async def test_while_the_other_side_has_never_started_an_update_waits_and_nothing_is_counted(bench: Bench) -> None:
    async def silent(_: str, hand: Hand) -> None:
        if len(bench.fed) < 6:
            raise OtherSideSilentError(DESK)
        await hand.done()

    bench.feed = silent
    await bench.comes((AMINA, "one"))
    await bench.works()
    assert bench.given_up == []
    assert await bench.states() == [("done", 0, 1)]


async def test_the_answer_to_poison_waits_for_the_other_side_too(bench: Bench) -> None:
    async def poison(_: str, _hand: Hand) -> None:
        raise LookupError

    async def silent(_: str, hand: Hand) -> None:
        if len(bench.given_up) < 3:
            raise OtherSideSilentError(DESK)
        await hand.set_aside()

    bench.feed, bench.aside = poison, silent
    await bench.comes((AMINA, "one"))
    await bench.works()
    assert len(bench.given_up) == 3


async def test_a_courtesy_is_called_once_it_is_committed_and_its_failure_is_ignored(bench: Bench) -> None:
    states: list[object] = []
    twice = asyncio.Event()

    async def look() -> None:
        states.append((await bench.states())[0][0])
        if len(states) > 1:
            twice.set()
        raise TimeoutError("canary")

    async def polite(_: str, hand: Hand) -> None:
        hand.after.append(look)
        hand.after.append(look)
        await hand.done()

    bench.feed = polite
    await bench.comes((AMINA, "one"), (AMINA, "two"))
    async with running(bench.worker().run()) as [loop]:
        await until(twice, loop)
        await bench.is_over(loop)
    assert set(states) == {"done"}
    assert bench.fed == ["one", "two"]


async def test_a_courtesy_of_a_failed_try_is_never_called(bench: Bench) -> None:
    called: list[str] = []

    async def fail(words: str, hand: Hand) -> None:
        async def courtesy() -> None:
            called.append(words)

        hand.after.append(courtesy)
        await hand.done()
        raise LookupError

    bench.feed = fail
    await bench.comes((AMINA, "one"))
    await bench.works()
    assert called == []


async def test_two_processes_of_a_side_feed_each_update_once_and_in_order(bench: Bench) -> None:
    await bench.comes(*((6000 + number % 4, f"{number % 4}.{number}") for number in range(24)))
    other = replace(bench, come=Nudge(), fed=bench.fed, given_up=bench.given_up)
    async with running(bench.worker().run(), other.worker().run()) as loops:
        async with asyncio.timeout(SHORTLY):
            while await bench._one("select count(*) from survivor_inbox where state = 'open'"):
                bench.come.ring()
                other.come.ring()
                assert not any(loop.done() for loop in loops)
    assert len(bench.fed) == len(set(bench.fed)) == 24
    for person in range(4):
        mine = [int(words.split(".")[1]) for words in bench.fed if words.startswith(f"{person}.")]
        assert mine == sorted(mine)
