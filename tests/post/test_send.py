"""The sender: urgent first, in order per person, each try once; and what a crash or a refusal leaves is put right."""

import asyncio
import logging
from collections import Counter
from collections.abc import Awaitable, Callable
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass, field, fields
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import text

from post import send
from post.buckets import Buckets, Pace
from post.call import Call, Drop, Go, Method, Prepared, RefusedError, UnclearError, Wait
from post.send import Mouth, Sender
from tests.post.ground import SHORTLY, Side, running, until
from tests.vault.ground import an_address, one, rows
from vault import hold, ledger, orders
from vault.bell import Nudge
from vault.database import Connection, begin, is_lost
from vault.orders import CALL_LIMIT, Due, Order, Urgency
from vault.tables import SURVIVORS

SECOND = timedelta(seconds=1)
# What a call meets, by what it says: an error raised, an event waited for, or something done before the answer.
Meets = Callable[[Call], Awaitable[None]]


def refused(code: int, why: str, retry_after: float | None = None) -> Meets:
    async def meet(_: Call) -> None:
        raise RefusedError(code, why, retry_after)

    return meet


async def unclear(_: Call) -> None:
    raise UnclearError


@dataclass(slots=True)
class Stage:
    """A Telegram of the test's own, on which the sender speaks: what it said, and what met it."""

    side: Side
    work: Nudge = field(default_factory=Nudge)
    said: list[str] = field(default_factory=list)
    calls: list[Call] = field(default_factory=list)
    told: list[tuple[str, str]] = field(default_factory=list)
    meets: dict[str, list[Meets]] = field(default_factory=dict)
    prepares: dict[str, list[Prepared | Exception]] = field(default_factory=dict)
    telling: Callable[[Due, str], Awaitable[None]] | None = None
    next_id: int = 100
    pace: Pace | None = None

    def mouth(self) -> Mouth:
        """The sender's questions, answered here; what this version does not ask is not given."""

        async def nothing(*_: Any) -> None:
            return None

        given = {"prepare": self._prepare, "speak": self._speak, "ended": self._ended, "held": nothing}
        return Mouth(**{part.name: given[part.name] for part in fields(Mouth) if part.name in given})  # type: ignore[arg-type]

    def sender(self) -> Sender:
        """A fresh sender, as a process makes it."""
        return Sender(SURVIVORS, self.mouth(), Buckets(self.pace), self.work)

    def sends(self) -> AbstractAsyncContextManager[list[asyncio.Future[Any]]]:
        """A sender at work."""
        return running(self.sender().run(self.side.engine))

    async def _prepare(self, connection: Connection, due: Due, now: datetime) -> Prepared:
        order = due.order
        prepared = next(iter(self.prepares.get(order.kind, [])), None)
        if prepared is not None:
            self.prepares[order.kind].pop(0)
            if isinstance(prepared, Exception):
                raise prepared
            return prepared
        assert order.address is not None
        if order.kind == "wipe":
            found = await ledger.to_wipe(connection, SURVIVORS, order.address, now)
            ids = tuple(standing.message_id for standing in found)
            return Go(Call(Method.DELETE, order.address, "wipe", ids=ids), "wipe") if ids else Drop("nothing left")
        ids = () if order.message_id is None else (order.message_id,)
        method = Method.EDIT if ids else Method.SEND
        return Go(Call(method, order.address, order.kind, ids=ids), order.kind, spared=order.kind == "decoy")

    async def _speak(self, call: Call) -> int | None:
        self.said.append(call.text)
        self.calls.append(call)
        if self.meets.get(call.text):
            await self.meets[call.text].pop(0)(call)
        if call.method is not Method.SEND:
            return None
        self.next_id += 1
        return self.next_id

    async def _ended(self, _: Connection, due: Due, how: str, _now: datetime) -> None:
        self.told.append((due.order.kind, how))
        if self.telling is not None:
            await self.telling(due, how)

    async def order(self, *kinds: str, address: int, urgency: Urgency = Urgency.SCREEN, **more: Any) -> UUID:
        """Write orders, one after another, and ring; the last one's id."""
        async with begin(self.side.engine) as connection:
            for kind in kinds:
                made = Order(kind, address, urgency, **more)
                await orders.write(connection, SURVIVORS, made, datetime.now(UTC))
        self.work.ring()
        return made.id

    async def is_over(self, *loops: asyncio.Future[Any]) -> None:
        """Every order has ended."""
        async with asyncio.timeout(SHORTLY):
            while await self.ask("select count(*) from survivor_orders where ended_at is null"):
                for loop in loops:
                    if loop.done():
                        loop.result()

    async def has_said(self, *kinds: str) -> None:
        """So much was said, however it ends."""
        async with asyncio.timeout(SHORTLY):
            while Counter(kinds) - Counter(self.said):
                await self.ask("select 1")

    async def ask(self, sql: str, **values: Any) -> Any:
        async with self.side.owner.connect() as connection:
            return await one(connection, sql, **values)

    async def ends(self) -> dict[str, str | None]:
        """How each kind of order ended."""
        async with self.side.owner.connect() as connection:
            return dict(await rows(connection, "select kind, ended from survivor_orders order by serial"))

    async def standing(self, address: int) -> list[int]:
        """The message ids that a wipe of this chat would try."""
        async with self.side.owner.connect() as connection:
            found = await ledger.to_wipe(connection, SURVIVORS, address, datetime.now(UTC))
        return sorted(message.message_id for message in found)


@pytest.fixture
def stage(side: Side, monkeypatch: pytest.MonkeyPatch) -> Stage:
    """A stage; the sender's patience between tries is short."""
    monkeypatch.setattr(send, "_BACK_OFF", (0.01,))
    monkeypatch.setattr(hold, "_ASK_AGAIN", 0.01)
    return Stage(side)


@pytest.fixture
async def her(stage: Stage) -> int:
    """Amina's address."""
    async with begin(stage.side.engine) as connection:
        return await an_address(connection, stage.side.safe)


@pytest.fixture
async def him(stage: Stage) -> int:
    """Bo's address."""
    async with begin(stage.side.engine) as connection:
        return await an_address(connection, stage.side.safe, 5002, 2)


async def sent(stage: Stage) -> None:
    """Everything that was ordered is over."""
    async with stage.sends() as loops:
        await stage.is_over(*loops)


class Gate:
    """A call that has begun and has not ended yet."""

    def __init__(self) -> None:
        self.begun = asyncio.Event()
        self.opened = asyncio.Event()

    async def __call__(self, _: Call) -> None:
        self.begun.set()
        await self.opened.wait()


async def test_a_new_message_stands_in_the_ledger_once_it_is_sent(stage: Stage, her: int) -> None:
    await stage.order("screen", address=her)
    await sent(stage)
    assert stage.said == ["screen"]
    assert await stage.standing(her) == [101]
    assert await stage.ends() == {"screen": "sent"}
    assert stage.told == [("screen", "sent")]
    assert await stage.ask("select tries from survivor_orders") == 1


async def test_what_was_ordered_before_the_start_and_what_is_ordered_later_is_sent(stage: Stage, her: int) -> None:
    await stage.order("before", address=her)
    async with stage.sends() as loops:
        await stage.is_over(*loops)
        await stage.order("after", address=her)
        await stage.is_over(*loops)
    assert stage.said == ["before", "after"]


async def test_a_person_is_answered_in_order_and_one_call_at_a_time(stage: Stage, her: int) -> None:
    inside = 0

    async def alone(_: Call) -> None:
        nonlocal inside
        inside += 1
        assert inside == 1
        await stage.ask("select 1")
        inside -= 1

    kinds = [f"screen {number}" for number in range(6)]
    stage.meets = {kind: [alone] for kind in kinds}
    await stage.order(*kinds, address=her)
    await sent(stage)
    assert stage.said == kinds


async def test_urgent_goes_first(stage: Stage, her: int, him: int) -> None:
    gate = Gate()
    stage.meets["first"] = [gate]
    await stage.order("first", address=her)
    async with stage.sends() as loops:
        await until(gate.begun, *loops)
        for kind, urgency in (("later", Urgency.LATER), ("words", Urgency.WORDS), ("alert", Urgency.ALERT)):
            await stage.order(kind, address=her, urgency=urgency)
        await stage.order("his", address=him)
        await stage.has_said("his")
        gate.opened.set()
        await stage.is_over(*loops)
    assert stage.said == ["first", "his", "alert", "words", "later"]


async def test_a_slow_call_to_one_person_holds_up_nobody_else(stage: Stage, her: int, him: int) -> None:
    gate = Gate()
    stage.meets["slow"] = [gate]
    await stage.order("slow", "next", address=her)
    async with stage.sends() as loops:
        await until(gate.begun, *loops)
        await stage.order("his", address=him)
        await stage.has_said("his")
        assert "next" not in stage.said
        gate.opened.set()
        await stage.is_over(*loops)


async def test_a_429_is_waited_out_by_its_own_chat_alone(stage: Stage, her: int, him: int) -> None:
    stage.meets["hers"] = [refused(429, "too many requests", 0.3)]
    at: dict[str, float] = {}

    async def note(call: Call) -> None:
        at[call.text] = asyncio.get_running_loop().time()

    stage.meets["hers"].append(note)
    stage.meets |= {"his": [note], "next": [note]}
    await stage.order("hers", "next", address=her)
    begun = asyncio.get_running_loop().time()
    async with stage.sends() as loops:
        await stage.has_said("hers")
        await stage.order("his", address=him)
        await stage.is_over(*loops)
    assert at["his"] < at["hers"] < at["next"]
    assert at["hers"] - begun >= 0.3
    assert stage.said == ["hers", "his", "hers", "next"]
    assert await stage.ends() == {"hers": "sent", "next": "sent", "his": "sent"}
    assert not await stage.ask("select bool_or(again) from survivor_orders")


@pytest.mark.parametrize("kind", ["screen", "edit", "wipe"])
async def test_after_no_clear_answer_it_is_done_again_and_only_a_new_message_is_marked_so(
    stage: Stage, her: int, kind: str
) -> None:
    async with begin(stage.side.engine) as connection:
        await ledger.stands(connection, SURVIVORS, her, 50, ours=True, kind="x", sent_at=datetime.now(UTC))
    stage.meets[kind] = [unclear, unclear]
    await stage.order(kind, address=her, message_id=50 if kind == "edit" else None)
    await sent(stage)
    assert stage.said == [kind] * 3
    assert await stage.ends() == {kind: "sent"}
    assert await stage.ask("select tries from survivor_orders") == 3
    assert await stage.ask("select again from survivor_orders") == (kind == "screen")


async def test_what_an_unanswered_try_may_have_left_is_wiped_with_the_rest(stage: Stage, her: int, him: int) -> None:
    old = datetime.now(UTC) - timedelta(hours=1)
    async with begin(stage.side.engine) as connection:
        await ledger.stands(connection, SURVIVORS, him, 100, ours=True, kind="x", sent_at=old)

    async def arrives(_: Call) -> None:
        stage.next_id += 1
        raise UnclearError

    stage.meets["screen"] = [arrives]
    await stage.order("screen", address=her)
    await sent(stage)
    assert {101, 102} <= set(await stage.standing(her))
    assert 100 not in await stage.standing(her)
    await stage.order("wipe", address=her, urgency=Urgency.EXIT)
    await sent(stage)
    assert {101, 102} <= set(stage.calls[-1].ids)
    assert await stage.standing(her) == []


async def test_a_call_that_hangs_is_given_up_and_made_again(
    stage: Stage, her: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(send, "CALL_LIMIT", timedelta(seconds=2.05))
    stage.meets["screen"] = [Gate()]
    await stage.order("screen", address=her)
    await sent(stage)
    assert stage.said == ["screen", "screen"]


async def test_after_a_day_without_an_answer_it_is_given_up(stage: Stage, her: int) -> None:
    made = await stage.order("screen", address=her)
    async with begin(stage.side.owner) as connection:
        old = "update survivor_orders set made_at = made_at - interval '25 hours' where id = :id"
        await connection.execute(text(old), {"id": made})
    stage.meets["screen"] = [unclear]
    await sent(stage)
    assert await stage.ends() == {"screen": "given up"}
    assert stage.told == [("screen", "given up")]


async def test_an_edit_whose_message_is_gone_becomes_a_new_message(stage: Stage, her: int) -> None:
    stage.meets["screen"] = [refused(400, "Bad Request: message to edit not found")]
    await stage.order("screen", address=her, message_id=50)
    await sent(stage)
    assert [call.method for call in stage.calls] == [Method.EDIT, Method.SEND]
    assert await stage.standing(her) == [101]


@pytest.mark.parametrize(
    ("kind", "why"),
    [
        ("screen", "Bad Request: message is not modified: specified new message content is exactly the same"),
        ("wipe", "Bad Request: message to delete not found"),
    ],
)
async def test_what_stands_already_as_we_wanted_it_counts_as_done(stage: Stage, her: int, kind: str, why: str) -> None:
    async with begin(stage.side.engine) as connection:
        await ledger.stands(connection, SURVIVORS, her, 50, ours=True, kind="x", sent_at=datetime.now(UTC))
    stage.meets[kind] = [refused(400, why)]
    await stage.order(kind, address=her, message_id=50)
    await sent(stage)
    assert await stage.ends() == {kind: "sent"}
    assert await stage.standing(her) == ([] if kind == "wipe" else [50])


REFUSALS = {
    "she blocked the bot": (403, "Forbidden: bot was blocked by the user", "blocked"),
    "her account is gone": (403, "Forbidden: user is deactivated", "blocked"),
    "there is no such chat": (400, "Bad Request: chat not found", "blocked"),
    "it was wrong": (400, "Bad Request: BUTTON_DATA_INVALID", "refused"),
}


@pytest.mark.parametrize("refusal", REFUSALS)
async def test_a_clear_no_ends_it_and_is_told_and_the_next_goes_on(
    stage: Stage, her: int, refusal: str, caplog: pytest.LogCaptureFixture
) -> None:
    code, why, how = REFUSALS[refusal]
    stage.meets["screen"] = [refused(code, f"{why} canary")]
    await stage.order("screen", "next", address=her)
    with caplog.at_level(logging.DEBUG, "hamroh"):
        await sent(stage)
    assert await stage.ends() == {"screen": how, "next": "sent"}
    assert stage.told[0] == ("screen", how)
    assert "canary" not in caplog.text


async def test_a_token_that_is_refused_for_a_while_costs_nobody_a_message(stage: Stage, her: int) -> None:
    stage.meets["screen"] = [refused(401, "Unauthorized"), refused(401, "Unauthorized")]
    await stage.order("screen", address=her)
    await sent(stage)
    assert stage.said == ["screen"] * 3
    assert await stage.ends() == {"screen": "sent"}


async def test_an_order_that_may_not_go_any_more_ends_with_the_reason(stage: Stage, her: int) -> None:
    stage.prepares["screen"] = [Drop("left")]
    await stage.order("screen", "next", address=her)
    await sent(stage)
    assert await stage.ends() == {"screen": "left", "next": "sent"}
    assert stage.told[0] == ("screen", "left")
    assert await stage.ask("select tries from survivor_orders where kind = 'screen'") == 0


async def test_an_order_whose_window_is_closed_is_held_holds_nobody_up_and_goes_when_she_writes(
    stage: Stage, her: int
) -> None:
    stage.prepares["words"] = [Wait("she writes")]
    await stage.order("words", "screen", address=her)
    async with stage.sends() as loops:
        await stage.has_said("screen")
        assert ("words", "held until she writes") in stage.told
        async with begin(stage.side.engine) as connection:
            await orders.free_held(connection, SURVIVORS, her)
        stage.work.ring()
        await stage.is_over(*loops)
    assert stage.said == ["screen", "words"]


async def test_an_order_for_later_goes_at_its_time_without_a_ring(stage: Stage, her: int) -> None:
    async with stage.sends() as loops:
        soon = datetime.now(UTC) + SECOND / 4
        await stage.order("later", address=her, not_before=soon)
        await stage.is_over(*loops)
        assert datetime.now(UTC) >= soon
    assert stage.said == ["later"]


async def test_a_renderer_that_raises_stops_nobody_and_is_told(
    stage: Stage, her: int, him: int, caplog: pytest.LogCaptureFixture
) -> None:
    stage.prepares["broken"] = [LookupError("canary")]
    await stage.order("broken", "next", address=her)
    await stage.order("his", address=him)
    with caplog.at_level(logging.DEBUG, "hamroh"):
        await sent(stage)
    assert await stage.ends() == {"broken": "failed", "next": "sent", "his": "sent"}
    assert ("broken", "failed") in stage.told
    assert "canary" not in caplog.text


async def test_a_call_that_raises_what_nobody_foresaw_stops_nobody(stage: Stage, her: int) -> None:
    async def stumble(_: Call) -> None:
        raise LookupError

    stage.meets["broken"] = [stumble]
    await stage.order("broken", "next", address=her)
    await sent(stage)
    assert await stage.ends() == {"broken": "failed", "next": "sent"}


async def test_a_message_that_was_sent_stands_even_where_the_telling_of_it_fails(stage: Stage, her: int) -> None:
    async def stumble(due: Due, _: str) -> None:
        if due.order.kind == "words":
            raise LookupError

    stage.telling = stumble
    await stage.order("words", "next", address=her)
    await sent(stage)
    assert await stage.ends() == {"words": "sent", "next": "sent"}
    assert await stage.standing(her) == [101, 102]


async def test_a_telling_that_breaks_its_own_statement_takes_nothing_with_it(stage: Stage, her: int) -> None:
    stage.prepares["broken"] = [LookupError()]

    async def stumble(due: Due, how: str) -> None:
        if how == "failed":
            raise LookupError

    stage.telling = stumble
    await stage.order("broken", "next", address=her)
    await sent(stage)
    assert await stage.ends() == {"broken": "failed", "next": "sent"}


async def leave(stage: Stage, address: int, *spared: int) -> None:
    """She left: only the decoy speaks here now."""
    async with begin(stage.side.engine) as connection:
        await ledger.leave(connection, SURVIVORS, address, datetime.now(UTC), spared)


async def test_an_exit_waits_for_no_call_in_flight_and_a_late_new_message_is_deleted(stage: Stage, her: int) -> None:
    gate = Gate()
    stage.meets["words"] = [gate]
    await stage.order("words", address=her)
    async with stage.sends() as loops:
        await until(gate.begun, *loops)
        await leave(stage, her, 50)
        await stage.order("decoy", address=her, urgency=Urgency.EXIT, message_id=50)
        await stage.has_said("decoy")
        assert await stage.standing(her) == []
        gate.opened.set()
        await stage.has_said("wipe")
        await stage.is_over(*loops)
    assert stage.calls[-1].ids == (101,)
    assert await stage.standing(her) == []


async def test_an_exit_overtakes_an_edit_in_flight_and_the_decoy_is_put_over_it_again(stage: Stage, her: int) -> None:
    gate = Gate()
    stage.meets["screen"] = [gate]
    await stage.order("screen", address=her, message_id=50)
    async with stage.sends() as loops:
        await until(gate.begun, *loops)
        await leave(stage, her, 50)
        await stage.order("decoy", address=her, urgency=Urgency.EXIT, message_id=50)
        await stage.has_said("decoy")
        gate.opened.set()
        await stage.has_said("decoy", "decoy")
        await stage.is_over(*loops)
    assert stage.said == ["screen", "decoy", "decoy"]
    assert stage.calls[-1].ids == (50,)


async def test_the_decoys_own_message_is_spared_by_the_wipe(stage: Stage, her: int) -> None:
    async with begin(stage.side.engine) as connection:
        await ledger.stands(connection, SURVIVORS, her, 50, ours=True, kind="x", sent_at=datetime.now(UTC))
    await leave(stage, her)
    await stage.order("decoy", "wipe", address=her, urgency=Urgency.EXIT)
    await sent(stage)
    assert stage.said == ["decoy", "wipe"]
    assert stage.calls[-1].ids == (50,)
    assert await stage.ask("select spared from survivor_addresses where id = :id", id=her) == [101]


async def test_one_exit_is_done_after_another(stage: Stage, her: int) -> None:
    gate = Gate()
    stage.meets["decoy"] = [gate]
    await stage.order("decoy", "second", address=her, urgency=Urgency.EXIT)
    async with stage.sends() as loops:
        await until(gate.begun, *loops)
        stage.work.ring()
        await stage.ask("select pg_sleep(0.02)")
        assert stage.said == ["decoy"]
        gate.opened.set()
        await stage.is_over(*loops)
    assert stage.said == ["decoy", "second"]


async def addresses(stage: Stage, count: int) -> list[int]:
    async with begin(stage.side.engine) as connection:
        return [await an_address(connection, stage.side.safe, 6000 + number, 6000 + number) for number in range(count)]


async def test_an_exit_waits_for_nobody_even_while_every_line_is_taken(stage: Stage, her: int) -> None:
    gates = []
    for address in await addresses(stage, send.AT_ONCE):
        gates.append(Gate())
        stage.meets[f"slow {address}"] = [gates[-1]]
        await stage.order(f"slow {address}", address=address)
    async with stage.sends() as loops:
        for gate in gates:
            await until(gate.begun, *loops)
        await stage.order("screen", address=her)
        await stage.order("decoy", address=her, urgency=Urgency.EXIT)
        await stage.has_said("decoy")
        assert "screen" not in stage.said
        for gate in gates:
            gate.opened.set()
        await stage.is_over(*loops)
    assert "screen" in stage.said


async def test_chats_that_must_wait_hold_up_nobody_behind_them(stage: Stage, her: int) -> None:
    for address in await addresses(stage, send.AT_ONCE + 3):
        stage.meets[f"full {address}"] = [refused(429, "too many requests", 30)]
        await stage.order(f"full {address}", f"next {address}", address=address, urgency=Urgency.ALERT)
    async with stage.sends():
        await stage.has_said(*stage.meets)
        await stage.order("hers", address=her)
        await stage.has_said("hers")
    assert not any(kind.startswith("next") for kind in stage.said)


async def test_a_pace_is_kept_in_each_chat_and_an_exit_does_not_ask(stage: Stage, her: int) -> None:
    stage.pace = Pace(1000, 4, 1)
    loop = asyncio.get_running_loop()
    at: list[float] = []

    async def note(_: Call) -> None:
        at.append(loop.time())

    kinds = ["one", "two", "three"]
    stage.meets = {kind: [note] for kind in kinds}
    await stage.order(*kinds, address=her)
    async with stage.sends() as loops:
        await stage.has_said("one")
        await stage.order("decoy", address=her, urgency=Urgency.EXIT)
        await stage.is_over(*loops)
    assert stage.said[:2] == ["one", "decoy"]
    assert stage.said[2:] == ["two", "three"]
    assert at[1] - at[0] >= 0.24
    assert at[2] - at[1] >= 0.24


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
